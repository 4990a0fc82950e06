"""What officers write into a report or a direction is printed and read up to the state: it names nobody."""

from datetime import timedelta

from django.utils.translation import gettext as _

from complaints.models import Complaint, Identity
from kendras import identity
from kendras.workflow import NamesPerson, Refused, refuse_guessing

#: the cases that a remark about a month can be about, and how many of the newest are looked through
_BACK = timedelta(days=75)
_MOST = 400


def refuse_names(thana, *texts, about, by, at):
    """Raise NamesPerson where a text names, or gives the phone of, a person in a recent case of the kendra."""
    texts = [text for text in texts if text]
    if not texts:
        return
    bounded = not identity.supervises_closely(by, thana)
    if bounded:
        refuse_guessing(about, by=by, at=at)
    people = [identity.unseal(sealed) for sealed in _recent(thana, at)]
    if any(identity.leaks(text, people) for text in texts):
        raise NamesPerson(
            _("The text names a person in a case of this kendra. Reports and directions name nobody."),
            about=about,
            bounded=bounded,
        )


def refuse_fewer_words(text, least, message):
    """Raise Refused with `message` unless the text has at least `least` words."""
    if len((text or "").split()) < least:
        raise Refused(message)


def _recent(thana, at):
    cases = Complaint.objects.filter(thana=thana, received_at__gte=at - _BACK).order_by("-received_at")
    return Identity.objects.filter(person__complaint__in=cases.values("pk")[:_MOST]).values_list("sealed", flat=True)
