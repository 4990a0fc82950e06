"""Clocks that run already get the place of their FIR, and accused that are named already their row."""

from django.db import migrations
from django.db.models import Min, OuterRef, Subquery

_PLACE = ("thana", "circle", "district", "police_range", "zone")
_EVENTS = {"arrest": "arrested_at", "surrender": "surrendered_at", "nbw": "nbw_at"}


def place(apps, schema_editor):
    fir = apps.get_model("complaints", "Fir")
    here = fir.objects.filter(pk=OuterRef("fir_id"))
    columns = {f"{name}_id": Subquery(here.values(f"{name}_id")[:1]) for name in _PLACE}
    apps.get_model("complaints", "FirDeadline").objects.filter(thana=None).update(**columns)
    _name_accused(apps)


def _name_accused(apps):
    accused, milestone = apps.get_model("complaints", "Accused"), apps.get_model("complaints", "Milestone")
    people = apps.get_model("complaints", "Person").objects.filter(part="accused", fir__isnull=False)
    batch = []
    for person in people.select_related("fir").iterator(chunk_size=1000):
        place = {f"{name}_id": getattr(person.fir, f"{name}_id") for name in _PLACE}
        batch.append(accused(person=person, fir=person.fir, named_at=person.fir.registered_at, **place))
        if len(batch) == 1000:
            accused.objects.bulk_create(batch)
            batch = []
    accused.objects.bulk_create(batch)
    for kind, column in _EVENTS.items():
        rows = milestone.objects.filter(kind=kind, person=OuterRef("person_id")).order_by().values("person")
        first = Subquery(rows.annotate(first=Min("on")).values("first")[:1])
        accused.objects.update(**{column: first})


class Migration(migrations.Migration):
    dependencies = [("complaints", "0008_placed_clocks_and_accused")]

    operations = [migrations.RunPython(place, migrations.RunPython.noop)]
