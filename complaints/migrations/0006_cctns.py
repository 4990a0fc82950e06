import complaints.models.cctns
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0005_preventive'),
        ('kendras', '0003_rule_law_in_hindi'),
        ('kendras', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='CctnsRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField(verbose_name='registered from')),
                ('last', models.DateField(verbose_name='registered up to')),
                ('letters', models.CharField(choices=[('judge', 'recognise by itself'), ('unicode', 'all in Unicode'), ('old', 'Hindi in Kruti Dev')], default='judge', max_length=8, verbose_name='letters of the sheet')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('kind', models.CharField(max_length=8)),
                ('file', models.FileField(blank=True, storage=complaints.models.cctns._private, upload_to=complaints.models.cctns._random_name)),
                ('sha256', models.CharField(max_length=64)),
                ('mark', models.CharField(max_length=64)),
                ('until', models.DateTimeField(verbose_name='kept until')),
                ('counts', models.JSONField(default=dict)),
                ('found', models.JSONField(default=list)),
                ('errors', models.JSONField(default=list)),
                ('unread', models.JSONField(default=list)),
                ('converted', models.PositiveIntegerField(default=0, verbose_name='cells converted from old letters')),
                ('cells', models.BinaryField(null=True)),
                ('cells_seen_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('shown', 'Shown, nothing taken in yet'), ('taken', 'Taken in'), ('listed', 'Mismatch list kept'), ('dropped', 'Thrown away'), ('lapsed', 'Lapsed without confirmation')], default='shown', max_length=8, verbose_name='state')),
                ('decided_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('circle', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('district', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('police_range', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('thana', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit', verbose_name='unit')),
                ('zone', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
            ],
            options={
                'verbose_name': 'CCTNS sheet',
                'verbose_name_plural': 'CCTNS sheets',
                'indexes': [models.Index(fields=['thana', '-at', '-id'], name='cctnsrun_thana'), models.Index(fields=['circle', '-at', '-id'], name='cctnsrun_circle'), models.Index(fields=['district', '-at', '-id'], name='cctnsrun_district'), models.Index(fields=['police_range', '-at', '-id'], name='cctnsrun_police_range'), models.Index(fields=['zone', '-at', '-id'], name='cctnsrun_zone'), models.Index(condition=models.Q(('state', 'shown')), fields=['until'], name='cctnsrun_shown')],
            },
        ),
        migrations.CreateModel(
            name='CctnsMismatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('only_here', "Only in the kendra's record"), ('only_there', 'Only in CCTNS'), ('differs', 'In both, and different')], max_length=12, verbose_name='kind')),
                ('number', models.CharField(max_length=20, verbose_name='FIR number')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('registered_on', models.DateField(verbose_name='registered')),
                ('fields', models.CharField(blank=True, max_length=120, verbose_name='what differs')),
                ('open', models.BooleanField(default=True)),
                ('found_at', models.DateTimeField(verbose_name='found')),
                ('circle', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('district', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('fir', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mismatches', to='complaints.fir')),
                ('police_range', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('thana', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('zone', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mismatches', to='complaints.cctnsrun')),
            ],
            options={
                'verbose_name': 'CCTNS mismatch',
                'verbose_name_plural': 'CCTNS mismatches',
                'indexes': [models.Index(fields=['thana', '-found_at', '-id'], name='mismatch_thana'), models.Index(fields=['circle', '-found_at', '-id'], name='mismatch_circle'), models.Index(fields=['district', '-found_at', '-id'], name='mismatch_district'), models.Index(fields=['police_range', '-found_at', '-id'], name='mismatch_police_range'), models.Index(fields=['zone', '-found_at', '-id'], name='mismatch_zone'), models.Index(fields=['-found_at', '-id'], name='mismatch_state'), models.Index(condition=models.Q(('open', True)), fields=['thana', 'registered_on'], name='mismatch_open')],
            },
        ),
    ]
