"""A month's report: frozen, hashed, carried up by the right officers, and never silently changed."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from complaints.models import Complaint
from kendras.models import Entry, Level, Unit
from kendras.workflow import Refused, move
from reports.ledger import Ledger
from reports.models import BuildRun, MeetingDirection, MonthlyReport
from reports.tasks import build_run
from tests.reports.scatter import scatter
from tests.world import NOW, SECRETS

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
WORDS = "माह में महिला चौपाल पर ध्यान दिया गया"
State = MonthlyReport.State


@pytest.fixture
def built(world):
    """October, frozen for all units."""
    scatter(world)
    build_run(BuildRun.objects.ask(OCTOBER, by=None, at=NOW)[0].pk)
    return world


def report(unit):
    return MonthlyReport.objects.get(unit=unit, month=OCTOBER)


def step(unit, name, by, text=WORDS, **data):
    return move(report(unit), name, by=by, at=NOW, text=text, **data)


def carried_to(world, state, unit=None):
    """The report of a kendra of Hari Parvat's circle, brought to `state`."""
    unit = unit or world.hariparvat
    if report(unit).state == State.DRAFT and unit != world.hariparvat:
        MonthlyReport.objects.filter(unit=unit).update(state=State.ACCEPTED)
        return report(unit)
    for reached, name, by in (
        (State.SUBMITTED, "submit", world.asha),
        (State.REVIEWED, "review", world.charu),
        (State.ACCEPTED, "accept", world.divya),
        (State.LOCKED, "lock", world.esha),
    ):
        if report(unit).state == state:
            break
        assert step(unit, name, by).state == reached
    return report(unit)


# --- frozen ----------------------------------------------------------------------------------------------------------


def test_a_published_figure_does_not_change_when_the_rows_do_and_the_difference_is_shown(built):
    mine = carried_to(built, State.SUBMITTED)
    before, total = mine.figures, mine.figures["all"]["disposed"]
    assert total
    period = mine.period
    case = Complaint.objects.filter(thana=built.hariparvat, disposed_at__gte=period.start, disposed_at__lt=period.end)
    case = case.first()
    Complaint.objects.filter(pk=case.pk).update(disposed_at=None, reopened_at=NOW, reopened=1)
    assert report(built.hariparvat).figures == before
    assert ("disposed", total, total - 1) in [(m.code, then, now) for m, then, now in mine.difference()]
    html = built.client(built.asha).get(reverse("reports:month", args=[mine.pk])).content.decode()
    assert "जब से आँकड़े" in html or "have changed since" in html
    assert Ledger(built.hariparvat, NOW).own(OCTOBER)["disposed"] == total


def test_a_report_shows_no_difference_while_the_rows_are_as_they_were(built):
    html = built.client(built.asha).get(reverse("reports:month", args=[report(built.hariparvat).pk])).content.decode()
    assert 'id="difference"' not in html


def test_the_database_refuses_to_change_a_published_report(built):
    mine = carried_to(built, State.SUBMITTED)
    with pytest.raises(DatabaseError, match="published"), transaction.atomic():
        MonthlyReport.objects.filter(pk=mine.pk).update(figures={"all": {}})
    with pytest.raises(DatabaseError, match="published"), transaction.atomic():
        MonthlyReport.objects.filter(pk=mine.pk).update(digest="0" * 64)
    assert MonthlyReport.objects.filter(unit=built.tajganj).update(digest="0" * 64) == 1


def test_figures_that_do_not_fit_their_hash_are_told(built):
    mine = report(built.hariparvat)
    assert mine.is_sound
    mine.figures["all"]["received"] += 1
    mine.save()
    assert not report(built.hariparvat).is_sound


def test_the_hash_depends_on_unit_month_and_every_figure(built):
    digests = MonthlyReport.objects.values_list("digest", flat=True)
    assert len(set(digests)) == len(digests) == Unit.objects.count()


def test_a_thana_that_moves_leaves_the_published_months_as_they_were(built):
    agra, mathura = report(built.agra).figures, report(built.mathura).figures
    received = report(built.tajganj).figures["all"]["received"]
    built.c_tajganj.move_under(built.mathura, on=NOW.date())
    ledger = Ledger(Unit.objects.get(pk=built.agra.pk), NOW)
    assert ledger.own(OCTOBER)["received"] == agra["all"]["received"]
    names = [unit.code for unit, _n in ledger.below(Level.THANA, OCTOBER)]
    assert "tajganj" in names
    assert sum(n["received"] for _u, n in ledger.below(Level.THANA, OCTOBER)) == agra["all"]["received"]
    assert report(built.mathura).figures == mathura
    assert received
    assert [(m.code, then - now) for m, then, now in report(built.agra).difference() if m.code == "received"] == [
        ("received", received)
    ]


