import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import slt.grunn.norsk
import slt.grunn.rekkefolge
import slt.grunn.tekst
import slt.grunn.tid
import tiltak.models.lest
import tiltak.models.plandeler
import tiltak.models.plasseringer
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("slt", "0001_squashed_2026_11_29"),
    ]

    operations = [
        migrations.CreateModel(
            name="Planrekke",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kommune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planrekker",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "navn",
                    slt.grunn.tekst.Fritekst(
                        help_text="Kort, for eksempel «SLT-planen» eller «Vold i nære relasjoner».",
                        max_length=60,
                        verbose_name="navn",
                    ),
                ),
                (
                    "slug",
                    slt.grunn.norsk.Slugg(
                        av_felt="navn",
                        blank=True,
                        editable=False,
                        innen=("kommune",),
                        max_length=60,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "hoved",
                    models.BooleanField(
                        default=False,
                        help_text="De korte adressene fører til planen som gjelder her.",
                        verbose_name="hovedrekke",
                    ),
                ),
            ],
            options={
                "verbose_name": "planrekke",
                "verbose_name_plural": "planrekker",
                "ordering": ["kommune_id", "-hoved", "navn__norsk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kommune", "navn"),
                        name="planrekke_navn_er_eget",
                        violation_error_message="Kommunen har allerede en slik planrekke.",
                    ),
                    models.UniqueConstraint(
                        fields=("kommune", "slug"),
                        name="planrekke_slug_er_egen",
                        violation_error_message="Adressen er allerede i bruk i kommunen.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("hoved", True)),
                        fields=("kommune",),
                        name="planrekke_en_hoved_per_kommune",
                        violation_error_message="Kommunen har allerede en hovedrekke.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handlingsplan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kommune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planer",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "rekke",
                    models.ForeignKey(
                        help_text="Planene som følger etter hverandre i tid.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planer",
                        to="tiltak.planrekke",
                        verbose_name="planrekke",
                    ),
                ),
                (
                    "del_av",
                    models.ForeignKey(
                        blank=True,
                        help_text="Planen denne er en del av, for eksempel et fireårig program.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deler",
                        to="tiltak.handlingsplan",
                        verbose_name="del av",
                    ),
                ),
                (
                    "slug",
                    slt.grunn.norsk.Slugg(
                        av_felt="onsket_slug",
                        blank=True,
                        editable=False,
                        innen=("kommune",),
                        max_length=80,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "tittel",
                    slt.grunn.tekst.Fritekst(max_length=200, verbose_name="tittel"),
                ),
                (
                    "fra_ar",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="fra år",
                    ),
                ),
                (
                    "til_ar",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="til år",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("utkast", "Utkast"),
                            ("gjeldende", "Gjeldende"),
                            ("avlost", "Avløst"),
                        ],
                        default="utkast",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "ingress",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Hva planen er, i to eller tre setninger. Står på forsiden.",
                        verbose_name="ingress",
                    ),
                ),
                (
                    "alder_fra",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="målgruppe fra alder"
                    ),
                ),
                (
                    "alder_til",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="målgruppe til og med alder"
                    ),
                ),
                (
                    "malgruppe_tekst",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Hvem planen ellers er for, for eksempel «og foreldrene deres».",
                        max_length=200,
                        verbose_name="målgruppe i ord",
                    ),
                ),
                (
                    "utarbeidet_av",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Tjenester og funksjoner, ikke navn på personer.",
                        verbose_name="utarbeidet av",
                    ),
                ),
                (
                    "bygger_pa",
                    models.ForeignKey(
                        blank=True,
                        help_text="Den forrige planen, når den også finnes her.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="avlost_av",
                        to="tiltak.handlingsplan",
                        verbose_name="bygger på",
                    ),
                ),
                (
                    "bygger_pa_tekst",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Den forrige planen, når den ikke finnes her.",
                        max_length=200,
                        verbose_name="bygger på (tekst)",
                    ),
                ),
                (
                    "vedtaksform",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("vedtatt", "Vedtatt"),
                            ("sluttet_seg_til", "Sluttet seg til"),
                            ("etterretning", "Tatt til etterretning"),
                        ],
                        max_length=20,
                        verbose_name="behandling",
                    ),
                ),
                (
                    "vedtatt_av",
                    slt.grunn.tekst.Fritekst(
                        blank=True, max_length=120, verbose_name="behandlet av"
                    ),
                ),
                (
                    "vedtatt_dato",
                    slt.grunn.tid.Dag(
                        blank=True, null=True, verbose_name="dato for behandlingen"
                    ),
                ),
                (
                    "vedtatt_sak",
                    slt.grunn.tekst.Fritekst(
                        blank=True, max_length=60, verbose_name="saksnummer"
                    ),
                ),
                (
                    "hull_er_publisert",
                    models.BooleanField(
                        default=False,
                        help_text="Uten hake er det bare koordinatorene som ser i ord hvor planen ikke har tiltak.",
                        verbose_name="vis hull i dekningen for alle",
                    ),
                ),
            ],
            options={
                "verbose_name": "handlingsplan",
                "verbose_name_plural": "handlingsplaner",
                "ordering": ["kommune_id", "-fra_ar"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("til_ar__gte", models.F("fra_ar"))),
                        name="handlingsplan_slutter_etter_start",
                        violation_error_message="Planen kan ikke slutte før den begynner.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alder_fra", None),
                            ("alder_til", None),
                            ("alder_til__gte", models.F("alder_fra")),
                            _connector="OR",
                        ),
                        name="handlingsplan_alder_i_rekkefolge",
                        violation_error_message="Målgruppen kan ikke slutte før den begynner.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("vedtaksform", ""), _negated=True),
                            models.Q(
                                ("vedtatt_av", ""),
                                ("vedtatt_dato", None),
                                ("vedtatt_sak", ""),
                            ),
                            _connector="OR",
                        ),
                        name="handlingsplan_behandling_har_form",
                        violation_error_message="Velg også hvordan planen ble behandlet: vedtatt, sluttet seg til eller tatt til etterretning.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "utkast"), _negated=True),
                            ("vedtaksform", ""),
                            _connector="OR",
                        ),
                        name="handlingsplan_utkast_er_ikke_behandlet",
                        violation_error_message="Et utkast er ikke behandlet. Registrer behandlingen i stedet.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "gjeldende")),
                        fields=("rekke",),
                        name="handlingsplan_en_gjeldende_per_rekke",
                        violation_error_message="En annen plan gjelder allerede. Den må avløses først.",
                    ),
                    models.UniqueConstraint(
                        fields=("rekke", "fra_ar", "til_ar"),
                        name="handlingsplan_en_per_periode",
                        violation_error_message="Det finnes allerede en plan for denne perioden.",
                    ),
                    models.UniqueConstraint(
                        fields=("kommune", "slug"),
                        name="handlingsplan_slug_er_egen",
                        violation_error_message="Kommunen har allerede en plan med denne adressen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("del_av", None),
                            models.Q(("del_av", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="handlingsplan_er_ikke_del_av_seg_selv",
                        violation_error_message="En plan kan ikke være del av seg selv.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Kapittel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kapitler",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "tittel",
                    slt.grunn.tekst.Fritekst(max_length=120, verbose_name="tittel"),
                ),
                (
                    "slug",
                    slt.grunn.norsk.Slugg(
                        av_felt="tittel",
                        blank=True,
                        editable=False,
                        innen=("plan",),
                        max_length=80,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("plan",),
                        verbose_name="rekkefølge",
                    ),
                ),
                (
                    "tekst",
                    slt.grunn.tekst.Fritekst(
                        bilder=True, rik=True, verbose_name="tekst"
                    ),
                ),
                (
                    "figur",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("slt_nivaer", "de tre nivåene i SLT-modellen"),
                            ("pyramide", "pyramiden med tiltak per forebyggingsnivå"),
                        ],
                        max_length=20,
                        help_text="Tegnes av det som står i planen, og følger den når den endres.",
                        verbose_name="figur",
                    ),
                ),
                (
                    "publisert",
                    tiltak.models.plandeler.Publisert(
                        blank=True,
                        default=None,
                        editable=False,
                        verbose_name="publisert",
                    ),
                ),
            ],
            options={
                "verbose_name": "kapittel",
                "verbose_name_plural": "kapitler",
                "ordering": ["plan_id", "rekkefolge", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "rekkefolge"),
                        name="kapittel_egen_plass",
                        violation_error_message="En annen har allerede denne plassen.",
                    ),
                    models.UniqueConstraint(
                        fields=("plan", "slug"),
                        name="kapittel_slug_er_egen",
                        violation_error_message="Planen har allerede et slikt kapittel.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Innsatsomrade",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="innsatsomrader",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                ("navn", slt.grunn.tekst.Fritekst(max_length=120, verbose_name="navn")),
                (
                    "kortnavn",
                    slt.grunn.tekst.Fritekst(
                        help_text="Brukes der områdene blandes: «Vold 4».",
                        max_length=20,
                        verbose_name="kortnavn",
                    ),
                ),
                (
                    "slug",
                    slt.grunn.norsk.Slugg(
                        av_felt="navn",
                        blank=True,
                        editable=False,
                        innen=("plan",),
                        max_length=80,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("plan",),
                        verbose_name="rekkefølge",
                    ),
                ),
                (
                    "tekst",
                    slt.grunn.tekst.Fritekst(
                        blank=True, rik=True, verbose_name="tekst"
                    ),
                ),
                (
                    "publisert",
                    tiltak.models.plandeler.Publisert(
                        blank=True,
                        default=None,
                        editable=False,
                        verbose_name="publisert",
                    ),
                ),
            ],
            options={
                "verbose_name": "innsatsområde",
                "verbose_name_plural": "innsatsområder",
                "ordering": ["plan_id", "rekkefolge", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "rekkefolge"),
                        name="innsatsomrade_egen_plass",
                        violation_error_message="En annen har allerede denne plassen.",
                    ),
                    models.UniqueConstraint(
                        fields=("plan", "slug"),
                        name="innsatsomrade_slug_er_egen",
                        violation_error_message="Planen har allerede dette innsatsområdet.",
                    ),
                    models.UniqueConstraint(
                        fields=("plan", "kortnavn"),
                        name="innsatsomrade_kortnavn_er_eget",
                        violation_error_message="Et annet innsatsområde har dette kortnavnet.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Styringsdokument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kommune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="styringsdokumenter",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="styringsdokumenter",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "tittel",
                    slt.grunn.tekst.Fritekst(max_length=200, verbose_name="tittel"),
                ),
                (
                    "art",
                    models.CharField(
                        choices=[
                            ("plan", "plan eller strategi"),
                            ("vedtak", "vedtak"),
                            ("avtale", "avtale"),
                            ("foring", "lov, konvensjon eller annen føring"),
                        ],
                        default="plan",
                        max_length=20,
                        verbose_name="art",
                    ),
                ),
                (
                    "forhold",
                    models.CharField(
                        choices=[
                            ("bygger_pa", "planen bygger på"),
                            ("ses_med", "planen må ses i sammenheng med"),
                        ],
                        default="ses_med",
                        max_length=20,
                        help_text="Hva dokumentet er for planen.",
                        verbose_name="forhold til planen",
                    ),
                ),
                (
                    "fra_ar",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="fra år",
                    ),
                ),
                (
                    "til_ar",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="til år",
                    ),
                ),
                (
                    "vedtatt",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Når dokumentet ble vedtatt, for eksempel «januar 2024».",
                        max_length=40,
                        verbose_name="vedtatt",
                    ),
                ),
                (
                    "revideres",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Når dokumentet revideres eller blir ferdig.",
                        max_length=40,
                        verbose_name="revideres",
                    ),
                ),
                (
                    "parter",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Hvem avtalen er mellom, eller hvem som vedtok dokumentet: organer og funksjoner, ikke navn på personer.",
                        max_length=200,
                        verbose_name="parter",
                    ),
                ),
                (
                    "inngatt",
                    slt.grunn.tid.Dag(
                        blank=True,
                        help_text="Dagen avtalen ble undertegnet, eller dokumentet ble vedtatt.",
                        null=True,
                        verbose_name="inngått",
                    ),
                ),
                (
                    "utloper",
                    slt.grunn.tid.Dag(
                        blank=True,
                        help_text="Siste dagen den gjelder. Tomt når ingen slutt er avtalt.",
                        null=True,
                        verbose_name="utløper",
                    ),
                ),
                (
                    "tekst",
                    slt.grunn.tekst.Fritekst(blank=True, verbose_name="hva det er"),
                ),
                (
                    "lenke",
                    slt.grunn.tekst.Nettadresse(
                        blank=True, max_length=500, verbose_name="lenke"
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("kommune", "plan"),
                        verbose_name="rekkefølge",
                    ),
                ),
            ],
            options={
                "verbose_name": "styringsdokument",
                "verbose_name_plural": "styringsdokumenter",
                "ordering": ["kommune_id", "plan_id", "rekkefolge", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kommune", "plan", "rekkefolge"),
                        name="styringsdokument_egen_plass",
                        violation_error_message="En annen har allerede denne plassen.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("plan", None)),
                        fields=("kommune", "rekkefolge"),
                        name="styringsdokument_egen_plass_uten_plan",
                        violation_error_message="En annen har allerede denne plassen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fra_ar", None),
                            ("til_ar", None),
                            ("til_ar__gte", models.F("fra_ar")),
                            _connector="OR",
                        ),
                        name="styringsdokument_slutter_etter_start",
                        violation_error_message="Perioden kan ikke slutte før den begynner.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("inngatt", None),
                            ("utloper", None),
                            ("utloper__gte", models.F("inngatt")),
                            _connector="OR",
                        ),
                        name="styringsdokument_utloper_etter_inngatt",
                        violation_error_message="Dokumentet kan ikke utløpe før det ble inngått.",
                    ),
                    models.UniqueConstraint(
                        fields=("plan", "tittel"),
                        name="styringsdokument_tittel_er_egen",
                        violation_error_message="Dokumentet står allerede i planen.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("plan", None)),
                        fields=("kommune", "tittel"),
                        name="styringsdokument_tittel_er_egen_uten_plan",
                        violation_error_message="Kommunen har allerede et slikt dokument.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tiltak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kommune",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tiltak",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tiltak",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "overordnet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deltiltak",
                        to="tiltak.tiltak",
                        verbose_name="del av tiltaket",
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        help_text="Mellom deltiltak av samme tiltak.",
                        innen=("overordnet",),
                        verbose_name="rekkefølge",
                    ),
                ),
                (
                    "tittel",
                    slt.grunn.tekst.Fritekst(max_length=200, verbose_name="tittel"),
                ),
                (
                    "slug",
                    slt.grunn.norsk.Slugg(
                        av_felt="tittel",
                        blank=True,
                        editable=False,
                        innen=("kommune", "plan"),
                        max_length=80,
                        verbose_name="kjennetegn",
                    ),
                ),
                (
                    "tekst",
                    slt.grunn.tekst.Fritekst(
                        blank=True, rik=True, verbose_name="beskrivelse"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planlagt", "planlagt"),
                            ("innforing", "under innføring"),
                            ("i_drift", "i drift"),
                            ("avsluttet", "avsluttet"),
                            ("overfort", "overført til fast struktur"),
                        ],
                        default="i_drift",
                        max_length=20,
                        help_text="Det som er avsluttet eller overført til fast struktur, blir stående i planen, merket som det.",
                        verbose_name="status",
                    ),
                ),
                (
                    "niva",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("universell", "universell"),
                            ("selektiv", "selektiv"),
                            ("indikativ", "indikativ"),
                        ],
                        max_length=20,
                        help_text="Universell: for alle. Selektiv: for grupper der flere enn ellers får vansker. Indikativ: for dem som allerede har vansker.",
                        verbose_name="forebyggingsnivå",
                    ),
                ),
                (
                    "niva_foreslatt",
                    models.BooleanField(
                        default=False,
                        help_text="Kommunen har ikke sagt seg enig ennå. Fjern haken når dere er det.",
                        verbose_name="nivået er foreslått",
                    ),
                ),
                (
                    "bti_fra",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(3)],
                        help_text="Nivåene i bedre tverrfaglig innsats, fra 0 til 3. 0: en uro avklares. 1: én tjeneste følger opp. 2: noen tjenester samarbeider. 3: mange samordner innsatsen.",
                        verbose_name="BTI-nivå fra",
                    ),
                ),
                (
                    "bti_til",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(3)],
                        help_text="Det samme tallet to ganger når det gjelder ett nivå.",
                        verbose_name="BTI-nivå til og med",
                    ),
                ),
                (
                    "nytt",
                    models.BooleanField(
                        default=False,
                        help_text="Det sto ikke i den forrige planen. Settes for hånd når den planen ikke finnes her.",
                        verbose_name="nytt tiltak",
                    ),
                ),
                (
                    "fra_dato",
                    slt.grunn.tid.Dag(blank=True, null=True, verbose_name="fra dato"),
                ),
                (
                    "til_dato",
                    slt.grunn.tid.Dag(
                        blank=True,
                        help_text="Tomt betyr hele planperioden.",
                        null=True,
                        verbose_name="til og med dato",
                    ),
                ),
                (
                    "unge_kan_kontakte",
                    models.BooleanField(default=False, verbose_name="barn og unge"),
                ),
                (
                    "foresatte_kan_kontakte",
                    models.BooleanField(default=False, verbose_name="foresatte"),
                ),
                (
                    "ansatte_kan_kontakte",
                    models.BooleanField(
                        default=False, verbose_name="ansatte og samarbeidspartnere"
                    ),
                ),
                (
                    "andre_kan_kontakte",
                    models.BooleanField(default=False, verbose_name="andre innbyggere"),
                ),
                (
                    "kontakt_merknad",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        max_length=300,
                        help_text="For eksempel «etter avtale med skolen».",
                        verbose_name="merknad om kontakt",
                    ),
                ),
                (
                    "forankring",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Ledere eller organer som har stilt seg bak tiltaket: funksjoner eller fora, ett på hver linje. Ikke navn på personer.",
                        verbose_name="forankret hos",
                    ),
                ),
                (
                    "ganger_fra",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        help_text="Hvor ofte det skjer, for eksempel 4 per år.",
                        verbose_name="ganger",
                    ),
                ),
                (
                    "ganger_til",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        help_text="Når antallet varierer, for eksempel fra 4 til 6.",
                        verbose_name="ganger, til",
                    ),
                ),
                (
                    "ganger_per",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("uke", "uke"),
                            ("maned", "måned"),
                            ("halvar", "halvår"),
                            ("ar", "år"),
                            ("skolear", "skoleår"),
                        ],
                        max_length=10,
                        verbose_name="per",
                    ),
                ),
                (
                    "uke",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(53),
                        ],
                        help_text="Når det skjer i samme uke hvert år.",
                        verbose_name="i uke",
                    ),
                ),
                (
                    "evalueres_dato",
                    slt.grunn.tid.Dag(
                        blank=True, null=True, verbose_name="dato for evaluering"
                    ),
                ),
                (
                    "evalueres_tekst",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Når tiltaket har en egen evaluering.",
                        max_length=200,
                        verbose_name="evaluering",
                    ),
                ),
                (
                    "publisert",
                    tiltak.models.plandeler.Publisert(
                        blank=True,
                        default=None,
                        editable=False,
                        verbose_name="publisert",
                    ),
                ),
            ],
            options={
                "verbose_name": "tiltak",
                "verbose_name_plural": "tiltak",
                "ordering": ["plan_id", "overordnet_id", "rekkefolge", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("overordnet", "rekkefolge"),
                        name="tiltak_deltiltak_egen_plass",
                        violation_error_message="En annen har allerede denne plassen.",
                    ),
                    models.UniqueConstraint(
                        fields=("plan", "slug"),
                        name="tiltak_slug_er_egen",
                        violation_error_message="Planen har allerede dette tiltaket.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("plan", None)),
                        fields=("kommune", "slug"),
                        name="tiltak_slug_er_egen_uten_plan",
                        violation_error_message="Kommunen har allerede dette tilbudet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("overordnet", None),
                            models.Q(("overordnet", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="tiltak_er_ikke_del_av_seg_selv",
                        violation_error_message="Et tiltak kan ikke være del av seg selv.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("niva", ""), ("niva_foreslatt", True), _negated=True
                        ),
                        name="tiltak_foreslatt_niva_er_satt",
                        violation_error_message="Velg nivået som er foreslått.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bti_fra", None), ("bti_til", None)),
                            models.Q(
                                ("bti_fra__lte", models.F("bti_til")),
                                ("bti_til__lte", 3),
                            ),
                            _connector="OR",
                        ),
                        name="tiltak_bti_i_rekkefolge",
                        violation_error_message="Fyll ut begge BTI-nivåene, fra 0 til 3, det laveste først.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fra_dato", None),
                            ("til_dato", None),
                            ("til_dato__gte", models.F("fra_dato")),
                            _connector="OR",
                        ),
                        name="tiltak_slutter_etter_start",
                        violation_error_message="Tiltaket kan ikke slutte før det begynner.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ganger_fra", None), ("ganger_til", None)),
                            models.Q(
                                ("ganger_fra__gte", 1),
                                models.Q(("ganger_per", ""), _negated=True),
                                models.Q(
                                    ("ganger_til", None),
                                    ("ganger_til__gte", models.F("ganger_fra")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="tiltak_gjentas_forstaelig",
                        violation_error_message="Si hvor mange ganger og per hva, det minste tallet først.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("uke", None), ("uke__range", (1, 53)), _connector="OR"
                        ),
                        name="tiltak_uke_finnes",
                        violation_error_message="Ukene går fra 1 til 53.",
                    ),
                ],
            },
            bases=(tiltak.models.lest.SomLest, models.Model),
        ),
        migrations.CreateModel(
            name="Malsetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="malsettinger",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "innsatsomrade",
                    models.ForeignKey(
                        blank=True,
                        help_text="Tomt når målsettingen gjelder hele planen.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="malsettinger",
                        to="tiltak.innsatsomrade",
                        verbose_name="innsatsområde",
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="malsettinger",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("visjon", "visjon"),
                            ("hovedmal", "hovedmål"),
                            ("strategi", "strategi"),
                            ("resultatmal", "resultatmål"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                ("tekst", slt.grunn.tekst.Fritekst(verbose_name="tekst")),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("plan", "innsatsomrade", "tiltak"),
                        verbose_name="rekkefølge",
                    ),
                ),
            ],
            options={
                "verbose_name": "målsetting",
                "verbose_name_plural": "målsettinger",
                "ordering": ["plan_id", "rekkefolge", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("innsatsomrade", None), ("tiltak", None)),
                        fields=("plan", "rekkefolge"),
                        name="malsetting_egen_plass_i_planen",
                        violation_error_message="En annen har allerede denne plassen.",
                    ),
                    models.UniqueConstraint(
                        fields=("innsatsomrade", "rekkefolge"),
                        name="malsetting_egen_plass_i_omradet",
                        violation_error_message="En annen har allerede denne plassen.",
                    ),
                    models.UniqueConstraint(
                        fields=("tiltak", "rekkefolge"),
                        name="malsetting_egen_plass_i_tiltaket",
                        violation_error_message="En annen har allerede denne plassen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("innsatsomrade", None), ("tiltak", None), _connector="OR"
                        ),
                        name="malsetting_gjelder_ett",
                        violation_error_message="Målsettingen kan gjelde et innsatsområde eller et tiltak, ikke begge.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plassering",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plasseringer",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "innsatsomrade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plasseringer",
                        to="tiltak.innsatsomrade",
                        verbose_name="innsatsområde",
                    ),
                ),
                (
                    "nummer",
                    tiltak.models.plasseringer.Nummer(
                        blank=True,
                        default=None,
                        innen=("innsatsomrade",),
                        verbose_name="nummer",
                    ),
                ),
                (
                    "plan",
                    tiltak.models.plasseringer.OmradetsPlan(
                        blank=True,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plasseringer",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "hoved",
                    models.BooleanField(
                        default=True,
                        help_text="Står tiltaket flere steder i en plan, er det her det hører til: derfra har det nummeret og adressen sin.",
                        verbose_name="hovedplassering",
                    ),
                ),
                (
                    "merknad",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Det som bare gjelder på denne plassen.",
                        max_length=300,
                        verbose_name="merknad her",
                    ),
                ),
                (
                    "forankring",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Når det er hos andre enn ellers. Én på hver linje, ikke navn.",
                        verbose_name="forankret her hos",
                    ),
                ),
            ],
            options={
                "verbose_name": "plassering",
                "verbose_name_plural": "plasseringer",
                "ordering": ["-hoved", "innsatsomrade_id", "nummer"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("innsatsomrade", "nummer"),
                        name="plassering_nummer_er_eget",
                        violation_error_message="Nummeret er allerede i bruk i området.",
                    ),
                    models.UniqueConstraint(
                        fields=("tiltak", "innsatsomrade"),
                        name="plassering_en_per_innsatsomrade",
                        violation_error_message="Tiltaket står allerede i dette området.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("hoved", True)),
                        fields=("tiltak", "plan"),
                        name="plassering_en_hoved_per_plan",
                        violation_error_message="Tiltaket har allerede en hovedplassering i planen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nummer__gte", 1)),
                        name="plassering_nummer_fra_en",
                        violation_error_message="Numrene begynner på 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tjeneste",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("navn", slt.grunn.tekst.Fritekst(max_length=120, verbose_name="navn")),
                (
                    "slug",
                    slt.grunn.norsk.Slugg(
                        av_felt="navn",
                        blank=True,
                        editable=False,
                        innen=("kommune",),
                        max_length=80,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "kommune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tjenester",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "kortnavn",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Forkortelsen folk bruker: PPT, HFU, BUP.",
                        max_length=20,
                        verbose_name="kortnavn",
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("kommunal", "kommunal tjeneste"),
                            ("funksjon", "funksjon"),
                            ("team", "team eller samarbeid"),
                            ("politi", "politiet"),
                            ("fylke", "fylkeskommunen"),
                            ("stat", "staten"),
                            ("interkommunal", "interkommunal tjeneste"),
                            ("helseforetak", "helseforetak"),
                            ("stiftelse", "stiftelse"),
                            ("frivillig", "frivillig organisasjon"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "overordnet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="underordnede",
                        to="tiltak.tjeneste",
                        help_text="Avdelingen eller virksomheten denne er en del av.",
                        verbose_name="overordnet tjeneste",
                    ),
                ),
                (
                    "tekst",
                    slt.grunn.tekst.Fritekst(
                        blank=True, verbose_name="hva tjenesten gjør"
                    ),
                ),
                (
                    "andre_navn",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Navn som folk søker etter, med komma mellom.",
                        max_length=200,
                        verbose_name="andre navn",
                    ),
                ),
                (
                    "svaransvarlig",
                    slt.grunn.tekst.Epost(
                        blank=True,
                        help_text="E-postadressen til funksjonen som svarer for tjenesten. Bare SLT-koordinatoren ser den.",
                        max_length=254,
                        verbose_name="svaransvarlig",
                    ),
                ),
                (
                    "nedlagt",
                    slt.grunn.tid.KommetDag(
                        blank=True,
                        null=True,
                        help_text="Dagen den ble lagt ned. Tiltakene den har ansvar for, trenger da en annen.",
                        verbose_name="nedlagt",
                    ),
                ),
            ],
            options={
                "verbose_name": "tjeneste",
                "verbose_name_plural": "tjenester",
                "ordering": ["kommune_id", "navn__norsk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kommune", "navn"),
                        name="tjeneste_navn_er_eget",
                        violation_error_message="Navnet er allerede i bruk i kommunen.",
                    ),
                    models.UniqueConstraint(
                        fields=("kommune", "slug"),
                        name="tjeneste_slug_er_egen",
                        violation_error_message="Adressen er allerede i bruk i kommunen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("overordnet", None),
                            models.Q(("overordnet", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="tjeneste_er_ikke_sin_egen_overordnede",
                        violation_error_message="En tjeneste kan ikke være over seg selv.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Kontaktpunkt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "tjeneste",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kontaktpunkter",
                        to="tiltak.tjeneste",
                        verbose_name="tjeneste",
                    ),
                ),
                (
                    "sted",
                    models.ForeignKey(
                        blank=True,
                        help_text="Når kontaktpunktet bare gjelder ett sted.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kontaktpunkter",
                        to="slt.sted",
                        verbose_name="sted",
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("telefon", "telefon"),
                            ("sms", "SMS"),
                            ("epost", "e-post"),
                            ("nett", "nettside eller skjema"),
                            ("teams", "Teams"),
                            ("oppmote", "oppmøte"),
                            ("fremgangsmate", "fremgangsmåte"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "verdi",
                    slt.grunn.tekst.Fritekst(
                        help_text="Telefonnummeret, e-postadressen eller nettadressen. Ved oppmøte og fremgangsmåte: hvor eller hvordan.",
                        max_length=300,
                        verbose_name="nummer, adresse eller fremgangsmåte",
                    ),
                ),
                (
                    "etikett",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="For eksempel «vakttelefonen».",
                        max_length=80,
                        verbose_name="hva det kalles",
                    ),
                ),
                (
                    "instruks",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="For eksempel «be om forebyggende avdeling».",
                        max_length=300,
                        verbose_name="instruks",
                    ),
                ),
                (
                    "ved_ikke_svar",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="For eksempel «send SMS til samme nummer».",
                        max_length=300,
                        verbose_name="hvis ingen svarer",
                    ),
                ),
                (
                    "apningstid_tekst",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="For eksempel «etter avtale» eller «stengt i skoleferiene».",
                        max_length=200,
                        verbose_name="åpningstid i ord",
                    ),
                ),
                (
                    "person",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Bare når det ikke finnes en funksjon å kontakte. Vises aldri for alle.",
                        max_length=100,
                        verbose_name="navn på kontakt",
                    ),
                ),
                (
                    "synlighet",
                    models.CharField(
                        choices=[
                            ("offentlig", "alle"),
                            ("tjenester", "ansatte og samarbeidspartnere"),
                            ("koordinator", "bare SLT-koordinatoren"),
                        ],
                        default="offentlig",
                        max_length=20,
                        help_text="Ansatte og samarbeidspartnere må vise hvem de er, eller ha fått en lenke, for å se det som ikke er for alle.",
                        verbose_name="hvem ser det",
                    ),
                ),
                (
                    "hoved",
                    models.BooleanField(
                        default=True,
                        help_text="Vises på alle tiltak der ikke andre kontaktpunkter er valgt.",
                        verbose_name="hovedkontakt",
                    ),
                ),
                (
                    "akutt",
                    models.BooleanField(
                        default=False,
                        help_text="Nummeret står sammen med 112 og 113 på alle sider. Det er for barnevernsvakten.",
                        verbose_name="i akuttstripen",
                    ),
                ),
                (
                    "bekreftet",
                    slt.grunn.tid.Dag(
                        blank=True,
                        null=True,
                        help_text="Dagen noen fikk vite at dette stemmer.",
                        verbose_name="sist bekreftet",
                    ),
                ),
                (
                    "bekreftet_hvordan",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("telefon", "på telefon"),
                            ("epost", "på e-post"),
                            ("mote", "i møte"),
                            ("nettside", "på tjenestens nettside"),
                            ("lenke", "av tjenesten selv, med lenke"),
                        ],
                        max_length=20,
                        verbose_name="bekreftet hvordan",
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("tjeneste",),
                        verbose_name="rekkefølge",
                    ),
                ),
            ],
            options={
                "verbose_name": "kontaktpunkt",
                "verbose_name_plural": "kontaktpunkter",
                "ordering": ["tjeneste_id", "rekkefolge", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tjeneste", "rekkefolge"),
                        name="kontaktpunkt_egen_plass",
                        violation_error_message="En annen har allerede denne plassen.",
                    ),
                    models.UniqueConstraint(
                        fields=("tjeneste", "type", "verdi"),
                        name="kontaktpunkt_star_en_gang",
                        violation_error_message="Tjenesten har allerede dette kontaktpunktet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person", ""),
                            models.Q(("synlighet", "offentlig"), _negated=True),
                            _connector="OR",
                        ),
                        name="kontaktpunkt_person_er_aldri_offentlig",
                        violation_error_message="Et kontaktpunkt med navn på en person kan ikke vises for alle.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("akutt", False),
                            models.Q(("synlighet", "offentlig"), ("type", "telefon")),
                            _connector="OR",
                        ),
                        name="kontaktpunkt_akutt_er_offentlig_telefon",
                        violation_error_message="I akuttstripen kan bare en telefon som vises for alle stå.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bekreftet", None), ("bekreftet_hvordan", "")),
                            models.Q(
                                models.Q(("bekreftet", None), _negated=True),
                                models.Q(("bekreftet_hvordan", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="kontaktpunkt_bekreftet_hvordan",
                        violation_error_message="Oppgi både når og hvordan kontaktpunktet ble bekreftet.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Apningstid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kontaktpunkt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="apningstider",
                        to="tiltak.kontaktpunkt",
                        verbose_name="kontaktpunkt",
                    ),
                ),
                (
                    "fra_dag",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "mandag"),
                            (1, "tirsdag"),
                            (2, "onsdag"),
                            (3, "torsdag"),
                            (4, "fredag"),
                            (5, "lørdag"),
                            (6, "søndag"),
                        ],
                        verbose_name="fra dag",
                    ),
                ),
                (
                    "til_dag",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "mandag"),
                            (1, "tirsdag"),
                            (2, "onsdag"),
                            (3, "torsdag"),
                            (4, "fredag"),
                            (5, "lørdag"),
                            (6, "søndag"),
                        ],
                        verbose_name="til og med dag",
                    ),
                ),
                ("apner", slt.grunn.tid.Klokkeslett(verbose_name="åpner")),
                (
                    "stenger",
                    slt.grunn.tid.Klokkeslett(
                        help_text="Før eller lik åpningstiden betyr neste dag: 20.00–02.00.",
                        verbose_name="stenger",
                    ),
                ),
                (
                    "uker",
                    models.CharField(
                        choices=[
                            ("alle", "alle uker"),
                            ("partall", "uker med partall"),
                            ("oddetall", "uker med oddetall"),
                        ],
                        default="alle",
                        max_length=10,
                        help_text="Velg annet enn alle når det bare er åpent annenhver uke.",
                        verbose_name="uker",
                    ),
                ),
                (
                    "gjelder",
                    models.CharField(
                        choices=[
                            ("alltid", "hele året"),
                            ("skoleuker", "i skoleuker"),
                            ("skoleferie", "i skoleferier"),
                        ],
                        default="alltid",
                        max_length=10,
                        verbose_name="gjelder",
                    ),
                ),
            ],
            options={
                "verbose_name": "åpningstid",
                "verbose_name_plural": "åpningstider",
                "ordering": ["kontaktpunkt_id", "fra_dag", "apner"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("til_dag__gte", models.F("fra_dag"))),
                        name="apningstid_dager_i_rekkefolge",
                        violation_error_message="Siste dag kan ikke komme før første dag i uken.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Malgruppe",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "plassering",
                    models.ForeignKey(
                        blank=True,
                        help_text="Tomt betyr overalt der det ikke er sagt noe annet.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="tiltak.plassering",
                        verbose_name="gjelder bare på",
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="malgrupper",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "tekst",
                    slt.grunn.tekst.Fritekst(
                        max_length=200,
                        help_text="For eksempel «elever på ungdomstrinnet».",
                        verbose_name="hvem",
                    ),
                ),
                (
                    "alder_fra",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(120)],
                        help_text="Uten alder gjelder det alle aldre.",
                        verbose_name="fra alder",
                    ),
                ),
                (
                    "alder_til",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(120)],
                        verbose_name="til og med alder",
                    ),
                ),
                (
                    "trinn_fra",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1–10 i grunnskolen, 11–13 for vg1–vg3.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(13),
                        ],
                        verbose_name="fra trinn",
                    ),
                ),
                (
                    "trinn_til",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(13),
                        ],
                        verbose_name="til og med trinn",
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("tiltak",),
                        verbose_name="rekkefølge",
                    ),
                ),
            ],
            options={
                "verbose_name": "målgruppe",
                "verbose_name_plural": "målgrupper",
                "ordering": ["tiltak_id", "rekkefolge", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tiltak", "rekkefolge"),
                        name="malgruppe_egen_plass",
                        violation_error_message="En annen har allerede denne plassen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alder_fra", None),
                            ("alder_til", None),
                            ("alder_til__gte", models.F("alder_fra")),
                            _connector="OR",
                        ),
                        name="malgruppe_alder_i_rekkefolge",
                        violation_error_message="Alderen kan ikke slutte før den begynner.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("trinn_fra", None),
                            ("trinn_til", None),
                            ("trinn_til__gte", models.F("trinn_fra")),
                            _connector="OR",
                        ),
                        name="malgruppe_trinn_i_rekkefolge",
                        violation_error_message="Trinnet kan ikke slutte før det begynner.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ansvar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "plassering",
                    models.ForeignKey(
                        blank=True,
                        help_text="Tomt betyr overalt der det ikke er sagt noe annet.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="tiltak.plassering",
                        verbose_name="gjelder bare på",
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ansvar",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "tjeneste",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ansvar",
                        to="tiltak.tjeneste",
                        verbose_name="tjeneste",
                    ),
                ),
                (
                    "rolle",
                    models.CharField(
                        choices=[
                            ("ansvarlig", "ansvarlig"),
                            ("medansvarlig", "medansvarlig"),
                            ("gjennomforer", "gjennomfører"),
                            ("samarbeidspart", "samarbeidspart"),
                        ],
                        default="ansvarlig",
                        max_length=20,
                        help_text="Ansvarlig svarer for tiltaket, og medansvarlig deler det ansvaret. Gjennomfører gjør arbeidet, og samarbeidspart bidrar.",
                        verbose_name="rolle",
                    ),
                ),
                (
                    "merknad",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="For eksempel «den enkelte videregående skole».",
                        max_length=200,
                        verbose_name="merknad",
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("tiltak",),
                        verbose_name="rekkefølge",
                    ),
                ),
            ],
            options={
                "verbose_name": "ansvar",
                "verbose_name_plural": "ansvar",
                "ordering": ["tiltak_id", "rekkefolge", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tiltak", "rekkefolge"),
                        name="ansvar_egen_plass",
                        violation_error_message="En annen har allerede denne plassen.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("plassering", None)),
                        fields=("tiltak", "tjeneste"),
                        name="ansvar_en_gang_per_tjeneste",
                        violation_error_message="Tjenesten er allerede ført opp.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("plassering__isnull", False)),
                        fields=("plassering", "tjeneste"),
                        name="ansvar_en_gang_per_plassering",
                        violation_error_message="Tjenesten er allerede ført opp her.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnsvarKontaktpunkt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "ansvar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kontaktvalg",
                        to="tiltak.ansvar",
                        verbose_name="ansvar",
                    ),
                ),
                (
                    "kontaktpunkt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="valgt_for",
                        to="tiltak.kontaktpunkt",
                        verbose_name="kontaktpunkt",
                    ),
                ),
            ],
            options={
                "verbose_name": "valgt kontaktpunkt",
                "verbose_name_plural": "valgte kontaktpunkter",
                "ordering": ["ansvar_id", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ansvar", "kontaktpunkt"),
                        name="ansvarkontaktpunkt_en_gang",
                        violation_error_message="Kontaktpunktet er allerede valgt.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Lenke",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lenker",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "tittel",
                    slt.grunn.tekst.Fritekst(max_length=120, verbose_name="tittel"),
                ),
                (
                    "adresse",
                    slt.grunn.tekst.Nettadresse(
                        max_length=500, verbose_name="nettadresse"
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("tiltak",),
                        verbose_name="rekkefølge",
                    ),
                ),
            ],
            options={
                "verbose_name": "lenke",
                "verbose_name_plural": "lenker",
                "ordering": ["tiltak_id", "rekkefolge", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tiltak", "rekkefolge"),
                        name="lenke_egen_plass",
                        violation_error_message="En annen har allerede denne plassen.",
                    ),
                    models.UniqueConstraint(
                        fields=("tiltak", "adresse"),
                        name="lenke_en_gang",
                        violation_error_message="Lenken er allerede ført opp.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TiltakLokalomrade",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lokalomradevalg",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "lokalomrade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tiltakvalg",
                        to="slt.lokalomrade",
                        verbose_name="lokalområde",
                    ),
                ),
            ],
            options={
                "verbose_name": "lokalområde for tiltak",
                "verbose_name_plural": "lokalområder for tiltak",
                "ordering": ["tiltak_id", "lokalomrade__navn__norsk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tiltak", "lokalomrade"),
                        name="tiltaklokalomrade_en_gang",
                        violation_error_message="Lokalområdet er allerede ført opp.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tema",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("navn", slt.grunn.tekst.Fritekst(max_length=120, verbose_name="navn")),
                (
                    "slug",
                    slt.grunn.norsk.Slugg(
                        av_felt="navn",
                        blank=True,
                        editable=False,
                        innen=("kommune",),
                        max_length=80,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "kommune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="temaer",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "sokeord",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Ord folk søker med når de leter etter tiltak om dette, med komma mellom, for eksempel «skulk, skulker, skulket». De vises ikke på sidene.",
                        verbose_name="søkeord",
                    ),
                ),
            ],
            options={
                "verbose_name": "tema",
                "verbose_name_plural": "temaer",
                "ordering": ["kommune_id", "navn__norsk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kommune", "navn"),
                        name="tema_navn_er_eget",
                        violation_error_message="Navnet er allerede i bruk i kommunen.",
                    ),
                    models.UniqueConstraint(
                        fields=("kommune", "slug"),
                        name="tema_slug_er_egen",
                        violation_error_message="Adressen er allerede i bruk i kommunen.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TiltakTema",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="temavalg",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "tema",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tiltakvalg",
                        to="tiltak.tema",
                        verbose_name="tema",
                    ),
                ),
            ],
            options={
                "verbose_name": "tema for tiltak",
                "verbose_name_plural": "temaer for tiltak",
                "ordering": ["tiltak_id", "tema__navn__norsk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tiltak", "tema"),
                        name="tiltaktema_en_gang",
                        violation_error_message="Temaet er allerede ført opp.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Horing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="horinger",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "fra",
                    slt.grunn.tid.Dag(
                        default=django.utils.timezone.localdate,
                        verbose_name="fra og med",
                    ),
                ),
                (
                    "til",
                    slt.grunn.tid.Dag(
                        help_text="Den siste dagen teller med.", verbose_name="frist"
                    ),
                ),
                (
                    "sporsmal",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="For eksempel «Er noe glemt? Stemmer det som står om dere?»",
                        max_length=1000,
                        verbose_name="hva dere spør om",
                    ),
                ),
            ],
            options={
                "verbose_name": "høring",
                "verbose_name_plural": "høringer",
                "ordering": ["plan_id", "-fra", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("til__gte", models.F("fra"))),
                        name="horing_slutter_etter_start",
                        violation_error_message="Fristen kan ikke være før den første dagen.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Planlenke",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "fra",
                    slt.grunn.tid.Dag(
                        default=django.utils.timezone.localdate,
                        verbose_name="fra og med",
                    ),
                ),
                (
                    "til",
                    slt.grunn.tid.Dag(
                        blank=True,
                        help_text="Tomt betyr at det gjelder til det avsluttes.",
                        null=True,
                        verbose_name="til og med",
                    ),
                ),
                (
                    "avtrykk",
                    models.CharField(editable=False, max_length=64, unique=True),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="planlenker",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "horing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="planlenker",
                        to="tiltak.horing",
                        verbose_name="høring",
                    ),
                ),
                (
                    "mottaker",
                    slt.grunn.tekst.Fritekst(
                        help_text="For eksempel «Ungdomsrådet». Ikke navn på personer.",
                        max_length=100,
                        verbose_name="hvem lenken er til",
                    ),
                ),
            ],
            options={
                "verbose_name": "lenke til utkast",
                "verbose_name_plural": "lenker til utkast",
                "ordering": ["plan_id", "mottaker__norsk", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("til", None),
                            ("til__gte", models.F("fra")),
                            _connector="OR",
                        ),
                        name="planlenke_slutter_etter_start",
                        violation_error_message="Den siste dagen kan ikke være før den første.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Innspill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="innspill",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="innspill",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "kapittel",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="innspill",
                        to="tiltak.kapittel",
                        verbose_name="kapittel",
                    ),
                ),
                (
                    "gjelder",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Som det het da innspillet kom. Tomt er hele planen.",
                        max_length=250,
                        verbose_name="hva det gjelder",
                    ),
                ),
                (
                    "fra",
                    slt.grunn.tekst.Fritekst(
                        help_text="En tjeneste, et forum eller en funksjon. Ikke navn på personer.",
                        max_length=120,
                        verbose_name="hvem det er fra",
                    ),
                ),
                (
                    "tekst",
                    slt.grunn.tekst.Fritekst(max_length=5000, verbose_name="innspill"),
                ),
                (
                    "mottatt",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="mottatt"
                    ),
                ),
                (
                    "vei",
                    models.CharField(
                        choices=[
                            ("innlogget", "fra en som er logget inn"),
                            ("lenke", "ved lenke"),
                            ("fort_inn", "ført inn av koordinatoren"),
                        ],
                        max_length=20,
                        verbose_name="hvordan det kom",
                    ),
                ),
                (
                    "journalnummer",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Når innspillet er journalført i sakssystemet.",
                        max_length=60,
                        verbose_name="journalnummer",
                    ),
                ),
                (
                    "horing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="innspill",
                        to="tiltak.horing",
                        verbose_name="høring",
                    ),
                ),
                (
                    "planlenke",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="innspill",
                        to="tiltak.planlenke",
                        verbose_name="lenke",
                    ),
                ),
                (
                    "bruker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="innspill",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bruker",
                    ),
                ),
                (
                    "vurdering",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("folges", "tatt til følge"),
                            ("delvis", "delvis tatt til følge"),
                            ("folges_ikke", "ikke tatt til følge"),
                            ("orientering", "tatt til orientering"),
                        ],
                        max_length=20,
                        verbose_name="vurdering",
                    ),
                ),
                (
                    "svar",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="En setning om hva som ble gjort, og hvorfor.",
                        max_length=1000,
                        verbose_name="svar",
                    ),
                ),
            ],
            options={
                "verbose_name": "innspill",
                "verbose_name_plural": "innspill",
                "ordering": ["plan_id", "mottatt", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tiltak", None), ("kapittel", None), _connector="OR"
                        ),
                        name="innspill_gjelder_ett",
                        violation_error_message="Velg tiltak eller kapittel, ikke begge.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("svar", ""), ("vurdering", "")),
                            models.Q(
                                models.Q(("vurdering", ""), _negated=True),
                                models.Q(("svar", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="innspill_besvares_helt",
                        violation_error_message="Velg en vurdering og skriv et svar, eller la begge stå tomme.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Overgang",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "ny_plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="overganger",
                        to="tiltak.handlingsplan",
                        verbose_name="ny plan",
                    ),
                ),
                (
                    "fra",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overganger_fra",
                        to="tiltak.tiltak",
                        verbose_name="tiltaket i den forrige planen",
                    ),
                ),
                (
                    "til",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="overganger_til",
                        to="tiltak.tiltak",
                        verbose_name="tiltaket i den nye planen",
                    ),
                ),
                (
                    "valg",
                    models.CharField(
                        choices=[
                            ("viderefores", "videreføres"),
                            ("endres", "videreføres og endres"),
                            ("slas_sammen", "slås sammen med et annet"),
                            ("deles", "deles i to"),
                            ("avsluttes", "avsluttes"),
                            ("overfores", "overføres til fast struktur"),
                        ],
                        max_length=20,
                        verbose_name="hva som skjer",
                    ),
                ),
                (
                    "sammen_med",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tiltak.tiltak",
                        verbose_name="slås sammen med",
                    ),
                ),
                (
                    "begrunnelse",
                    slt.grunn.tekst.Fritekst(
                        blank=True, max_length=300, verbose_name="begrunnelse"
                    ),
                ),
            ],
            options={
                "verbose_name": "overgang",
                "verbose_name_plural": "overganger",
                "ordering": ["ny_plan_id", "fra_id", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ny_plan", "fra", "til"),
                        name="overgang_en_gang",
                        violation_error_message="Overgangen er allerede ført opp.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("til", None)),
                        fields=("ny_plan", "fra"),
                        name="overgang_ett_valg_om_gangen",
                        violation_error_message="Det er allerede valgt hva som skjer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("til", None),
                            models.Q(
                                ("valg__in", ["avsluttes", "overfores"]), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="overgang_det_som_slutter_blir_ikke_noe",
                        violation_error_message="Et tiltak som slutter, blir ikke et nytt tiltak.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("valg", "slas_sammen"), _negated=True),
                            ("sammen_med__isnull", False),
                            _connector="OR",
                        ),
                        name="overgang_sier_hva_det_slas_sammen_med",
                        violation_error_message="Si hvilket tiltak det slås sammen med.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tjenesteredaktor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "fra",
                    slt.grunn.tid.Dag(
                        default=django.utils.timezone.localdate,
                        verbose_name="fra og med",
                    ),
                ),
                (
                    "til",
                    slt.grunn.tid.Dag(
                        blank=True,
                        help_text="Tomt betyr at det gjelder til det avsluttes.",
                        null=True,
                        verbose_name="til og med",
                    ),
                ),
                (
                    "bruker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redaktor_for",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bruker",
                    ),
                ),
                (
                    "tjeneste",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redaktorer",
                        to="tiltak.tjeneste",
                        verbose_name="tjeneste",
                    ),
                ),
            ],
            options={
                "verbose_name": "redaktør",
                "verbose_name_plural": "redaktører",
                "ordering": ["tjeneste_id", "bruker_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("til", None),
                            ("til__gte", models.F("fra")),
                            _connector="OR",
                        ),
                        name="tjenesteredaktor_slutter_etter_start",
                        violation_error_message="Den siste dagen kan ikke være før den første.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("til", None)),
                        fields=("bruker", "tjeneste"),
                        name="tjenesteredaktor_en_lopende",
                        violation_error_message="Brukeren er allerede redaktør her.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Registrering",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registreringer",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "dokument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registreringer",
                        to="slt.dokument",
                        verbose_name="dokument",
                    ),
                ),
                (
                    "tid",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="registrert"
                    ),
                ),
                (
                    "behandling",
                    slt.grunn.tekst.Fritekst(
                        blank=True, max_length=300, verbose_name="behandling"
                    ),
                ),
                (
                    "samling",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, verbose_name="endret sammen"
                    ),
                ),
                (
                    "trukket",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="trukket tilbake"
                    ),
                ),
                (
                    "hvorfor_trukket",
                    slt.grunn.tekst.Fritekst(
                        blank=True, max_length=300, verbose_name="hvorfor"
                    ),
                ),
            ],
            options={
                "verbose_name": "registrert behandling",
                "verbose_name_plural": "registrerte behandlinger",
                "ordering": ["plan_id", "-tid", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("trukket", None)),
                        fields=("plan",),
                        name="registrering_en_som_star",
                        violation_error_message="Behandlingen er registrert allerede.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hvorfor_trukket", ""), ("trukket", None)),
                            models.Q(
                                ("trukket__isnull", False),
                                models.Q(("hvorfor_trukket", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="registrering_trekkes_med_grunn",
                        violation_error_message="Skriv hvorfor registreringen trekkes.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoriskPlanrekke",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "navn",
                    slt.grunn.tekst.Fritekst(
                        help_text="Kort, for eksempel «SLT-planen» eller «Vold i nære relasjoner».",
                        max_length=60,
                        verbose_name="navn",
                    ),
                ),
                (
                    "slug",
                    slt.grunn.norsk.Slugg(
                        av_felt="navn",
                        blank=True,
                        editable=False,
                        innen=("kommune",),
                        max_length=60,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "hoved",
                    models.BooleanField(
                        default=False,
                        help_text="De korte adressene fører til planen som gjelder her.",
                        verbose_name="hovedrekke",
                    ),
                ),
                (
                    "kommune",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "planrekke (historikk)",
                "verbose_name_plural": "planrekker (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_6cfc30_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskHandlingsplan",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "slug",
                    slt.grunn.norsk.Slugg(
                        av_felt="onsket_slug",
                        blank=True,
                        editable=False,
                        innen=("kommune",),
                        max_length=80,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "tittel",
                    slt.grunn.tekst.Fritekst(max_length=200, verbose_name="tittel"),
                ),
                (
                    "fra_ar",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="fra år",
                    ),
                ),
                (
                    "til_ar",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="til år",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("utkast", "Utkast"),
                            ("gjeldende", "Gjeldende"),
                            ("avlost", "Avløst"),
                        ],
                        default="utkast",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "ingress",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Hva planen er, i to eller tre setninger. Står på forsiden.",
                        verbose_name="ingress",
                    ),
                ),
                (
                    "alder_fra",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="målgruppe fra alder"
                    ),
                ),
                (
                    "alder_til",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="målgruppe til og med alder"
                    ),
                ),
                (
                    "malgruppe_tekst",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Hvem planen ellers er for, for eksempel «og foreldrene deres».",
                        max_length=200,
                        verbose_name="målgruppe i ord",
                    ),
                ),
                (
                    "utarbeidet_av",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Tjenester og funksjoner, ikke navn på personer.",
                        verbose_name="utarbeidet av",
                    ),
                ),
                (
                    "bygger_pa_tekst",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Den forrige planen, når den ikke finnes her.",
                        max_length=200,
                        verbose_name="bygger på (tekst)",
                    ),
                ),
                (
                    "vedtaksform",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("vedtatt", "Vedtatt"),
                            ("sluttet_seg_til", "Sluttet seg til"),
                            ("etterretning", "Tatt til etterretning"),
                        ],
                        max_length=20,
                        verbose_name="behandling",
                    ),
                ),
                (
                    "vedtatt_av",
                    slt.grunn.tekst.Fritekst(
                        blank=True, max_length=120, verbose_name="behandlet av"
                    ),
                ),
                (
                    "vedtatt_dato",
                    slt.grunn.tid.Dag(
                        blank=True, null=True, verbose_name="dato for behandlingen"
                    ),
                ),
                (
                    "vedtatt_sak",
                    slt.grunn.tekst.Fritekst(
                        blank=True, max_length=60, verbose_name="saksnummer"
                    ),
                ),
                (
                    "hull_er_publisert",
                    models.BooleanField(
                        default=False,
                        help_text="Uten hake er det bare koordinatorene som ser i ord hvor planen ikke har tiltak.",
                        verbose_name="vis hull i dekningen for alle",
                    ),
                ),
                (
                    "kommune",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "rekke",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Planene som følger etter hverandre i tid.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.planrekke",
                        verbose_name="planrekke",
                    ),
                ),
                (
                    "del_av",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Planen denne er en del av, for eksempel et fireårig program.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.handlingsplan",
                        verbose_name="del av",
                    ),
                ),
                (
                    "bygger_pa",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Den forrige planen, når den også finnes her.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.handlingsplan",
                        verbose_name="bygger på",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "handlingsplan (historikk)",
                "verbose_name_plural": "handlingsplaner (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_5417f9_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskKapittel",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "tittel",
                    slt.grunn.tekst.Fritekst(max_length=120, verbose_name="tittel"),
                ),
                (
                    "slug",
                    slt.grunn.norsk.Slugg(
                        av_felt="tittel",
                        blank=True,
                        editable=False,
                        innen=("plan",),
                        max_length=80,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("plan",),
                        verbose_name="rekkefølge",
                    ),
                ),
                (
                    "tekst",
                    slt.grunn.tekst.Fritekst(
                        bilder=True, rik=True, verbose_name="tekst"
                    ),
                ),
                (
                    "figur",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("slt_nivaer", "de tre nivåene i SLT-modellen"),
                            ("pyramide", "pyramiden med tiltak per forebyggingsnivå"),
                        ],
                        max_length=20,
                        help_text="Tegnes av det som står i planen, og følger den når den endres.",
                        verbose_name="figur",
                    ),
                ),
                (
                    "publisert",
                    tiltak.models.plandeler.Publisert(
                        blank=True,
                        default=None,
                        editable=False,
                        verbose_name="publisert",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "kapittel (historikk)",
                "verbose_name_plural": "kapitler (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_fc0be8_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskInnsatsomrade",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                ("navn", slt.grunn.tekst.Fritekst(max_length=120, verbose_name="navn")),
                (
                    "kortnavn",
                    slt.grunn.tekst.Fritekst(
                        help_text="Brukes der områdene blandes: «Vold 4».",
                        max_length=20,
                        verbose_name="kortnavn",
                    ),
                ),
                (
                    "slug",
                    slt.grunn.norsk.Slugg(
                        av_felt="navn",
                        blank=True,
                        editable=False,
                        innen=("plan",),
                        max_length=80,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("plan",),
                        verbose_name="rekkefølge",
                    ),
                ),
                (
                    "tekst",
                    slt.grunn.tekst.Fritekst(
                        blank=True, rik=True, verbose_name="tekst"
                    ),
                ),
                (
                    "publisert",
                    tiltak.models.plandeler.Publisert(
                        blank=True,
                        default=None,
                        editable=False,
                        verbose_name="publisert",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "innsatsområde (historikk)",
                "verbose_name_plural": "innsatsområder (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_9d8a25_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskMalsetting",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("visjon", "visjon"),
                            ("hovedmal", "hovedmål"),
                            ("strategi", "strategi"),
                            ("resultatmal", "resultatmål"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                ("tekst", slt.grunn.tekst.Fritekst(verbose_name="tekst")),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("plan", "innsatsomrade", "tiltak"),
                        verbose_name="rekkefølge",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "innsatsomrade",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Tomt når målsettingen gjelder hele planen.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.innsatsomrade",
                        verbose_name="innsatsområde",
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "målsetting (historikk)",
                "verbose_name_plural": "målsettinger (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_640964_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskStyringsdokument",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "tittel",
                    slt.grunn.tekst.Fritekst(max_length=200, verbose_name="tittel"),
                ),
                (
                    "art",
                    models.CharField(
                        choices=[
                            ("plan", "plan eller strategi"),
                            ("vedtak", "vedtak"),
                            ("avtale", "avtale"),
                            ("foring", "lov, konvensjon eller annen føring"),
                        ],
                        default="plan",
                        max_length=20,
                        verbose_name="art",
                    ),
                ),
                (
                    "forhold",
                    models.CharField(
                        choices=[
                            ("bygger_pa", "planen bygger på"),
                            ("ses_med", "planen må ses i sammenheng med"),
                        ],
                        default="ses_med",
                        max_length=20,
                        help_text="Hva dokumentet er for planen.",
                        verbose_name="forhold til planen",
                    ),
                ),
                (
                    "fra_ar",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="fra år",
                    ),
                ),
                (
                    "til_ar",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1990),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="til år",
                    ),
                ),
                (
                    "vedtatt",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Når dokumentet ble vedtatt, for eksempel «januar 2024».",
                        max_length=40,
                        verbose_name="vedtatt",
                    ),
                ),
                (
                    "revideres",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Når dokumentet revideres eller blir ferdig.",
                        max_length=40,
                        verbose_name="revideres",
                    ),
                ),
                (
                    "parter",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Hvem avtalen er mellom, eller hvem som vedtok dokumentet: organer og funksjoner, ikke navn på personer.",
                        max_length=200,
                        verbose_name="parter",
                    ),
                ),
                (
                    "inngatt",
                    slt.grunn.tid.Dag(
                        blank=True,
                        help_text="Dagen avtalen ble undertegnet, eller dokumentet ble vedtatt.",
                        null=True,
                        verbose_name="inngått",
                    ),
                ),
                (
                    "utloper",
                    slt.grunn.tid.Dag(
                        blank=True,
                        help_text="Siste dagen den gjelder. Tomt når ingen slutt er avtalt.",
                        null=True,
                        verbose_name="utløper",
                    ),
                ),
                (
                    "tekst",
                    slt.grunn.tekst.Fritekst(blank=True, verbose_name="hva det er"),
                ),
                (
                    "lenke",
                    slt.grunn.tekst.Nettadresse(
                        blank=True, max_length=500, verbose_name="lenke"
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("kommune", "plan"),
                        verbose_name="rekkefølge",
                    ),
                ),
                (
                    "kommune",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "styringsdokument (historikk)",
                "verbose_name_plural": "styringsdokumenter (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_0d22a2_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskTiltak",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        help_text="Mellom deltiltak av samme tiltak.",
                        innen=("overordnet",),
                        verbose_name="rekkefølge",
                    ),
                ),
                (
                    "tittel",
                    slt.grunn.tekst.Fritekst(max_length=200, verbose_name="tittel"),
                ),
                (
                    "slug",
                    slt.grunn.norsk.Slugg(
                        av_felt="tittel",
                        blank=True,
                        editable=False,
                        innen=("kommune", "plan"),
                        max_length=80,
                        verbose_name="kjennetegn",
                    ),
                ),
                (
                    "tekst",
                    slt.grunn.tekst.Fritekst(
                        blank=True, rik=True, verbose_name="beskrivelse"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planlagt", "planlagt"),
                            ("innforing", "under innføring"),
                            ("i_drift", "i drift"),
                            ("avsluttet", "avsluttet"),
                            ("overfort", "overført til fast struktur"),
                        ],
                        default="i_drift",
                        max_length=20,
                        help_text="Det som er avsluttet eller overført til fast struktur, blir stående i planen, merket som det.",
                        verbose_name="status",
                    ),
                ),
                (
                    "niva",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("universell", "universell"),
                            ("selektiv", "selektiv"),
                            ("indikativ", "indikativ"),
                        ],
                        max_length=20,
                        help_text="Universell: for alle. Selektiv: for grupper der flere enn ellers får vansker. Indikativ: for dem som allerede har vansker.",
                        verbose_name="forebyggingsnivå",
                    ),
                ),
                (
                    "niva_foreslatt",
                    models.BooleanField(
                        default=False,
                        help_text="Kommunen har ikke sagt seg enig ennå. Fjern haken når dere er det.",
                        verbose_name="nivået er foreslått",
                    ),
                ),
                (
                    "bti_fra",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(3)],
                        help_text="Nivåene i bedre tverrfaglig innsats, fra 0 til 3. 0: en uro avklares. 1: én tjeneste følger opp. 2: noen tjenester samarbeider. 3: mange samordner innsatsen.",
                        verbose_name="BTI-nivå fra",
                    ),
                ),
                (
                    "bti_til",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(3)],
                        help_text="Det samme tallet to ganger når det gjelder ett nivå.",
                        verbose_name="BTI-nivå til og med",
                    ),
                ),
                (
                    "nytt",
                    models.BooleanField(
                        default=False,
                        help_text="Det sto ikke i den forrige planen. Settes for hånd når den planen ikke finnes her.",
                        verbose_name="nytt tiltak",
                    ),
                ),
                (
                    "fra_dato",
                    slt.grunn.tid.Dag(blank=True, null=True, verbose_name="fra dato"),
                ),
                (
                    "til_dato",
                    slt.grunn.tid.Dag(
                        blank=True,
                        help_text="Tomt betyr hele planperioden.",
                        null=True,
                        verbose_name="til og med dato",
                    ),
                ),
                (
                    "unge_kan_kontakte",
                    models.BooleanField(default=False, verbose_name="barn og unge"),
                ),
                (
                    "foresatte_kan_kontakte",
                    models.BooleanField(default=False, verbose_name="foresatte"),
                ),
                (
                    "ansatte_kan_kontakte",
                    models.BooleanField(
                        default=False, verbose_name="ansatte og samarbeidspartnere"
                    ),
                ),
                (
                    "andre_kan_kontakte",
                    models.BooleanField(default=False, verbose_name="andre innbyggere"),
                ),
                (
                    "kontakt_merknad",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        max_length=300,
                        help_text="For eksempel «etter avtale med skolen».",
                        verbose_name="merknad om kontakt",
                    ),
                ),
                (
                    "forankring",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Ledere eller organer som har stilt seg bak tiltaket: funksjoner eller fora, ett på hver linje. Ikke navn på personer.",
                        verbose_name="forankret hos",
                    ),
                ),
                (
                    "ganger_fra",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        help_text="Hvor ofte det skjer, for eksempel 4 per år.",
                        verbose_name="ganger",
                    ),
                ),
                (
                    "ganger_til",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        help_text="Når antallet varierer, for eksempel fra 4 til 6.",
                        verbose_name="ganger, til",
                    ),
                ),
                (
                    "ganger_per",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("uke", "uke"),
                            ("maned", "måned"),
                            ("halvar", "halvår"),
                            ("ar", "år"),
                            ("skolear", "skoleår"),
                        ],
                        max_length=10,
                        verbose_name="per",
                    ),
                ),
                (
                    "uke",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(53),
                        ],
                        help_text="Når det skjer i samme uke hvert år.",
                        verbose_name="i uke",
                    ),
                ),
                (
                    "evalueres_dato",
                    slt.grunn.tid.Dag(
                        blank=True, null=True, verbose_name="dato for evaluering"
                    ),
                ),
                (
                    "evalueres_tekst",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Når tiltaket har en egen evaluering.",
                        max_length=200,
                        verbose_name="evaluering",
                    ),
                ),
                (
                    "publisert",
                    tiltak.models.plandeler.Publisert(
                        blank=True,
                        default=None,
                        editable=False,
                        verbose_name="publisert",
                    ),
                ),
                (
                    "kommune",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "overordnet",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tiltak",
                        verbose_name="del av tiltaket",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "tiltak (historikk)",
                "verbose_name_plural": "tiltak (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_d0df4a_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskPlassering",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "nummer",
                    tiltak.models.plasseringer.Nummer(
                        blank=True,
                        default=None,
                        innen=("innsatsomrade",),
                        verbose_name="nummer",
                    ),
                ),
                (
                    "hoved",
                    models.BooleanField(
                        default=True,
                        help_text="Står tiltaket flere steder i en plan, er det her det hører til: derfra har det nummeret og adressen sin.",
                        verbose_name="hovedplassering",
                    ),
                ),
                (
                    "merknad",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Det som bare gjelder på denne plassen.",
                        max_length=300,
                        verbose_name="merknad her",
                    ),
                ),
                (
                    "forankring",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Når det er hos andre enn ellers. Én på hver linje, ikke navn.",
                        verbose_name="forankret her hos",
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "innsatsomrade",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.innsatsomrade",
                        verbose_name="innsatsområde",
                    ),
                ),
                (
                    "plan",
                    tiltak.models.plasseringer.OmradetsPlan(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "plassering (historikk)",
                "verbose_name_plural": "plasseringer (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_8439eb_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskTjeneste",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                ("navn", slt.grunn.tekst.Fritekst(max_length=120, verbose_name="navn")),
                (
                    "slug",
                    slt.grunn.norsk.Slugg(
                        av_felt="navn",
                        blank=True,
                        editable=False,
                        innen=("kommune",),
                        max_length=80,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "kortnavn",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Forkortelsen folk bruker: PPT, HFU, BUP.",
                        max_length=20,
                        verbose_name="kortnavn",
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("kommunal", "kommunal tjeneste"),
                            ("funksjon", "funksjon"),
                            ("team", "team eller samarbeid"),
                            ("politi", "politiet"),
                            ("fylke", "fylkeskommunen"),
                            ("stat", "staten"),
                            ("interkommunal", "interkommunal tjeneste"),
                            ("helseforetak", "helseforetak"),
                            ("stiftelse", "stiftelse"),
                            ("frivillig", "frivillig organisasjon"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "tekst",
                    slt.grunn.tekst.Fritekst(
                        blank=True, verbose_name="hva tjenesten gjør"
                    ),
                ),
                (
                    "andre_navn",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Navn som folk søker etter, med komma mellom.",
                        max_length=200,
                        verbose_name="andre navn",
                    ),
                ),
                (
                    "svaransvarlig",
                    slt.grunn.tekst.Epost(
                        blank=True,
                        help_text="E-postadressen til funksjonen som svarer for tjenesten. Bare SLT-koordinatoren ser den.",
                        max_length=254,
                        verbose_name="svaransvarlig",
                    ),
                ),
                (
                    "nedlagt",
                    slt.grunn.tid.KommetDag(
                        blank=True,
                        null=True,
                        help_text="Dagen den ble lagt ned. Tiltakene den har ansvar for, trenger da en annen.",
                        verbose_name="nedlagt",
                    ),
                ),
                (
                    "kommune",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "overordnet",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tjeneste",
                        help_text="Avdelingen eller virksomheten denne er en del av.",
                        verbose_name="overordnet tjeneste",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "tjeneste (historikk)",
                "verbose_name_plural": "tjenester (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_94e676_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskKontaktpunkt",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("telefon", "telefon"),
                            ("sms", "SMS"),
                            ("epost", "e-post"),
                            ("nett", "nettside eller skjema"),
                            ("teams", "Teams"),
                            ("oppmote", "oppmøte"),
                            ("fremgangsmate", "fremgangsmåte"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "verdi",
                    slt.grunn.tekst.Fritekst(
                        help_text="Telefonnummeret, e-postadressen eller nettadressen. Ved oppmøte og fremgangsmåte: hvor eller hvordan.",
                        max_length=300,
                        verbose_name="nummer, adresse eller fremgangsmåte",
                    ),
                ),
                (
                    "etikett",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="For eksempel «vakttelefonen».",
                        max_length=80,
                        verbose_name="hva det kalles",
                    ),
                ),
                (
                    "instruks",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="For eksempel «be om forebyggende avdeling».",
                        max_length=300,
                        verbose_name="instruks",
                    ),
                ),
                (
                    "ved_ikke_svar",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="For eksempel «send SMS til samme nummer».",
                        max_length=300,
                        verbose_name="hvis ingen svarer",
                    ),
                ),
                (
                    "apningstid_tekst",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="For eksempel «etter avtale» eller «stengt i skoleferiene».",
                        max_length=200,
                        verbose_name="åpningstid i ord",
                    ),
                ),
                (
                    "person",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Bare når det ikke finnes en funksjon å kontakte. Vises aldri for alle.",
                        max_length=100,
                        verbose_name="navn på kontakt",
                    ),
                ),
                (
                    "synlighet",
                    models.CharField(
                        choices=[
                            ("offentlig", "alle"),
                            ("tjenester", "ansatte og samarbeidspartnere"),
                            ("koordinator", "bare SLT-koordinatoren"),
                        ],
                        default="offentlig",
                        max_length=20,
                        help_text="Ansatte og samarbeidspartnere må vise hvem de er, eller ha fått en lenke, for å se det som ikke er for alle.",
                        verbose_name="hvem ser det",
                    ),
                ),
                (
                    "hoved",
                    models.BooleanField(
                        default=True,
                        help_text="Vises på alle tiltak der ikke andre kontaktpunkter er valgt.",
                        verbose_name="hovedkontakt",
                    ),
                ),
                (
                    "akutt",
                    models.BooleanField(
                        default=False,
                        help_text="Nummeret står sammen med 112 og 113 på alle sider. Det er for barnevernsvakten.",
                        verbose_name="i akuttstripen",
                    ),
                ),
                (
                    "bekreftet",
                    slt.grunn.tid.Dag(
                        blank=True,
                        null=True,
                        help_text="Dagen noen fikk vite at dette stemmer.",
                        verbose_name="sist bekreftet",
                    ),
                ),
                (
                    "bekreftet_hvordan",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("telefon", "på telefon"),
                            ("epost", "på e-post"),
                            ("mote", "i møte"),
                            ("nettside", "på tjenestens nettside"),
                            ("lenke", "av tjenesten selv, med lenke"),
                        ],
                        max_length=20,
                        verbose_name="bekreftet hvordan",
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("tjeneste",),
                        verbose_name="rekkefølge",
                    ),
                ),
                (
                    "tjeneste",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tjeneste",
                        verbose_name="tjeneste",
                    ),
                ),
                (
                    "sted",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Når kontaktpunktet bare gjelder ett sted.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.sted",
                        verbose_name="sted",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "kontaktpunkt (historikk)",
                "verbose_name_plural": "kontaktpunkter (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_02e792_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskApningstid",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "fra_dag",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "mandag"),
                            (1, "tirsdag"),
                            (2, "onsdag"),
                            (3, "torsdag"),
                            (4, "fredag"),
                            (5, "lørdag"),
                            (6, "søndag"),
                        ],
                        verbose_name="fra dag",
                    ),
                ),
                (
                    "til_dag",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "mandag"),
                            (1, "tirsdag"),
                            (2, "onsdag"),
                            (3, "torsdag"),
                            (4, "fredag"),
                            (5, "lørdag"),
                            (6, "søndag"),
                        ],
                        verbose_name="til og med dag",
                    ),
                ),
                ("apner", slt.grunn.tid.Klokkeslett(verbose_name="åpner")),
                (
                    "stenger",
                    slt.grunn.tid.Klokkeslett(
                        help_text="Før eller lik åpningstiden betyr neste dag: 20.00–02.00.",
                        verbose_name="stenger",
                    ),
                ),
                (
                    "uker",
                    models.CharField(
                        choices=[
                            ("alle", "alle uker"),
                            ("partall", "uker med partall"),
                            ("oddetall", "uker med oddetall"),
                        ],
                        default="alle",
                        max_length=10,
                        help_text="Velg annet enn alle når det bare er åpent annenhver uke.",
                        verbose_name="uker",
                    ),
                ),
                (
                    "gjelder",
                    models.CharField(
                        choices=[
                            ("alltid", "hele året"),
                            ("skoleuker", "i skoleuker"),
                            ("skoleferie", "i skoleferier"),
                        ],
                        default="alltid",
                        max_length=10,
                        verbose_name="gjelder",
                    ),
                ),
                (
                    "kontaktpunkt",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.kontaktpunkt",
                        verbose_name="kontaktpunkt",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "åpningstid (historikk)",
                "verbose_name_plural": "åpningstider (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_fad82d_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskMalgruppe",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "tekst",
                    slt.grunn.tekst.Fritekst(
                        max_length=200,
                        help_text="For eksempel «elever på ungdomstrinnet».",
                        verbose_name="hvem",
                    ),
                ),
                (
                    "alder_fra",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(120)],
                        help_text="Uten alder gjelder det alle aldre.",
                        verbose_name="fra alder",
                    ),
                ),
                (
                    "alder_til",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(120)],
                        verbose_name="til og med alder",
                    ),
                ),
                (
                    "trinn_fra",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1–10 i grunnskolen, 11–13 for vg1–vg3.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(13),
                        ],
                        verbose_name="fra trinn",
                    ),
                ),
                (
                    "trinn_til",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(13),
                        ],
                        verbose_name="til og med trinn",
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("tiltak",),
                        verbose_name="rekkefølge",
                    ),
                ),
                (
                    "plassering",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Tomt betyr overalt der det ikke er sagt noe annet.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.plassering",
                        verbose_name="gjelder bare på",
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "målgruppe (historikk)",
                "verbose_name_plural": "målgrupper (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_0febfa_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskAnsvar",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "rolle",
                    models.CharField(
                        choices=[
                            ("ansvarlig", "ansvarlig"),
                            ("medansvarlig", "medansvarlig"),
                            ("gjennomforer", "gjennomfører"),
                            ("samarbeidspart", "samarbeidspart"),
                        ],
                        default="ansvarlig",
                        max_length=20,
                        help_text="Ansvarlig svarer for tiltaket, og medansvarlig deler det ansvaret. Gjennomfører gjør arbeidet, og samarbeidspart bidrar.",
                        verbose_name="rolle",
                    ),
                ),
                (
                    "merknad",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="For eksempel «den enkelte videregående skole».",
                        max_length=200,
                        verbose_name="merknad",
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("tiltak",),
                        verbose_name="rekkefølge",
                    ),
                ),
                (
                    "plassering",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Tomt betyr overalt der det ikke er sagt noe annet.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.plassering",
                        verbose_name="gjelder bare på",
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "tjeneste",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tjeneste",
                        verbose_name="tjeneste",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "ansvar (historikk)",
                "verbose_name_plural": "ansvar (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_46af36_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskAnsvarKontaktpunkt",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "ansvar",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.ansvar",
                        verbose_name="ansvar",
                    ),
                ),
                (
                    "kontaktpunkt",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.kontaktpunkt",
                        verbose_name="kontaktpunkt",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "valgt kontaktpunkt (historikk)",
                "verbose_name_plural": "valgte kontaktpunkter (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_60c1d9_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskLenke",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "tittel",
                    slt.grunn.tekst.Fritekst(max_length=120, verbose_name="tittel"),
                ),
                (
                    "adresse",
                    slt.grunn.tekst.Nettadresse(
                        max_length=500, verbose_name="nettadresse"
                    ),
                ),
                (
                    "rekkefolge",
                    slt.grunn.rekkefolge.Rekkefolge(
                        blank=True,
                        default=None,
                        innen=("tiltak",),
                        verbose_name="rekkefølge",
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lenke (historikk)",
                "verbose_name_plural": "lenker (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_e6a372_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskTiltakLokalomrade",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "lokalomrade",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.lokalomrade",
                        verbose_name="lokalområde",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lokalområde for tiltak (historikk)",
                "verbose_name_plural": "lokalområder for tiltak (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_3631db_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskTema",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                ("navn", slt.grunn.tekst.Fritekst(max_length=120, verbose_name="navn")),
                (
                    "slug",
                    slt.grunn.norsk.Slugg(
                        av_felt="navn",
                        blank=True,
                        editable=False,
                        innen=("kommune",),
                        max_length=80,
                        verbose_name="adresse",
                    ),
                ),
                (
                    "sokeord",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Ord folk søker med når de leter etter tiltak om dette, med komma mellom, for eksempel «skulk, skulker, skulket». De vises ikke på sidene.",
                        verbose_name="søkeord",
                    ),
                ),
                (
                    "kommune",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "tema (historikk)",
                "verbose_name_plural": "temaer (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_a052d8_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskTiltakTema",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "tema",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tema",
                        verbose_name="tema",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "tema for tiltak (historikk)",
                "verbose_name_plural": "temaer for tiltak (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_4a165f_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskHoring",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "fra",
                    slt.grunn.tid.Dag(
                        default=django.utils.timezone.localdate,
                        verbose_name="fra og med",
                    ),
                ),
                (
                    "til",
                    slt.grunn.tid.Dag(
                        help_text="Den siste dagen teller med.", verbose_name="frist"
                    ),
                ),
                (
                    "sporsmal",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="For eksempel «Er noe glemt? Stemmer det som står om dere?»",
                        max_length=1000,
                        verbose_name="hva dere spør om",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "høring (historikk)",
                "verbose_name_plural": "høringer (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_6e1f56_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskPlanlenke",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "fra",
                    slt.grunn.tid.Dag(
                        default=django.utils.timezone.localdate,
                        verbose_name="fra og med",
                    ),
                ),
                (
                    "til",
                    slt.grunn.tid.Dag(
                        blank=True,
                        help_text="Tomt betyr at det gjelder til det avsluttes.",
                        null=True,
                        verbose_name="til og med",
                    ),
                ),
                (
                    "mottaker",
                    slt.grunn.tekst.Fritekst(
                        help_text="For eksempel «Ungdomsrådet». Ikke navn på personer.",
                        max_length=100,
                        verbose_name="hvem lenken er til",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "horing",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.horing",
                        verbose_name="høring",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lenke til utkast (historikk)",
                "verbose_name_plural": "lenker til utkast (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_3116fa_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskInnspill",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "gjelder",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Som det het da innspillet kom. Tomt er hele planen.",
                        max_length=250,
                        verbose_name="hva det gjelder",
                    ),
                ),
                (
                    "fra",
                    slt.grunn.tekst.Fritekst(
                        help_text="En tjeneste, et forum eller en funksjon. Ikke navn på personer.",
                        max_length=120,
                        verbose_name="hvem det er fra",
                    ),
                ),
                (
                    "tekst",
                    slt.grunn.tekst.Fritekst(max_length=5000, verbose_name="innspill"),
                ),
                (
                    "mottatt",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="mottatt"
                    ),
                ),
                (
                    "vei",
                    models.CharField(
                        choices=[
                            ("innlogget", "fra en som er logget inn"),
                            ("lenke", "ved lenke"),
                            ("fort_inn", "ført inn av koordinatoren"),
                        ],
                        max_length=20,
                        verbose_name="hvordan det kom",
                    ),
                ),
                (
                    "journalnummer",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="Når innspillet er journalført i sakssystemet.",
                        max_length=60,
                        verbose_name="journalnummer",
                    ),
                ),
                (
                    "vurdering",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("folges", "tatt til følge"),
                            ("delvis", "delvis tatt til følge"),
                            ("folges_ikke", "ikke tatt til følge"),
                            ("orientering", "tatt til orientering"),
                        ],
                        max_length=20,
                        verbose_name="vurdering",
                    ),
                ),
                (
                    "svar",
                    slt.grunn.tekst.Fritekst(
                        blank=True,
                        help_text="En setning om hva som ble gjort, og hvorfor.",
                        max_length=1000,
                        verbose_name="svar",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "tiltak",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tiltak",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "kapittel",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.kapittel",
                        verbose_name="kapittel",
                    ),
                ),
                (
                    "horing",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.horing",
                        verbose_name="høring",
                    ),
                ),
                (
                    "planlenke",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.planlenke",
                        verbose_name="lenke",
                    ),
                ),
                (
                    "bruker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bruker",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "innspill (historikk)",
                "verbose_name_plural": "innspill (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_49c136_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskOvergang",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "valg",
                    models.CharField(
                        choices=[
                            ("viderefores", "videreføres"),
                            ("endres", "videreføres og endres"),
                            ("slas_sammen", "slås sammen med et annet"),
                            ("deles", "deles i to"),
                            ("avsluttes", "avsluttes"),
                            ("overfores", "overføres til fast struktur"),
                        ],
                        max_length=20,
                        verbose_name="hva som skjer",
                    ),
                ),
                (
                    "begrunnelse",
                    slt.grunn.tekst.Fritekst(
                        blank=True, max_length=300, verbose_name="begrunnelse"
                    ),
                ),
                (
                    "ny_plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.handlingsplan",
                        verbose_name="ny plan",
                    ),
                ),
                (
                    "fra",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tiltak",
                        verbose_name="tiltaket i den forrige planen",
                    ),
                ),
                (
                    "til",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tiltak",
                        verbose_name="tiltaket i den nye planen",
                    ),
                ),
                (
                    "sammen_med",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tiltak",
                        verbose_name="slås sammen med",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "overgang (historikk)",
                "verbose_name_plural": "overganger (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_300fe7_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskTjenesteredaktor",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "fra",
                    slt.grunn.tid.Dag(
                        default=django.utils.timezone.localdate,
                        verbose_name="fra og med",
                    ),
                ),
                (
                    "til",
                    slt.grunn.tid.Dag(
                        blank=True,
                        help_text="Tomt betyr at det gjelder til det avsluttes.",
                        null=True,
                        verbose_name="til og med",
                    ),
                ),
                (
                    "bruker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bruker",
                    ),
                ),
                (
                    "tjeneste",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.tjeneste",
                        verbose_name="tjeneste",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "redaktør (historikk)",
                "verbose_name_plural": "redaktører (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_99b2b0_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoriskRegistrering",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "history_kommune",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.kommune",
                        verbose_name="kommune",
                    ),
                ),
                (
                    "history_dor",
                    models.CharField(
                        choices=[
                            ("skjema", "skjema på nettsiden"),
                            ("admin", "administrasjonen"),
                            ("lenke", "lenke uten innlogging"),
                            ("import", "import"),
                            ("kommando", "kommando"),
                        ],
                        max_length=10,
                        verbose_name="dør",
                    ),
                ),
                (
                    "history_art",
                    models.CharField(
                        choices=[("endring", "endring"), ("rettelse", "rettelse")],
                        default="endring",
                        max_length=10,
                        verbose_name="art",
                    ),
                ),
                ("history_samling", models.UUIDField(verbose_name="endret sammen")),
                (
                    "history_aktor",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="aktørens navn"
                    ),
                ),
                (
                    "history_change_reason",
                    slt.grunn.tekst.Fritekst(
                        blank=True, default="", verbose_name="begrunnelse"
                    ),
                ),
                (
                    "tid",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="registrert"
                    ),
                ),
                (
                    "behandling",
                    slt.grunn.tekst.Fritekst(
                        blank=True, max_length=300, verbose_name="behandling"
                    ),
                ),
                (
                    "samling",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, verbose_name="endret sammen"
                    ),
                ),
                (
                    "trukket",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="trukket tilbake"
                    ),
                ),
                (
                    "hvorfor_trukket",
                    slt.grunn.tekst.Fritekst(
                        blank=True, max_length=300, verbose_name="hvorfor"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tiltak.handlingsplan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "dokument",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="slt.dokument",
                        verbose_name="dokument",
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(
                        editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("history_date", models.DateTimeField()),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "registrert behandling (historikk)",
                "verbose_name_plural": "registrerte behandlinger (historikk)",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [
                    models.Index(
                        fields=["history_kommune", "history_date"],
                        name="tiltak_hist_history_d4fb54_idx",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
