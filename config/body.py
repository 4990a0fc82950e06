"""What a request may bring along, judged before any of it is read: how long, and in which writing."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

_CHARSETS = frozenset({"", "utf-8", "utf8"})


class BodyMiddleware:
    """Refuses a body that is longer than KENDRA_BODY_BYTES (413) or not in UTF-8 (415)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.KENDRA_BODY_BYTES:
            return HttpResponse(_("This is too large."), status=413, content_type="text/plain; charset=utf-8")
        if request.content_params.get("charset", "").lower() not in _CHARSETS:
            return HttpResponse(_("Send it in UTF-8."), status=415, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
