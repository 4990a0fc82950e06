"""The part of `make lint` that ruff does not know: the order of the apps, missing migrations, untranslated strings."""

import ast
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("config") / "locale" / "hi" / "LC_MESSAGES"

#: from the ground up; an app imports from those before it
APPS = ("kendras", "personnel", "complaints", "counselling", "rosters", "reports")
#: not even though they stand lower: what they have in common lies in complaints
_APART = {("rosters", "counselling")}


def modules(root):
    """(path under `root`, syntax tree) of every module of the apps."""
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            yield path.relative_to(root), ast.parse(path.read_text(encoding="utf-8"))


def _imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def imports_that_go_up(root=ROOT):
    """One line for each import of a higher app, of config or of tests, and for each import inside a function."""
    found = []
    for path, tree in modules(root):
        app = path.parts[0]
        below = {other for other in APPS[: APPS.index(app) + 1] if (app, other) not in _APART}
        inner = {n for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)}
        for node in ast.walk(tree):
            rooms = {name.partition(".")[0] for name in _imported(node)}
            if rooms & ({*APPS, "config", "tests"} - below):
                found.append(f"{path}:{node.lineno} imports upwards: {', '.join(sorted(rooms))}")
            if rooms and node in inner:
                found.append(f"{path}:{node.lineno} imports inside a function")
    return found


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
    problems = imports_that_go_up() + missing_migrations() + untranslated()
    print("\n".join(problems) or "imports go down; migrations and translations are complete")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
