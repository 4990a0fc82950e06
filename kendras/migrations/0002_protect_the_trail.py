from django.db import migrations

from kendras.models.trail import protect_trail, unprotect_trail


def protect(apps, schema_editor):
    protect_trail(schema_editor.connection)


def unprotect(apps, schema_editor):
    unprotect_trail(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("kendras", "0001_initial")]

    operations = [migrations.RunPython(protect, unprotect)]
