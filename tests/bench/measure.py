"""Measure one generated database (DATABASE_URL) and print the medians as JSON. Called by run.py, once a database.

Every figure is a median of repeated calls in one process, so that ratios within one run are meaningful on a noisy
machine. Pages are asked for through the whole Django stack, without a network.
"""

import json
import os
import statistics
import sys
import time
import uuid
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice

import django
from weasyprint import CSS, HTML

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

import reports.statements  # noqa: E402, F401  (declares the statements)
from complaints.figures import Period, cells  # noqa: E402
from complaints.models import Complaint, Nature, Outcome  # noqa: E402
from kendras.models import ROLE_LEVEL, Charge, Level, Role, Unit, User  # noqa: E402
from kendras.paging import SIZE, _write  # noqa: E402
from reports.ledger import Ledger, month_of, shift  # noqa: E402
from reports.models import BuildRun  # noqa: E402
from reports.render import as_pdf  # noqa: E402
from reports.statement import STATEMENTS  # noqa: E402

BACKEND = "kendras.jurisdiction.LoginBackend"
ROLES = (Role.DESK, Role.SI, Role.INCHARGE, Role.SHO, Role.CO, Role.NODAL, Role.SP, Role.IG, Role.ADG, Role.HQ)


def busiest_and_quietest():
    """The thanas with the most and the fewest complaints."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT thana_id FROM complaints_complaint GROUP BY 1 ORDER BY count(*)")
        found = [row[0] for row in cursor.fetchall()]
    return Unit.objects.get(pk=found[-1]), Unit.objects.get(pk=found[0])


def client_in(role, thana, at):
    """A signed-in client of a user who holds `role` at the thana or the unit above it that the role sits at."""
    level = ROLE_LEVEL[role]
    if level == Level.THANA:
        unit = thana
    elif level == Level.STATE:
        unit = Unit.objects.get(level=Level.STATE)
    else:
        unit = getattr(thana, level)
    name = f"bench-{role}-{unit.pk}"
    user, _made = User.objects.get_or_create(
        username=name, defaults={"name_en": name, "name_hi": name, "must_change_password": False}
    )
    day = timezone.localdate(at)
    charge, _made = Charge.objects.get_or_create(
        user=user, role=role, unit=unit, starts_on=day, defaults={"standing": Charge.Standing.CONFIRMED}
    )
    User.objects.filter(pk=user.pk).update(charge=charge)
    client = Client()
    client.force_login(User.objects.get(pk=user.pk), backend=BACKEND)
    client.user = User.objects.select_related("charge__unit").get(pk=user.pk)
    return client


_BARE = CSS(string="@page { size: A4 landscape } table { width: 100%; table-layout: fixed } td { font-size: 8pt }")


def medians(calls, times=25, clock=time.perf_counter):
    """The median seconds of each call, made in turn, after two rounds that do not count."""
    taken = [[_timed(call, clock) for call in calls] for _n in range(times + 2)][2:]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def _timed(call, clock):
    start = clock()
    call()
    return clock() - start


def opened(client, url):
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response


def page(client, url, times=25):
    """{"seconds", "queries", "ratio", "weight", "rows"} of a page.

    ratio: against its own SQL sent raw plus an authenticated page without rows; weight: against that empty page alone;
    rows: how many table rows stand on it.
    The three are asked for in turn, so that a slow moment of the machine falls on all of them.
    """
    opened(client, url)  # the first request of a session stores its time
    with CaptureQueriesContext(connection) as seen:
        rows = opened(client, url).content.count(b"<tr")
    asked = [query["sql"] for query in seen.captured_queries]
    statements = [sql for sql in asked if sql.startswith("SELECT")]

    def raw():
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.replace("%", "%%"))
                cursor.fetchall()

    taken = medians([lambda: opened(client, url), raw, lambda: opened(client, reverse("kendras:password"))], times)
    seconds, sql, empty = taken
    ratio, weight = seconds / (sql + empty), seconds / empty
    return {"seconds": seconds, "queries": len(asked), "ratio": ratio, "weight": weight, "rows": rows}


def lists(thana, quiet, at):
    url = reverse("complaints:list")
    found = {f"list, {role}": page(client_in(role, thana, at), url) for role in ROLES}
    found["list, quiet thana"] = page(client_in(Role.INCHARGE, quiet, at), url)
    hq, sp = client_in(Role.HQ, thana, at), client_in(Role.SP, thana, at)
    acid = Nature.objects.get(code="acid_attack").pk
    for name, client in (("state", hq), ("district", sp)):
        found[f"list, {name}, rare outcome"] = page(client, f"{url}?outcome={Outcome.MEDIATION}", 9)
        found[f"list, {name}, rare nature"] = page(client, f"{url}?nature={acid}", 9)
        rows = Complaint.objects.visible_to(client.user).order_by("-received_at", "-id")
        deep = min(200 * SIZE, rows.count() - SIZE)  # a district of the small state has fewer than 200 pages
        found[f"list, {name}, page 200"] = page(client, f"{url}?after={_write(rows[deep], 'received_at')}")
    return found


def register_one(thana, at):
    """Seconds to register one complaint through the domain call."""
    user = client_in(Role.DESK, thana, at).user
    nature = Nature.objects.get(code="domestic_violence")

    def register():
        Complaint.objects.register(
            thana=thana, by=user, at=timezone.now(), once=uuid.uuid4(),
            facts={"source": "walk_in", "nature": nature, "urgency": "normal"},
            people=[{"part": "complainant", "name": "सीमा देवी", "phone": "9876543210", "age": 30}],
            account={"text": "प्रार्थना पत्र का विवरण", "place": "घर"},
        )  # fmt: skip

    return {"seconds": medians([register])[0]}


def month_of_all(at):
    """All-unit statistics of last month against one raw GROUP BY over the same rows with the same counts.

    "The same rows" are those that any figure of the month can count: open at its start, or received, disposed of or
    called in it.
    """
    last = Period.month((at.replace(day=1) - timedelta(days=1)).date())
    scope = Complaint.objects.all()
    with CaptureQueriesContext(connection) as seen:
        cells(scope, ("thana",), last)
    sql = seen.captured_queries[0]["sql"]

    def raw():
        with connection.cursor() as cursor:
            cursor.execute(sql.replace("%", "%%"))
            cursor.fetchall()

    seconds, floor = medians([lambda: cells(scope, ("thana",), last), raw], 7)
    return {"seconds": seconds, "queries": 1, "ratio": seconds / floor}


def build_last_month(at):
    """Seconds to freeze last month's reports of all units, as beat does on the 1st; None where that has been done."""
    run, made = BuildRun.objects.ask(shift(month_of(at), -1), by=None, at=at)
    start = time.perf_counter()
    while run.build_next(at=at):
        pass
    return {"seconds": time.perf_counter() - start} if made else None


