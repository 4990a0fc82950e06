from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0002_protect_published_reports'),
    ]

    operations = [
        migrations.AddField(
            model_name='monthlyreport',
            name='signs',
            field=models.CharField(blank=True, max_length=60, verbose_name='signs to look at'),
        ),
    ]
