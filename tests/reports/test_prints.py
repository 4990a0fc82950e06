"""The printed paper: asked for once, made once, opened by those it concerns, on the trail, with nobody in it."""

import hashlib
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from complaints.figures import MEASURES
from kendras.models import Entry
from kendras.workflow import move
from reports import tasks
from reports.models import BuildRun, Job, MeetingDirection, PrintJob
from reports.paper import meeting_book
from tests.reports.scatter import scatter
from tests.world import NOW, SECRETS, STORY

OCTOBER = date(2026, 10, 1)
IN_OCTOBER = NOW - timedelta(days=40)
PAPER = b"%PDF-1.7 a paper"


@pytest.fixture
def quick(monkeypatch):
    """A press that prints at once, and remembers how often."""
    printed = []

    def press(job, at):
        printed.append(job.pk)
        return PAPER

    monkeypatch.setattr(tasks, "print_meeting", press)
    return printed


def ask(world, by=None, unit=None, once=None, language="hi"):
    return PrintJob.objects.ask(
        unit or world.agra, OCTOBER, language, by=by or world.esha, at=NOW, once=once or uuid.uuid4()
    )


def test_a_paper_is_asked_for_printed_and_opened(world, quick, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(tasks.build_print, "delay", tasks.build_print)
    client = world.client(world.esha)
    data = {"once": uuid.uuid4(), "language": "hi", "month": "2026-10"}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("reports:print", args=[world.agra.pk]), data)
    job = PrintJob.objects.get()
    assert response.url == reverse("reports:prints", args=[job.pk])
    assert (job.state, job.sha256) == (Job.State.DONE, hashlib.sha256(PAPER).hexdigest())
    assert reverse("reports:print_file", args=[job.pk]) in client.get(response.url).content.decode()
    file = client.post(reverse("reports:print_file", args=[job.pk]))
    assert b"".join(file.streaming_content) == PAPER
    assert file["Content-Disposition"] == 'attachment; filename="meeting-agra-2026-10-hi.pdf"'
    trail = list(Entry.objects.about(job).values_list("action", "by__username"))
    assert trail == [("report.open", "esha"), ("report.print", "esha")]


def test_the_file_lies_under_a_random_name_that_says_nothing(world, quick):
    names = set()
    for _n in range(2):
        job = ask(world)
        tasks.build_print(job.pk)
        job.refresh_from_db()
        names.add(job.file.name)
        assert "agra" not in job.file.name
        assert len(job.file.name.rpartition("/")[2]) == 36
    assert len(names) == 2


def test_the_same_form_sent_twice_asks_once(world):
    once = uuid.uuid4()
    assert ask(world, once=once) == ask(world, once=once)
    assert PrintJob.objects.count() == Entry.objects.filter(action="report.print").count() == 1


def test_a_job_that_is_rung_for_twice_is_printed_once(world, quick):
    job = ask(world)
    tasks.build_print(job.pk)
    tasks.build_print(job.pk)
    assert quick == [job.pk]


def test_a_job_in_living_hands_is_left_alone_and_one_in_dead_hands_is_not(world, quick, monkeypatch):
    job = ask(world)
    assert PrintJob.objects.claim(job.pk, at=NOW)
    tasks.build_print(job.pk)
    assert quick == []
    monkeypatch.setattr(timezone, "now", lambda: NOW + Job.QUIET)
    tasks.build_print(job.pk)
    assert quick == [job.pk]


def test_a_paper_that_cannot_be_printed_is_given_up_after_some_tries(world, monkeypatch):
    monkeypatch.setattr(tasks, "print_meeting", lambda job, at: 1 / 0)
    job = ask(world)
    for _n in range(Job.TRIES):
        tasks.build_print(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error, bool(job.file)) == (Job.State.FAILED, "ZeroDivisionError", False)
    page = world.client(world.esha).get(reverse("reports:prints", args=[job.pk])).content.decode()
    assert "ZeroDivisionError" in page


