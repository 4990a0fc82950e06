"""The help desk: taking a complaint down, its draft, possible repeats, the receipt, papers."""

import uuid
from datetime import timedelta
from io import BytesIO

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import FileResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from complaints.lists import row_id
from complaints.models import Complaint, Document, Draft, Fir, NameToken
from complaints.registration import RegistrationForm
from kendras import identity
from kendras.forms import plain
from kendras.identity import phone_key
from kendras.jurisdiction import needs
from kendras.models import Entry
from kendras.workflow import Refused

#: how long the receipt shows its PIN by itself to who has registered
JUST_NOW = timedelta(minutes=15)

#: by what a complaint is like the new one
ALIKE = {"phone": gettext_lazy("same phone"), "name": gettext_lazy("a name that sounds the same")}


@needs("complaints.register")
def register(request):
    """Take a complaint down. A possible repeat must be confirmed once; a double click registers once."""
    at = timezone.now()
    form = RegistrationForm(request.POST or None, request.FILES or None, at=at, initial=_draft_fields(request))
    repeats = []
    if request.method == "POST" and form.is_valid():
        once = form.cleaned_data["once"]
        if not form.cleaned_data["confirmed"] and not _registered(request.user, once):
            repeats = possible_repeats(request.user, form.cleaned_data, at)
        if not repeats:
            try:
                return _register(request, form, once, at)
            except Refused as refusal:
                form.add_error(None, str(refusal))
    drafts = request.user.drafts.order_by("-saved_at")[:5]
    context = {"form": form, "repeats": repeats, "drafts": drafts}
    return render(request, "complaints/register.html", context, status=422 if form.errors else 200)


def _registered(user, once):
    return Complaint.objects.filter(once=once, registered_by=user).exists()


@transaction.atomic
def _register(request, form, once, at):
    user = request.user
    parts = {"facts": form.facts(), "people": form.people(), "account": form.account()}
    complaint, pin = Complaint.objects.register(thana=user.acting.unit, by=user, at=at, once=once, **parts)
    if pin:  # without one it was registered before, and its papers with it
        for upload in form.cleaned_data["files"]:
            Document.objects.add(complaint, upload, Document.Kind.APPLICATION, by=user, at=at)
    Draft.objects.filter(key=once, user=request.user).delete()
    messages.success(request, _("Registered under the number %(number)s.") % {"number": complaint.number})
    return redirect("complaints:receipt", complaint.pk)


def _draft_fields(request):
    """The fields of the draft that the address names; nothing for another user's."""
    try:
        key = uuid.UUID(request.GET.get("draft", ""))
    except ValueError:
        return {}
    draft = request.user.drafts.filter(key=key).first()
    return {**draft.fields, "once": key} if draft else {}


@transaction.atomic
def possible_repeats(user, data, at):
    """Complaints of the own thana with the same phone or a person who sounds the same, newest first, at most five.

    Each row says in `alike` what fits, and in `open` whether its nature may be told. It is a search for a person, so it
    is written on the trail like one.
    """
    asked = {"phone": phone_key(data.get("phone"))}
    if len((data.get("name") or "").split()) > 1:
        asked["name"] = data["name"]
    asked = {key: plain(value, 80) for key, value in asked.items() if value}
    if not asked:
        return []
    unit = user.acting.unit
    alike = {}
    for key, value in asked.items():
        for found in NameToken.objects.matching(**{key: value}, thanas=[unit.pk]):
            alike.setdefault(found["complaint_id"], []).append(ALIKE[key])
    rows = Complaint.objects.visible_to(user).filter(pk__in=alike).select_related("nature")
    rows = list(rows.order_by("-received_at", "-id")[:5])
    for row in rows:
        row.alike = alike[row.pk]
        row.open = identity.reading(user, row) is identity.Reading.HANDLES
    details = {"purpose": "registration", "found": len(rows)}
    Entry.objects.write(action="complaint.search_people", by=user, at=at, subject=unit, details=details)
    return rows


@needs("complaints.register")
@require_POST
def repeats(request):
    """Possible repeats while typing, as a fragment; says which complaints, never whose name fits."""
    rows = possible_repeats(request.user, request.POST, timezone.now())
    return render(request, "complaints/parts/repeats.html", {"repeats": rows})


