"""Who works here: accounts, roles, and the charges in which people act."""

import secrets

from django.contrib.auth import get_backends
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kendras.models.trail import Entry
from kendras.models.units import Level, Unit


class Role(models.TextChoices):
    """The roles of DG 38/2025, from the ground up."""

    DESK = "desk", _("Women help desk")
    SI = "si", _("Sub-inspector of the kendra")
    INCHARGE = "incharge", _("In-charge, Mission Shakti Kendra")
    SHO = "sho", _("Station house officer")
    CO = "co", _("Circle officer, assistant nodal officer")
    NODAL = "nodal", _("Nodal officer")
    SP = "sp", _("District police chief")
    IG = "ig", _("Range IG / DIG")
    ADG = "adg", _("Zone ADG")
    HQ = "hq", _("Women and Child Security Organisation")
    COUNSELLOR = "counsellor", _("Nominated counsellor")
    SYSADMIN = "sysadmin", _("System administrator")


#: the level of unit that a role sits at
ROLE_LEVEL = {
    Role.DESK: Level.THANA,
    Role.SI: Level.THANA,
    Role.INCHARGE: Level.THANA,
    Role.SHO: Level.THANA,
    Role.CO: Level.CIRCLE,
    Role.NODAL: Level.DISTRICT,
    Role.SP: Level.DISTRICT,
    Role.IG: Level.POLICE_RANGE,
    Role.ADG: Level.ZONE,
    Role.HQ: Level.STATE,
    Role.COUNSELLOR: Level.DISTRICT,
    Role.SYSADMIN: Level.STATE,
}

#: roles that see no unit's cases: only records given to them by name, or none
NAMED_CASES_ONLY = frozenset({Role.COUNSELLOR, Role.SYSADMIN})


#: signs of a first password: none that look alike
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


class AccountManager(UserManager):
    def by_login(self, text):
        """The active account whose user name, PNO or mobile this is; None where there is none."""
        text = (text or "").strip()
        if not text:
            return None
        return self.filter(Q(username=text) | Q(pno=text) | Q(mobile=text), is_active=True).first()


