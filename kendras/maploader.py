"""Reading the map of the force from CSV: everything is checked first, then everything is stored, or nothing."""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from kendras.models import Kendra, Level, Rule, Unit
from kendras.models.units import PARENT_LEVELS

DATA = Path(__file__).parent / "data"

#: how units.csv names the levels
_LEVELS = {"state": Level.STATE, "zone": Level.ZONE, "range": Level.POLICE_RANGE, "district": Level.DISTRICT}

#: a provisional circle takes this many neighbouring thanas; the rest is shared out so that none is left with fewer
CIRCLE_LEAST, CIRCLE_MOST = 3, 5


class BadRows(Exception):
    """Rows that cannot be loaded; `problems` are texts with file, line and reason."""

    def __init__(self, problems):
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Sheet:
    """A CSV file on its way in: its rows with their line numbers, and what is wrong with them."""

    name: str
    rows: list
    problems: list

    @classmethod
    def read(cls, path, columns):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise BadRows([f"{path.name}, line 1: no column {', '.join(missing)}"])
            rows = [(reader.line_num, row) for row in reader]
        return cls(path.name, rows, [])

    def refuse(self, line, reason):
        self.problems.append(f"{self.name}, line {line}: {reason}")


def load_map(folder=DATA):
    """Load units, thanas, provisional circles, kendras and rules that are not there yet.

    What is there is left as it is: names corrected, units moved and values changed by people stay. Returns
    {what: number added}. Raises BadRows, and then nothing is stored.
    """
    units = Sheet.read(folder / "units.csv", ("level", "code", "name_en", "name_hi", "parent_code", "unit_type"))
    thanas = Sheet.read(
        folder / "thanas.csv", ("district_cctns", "ps_cctns_code", "thana_en", "thana_hi", "kind", "msk_expected")
    )
    rules = Sheet.read(
        folder / "rules.csv", ("code", "kind", "title_en", "title_hi", "amount", "time_unit", "verified")
    )
    _check_units(units)
    _check_thanas(thanas, units)
    _check_rules(rules)
    problems = units.problems + thanas.problems + rules.problems
    if problems:
        raise BadRows(problems)
    with transaction.atomic():
        return {
            "units": _add_units(units),
            "thanas": _add_thanas(thanas),
            "kendras": _add_kendras(),
            "rules": _add_rules(rules),
        }


def _check_units(sheet):
    level_of = {row["code"]: _LEVELS.get(row["level"]) for _line, row in sheet.rows}
    seen = set()
    for line, row in sheet.rows:
        level, parent = level_of[row["code"]], row["parent_code"]
        if level is None:
            sheet.refuse(line, f"no such level: {row['level']!r}")
        elif row["code"] in seen:
            sheet.refuse(line, f"the code {row['code']} stands twice")
        elif not row["name_en"] or not row["name_hi"]:
            sheet.refuse(line, "a name is missing")
        elif level != Level.STATE and level_of.get(parent) not in PARENT_LEVELS[level]:
            sheet.refuse(line, f"a {row['level']} cannot stand under {parent or 'nothing'}")
        seen.add(row["code"])


def _check_thanas(sheet, units):
    districts = {row["cctns_code"] for _line, row in units.rows if row["level"] == "district"}
    seen = set()
    for line, row in sheet.rows:
        if row["msk_expected"] != "yes":
            continue
        code = row["ps_cctns_code"]
        if row["district_cctns"] not in districts:
            sheet.refuse(line, f"no district with the CCTNS code {row['district_cctns']!r}")
        elif not row["thana_en"] or not row["thana_hi"]:
            sheet.refuse(line, "a name is missing")
        elif code and (not code.isdigit() or len(code) != 8):
            sheet.refuse(line, f"a CCTNS code of a police station has eight digits, not {code!r}")
        elif _thana_code(row) in seen:
            sheet.refuse(line, f"the police station {_thana_code(row)} stands twice")
        seen.add(_thana_code(row))


