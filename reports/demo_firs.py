"""The demonstration's FIRs in company: a CCTNS sheet held against them, a question to another thana, an extended clock."""

import csv
import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from complaints.models import CctnsRun, Document, Fir, Question
from complaints.models.firclock import EXTENDABLE
from kendras.workflow import Refused, move

_HEAD = ("FIR No", "FIR Date", "Acts and Sections", "GD No", "IO Name", "Victim Name", "Accused Name", "Status")


def make_company(people, at):
    """Everything that stands between the FIRs of the demonstration and the outside; `people` as `make_people` gives them."""
    for key in ("asha", "bina"):
        _hold_sheet(people[key], at)
    _ask(people["asha"], people["bina"], at)
    _ask(people["bina"], people["asha"], at, answered=False)
    _extend(people["omprakash"], at)
    _attach(people["asha"], at)


def _hold_sheet(head, at):
    """A sheet of the last sixty days in which a few FIRs are wrong, a few are missing, and two are new."""
    last = timezone.localdate(at)
    first = last - timedelta(days=60)
    firs = Fir.objects.under(head.acting.unit).filter(registered_at__date__gte=first).order_by("pk")
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(_HEAD)
    for n, fir in enumerate(firs[1:]):
        sections = "BNS 74" if n == 2 else fir.sections_text
        day = f"{timezone.localtime(fir.registered_at):%d-%m-%Y %H:%M}"
        lines.writerow([fir.case_number, day, sections, fir.gd_number, "", "", "", ""])
    for number, days in (("0911", 9), ("0912", 1)):
        day = f"{timezone.localtime(at - timedelta(days=days)):%d-%m-%Y %H:%M}"
        lines.writerow(
            [number, day, "BNS 85, 115(2); Dowry Prohibition Act 3/4", "14", "SI Verma", "lhek nsoh", "jktw iky", ""]
        )
    sheet = SimpleUploadedFile("cctns.csv", out.getvalue().encode())
    run = CctnsRun.objects.look(sheet, unit=head.acting.unit, first=first, last=last, letters="old", by=head, at=at)
    if not run.errors:
        run.converted_cells(by=head, at=at)
        run = CctnsRun.objects.get(pk=run.pk)
        move(run, "list", by=head, at=at)


def _ask(head, other, at, answered=True):
    """The first question about an accused who appears at the other thana, and its answer."""
    thana = other.acting.unit
    for fir in Fir.objects.under(head.acting.unit).order_by("-pk"):
        for person in fir.people.filter(part="accused"):
            try:
                question = Question.objects.ask(
                    fir, person, thana, text="क्या यह अभियुक्त आपके यहाँ वांछित है?", by=head, at=at - timedelta(hours=5)
                )
            except Refused:  # he does not appear there
                continue
            if answered:
                text = "अभियुक्त एक प्रकरण में नामजद है, जमानत पर है, पते पर नहीं मिलता।"
                move(question, "answer", by=other, at=at - timedelta(hours=1), text=text)
            return


def _extend(sho, at):
    """Put one statement off by two days, with the reason."""
    for fir in Fir.objects.under(sho.acting.unit).pending().order_by("-pk"):
        clock = fir.deadlines.running().filter(clock__in=EXTENDABLE).first()
        if clock:
            until = timezone.localdate(clock.first_due_at) + timedelta(days=2)
            move(fir, "extend_clock", by=sho, at=at, clock=clock, until=until, reason="पीड़िता अस्पताल में भर्ती है")
            return


def _attach(head, at):
    """A paper beside the newest event."""
    fir = Fir.objects.under(head.acting.unit).filter(milestones__isnull=False).order_by("-pk").first()
    event = fir.milestones.order_by("-on").first() if fir else None
    if event:
        paper = SimpleUploadedFile("paper.pdf", b"%PDF-1.4\n% a sheet of the demonstration\n%%EOF\n")
        Document.objects.add(fir, paper, Document.Kind.OTHER, by=head, at=at, milestone=event)
