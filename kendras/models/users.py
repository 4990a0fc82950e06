"""Who works here: accounts, roles, and the charges in which people act."""

import secrets

from django.contrib.auth import get_backends
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models, transaction
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kendras.models.trail import Entry
from kendras.models.units import Level


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

    @property
    def may_be_let_in(self):
        """Whether named exceptions open anything: never to an administrator, and only while a confirmed charge runs.

        So they rest, like the charges, when somebody else has had the password in hand.
        """
        return self.acting is not None and self.acting.role != Role.SYSADMIN

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

        Three groups of four signs. `action`: what the trail calls it, "user.create" or "user.reset". Who set it could
        sign in with it, so the account's charges rest until somebody else has confirmed them (Charge.confirm).

        Raises ValueError for one's own account, whose password one changes oneself.
        """
        if by and by.pk == self.pk:
            raise ValueError("nobody sets a first password for oneself")
        first = "-".join("".join(secrets.choice(_READABLE) for _n in range(4)) for _group in range(3))
        self.set_password(first)
        self.must_change_password = True
        self.charge = None if by else self.charge
        self.save()
        if by:
            self.charges.to_confirm_anew()
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
