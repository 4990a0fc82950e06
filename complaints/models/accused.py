"""The accused of FIRs as they are counted: named, arrested, surrendered, wanted, under warrant (crime meeting, table 12)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.models.people import Person
from kendras.models import Placed, PlacedQuerySet, placed_indexes

#: the event of an FIR → the column that keeps when it happened first
ACCUSED_EVENTS = {"arrest": "arrested_at", "surrender": "surrendered_at", "nbw": "nbw_at"}


class AccusedQuerySet(PlacedQuerySet):
    def enrol(self, fir, people, at):
        """Count those of `people` who are accused of an FIR from `at` on."""
        accused = [person for person in people if person.part == Person.Part.ACCUSED]
        return self.bulk_create(Accused(thana=fir.thana, fir=fir, person=person, named_at=at) for person in accused)

    def note(self, person, event, on):
        """Keep the first arrest, surrender or warrant of an accused."""
        column = ACCUSED_EVENTS[event]
        self.filter(person=person, **{column: None}).update(**{column: on})


class Accused(Placed):
    """One accused of one FIR, by the pseudonym; the dates are those of the events of the FIR."""

    fir = models.ForeignKey("complaints.Fir", models.CASCADE, related_name="accused")
    person = models.OneToOneField(Person, models.CASCADE, related_name="standing")
    named_at = models.DateTimeField(_("named"))
    arrested_at = models.DateTimeField(_("arrested"), null=True)
    surrendered_at = models.DateTimeField(_("surrendered"), null=True)
    nbw_at = models.DateTimeField(_("Non-bailable warrant"), null=True)

    objects = AccusedQuerySet.as_manager()

    class Meta:
        verbose_name = _("accused")
        verbose_name_plural = _("accused")
        indexes = placed_indexes("accused", "named_at")

    def __str__(self):
        return self.person.key
