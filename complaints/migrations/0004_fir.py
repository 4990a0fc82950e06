import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0003_withdrawn_and_lapsed'),
        ('kendras', '0003_rule_law_in_hindi'),
        ('kendras', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Fir',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(null=True, verbose_name='due')),
                ('warn_at', models.DateTimeField(null=True)),
                ('number', models.CharField(max_length=20, verbose_name='FIR number')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('once', models.UUIDField(editable=False, unique=True)),
                ('gd_number', models.CharField(blank=True, max_length=20, verbose_name='GD number')),
                ('route', models.CharField(choices=[('thana', 'Registered at the police station'), ('efir', 'e-FIR'), ('zero', 'Zero FIR taken here, belongs elsewhere'), ('from_zero', 'Zero FIR received from elsewhere'), ('court', 'By order of a court')], default='thana', max_length=12, verbose_name='how it was registered')),
                ('occurred_at', models.DateTimeField(null=True, verbose_name='when it happened')),
                ('informed_at', models.DateTimeField(verbose_name='information received')),
                ('registered_at', models.DateTimeField(verbose_name='registered')),
                ('recorded_at', models.DateTimeField(verbose_name='taken into this record')),
                ('place_kind', models.CharField(blank=True, choices=[('home', 'Home'), ('in_laws', "In-laws' house"), ('street', 'Road or street'), ('market', 'Market'), ('school', 'School, college or coaching'), ('transport', 'Bus, train or other transport'), ('work', 'Workplace'), ('field', 'Field or secluded place'), ('online', 'Phone or internet'), ('other', 'Other place')], max_length=12, verbose_name='where it happened')),
                ('other_sections', models.CharField(blank=True, max_length=120, verbose_name='other sections')),
                ('head', models.CharField(max_length=16, verbose_name='head')),
                ('heads', models.CharField(max_length=200)),
                ('flags', models.CharField(blank=True, max_length=60)),
                ('sections_text', models.CharField(max_length=300, verbose_name='sections')),
                ('two_month', models.BooleanField(verbose_name='investigation within two months (BNSS 193)')),
                ('bail_at_90', models.BooleanField(default=False)),
                ('protects_identity', models.BooleanField(default=True)),
                ('state', models.CharField(choices=[('investigation', 'Under investigation'), ('charge_sheeted', 'Charge sheet filed'), ('final_report', 'Final report filed'), ('trial', 'Before the court'), ('decided', 'Decided by the court'), ('transferred', 'Transferred')], default='investigation', max_length=16, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1)),
                ('officer_text', models.CharField(blank=True, max_length=80, verbose_name='officer outside the kendra')),
                ('pending_reason', models.CharField(blank=True, choices=[('fsl', 'Report of the laboratory awaited'), ('medical', 'Medical report awaited'), ('statement', 'Statement to be taken'), ('nbw', 'Warrant to be executed'), ('arrest', 'Arrest awaited'), ('recovery', 'Recovery awaited'), ('other', 'Other reason')], max_length=12, verbose_name='why it is pending')),
                ('limit_at', models.DateTimeField(null=True, verbose_name='end of the two months (BNSS 193)')),
                ('reported_at', models.DateTimeField(null=True, verbose_name='report to the court')),
                ('first_reported_at', models.DateTimeField(null=True, verbose_name='first report to the court')),
                ('transferred_at', models.DateTimeField(null=True, verbose_name='transferred')),
                ('recovered_at', models.DateTimeField(null=True, verbose_name='recovered')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided by the court')),
                ('due_clock', models.CharField(blank=True, choices=[('efir_signed', 'e-FIR to be signed'), ('woman_officer', 'Recorded by a woman officer'), ('fir_copy', 'Copy of the FIR to the informant'), ('zero_fir_sent', 'Zero FIR to the right police station'), ('cwc_told', 'Child Welfare Committee and Special Court told'), ('medical_sent', 'Victim sent to the doctor'), ('medical_report', 'Medical report'), ('statement_183', 'Statement before the magistrate'), ('investigation_2m', 'Investigation complete (two months)'), ('victim_told', 'Progress to be told to the victim'), ('default_bail_60', 'Default bail (60 days)'), ('default_bail_90', 'Default bail (90 days)'), ('copies_230', 'Copies to the accused and the victim'), ('follow_up', 'Follow-up'), ('direction', 'Direction of a senior officer')], max_length=24)),
                ('assigned_to', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='investigating officer')),
                ('circle', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('complaint', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='firs', to='complaints.complaint')),
                ('district', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('offences', models.ManyToManyField(related_name='+', to='complaints.offence', verbose_name='sections')),
                ('police_range', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('registered_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('thana', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
                ('zone', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit')),
            ],
            options={
                'verbose_name': 'FIR',
                'verbose_name_plural': 'FIRs',
                'default_permissions': (),
                'indexes': [models.Index(fields=['thana', '-registered_at', '-id'], name='fir_thana'), models.Index(fields=['circle', '-registered_at', '-id'], name='fir_circle'), models.Index(fields=['district', '-registered_at', '-id'], name='fir_district'), models.Index(fields=['police_range', '-registered_at', '-id'], name='fir_police_range'), models.Index(fields=['zone', '-registered_at', '-id'], name='fir_zone'), models.Index(fields=['-registered_at', '-id'], name='fir_state'), models.Index(condition=models.Q(('due_at__isnull', False)), fields=['thana', 'due_at', 'id'], name='fir_due_thana'), models.Index(condition=models.Q(('due_at__isnull', False)), fields=['circle', 'due_at', 'id'], name='fir_due_circle'), models.Index(condition=models.Q(('due_at__isnull', False)), fields=['district', 'due_at', 'id'], name='fir_due_district'), models.Index(condition=models.Q(('due_at__isnull', False)), fields=['police_range', 'due_at', 'id'], name='fir_due_police_range'), models.Index(condition=models.Q(('due_at__isnull', False)), fields=['zone', 'due_at', 'id'], name='fir_due_zone'), models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at', 'id'], name='fir_due_state'), models.Index(fields=['assigned_to', 'due_at'], name='fir_officer'), models.Index(fields=['head', '-registered_at', '-id'], name='fir_by_head'), models.Index(fields=['year', 'number'], name='fir_by_number'), models.Index(condition=models.Q(('state', 'investigation')), fields=['thana', 'registered_at'], name='fir_pending'), models.Index(fields=['reported_at', 'thana'], name='fir_reported')],
                'constraints': [models.UniqueConstraint(fields=('thana', 'year', 'number'), name='fir_number'), models.CheckConstraint(condition=models.Q(('informed_at__lte', models.F('registered_at'))), name='fir_informed_before_registered')],
            },
        ),
        migrations.CreateModel(
            name='FirDeadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('warn_at', models.DateTimeField()),
                ('first_due_at', models.DateTimeField()),
                ('met_at', models.DateTimeField(null=True)),
                ('void_at', models.DateTimeField(null=True)),
                ('clock', models.CharField(choices=[('efir_signed', 'e-FIR to be signed'), ('woman_officer', 'Recorded by a woman officer'), ('fir_copy', 'Copy of the FIR to the informant'), ('zero_fir_sent', 'Zero FIR to the right police station'), ('cwc_told', 'Child Welfare Committee and Special Court told'), ('medical_sent', 'Victim sent to the doctor'), ('medical_report', 'Medical report'), ('statement_183', 'Statement before the magistrate'), ('investigation_2m', 'Investigation complete (two months)'), ('victim_told', 'Progress to be told to the victim'), ('default_bail_60', 'Default bail (60 days)'), ('default_bail_90', 'Default bail (90 days)'), ('copies_230', 'Copies to the accused and the victim'), ('follow_up', 'Follow-up'), ('direction', 'Direction of a senior officer')], max_length=24, verbose_name='clock')),
            ],
            options={
                'verbose_name': 'deadline of an FIR',
                'verbose_name_plural': 'deadlines of FIRs',
                'indexes': [models.Index(condition=models.Q(('met_at', None), ('void_at', None)), fields=['clock', 'due_at'], name='firdeadline_running')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24, verbose_name='kind')),
                ('on', models.DateTimeField(verbose_name='when it happened')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='number')),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='remark')),
                ('at', models.DateTimeField(verbose_name='recorded')),
            ],
            options={
                'verbose_name': 'milestone',
                'verbose_name_plural': 'milestones',
            },
        ),
        migrations.AlterField(
            model_name='document',
            name='complaint',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='complaints.complaint'),
        ),
        migrations.AlterField(
            model_name='nametoken',
            name='complaint',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='complaints.complaint'),
        ),
        migrations.AlterField(
            model_name='note',
            name='complaint',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='complaints.complaint'),
        ),
        migrations.AlterField(
            model_name='person',
            name='complaint',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='people', to='complaints.complaint'),
        ),
        migrations.AlterField(
            model_name='person',
            name='part',
            field=models.CharField(choices=[('complainant', 'Complainant'), ('victim', 'Victim'), ('accused', 'Accused'), ('witness', 'Witness')], max_length=12, verbose_name='part in the case'),
        ),
        migrations.AlterField(
            model_name='reveal',
            name='complaint',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reveals', to='complaints.complaint'),
        ),
        migrations.CreateModel(
            name='FirAccount',
            fields=[
                ('fir', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='account', serialize=False, to='complaints.fir')),
                ('sealed', models.BinaryField()),
            ],
            options={
                'verbose_name': 'account of an FIR',
                'verbose_name_plural': 'accounts of FIRs',
            },
        ),
        migrations.AddField(
            model_name='document',
            name='fir',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='complaints.fir'),
        ),
        migrations.AddField(
            model_name='nametoken',
            name='fir',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='complaints.fir'),
        ),
        migrations.AddField(
            model_name='note',
            name='fir',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='complaints.fir'),
        ),
        migrations.AddField(
            model_name='person',
            name='fir',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='people', to='complaints.fir'),
        ),
        migrations.AddField(
            model_name='reveal',
            name='fir',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reveals', to='complaints.fir'),
        ),
        migrations.AddIndex(
            model_name='nametoken',
            index=models.Index(fields=['token', 'thana', 'fir'], name='nametoken_lookup_fir'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['fir', '-at'], name='note_fir'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('complaint', None), ('fir__isnull', False)), models.Q(('complaint__isnull', False), ('fir', None)), _connector='OR'), name='document_one_case'),
        ),
        migrations.AddConstraint(
            model_name='nametoken',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('complaint', None), ('fir__isnull', False)), models.Q(('complaint__isnull', False), ('fir', None)), _connector='OR'), name='nametoken_one_case'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('complaint', None), ('fir__isnull', False)), models.Q(('complaint__isnull', False), ('fir', None)), _connector='OR'), name='note_one_case'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(fields=('fir', 'part', 'serial'), name='person_one_key_in_fir'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('complaint', None), ('fir__isnull', False)), models.Q(('complaint__isnull', False), ('fir', None)), _connector='OR'), name='person_one_case'),
        ),
        migrations.AddConstraint(
            model_name='reveal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('fir', 'asked_by'), name='reveal_one_request_at_a_time_fir'),
        ),
        migrations.AddConstraint(
            model_name='reveal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('complaint', None), ('fir__isnull', False)), models.Q(('complaint__isnull', False), ('fir', None)), _connector='OR'), name='reveal_one_case'),
        ),
        migrations.AddField(
            model_name='firdeadline',
            name='fir',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='complaints.fir'),
        ),
        migrations.AddField(
            model_name='firdeadline',
            name='person',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='complaints.person'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='milestone',
            name='fir',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='complaints.fir'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='complaints.person'),
        ),
        migrations.AddConstraint(
            model_name='firdeadline',
            constraint=models.UniqueConstraint(condition=models.Q(('met_at', None), ('void_at', None), models.Q(('clock', 'direction'), _negated=True)), fields=('fir', 'clock', 'person'), name='firdeadline_one_running'),
        ),
        migrations.AddConstraint(
            model_name='firdeadline',
            constraint=models.UniqueConstraint(condition=models.Q(('met_at', None), ('person', None), ('void_at', None), models.Q(('clock', 'direction'), _negated=True)), fields=('fir', 'clock'), name='firdeadline_one_running_of_the_case'),
        ),
        migrations.AddIndex(
            model_name='milestone',
            index=models.Index(fields=['fir', 'on', 'id'], name='milestone_fir'),
        ),
    ]
