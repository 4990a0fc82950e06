from django.db import migrations, models

from reports.models.monthly import protect_reports, unprotect_reports


def protect(apps, editor):
    protect_reports(editor.connection)


def unprotect(apps, editor):
    unprotect_reports(editor.connection)


class Migration(migrations.Migration):
    # SQLite makes the table anew for a column and forgets its triggers
    dependencies = [
        ("reports", "0002_protect_published_reports"),
    ]

    operations = [
        migrations.RunPython(unprotect, protect),
        migrations.AddField(
            model_name="monthlyreport",
            name="signs",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="signs to look at"),
            preserve_default=False,
        ),
        migrations.RunPython(protect, unprotect),
    ]
