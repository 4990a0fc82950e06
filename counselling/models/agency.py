"""The directory of agencies that help a victim, kept for each district (DG 38/2025 ¶3.v, ¶4.i.e, ¶5.i.g)."""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.entries import reasoned
from kendras.models import SENTENCES, Entry, Level, Unit
from kendras.workflow import Move, Refused

SENTENCES.update(
    {
        "agency.add": _("put the agency into the directory"),
        "agency.change": _("changed the entry of the agency"),
        "agency.close": _("took the agency out of use"),
        "agency.open": _("put the agency into use again"),
        "agency.assess": _("assessed the capacity of the agency"),
    }
)


class AgencyKind(models.TextChoices):
    OSC = "osc", _("One Stop Centre")
    DLSA = "dlsa", _("District Legal Services Authority")
    DPO = "dpo", _("District Probation Officer")
    DSWO = "dswo", _("District Social Welfare Officer")
    CHILDLINE = "childline", _("Childline 1098")
    CWC = "cwc", _("Child Welfare Committee")
    FAMILY_COURT = "family_court", _("Family Court")
    SPECIAL_COURT = "special_court", _("Special Court (POCSO)")
    PPK = "ppk", _("Family Counselling Centre (PPK)")
    HOSPITAL = "hospital", _("Hospital")
    SHELTER = "shelter", _("Shelter home")
    NGO = "ngo", _("Voluntary organisation")
    OTHER = "other", _("Other department")


class AgencyState(models.TextChoices):
    ACTIVE = "active", _("in use")
    CLOSED = "closed", _("not in use")


class AgencyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every agency of the districts in the user's charge; a thana and a circle read those of their district."""
        charge = getattr(user, "acting", None)
        return self.serving(charge.unit) if charge and charge.sees_its_unit else self.none()

    def serving(self, unit):
        """The agencies that a unit may turn to: those of its district, or of the districts under it."""
        if unit.level == Level.STATE:
            return self.all()
        if unit.level in (Level.ZONE, Level.POLICE_RANGE):
            return self.filter(**{f"district__{unit.level}": unit.pk})
        return self.filter(district=unit.pk if unit.level == Level.DISTRICT else unit.district_id)

    def in_use(self):
        return self.filter(state=AgencyState.ACTIVE)

    def add(self, district, *, by, at, **facts):
        """Put an agency into the directory of a district. Raises Refused for a name that stands there already."""
        try:
            with transaction.atomic():
                agency = self.create(district=district, added_by=by, added_at=at, **facts)
                Entry.objects.write(action="agency.add", by=by, at=at, subject=agency, details={"kind": agency.kind})
                return agency
        except IntegrityError:
            raise Refused(gettext("This agency stands in the directory already.")) from None


def _with_reason(agency, *, reason, **_data):
    reasoned(reason)


class Agency(models.Model):
    """One agency. What stands here is office data: everyone in the district reads it."""

    district = models.ForeignKey(Unit, models.PROTECT, related_name="agencies", verbose_name=_("district"))
    kind = models.CharField(_("kind"), max_length=16, choices=AgencyKind.choices)
    name_hi = models.CharField(_("name in Hindi"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    contact = models.CharField(_("officer in charge"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    other_phone = models.CharField(_("second phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    places = models.PositiveIntegerField(_("places (beds)"), null=True, blank=True)
    remark = models.CharField(_("what it can do"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=AgencyState.choices, default=AgencyState.ACTIVE)
    version = models.PositiveIntegerField(default=1)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    objects = AgencyQuerySet.as_manager()

    MOVES = {
        step.name: step
        for step in (
            Move(
                "close", _("Take out of use"), "counselling.keep_agencies", frozenset({AgencyState.ACTIVE}),
                AgencyState.CLOSED, guard=_with_reason,
            ),
            Move(
                "open", _("Use again"), "counselling.keep_agencies", frozenset({AgencyState.CLOSED}), AgencyState.ACTIVE,
                guard=_with_reason,
            ),
        )
    }  # fmt: skip

    class Meta:
        default_permissions = ()
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [
            models.UniqueConstraint(fields=["district", "kind", "name_en"], name="agency_one_name_in_a_district")
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("counselling:agency", args=[self.pk])

    @property
    def name(self):
        return self.name_en if (get_language() or "hi").startswith("en") else self.name_hi

    @property
    def trail_place(self):
        """Entries about an agency belong to its district."""
        return self.district

    def is_under(self, unit):
        """Whether a charge at `unit` reaches this agency: the district lies under it, or it lies in the district."""
        return self.district.is_under(unit) or unit.district_id == self.district_id

    @transaction.atomic
    def change(self, *, by, at, **facts):
        """Store new details; which of them changed stands on the trail. Raises Refused for a name that is taken."""
        changed = sorted(name for name, value in facts.items() if getattr(self, name) != value)
        taken = type(self).objects.filter(district=self.district_id, kind=facts["kind"], name_en=facts["name_en"])
        if taken.exclude(pk=self.pk).exists():
            raise Refused(gettext("This agency stands in the directory already."))
        for name in changed:
            setattr(self, name, facts[name])
        self.version += 1
        self.save()
        Entry.objects.write(action="agency.change", by=by, at=at, subject=self, details={"changed": changed})

    @transaction.atomic
    def assess(self, *, by, at, **facts):
        """Keep one assessment of the capacity (DG 38/2025 ¶5.i.l); the places found become the directory's."""
        if facts["in_use"] > facts["places"]:
            raise Refused(gettext("More places are in use than there are."))
        found = self.assessments.create(by=by, at=at, **facts)
        latest = self.assessments.order_by("-on", "-id").first()
        self.places = latest.places
        self.save(update_fields=["places"])
        details = {name: str(value) for name, value in facts.items() if name != "findings"}
        Entry.objects.write(action="agency.assess", by=by, at=at, subject=self, details=details)
        return found


class Assessment(models.Model):
    """What an agency could take in on one day, and whom it had to turn away. Written once."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="assessments")
    on = models.DateField(_("day"))
    places = models.PositiveIntegerField(_("places (beds)"))
    in_use = models.PositiveIntegerField(_("places in use"))
    turned_away = models.PositiveIntegerField(_("women turned away in the last month"))
    staff_short = models.PositiveIntegerField(_("posts that are vacant"))
    findings = models.CharField(_("what is missing"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        verbose_name = _("assessment of capacity")
        verbose_name_plural = _("assessments of capacity")

    def __str__(self):
        return f"{self.on:%d-%m-%Y}"

    @property
    def full(self):
        """The share of places in use, in whole per cent; None without places."""
        return round(100 * self.in_use / self.places) if self.places else None
