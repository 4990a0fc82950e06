"""`make test`: the whole suite on SQLite with a broker of files, then again on PostgreSQL with Redis.

What opens no database of the suite's runs in the first pass only: the look at every page of the running site, the steps of
the image, the architecture.

DATABASE_URL and REDIS_URL, where given, are used for the second pass; otherwise throw-away servers are started. A
missing server program is said loudly and its pass left out; with CI=true it is a failure. Further arguments go to pytest.
"""

import contextlib
import os
import shutil
import subprocess
import sys

from tests.services import Missing, postgresql, redis

FIRST_PASS_ONLY = ("tests/browser/test_axe.py", "tests/test_architecture.py", "tests/test_deploy.py")


def suite(name, given, *more):
    """Run pytest once; returns its exit code."""
    print(f"\n=== {name} ===", flush=True)
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    command = [sys.executable, "-m", "pytest", "-n", "2", "-q", *without_a_browser(), *more, *sys.argv[1:]]
    return subprocess.run(command, env={**kept, **given}).returncode


def without_a_browser():
    """What pytest is told where this machine has no Chromium, said loudly; with CI=true nothing is left out."""
    if shutil.which("chromium") or os.environ.get("CI") == "true":
        return []
    print("\n!!! NOT RUN in a browser: this machine has no Chromium (Debian package chromium)\n", file=sys.stderr)
    return ["--ignore=tests/browser"]


def real_services(stack):
    """The URLs for the second pass, given or started."""
    database = os.environ.get("DATABASE_URL") or stack.enter_context(postgresql())
    broker = os.environ.get("REDIS_URL") or stack.enter_context(redis())
    return {"DATABASE_URL": database, "REDIS_URL": broker}


def main():
    failed = suite("SQLite, broker of files", {})
    with contextlib.ExitStack() as stack:
        try:
            real = real_services(stack)
        except Missing as missing:
            print(f"\n!!! NOT RUN on PostgreSQL and Redis: this machine has no {missing}\n", file=sys.stderr)
            return 1 if failed or os.environ.get("CI") == "true" else 0
        failed = suite("PostgreSQL and Redis", real, *(f"--ignore={path}" for path in FIRST_PASS_ONLY)) or failed
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
