"""Each address × each person: who opens it, who is refused, for whom it does not exist (design: jurisdiction).

A new address without a row here fails. With `pytest -s` the whole table is printed.
"""

import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from complaints.models import CctnsRun, Complaint, Document, Handover, Preventive, Question, SavedFilter
from kendras.models import Rule
from kendras.workflow import move
from reports.models import BuildRun, MeetingDirection, MonthlyReport, PrintJob
from reports.tasks import build_run
from tests.world import NOW

OCTOBER = date(2026, 10, 1)
WORDS = "दोनों पक्ष सुने गये हैं"
PEOPLE = [
    "hema",
    "ila",
    "indu",
    "asha",
    "omprakash",
    "bina",
    "bela",
    "kamla",
    "charu",
    "divya",
    "esha",
    "mala",
    "farah",
    "zoya",
    "hina",
    "gita",
    "sysa",
    "root",
]  # fmt: skip

#: without an object: the right alone decides
LISTS = {
    "reports:today", "reports:statements", "reports:months", "reports:build", "reports:meeting", "reports:directions",
    "complaints:list", "complaints:register", "complaints:repeats", "complaints:search", "complaints:filters",
    "complaints:firs", "complaints:fir_new", "complaints:fir_register", "complaints:preventives", "complaints:harassers",
    "complaints:cctns", "complaints:mismatches", "complaints:questions", "complaints:fir_clocks", "complaints:accused", "complaints:officers",
    "complaints:save_filter", "complaints:handovers", "complaints:print_register", "complaints:status",
    "kendras:login", "kendras:logout", "kendras:password", "kendras:charges", "kendras:units", "kendras:rules",
    "kendras:accounts", "kendras:account_new", "kendras:trail", "kendras:look", "healthz", "readyz", "set_language", "schema",
}  # fmt: skip


