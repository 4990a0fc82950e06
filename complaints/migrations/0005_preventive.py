import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0004_fir'),
        ('kendras', '0003_rule_law_in_hindi'),
        ('kendras', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Preventive',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('bnss126', 'BNSS 126/135: bond to keep the peace'), ('bnss128', 'BNSS 128: suspected person'), ('bnss129', 'BNSS 129: habitual offender'), ('bnss170', 'BNSS 170: arrest to prevent an offence'), ('goonda', 'Control of Goondas Act'), ('gangster', 'Gangster Act'), ('history_sheet', 'History sheet'), ('warning', 'Warning or red card'), ('dossier', 'Dossier of a repeat harasser')], max_length=16, verbose_name='kind')),
                ('on', models.DateField(verbose_name='date')),
                ('authority', models.CharField(max_length=80, verbose_name='authority')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='number')),
                ('conclude_by', models.DateField(null=True, verbose_name='to be concluded by')),
                ('bond_on', models.DateField(null=True, verbose_name='bond given')),
                ('bond_until', models.DateField(null=True, verbose_name='bond until')),
                ('bond_amount', models.PositiveIntegerField(null=True, verbose_name='amount of the bond (rupees)')),
                ('breached_on', models.DateField(null=True, verbose_name='breached')),
                ('ended_on', models.DateField(null=True, verbose_name='ended')),
                ('result', models.CharField(blank=True, max_length=500, verbose_name='result')),
                ('state', models.CharField(choices=[('started', 'Begun'), ('bound', 'Bound by bond'), ('breached', 'Bond breached'), ('forfeited', 'Bond forfeited'), ('concluded', 'Concluded'), ('dropped', 'Dropped')], default='started', max_length=12, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1)),
                ('once', models.UUIDField(editable=False, null=True, unique=True)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'preventive action',
                'verbose_name_plural': 'preventive actions',
                'indexes': [models.Index(fields=['-recorded_at', '-id'], name='preventive_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('bond_until', None), ('bond_until__gt', models.F('bond_on')), _connector='OR'), name='preventive_bond_span')],
            },
        ),
        migrations.AddField(
            model_name='person',
            name='who',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('who__isnull', False)), fields=['who'], name='person_who'),
        ),
        migrations.AddField(
            model_name='preventive',
            name='circle',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='preventive',
            name='complaint',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='preventive', to='complaints.complaint'),
        ),
        migrations.AddField(
            model_name='preventive',
            name='district',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='preventive',
            name='fir',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='preventive', to='complaints.fir'),
        ),
        migrations.AddField(
            model_name='preventive',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preventive', to='complaints.person', verbose_name='accused'),
        ),
        migrations.AddField(
            model_name='preventive',
            name='police_range',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='preventive',
            name='recorded_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='preventive',
            name='thana',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='preventive',
            name='zone',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddIndex(
            model_name='preventive',
            index=models.Index(fields=['thana', '-recorded_at', '-id'], name='preventive_thana'),
        ),
        migrations.AddIndex(
            model_name='preventive',
            index=models.Index(fields=['circle', '-recorded_at', '-id'], name='preventive_circle'),
        ),
        migrations.AddIndex(
            model_name='preventive',
            index=models.Index(fields=['district', '-recorded_at', '-id'], name='preventive_district'),
        ),
        migrations.AddIndex(
            model_name='preventive',
            index=models.Index(fields=['police_range', '-recorded_at', '-id'], name='preventive_police_range'),
        ),
        migrations.AddIndex(
            model_name='preventive',
            index=models.Index(fields=['zone', '-recorded_at', '-id'], name='preventive_zone'),
        ),
        migrations.AddConstraint(
            model_name='preventive',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('complaint', None), ('fir__isnull', False)), models.Q(('complaint__isnull', False), ('fir', None)), _connector='OR'), name='preventive_one_case'),
        ),
    ]
