"""The map of the force: state → zone → range → district → circle → thana, and rows that sit on it."""

from datetime import datetime, time

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kendras.models.trail import Entry


class Level(models.TextChoices):
    """The six levels of the hierarchy, from the top."""

    STATE = "state", _("State")
    ZONE = "zone", _("Zone")
    POLICE_RANGE = "police_range", _("Range")
    DISTRICT = "district", _("District")
    CIRCLE = "circle", _("Circle")
    THANA = "thana", _("Police station")


LEVELS = list(Level.values)

#: which levels may stand directly above a level; a commissionerate answers to its zone where there is no range
PARENT_LEVELS = {
    Level.STATE: (),
    Level.ZONE: (Level.STATE,),
    Level.POLICE_RANGE: (Level.ZONE,),
    Level.DISTRICT: (Level.POLICE_RANGE, Level.ZONE),
    Level.CIRCLE: (Level.DISTRICT,),
    Level.THANA: (Level.CIRCLE,),
}

#: the columns that copy a thana's ancestors onto each operational row, lowest first
PLACE_COLUMNS = ("thana", "circle", "district", "police_range", "zone")


class UnitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The units that a user's present charge looks down on, its own included."""
        charge = getattr(user, "acting", None)
        return self.under(charge.unit) if charge and charge.sees_its_unit else self.none()

    def under(self, unit):
        """`unit` and every unit below it."""
        if unit.level == Level.STATE:
            return self.all()
        column = "circle" if unit.level == Level.CIRCLE else unit.level
        if unit.level == Level.THANA:
            return self.filter(pk=unit.pk)
        return self.filter(Q(pk=unit.pk) | Q(**{f"{column}_id": unit.pk}))

    def thanas(self):
        return self.filter(level=Level.THANA)


class Unit(models.Model):
    """One unit of the hierarchy. Its ancestors are copied into columns of its own."""

    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    code = models.CharField(_("code"), max_length=16, unique=True)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_hi = models.CharField(_("name in Hindi"), max_length=120)
    kind = models.CharField(_("kind"), max_length=24, blank=True)
    cctns_code = models.CharField(_("CCTNS code"), max_length=8, blank=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    zone = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    police_range = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    circle = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.CheckConstraint(
                condition=Q(level=Level.STATE, parent=None) | Q(parent__isnull=False) & ~Q(level=Level.STATE),
                name="unit_only_the_state_has_no_parent",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """The name in the language of the page; one that stands only until the order gives the real one says so."""
        name = self.name_en if (get_language() or "hi").startswith("en") else self.name_hi
        return gettext("%(name)s (provisional)") % {"name": name} if self.provisional else name

    @property
    def title(self):
        """The name with what it is: «थाना हरीपर्वत», «आगरा परिक्षेत्र» (zones and ranges carry it already)."""
        if self.level == Level.THANA:
            return _("PS %(name)s") % {"name": self.name}
        if self.level == Level.DISTRICT:
            word = _("Commissionerate %(name)s") if self.kind == "commissionerate" else _("District %(name)s")
            return word % {"name": self.name}
        return self.name

    @property
    def child_level(self):
        """The level one step down on which this unit's figures are broken up; None for a thana.

        A zone is broken up by its ranges only where every district of it answers to one.
        """
        position = LEVELS.index(self.level) + 1
        return LEVELS[position] if position < len(LEVELS) else None

    def children(self):
        return Unit.objects.filter(parent=self).order_by("name_en")

    def ancestor_columns(self):
        """What a child of this unit carries in its ancestor columns."""
        columns = {f"{c}_id": getattr(self, f"{c}_id") for c in ("zone", "police_range", "district", "circle")}
        if f"{self.level}_id" in columns:
            columns[f"{self.level}_id"] = self.pk
        return columns

    def save(self, *args, **kwargs):
        if self.parent:
            if self.parent.level not in PARENT_LEVELS[Level(self.level)]:
                raise ValueError(f"{self.level} {self.code} cannot stand under {self.parent.level}")
            for column, value in self.parent.ancestor_columns().items():
                setattr(self, column, value)
        super().save(*args, **kwargs)

    def is_under(self, unit):
        """Whether `unit` is this unit or one above it."""
        if unit.level == Level.STATE or unit.pk == self.pk:
            return True
        return getattr(self, f"{unit.level}_id", None) == unit.pk

    @transaction.atomic
    def move_under(self, parent, *, on, by=None, reason=""):
        """Put this unit under another one from the date `on`: open and closed rows go along, published figures stay.

        Every row that copies the ancestors (units below, and each `Placed` table) is refreshed in this transaction.
        """
        before = self.parent
        self.parent = parent
        self.save()
        self._refresh_below()
        for model in Placed.tables():
            for thana in Unit.objects.under(self).thanas():
                model.objects.filter(thana=thana).update(**thana.ancestor_columns())
        Entry.objects.write(
            action="unit.move",
            by=by,
            at=timezone.make_aware(datetime.combine(on, time.min)),
            subject=self,
            reason=reason,
            details={"from": before.code if before else "", "to": parent.code},
        )

    def _refresh_below(self):
        for child in self.below.all():
            child.parent = self
            child.save()
            child._refresh_below()


class PlacedQuerySet(models.QuerySet):
    """Rows of a thana: the one place where a list is cut to what a user may see."""

    def visible_to(self, user):
        """The rows under the unit of the user's present charge: one equality on one indexed column.

        A user without a charge, or whose charge sees named cases only, gets nothing.
        """
        charge = getattr(user, "acting", None)
        return self.under(charge.unit) if charge and charge.sees_its_unit else self.none()

    def under(self, unit):
        if unit.level == Level.STATE:
            return self.all()
        return self.filter(**{f"{unit.level}_id": unit.pk})

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        for obj in objs:
            obj.place()
        return super().bulk_create(objs, *args, **kwargs)


class Placed(models.Model):
    """A row that belongs to a thana and carries copies of what stands above it."""

    thana = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    circle = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False, editable=False)
    district = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False, editable=False)
    police_range = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, db_index=False, editable=False)
    zone = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False, editable=False)

    class Meta:
        abstract = True

    @staticmethod
    def tables():
        """Every concrete model that is placed."""
        waiting, found = list(Placed.__subclasses__()), []
        while waiting:
            model = waiting.pop()
            waiting.extend(model.__subclasses__())
            if not model._meta.abstract:
                found.append(model)
        return found

    def place(self):
        """Copy the thana's ancestors onto this row."""
        for column, value in self.thana.ancestor_columns().items():
            setattr(self, column, value)

    def save(self, *args, **kwargs):
        self.place()
        super().save(*args, **kwargs)

    def is_under(self, unit):
        return unit.level == Level.STATE or getattr(self, f"{unit.level}_id") == unit.pk


def placed_indexes(prefix, date):
    """One index (level, -date, -id) for each level and one for the state, named `<prefix>_<level>`."""
    return [models.Index(fields=[column, f"-{date}", "-id"], name=f"{prefix}_{column}") for column in PLACE_COLUMNS] + [
        models.Index(fields=[f"-{date}", "-id"], name=f"{prefix}_state")
    ]
