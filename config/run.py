"""`make run`: secrets, database, map and demo where they are missing, then every process of the Procfile.

Run as `python -m config.run`. PORT moves the address. A second run finds everything in place and keeps the data.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from config.first_run import VAR, write_secrets

ROOT = Path(__file__).resolve().parent.parent


def port_is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))  # noqa: S104 (the address that gunicorn will take)
        except OSError:
            return False
    return True


def _say_when_it_answers(port):
    """Print the address from a child of this process, as soon as the site answers there."""
    if os.fork():
        return
    for _try in range(120):
        time.sleep(0.5)
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()  # noqa: S310
        except OSError:
            continue
        print(f"\n  http://localhost:{port}/\n", flush=True)
        break
    os._exit(0)


def main():
    port = int(os.environ.get("PORT", "8000"))
    if not port_is_free(port):
        sys.exit(f"Port {port} is taken. Choose another: PORT={port + 1} make run")
    write_secrets(VAR / ".env")
    subprocess.run([sys.executable, "-m", "config.prepare"], cwd=ROOT, check=True)
    subprocess.run([sys.executable, "manage.py", "make_demo", "--logins"], cwd=ROOT, check=True)
    _say_when_it_answers(port)
    bin_folder = str(Path(sys.executable).parent)
    os.environ["PATH"] = f"{bin_folder}:{os.environ['PATH']}"
    os.environ["PORT"] = str(port)
    os.chdir(ROOT)
    os.execvp("honcho", ["honcho", "start", "--no-prefix"])


if __name__ == "__main__":
    main()
