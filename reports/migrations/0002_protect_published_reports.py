from django.db import migrations

from reports.models.monthly import protect_reports, unprotect_reports


def protect(apps, schema_editor):
    protect_reports(schema_editor.connection)


def unprotect(apps, schema_editor):
    unprotect_reports(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunPython(protect, unprotect)]
