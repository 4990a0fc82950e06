from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kendras", "0002_protect_the_trail")]

    operations = [
        migrations.RenameField("rule", "law", "law_en"),
        migrations.AlterField(
            "rule",
            "law_en",
            models.CharField(blank=True, max_length=120, verbose_name="law or order in English"),
        ),
        migrations.AddField(
            "rule",
            "law_hi",
            models.CharField(blank=True, default="", max_length=120, verbose_name="law or order in Hindi"),
            preserve_default=False,
        ),
        migrations.RunSQL("UPDATE kendras_rule SET law_hi = law_en", migrations.RunSQL.noop),
    ]
