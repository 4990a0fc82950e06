"""Clocks of an FIR put off by the right rank with reasons, and papers that stand beside the event they prove."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from complaints.models import Document, FirClock
from complaints.models.firclock import EXTENDABLE
from kendras.models import Entry
from kendras.workflow import NamesPerson, Refused, move
from tests.world import NOW

DAY = timedelta(days=1)
WHY = "मजिस्ट्रेट अवकाश पर हैं"
PDF = b"%PDF-1.4 the report names Seema"


def statement(fir):
    return fir.deadlines.get(clock=FirClock.STATEMENT)


def extend(fir, clock, days, *, by, reason=WHY, at=NOW):
    until = timezone.localdate(clock.first_due_at) + days * DAY
    return move(fir, "extend_clock", by=by, at=at, clock=clock, until=until, reason=reason)


def test_sho_and_co_put_the_statement_off_and_the_page_says_who_and_why(world):
    fir = world.fir("BNS64", people=[{"part": "victim", "age": 30}])
    first = statement(fir).due_at
    fir = extend(fir, statement(fir), 2, by=world.omprakash)
    fir = extend(fir, statement(fir), 7, by=world.charu, reason="पीड़िता अस्पताल में भर्ती है")
    clock = statement(fir)
    assert (clock.first_due_at, clock.extended_by) == (first, world.charu)
    assert timezone.localdate(clock.due_at - timedelta(minutes=1)) == timezone.localdate(first) + 7 * DAY
    text = world.client(world.hema).get(fir.get_absolute_url()).content.decode()
    assert "चारु अग्रवाल" in text
    assert "अस्पताल में भर्ती" in text
    assert Entry.objects.about(fir).filter(action="fir.extend_clock").count() == 2


@pytest.mark.parametrize("key", ["hema", "ila", "asha", "divya", "esha", "bina", "hina"])
def test_no_other_rank_extends(world, key):
    fir = world.fir("BNS64", people=[{"part": "victim", "age": 30}])
    with pytest.raises(Refused):
        extend(fir, statement(fir), 2, by=getattr(world, key))


def test_what_the_law_itself_counts_is_never_extended(world):
    assert {FirClock.STATEMENT, FirClock.ZERO_SENT} == EXTENDABLE
    fir = world.fir("POCSO4")
    for clock in fir.deadlines.running().exclude(clock__in=EXTENDABLE):
        with pytest.raises(Refused, match="विधि"):
            extend(fir, clock, 2, by=world.omprakash)


@pytest.mark.parametrize(("days", "allowed"), [(0, False), (1, True), (7, True), (8, False), (-1, False)])
def test_an_extension_lies_after_the_due_day_and_within_the_days_of_the_rule(world, days, allowed):
    fir = world.fir("BNS64", people=[{"part": "victim", "age": 30}])
    if allowed:
        assert extend(fir, statement(fir), days, by=world.omprakash)
    else:
        with pytest.raises(Refused, match="तिथि दें"):
            extend(fir, statement(fir), days, by=world.omprakash)


def test_an_extension_needs_reasons_that_name_nobody_and_a_running_clock_of_this_fir(world):
    fir, other = world.fir("BNS64"), world.fir("BNS64")
    with pytest.raises(Refused, match="कारण"):
        extend(fir, statement(fir), 2, by=world.omprakash, reason="देर")
    with pytest.raises(NamesPerson):
        extend(fir, statement(fir), 2, by=world.omprakash, reason="सीमा गुप्ता बीमार हैं")
    with pytest.raises(Refused):
        extend(fir, statement(other), 2, by=world.omprakash)
    met = move(fir, "statement_magistrate", by=world.asha, at=NOW, on=NOW, person=fir.people.get(part="victim"))
    with pytest.raises(Refused):
        extend(met, statement(met), 2, by=world.omprakash)


def test_the_extension_moves_the_fir_on_the_page_of_the_night(world):
    fir = world.fir("BNS64", people=[{"part": "victim", "age": 30}], woman_recorded=True, copy_given=True)
    fir = move(fir, "medical_sent", by=world.asha, at=NOW, on=NOW, person=fir.people.get())
    assert fir.due_clock == FirClock.STATEMENT
    was = fir.due_at
    fir = extend(fir, statement(fir), 2, by=world.omprakash)
    assert fir.due_at > was


def test_the_database_keeps_no_extension_without_its_reason(world):
    clock = statement(world.fir("BNS64"))
    with pytest.raises(IntegrityError), transaction.atomic():
        clock.put_off(
            clock.due_at + DAY, type("Rule", (), {"warn": lambda self, due: due})(), by=world.omprakash, at=NOW, why=""
        )


def test_it_is_extended_by_form(world):
    fir = world.fir("BNS64", people=[{"part": "victim", "age": 30}])
    address, client = reverse("complaints:fir_move", args=[fir.pk, "extend_clock"]), world.client(world.omprakash)
    assert address in client.get(fir.get_absolute_url()).content.decode()
    assert address not in world.client(world.asha).get(fir.get_absolute_url()).content.decode()
    until = timezone.localdate(statement(fir).due_at) + 3 * DAY
    sent = {"once": uuid.uuid4(), "version": fir.version, "clock": statement(fir).pk, "until": until, "reason": WHY}
    assert client.post(address, {**sent, "clock": fir.deadlines.get(clock=FirClock.COPY).pk}).status_code == 422
    assert client.post(address, sent).status_code == 302
    assert statement(fir).extended_by == world.omprakash


# --- papers beside events --------------------------------------------------------------------------------------------


def record(world, fir, name="medical_refused", by=None, **more):
    local = f"{timezone.localtime(NOW):%Y-%m-%dT%H:%M}"
    sent = {"once": uuid.uuid4(), "version": fir.version, "on": local, **more}
    return world.client(by or world.asha).post(reverse("complaints:fir_move", args=[fir.pk, name]), sent)


def test_a_paper_comes_with_its_event_lies_sealed_and_stands_beside_it(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    fir = world.fir("BNS64", people=[{"part": "victim", "age": 30}])
    paper = SimpleUploadedFile("सीमा.pdf", PDF)
    assert record(world, fir, person=fir.people.get().pk, paper=paper).status_code == 302
    kept = Document.objects.get()
    assert (kept.milestone.kind, kept.kind) == ("medical_refused", "medical")
    assert not any(
        b"Seema" in path.read_bytes() or "सीमा" in path.name for path in tmp_path.rglob("*") if path.is_file()
    )
    text = world.client(world.charu).get(fir.get_absolute_url()).content.decode()
    assert text.count(reverse("complaints:document", args=[kept.pk])) == 2
    assert "सीमा.pdf" not in text
    opened = world.client(world.charu).post(reverse("complaints:document", args=[kept.pk]))
    assert b"".join(opened.streaming_content) == PDF
    assert Entry.objects.about(fir).filter(action="fir.open_document", by=world.charu).exists()


def test_a_paper_that_is_not_taken_records_nothing(world):
    fir = world.fir("BNS64", people=[{"part": "victim", "age": 30}])
    answer = record(world, fir, person=fir.people.get().pk, paper=SimpleUploadedFile("x.pdf", b"MZ no paper"))
    assert answer.status_code == 422
    assert "paper" in answer.context["form"].errors
    assert not fir.milestones.exists()


def test_an_event_that_the_law_refuses_keeps_no_paper(world):
    fir = world.fir("BNS64", people=[{"part": "victim", "age": 30}])
    answer = record(world, fir, "medical_report", person=fir.people.get().pk, paper=SimpleUploadedFile("x.pdf", PDF))
    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_a_paper_comes_later_and_only_to_an_event_of_its_own_fir(world):
    fir, other = world.fir("BNS85"), world.fir("BNS85")
    fir = move(fir, "scene_visit", by=world.asha, at=NOW, on=NOW)
    move(other, "scene_visit", by=world.asha, at=NOW, on=NOW)
    address, client = reverse("complaints:fir_attach", args=[fir.pk]), world.client(world.asha)
    client.post(address, {"files": SimpleUploadedFile("a.pdf", PDF), "milestone": fir.milestones.get().pk})
    client.post(address, {"files": SimpleUploadedFile("b.pdf", PDF + b"2"), "milestone": other.milestones.get().pk})
    client.post(address, {"files": SimpleUploadedFile("c.pdf", PDF + b"3"), "milestone": "9" * 30})
    assert [paper.milestone for paper in fir.documents.order_by("pk")] == [fir.milestones.get(), None, None]


def test_the_same_paper_twice_is_stored_once_and_finds_its_event(world):
    fir = move(world.fir("BNS85"), "scene_visit", by=world.asha, at=NOW, on=NOW)
    for event in (None, fir.milestones.get(), None):
        Document.objects.add(fir, SimpleUploadedFile("a.pdf", PDF), "other", by=world.asha, at=NOW, milestone=event)
    assert fir.documents.get().milestone == fir.milestones.get()


def test_a_paper_beside_an_event_opens_to_nobody_else(world):
    fir = move(world.fir(), "scene_visit", by=world.asha, at=NOW, on=NOW)
    paper = Document.objects.add(
        fir, SimpleUploadedFile("a.pdf", PDF), "other", by=world.asha, at=NOW, milestone=fir.milestones.get()
    )
    address = reverse("complaints:document", args=[paper.pk])
    assert world.client(world.bina).post(address).status_code == 404
    for key in ("hema", "divya", "esha"):  # they see the case and must ask for the identity
        assert world.client(getattr(world, key)).post(address).status_code == 302
