import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluering', '0006_medvirkning_fylt'),
    ]

    operations = [
        migrations.AlterField(
            model_name='medvirkning',
            name='kommune',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='medvirkning', to='slt.kommune', verbose_name='kommune'),
        ),
        migrations.AddConstraint(
            model_name='medvirkning',
            constraint=models.UniqueConstraint(fields=('kilde', 'rekkefolge'), name='medvirkning_egen_plass_i_kilden', violation_error_message='En annen har allerede denne plassen.'),
        ),
        migrations.AddConstraint(
            model_name='medvirkning',
            constraint=models.UniqueConstraint(fields=('plan', 'rekkefolge'), name='medvirkning_egen_plass_i_planen', violation_error_message='En annen har allerede denne plassen.'),
        ),
        migrations.AddConstraint(
            model_name='medvirkning',
            constraint=models.UniqueConstraint(fields=('evaluering', 'rekkefolge'), name='medvirkning_egen_plass_i_evalueringen', violation_error_message='En annen har allerede denne plassen.'),
        ),
        migrations.AddConstraint(
            model_name='medvirkning',
            constraint=models.CheckConstraint(condition=models.Q(('til_dato', None), models.Q(('fra_dato__isnull', False), ('til_dato__gte', models.F('fra_dato'))), _connector='OR'), name='medvirkning_slutter_etter_start', violation_error_message='Det kan ikke slutte før det begynner.'),
        ),
        migrations.AddConstraint(
            model_name='medvirkning',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('evaluering', None), ('kilde__isnull', False), ('plan', None)), models.Q(('evaluering', None), ('kilde', None), ('plan__isnull', False)), models.Q(('evaluering__isnull', False), ('kilde', None), ('plan', None)), _connector='OR'), name='medvirkning_gjelder_en_ting', violation_error_message='Velg det de ble spurt om.'),
        ),
        migrations.AddConstraint(
            model_name='medvirkning',
            constraint=models.CheckConstraint(condition=models.Q(('antall', None), ('antall__gte', 1), _connector='OR'), name='medvirkning_har_noen', violation_error_message='Skriv et antall fra 1, eller la det stå tomt.'),
        ),
        migrations.AddConstraint(
            model_name='medvirkning',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hvordan', 'annet'), _negated=True), models.Q(('merknad', ''), _negated=True), _connector='OR'), name='medvirkning_annet_i_ord', violation_error_message='Skriv i merknaden hvordan de ble spurt, når det ikke er noe av det som kan velges.'),
        ),
        migrations.AddConstraint(
            model_name='medvirkning',
            constraint=models.CheckConstraint(condition=models.Q(('kilde', None), ('sagt', ''), _connector='OR'), name='medvirkning_i_en_kilde_er_funn', violation_error_message='Det en kilde fikk høre, skrives som funn ved kilden.'),
        ),
    ]