# --- the way up ------------------------------------------------------------------------------------------------------


def test_the_report_of_a_kendra_goes_up_by_the_right_hands(built):
    done = carried_to(built, State.LOCKED)
    assert (done.remarks, done.review, done.submitted_by, done.reviewed_by) == (WORDS, WORDS, built.asha, built.charu)
    trail = list(Entry.objects.about(done).values_list("action", "by__username"))
    assert trail == [
        ("monthlyreport.lock", "esha"),
        ("monthlyreport.accept", "divya"),
        ("monthlyreport.review", "charu"),
        ("monthlyreport.submit", "asha"),
    ]
    assert all(entry.details["digest"] == done.digest for entry in Entry.objects.about(done))


MAY = {
    "submit": {"asha"},
    "review": {"charu"},
    "accept": {"divya", "esha"},
    "lock": {"charu", "divya", "esha", "farah", "zoya", "hina"},
}
BEFORE = {"submit": State.DRAFT, "review": State.SUBMITTED, "accept": State.REVIEWED, "lock": State.ACCEPTED}
CAST = (
    "hema", "ila", "asha", "omprakash", "bina", "kamla", "charu", "divya", "esha", "mala", "farah", "zoya", "hina",
    "gita", "sysa", "root",
)  # fmt: skip


@pytest.mark.parametrize("name", MAY)
def test_a_step_is_taken_by_its_officers_and_by_nobody_else(built, name):
    carried_to(built, BEFORE[name])
    for key in CAST:
        user = built.fresh(getattr(built, key))
        if key in MAY[name]:
            with transaction.atomic():
                assert step(built.hariparvat, name, user)
                transaction.set_rollback(True)
        else:
            with pytest.raises(Refused) as refusal:
                step(built.hariparvat, name, user)
            assert refusal.value.code == "right", key


@pytest.mark.parametrize("name", MAY)
def test_no_step_is_skipped(built, name):
    for state in State:
        if state == BEFORE[name] or (name, state) == ("lock", State.DRAFT):
            continue
        MonthlyReport.objects.filter(unit=built.hariparvat).update(state=state)
        with pytest.raises(Refused) as refusal:
            step(built.hariparvat, name, getattr(built, min(MAY[name])))
        assert refusal.value.code == "state", state


def test_a_draft_of_a_kendra_cannot_be_locked(built):
    with pytest.raises(Refused):
        step(built.hariparvat, "lock", built.esha)


def test_a_circle_is_locked_by_its_officer_when_its_kendras_are_accepted(built):
    carried_to(built, State.ACCEPTED)
    with pytest.raises(Refused, match="1"):
        step(built.c_hariparvat, "lock", built.charu)
    carried_to(built, State.ACCEPTED, built.lohamandi)
    with pytest.raises(Refused) as refusal:
        step(built.c_hariparvat, "lock", built.esha)
    assert refusal.value.code == "right"
    assert step(built.c_hariparvat, "lock", built.charu).state == State.LOCKED


def test_remarks_need_a_sentence_and_name_nobody(built):
    built.complaint(at=NOW - timedelta(days=20))
    for text in ("ठीक", f"{SECRETS['name']} का प्रकरण कठिन रहा", f"फोन {SECRETS['phone']} पर बात हुई है"):
        with pytest.raises(Refused):
            step(built.hariparvat, "submit", built.asha, text=text)
    assert report(built.hariparvat).state == State.DRAFT


# --- pages -----------------------------------------------------------------------------------------------------------


def post(world, user, unit, name, **data):
    mine = report(unit)
    data = {f"{name}-{key}": value for key, value in {"version": mine.version, "text": WORDS, **data}.items()}
    data.setdefault(f"{name}-once", "7f3c9a52-0000-4000-8000-000000000001")
    return world.client(user).post(reverse("reports:month_move", args=[mine.pk, name]), data)


def test_the_in_charge_submits_on_the_page_and_a_second_click_changes_nothing(built):
    once = {"once": "7f3c9a52-0000-4000-8000-00000000000a", "version": 1}
    for _n in range(2):
        assert post(built, built.asha, built.hariparvat, "submit", **once).status_code == 302
    assert report(built.hariparvat).version == 2
    assert Entry.objects.filter(action="monthlyreport.submit").count() == 1