class Things:
    """One object of each kind at Hari Parvat, and the arguments that lead to it."""

    def __init__(self, world):
        self.world = world
        complaint = world.complaint(at=NOW - timedelta(days=40))
        build_run(BuildRun.objects.ask(OCTOBER, by=None, at=NOW)[0].pk)
        paper = Document.objects.add(
            complaint, SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n0"), "photo", by=world.hema, at=NOW
        )
        offered = world.complaint(by=world.bina)
        move(offered, "hand_over", by=world.bina, at=NOW, to_thana=world.hariparvat, reason=WORDS)
        complaint.grant(to=world.indu, until=NOW.date(), order_number="1", by=world.divya, at=NOW)
        reveal = complaint.ask_identity(by=world.fresh(world.esha), at=NOW, reason="समीक्षा हेतु देखना आवश्यक")
        direction = [(world.hariparvat, "लम्बित प्रकरण निस्तारित करें", NOW.date())]
        given = MeetingDirection.objects.give(OCTOBER, direction, by=world.esha, at=NOW, once=uuid.uuid4())
        job = PrintJob.objects.ask(world.c_hariparvat, OCTOBER, "hi", by=world.charu, at=NOW, once=uuid.uuid4())
        job.finish(b"%PDF-1.7", at=NOW)
        saved = SavedFilter.objects.create(user=world.asha, name="मेरा", query="late=on")
        report = MonthlyReport.objects.get(unit=world.hariparvat, month=OCTOBER)
        fir = world.fir(by=world.ila, assigned_to=world.ila)
        action = Preventive.objects.start(
            fir, fir.people.get(part="accused"), kind="goonda", on=NOW.date(), authority="डीएम", by=world.ila, at=NOW
        )
        sheet = SimpleUploadedFile("x.csv", b"FIR No,FIR Date,Sections\n0999,20-11-2026,BNS 85\n")
        days = {"first": NOW.date() - timedelta(days=9), "last": NOW.date()}
        run = CctnsRun.objects.look(sheet, unit=world.hariparvat, **days, letters="judge", by=world.asha, at=NOW)
        man = {"part": "accused", "gender": "male", "name": "राजू पाल", "phone": "9700000001"}
        foreign = world.fir("BNS78", by=world.bina, people=[man])
        question = Question.objects.ask(
            foreign, foreign.people.get(), world.hariparvat, text="क्या वह वहाँ वांछित है", by=world.bina, at=NOW
        )
        self.rows = {"accused": fir.people.get(part="accused")}
        one = {
            "question": question,
            "cctns": run,
            "action": action,
            "fir": fir,
            "complaint": complaint,
            "handover": Handover.objects.get(),
            "grant": complaint.grants.get(),
        }
        self.rows |= one | {
            "paper": paper,
            "reveal": reveal,
            "given": given[0],
            "job": job,
            "report": report,
            "saved": saved,
        }
        self.run = BuildRun.objects.get()

    def arguments(self, name):
        rows, world = self.rows, self.world
        pk = {key: row.pk for key, row in rows.items()}
        return {
            "complaints:grants": [pk["complaint"]],
            "complaints:withdraw": [pk["complaint"], pk["grant"]],
            "complaints:move": [pk["complaint"], "assign"],
            "complaints:document": [pk["paper"]],
            "complaints:fir": [pk["fir"]],
            "complaints:preventive_new": ["fir", pk["fir"]],
            "complaints:preventive": [pk["action"]],
            "complaints:preventive_move": [pk["action"], "drop"],
            "complaints:fir_identity": [pk["fir"]],
            "complaints:fir_elsewhere": [pk["fir"]],
            "complaints:fir_attach": [pk["fir"]],
            "complaints:fir_move": [pk["fir"], "assign_fir"],
            "complaints:officer": [world.ila.pk],
            "complaints:question_new": [pk["fir"], pk["accused"], world.tajganj.pk],
            "complaints:question": [pk["question"]],
            "complaints:question_move": [pk["question"], "answer"],
            "complaints:cctns_run": [pk["cctns"]],
            "complaints:cctns_cells": [pk["cctns"]],
            "complaints:cctns_move": [pk["cctns"], "drop"],
            "complaints:reveal_move": [pk["reveal"], "agree"],
            "complaints:handover_move": [pk["handover"], "accept"],
            "complaints:drop_filter": [pk["saved"]],
            "complaints:draft": [uuid.uuid4()],
            "complaints:status_of": [rows["complaint"].reference],
            "kendras:unit_edit": [world.hariparvat.pk],
            "kendras:unit_move": [world.hariparvat.pk],
            "kendras:rule_change": [Rule.objects.get(code="complaint_disposal").code],
            "kendras:account": [world.asha.pk],
            "kendras:charge_new": [world.asha.pk],
            "kendras:charge_end": [world.asha.charge_id],
            "reports:unit": [world.hariparvat.pk],
            "reports:statement": ["units"],
            "reports:run": [self.run.pk],
            "reports:month": [pk["report"]],
            "reports:month_move": [pk["report"], "submit"],
            "reports:direction_move": [pk["given"], "done"],
            "reports:print": [world.c_hariparvat.pk],
            "reports:prints": [pk["job"]],
            "reports:print_file": [pk["job"]],
        }.get(name) or [pk["complaint"]]


#: what someone gets who finds it there: the page, what comes after it, or what is wrong with an empty form
FINDS = {200, 302, 400, 405, 409, 422, 429}

HARIPARVAT = {"hema", "ila", "indu", "asha", "omprakash"}
ABOVE = {"charu", "divya", "esha", "farah", "zoya", "hina"}

