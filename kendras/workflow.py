"""State changes. `move()` is the only way a row's state changes: right, guard, lock and trail in one transaction."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kendras.models import SENTENCES, Entry

SENTENCES["text.refused"] = gettext_lazy("wrote a text that was refused because it names a person in a case")

#: so many texts with a name are refused a person about one row in a day; then none is looked at any more
TRIES = 5


class Refused(Exception):
    """A move that may not happen; `str()` is the reason in the user's language, `code` says which kind.

    code: right (no permission), stale (someone else was first), state (not from here), guard (a rule forbids it)
    """

    def __init__(self, message, code="guard"):
        super().__init__(str(message))
        self.code = code


class NamesPerson(Refused):
    """A text names a person in a case. The answer itself says something about the case, so it goes on the trail.

    about: the row whose people the text names, where that is not the row that was to be moved; bounded: whether the
    writer gets only so many such answers in a day.
    """

    def __init__(self, message, code="guard", about=None, bounded=True):
        super().__init__(message, code)
        self.about, self.bounded = about, bounded


@contextmanager
def telling(subject, *, by, at):
    """One transaction about `subject`; a text refused for a name leaves its entry though all else is undone."""
    try:
        with transaction.atomic():
            yield
    except NamesPerson as refusal:
        about = refusal.about or subject
        with (
            transaction.atomic()
        ):  # counted again under the lock, so that many tries at once do not slip past the bound
            type(about)._base_manager.select_for_update().get(pk=about.pk)
            if refusal.bounded:
                refuse_guessing(about, by=by, at=at)
            Entry.objects.write(action="text.refused", by=by, at=at, subject=about)
        raise


def refuse_guessing(subject, *, by, at):
    """Raise Refused for who has had `TRIES` texts about `subject` refused within a day: refusals answer guesses."""
    told = Entry.objects.about(subject).filter(action="text.refused", by=by, at__gt=at - timedelta(days=1))
    if told.count() >= TRIES:
        raise Refused(_("Too many of your texts here named people. Nothing more is taken from you here today."))


@dataclass(frozen=True)
class Move:
    """One row of a MOVES table.

    sources: the states it starts from; target: the state it ends in (None: the state stays).
    guard(row, by, at, **data) raises Refused; apply(row, by, at, **data) sets columns and returns details for the trail.
    offered(row, by) says whether a person is shown the move at all, beyond state and right.
    """

    name: str
    label: str
    needs: str
    sources: frozenset
    target: str | None = None
    guard: Callable | None = None
    apply: Callable | None = None
    offered: Callable | None = None
    primary: bool = False


def move(row, name, *, by, at, once=None, version=None, reason="", **data):
    """Carry out one move of `row.MOVES` and return the row as it stands afterwards.

    once: key of the form; a repeated key returns the first result and does nothing.
    version: what the user had on the screen; another one since then is refused as stale.
    Raises Refused; then nothing has changed, and only a text refused for a name is on the trail.
    """
    try:
        with telling(row, by=by, at=at):
            return _move(row, name, by, at, once, version, reason, data)
    except IntegrityError:
        if once and Entry.objects.filter(once=once).exists():
            raise Refused(_("This form has been used already. Open the page anew."), "stale") from None
        raise


def _move(row, name, by, at, once, version, reason, data):
    model = type(row)
    now = _locked(row)
    action = f"{model._meta.model_name}.{name}"
    used = Entry.objects.filter(once=once).first() if once else None
    if used:
        if (used.action, used.subject_label, used.subject_id) == (action, model._meta.label_lower, row.pk):
            return now
        raise Refused(_("This form has been used already. Open the page anew."), "stale")
    step = now.MOVES[name]
    _check(now, step, by, version)
    if step.guard:
        step.guard(now, by=by, at=at, reason=reason, **data)
    before = now.state
    details = (step.apply(now, by=by, at=at, reason=reason, **data) if step.apply else None) or {}
    now.state = step.target or now.state
    now.version += 1
    now.save()
    Entry.objects.write(
        action=action,
        by=by,
        at=at,
        subject=now,
        reason=reason,
        once=once,
        details={"from": before, "to": now.state, **details},
    )
    return now


def _locked(row):
    """The row as it stands, locked; before it the row that `LOCKS_FIRST` names, so that no two moves wait crosswise."""
    model = type(row)
    first = getattr(model, "LOCKS_FIRST", "")
    if first:
        parent = model._meta.get_field(first).related_model
        parent._base_manager.select_for_update().get(pk=getattr(row, f"{first}_id"))
    return model._base_manager.select_for_update().get(pk=row.pk)


def _check(row, step, by, version):
    if not by.has_perm(step.needs, row):
        raise Refused(_("This step is not yours to take."), "right")
    if version is not None and row.version != version:
        raise Refused(_("Another officer has changed this meanwhile. See what has changed, then decide."), "stale")
    if row.state not in step.sources:
        raise Refused(
            _("“%(move)s” is not possible from the state “%(state)s”.")
            % {"move": step.label, "state": row.get_state_display()},
            "state",
        )


def moves_for(row, user):
    """The moves a user is offered on a row, in the order of the table."""
    return [
        step
        for step in row.MOVES.values()
        if row.state in step.sources
        and user.has_perm(step.needs, row)
        and (step.offered is None or step.offered(row, user))
    ]
