"""The charges in which people act. Nobody works in a charge that only the one who gave it vouches for."""

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kendras.models.trail import SENTENCES, Entry
from kendras.models.units import Unit
from kendras.models.users import NAMED_CASES_ONLY, ROLE_LEVEL, Role, User

SENTENCES["charge.confirm"] = _("confirmed that this person holds the charge")
SENTENCES["charge.refuse"] = _("refused to confirm the charge")

#: the line of command from the ground up; an SHO and those above confirm the charges of those below them
_LADDER = (
    Role.DESK, Role.SI, Role.INCHARGE, Role.SHO, Role.CO, Role.NODAL, Role.SP, Role.IG, Role.ADG, Role.HQ,
)  # fmt: skip

#: role → the roles whose charges it confirms within its unit; an administrator confirms what another one gave
CONFIRMS = {
    **{role: frozenset(_LADDER[: _LADDER.index(role)]) for role in _LADDER[_LADDER.index(Role.SHO) :]},
    Role.SYSADMIN: frozenset(Role),
}
for _role in (Role.NODAL, Role.SP, Role.IG, Role.ADG):
    CONFIRMS[_role] |= {Role.COUNSELLOR}
CONFIRMS[Role.HQ] = frozenset(Role)


class ChargeQuerySet(models.QuerySet):
    def held(self, day):
        """Those whose time a day lies in, confirmed or waiting for it."""
        in_time = self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)
        return in_time.exclude(standing=Charge.Standing.REFUSED)

    def running(self, day):
        """Those that may be acted in on a day."""
        return self.held(day).filter(standing=Charge.Standing.CONFIRMED)

    def waiting(self, day):
        """Those that somebody must confirm before they can be acted in, now or when they begin."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), standing=Charge.Standing.WAITING)

    def to_confirm(self, user, day):
        """The waiting charges that `user` may confirm: below in the line of command, and not of oneself.

        Nor may who gave the charge, or has ever set a first password for its holder: whoever held the password in hand
        could be the one who sits behind the account.
        """
        acting = user.acting
        roles = CONFIRMS.get(acting.role) if acting else None
        if not roles:
            return self.none()
        units = Unit.objects.under(acting.unit)
        rows = self.waiting(day).filter(role__in=roles, unit__in=units).exclude(user=user).exclude(given_by=user)
        return rows.exclude(Exists(Entry.objects.of_passwords(OuterRef("user_id")).filter(by=user)))

    def to_confirm_anew(self):
        """All that are not refused wait again, because somebody has had the account's password in hand."""
        self.exclude(standing=Charge.Standing.REFUSED).update(standing=Charge.Standing.WAITING)


class Charge(models.Model):
    """A user holds a role at a unit from one day to another, by an order."""

    class Kind(models.TextChoices):
        SUBSTANTIVE = "substantive", _("Substantive")
        ACTING = "acting", _("Acting")
        LEAVE = "leave", _("Leave cover")

    class Standing(models.TextChoices):
        WAITING = "waiting", _("Waits for confirmation")
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Refused")

    user = models.ForeignKey(User, models.PROTECT, related_name="charges", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="charges", verbose_name=_("unit"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    order_number = models.CharField(_("order number"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.SUBSTANTIVE)
    standing = models.CharField(_("confirmation"), max_length=12, choices=Standing.choices, default=Standing.WAITING)
    #: who gave the charge: somebody else must confirm it
    given_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="charge_ends_after_it_starts"
            )
        ]
        indexes = [models.Index(fields=["starts_on"], name="charge_waiting", condition=Q(standing="waiting"))]

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

    def has_day(self, day):
        """Whether the day lies in the charge's time."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def runs_on(self, day):
        """Whether the charge may be acted in on the day."""
        return self.standing == self.Standing.CONFIRMED and self.has_day(day)

    def covers(self, row):
        """Whether a placed row, a unit or a charge's unit lies under this charge's unit."""
        return self.sees_its_unit and row.is_under(self.unit)

    @transaction.atomic
    def start(self, *, by, at):
        """Store a new charge. It waits until somebody else has confirmed it; by=None, from the machine's console, does both.

        Raises ValueError for one's own charge and for one that the user holds already.
        """
        if by and by.pk == self.user_id:
            raise ValueError("nobody gives a charge to oneself")
        if self.user.charges.held(self.starts_on).filter(role=self.role, unit=self.unit).exists():
            raise ValueError("the charge runs already")
        self.given_by = by
        self.standing = self.Standing.WAITING if by else self.Standing.CONFIRMED
        self.save()
        Entry.objects.write(action="charge.start", by=by, at=at, subject=self, details=self.as_details())
        if not by:
            self._take_up(at)

    def _take_up(self, at):
        """A user without a charge acts in this one from now on."""
        if self.user.charge_id is None and self.runs_on(localdate(at)):
            self.user.charge = self
            self.user.save(update_fields=["charge"])

    @transaction.atomic
    def confirm(self, *, by, at):
        """Say that the holder is who the order names; from now on the charge runs.

        Raises Charge.DoesNotExist where `by` may not or it waits no more, and ValueError while the holder has not yet
        changed the first password: until then whoever set it could sign in.
        """
        self._lock_waiting(by, at)
        if self.user.must_change_password:
            raise ValueError("the first password is still known to who set it")
        self.standing = self.Standing.CONFIRMED
        self.save(update_fields=["standing"])
        Entry.objects.write(action="charge.confirm", by=by, at=at, subject=self, details=self.as_details())
        self._take_up(at)

    @transaction.atomic
    def refuse(self, *, by, at, reason):
        """Say that the holder is not who the order names; the charge never runs. Raises as `confirm` does."""
        self._lock_waiting(by, at)
        self.standing = self.Standing.REFUSED
        self.save(update_fields=["standing"])
        Entry.objects.write(
            action="charge.refuse", by=by, at=at, subject=self, reason=reason, details=self.as_details()
        )

    def _lock_waiting(self, by, at):
        """Two who answer at once: the second finds it answered. The account is locked first, as a new password does."""
        self.user = User.objects.select_for_update().get(pk=self.user_id)
        Charge.objects.select_for_update().get(pk=self.pk)
        self.standing = Charge.objects.to_confirm(by, localdate(at)).get(pk=self.pk).standing

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
