"""Admin of tiltak, with all that belongs to one on its page."""

from django import forms
from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Prefetch
from django.utils.translation import gettext_lazy as _

from slt.felles.adminfilter import KommuneFilter, SporsmalFilter, innenfor
from slt.felles.adminforms import AdminForm
from slt.felles.arbeidskommune import valgt_kommune
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Kontaktpunkt,
    Plassering,
    Tiltak,
    planens_orden,
)
from tiltak.nummer import uten_hull
from tiltak.publisering import la_delene_folge

from .plan import (
    InnsatsomradeFilter,
    MalsettingInline,
    PlandelAdmin,
)
from .tiltaksrader import (
    AnsvarInline,
    DeltiltakInline,
    FinansieringInline,
    LenkeInline,
    MalgruppeInline,
    OvergangInline,
    PlasseringInline,
    TiltakLokalomradeInline,
    TiltakTemaInline,
    TiltakVeilederInline,
)


class TilbudForm(AdminForm):
    """What stands in no plan: public at once, unless somebody says otherwise."""

    # The field of the model follows the plan.
    for_alle = forms.BooleanField(
        label=_("Vis for alle"),
        required=False,
        help_text=_("Ellers ser bare koordinatorer og politirådet tilbudet."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "for_alle" in self.fields:
            self.fields["for_alle"].initial = self.instance.publisert is not False

    def clean(self):
        renset = super().clean()
        if "for_alle" in renset:
            self.instance.publisert = renset["for_alle"]
        return renset


class PlanFilter(KommuneFilter):
    """By plan; what stands in none, too."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_value_display = _("tilbud uten plan")


def _hele(rader):
    """Without the deltiltak, which have from their tiltak what they do not say."""
    return rader.filter(overordnet=None)


def uten_plass(rader):
    hjemme = Plassering.objects.filter(
        tiltak=OuterRef("pk"), plan=OuterRef("plan"), hoved=True
    )
    return _hele(rader).filter(~Exists(hjemme), plan__isnull=False)


def uten_ansvar(rader):
    """Neither the whole nor a part of it says who is responsible."""
    ansvar = Ansvar.objects.filter(rolle=Ansvar.Rolle.ANSVARLIG)
    eget = ansvar.filter(tiltak=OuterRef("pk"))
    av_en_del = ansvar.filter(tiltak__overordnet=OuterRef("pk"))
    return _hele(rader).filter(~Exists(eget), ~Exists(av_en_del))


def uten_kontakt(rader):
    """Those that somebody answers for, and nobody can reach: no contact for all is chosen
    for the tiltak, and where none was chosen, the tjeneste has no main one for all."""
    ansvar = Ansvar.objects.filter(tiltak=OuterRef("pk"), rolle__in=Ansvar.ANSVARLIGE)
    for_alle = Kontaktpunkt.Synlighet.OFFENTLIG
    valgt = ansvar.filter(kontaktvalg__kontaktpunkt__synlighet=for_alle)
    hoved = ansvar.filter(
        kontaktvalg=None,
        tjeneste__kontaktpunkter__synlighet=for_alle,
        tjeneste__kontaktpunkter__hoved=True,
    )
    return _hele(rader).filter(Exists(ansvar), ~Exists(valgt), ~Exists(hoved))


class ManglerFilter(SporsmalFilter):
    title = _("mangler")
    parameter_name = "mangler"
    sporsmal = [
        ("ansvar", _("ansvarlig tjeneste"), uten_ansvar),
        ("kontakt", _("kontakt som vises for alle"), uten_kontakt),
        ("malgruppe", _("målgruppe"), lambda r: _hele(r).filter(malgrupper=None)),
        ("niva", _("forebyggingsnivå"), lambda r: r.filter(niva="")),
        ("plass", _("plass i planen"), uten_plass),
    ]


@admin.register(Tiltak)
class TiltakAdmin(PlandelAdmin):
    change_list_template = "admin/tiltak_liste.html"
    list_display = [
        "tittel",
        "merkelapp",
        "ansvarlige",
        "status",
        "nivaet",
        "er_nytt",
        "periode",
    ]
    list_filter = [
        ("plan", PlanFilter),
        ManglerFilter,
        "publisert",
        ("plasseringer__innsatsomrade", InnsatsomradeFilter),
        "status",
        "niva",
        "niva_foreslatt",
        ("ansvar__tjeneste", KommuneFilter),
    ]
    search_fields = [
        "tittel",
        "tekst",
        "ansvar__tjeneste__navn",
        "ansvar__tjeneste__kortnavn",
    ]
    readonly_fields = ["overordnet"]
    inlines = [
        PlasseringInline,
        AnsvarInline,
        MalgruppeInline,
        LenkeInline,
        FinansieringInline,
        DeltiltakInline,
        OvergangInline,
        MalsettingInline,
        TiltakTemaInline,
        TiltakVeilederInline,
        TiltakLokalomradeInline,
    ]
    fieldsets = [
        (None, {"fields": ["plan", "overordnet", "tittel", "tekst"]}),
        (
            _("Status og nivå"),
            {
                "fields": [
                    "status",
                    ("niva", "niva_foreslatt"),
                    ("bti_fra", "bti_til"),
                    "forankring",
                ]
            },
        ),
        (
            _("Hvem kan ta kontakt"),
            {
                "fields": [
                    (
                        "unge_kan_kontakte",
                        "foresatte_kan_kontakte",
                        "ansatte_kan_kontakte",
                        "andre_kan_kontakte",
                    ),
                    "kontakt_merknad",
                ],
                "description": _(
                    "Hvem som kan henvende seg selv. Hvem tiltaket er for, står under "
                    "målgrupper."
                ),
            },
        ),
        (
            _("Når"),
            {
                "fields": [
                    ("ganger_fra", "ganger_til", "ganger_per", "uke"),
                    ("maned_fra", "maned_til"),
                    ("fra_dato", "til_dato"),
                    ("evalueres_dato", "evalueres_tekst"),
                ]
            },
        ),
        (_("Oppfølging"), {"fields": [("frist", "prioritet"), "statuslinje"]}),
        (_("Nytt eller videreført"), {"fields": ["nytt"]}),
    ]

    def get_queryset(self, request):
        alle = super().get_queryset(request).med_plassering()
        return alle.select_related("kommune", "plan__kommune")

    def kolonnenes_rader(self):
        ansvar = Ansvar.objects.filter(rolle__in=Ansvar.ANSVARLIGE)
        return [Prefetch("ansvar", ansvar.select_related("tjeneste"), to_attr="svarer")]

    def get_list_display(self, request):
        planer = innenfor(Handlingsplan.objects.all(), valgt_kommune(request))
        # Nothing is told by what all tiltak have.
        flere = planer.count() > 1
        kolonner = super().get_list_display(request)
        return [navn for navn in kolonner if flere or navn != "periode"]

    def get_ordering(self, request):
        """As the plan has them, the newest plan first; deltiltak after their tiltak."""
        return [F("plan__fra_ar").desc(nulls_last=True), *planens_orden()]

    @staticmethod
    def _er_tilbud(request, obj):
        """Whether the page is about what stands in no plan; a new one, by its address."""
        return "tilbud" in request.GET if obj is None else obj.er_tilbud

    def get_form(self, request, obj=None, change=False, **kwargs):
        # A part of one is public when it is.
        if self._er_tilbud(request, obj) and not (obj and obj.overordnet_id):
            kwargs.setdefault("form", TilbudForm)
        return super().get_form(request, obj, change=change, **kwargs)

    def add_view(self, request, form_url="", extra_context=None):
        if self._er_tilbud(request, None):
            extra_context = {"title": _("Legg til et tilbud uten plan")} | (
                extra_context or {}
            )
        return super().add_view(request, form_url, extra_context)

    def response_add(self, request, obj, *args, **kwargs):
        svar = super().response_add(request, obj, *args, **kwargs)
        if obj.er_tilbud and "_addanother" in request.POST:
            svar["Location"] = f"{request.path}?tilbud=1"
        return svar

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.instance.er_tilbud:
            la_delene_folge(form.instance)

    def get_readonly_fields(self, request, obj=None):
        fast = super().get_readonly_fields(request, obj)
        tilbud = self._er_tilbud(request, obj)
        return [navn for navn in fast if not (tilbud and navn == "plan")]

    def delete_model(self, request, obj):
        with uten_hull(obj):
            super().delete_model(request, obj)

    @admin.display(description=_("plass i planen"))
    def merkelapp(self, tiltak):
        if tiltak.overordnet_id:
            return _("deltiltak")
        return tiltak.merkelapp

    @admin.display(description=_("ansvarlig"))
    def ansvarlige(self, tiltak):
        tjenester = dict.fromkeys(ansvar.tjeneste.kort for ansvar in tiltak.svarer)
        # A deltiltak has its tiltak's, where it does not say.
        return ", ".join(tjenester) or ("" if tiltak.overordnet_id else _("ingen"))

    @admin.display(description=_("nivå"), ordering="niva")
    def nivaet(self, tiltak):
        forslag = _("(forslag)") if tiltak.niva_foreslatt else ""
        return f"{tiltak.get_niva_display()} {forslag}".strip()

    @admin.display(description=_("nytt"))
    def er_nytt(self, tiltak):
        return _("nytt") if tiltak.er_nytt else ""

    def get_inlines(self, request, obj=None):
        utenfor = set()
        if obj and obj.overordnet_id:
            utenfor |= {PlasseringInline, DeltiltakInline}
        if self._er_tilbud(request, obj):
            utenfor |= {PlasseringInline, OvergangInline, MalsettingInline}
        elif obj is None or not obj.plan.bygger_pa_id:
            utenfor.add(OvergangInline)
        return [i for i in self.inlines if i not in utenfor]

    def get_fieldsets(self, request, obj=None):
        utenfor = set()
        if not (obj and obj.overordnet_id):
            utenfor.add("overordnet")
        feltsett = super().get_fieldsets(request, obj)
        if self._er_tilbud(request, obj):
            utenfor |= {"plan", "nytt"}
            (tittel, valg), *andre = feltsett
            if not (obj and obj.overordnet_id):
                valg = valg | {"fields": [*valg["fields"], "for_alle"]}
            # What remains of what is said of a plan is the mark of the form.
            feltsett = [(tittel, valg), *andre[:-1], (None, andre[-1][1])]
        elif obj and obj.plan.bygger_pa_id:
            # Whether it is new is computed from its lineage.
            utenfor.add("nytt")
        return [
            (tittel, valg | {"fields": felter})
            for tittel, valg in feltsett
            if (felter := [f for f in valg["fields"] if f not in utenfor])
        ]
