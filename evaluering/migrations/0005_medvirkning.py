"""Who took part in a source becomes who was asked, of whatever it was: the rows and what
the history says of them stay."""

import django.db.models.deletion
import slt.grunn.rekkefolge
import slt.grunn.tekst
import slt.grunn.tid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluering', '0004_evalueringer'),
        ('slt', '0010_dokument_evaluering'),
        ('tiltak', '0016_runder_og_status'),
    ]

    operations = [
        migrations.RenameModel('Deltakergruppe', 'Medvirkning'),
        migrations.RenameModel('HistoriskDeltakergruppe', 'HistoriskMedvirkning'),
        migrations.AlterModelOptions(
            name='historiskmedvirkning',
            options={'get_latest_by': ('history_date', 'history_id'), 'ordering': ('-history_date', '-history_id'), 'verbose_name': 'medvirkning (historikk)', 'verbose_name_plural': 'medvirkning (historikk)'},
        ),
        migrations.AlterModelOptions(
            name='medvirkning',
            options={'ordering': ['kommune_id', 'kilde_id', 'plan_id', 'evaluering_id', 'rekkefolge', 'pk'], 'verbose_name': 'medvirkning', 'verbose_name_plural': 'medvirkning'},
        ),
        migrations.RemoveConstraint(
            model_name='medvirkning',
            name='deltakergruppe_egen_plass',
        ),
        migrations.RemoveConstraint(
            model_name='medvirkning',
            name='deltakergruppe_har_noen',
        ),
        migrations.RenameIndex(
            model_name='historiskmedvirkning',
            new_name='evaluering__history_611569_idx',
            old_name='evaluering__history_948744_idx',
        ),
        migrations.AddField(
            model_name='historiskmedvirkning',
            name='evaluering',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='evaluering.evaluering', verbose_name='evaluering'),
        ),
        migrations.AddField(
            model_name='historiskmedvirkning',
            name='fra_dato',
            field=slt.grunn.tid.Dag(blank=True, null=True, verbose_name='fra dato'),
        ),
        migrations.AddField(
            model_name='historiskmedvirkning',
            name='gruppe',
            field=models.CharField(choices=[('barn_og_unge', 'barn og unge'), ('foreldre', 'foreldre'), ('tjenester', 'tjenester'), ('politi', 'politi'), ('fylkeskommune', 'fylkeskommune'), ('frivillige', 'frivillige'), ('andre', 'andre')], default='andre', max_length=20, verbose_name='gruppe'),
        ),
        migrations.AddField(
            model_name='historiskmedvirkning',
            name='hvordan',
            field=models.CharField(blank=True, choices=[('intervju', 'intervju'), ('sporreskjema', 'spørreskjema'), ('mote', 'møte'), ('arbeidsverksted', 'arbeidsverksted'), ('horing', 'høring'), ('annet', 'annet')], max_length=20, verbose_name='hvordan'),
        ),
        migrations.AddField(
            model_name='historiskmedvirkning',
            name='kommune',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='slt.kommune', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='historiskmedvirkning',
            name='plan',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='tiltak.handlingsplan', verbose_name='plan'),
        ),
        migrations.AddField(
            model_name='historiskmedvirkning',
            name='sagt',
            field=slt.grunn.tekst.Fritekst(blank=True, help_text='Kort, med egne ord, og slik at ingen kan kjennes igjen. Ingen navn og ingenting om enkeltpersoner.', max_length=2000, verbose_name='hva de sa'),
        ),
        migrations.AddField(
            model_name='historiskmedvirkning',
            name='til_dato',
            field=slt.grunn.tid.Dag(blank=True, help_text='Er bare måneden kjent: den første og den siste dagen i den.', null=True, verbose_name='til og med dato'),
        ),
        migrations.AddField(
            model_name='medvirkning',
            name='evaluering',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='medvirkning', to='evaluering.evaluering', verbose_name='evaluering'),
        ),
        migrations.AddField(
            model_name='medvirkning',
            name='fra_dato',
            field=slt.grunn.tid.Dag(blank=True, null=True, verbose_name='fra dato'),
        ),
        migrations.AddField(
            model_name='medvirkning',
            name='gruppe',
            field=models.CharField(choices=[('barn_og_unge', 'barn og unge'), ('foreldre', 'foreldre'), ('tjenester', 'tjenester'), ('politi', 'politi'), ('fylkeskommune', 'fylkeskommune'), ('frivillige', 'frivillige'), ('andre', 'andre')], default='andre', max_length=20, verbose_name='gruppe'),
        ),
        migrations.AddField(
            model_name='medvirkning',
            name='hvordan',
            field=models.CharField(blank=True, choices=[('intervju', 'intervju'), ('sporreskjema', 'spørreskjema'), ('mote', 'møte'), ('arbeidsverksted', 'arbeidsverksted'), ('horing', 'høring'), ('annet', 'annet')], max_length=20, verbose_name='hvordan'),
        ),
        migrations.AddField(
            model_name='medvirkning',
            name='kommune',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='medvirkning', to='slt.kommune', verbose_name='kommune'),
        ),
        migrations.AddField(
            model_name='medvirkning',
            name='plan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='medvirkning', to='tiltak.handlingsplan', verbose_name='plan'),
        ),
        migrations.AddField(
            model_name='medvirkning',
            name='sagt',
            field=slt.grunn.tekst.Fritekst(blank=True, help_text='Kort, med egne ord, og slik at ingen kan kjennes igjen. Ingen navn og ingenting om enkeltpersoner.', max_length=2000, verbose_name='hva de sa'),
        ),
        migrations.AddField(
            model_name='medvirkning',
            name='til_dato',
            field=slt.grunn.tid.Dag(blank=True, help_text='Er bare måneden kjent: den første og den siste dagen i den.', null=True, verbose_name='til og med dato'),
        ),
        migrations.AlterField(
            model_name='historiskmedvirkning',
            name='merknad',
            field=slt.grunn.tekst.Fritekst(blank=True, help_text='For eksempel svarprosenten, eller hvordan når det er «annet».', max_length=200, verbose_name='merknad'),
        ),
        migrations.AlterField(
            model_name='historiskmedvirkning',
            name='rekkefolge',
            field=slt.grunn.rekkefolge.Rekkefolge(blank=True, default=None, innen=('kommune', 'kilde', 'plan', 'evaluering'), verbose_name='rekkefølge'),
        ),
        migrations.AlterField(
            model_name='medvirkning',
            name='kilde',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='medvirkning', to='evaluering.kilde', verbose_name='kilde'),
        ),
        migrations.AlterField(
            model_name='medvirkning',
            name='merknad',
            field=slt.grunn.tekst.Fritekst(blank=True, help_text='For eksempel svarprosenten, eller hvordan når det er «annet».', max_length=200, verbose_name='merknad'),
        ),
        migrations.AlterField(
            model_name='medvirkning',
            name='rekkefolge',
            field=slt.grunn.rekkefolge.Rekkefolge(blank=True, default=None, innen=('kommune', 'kilde', 'plan', 'evaluering'), verbose_name='rekkefølge'),
        ),
    ]
