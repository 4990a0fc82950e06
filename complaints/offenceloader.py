"""Reading the offence master and the natures of complaint from CSV."""

import csv
from pathlib import Path

from django.conf import settings
from django.db import transaction

from complaints.models import Nature, Offence

OFFENCES = Path(settings.BASE_DIR) / "kendras" / "data" / "offences.csv"
NATURES = Path(__file__).parent / "data" / "natures.csv"


def load_offences():
    """Add offences and natures that are not there yet. Returns {what: number added}."""
    with transaction.atomic():
        return {"offences": _add(Offence, OFFENCES, _offence), "natures": _add(Nature, NATURES, _nature)}


def _add(model, path, build):
    known = set(model.objects.values_list("code", flat=True))
    with path.open(encoding="utf-8", newline="") as file:
        fresh = [build(row) for row in csv.DictReader(file) if row["code"] not in known]
    return len(model.objects.bulk_create(fresh))


def _masked(text):
    """A flag that protects: only a plain N takes the protection away (fail closed)."""
    return text.strip() != "N"


def _offence(row):
    return Offence(
        code=row["code"],
        act=row["act"],
        section=row["section"],
        ipc_equivalent=row["ipc_equiv"],
        head=row["head_code"],
        head_en=row["head_en"],
        head_hi=row["head_hi"],
        title_en=row["minor_en"],
        title_hi=row["minor_hi"],
        punishment=row["punishment"],
        two_month_limit=row["itsso_2m"] == "Y",
        woman_officer=row["woman_officer_173"] == "Y",
        protects_identity=_masked(row["identity_72"]),
        default_bail=row["default_bail_days"],
        preliminary_enquiry=row["pe_173_3"] == "Y",
        mandatory_counselling=row["mandatory_counselling"].removeprefix("N"),
    )


def _nature(row):
    flags = ("protects_identity", "bars_settlement")
    grants = ("preliminary_enquiry", "mandatory_counselling", "urgent")
    return Nature(
        code=row["code"],
        order=int(row["order"]),
        name_en=row["name_en"],
        name_hi=row["name_hi"],
        head=row["head"],
        **{flag: _masked(row[flag]) for flag in flags},
        **{grant: row[grant] == "Y" for grant in grants},
    )
