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
from counselling.models import Counsellor, Enlargement, Entrustment, Link, PpkCase, SafetyPlan, Session
from kendras.models import Rule
from kendras.workflow import move
from reports.models import BuildRun, MeetingDirection, MonthlyReport, PrintJob
from reports.tasks import build_run
from tests.counselling.aid import agency, apply, refer
from tests.world import NOW, copied, laid_out_once

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
    "counselling:sessions", "counselling:counsellors", "counselling:entrustments", "counselling:ppk_cases", "counselling:sitting",
    "counselling:follow_ups",
    "complaints:cctns", "complaints:mismatches", "complaints:questions", "complaints:fir_clocks", "complaints:accused", "complaints:officers",
    "complaints:save_filter", "complaints:handovers", "complaints:print_register", "complaints:status",
    "counselling:agencies", "counselling:agency_new", "counselling:referrals", "counselling:compensations",
    "counselling:untold", "counselling:tellings", "counselling:answer",
    "kendras:login", "kendras:logout", "kendras:password", "kendras:charges", "kendras:charges_waiting", "kendras:units", "kendras:rules",
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
        self.counselling = _counselled(world, complaint)
        centre = agency(world)
        centre.assess(by=world.divya, at=NOW, on=NOW.date(), places=5, in_use=5, turned_away=1, staff_short=0)
        enlargement = Enlargement.objects.propose(
            centre, places=10, reason=WORDS, by=world.divya, at=NOW, once=uuid.uuid4()
        )
        referral = refer(world, complaint, centre)
        link, self.secret, _code = Link.objects.make(referral, by=world.hema, at=NOW)
        referral.grant(to=world.gita, until=NOW.date(), order_number="1", by=world.asha, at=NOW)
        compensation = apply(world, fir)
        safety = SafetyPlan.objects.write(
            fir, fir.people.get(part="victim"), risk="low", signs=[], matter={}, review_on=None, by=world.asha, at=NOW,
            once=uuid.uuid4(),
        )  # fmt: skip
        self.rows = {"accused": fir.people.get(part="accused")}
        one = {
            "question": question,
            "cctns": run,
            "agency": centre,
            "enlargement": enlargement,
            "referral": referral,
            "link": link,
            "referral_grant": referral.grants.get(),
            "compensation": compensation,
            "safety": safety,
            "action": action,
            "fir": fir,
            "complaint": complaint,
            "handover": Handover.objects.get(),
            "grant": complaint.grants.get(),
        }
        self.rows |= one | self.counselling
        self.rows |= {
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
            "counselling:case": ["complaint", pk["complaint"]],
            "counselling:session_new": ["complaint", pk["complaint"]],
            "counselling:session": [pk["session"]],
            "counselling:session_said": [pk["session"]],
            "counselling:session_move": [pk["session"], "complete"],
            "counselling:counsellor_end": [pk["counsellor"]],
            "counselling:entrust": ["fir", pk["fir"]],
            "counselling:mark": ["fir", pk["fir"]],
            "counselling:entrustment": [pk["trust"]],
            "counselling:entrusted_session": [pk["trust"]],
            "counselling:entrustment_move": [pk["trust"], "withdraw"],
            "counselling:ppk_new": ["complaint", pk["complaint"]],
            "counselling:ppk": [pk["ppk"]],
            "counselling:ppk_move": [pk["ppk"], "relapse"],
            "counselling:ppk_paper": [pk["ppk"], "letter"],
            "counselling:follow_up_move": [pk["call"], "record"],
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
            "counselling:agency": [pk["agency"]],
            "counselling:agency_edit": [pk["agency"]],
            "counselling:agency_assess": [pk["agency"]],
            "counselling:agency_enlarge": [pk["agency"]],
            "counselling:agency_move": [pk["agency"], "close"],
            "counselling:enlargement_move": [pk["enlargement"], "forward"],
            "counselling:support": ["complaint", pk["complaint"]],
            "counselling:referral_new": ["complaint", pk["complaint"]],
            "counselling:compensation_new": ["fir", pk["fir"]],
            "counselling:inform": ["complaint", pk["complaint"]],
            "counselling:tell": ["complaint", pk["complaint"]],
            "counselling:plan": ["complaint", pk["complaint"]],
            "counselling:plan_read": [pk["safety"]],
            "counselling:referral": [pk["referral"]],
            "counselling:referral_identity": [pk["referral"]],
            "counselling:referral_letter": [pk["referral"]],
            "counselling:referral_move": [pk["referral"], "decline"],
            "counselling:referral_grants": [pk["referral"]],
            "counselling:referral_withdraw": [pk["referral"], pk["referral_grant"]],
            "counselling:referral_links": [pk["referral"]],
            "counselling:link_revoke": [pk["referral"], pk["link"]],
            "counselling:answer_of": [self.secret],
            "counselling:compensation": [pk["compensation"]],
            "counselling:compensation_bank": [pk["compensation"]],
            "counselling:compensation_move": [pk["compensation"], "apply"],
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


def _counselled(world, complaint):
    """A session to come, a counsellor with the case, and a settlement at the Family Counselling Centre to follow up."""
    counsellor = Counsellor.objects.nominate(world.gita, kind="counsellor", order_number="1", by=world.divya, at=NOW)
    trust = Entrustment.objects.entrust(complaint, counsellor, until=NOW.date(), task=WORDS, by=world.asha, at=NOW)
    plan = {"kind": "first", "sides": "her", "planned_for": NOW, "by": world.ila, "at": NOW}
    held = Session.objects.plan(complaint, **plan)
    said = {"on": NOW, "private": True, "hers": WORDS, "outcome": "advised", "result": WORDS}
    move(held, "complete", by=world.ila, at=NOW, **said)
    ppk = PpkCase.objects.refer(complaint, willing=True, reason=WORDS, by=world.ila, at=NOW)
    ppk = move(ppk, "fix", by=world.ila, at=NOW, on=NOW.date())
    ppk = move(ppk, "settle", by=world.ila, at=NOW, her_present=True, other_present=True, text=WORDS)
    session = Session.objects.plan(complaint, **plan)
    return {"counsellor": counsellor, "trust": trust, "session": session, "ppk": ppk, "call": ppk.follow_ups.first()}


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
    "counselling:case": HARIPARVAT | ABOVE,
    "counselling:session_new": {"hema", "ila", "indu", "asha"},
    "counselling:session": HARIPARVAT | ABOVE,
    "counselling:session_said": HARIPARVAT | ABOVE,
    "counselling:session_move": {"ila", "indu", "asha"},
    "counselling:counsellor_end": {"divya", "esha"},
    "counselling:entrust": {"asha", "divya", "esha"},
    "counselling:mark": {"ila", "indu", "asha", "divya", "esha"},
    "counselling:entrustment": HARIPARVAT | ABOVE | {"gita"},
    "counselling:entrusted_session": {"gita"},
    "counselling:entrustment_move": {"asha", "divya", "esha"},
    "counselling:ppk_new": {"ila", "indu", "asha"},
    "counselling:ppk": HARIPARVAT | ABOVE,
    "counselling:ppk_move": {"hema", "ila", "indu", "asha"},
    "counselling:ppk_paper": HARIPARVAT | ABOVE,
    "counselling:follow_up_move": {"hema", "ila", "indu", "asha"},
    "complaints:reveal_move": {"asha", "omprakash", "charu"},
    "complaints:handover_move": {"asha", "omprakash"},
    "complaints:grants": {"divya", "esha"},
    "complaints:withdraw": {"divya", "esha"},
    "complaints:drop_filter": {"asha"},
    "complaints:draft": {"hema", "ila", "indu", "asha", "bina", "bela", "kamla"},
    "complaints:status_of": {*PEOPLE, ""},
    "counselling:agency": HARIPARVAT | ABOVE | {"bina", "bela"},
    "counselling:agency_edit": {"charu", "divya"},
    "counselling:agency_assess": {"charu", "divya"},
    "counselling:agency_move": {"charu", "divya"},
    "counselling:agency_enlarge": {"divya"},
    "counselling:enlargement_move": {"esha"},
    "counselling:support": HARIPARVAT | ABOVE,
    "counselling:referral_new": HARIPARVAT,
    "counselling:compensation_new": {"hema", "ila", "indu", "asha"},
    "counselling:inform": {"hema", "ila", "indu", "asha"},
    "counselling:tell": {"hema", "ila", "indu", "asha"},
    "counselling:plan": {"hema", "ila", "indu", "asha"},
    "counselling:plan_read": HARIPARVAT | ABOVE,
    "counselling:referral": HARIPARVAT | ABOVE | {"gita"},
    "counselling:referral_identity": {"gita"},
    "counselling:referral_letter": HARIPARVAT,
    "counselling:referral_move": {"hema", "ila", "indu", "asha", "gita"},
    "counselling:referral_grants": {"asha", "omprakash"},
    "counselling:referral_withdraw": {"asha", "omprakash"},
    "counselling:referral_links": HARIPARVAT,
    "counselling:link_revoke": HARIPARVAT,
    "counselling:answer_of": {*PEOPLE, ""},
    "counselling:compensation": HARIPARVAT | ABOVE,
    "counselling:compensation_bank": HARIPARVAT | ABOVE,
    "counselling:compensation_move": {"hema", "ila", "indu", "asha"},
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


@pytest.fixture(scope="module")
def laid_out(django_db_setup, django_db_blocker):
    with laid_out_once(django_db_blocker, Things) as laid_out:
        yield laid_out


@pytest.fixture
def things(laid_out, db, monkeypatch):
    return copied(laid_out, monkeypatch)[1]


@pytest.fixture
def world(things):
    return things.world


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
