"""A woman's complaint at the kendra's help desk: its facts, its moves, its clocks (DG 38/2025 ¶3.i, 4.i.d, 4.ii.b, 4.iii)."""

import secrets

from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.casefile import CaseFile
from complaints.models.counselled import Counselled
from complaints.models.deadline import Clock, Clocked
from complaints.models.escalation import late_since
from complaints.models.grant import ComplaintGrant
from complaints.models.moves import MOVES
from complaints.models.offence import Nature
from complaints.models.people import NameToken, Person, age_band
from complaints.models.states import (
    Outcome,
    PlaceKind,
    Sensitivity,
    Source,
    State,
    Urgency,
    band_name,
)
from kendras import identity
from kendras.models import SENTENCES, Entry, PlacedQuerySet, Rule, placed_indexes
from kendras.models.units import PLACE_COLUMNS
from kendras.workflow import Refused

SENTENCES.update(
    {
        "complaint.register": _("registered the complaint"),
        "complaint.read_identity": _("read the identity"),
        "complaint.print_receipt": _("opened the receipt with its PIN"),
        "complaint.print_register": _("printed the register"),
        "complaint.export": _("exported the list"),
        "complaint.search_people": _("searched by name or phone"),
        "complaint.attach": _("added a document"),
        "complaint.open_document": _("opened a document"),
        "complaint.grant": _("opened the case to a named officer"),
        "complaint.withdraw_grant": _("withdrew the case from a named officer"),
        **{f"complaint.{step.name}": step.said for step in MOVES.values()},
    }
)

#: letters and digits of a receipt's reference: none that look alike
_REFERENCE_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class Serial(models.Model):
    """The last number given in one kendra in one year."""

    thana = models.ForeignKey("kendras.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thana", "year"], name="serial_one_counter")]

    @classmethod
    def draw(cls, thana, year):
        """The next number; the row stays locked until the transaction ends, so no number is lost or given twice."""
        cls.objects.get_or_create(thana=thana, year=year)
        counter = cls.objects.select_for_update().get(thana=thana, year=year)
        counter.last += 1
        counter.save(update_fields=["last"])
        return counter.last


class ComplaintQuerySet(PlacedQuerySet):
    def given_to(self, user, day):
        """The complaints that a named exception opens to `user` on `day`."""
        if not user.may_be_let_in:
            return self.none()
        grants = ComplaintGrant.objects.filter(user=user, until__gte=day, permission__codename="view")
        return self.filter(pk__in=grants.values("content_object_id"))

    def openable_by(self, user, day):
        """What the user's charge covers and what is given to the user by name. For one row, not for lists."""
        return self.visible_to(user) | self.given_to(user, day)

    def open(self):
        """Not yet disposed of."""
        return self.filter(disposed_at=None)

    def waiting(self):
        """A clock is running on it."""
        return self.filter(due_at__isnull=False)

    def late(self, at):
        return self.filter(due_at__lte=at)

    def escalated_to(self, role, at):
        """Late work that has climbed up to `role`; nothing above the SP."""
        moment = late_since(role, at)
        return self.late(moment) if moment else self.none()

    def register(self, *, thana, by, at, once, facts, people, account):
        """Register a complaint once: the same `once` gives back the first result.

        facts: source, nature, urgency, occurred_at, occurred_band, place_kind, sensitivity (list), reference_from.
        people: dicts with part, gender, age (years), disability and the identity fields of `Identity`.
        account: dict with text and place. Returns (complaint, pin); the pin is None when it was registered before.
        """
        parts = (self.model, thana, by, at, once, facts, people, account)
        try:
            return _register(*parts)
        except IntegrityError:  # the same form came twice at the same moment
            existing = self.model.objects.filter(once=once, registered_by=by).first()
            if existing is None:
                raise Refused(gettext("This form has been used already. Open the page anew.")) from None
            return existing, None

    def by_number(self, text):
        """Narrow to a register number (0123/2026) or a receipt's reference; nothing for anything else."""
        text = (text or "").strip().upper().translate(identity.DIGITS)
        serial, slash, year = text.partition("/")
        if slash and serial.isdecimal() and year.isdecimal() and len(year) == 4 and len(serial) < 8:
            return self.filter(serial=int(serial), year=int(year))
        reference = text.replace("-", "").replace(" ", "")
        return self.filter(reference=reference) if len(reference) == 10 else self.none()


