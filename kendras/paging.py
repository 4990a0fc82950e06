"""Pages that cost the same at row fifty and at row three million: keyset pages and counts with a cap."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

#: thirty rows are a screen and a half on a desk and a thumb's way on a phone; fifty took twice as long to draw
SIZE = 30
COUNT_CAP = 1000


@dataclass(frozen=True)
class Page:
    """rows: the models of this page; after / before: opaque marks for the neighbouring pages, "" where there is none."""

    rows: list
    after: str
    before: str


def page_of(queryset, moment, *, after="", before="", size=SIZE, newest_first=True):
    """One page ordered by (`moment`, id); `moment` names a DateTimeField that is never null in `queryset`.

    A mark that cannot be read gives the first page.
    """
    backwards = bool(before)
    mark = _read(before or after)
    descending = newest_first != backwards
    sign = "-" if descending else ""
    rows = queryset.order_by(f"{sign}{moment}", f"{sign}id")
    if mark:
        rows = rows.filter(_beyond(moment, mark, "lt" if descending else "gt"))
    rows = list(rows[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    has_next, has_previous = (True, more) if backwards and mark else (more, bool(mark))
    return Page(
        rows,
        _write(rows[-1], moment) if rows and has_next else "",
        _write(rows[0], moment) if rows and has_previous else "",
    )


def _beyond(moment, mark, op):
    # the first, redundant bound lets both databases start inside the index
    at, pk = mark
    return Q(**{f"{moment}__{op}e": at}) & (Q(**{f"{moment}__{op}": at}) | Q(**{f"id__{op}": pk}))


def _write(row, moment):
    text = json.dumps([getattr(row, moment).isoformat(), row.pk])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(mark):
    if len(mark) > 200:  # ours are shorter; what is nested deeply enough breaks the reader
        return None
    try:
        at, pk = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        at = datetime.fromisoformat(at)
        return (at.astimezone(UTC), int(pk)) if at.tzinfo and abs(int(pk)) < 2**63 else None
    except (ValueError, TypeError, OverflowError, binascii.Error):
        return None


def capped_count(queryset, cap=COUNT_CAP):
    """How many rows, counted up to `cap`: the number, or `cap` + 1 for more."""
    return queryset.order_by()[: cap + 1].count()


def count_text(number, cap=COUNT_CAP):
    """ "37", or "more than 1,000"."""
    return str(number) if number <= cap else _("more than %(cap)s") % {"cap": f"{cap:,}"}
