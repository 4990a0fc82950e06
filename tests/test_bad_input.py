"""Whatever stands in an address or a form: an answer in words, never an error page of the server."""

import pytest
from django.urls import reverse

from tests.test_access import LISTS, Things, addresses, status_for

#: nonsense of every kind that a browser, a copied link or an attacker sends
NONSENSE = ["9" * 30, "\x00", "2026-13", "१२'\"><script>🙂" + "a" * 3000]

#: every name that a page reads from its address
READ = [
    "unit", "month", "by", "state", "figure", "officer", "nature", "source", "outcome", "from", "to", "after", "before",
    "format", "charge", "provisional", "q", "next", "escalated", "direction", "due", "clock",
]  # fmt: skip

#: every name that a form sends
SENT = [
    "text", "reason", "officer", "outcome", "next_on", "until", "number", "satisfied", "to_thana", "name", "phone", "age",
    "month", "once", "version", "amount", "username", "level", "parent", "unit", "role", "starts_on", "kind", "first",
    "last", "query", "language", "user", "pno", "mobile", "pin", "occurred_at", "files",
    "charge", "on", "who", "thana", "account", "place",
]  # fmt: skip


@pytest.mark.parametrize("key", ["asha", "hina", "sysa"])
def test_nonsense_in_an_address_or_a_form_never_breaks_a_page(world, key):
    things = Things(world)
    client = world.client(world.fresh(getattr(world, key)))
    client.raise_request_exception = False
    broken = []
    for name in set(addresses()) - {"readyz", "kendras:logout"}:
        address = reverse(name, args=[] if name in LISTS else things.arguments(name))
        for value in NONSENSE:
            read = client.get(address, dict.fromkeys(READ, value)).status_code
            sent = status_for(client, "post", address, dict.fromkeys(SENT, value))
            broken += [(name, value[:20], status) for status in (read, sent) if status >= 500]
    assert broken == []
