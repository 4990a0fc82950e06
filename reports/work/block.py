"""One kind of work as data: which rows, in which order, what to do with them, and what to say when there are none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Count, Q, Value, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from complaints.firlists import FIR_FILTERS
from complaints.lists import narrow
from complaints.models import (
    Complaint,
    Fir,
)
from complaints.models.deadline import Clocked
from counselling.models.support import Due
from kendras.models import User
from kendras.paging import COUNT_CAP, count_text

#: rows of a block that stand on the page (the second: of the block a role's day turns on); the rest is one click away
SHOWN = 5


SHOWN_FIRST = 8


#: what is offered on a row where a block does not say otherwise: the next step of its own life
NEXT_STEPS = tuple(step.name for step in Complaint.MOVES.values() if step.primary)


@dataclass(frozen=True)
class Work:
    """One kind of work: which rows, in which order, what to do with them, and what to say when there are none.

    find(user, at) gives the rows; `page` and `query` the list that shows the very same rows; `moves` the moves of which
    the first that fits is offered on a row; `related` what a row needs to be shown; `part` the template of the rows;
    `tone` how pressing the number is: late, due or info; `clocked` whether the late ones among the rows are counted.
    """

    code: str
    title: str
    advice: str
    empty: str
    find: Callable
    page: str = "complaints:list"
    query: dict = field(default_factory=dict)
    order: tuple = ("due_at", "id")
    moves: tuple = ()
    related: tuple = ("nature", "thana", "assigned_to")
    part: str = "reports/parts/work_complaint.html"
    shown: int = SHOWN
    tone: str = "info"
    clocked: bool = True

    def look(self, user, at):
        """The block as the page shows it at the moment `at`."""
        rows, count, late = self._rows(user, at)
        return Block(self, rows, count, late, url=self._url(at), steps=self._steps(user), user=user, at=at)

    def _rows(self, user, at):
        """The first rows, the number of all and of the late ones, counted up to the cap, in one query."""
        found = self.find(user, at)
        some = found.order_by(*self.order).values("pk")[: COUNT_CAP + 1]
        rows = found.model._base_manager.filter(pk__in=some).select_related(*self.related)
        clocked = self.clocked and issubclass(found.model, (Clocked, Due))
        late = Window(Count("pk", filter=Q(due_at__lte=at))) if clocked else Value(0)
        rows = rows.annotate(of=Window(Count("*")), of_late=late)
        rows = list(rows.order_by(*self.order)[: self.shown])
        return rows, rows[0].of if rows else 0, rows[0].of_late if rows else 0

    def _url(self, at):
        return link(self.page, _filters(self.query, at)) if self.page else ""

    def _steps(self, user):
        """The moves that may be offered here: asked once for the block, since every row of it lies under the charge."""
        wanted = [Complaint.MOVES[name] for name in self.moves]
        return [step for step in wanted if user.has_perm(step.needs)]


@dataclass(frozen=True)
class Block:
    """Work as it stands: the first rows, the number of all (up to the cap), the list behind it."""

    work: Work
    rows: list
    count: int
    late: int
    url: str
    steps: list
    user: User
    at: object

    @property
    def more(self):
        """Whether there are rows that are not shown."""
        return self.count > len(self.rows)

    @property
    def number(self):
        """The count as text: "37", or "more than 1,000"."""
        return count_text(self.count)

    @property
    def day(self):
        return timezone.localdate(self.at)

    @property
    def lines(self):
        """(row, badge of its first clock, the move offered on it or None) for each shown complaint."""
        return [(row, row.due_status(self.at), self._step(row)) for row in self.rows]

    def _step(self, row):
        possible = (step for step in self.steps if row.state in step.sources and _suits(step, row))
        return next((step for step in possible if not step.offered or step.offered(row, self.user)), None)


def _suits(step, row):
    """An assigned complaint is not offered for assigning; after her feedback a satisfied woman's for closing, others for re-opening."""
    if step.name == "assign":
        return row.assigned_to_id is None
    if step.name in ("close", "reopen"):
        return (step.name == "close") == bool(row.satisfied)
    return True


def _filters(query, at):
    """The filters as the list reads them; a function stands for a value that depends on the day."""
    return {name: value(at) if callable(value) else value for name, value in query.items()}


def link(page, query):
    return f"{reverse(page)}?{urlencode(query)}" if query else reverse(page)


def today(at):
    return timezone.localdate(at).isoformat()


def listed(query, user, at):
    return narrow(Complaint.objects.visible_to(user), _filters(query, at), user=user, at=at)


def complaints_work(
    code, title, advice, empty, *, order=("due_at", "id"), moves=NEXT_STEPS, shown=SHOWN, tone="info", **query
):
    """A block over complaints: the filters of the list, with a title."""
    find = partial(listed, query)
    return Work(code, title, advice, empty, find, query=query, order=order, moves=moves, shown=shown, tone=tone)


def fir_listed(query, user, at):
    return narrow(Fir.objects.visible_to(user), _filters(query, at), user=user, at=at, known=FIR_FILTERS)


def firs_work(code, title, advice, empty, *, tone="info", shown=SHOWN, **query):
    """A block over FIRs: the filters of their list, with a title."""
    return Work(
        code, title, advice, empty, partial(fir_listed, query), page="complaints:firs", query=query, moves=(),
        related=("thana", "assigned_to"), part="reports/parts/work_fir.html", shown=shown, tone=tone,
    )  # fmt: skip
