"""The house keeps its plan: imports go down, the clock comes in from outside, state changes through `move()`."""

import ast
from pathlib import Path

import pytest

from tests.lint import APPS, imports_that_go_up, modules

ROOT = Path(__file__).resolve().parent.parent
#: where a request, a command or a message of the broker comes in; only there may the clock be read
DOORS = {
    "firs.py", "preventives.py", "accounts.py", "sessions.py", "counsellors.py", "ppk.py",
    "agencies.py", "support.py", "compensations.py", "links.py", "referrals.py", "telling.py",
    "cctnspages.py", "questions.py", "firfigures.py", "officers.py",
    "views.py", "tasks.py", "desk.py", "status.py", "grants.py", "today.py", "monthly.py", "meeting.py", "admin.py",
    "jurisdiction.py",
}  # fmt: skip


def test_imports_go_down_and_none_stands_in_a_function():
    assert imports_that_go_up() == []


def test_the_check_of_imports_finds_what_goes_up(tmp_path):
    (tmp_path / "kendras").mkdir()
    (tmp_path / "kendras" / "x.py").write_text("from complaints.models import Complaint\n")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "y.py").write_text("def f():\n    import kendras\n\nfrom config import settings\n")
    found = imports_that_go_up(tmp_path)
    assert len(found) == 3
    assert [line.split(":")[0] for line in found] == ["kendras/x.py", "reports/y.py", "reports/y.py"]


def _calls(tree, owner, name):
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    for called in calls:
        if isinstance(called, ast.Attribute) and called.attr == name and getattr(called.value, "id", "") == owner:
            yield called


def test_only_doors_read_the_clock():
    inside = [
        f"{path}:{call.lineno}"
        for path, tree in modules(ROOT)
        if path.name not in DOORS and "management" not in path.parts and "templatetags" not in path.parts
        for call in _calls(tree, "timezone", "now")
    ]
    assert inside == []


@pytest.mark.parametrize("app", APPS)
def test_no_fact_travels_by_a_signal(app):
    for path, tree in modules(ROOT):
        if path.parts[0] == app:
            names = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
            assert not names & {"django.dispatch", "django.db.models.signals", "django.core.signals"}, path


def test_the_state_of_a_row_is_set_in_one_place_only():
    """`row.state = …` stands in move() and where a row comes into being or arrives, and nowhere else."""
    allowed = {
        Path("kendras/workflow.py"),
        Path("complaints/models/complaint.py"),
        Path("reports/models/job.py"),
        Path("reports/models/printing.py"),
    }
    setters = {
        path
        for path, tree in modules(ROOT)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        for each in (target.elts if isinstance(target, ast.Tuple) else [target])
        if isinstance(each, ast.Attribute) and each.attr == "state"
    }
    assert setters - allowed == set()
