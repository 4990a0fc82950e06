"""Late work climbs the ladder in-charge → SHO → CO → nodal officer → SP by the days of the escalate_* rules.

Nothing is sent and nothing is stored: where a late complaint stands follows from its date, and it appears on that
officer's page (DG 38/2025 ¶4.i.d, ¶5).
"""

from kendras.models import Role, Rule

#: role → the rule that says how many days late brings work to it; the in-charge has it from the first minute
LADDER = {
    Role.SHO: "escalate_sho",
    Role.CO: "escalate_co",
    Role.NODAL: "escalate_nodal",
    Role.SP: "escalate_sp",
}


def late_since(role, at):
    """Due dates up to this moment have climbed to `role`: the moment itself for the in-charge, None above the SP."""
    if role in (Role.INCHARGE, Role.SI, Role.DESK):
        return at
    code = LADDER.get(role)
    if code is None:
        return None
    rule = Rule.objects.get(code=code)
    return rule.before(at)
