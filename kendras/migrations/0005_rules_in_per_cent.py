from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kendras', '0004_charges_are_confirmed'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rule',
            name='time_unit',
            field=models.CharField(choices=[('minutes', 'minutes'), ('hours', 'hours'), ('days', 'days'), ('months', 'months'), ('years', 'years'), ('count', 'number'), ('percent', 'per cent')], max_length=8, verbose_name='unit'),
        ),
    ]