def _check_rules(sheet):
    for line, row in sheet.rows:
        if not row["amount"].isdigit():
            sheet.refuse(line, f"the value must be a whole number, not {row['amount']!r}")
        elif row["kind"] not in Rule.Kind.values or row["time_unit"] not in Rule.TimeUnit.values:
            sheet.refuse(line, f"no such kind or unit: {row['kind']!r}, {row['time_unit']!r}")
        elif row["verified"] not in Rule.Verified.values:
            sheet.refuse(line, f"verified is V, P or U, not {row['verified']!r}")


def _thana_code(row):
    """The CCTNS code, or a stable one made of district and name where CCTNS has none yet."""
    return row["ps_cctns_code"] or f"{row['district_cctns']}-{row['thana_en'].lower().replace(' ', '')}"[:16]


def _add(rows):
    """Store units of one level whose parents are stored; copies the ancestors."""
    for unit in rows:
        for column, value in unit.parent.ancestor_columns().items() if unit.parent else ():
            setattr(unit, column, value)
    return Unit.objects.bulk_create(rows)


def _add_units(sheet):
    stored = {unit.code: unit for unit in Unit.objects.all()}
    added = 0
    for level in ("state", "zone", "range", "district"):
        fresh = [
            Unit(
                level=_LEVELS[level],
                code=row["code"],
                name_en=row["name_en"],
                name_hi=row["name_hi"],
                kind=row["unit_type"],
                cctns_code=row["cctns_code"],
                parent=stored.get(row["parent_code"]),
            )
            for _line, row in sheet.rows
            if row["level"] == level and row["code"] not in stored
        ]
        stored.update({unit.code: unit for unit in _add(fresh)})
        added += len(fresh)
    return added


def _add_thanas(sheet):
    known = set(Unit.objects.thanas().values_list("code", flat=True))
    districts = {unit.cctns_code: unit for unit in Unit.objects.filter(level=Level.DISTRICT)}
    fresh = {}
    for _line, row in sheet.rows:
        if row["msk_expected"] == "yes" and _thana_code(row) not in known:
            fresh.setdefault(row["district_cctns"], []).append(row)
    for code, rows in fresh.items():
        _add_circles(districts[code], sorted(rows, key=_thana_code))
    return sum(map(len, fresh.values()))


def _add_circles(district, rows):
    """Provisional circles of 3–5 neighbouring thanas (neighbouring by CCTNS code), named after their first thana."""
    number = Unit.objects.filter(parent=district).count()
    for part in shared_out(rows, CIRCLE_LEAST, CIRCLE_MOST):
        number += 1
        first = part[0]
        (circle,) = _add(
            [
                Unit(
                    level=Level.CIRCLE,
                    code=f"{district.code}-C{number:02d}",
                    name_en=f"Circle {first['thana_en']}",
                    name_hi=f"सर्किल {first['thana_hi']}",
                    provisional=True,
                    parent=district,
                )
            ]
        )
        _add(
            [
                Unit(
                    level=Level.THANA,
                    code=_thana_code(row),
                    name_en=row["thana_en"],
                    name_hi=row["thana_hi"],
                    kind=row["kind"],
                    cctns_code=row["ps_cctns_code"],
                    parent=circle,
                )
                for row in part
            ]
        )


def shared_out(rows, least, most):
    """Cut a list into the fewest parts of at most `most`, as even as can be; a list shorter than `least` stays whole."""
    parts = max(1, -(-len(rows) // most))
    size, longer = divmod(len(rows), parts)
    cut, start = [], 0
    for n in range(parts):
        end = start + size + (n < longer)
        cut.append(rows[start:end])
        start = end
    return cut if size >= least or parts == 1 else [rows]


def _add_kendras():
    thanas = Unit.objects.thanas().filter(kendra=None)
    return len(Kendra.objects.bulk_create(Kendra(thana=thana) for thana in thanas))


def _add_rules(sheet):
    known = set(Rule.objects.values_list("code", flat=True))
    fresh = [
        Rule(**{**row, "amount": int(row["amount"]), "warn_before": int(row["warn_before"] or 0),
                "configurable": row["configurable"] == "Y"})
        for _line, row in sheet.rows
        if row["code"] not in known
    ]  # fmt: skip
    return len(Rule.objects.bulk_create(fresh))
