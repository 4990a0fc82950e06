"""The trail: who did what, when, in which charge. Rows are written once; the database refuses the rest."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

#: action code → its sentence. Each app adds its own; an action without a sentence cannot be written.
SENTENCES = {
    "session.login": _("signed in"),
    "session.logout": _("signed out"),
    "session.charge": _("took up another charge"),
    "session.password": _("changed the password"),
    "unit.move": _("moved the unit under another one"),
    "unit.rename": _("changed the name of the unit"),
    "kendra.change": _("changed the master data of the kendra"),
    "rule.change": _("changed the value of the rule"),
    "user.create": _("made the account"),
    "user.reset": _("set a new first password"),
    "charge.start": _("gave the charge"),
    "charge.end": _("ended the charge"),
}

#: the columns that say where a trail entry belongs
UNIT_COLUMNS = ("thana", "circle", "district", "police_range", "zone")


class EntryQuerySet(models.QuerySet):
    def write(self, *, action, by, at, subject=None, details=None, reason="", once=None):
        """Write one entry; `at` is an aware datetime, `details` hold codes and numbers, never a person's identity.

        `once` is the key of the form that caused it; the same key cannot be written twice (IntegrityError).
        Raises ValueError for an action that has no sentence: an act that cannot be told does not happen.
        """
        if action not in SENTENCES:
            raise ValueError(f"no sentence for the action {action!r}")
        charge = getattr(by, "acting", None)
        account = by if isinstance(by, models.Model) else None  # who acts by a one-time link has none
        entry = Entry(action=action, by=account, charge=charge, at=at, details=details or {}, reason=reason, once=once)
        entry.role = charge.role if charge else ""
        entry.set_subject(subject)
        entry.save(using=self.db, force_insert=True)
        return entry

    def write_for(self, subjects, *, action, by, at, details):
        """Write the same act about many rows at once."""
        charge = getattr(by, "acting", None)
        entries = []
        for subject in subjects:
            entry = Entry(
                action=action, by=by, charge=charge, at=at, details=details, role=charge.role if charge else ""
            )
            entry.set_subject(subject)
            entries.append(entry)
        return self.bulk_create(entries)

    def visible_to(self, user):
        """The entries of the unit of the user's present charge; the state sees all."""
        charge = getattr(user, "acting", None)
        if charge is None or not charge.sees_its_unit:
            return self.none()
        if charge.unit.level == "state":
            return self.all()
        return self.filter(**{f"{charge.unit.level}_id": charge.unit_id})

    def of_passwords(self, account):
        """The acts by which somebody has had the password of an account in hand. `account`: its key, or an OuterRef."""
        return self.filter(
            subject_label="kendras.user", subject_id=account, action__in=("user.create", "user.reset")
        ).order_by()

    def about(self, subject):
        """The story of one row, newest first."""
        rows = self.filter(subject_label=subject._meta.label_lower, subject_id=subject.pk)
        return rows.select_related("by", "charge__unit").order_by("-id")


class Entry(models.Model):
    """One act. Never changed, never deleted."""

    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    charge = models.ForeignKey("kendras.Charge", models.PROTECT, null=True, related_name="+", db_index=False)
    role = models.CharField(max_length=12, blank=True)
    action = models.CharField(_("action"), max_length=40)
    subject_label = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    thana = models.ForeignKey("kendras.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    circle = models.ForeignKey("kendras.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    district = models.ForeignKey("kendras.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    police_range = models.ForeignKey("kendras.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    zone = models.ForeignKey("kendras.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    once = models.UUIDField(null=True, unique=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("trail entry")
        verbose_name_plural = _("trail")
        indexes = [
            models.Index(fields=["subject_label", "subject_id", "-id"], name="entry_subject"),
            *[models.Index(fields=[column, "-at", "-id"], name=f"entry_{column}") for column in UNIT_COLUMNS],
            models.Index(fields=["-at", "-id"], name="entry_state"),
        ]

    def __str__(self):
        return f"{self.at:%d-%m-%Y %H:%M} {self.action}"

    @property
    def sentence(self):
        return SENTENCES.get(self.action, self.action)

    def set_subject(self, subject):
        if subject is None:
            return
        self.subject_label, self.subject_id = subject._meta.label_lower, subject.pk
        place = getattr(subject, "trail_place", subject)
        for column in UNIT_COLUMNS:
            setattr(self, f"{column}_id", getattr(place, f"{column}_id", None))
        if getattr(place, "level", "") in UNIT_COLUMNS:
            setattr(self, f"{place.level}_id", place.pk)


_TABLE = "kendras_entry"

_PROTECT = {
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION {_TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the trail cannot be changed or deleted' USING ERRCODE = 'restrict_violation';
        END $$""",
        f"""CREATE TRIGGER {_TABLE}_rows BEFORE UPDATE OR DELETE ON {_TABLE}
        FOR EACH ROW EXECUTE FUNCTION {_TABLE}_refuse()""",
        f"""CREATE TRIGGER {_TABLE}_whole BEFORE TRUNCATE ON {_TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION {_TABLE}_refuse()""",
    ],
    "sqlite": [
        f"""CREATE TRIGGER {_TABLE}_{verb.lower()} BEFORE {verb} ON {_TABLE}
        BEGIN SELECT RAISE(ABORT, 'the trail cannot be changed or deleted'); END"""
        for verb in ("UPDATE", "DELETE")
    ],
}

_UNPROTECT = {
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {_TABLE}_rows ON {_TABLE}",
        f"DROP TRIGGER IF EXISTS {_TABLE}_whole ON {_TABLE}",
        f"DROP FUNCTION IF EXISTS {_TABLE}_refuse()",
    ],
    "sqlite": [f"DROP TRIGGER IF EXISTS {_TABLE}_{verb}" for verb in ("update", "delete")],
}


def protect_trail(connection):
    """Make the database itself refuse to change, delete or truncate the trail (SQLite and PostgreSQL)."""
    _run(connection, _PROTECT)


def unprotect_trail(connection):
    """Take the refusal away again: for the reverse migration, and for emptying a test database."""
    _run(connection, _UNPROTECT)


def _run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