def test_a_paper_opens_for_those_whose_unit_it_is_and_for_nobody_else(world, quick):
    job = ask(world)
    tasks.build_print(job.pk)
    url = reverse("reports:print_file", args=[job.pk])
    for key, status in {
        "esha": 200, "divya": 200, "farah": 200, "hina": 200, "charu": 404, "asha": 404, "mala": 404, "hema": 403,
        "gita": 403, "sysa": 403, "root": 403,
    }.items():  # fmt: skip
        assert world.client(getattr(world, key)).post(url).status_code == status, key
        assert world.client(getattr(world, key)).get(reverse("reports:prints", args=[job.pk])).status_code == status, (
            key
        )
    assert Entry.objects.filter(action="report.open").count() == 4


def test_a_paper_is_asked_for_a_circle_or_district_under_oneself(world):
    for key, unit, status in (
        ("charu", world.c_hariparvat, 302), ("esha", world.agra, 302), ("esha", world.mathura, 404),
        ("hina", world.up, 404), ("asha", world.hariparvat, 404), ("hema", world.agra, 403),
    ):  # fmt: skip
        url = reverse("reports:print", args=[unit.pk])
        data = {"once": uuid.uuid4(), "language": "en", "month": "2026-10"}
        assert world.client(getattr(world, key)).post(url, data).status_code == status, key


def test_a_finished_paper_is_not_there_before_it_is_done(world):
    job = ask(world)
    assert world.client(world.esha).post(reverse("reports:print_file", args=[job.pk])).status_code == 404


# --- what stands in it -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_book_holds_all_tables_and_a_page_for_each_kendra_with_last_months_directions(world, language):
    scatter(world)
    tasks.build_run(BuildRun.objects.ask(OCTOBER, by=None, at=NOW)[0].pk)
    rows = [(world.hariparvat, "बीट पुस्तिका प्रतिदिन भरें", NOW.date())]
    MeetingDirection.objects.give(date(2026, 9, 1), rows, by=world.esha, at=NOW, once=uuid.uuid4())
    with translation.override(language):
        book = meeting_book(world.agra, OCTOBER, at=NOW)
    codes = [sheet.code for sheet in book.sheets]
    assert codes == [
        "comparison",
        "side_by_side",
        "trends",
        "hours",
        "heads",
        "fir_units",
        "fir_age",
        "itsso",
        "missing",
        "counselling",
        "ppk",
        "clocks",
        "accused",
        "preventive",
        "support",
        "compensation",
        "told",
        "units",
        "age",
        "source",
        "nature",
        "feedback",
        "late",
    ]
    assert book.frozen
    assert len(book.digest) == 64
    assert {page.unit for page in book.kendras} == {
        translated(thana, language) for thana in (world.hariparvat, world.lohamandi, world.tajganj)
    }
    pages = {page.unit: page for page in book.kendras}
    assert pages[translated(world.hariparvat, language)].directions[0][0] == rows[0][1]
    assert len(book.summary) == 5
    assert 0 < len(book.concerns) <= 3


def translated(thana, language):
    with translation.override(language):
        return thana.title


def test_the_book_names_nobody_in_a_case(world):
    for _n in range(3):
        world.at_state("fed_back", at=NOW - timedelta(days=40))
    for language in ("hi", "en"):
        with translation.override(language):
            said = str(meeting_book(world.agra, OCTOBER, at=NOW))
        for secret in (*SECRETS.values(), *SECRETS["name"].split(), STORY):
            assert secret not in said


def test_a_kendra_without_a_figure_gets_a_line_and_not_a_page(world):
    world.complaint(at=IN_OCTOBER)
    book = meeting_book(world.agra, OCTOBER, at=NOW)
    assert [page.unit for page in book.kendras] == [world.hariparvat.title]
    assert set(book.silent) == {world.lohamandi.title, world.tajganj.title}


def test_the_paper_says_how_its_columns_hang_together_also_after_a_reopening(world):
    closed = world.at_state("closed", at=IN_OCTOBER - timedelta(days=40))
    move(closed, "reopen", by=world.asha, at=IN_OCTOBER, reason="आवेदिका पुनः उपस्थित हुई")
    world.complaint(at=IN_OCTOBER)
    sheet = meeting_book(world.agra, OCTOBER, at=NOW).kendras[0].sheet
    now = {row.label: row.values[0] for row in sheet.rows}
    n = {code: now[str(MEASURES[code].label)] for code in ("opening", "received", "disposed", "pending", "reopened")}
    assert n["opening"] + n["received"] - n["disposed"] == n["pending"] == 2
    assert n["reopened"] == 1
    assert "+" in sheet.notes[0]
