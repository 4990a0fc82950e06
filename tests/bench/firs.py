"""Measure the FIR part of one generated database (DATABASE_URL) and print the medians as JSON. Called by fir_run.py.

The measures themselves are those of measure.py. With a number of rows as argument a CCTNS sheet of so many FIRs is taken in,
held against a plain COPY of the rows it makes, and rolled back.
"""

import csv
import io
import json
import resource
import sys
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from measure import ROLES, client_in, page, time  # sets Django up

from complaints.cctnscompare import Comparison
from complaints.models import CctnsRun, Fir
from kendras.models import Role, Unit
from kendras.paging import SIZE, _write
from kendras.workflow import move


def measure(rows):
    """The medians of the database of DATABASE_URL: {what: {"seconds", "queries", "ratio", "weight", "rows"}}."""

    at = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT thana_id FROM complaints_fir GROUP BY 1 ORDER BY count(*)")
        thanas = [row[0] for row in cursor.fetchall()]
    thana, quiet = Unit.objects.get(pk=thanas[-1]), Unit.objects.get(pk=thanas[0])
    url = reverse("complaints:firs")
    found = {f"FIR list, {role}": page(client_in(role, thana, at), url, 15) for role in ROLES}
    found["FIR list, quiet thana"] = page(client_in(Role.INCHARGE, quiet, at), url, 15)
    hq, sp = client_in(Role.HQ, thana, at), client_in(Role.SP, thana, at)
    for name, client in (("state", hq), ("district", sp)):
        found[f"FIR list, {name}, rare head"] = page(client, f"{url}?head=CYBER", 9)
        found[f"FIR list, {name}, tonight"] = page(client, f"{url}?due=tonight", 9)
        newest = Fir.objects.visible_to(client.user).order_by("-registered_at", "-id")
        deep = max(min(200 * SIZE, newest.count() - SIZE), 0)
        found[f"FIR list, {name}, page 200"] = page(client, f"{url}?after={_write(newest[deep], 'registered_at')}", 9)
    for role in (Role.DESK, Role.SI, Role.INCHARGE, Role.SHO, Role.CO, Role.SP):
        found[f"today, {role}"] = page(client_in(role, thana, at), reverse("reports:today"), 9)
    found["sheet of clocks, state"] = page(hq, reverse("reports:statement", args=["clocks"]), 3)
    found["sheet of accused, state"] = page(hq, reverse("reports:statement", args=["accused"]), 3)
    if rows:
        found |= _import(rows, thana.district, at)
    return found


def _sheet(rows, district, at):
    """A CSV sheet (bytes) of `rows` FIRs of a district that the record does not have."""
    thanas = list(Unit.objects.under(district).thanas().values_list("code", flat=True))
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(["FIR No", "PS Code", "FIR Date", "Sections", "GD No", "Victim Name", "Victim Age", "Accused Name"])
    for n in range(rows):
        day = (at - timedelta(days=5 + n % 300)).strftime("%d-%m-%Y 10:30")
        text = ("BNS 85", "BNS 74", "POCSO 3/4; BNS 64", "BNS 87")[n % 4]
        lines.writerow(
            [
                f"{n // len(thanas) + 5001:04d}",
                thanas[n % len(thanas)],
                day,
                text,
                n % 50,
                f"सीमा देवी {n}",
                20,
                f"राजू पाल {n}",
            ]
        )
    return out.getvalue().encode()


def _import(rows, district, at):
    """Taking a sheet in against a plain COPY of the very rows that it makes; all of it is rolled back."""

    content = _sheet(rows, district, at)
    user = client_in(Role.NODAL, next(iter(district_thanas(district))), at).user
    days = {"first": (at - timedelta(days=320)).date(), "last": at.date(), "letters": "judge"}
    parse = _timed(lambda: list_nothing(Comparison(io.BytesIO(content), "a.csv", unit=district, at=at, **days)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with transaction.atomic():
        last = Fir.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        run = CctnsRun.objects.look(SimpleUploadedFile("a.csv", content), unit=district, by=user, at=at, **days)
        if run.counts.get("errors"):
            raise ValueError(f"errors in the sheet: {run.errors[:3]}")
        took = _timed(lambda: move(run, "take", by=user, at=at))
        copy, copied = _plain_copy(last)
        transaction.set_rollback(True)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"import: parse {parse:.1f} s, take {took:.1f} s, COPY {copy:.1f} s of {copied} rows, peak +{grown:.0f} MB",
        file=sys.stderr,
    )
    return {
        "import of a sheet: reading and comparing": {"seconds": parse},
        "import of a sheet: reading again and taking in": {"seconds": took, "ratio": (took - parse) / copy},
        "plain COPY of the same rows": {"seconds": copy},
        "peak memory of the import, MB": {"seconds": grown / 1000},
    }


def district_thanas(district):

    return Unit.objects.under(district).thanas().select_related("circle", "district", "police_range", "zone")


def list_nothing(comparison):
    for _found in comparison.run():
        pass


def _timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _plain_copy(last):
    """(seconds, rows) of COPY into tables with the same columns and indexes, of the rows that hang on FIRs beyond `last`."""

    people = f"person_id IN (SELECT id FROM complaints_person WHERE fir_id > {last})"
    parts = {
        "complaints_fir": f"id > {last}",
        "complaints_identity": people,
        "kendras_entry": f"subject_label = 'complaints.fir' AND subject_id > {last}",
    }
    names = ("fir_offences", "firaccount", "person", "nametoken", "firdeadline", "milestone", "accused")
    parts |= {f"complaints_{name}": f"fir_id > {last}" for name in names}
    seconds, rows = 0, 0
    with connection.cursor() as cursor:
        for table, where in parts.items():
            out = io.StringIO()
            cursor.cursor.copy_expert(f"COPY (SELECT * FROM {table} WHERE {where}) TO STDOUT", out)
            rows += out.getvalue().count("\n")
            out.seek(0)
            cursor.execute(f"CREATE TEMP TABLE copy_{table} (LIKE {table} INCLUDING ALL) ON COMMIT DROP")
            seconds += _timed(lambda t=table, o=out: cursor.cursor.copy_expert(f"COPY copy_{t} FROM STDIN", o))
    return seconds, rows


if __name__ == "__main__":
    json.dump(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 0), sys.stdout)
