from kendras.models.charges import CONFIRMS, Charge
from kendras.models.kendra import Kendra
from kendras.models.rules import Rule, add_months
from kendras.models.trail import SENTENCES, Entry
from kendras.models.units import LEVELS, PLACE_COLUMNS, Level, Placed, PlacedQuerySet, Unit, placed_indexes
from kendras.models.users import NAMED_CASES_ONLY, ROLE_LEVEL, Role, User

__all__ = [
    "CONFIRMS",
    "LEVELS",
    "NAMED_CASES_ONLY",
    "PLACE_COLUMNS",
    "ROLE_LEVEL",
    "SENTENCES",
    "Charge",
    "Entry",
    "Kendra",
    "Level",
    "Placed",
    "PlacedQuerySet",
    "Role",
    "Rule",
    "Unit",
    "User",
    "add_months",
    "placed_indexes",
]
