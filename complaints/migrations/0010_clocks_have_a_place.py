import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0009_place_clocks_and_accused'),
    ]

    operations = [
        migrations.AddIndex(
            model_name="firdeadline",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce("met_at", "void_at"), name="firdeadline_ended"
            ),
        ),
        migrations.AlterField(
            model_name='firdeadline',
            name='thana',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AlterField(
            model_name='firdeadline',
            name='circle',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AlterField(
            model_name='firdeadline',
            name='district',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
        migrations.AlterField(
            model_name='firdeadline',
            name='zone',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kendras.unit'),
        ),
    ]