class Complaint(CaseFile, Clocked, Counselled):
    """One complaint. What makes a person known stands elsewhere (`Identity`, `Account`), sealed."""

    CASE = "complaint"

    serial = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=10, unique=True, editable=False)
    once = models.UUIDField(unique=True, editable=False)
    pin_token = models.BigIntegerField(editable=False)

    received_at = models.DateTimeField(_("received"))
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(_("how it came"), max_length=16, choices=Source.choices)
    reference_from = models.CharField(_("number there"), max_length=40, blank=True)
    nature = models.ForeignKey(Nature, models.PROTECT, related_name="+", verbose_name=_("nature"), db_index=False)
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency.choices, default=Urgency.NORMAL)
    sensitivity = models.CharField(_("sensitive because"), max_length=80, blank=True)
    protects_identity = models.BooleanField(default=True)
    occurred_at = models.DateTimeField(_("when it happened"), null=True, blank=True)
    #: in which two hours of the day (0: from midnight), for finding patterns; None: not known
    occurred_band = models.PositiveSmallIntegerField(_("about what time"), null=True, blank=True)
    place_kind = models.CharField(_("where it happened"), max_length=12, choices=PlaceKind.choices, blank=True)

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.REGISTERED)
    version = models.PositiveIntegerField(default=1)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("enquiry officer"),
        db_index=False,
    )
    handover_pending = models.BooleanField(default=False)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True)
    outcome_number = models.CharField(_("FIR, NCR or letter number"), max_length=40, blank=True)
    first_action_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    disposed_at = models.DateTimeField(_("disposed of"), null=True)
    disposal_due_at = models.DateTimeField(null=True)
    feedback_at = models.DateTimeField(_("feedback taken"), null=True)
    satisfied = models.BooleanField(_("satisfied"), null=True)
    closed_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    reopened = models.PositiveSmallIntegerField(_("times re-opened"), default=0)
    next_on = models.DateField(_("next date"), null=True)

    due_clock = models.CharField(max_length=24, choices=Clock.choices, blank=True)

    objects = ComplaintQuerySet.as_manager()

    MOVES = MOVES

    class Meta:
        default_permissions = ()
        permissions = [("view", "May open one complaint by name")]
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints = [
            models.UniqueConstraint(fields=["thana", "year", "serial"], name="complaint_number"),
            models.CheckConstraint(
                condition=Q(disposed_at=None) | Q(disposed_at__gte=models.F("received_at")),
                name="complaint_disposed_after_received",
            ),
        ]
        indexes = [
            *placed_indexes("complaint", "received_at"),
            *[
                models.Index(
                    fields=[column, "due_at", "id"],
                    condition=Q(due_at__isnull=False),
                    name=f"complaint_due_{column}",
                )
                for column in PLACE_COLUMNS
            ],
            # carries what the page of the day counts, so that a zone's or the state's work is read from the index alone
            models.Index(
                fields=["due_at", "id"],
                include=[*PLACE_COLUMNS, "state", "assigned_to"],
                condition=Q(due_at__isnull=False),
                name="complaint_due_state",
            ),
            models.Index(
                fields=["feedback_at"],
                include=PLACE_COLUMNS,
                condition=Q(satisfied=False),
                name="complaint_unhappy",
            ),
            models.Index(
                fields=["reopened_at", "thana"], condition=Q(reopened_at__isnull=False), name="complaint_reopened"
            ),
            models.Index(
                fields=["thana", "feedback_at", "id"], condition=Q(state=State.FED_BACK), name="complaint_to_close"
            ),
            models.Index(
                fields=["assigned_to", "due_at"], condition=Q(due_at__isnull=False), name="complaint_due_officer"
            ),
            # a rare filter finds its few rows here instead of walking a whole unit
            *[
                models.Index(fields=[column, "-received_at", "-id"], name=f"complaint_by_{column}")
                for column in ("nature", "outcome", "source")
            ],
            models.Index(fields=["year", "serial"], name="complaint_serial"),
            models.Index(fields=["disposed_at", "thana"], name="complaint_disposed"),
            models.Index(fields=["feedback_at", "thana"], name="complaint_feedback"),
        ]

    def __str__(self):
        return self.number

    @property
    def title(self):
        """The number with its kind, for lists in which FIRs stand too."""
        return f"{gettext('Complaint')} {self.number}"

    # --- what it says of itself ---------------------------------------------------------------------------------

    def get_absolute_url(self):
        return reverse("complaints:detail", args=[self.pk])

    @property
    def number(self):
        """The number in the kendra's register: 0123/2026."""
        return f"{self.serial:04d}/{self.year}"

    @property
    def reference_text(self):
        """The receipt's reference in readable groups."""
        return f"{self.reference[:3]}-{self.reference[3:6]}-{self.reference[6:]}"

    # Django looks a label up by hashing all choices anew, for each cell of a list: a fifth of the page's time
    def get_state_display(self):
        return State(self.state).label

    def get_outcome_display(self):
        return Outcome(self.outcome).label if self.outcome else ""

    def get_urgency_display(self):
        return Urgency(self.urgency).label

    def get_due_clock_display(self):
        return Clock(self.due_clock).label if self.due_clock else ""

    @property
    def sensitivities(self):
        """The labels of why it is sensitive."""
        return [Sensitivity(code).label for code in self.sensitivity.split() if code in Sensitivity.values]

    @property
    def happened_about(self):
        """The two hours of the day in which it happened, in words; "" where not known."""
        return "" if self.occurred_band is None else band_name(self.occurred_band)

    @property
    def is_sensitive(self):
        return self.protects_identity or bool(self.sensitivity)

    # --- clocks --------------------------------------------------------------------------------------------------

    def refresh_due(self):
        running = super().refresh_due()
        disposal = [clock for clock in running if clock.clock == Clock.DISPOSAL]
        if disposal:
            self.disposal_due_at = disposal[0].due_at
        return running

    def pass_on_counselling(self, fir, *, at):
        """The FIR (not saved yet) carries on from here what is owed or done; the complaint owes nothing any more."""
        case = type(self)._base_manager.select_for_update().get(pk=self.pk)
        fir.counselled_at, fir.counselling_waived_at = case.counselled_at, case.counselling_waived_at
        fir.suspected_false = case.suspected_false
        if fir.counselling_since or fir.suspected_false:
            fir.counselling_since = case.counselling_since or fir.registered_at
        if case.owes_counselling:
            case.counselling_since = None
            case.void_clocks(Clock.COUNSELLING, at=at)
            case.refresh_due()
            case.save()

    # --- the receipt, named exceptions ---------------------------------------------------------------------------

    @transaction.atomic
    def receipt_pin(self, *, by, at):
        """The PIN for the receipt, with the printing on the trail. Raises Refused for who does not handle the case."""
        if self.may_read_identity(by, at) is not identity.Reading.HANDLES:
            raise Refused(gettext("The PIN is printed by those who handle the case."), "right")
        Entry.objects.write(action="complaint.print_receipt", by=by, at=at, subject=self)
        return identity.unseal(self.account.sealed)["pin"]

    def pin_fits(self, pin):
        return secrets.compare_digest(str(self.pin_token), str(identity.token("pin", f"{self.reference}{pin}")))

    @transaction.atomic
    def grant(self, *, to, until, order_number, by, at):
        """Open this one complaint to a named person until the end of the day `until` (a named exception)."""
        self.refuse_names(order_number, by=by, at=at)
        ComplaintGrant.objects.update_or_create(
            user=to,
            content_object=self,
            permission=Permission.objects.get(content_type__app_label="complaints", codename="view"),
            defaults={"until": until, "order_number": order_number},
        )
        details = {"to_user": to.pk, "until": until.isoformat(), "order": order_number}
        Entry.objects.write(action="complaint.grant", by=by, at=at, subject=self, details=details)

    @transaction.atomic
    def withdraw_grant(self, grant, *, by, at):
        """End a named exception: the row goes, the trail keeps who had it and by which order."""
        details = {"to_user": grant.user_id, "until": grant.until.isoformat(), "order": grant.order_number}
        Entry.objects.write(action="complaint.withdraw_grant", by=by, at=at, subject=self, details=details)
        grant.delete()

    # --- handing over --------------------------------------------------------------------------------------------

    def arrive_at(self, thana, *, by, at):
        """The other thana has taken it: a number of its register, nobody assigned, the same clocks go on.

        What the old thana has opened to people, by name or by agreement, ends.
        """
        for grant in self.grants.all():
            self.withdraw_grant(grant, by=by, at=at)
        self.thana = thana
        self.year = timezone.localtime(at).year
        self.serial = Serial.draw(thana, self.year)
        self.assigned_to = None
        self.handover_pending = False
        self.state = State.REGISTERED
        self.version += 1
        self.save()
        NameToken.objects.filter(complaint=self).update(thana=thana)
        self.take_along(by=by, at=at)
        self.reveals.all().lapse(at)


