import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0007_questions_extensions_papers'),
        ('kendras', '0003_rule_law_in_hindi'),
        ('kendras', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Accused',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('named_at', models.DateTimeField(verbose_name='named')),
                ('arrested_at', models.DateTimeField(null=True, verbose_name='arrested')),
                ('surrendered_at', models.DateTimeField(null=True, verbose_name='surrendered')),
                ('nbw_at', models.DateTimeField(null=True, verbose_name='Non-bailable warrant')),
            ],
            options={
                'verbose_name': 'accused',
                'verbose_name_plural': 'accused',
                'indexes': [models.Index(fields=['-named_at', '-id'], name='accused_state')],
            },
        ),
        migrations.AddField(
            model_name='firdeadline',
            name='circle',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='firdeadline',
            name='district',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='firdeadline',
            name='police_range',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='firdeadline',
            name='thana',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='firdeadline',
            name='zone',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddIndex(
            model_name='firdeadline',
            index=models.Index(fields=['thana', '-due_at', '-id'], name='firdeadline_thana'),
        ),
        migrations.AddField(
            model_name='accused',
            name='circle',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='accused',
            name='district',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='accused',
            name='fir',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accused', to='complaints.fir'),
        ),
        migrations.AddField(
            model_name='accused',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='standing', to='complaints.person'),
        ),
        migrations.AddField(
            model_name='accused',
            name='police_range',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='accused',
            name='thana',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddField(
            model_name='accused',
            name='zone',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AddIndex(
            model_name='accused',
            index=models.Index(fields=['thana', '-named_at', '-id'], name='accused_thana'),
        ),
        migrations.AddIndex(
            model_name='accused',
            index=models.Index(fields=['circle', '-named_at', '-id'], name='accused_circle'),
        ),
        migrations.AddIndex(
            model_name='accused',
            index=models.Index(fields=['district', '-named_at', '-id'], name='accused_district'),
        ),
        migrations.AddIndex(
            model_name='accused',
            index=models.Index(fields=['police_range', '-named_at', '-id'], name='accused_police_range'),
        ),
        migrations.AddIndex(
            model_name='accused',
            index=models.Index(fields=['zone', '-named_at', '-id'], name='accused_zone'),
        ),
    ]
