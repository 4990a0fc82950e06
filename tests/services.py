"""A PostgreSQL and a Redis of our own on free ports, thrown away afterwards.

The suite signs in as a role that owns its databases and is no superuser.
"""

import contextlib
import glob
import os
import shutil
import socket
import subprocess
import tempfile
import time


class Missing(Exception):
    """A server program that this machine does not have."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _as_servant(folder, command):
    """PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`, who gets the folder."""
    if os.getuid() != 0:
        return command
    name = "postgres" if subprocess.run(["id", "postgres"], capture_output=True).returncode == 0 else "nobody"
    subprocess.run(["chown", "-R", name, folder], check=True)
    return ["setpriv", f"--reuid={name}", "--regid=" + _group(name), "--clear-groups", *command]


def _group(name):
    return subprocess.run(["id", "-gn", name], capture_output=True, text=True, check=True).stdout.strip()


@contextlib.contextmanager
def postgresql():
    """Yields the URL of a fresh server's database, for a role that may create databases and nothing more."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    if not found:
        raise Missing("PostgreSQL (Debian package postgresql)")
    programs = os.path.dirname(found[-1])
    folder = tempfile.mkdtemp(prefix="kendra-pg-")
    port = free_port()
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
    data = f"{folder}/data"
    try:
        init = [f"{programs}/initdb", "-D", data, "-A", "trust", "-U", "keeper", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run(_as_servant(folder, init), **quiet)
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60"
        start = [f"{programs}/pg_ctl", "-D", data, "-w", "-o", settings, "-l", f"{folder}/log", "start"]
        subprocess.run(_as_servant(folder, start), **quiet)
        role = "CREATE ROLE suite LOGIN CREATEDB; CREATE DATABASE suite OWNER suite"
        for statement in role.split("; "):
            psql = [f"{programs}/psql", "-h", "127.0.0.1", "-p", str(port), "-U", "keeper", "-d", "postgres"]
            subprocess.run([*psql, "-qc", statement], **quiet)
        yield f"postgresql://suite@127.0.0.1:{port}/suite"
    finally:
        stop = [f"{programs}/pg_ctl", "-D", data, "-m", "immediate", "stop"]
        subprocess.run(_as_servant(folder, stop), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def redis():
    """Yields the URL of a fresh Redis that keeps nothing on disk."""
    program = shutil.which("redis-server")
    if not program:
        raise Missing("Redis (Debian package redis-server)")
    folder, port = tempfile.mkdtemp(prefix="kendra-redis-"), free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing answers on port {port}")