def crime_meeting_sheet(at):
    """CPU seconds of a PDF of 1,250 cells, a district's thana-wise sheet laid out with as many rows as it takes.

    Its floor is a bare table of as many one-digit cells: what the layout engine itself costs on this machine.
    """
    district = Unit.objects.filter(level=Level.DISTRICT).order_by("pk").first()
    sheet = STATEMENTS["units"].sheet(Ledger(district, at), month_of(at), Level.THANA)
    rows = -(-1250 // (len(sheet.columns) + 1))
    sheet = replace(sheet, rows=tuple(islice(cycle(sheet.rows), rows)))
    bare = f"<table>{('<tr>' + '<td>7</td>' * (len(sheet.columns) + 1) + '</tr>') * rows}</table>"
    # one after the other and not in turn: the bare table brings fonts of its own and empties the cache of ours
    [seconds] = medians([lambda: as_pdf(sheet)], 5, time.process_time)
    [floor] = medians([lambda: HTML(string=bare).write_pdf(stylesheets=[_BARE])], 5, time.process_time)
    return {"seconds": seconds, "ratio": seconds / floor}


def everything():
    at = timezone.now()
    paper = crime_meeting_sheet(at)  # first, in a process as fresh as the worker that prints
    thana, quiet = busiest_and_quietest()
    built = build_last_month(at)
    found = lists(thana, quiet, at)
    newest = Complaint.objects.filter(thana=thana, disposed_at__isnull=False).order_by("-received_at").first()
    found["detail"] = page(client_in(Role.INCHARGE, thana, at), reverse("complaints:detail", args=[newest.pk]))
    state = Unit.objects.get(level=Level.STATE)
    found["state page"] = page(client_in(Role.HQ, thana, at), reverse("reports:unit", args=[state.pk]), 9)
    for role in (Role.DESK, Role.INCHARGE, Role.SP, Role.HQ):
        found[f"today, {role}"] = page(client_in(role, thana, at), reverse("reports:today"), 9)
    if built:
        found["reports of all units, a month"] = built
    found["registration"] = register_one(thana, at)
    found["month of all units"] = month_of_all(at)
    found["statement of the state, running month"] = page(
        client_in(Role.HQ, thana, at), reverse("reports:statement", args=["units"]), 5
    )
    found["PDF of 1,250 cells (CPU)"] = paper
    return found


if __name__ == "__main__":
    json.dump(everything(), sys.stdout)