class User(AbstractUser):
    """An account. What it may see comes from the charge it acts in, never from the account itself."""

    first_name = last_name = None
    name_en = models.CharField(_("name in English"), max_length=80)
    name_hi = models.CharField(_("name in Hindi"), max_length=80)
    pno = models.CharField(_("PNO"), max_length=12, null=True, blank=True, unique=True)
    mobile = models.CharField(_("mobile"), max_length=13, null=True, blank=True, unique=True)
    must_change_password = models.BooleanField(_("must change the password"), default=True)
    charge = models.ForeignKey(
        "kendras.Charge", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("acts in the charge")
    )

    objects = AccountManager()
    REQUIRED_FIELDS = ["email", "name_en", "name_hi"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self.name_en if (get_language() or "hi").startswith("en") else self.name_hi

    @property
    def trail_place(self):
        """Where entries about this account belong: the unit of the charge it acts in, else of its last one."""
        if self.charge_id:
            return self.charge.unit
        last = self.charges.select_related("unit").order_by("-starts_on", "-id").first()
        return last.unit if last else None

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @cached_property
    def acting(self):
        """The charge in which this user acts, or None. The middleware has checked that it is still running."""
        return self.charge

    def has_perm(self, perm, obj=None):
        """Ask the backends, also for a superuser: there is no right that goes round the charge."""
        return self.is_active and any(
            backend.has_perm(self, perm, obj) for backend in get_backends() if hasattr(backend, "has_perm")
        )

    def has_module_perms(self, app_label):
        return self.is_active and any(
            backend.has_module_perms(self, app_label)
            for backend in get_backends()
            if hasattr(backend, "has_module_perms")
        )

    @transaction.atomic
    def give_first_password(self, *, action, by, at):
        """Store the account with a password that is read out once and changed at the first sign-in; returns it.

        Three groups of four signs. `action`: what the trail calls it, "user.create" or "user.reset".

        Raises ValueError for one's own account, whose password one changes oneself.
        """
        if by and by.pk == self.pk:
            raise ValueError("nobody sets a first password for oneself")
        first = "-".join("".join(secrets.choice(_READABLE) for _n in range(4)) for _group in range(3))
        self.set_password(first)
        self.must_change_password = True
        self.save()
        Entry.objects.write(action=action, by=by, at=at, subject=self)
        return first

    def charges_on(self, day):
        """Every charge that the user may act in on a day."""
        return self.charges.running(day).select_related("unit")

    @transaction.atomic
    def act_in(self, charge, *, at):
        """Take up one of one's own running charges. Raises Charge.DoesNotExist for any other."""
        self.charge = self.charges_on(localdate(at)).get(pk=charge.pk) if charge else None
        self.save(update_fields=["charge"])
        self.__dict__.pop("acting", None)
        if charge:
            Entry.objects.write(action="session.charge", by=self, at=at, subject=charge)


class ChargeQuerySet(models.QuerySet):
    def running(self, day):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Charge(models.Model):
    """A user holds a role at a unit from one day to another, by an order."""

    class Kind(models.TextChoices):
        SUBSTANTIVE = "substantive", _("Substantive")
        ACTING = "acting", _("Acting")
        LEAVE = "leave", _("Leave cover")

    user = models.ForeignKey(User, models.PROTECT, related_name="charges", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="charges", verbose_name=_("unit"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    order_number = models.CharField(_("order number"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.SUBSTANTIVE)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="charge_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.unit.title}"

    def save(self, *args, **kwargs):
        if self.unit.level != ROLE_LEVEL[Role(self.role)]:
            raise ValueError(f"the role {self.role} does not sit at the level {self.unit.level}")
        super().save(*args, **kwargs)

    @property
    def sees_its_unit(self):
        """Whether the charge opens its unit's cases (a counsellor's or administrator's does not)."""
        return self.role not in NAMED_CASES_ONLY

    @property
    def trail_place(self):
        return self.unit

    def runs_on(self, day):
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def covers(self, row):
        """Whether a placed row, a unit or a charge's unit lies under this charge's unit."""
        return self.sees_its_unit and row.is_under(self.unit)

    @transaction.atomic
    def start(self, *, by, at):
        """Store a new charge; a user without one acts in it from now on. Raises ValueError for one's own charge."""
        if by and by.pk == self.user_id:
            raise ValueError("nobody gives a charge to oneself")
        same = self.user.charges.filter(role=self.role, unit=self.unit)
        if any(other.runs_on(self.starts_on) for other in same):
            raise ValueError("the charge runs already")
        self.save()
        if self.user.charge_id is None and self.runs_on(localdate(at)):
            self.user.charge = self
            self.user.save(update_fields=["charge"])
        Entry.objects.write(action="charge.start", by=by, at=at, subject=self, details=self.as_details())

    @transaction.atomic
    def end(self, *, on, by, at, reason=""):
        """End the charge after the day `on`; who acts in it is put out of it in the same transaction.

        Raises ValueError for one's own charge, for one that has ended, and for a day outside it: what has ended is not
        brought back, nor is a charge made longer, by ending it.
        """
        if by and by.pk == self.user_id:
            raise ValueError("nobody ends a charge of one's own")
        if self.ends_on and (self.ends_on < localdate(at) or on > self.ends_on) or on < self.starts_on:
            raise ValueError("the charge does not run until that day")
        self.ends_on = on
        self.save(update_fields=["ends_on"])
        if not self.runs_on(localdate(at)):
            User.objects.filter(charge=self).update(charge=None)
        Entry.objects.write(action="charge.end", by=by, at=at, subject=self, reason=reason, details=self.as_details())

    def as_details(self):
        return {"role": self.role, "unit": self.unit.code, "to_user": self.user_id, "kind": self.kind}