def test_what_is_refused_keeps_the_words(built):
    response = post(built, built.asha, built.hariparvat, "submit", text="कम")
    assert response.status_code == 422
    assert "कम</textarea>" in response.content.decode()


def test_a_stale_form_is_told_and_changes_nothing(built):
    response = post(built, built.asha, built.hariparvat, "submit", version=0)
    assert response.status_code == 409
    assert report(built.hariparvat).state == State.DRAFT


def test_the_report_of_another_unit_is_not_there(built):
    for user, unit in ((built.bina, built.hariparvat), (built.mala, built.agra), (built.asha, built.lohamandi)):
        pk = report(unit).pk
        client = built.client(user)
        assert client.get(reverse("reports:month", args=[pk])).status_code == 404
        assert client.post(reverse("reports:month_move", args=[pk, "submit"])).status_code == 404
    assert built.client(built.farah).get(reverse("reports:month", args=[report(built.agra).pk])).status_code == 200


@pytest.mark.parametrize(("user", "n"), [("asha", 1), ("charu", 3), ("esha", 6), ("farah", 10), ("hina", 20)])
def test_the_list_holds_the_own_unit_and_those_below(built, user, n):
    seen = MonthlyReport.objects.visible_to(built.fresh(getattr(built, user)))
    assert seen.count() == n
    assert MonthlyReport.objects.visible_to(built.fresh(built.gita)).count() == 0
    page = built.client(getattr(built, user)).get(reverse("reports:months")).content.decode()
    assert reverse("reports:month", args=[seen.get(unit=getattr(built, user).acting.unit).pk]) in page


def test_the_list_costs_the_same_number_of_queries_for_one_kendra_and_for_many(built, django_assert_max_num_queries):
    client = built.client(built.hina)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("reports:months"), {"by": "thana"}).status_code == 200


def test_the_progress_of_a_building_is_seen_on_the_page(world):
    run, _made = BuildRun.objects.ask(OCTOBER, by=world.hina, at=NOW)
    run.build_next(at=NOW)
    page = world.client(world.esha).get(reverse("reports:months")).content.decode()
    done = run.progress()["done"]
    assert f'<progress value="{done}" max="{Unit.objects.count()}">' in page
    part = world.client(world.esha).get(reverse("reports:run", args=[run.pk]), headers={"hx-request": "true"})
    assert b"<html" not in part.content
    assert world.client(world.gita).get(reverse("reports:run", args=[run.pk])).status_code == 404


@pytest.mark.parametrize(("user", "status"), [("sysa", 302), ("hina", 302), ("esha", 403), ("asha", 403)])
def test_only_headquarters_and_the_administrator_start_a_building(world, user, status, monkeypatch):
    monkeypatch.setattr("reports.tasks.build_run.delay", lambda pk: None)
    client = world.client(getattr(world, user))
    assert client.post(reverse("reports:build"), {"month": "2026-10"}).status_code == status
    assert BuildRun.objects.count() == (status == 302)
    if status == 302:
        assert client.get(reverse("reports:build")).status_code == 200


# --- directions on the kendra's page ---------------------------------------------------------------------------------


def test_last_months_direction_stands_on_the_report_and_the_in_charge_answers_it(built):
    once = "7f3c9a52-0000-4000-8000-00000000000b"
    september = date(2026, 9, 1)
    text = "बीट पुस्तिका प्रतिदिन भरें"
    [row] = MeetingDirection.objects.give(
        september, [(built.hariparvat, text, NOW.date())], by=built.esha, at=NOW, once=once
    )
    client, url = built.client(built.asha), reverse("reports:month", args=[report(built.hariparvat).pk])
    assert text in client.get(url).content.decode()
    answer = reverse("reports:direction_move", args=[row.pk, "done"])
    data = {
        f"{row.pk}-done-{key}": value
        for key, value in {"version": 1, "once": once, "text": "सभी बीट में भरी गई है"}.items()
    }
    assert built.client(built.bina).post(answer, data).status_code == 404
    assert built.client(built.charu).post(answer, data).status_code == 403
    response = client.post(answer, data)
    assert (response.status_code, response.url) == (302, url)
    row.refresh_from_db()
    assert (row.state, row.answered_by, row.answer) == ("done", built.asha, "सभी बीट में भरी गई है")
    assert "सभी बीट में भरी गई है" in built.client(built.esha).get(url).content.decode()
    assert text in client.get(reverse("reports:directions")).content.decode()
