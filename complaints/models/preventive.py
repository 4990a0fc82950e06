"""Preventive action against the accused, one row each: a parallel record of its own (DG 38/2025 ¶3.vii, ¶4.i.i)."""

from datetime import datetime, time

from django.conf import settings
from django.db import models
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.complaint import Complaint
from complaints.models.fir import Fir
from complaints.models.people import Person, one_case
from kendras.models import SENTENCES, Entry, Placed, PlacedQuerySet, Rule, placed_indexes
from kendras.workflow import Move, Refused, telling

SENTENCES.update(
    {
        "preventive.start": _("began preventive action"),
        "preventive.bind": _("recorded the bond"),
        "preventive.breach": _("recorded a breach"),
        "preventive.forfeit": _("recorded the forfeiture of the bond"),
        "preventive.conclude": _("recorded the end of the proceedings"),
        "preventive.drop": _("recorded that the proceedings were dropped"),
    }
)


class PreventiveKind(models.TextChoices):
    """Domain: preventive action."""

    PEACE = "bnss126", _("BNSS 126/135: bond to keep the peace")
    SUSPECT = "bnss128", _("BNSS 128: suspected person")
    HABITUAL = "bnss129", _("BNSS 129: habitual offender")
    ARREST = "bnss170", _("BNSS 170: arrest to prevent an offence")
    GOONDA = "goonda", _("Control of Goondas Act")
    GANGSTER = "gangster", _("Gangster Act")
    HISTORY_SHEET = "history_sheet", _("History sheet")
    WARNING = "warning", _("Warning or red card")
    DOSSIER = "dossier", _("Dossier of a repeat harasser")


#: proceedings before a magistrate, which end by themselves after the months of the rule
BEFORE_MAGISTRATE = frozenset({PreventiveKind.PEACE, PreventiveKind.SUSPECT, PreventiveKind.HABITUAL})


def _on_possible_day(action, *, at, on=None, text="", by, **_data):
    if on is None or on > timezone.localdate(at) or on < action.on:
        raise Refused(gettext("Give a day from the start of the action up to today."))
    action.case.refuse_names(text, by=by, at=at)


def _bond_terms(action, *, at, until=None, amount=None, **data):
    _on_possible_day(action, at=at, **data)
    if not amount or amount < 1:
        raise Refused(gettext("Give the amount of the bond."))
    if until is None or until <= data["on"]:
        raise Refused(gettext("Give the day until which the bond holds, after the day of the bond."))


def _bind(action, *, on, until, amount, text="", **_data):
    action.bond_on, action.bond_until, action.bond_amount = on, until, amount
    return _told(action, on, text, until=until.isoformat(), amount=amount)


def _breach(action, *, on, text="", **_data):
    action.breached_on = on
    return _told(action, on, text)


def _end(action, *, on, text="", **_data):
    action.ended_on = on
    return _told(action, on, text)


def _told(action, on, text, **more):
    action.result = text or action.result
    return {"on": on.isoformat(), **more}


class PreventiveQuerySet(PlacedQuerySet):
    def start(self, case, person, *, kind, on, authority, by, at, number="", once=None):
        """Begin an action against an accused of a complaint or FIR; the same `once` gives back the first.

        Raises Refused for who is no accused of the case, a future day, and a text that names a person.
        """
        with telling(case, by=by, at=at):
            return self._start(case, person, kind, on, authority, by, at, number, once)

    def _start(self, case, person, kind, on, authority, by, at, number, once):
        made = self.filter(once=once).first() if once else None
        if made:
            return made
        if person.part != Person.Part.ACCUSED or getattr(person, f"{case.CASE}_id") != case.pk:
            raise Refused(gettext("Choose an accused of this case."))
        if on > timezone.localdate(at):
            raise Refused(gettext("This lies in the future."))
        case.refuse_names(authority, number, by=by, at=at)
        action = self.model(
            thana=case.thana, person=person, kind=kind, on=on, authority=authority, number=number, once=once,
            recorded_by=by, recorded_at=at,
        )  # fmt: skip
        setattr(action, case.CASE, case)
        if kind in BEFORE_MAGISTRATE:
            start = timezone.make_aware(datetime.combine(on, time.min))
            action.conclude_by = timezone.localdate(Rule.objects.get(code="preventive_6m").due(start))
        action.save()
        details = {"kind": kind, "person": person.key_code, "on": on.isoformat()}
        Entry.objects.write(action="preventive.start", by=by, at=at, subject=action, details=details)
        return action

    def running(self):
        """Neither concluded nor dropped."""
        return self.exclude(state__in=OVER)

    def ending(self, day, within):
        """Running ones of which the bond or the time before the magistrate ends within so many days, or has."""
        last = day + within
        bound = Q(state=PreventiveState.BOUND, bond_until__lte=last)
        return self.running().filter(bound | Q(state=PreventiveState.STARTED, conclude_by__lte=last))


class PreventiveState(models.TextChoices):
    STARTED = "started", _("Begun")
    BOUND = "bound", _("Bound by bond")
    BREACHED = "breached", _("Bond breached")
    FORFEITED = "forfeited", _("Bond forfeited")
    CONCLUDED = "concluded", _("Concluded")
    DROPPED = "dropped", _("Dropped")


