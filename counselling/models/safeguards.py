"""What the law forbids in counselling: settling where an FIR is due, and making a victim face the accused.

DG 38/2025 ¶3.viii–x; BNSS 173 (Lalita Kumari); POCSO 24 and 36; Dowry Prohibition Act 8.
"""

from complaints.models import Nature, Person, Sensitivity
from complaints.models.moves import barred_outcomes
from complaints.models.states import SETTLEMENTS

#: heads under which she and the accused never sit at one table, whatever she is said to wish
APART_HEADS = frozenset({"RAPE", "GANGRAPE", "ATTRAPE", "POCSO", "TRAFF", "MODESTY", "VOYEUR", "ACID"})


def bars_settlement(case):
    """Whether the law forbids a settlement, a mediation or the Family Counselling Centre in a complaint or FIR.

    An FIR may be spoken about only where every head of it is one that the natures of complaint leave open; an unknown
    head bars, and so does a child.
    """
    if _has_child(case):
        return True
    if case.CASE == "complaint":
        return bool(barred_outcomes(case) & SETTLEMENTS)
    return case.protects_identity or not set(case.heads.split()) <= _open_heads()


def _open_heads():
    return set(Nature.objects.filter(bars_settlement=False).exclude(head="").values_list("head", flat=True))


def never_together(case):
    """Whether she may not be sat before the accused even if she is said to be willing: a child, a sexual offence."""
    if case.CASE == "complaint":
        heads = {case.nature.head}
        sexual = Sensitivity.SEXUAL in case.sensitivity.split()
    else:
        heads, sexual = set(case.heads.split()), bool({"pocso", "medical"} & set(case.flags.split()))
    return sexual or bool(heads & APART_HEADS) or _has_child(case)


def reported_by_law(case, person=None):
    """Whether committee and court must be told (POCSO 19(6)): a POCSO case, or a child as `person`, or as any where none is meant."""
    child = person.is_minor if person else _has_child(case)
    return child or "pocso" in getattr(case, "flags", "").split()


def _has_child(case):
    hers = case.people.exclude(part=Person.Part.ACCUSED)
    return any(person.is_minor for person in hers)
