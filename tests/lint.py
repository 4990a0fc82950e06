"""The part of `make lint` that ruff does not know: missing migrations and untranslated strings."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("config") / "locale" / "hi" / "LC_MESSAGES"


def missing_migrations():
    command = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", "--settings=tests.settings"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return [] if done.returncode == 0 else [f"missing migration:\n{done.stdout}{done.stderr}"]


def collected_messages():
    """Every message id of the code and the templates, collected in a copy so that the catalogue stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        ignore = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", "tests", "docs")
        copy = Path(shutil.copytree(ROOT, Path(folder) / "copy", ignore=ignore))
        shutil.copy(ROOT / "tests" / "settings.py", copy / "message_settings.py")
        command = [sys.executable, "manage.py", "makemessages", "-l", "hi", "--settings=message_settings"]
        subprocess.run(command, cwd=copy, check=True, capture_output=True)
        return {
            (entry.msgid, entry.msgid_plural)
            for entry in polib.pofile(str(copy / CATALOGUE / "django.po"))
            if not entry.obsolete
        }


def untranslated():
    catalogue = polib.pofile(str(ROOT / CATALOGUE / "django.po"))
    ready = {(e.msgid, e.msgid_plural) for e in catalogue if e.translated() and "fuzzy" not in e.flags}
    gaps = [f"untranslated: {msgid!r}" for msgid, _plural in sorted(collected_messages() - ready)]
    compiled = {(e.msgid, e.msgstr) for e in polib.mofile(str(ROOT / CATALOGUE / "django.mo")) if not e.msgid_plural}
    written = {(e.msgid, e.msgstr) for e in catalogue if e.translated() and not e.msgid_plural}
    return gaps + (["django.mo is older than django.po: compile it"] if compiled != written else [])


def main():
    problems = missing_migrations() + untranslated()
    print("\n".join(problems) or "migrations and translations are complete")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