#: address → who finds the thing at Hari Parvat there; everyone else is refused, or it does not exist for her
FOUND = {
    "complaints:detail": HARIPARVAT | ABOVE,
    "complaints:identity": HARIPARVAT | ABOVE,
    "complaints:fir": HARIPARVAT | ABOVE,
    "complaints:preventive_new": {"hema", "ila", "indu", "asha"},
    "complaints:preventive": HARIPARVAT | ABOVE,
    "complaints:preventive_move": {"hema", "ila", "indu", "asha"},
    "complaints:fir_identity": HARIPARVAT | ABOVE,
    "complaints:fir_elsewhere": HARIPARVAT | ABOVE,
    "complaints:fir_attach": {"hema", "ila", "indu", "asha", "omprakash"},
    "complaints:fir_move": {"asha", "omprakash"},
    "complaints:officer": {"asha", "omprakash", "charu", "divya", "esha"},
    "complaints:question_new": {"ila", "asha", "omprakash"},
    "complaints:question": {"asha", "omprakash"},
    "complaints:question_move": {"asha", "omprakash"},
    "complaints:cctns_run": {"asha", "charu", "divya"},
    "complaints:cctns_cells": {"asha", "charu", "divya"},
    "complaints:cctns_move": {"asha", "charu", "divya"},
    "complaints:receipt": {"hema", "ila", "indu", "asha"},
    "complaints:attach": {"hema", "ila", "indu", "asha", "omprakash"},
    "complaints:move": {"asha", "omprakash"},
    "complaints:document": HARIPARVAT | ABOVE,
    "complaints:reveal_move": {"asha", "omprakash", "charu"},
    "complaints:handover_move": {"asha", "omprakash"},
    "complaints:grants": {"divya", "esha"},
    "complaints:withdraw": {"divya", "esha"},
    "complaints:drop_filter": {"asha"},
    "complaints:draft": {"hema", "ila", "indu", "asha", "bina", "bela", "kamla"},
    "complaints:status_of": {*PEOPLE, ""},
    "kendras:unit_edit": {"hina", "sysa"},
    "kendras:unit_move": {"sysa"},
    "kendras:rule_change": {"hina"},
    "kendras:account": {"sysa"},
    "kendras:charge_new": {"sysa"},
    "kendras:charge_end": {"sysa"},
    "reports:unit": HARIPARVAT | ABOVE,
    "reports:statement": set(PEOPLE) - {"gita", "sysa", "root"},
    "reports:run": set(PEOPLE) - {"gita", "root"},
    "reports:month": HARIPARVAT | ABOVE,
    "reports:month_move": {"asha"},
    "reports:direction_move": {"asha"},
    "reports:print": {"charu", "divya", "esha", "farah", "zoya", "hina"},
    "reports:prints": {"charu", "divya", "esha", "farah", "zoya", "hina"},
    "reports:print_file": {"charu", "divya", "esha", "farah", "zoya", "hina"},
}


def addresses():
    """Every named address of the site but the master data's admin, which has tests of its own."""

    def walk(patterns, space=""):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                if pattern.app_name != "admin":
                    yield from walk(pattern.url_patterns, f"{pattern.app_name}:" if pattern.app_name else "")
            else:
                yield f"{space}{pattern.name}"

    return sorted(set(walk(get_resolver().url_patterns)))


def test_every_address_has_its_row_in_this_table():
    assert set(addresses()) == LISTS | set(FOUND)


def status_for(client, method, address, data=None):
    """The status of one request, of which nothing stays."""
    with transaction.atomic():
        status = getattr(client, method)(address, data).status_code
        transaction.set_rollback(True)
    return status


@pytest.fixture
def things(world):
    return Things(world)


@pytest.mark.parametrize("name", sorted(FOUND))
def test_only_those_it_concerns_find_it(world, things, name):
    address = reverse(name, args=things.arguments(name))
    needs = resolve(address).func.needs
    line = []
    for key in PEOPLE:
        user = world.fresh(getattr(world, key))
        client = world.client(user)
        for method in ("get", "post"):
            status = status_for(client, method, address)
            line.append(f"{key} {method} {status}")
            if key in FOUND[name]:
                assert status in FINDS, (key, method, status)
            elif needs in ("signed in", "public") or user.has_perm(needs):
                assert status in ({404, 405} if method == "get" else {404}), (key, method, status)
            else:
                assert status == 403, (key, method, status)
    print(f"{name} ({needs}): {', '.join(line)}")


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_page_without_an_object_opens_by_right_alone(world, name):
    address = reverse(name)
    needs = resolve(address).func.needs
    for key in PEOPLE:
        user = world.fresh(getattr(world, key))
        open_to = needs in ("signed in", "public") or user.has_perm(needs)
        status = status_for(world.client(user), "get", address)
        assert (status == 403) is (not open_to), (key, status)
        assert status in (200, 302, 403, 405, 503), (key, status)


def test_without_signing_in_everything_but_the_public_pages_leads_to_the_login(world, things):
    for name in addresses():
        address = reverse(name, args=[] if name in LISTS else things.arguments(name))
        if resolve(address).func.needs == "public":
            continue
        for answer in (Client().get(address), Client().post(address)):
            assert answer.status_code == 302, name
            assert answer.url.startswith("/login/"), name


def test_the_search_finds_nothing_of_another_thana_by_number_name_or_phone(world, things):
    complaint = Complaint.objects.filter(thana=world.hariparvat).first()
    for text in (
        {"number": complaint.number},
        {"number": complaint.reference},
        {"name": "सीमा गुप्ता"},
        {"phone": "9812345678"},
    ):
        page = world.client(world.kamla).post(reverse("complaints:search"), text).content.decode()
        assert f"/complaints/{complaint.pk}/" not in page
