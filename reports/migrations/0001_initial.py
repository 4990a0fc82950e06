import django.db.models.deletion
import reports.models.printing
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kendras', '0002_protect_the_trail'),
        ('kendras', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='BuildRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=8, verbose_name='state')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('started_at', models.DateTimeField(null=True)),
                ('heartbeat_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True, verbose_name='finished')),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=80)),
                ('month', models.DateField(verbose_name='month')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'building of monthly reports',
                'verbose_name_plural': 'buildings of monthly reports',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('waiting', 'running'))), fields=('month',), name='buildrun_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='BuildPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.PositiveIntegerField()),
                ('seconds', models.FloatField(default=0)),
                ('done_at', models.DateTimeField(null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='reports.buildrun')),
            ],
            options={
                'verbose_name': 'part of a building',
                'verbose_name_plural': 'parts of a building',
                'constraints': [models.UniqueConstraint(fields=('run', 'unit'), name='buildpart_once')],
            },
        ),
        migrations.CreateModel(
            name='MeetingDirection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='month under review')),
                ('text', models.TextField(max_length=1000, verbose_name='direction')),
                ('due_on', models.DateField(verbose_name='to be done by')),
                ('given_at', models.DateTimeField(verbose_name='given')),
                ('once', models.UUIDField(editable=False)),
                ('state', models.CharField(choices=[('open', 'Not answered yet'), ('done', 'Carried out'), ('not_done', 'Not carried out')], default='open', max_length=8, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1)),
                ('answer', models.TextField(blank=True, max_length=1000, verbose_name='answer of the in-charge')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('circle', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('district', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('police_range', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('thana', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('zone', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
            ],
            options={
                'verbose_name': 'direction of the crime meeting',
                'verbose_name_plural': 'directions of the crime meeting',
                'indexes': [models.Index(fields=['thana', '-given_at', '-id'], name='direction_thana'), models.Index(fields=['circle', '-given_at', '-id'], name='direction_circle'), models.Index(fields=['district', '-given_at', '-id'], name='direction_district'), models.Index(fields=['police_range', '-given_at', '-id'], name='direction_police_range'), models.Index(fields=['zone', '-given_at', '-id'], name='direction_zone'), models.Index(fields=['-given_at', '-id'], name='direction_state')],
                'constraints': [models.UniqueConstraint(fields=('once', 'thana'), name='meetingdirection_once')],
            },
        ),
        migrations.CreateModel(
            name='MonthlyReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='month')),
                ('figures', models.JSONField()),
                ('digest', models.CharField(max_length=64, verbose_name='content hash')),
                ('built_at', models.DateTimeField(verbose_name='frozen')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('reviewed', 'Reviewed'), ('accepted', 'Accepted'), ('locked', 'Locked')], default='draft', max_length=12, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1)),
                ('remarks', models.TextField(blank=True, max_length=4000, verbose_name='remarks of the in-charge')),
                ('submitted_at', models.DateTimeField(null=True)),
                ('review', models.TextField(blank=True, max_length=4000, verbose_name='review of the circle officer')),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('above', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('circle', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('district', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('police_range', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('thana', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit', verbose_name='unit')),
                ('zone', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
            ],
            options={
                'verbose_name': 'monthly report',
                'verbose_name_plural': 'monthly reports',
                'indexes': [models.Index(fields=['above', 'month'], name='monthlyreport_above'), models.Index(fields=['thana', 'month'], name='monthlyreport_thana'), models.Index(fields=['circle', 'month'], name='monthlyreport_circle'), models.Index(fields=['district', 'month'], name='monthlyreport_district'), models.Index(fields=['police_range', 'month'], name='monthlyreport_police_range'), models.Index(fields=['zone', 'month'], name='monthlyreport_zone'), models.Index(fields=['month', 'state'], name='monthlyreport_month')],
                'constraints': [models.UniqueConstraint(fields=('unit', 'month'), name='monthlyreport_one_a_month')],
            },
        ),
        migrations.CreateModel(
            name='PrintJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=8, verbose_name='state')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('started_at', models.DateTimeField(null=True)),
                ('heartbeat_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True, verbose_name='finished')),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=80)),
                ('kind', models.CharField(choices=[('meeting', 'Crime meeting')], default='meeting', max_length=12, verbose_name='kind')),
                ('month', models.DateField(verbose_name='month')),
                ('language', models.CharField(choices=[('hi', 'Hindi'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('once', models.UUIDField(editable=False, unique=True)),
                ('file', models.FileField(blank=True, storage=reports.models.printing._private, upload_to=reports.models.printing._random_name)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('circle', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('district', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('police_range', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('thana', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit', verbose_name='unit')),
                ('zone', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
            ],
            options={
                'verbose_name': 'print job',
                'verbose_name_plural': 'print jobs',
                'indexes': [models.Index(fields=['thana', '-asked_at'], name='printjob_thana'), models.Index(fields=['circle', '-asked_at'], name='printjob_circle'), models.Index(fields=['district', '-asked_at'], name='printjob_district'), models.Index(fields=['police_range', '-asked_at'], name='printjob_police_range'), models.Index(fields=['zone', '-asked_at'], name='printjob_zone')],
            },
        ),
    ]
