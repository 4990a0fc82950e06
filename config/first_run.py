"""Secrets of the embedded mode: made once, kept in var/.env, readable by their owner only.

Run as `python -m config.first_run`. A file that exists is never touched: a new IDENTITY_KEY would make every sealed
identity unreadable.
"""

import base64
import os
import secrets
from pathlib import Path

VAR = Path(os.environ.get("KENDRA_VAR", Path(__file__).resolve().parent.parent / "var"))


def write_secrets(path):
    """Write fresh secrets to `path` (mode 600). Returns False, and writes nothing, where the file exists."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w") as file:
        file.write("KENDRA_ENV=embedded\n")
        file.write(f"SECRET_KEY={secrets.token_urlsafe(50)}\n")
        file.write(f"IDENTITY_KEY={base64.b64encode(secrets.token_bytes(32)).decode()}\n")
    return True


if __name__ == "__main__":
    write_secrets(VAR / ".env")
