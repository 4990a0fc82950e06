"""The map of the force (DG 38/2025: a kendra in each police station)."""

import shutil

import pytest
from django.core.management import CommandError, call_command

from kendras.maploader import DATA, BadRows, load_map, shared_out
from kendras.models import Charge, Entry, Kendra, Level, Rule, Unit

pytestmark = pytest.mark.django_db


def test_the_real_map_has_every_kendra_zone_range_and_district():
    load_map()
    count = Unit.objects.filter
    assert Kendra.objects.count() == count(level=Level.THANA).count() == 1544
    assert [count(level=level).count() for level in (Level.ZONE, Level.POLICE_RANGE, Level.DISTRICT)] == [8, 18, 75]
    assert count(level=Level.DISTRICT, kind="commissionerate").count() == 7


def test_every_thana_carries_the_ancestors_of_the_tree():
    load_map()
    for thana in Unit.objects.thanas().select_related("parent__parent__parent"):
        circle, district = thana.parent, thana.parent.parent
        assert (thana.circle_id, thana.district_id) == (circle.pk, district.pk)
        assert thana.police_range_id == district.police_range_id
        assert thana.zone_id == district.zone_id is not None


def test_loading_again_adds_nothing_and_keeps_what_people_have_changed():
    load_map()
    Unit.objects.filter(code="D118").update(name_hi="आगरा कमिश्नरेट")
    Rule.objects.filter(code="complaint_disposal").update(amount=3)
    assert set(load_map().values()) == {0}
    assert Unit.objects.get(code="D118").name_hi == "आगरा कमिश्नरेट"
    assert Rule.objects.get(code="complaint_disposal").amount == 3


def test_provisional_circles_have_three_to_five_thanas():
    load_map()
    circles = Unit.objects.filter(level=Level.CIRCLE)
    assert circles.filter(provisional=False).count() == 0
    sizes = {circle.pk: 0 for circle in circles}
    for (circle,) in Unit.objects.thanas().values_list("circle"):
        sizes[circle] += 1
    assert set(sizes.values()) <= {3, 4, 5}


@pytest.mark.parametrize("length", range(1, 60))
def test_sharing_out_loses_nothing_and_keeps_to_the_bounds(length):
    parts = shared_out(list(range(length)), 3, 5)
    assert [n for part in parts for n in part] == list(range(length))
    assert all(3 <= len(part) <= 5 for part in parts) or length < 3


@pytest.mark.parametrize(
    ("file", "line", "change", "reason"),
    [
        ("units.csv", 3, ("zone,Z01", "planet,Z01"), "no such level"),
        ("units.csv", 12, (",Z01,range", ",Z99,range"), "cannot stand under Z99"),
        ("thanas.csv", 2, ("31621001", "3162"), "eight digits"),
        ("thanas.csv", 3, ("31621", "99999"), "no district"),
        ("rules.csv", 2, (",24,hours", ",many,hours"), "whole number"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_loaded(tmp_path, file, line, change, reason):
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    lines = (tmp_path / file).read_text(encoding="utf-8").splitlines()
    assert change[0] in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(*change, 1)
    (tmp_path / file).write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(BadRows) as bad:
        load_map(tmp_path)
    assert any(f"{file}, line {line}:" in problem and reason in problem for problem in bad.value.problems)
    assert not Unit.objects.exists()
    assert not Rule.objects.exists()


def test_the_command_says_what_is_wrong(monkeypatch):
    def refuse():
        raise BadRows(["thanas.csv, line 7: a name is missing"])

    monkeypatch.setattr("kendras.management.commands.load_map.load_map", refuse)
    with pytest.raises(CommandError, match="line 7"):
        call_command("load_map")


def test_a_moved_unit_takes_its_rows_along_and_is_written_on_the_trail(world):
    complaint = world.complaint()
    world.c_hariparvat.move_under(world.mathura, on=world.now.date(), by=world.sysa, reason="सीमा परिवर्तन")
    complaint.refresh_from_db()
    assert (complaint.circle, complaint.district) == (world.c_hariparvat, world.mathura)
    assert Kendra.objects.get(thana=world.hariparvat).district == world.mathura
    assert Unit.objects.get(pk=world.hariparvat.pk).district == world.mathura
    entry = Entry.objects.get(action="unit.move")
    assert entry.details == {"from": "agra", "to": "mathura"}
    assert entry.reason == "सीमा परिवर्तन"


def test_a_district_moved_from_range_to_zone_has_no_range_any_more(world):
    complaint = world.complaint(by=world.bela)
    world.agra.move_under(world.lucknow_zone, on=world.now.date(), by=world.sysa)
    complaint.refresh_from_db()
    assert (complaint.police_range, complaint.zone) == (None, world.lucknow_zone)


def test_a_unit_cannot_stand_where_its_level_does_not_belong(world):
    with pytest.raises(ValueError, match="cannot stand under"):
        world.hariparvat.move_under(world.agra, on=world.now.date())


def test_a_charge_sits_at_the_level_of_its_role(world):
    with pytest.raises(ValueError, match="does not sit"):
        Charge.objects.create(user=world.asha, role="sp", unit=world.hariparvat, starts_on=world.now.date())
