import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kendras', '0003_rule_law_in_hindi'),
    ]

    operations = [
        migrations.AddField(
            model_name='charge',
            name='given_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='charge',
            name='standing',
            # the charges that there are go on; only what is given from now on waits
            field=models.CharField(choices=[('waiting', 'Waits for confirmation'), ('confirmed', 'Confirmed'), ('refused', 'Refused')], default='confirmed', max_length=12, verbose_name='confirmation'),
        ),
        migrations.AlterField(
            model_name='charge',
            name='standing',
            field=models.CharField(choices=[('waiting', 'Waits for confirmation'), ('confirmed', 'Confirmed'), ('refused', 'Refused')], default='waiting', max_length=12, verbose_name='confirmation'),
        ),
        migrations.AddIndex(
            model_name='charge',
            index=models.Index(condition=models.Q(('standing', 'waiting')), fields=['starts_on'], name='charge_waiting'),
        ),
    ]