@transaction.atomic
def _register(model, thana, by, at, once, facts, people, account):
    existing = model.objects.filter(once=once, registered_by=by).first()
    if existing:
        return existing, None
    pin = f"{secrets.randbelow(10**6):06d}"
    complaint = model(thana=thana, once=once, received_at=at, registered_by=by, **_facts(facts, people))
    complaint.year = timezone.localtime(at).year
    complaint.serial = Serial.draw(thana, complaint.year)
    complaint.reference = "".join(secrets.choice(_REFERENCE_SIGNS) for _n in range(10))
    complaint.pin_token = identity.token("pin", f"{complaint.reference}{pin}")
    complaint.save()
    complaint.keep_account({**account, "pin": pin})
    complaint.add_people(people)
    _start_first_clocks(complaint, at)
    Entry.objects.write(
        action="complaint.register",
        by=by,
        at=at,
        subject=complaint,
        details={"number": complaint.number, "source": complaint.source, "nature": complaint.nature.code},
    )
    return complaint, pin


def _facts(facts, people):
    """The columns of a new complaint; a minor makes it sensitive and protected whatever the nature says."""
    facts = dict(facts)
    why = list(facts.pop("sensitivity", ()))
    bands = [age_band(p.get("age")) for p in people if p["part"] != Person.Part.ACCUSED]
    if any(band in ("0-11", "12-15", "16-17") for band in bands) and Sensitivity.MINOR not in why:
        why.append(Sensitivity.MINOR)
    facts["protects_identity"] = facts["nature"].protects_identity or bool(
        {Sensitivity.MINOR, Sensitivity.SEXUAL} & set(why)
    )
    return {**facts, "sensitivity": " ".join(dict.fromkeys(why))}


def _start_first_clocks(complaint, at):
    rules = Rule.objects.by_code()
    clocks = [Clock.FIRST_ACTION, Clock.DISPOSAL]
    if complaint.nature.preliminary_enquiry:
        clocks.append(Clock.ENQUIRY)
    try:
        for clock in clocks:
            complaint.start_clock(clock, at, rules[clock])
    except KeyError as missing:
        raise ObjectDoesNotExist(f"the rule {missing} is not loaded: run manage.py load_map") from missing
    complaint.know_counselling(complaint.nature.mandatory_counselling, at)
    complaint.start_counselling()
    complaint.refresh_due()
    complaint.save()
