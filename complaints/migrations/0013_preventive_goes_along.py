from django.db import migrations
from django.db.models import F, OuterRef, Subquery

PLACE = ("thana", "circle", "district", "police_range", "zone")


def place(apps, editor):
    """Put each action where the complaint that it belongs to lies now."""
    Preventive = apps.get_model("complaints", "Preventive")
    complaints = apps.get_model("complaints", "Complaint").objects.filter(pk=OuterRef("complaint"))
    astray = Preventive.objects.filter(complaint__isnull=False).exclude(thana=F("complaint__thana"))
    astray.update(**{f"{column}_id": Subquery(complaints.values(f"{column}_id")) for column in PLACE})


class Migration(migrations.Migration):
    dependencies = [("complaints", "0012_counselling")]

    operations = [migrations.RunPython(place, migrations.RunPython.noop)]
