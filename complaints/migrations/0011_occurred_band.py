from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0010_clocks_have_a_place'),
    ]

    operations = [
        migrations.AddField(
            model_name='complaint',
            name='occurred_band',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='about what time'),
        ),
    ]