@needs("complaints.register")
@require_POST
def draft(request, key):
    """Keep what is typed so far; with delete=1 throw it away."""
    if request.POST.get("delete"):
        Draft.objects.filter(key=key, user=request.user).delete()
        return redirect("complaints:register")
    at = timezone.now()
    left_out = ("once", "confirmed", "sensitivity", "files")
    wanted = [name for name in RegistrationForm.base_fields if name not in left_out]
    fields = {name: request.POST[name][:20_000] for name in wanted if request.POST.get(name)}
    fields["sensitivity"] = request.POST.getlist("sensitivity")[:10]
    kept = Draft.objects.keep(key=key, user=request.user, fields=fields, at=at)
    if kept is None:
        return JsonResponse({"error": _("This draft belongs to somebody else.")}, status=403)
    return JsonResponse({"saved": _("saved %(time)s") % {"time": f"{timezone.localtime(at):%H:%M}"}})


@needs("complaints.register")
def receipt(request, pk):
    """The printable slip: number, date, officer, help lines, reference, PIN and QR; no name and no nature.

    The PIN stands on it at once for who has just registered, later by a click (POST); each time on the trail.
    """
    complaint = get_object_or_404(
        Complaint.objects.visible_to(request.user).select_related("thana", "registered_by"), pk=pk
    )
    at = timezone.now()
    fresh = complaint.registered_by_id == request.user.pk and at - complaint.received_at < JUST_NOW
    handles = complaint.may_read_identity(request.user, at) is identity.Reading.HANDLES
    pin = complaint.receipt_pin(by=request.user, at=at) if handles and (fresh or request.method == "POST") else None
    url = request.build_absolute_uri(reverse("complaints:status_of", args=[complaint.reference]))
    qr = segno.make(url, error="m").svg_inline(scale=4, border=2, omitsize=True, svgclass="qr", lineclass=None)
    address = request.build_absolute_uri(reverse("complaints:status"))
    context = {"complaint": complaint, "pin": pin, "handles": handles, "qr": qr, "address": address.partition("://")[2]}
    return render(request, "complaints/receipt.html", context)


# --- papers ----------------------------------------------------------------------------------------------------------


@needs("complaints.follow_up")
@require_POST
def attach(request, pk):
    """Add papers to a complaint: judged by content, stored under random names."""
    return add_papers(request, get_object_or_404(Complaint.objects.visible_to(request.user), pk=pk))


def add_papers(request, case):
    """Store the uploads of a request in a complaint or FIR, beside an event where one is named; what is not taken is told."""
    event = _event_of(case, request.POST.get("milestone", ""))
    kind = request.POST.get("kind")
    kind = kind if kind in Document.Kind.values else Document.Kind.OTHER
    for upload in request.FILES.getlist("files"):
        try:
            Document.objects.add(case, upload, kind, by=request.user, at=timezone.now(), milestone=event)
        except ValidationError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("The document is stored."))
    return redirect(case)


def _event_of(case, text):
    """The event of an FIR that a paper is to stand beside; None for none, or for one of another case."""
    if case.CASE != "fir" or row_id(text) is None:
        return None
    return case.milestones.filter(pk=row_id(text)).first()


@needs("complaints.view")
@require_POST
def document(request, pk):
    """Hand a paper out, as an attachment, to those who may read the identity; recorded."""
    user, at = request.user, timezone.now()
    visible = Q(complaint__in=Complaint.objects.visible_to(user)) | Q(fir__in=Fir.objects.visible_to(user))
    paper = get_object_or_404(Document.objects.filter(visible).select_related("complaint", "fir"), pk=pk)
    case = paper.case
    try:
        case.read_identity(by=user, at=at, purpose="document")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(case)
    Entry.objects.write(action=f"{case.CASE}.open_document", by=user, at=at, subject=case)
    ending = paper.file.name.rpartition(".")[2]
    response = FileResponse(BytesIO(paper.read()), as_attachment=True, filename=f"document-{paper.pk}.{ending}")
    response["Content-Type"] = paper.media_type
    response["X-Content-Type-Options"] = "nosniff"
    return response
