import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0006_cctns'),
        ('kendras', '0003_rule_law_in_hindi'),
        ('kendras', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='question')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('state', models.CharField(choices=[('asked', 'Waits for the answer'), ('answered', 'Answered'), ('declined', 'Declined')], default='asked', max_length=8, verbose_name='state')),
                ('answer', models.CharField(blank=True, max_length=2000, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('once', models.UUIDField(editable=False, null=True, unique=True)),
            ],
            options={
                'verbose_name': 'question about an accused',
                'verbose_name_plural': 'questions about accused',
                'indexes': [models.Index(fields=['-asked_at', '-id'], name='question_state')],
            },
        ),
        migrations.AddField(
            model_name='document',
            name='milestone',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='complaints.milestone', verbose_name='event'),
        ),
        migrations.AddField(
            model_name='firdeadline',
            name='extended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='firdeadline',
            name='extended_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='firdeadline',
            name='extended_why',
            field=models.CharField(blank=True, max_length=500, verbose_name='why it was extended'),
        ),
        migrations.AddConstraint(
            model_name='firdeadline',
            constraint=models.CheckConstraint(condition=models.Q(('extended_by', None), models.Q(('due_at__gt', models.F('first_due_at')), models.Q(('extended_why', ''), _negated=True)), _connector='OR'), name='firdeadline_extended_with_reason'),
        ),
        migrations.AddField(
            model_name='question',
            name='answered_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='question',
            name='asked_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='question',
            name='circle',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='question',
            name='district',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='question',
            name='fir',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='complaints.fir'),
        ),
        migrations.AddField(
            model_name='question',
            name='from_thana',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='question',
            name='people',
            field=models.ManyToManyField(related_name='+', to='complaints.person'),
        ),
        migrations.AddField(
            model_name='question',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.person', verbose_name='accused'),
        ),
        migrations.AddField(
            model_name='question',
            name='police_range',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='question',
            name='thana',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='question',
            name='zone',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['thana', '-asked_at', '-id'], name='question_thana'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['circle', '-asked_at', '-id'], name='question_circle'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['district', '-asked_at', '-id'], name='question_district'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['police_range', '-asked_at', '-id'], name='question_police_range'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['zone', '-asked_at', '-id'], name='question_zone'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['from_thana', '-asked_at'], name='question_from'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('person', 'thana'), name='question_one_at_a_time'),
        ),
    ]
