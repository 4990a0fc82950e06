"""`make bench`: fill two PostgreSQL databases, measure both in one run, print and record the table.

Usage: python tests/bench/run.py [--small 300000] [--large 3000000] [--url postgres://…/postgres]
The databases kendra_bench_<n> are kept and used again; drop them to start afresh.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parent.parent.parent
RECORD = ROOT / "docs" / "benchmarks.md"

#: (what, limit in seconds, limit of queries, limit of the ratio); None where the plan sets no bound
BOUNDS = (
    ("list, state, rare", None, 5, 3.0),
    ("list", None, 5, 3.0),
    ("detail", 0.080, 15, None),
    ("state page", 0.200, None, None),
    ("today, hq", 0.200, None, None),
    ("registration", 0.150, None, None),
    ("month of all units", None, None, 1.3),
    ("PDF", 0.5, None, None),
)


NOTES = """\
- growth: the page at the larger size against the smaller one, each relative to an authenticated page without rows. A list
  that has fewer rows in the smaller database is held against a full page there.
- ratio to its floor: of a page, its own SQL sent raw plus an authenticated page without rows; of the month of all units, one
  raw GROUP BY; of the PDF, a bare table of as many cells."""


def database(server, size):
    """The URL of a filled database of `size` complaints, made where it does not exist."""
    name = f"kendra_bench_{size}"
    link = psycopg2.connect(server)
    link.autocommit = True
    url = server.rsplit("/", 1)[0] + f"/{name}"
    with link.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return url
        cursor.execute(f"CREATE DATABASE {name}")
    for command in (["migrate", "-v0"], ["load_map"], ["load_offences"], ["make_state", "--complaints", str(size)]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment(url), check=True)
    return url


def environment(url):
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}


def measured(url):
    command = [sys.executable, "tests/bench/measure.py"]
    done = subprocess.run(command, cwd=ROOT, env=environment(url), check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def bound_of(name):
    return next((bound for bound in BOUNDS if name.startswith(bound[0])), (name, None, None, None))


def growth_of(name, small, large):
    """How a measure grows with the data; of a page relative to an empty page, because the machine's speed changes too.

    A list that is shorter in the small database is cheaper there for its fewer rows alone: then the large one is held
    against a full page of the small database, the list of the constable.
    """
    now, before = large[name], small[name]
    if before.get("rows", 0) < now.get("rows", 0) and name.startswith("list"):
        before = small["list, desk"]
    key = "weight" if "weight" in now else "seconds"
    return now[key] / before[key]


def table(small, large, sizes):
    """The rows of the record, and the names of those beyond their bound."""
    lines = [
        f"| what | {sizes[0]:,}: ms | {sizes[1]:,}: ms | growth | queries | ratio to its floor | bound | kept |",
        "| --- | --: | --: | --: | --: | --: | --- | --- |",
    ]
    beyond = []
    for name in [name for name in large if name in small]:
        now = large[name]
        _name, seconds, queries, ratio = bound_of(name)
        growth = growth_of(name, small, large)
        limits = [
            (now["seconds"], seconds, f"{(seconds or 0) * 1000:.0f} ms"),
            (now.get("queries"), queries, f"{queries} queries"),
            (now.get("ratio"), ratio, f"{ratio} × floor"),
            (growth, 1.15 if name.startswith("list") else None, "growth 1.15"),
        ]
        kept = all(value <= limit for value, limit, _text in limits if limit is not None)
        if not kept:
            beyond.append(name)
        said = ", ".join(text for _value, limit, text in limits if limit is not None)
        lines.append(
            f"| {name} | {small[name]['seconds'] * 1000:.1f} | {now['seconds'] * 1000:.1f} | {growth:.2f} "
            f"| {now.get('queries', '')} | {now.get('ratio', 0):.2f} | {said} | {'yes' if kept else '**no**'} |"
        )
    return lines, beyond


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=300_000)
    parser.add_argument("--large", type=int, default=3_000_000)
    parser.add_argument("--url", default="postgresql://localhost/postgres")
    options = parser.parse_args()
    sizes = (options.small, options.large)
    small, large = (measured(database(options.url, size)) for size in sizes)
    lines, beyond = table(small, large, sizes)
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    head = [
        "# Benchmarks",
        "",
        f"Medians of one run of `make bench` on {date.today():%d-%m-%Y}: {machine}.",
        "",
        NOTES,
        "",
    ]
    RECORD.parent.mkdir(exist_ok=True)
    firs = RECORD.read_text().partition("\n# FIRs")  # what fir_run.py has recorded stays
    RECORD.write_text("\n".join([*head, *lines, "".join(firs[1:])]))
    print("\n".join(lines))
    print("beyond their bound:", ", ".join(beyond) or "none")


if __name__ == "__main__":
    main()