OVER = frozenset({PreventiveState.CONCLUDED, PreventiveState.DROPPED, PreventiveState.FORFEITED})


class Preventive(Placed):
    """One preventive action against one accused. The person stands under the pseudonym of the case, never by name."""

    GOES_WITH_CASE = ""

    complaint = models.ForeignKey("complaints.Complaint", models.PROTECT, null=True, related_name="preventive")
    fir = models.ForeignKey("complaints.Fir", models.PROTECT, null=True, related_name="preventive")
    person = models.ForeignKey(Person, models.PROTECT, related_name="preventive", verbose_name=_("accused"))
    kind = models.CharField(_("kind"), max_length=16, choices=PreventiveKind.choices)
    on = models.DateField(_("date"))
    authority = models.CharField(_("authority"), max_length=80)
    number = models.CharField(_("number"), max_length=40, blank=True)
    conclude_by = models.DateField(_("to be concluded by"), null=True)
    bond_on = models.DateField(_("bond given"), null=True)
    bond_until = models.DateField(_("bond until"), null=True)
    bond_amount = models.PositiveIntegerField(_("amount of the bond (rupees)"), null=True)
    breached_on = models.DateField(_("breached"), null=True)
    ended_on = models.DateField(_("ended"), null=True)
    result = models.CharField(_("result"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=PreventiveState.choices, default=PreventiveState.STARTED
    )
    version = models.PositiveIntegerField(default=1)
    once = models.UUIDField(null=True, unique=True, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()

    objects = PreventiveQuerySet.as_manager()

    _S = PreventiveState
    MOVES = {
        step.name: step
        for step in (
            Move(
                "bind", _("Bond given"), "complaints.record_fir", frozenset({_S.STARTED}), _S.BOUND,
                guard=_bond_terms, apply=_bind, primary=True,
            ),
            Move(
                "breach", _("Bond breached"), "complaints.record_fir", frozenset({_S.BOUND}), _S.BREACHED,
                guard=_on_possible_day, apply=_breach,
            ),
            Move(
                "forfeit", _("Bond forfeited (BNSS 491)"), "complaints.record_fir", frozenset({_S.BREACHED}), _S.FORFEITED,
                guard=_on_possible_day, apply=_end, primary=True,
            ),
            Move(
                "conclude", _("Concluded"), "complaints.record_fir",
                frozenset({_S.STARTED, _S.BOUND, _S.BREACHED}), _S.CONCLUDED, guard=_on_possible_day, apply=_end,
            ),
            Move(
                "drop", _("Dropped"), "complaints.record_fir", frozenset({_S.STARTED}), _S.DROPPED,
                guard=_on_possible_day, apply=_end,
            ),
        )
    }  # fmt: skip

    class Meta:
        verbose_name = _("preventive action")
        verbose_name_plural = _("preventive actions")
        constraints = [
            one_case("preventive_one_case"),
            models.CheckConstraint(
                condition=Q(bond_until=None) | Q(bond_until__gt=models.F("bond_on")), name="preventive_bond_span"
            ),
        ]
        indexes = placed_indexes("preventive", "recorded_at")

    def __str__(self):
        return self.get_kind_display()

    def get_absolute_url(self):
        return reverse("complaints:preventive", args=[self.pk])

    @property
    def case(self):
        return self.fir or self.complaint

    @property
    def ends_on(self):
        """The day on which the bond, or the time before the magistrate, ends; None where neither runs."""
        return {PreventiveState.BOUND: self.bond_until, PreventiveState.STARTED: self.conclude_by}.get(self.state)


def repeat_harassers(unit):
    """One Person row for each accused of two cases or more under a unit against whom no preventive action runs.

    The same man is known by `Person.who`, which does not say who he is. A complaint turned into an FIR counts once.
    """
    acted = Preventive.objects.running().filter(person__who__isnull=False).values("person__who")
    several = (
        _accused_under(unit)
        .exclude(who__in=acted)
        .values("who")
        .annotate(first=Min("pk"), cases=Count("fir", distinct=True) + Count("complaint", distinct=True))
    )
    return Person.objects.filter(pk__in=several.filter(cases__gte=2).values("first"))


def _accused_under(unit):
    """The accused in FIRs and complaints of a unit: found from the cases, since a person carries no place."""
    firs, complaints = (
        Person.objects.filter(case, part=Person.Part.ACCUSED, who__isnull=False).values("pk")
        for case in (
            Q(fir__in=Fir.objects.under(unit)),
            Q(complaint__in=Complaint.objects.under(unit).filter(firs=None)),
        )
    )
    return Person.objects.filter(pk__in=firs.union(complaints))


def cases_of(whos, unit):
    """{who: [Fir or Complaint under a unit in which this accused stands, the newest first]}."""
    people = _accused_under(unit).filter(who__in=whos)
    found = {}
    for person in people.select_related("fir__thana", "complaint__thana", "complaint__nature").order_by("-pk"):
        found.setdefault(person.who, {})[person.fir or person.complaint] = None
    return {who: list(cases) for who, cases in found.items()}
