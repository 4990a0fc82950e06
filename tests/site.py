"""The whole product as `make run` starts it, in a folder of its own: database, map, demonstration, web and worker."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

import psycopg2

from config.first_run import write_secrets
from tests.services import free_port

ROOT = Path(__file__).resolve().parent.parent

#: of the test process, not of the site
_FOREIGN = ("KENDRA_VAR", "KENDRA_ENV", "SECRET_KEY", "IDENTITY_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL")


@contextlib.contextmanager
def _database():
    """The variables that name a database and a broker of the site's own, on the servers the suite runs on."""
    server, redis = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    if not server:
        yield {}
        return
    name = f"site_{uuid.uuid4().hex[:12]}"
    link = psycopg2.connect(server)
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield {
                "DATABASE_URL": f"{server.rpartition('/')[0]}/{name}",
                **({"REDIS_URL": other_redis(redis)} if redis else {}),
            }
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    link.close()


def other_redis(redis, number=9):
    """Another of the Redis server's databases than those that the suite's own processes use."""
    return f"{redis.rpartition('/')[0]}/{number}"


def environment(folder, given):
    """The environment of the site's processes."""
    kept = {key: value for key, value in os.environ.items() if key not in _FOREIGN}
    own = {
        "KENDRA_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    return {**kept, **own, **given}


def start(program, *arguments, env, log):
    """A process in a group of its own, so that it can be stopped or killed with its children."""
    command = [sys.executable, "-m", program, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)


def worker(app, *, env, log):
    return start("celery", "--app", app, "worker", "--concurrency", "1", "--loglevel", "info", env=env, log=log)


@contextlib.contextmanager
def running_site(folder):
    """Yields the address of a site that answers. What its processes say stands in folder/log."""
    write_secrets(folder / ".env")
    with contextlib.ExitStack() as stack:
        env = environment(folder, stack.enter_context(_database()))
        log = stack.enter_context((folder / "log").open("wb"))
        prepare = [sys.executable, "-m", "config.prepare"]
        subprocess.run(prepare, cwd=ROOT, env=env, check=True, stdout=log, stderr=log)
        port = free_port()
        web = start("gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4", env=env, log=log)
        for process in (web, worker("config", env=env, log=log)):
            stack.callback(stop, process)
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/healthz", folder / "log")
        yield address


def stop(process):
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_for(address, log, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.2)
    raise TimeoutError(f"{address} does not answer:\n{log.read_text()[-3000:]}")
