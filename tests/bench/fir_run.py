"""`make bench` for FIRs: fill two PostgreSQL databases with FIRs, measure both in one run, record the table.

Usage: python tests/bench/fir_run.py [--small 40000] [--large 400000] [--rows 100000] [--url postgres://…/postgres]
The databases kendra_bench_firs_<n> are kept and used again; drop them to start afresh.
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
#: where the part of FIRs begins in the record; run.py leaves it standing
MARK = "# FIRs"

#: (what, limit in seconds, limit of queries, limit of the ratio to its floor, limit of the growth)
BOUNDS = (("FIR list", None, 6, 3.0, 1.15), ("today", 0.200, None, None, None), ("import", None, None, 3.0, None))


def database(server, size):
    name = f"kendra_bench_firs_{size}"
    link = psycopg2.connect(server)
    link.autocommit = True
    url = server.rsplit("/", 1)[0] + f"/{name}"
    with link.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return url
        cursor.execute(f"CREATE DATABASE {name}")
    for command in (["migrate", "-v0"], ["load_map"], ["load_offences"], ["make_state", "--firs", str(size)]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment(url), check=True)
    return url


def environment(url):
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}


def measured(url, rows):
    command = [sys.executable, "tests/bench/firs.py", str(rows)]
    done = subprocess.run(command, cwd=ROOT, env=environment(url), check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def table(small, large, sizes):
    """The rows of the record: a page's growth is told against an empty page, because the machine's speed changes too."""
    lines = [
        f"| what | {sizes[0]:,}: ms | {sizes[1]:,}: ms | growth | queries | ratio to its floor | bound | kept |",
        "| --- | --: | --: | --: | --: | --: | --- | --- |",
    ]
    for name, now in large.items():
        before = small.get(name, {})
        if name.startswith("FIR list") and before.get("rows", 0) < now.get("rows", 0):
            before = small["FIR list, desk"] | {"seconds": small[name]["seconds"]}
        growth = now["weight"] / before["weight"] if "weight" in now and "weight" in before else None
        bound = next((b for b in BOUNDS if name.startswith(b[0])), ("", None, None, None, None))
        limits = [
            (now["seconds"], bound[1], f"{(bound[1] or 0) * 1000:.0f} ms"), (now.get("queries"), bound[2], f"{bound[2]} queries"),
            (now.get("ratio"), bound[3], f"{bound[3]} × floor"), (growth, bound[4], f"growth {bound[4]}"),
        ]  # fmt: skip
        limits = [(value, limit, text) for value, limit, text in limits if limit is not None and value is not None]
        kept = all(value <= limit for value, limit, _text in limits)
        first = f"{before['seconds'] * 1000:.1f}" if before else ""
        lines.append(
            f"| {name} | {first} | {now['seconds'] * 1000:.1f} | {'' if growth is None else f'{growth:.2f}'} | {now.get('queries', '')} "
            f"| {now.get('ratio', 0):.2f} | {', '.join(text for *_n, text in limits)} | {'yes' if kept else '**no**'} |"
        )
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=40_000)
    parser.add_argument("--large", type=int, default=400_000)
    parser.add_argument("--rows", type=int, default=100_000, help="of the sheet that is taken in; 0 leaves it out")
    parser.add_argument("--url", default="postgresql://localhost/postgres")
    options = parser.parse_args()
    sizes = (options.small, options.large)
    small, large = (
        measured(database(options.url, size), rows) for size, rows in zip(sizes, (0, options.rows), strict=True)
    )
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    said = f"Medians of one run of `python tests/bench/fir_run.py` on {date.today():%d-%m-%Y}: {machine}; sheet of {options.rows:,} rows."
    lines = [MARK, "", said, "", *table(small, large, sizes), ""]
    kept = RECORD.read_text().partition(f"\n{MARK}")[0].rstrip()
    RECORD.write_text("\n".join([kept, "", *lines]))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
