"""Rows of another kommune, tried through every field of every form that a coordinator
has, through hidden fields, addresses, filters and search fields: refused, nothing
changed, and the other's words in no answer."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.db.models import F
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.urls import reverse
from django.utils import timezone

from evaluering.models import Anbefaling, Anbefalingssvar, Funn, Funnsvar, Grunnlag
from moter.models import Forumskommune, Sendevei
from slt.felles.admin import KommuneAdmin
from slt.felles.arbeidskommune import SKJEMAFELT
from slt.grunn.historikk import Historisert, uten_vern
from slt.models import Bilde, Dokument, Endringsbrev, Kommune, Sted, Stedsdel, Tilgang
from tests.conftest import innlogget
from tests.evaluering.test_admin import NYE as KUNNSKAP
from tests.factories import (
    AktivitetFactory,
    AnsvarFactory,
    BekreftelseFactory,
    BildeFactory,
    BrukerFactory,
    EgenvurderingFactory,
    EvalueringFactory,
    FinansieringFactory,
    ForumFactory,
    ForumsmedlemFactory,
    HandlingsplanFactory,
    HoringFactory,
    InnspillFactory,
    KommuneFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    MedvirkningFactory,
    MilepalFactory,
    MoteFactory,
    MoteserieFactory,
    NormsvarFactory,
    OpphavFactory,
    PlanlenkeFactory,
    PlanleserFactory,
    RapportFactory,
    RegistreringFactory,
    SettDelingFactory,
    StatusrapportFactory,
    StedFactory,
    TallimportFactory,
    TilgangFactory,
    TilgangslenkeFactory,
    TilskuddstiltakFactory,
    TiltakFactory,
    TiltaksvurderingFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
    TjenesteTemaFactory,
    i_kilden,
    i_runden,
    om_runden,
)
from tests.feil.mengde import mengde
from tests.innsending import innsending
from tests.slt.test_admin import LAG, MODELLER, OVER_GRENSEN, ny_rad, side, skjema
from tests.tiltak.test_admin import NYE
from tiltak.models import (
    Apningstid,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Overgang,
    Styringsdokument,
    TiltakLokalomrade,
    TiltakTema,
    TiltakVeileder,
    Tjenestekommune,
    Tjenestemalgruppe,
    VeilederTema,
)
from tiltak.rediger import planen
from tiltak.rediger.forms.ansvar import AnsvarForm

MERKE = "FREMMED"
EN_AV = mengde(1, 16)
MED_KOMMUNE = [
    modell
    for modell in apps.get_models()
    if issubclass(modell, Historisert) and modell.kommune_sti and modell._meta.managed
]
# What a row of each inline needs besides the reference.
RESTEN = {
    "plasseringer": {"nummer": "9"},
    "malsettinger": {"type": "visjon", "tekst": "Mål"},
    "kontaktpunkter": {"type": "telefon", "verdi": "40000009"},
    "malgrupper": {"tekst": "Unge"},
    "lenker": {"tittel": "Lenke", "adresse": "https://example.org"},
    "deltiltak": {"tittel": "Del"},
    "overganger_til": {"valg": "viderefores"},
    "styringsdokumenter": {"tittel": "Dokument"},
    "kalenderpunkter": {"trinn": "8", "tekst": "Møte"},
    "faktorer": {"type": "risiko"},
    "medlemmer": {"verv": "medlem", "funksjon": "Rektor", "rekkefolge": "0"},
}


def fyll(kommune):
    """One row of every model in a kommune; returns {model: row}."""
    rader = {modell: lag(kommune) for modell, lag in LAG.items()}
    tiltak, tjeneste = (
        rader[MODELLER_VED_NAVN["Tiltak"]],
        rader[MODELLER_VED_NAVN["Tjeneste"]],
    )
    plan = tiltak.plan
    ansvar = AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    punkt = KontaktpunktFactory(tjeneste=tjeneste)
    ansvar.velg_kontaktpunkter([punkt])
    omrade = tiltak.plasseringer.get().innsatsomrade
    rader |= {
        MODELLER_VED_NAVN["Kontaktpunkt"]: punkt,
        MODELLER_VED_NAVN["Innsatsomrade"]: omrade,
        type(ansvar): ansvar,
        type(ansvar.kontaktvalg.get()): ansvar.kontaktvalg.get(),
        type(tiltak.plasseringer.get()): tiltak.plasseringer.get(),
    }
    plan.bygger_pa = HandlingsplanFactory(
        kommune=kommune, status="avlost", fra_ar=2010, til_ar=2014
    )
    plan.save()
    # The other one, which has no plan, has a page of its own.
    Styringsdokument.objects.create(kommune=kommune, plan=plan, tittel="Dokument")
    malsetting = Malsetting.objects.create(
        plan=plan, tiltak=tiltak, type="visjon", tekst="Mål"
    )
    andre = [
        Overgang.objects.create(
            ny_plan=plan,
            fra=TiltakFactory(plan=plan.bygger_pa),
            til=tiltak,
            valg="viderefores",
        ),
        Malgruppe.objects.create(tiltak=tiltak, tekst="Unge"),
        Lenke.objects.create(
            tiltak=tiltak, tittel="Lenke", adresse="https://example.org/1"
        ),
        malsetting,
        TiltakTema.objects.create(tiltak=tiltak, tema=rader[MODELLER_VED_NAVN["Tema"]]),
        *i_katalogen(tjeneste, rader[MODELLER_VED_NAVN["Tema"]]),
        TiltakVeileder.objects.create(
            tiltak=tiltak, veileder=rader[MODELLER_VED_NAVN["Veileder"]]
        ),
        VeilederTema.objects.create(
            veileder=rader[MODELLER_VED_NAVN["Veileder"]],
            tema=rader[MODELLER_VED_NAVN["Tema"]],
        ),
        TiltakLokalomrade.objects.create(
            tiltak=tiltak, lokalomrade=LokalomradeFactory(kommune=kommune)
        ),
        Apningstid.objects.create(
            kontaktpunkt=punkt, fra_dag=0, til_dag=4, apner="08:00", stenger="15:00"
        ),
        BekreftelseFactory(kontaktpunkt=punkt),
        *(runden := i_runden(tjeneste)),
        StatusrapportFactory(
            tiltak=tiltak, tjeneste=tjeneste, runde=runden[0], antall=40
        ),
        FinansieringFactory(tiltak=tiltak),
        AktivitetFactory(
            kommune=kommune,
            publisert=True,
            tiltak=tiltak,
            tjeneste=tjeneste,
            sted=rader[Sted],
            gjentar=AktivitetFactory(kommune=kommune),
        ),
        delen := TilskuddstiltakFactory(tiltak=tiltak),
        delen.tilskudd,
        *om_runden(runden[0], plan),
        vurdering := EgenvurderingFactory.med_svar(
            forum__kommune=kommune, forum__type="politirad"
        ),
        vurdering.svar.first(),
        NormsvarFactory(kommune=kommune),
        RapportFactory(kommune=kommune, plan=plan),
        OpphavFactory(tiltak=tiltak),
        SettDelingFactory(kommune=kommune),
        Endringsbrev.objects.create(kommune=kommune, bruker=BrukerFactory()),
        TilgangFactory(kommune=kommune, rolle="ansatt"),
        TilgangslenkeFactory(kommune=kommune),
        TjenesteredaktorFactory(tjeneste=tjeneste),
        *i_forumet(rader[MODELLER_VED_NAVN["Forum"]], tjeneste),
        *i_kunnskapen(rader[Funn], rader[Anbefaling], tiltak),
        *i_kilden(
            rader[Funn],
            rader[MODELLER_VED_NAVN["Indikator"]],
            malsetting,
            omrade,
            tiltak,
            rader[MODELLER_VED_NAVN["Tema"]],
        ),
        Stedsdel.objects.create(
            helhet=StedFactory(kommune=kommune, type=Sted.Type.FLERE), sted=rader[Sted]
        ),
        *om_planen(plan, tiltak, rader[MODELLER_VED_NAVN["Forum"]]),
        *evaluert(plan, tiltak),
    ]
    return rader | {type(rad): rad for rad in andre}


def i_katalogen(tjeneste, tema):
    """One row of what a tjeneste helps with, and whom."""
    return [
        TjenesteTemaFactory(tjeneste=tjeneste, tema=tema),
        Tjenestemalgruppe.objects.create(tjeneste=tjeneste, tekst="Unge"),
        Tjenestekommune.objects.create(tjeneste=tjeneste, kommune=KommuneFactory()),
    ]


def evaluert(plan, tiltak):
    """One row of what an evaluation that is under way is made of."""
    evaluering = EvalueringFactory(plan=plan)
    return [
        evaluering,
        TiltaksvurderingFactory(evaluering=evaluering, tiltak=tiltak),
        MilepalFactory(evaluering=evaluering),
        # Of this one, and not of a source, it is kept what they said.
        MedvirkningFactory(kilde=None, evaluering=evaluering, antall=12),
    ]


def om_planen(plan, tiltak, forum):
    """One row of who read the plan as a draft, what was said of it, and what was frozen."""
    horing = HoringFactory(plan=plan)
    lenke = PlanlenkeFactory(plan=plan, horing=horing)
    registrering = RegistreringFactory(
        plan=plan, trukket=timezone.now(), hvorfor_trukket="Feil plan"
    )
    return [
        PlanleserFactory(plan=plan, forum=forum),
        horing,
        lenke,
        InnspillFactory(
            plan=plan,
            tiltak=tiltak,
            horing=horing,
            planlenke=lenke,
            vurdering="folges",
            svar="Ja.",
        ),
        registrering,
        registrering.dokument,
        BildeFactory(kommune=plan.kommune),
    ]


def i_forumet(forum, tjeneste):
    """One row of all that hangs on a forum."""
    kommune = forum.kommune
    return [
        ForumsmedlemFactory(forum=forum, tjeneste=tjeneste),
        Forumskommune.objects.create(forum=forum, kommune=KommuneFactory()),
        Sendevei.objects.create(forum=forum, til=ForumFactory(kommune=kommune)),
        MoteserieFactory(forum=forum),
        MoteFactory(forum=forum),
    ]


def i_kunnskapen(funn, anbefaling, tiltak):
    """One row of all that ties a source to what is done."""
    return [
        Funnsvar.objects.create(funn=funn, tiltak=tiltak),
        Grunnlag.objects.create(anbefaling=anbefaling, funn=funn),
        Anbefalingssvar.objects.create(anbefaling=anbefaling, tiltak=tiltak),
        TallimportFactory(kommune=funn.kilde.kommune),
    ]


MODELLER_VED_NAVN = {modell.__name__: modell for modell in MODELLER}


def merk(rader):
    """Every word of the rows gets the mark, but for files, which nobody changes."""
    for nr, rad in enumerate(rader.values()):
        if isinstance(rad, (Bilde, Dokument)):
            continue
        for felt in ("navn", "tittel", "kortnavn", "tekst", "etikett", "mottaker"):
            if hasattr(rad, felt) and type(rad) is not Kommune:
                setattr(rad, felt, f"{MERKE} {nr}")
        # Also of what stands as it came.
        with uten_vern():
            rad.save()


@pytest.fixture
def to(kommune, nabokommune, koordinator):
    """(own rows, the other's rows), each {model: row}."""
    egne, fremmede = fyll(kommune), fyll(nabokommune)
    # Another of each kind that a form may choose.
    for fabrikk in (LokalomradeFactory, StedFactory, TjenesteFactory):
        fremmede[fabrikk, 2] = fabrikk(kommune=nabokommune)
    merk(fremmede)
    return egne, {n: r for n, r in fremmede.items() if not isinstance(n, tuple)}


def test_every_model_with_a_kommune_has_a_row_here(to):
    egne, fremmede = to

    assert set(egne) == set(fremmede) == set(MED_KOMMUNE)


def alt():
    """All rows of all kommuner, each with its kommune as `hvis`; without the counter that
    each saving raises."""
    return {
        modell: [
            {n: v for n, v in rad.items() if n != "versjon"}
            for rad in modell._base_manager.order_by("pk")
            .annotate(hvis=F(modell.kommune_sti))
            .values()
        ]
        for modell in MED_KOMMUNE
    }


def kryss():
    """[(model, id, field)] of rows that point into another kommune."""
    funnet = []
    for modell in MED_KOMMUNE:
        for felt in modell._meta.concrete_fields:
            hit = felt.related_model
            if hit in MED_KOMMUNE and felt.name not in modell.over_grensen:
                sti = "pk" if hit is Kommune else f"{felt.name}__{hit.kommune_sti}"
                sti = felt.name if hit is Kommune else sti.removesuffix("__pk")
                for pk, egen, annens in modell._base_manager.values_list(
                    "pk", modell.kommune_sti, sti
                ):
                    if annens is not None and egen != annens:
                        funnet.append((modell.__name__, pk, felt.name))
    return funnet


class Forsok:
    """Tries one thing after the other, each undone; collects what went wrong."""

    def __init__(self, klient, kommune):
        self.klient, self.kommune = klient, kommune
        self.for_, self.antall, self.avvik, self.hoppet = alt(), 0, [], 0

    def __call__(self, hva, metode, url, data=None, *, ventet=(), uendret=True):
        """Args:
        ventet: the statuses that will do, if not any but 500.
        uendret: whether nothing at all may change; else only nothing of the other's.
        """
        # The sample takes some of each kind.
        self.hoppet = (self.hoppet + 1) % EN_AV
        if self.hoppet:
            return
        self.antall += 1
        with transaction.atomic():
            svar = getattr(self.klient, metode)(url, data or {})
            status, tekster = svar.status_code, [svar.content.decode()]
            if status == 302:
                tekster.append(svar["Location"])
                # Where it leads, too: a message, a list with the new row.
                if svar["Location"].startswith("/"):
                    tekster.append(self.klient.get(svar["Location"]).content.decode())
            if (na := alt()) != self.for_:
                if uendret:
                    self.avvik.append((hva, "something changed"))
                if self.andres(na) != self.andres(self.for_):
                    self.avvik.append((hva, "the other's rows changed"))
                if funnet := kryss():
                    self.avvik.append((hva, "points across", funnet))
            transaction.set_rollback(True)
        if status >= 500 or (ventet and status not in ventet):
            self.avvik.append((hva, "status", status))
        if any(MERKE in tekst for tekst in tekster):
            self.avvik.append((hva, "tells the other's words"))

    def andres(self, rader):
        return {
            modell: [r for r in liste if r["hvis"] != self.kommune.pk]
            for modell, liste in rader.items()
        }


@pytest.fixture
def forsok(to, kommune, koordinator):
    klient = koordinator
    klient.raise_request_exception = False
    return Forsok(klient, kommune)


def valgfelter(response):
    """{name: model} of the fields of a page that choose a row, those of inlines as a new
    row has them."""
    skjemaer = {None: response.context["adminform"].form}
    for gruppe in response.context["inline_admin_formsets"]:
        skjemaer[gruppe.formset.prefix] = gruppe.formset.empty_form
    for gruppe, skjemaet in skjemaer.items():
        for navn, felt in skjemaet.fields.items():
            over_grensen = f"{gruppe}-{navn}" in OVER_GRENSEN
            if isinstance(felt, ModelChoiceField) and navn != "id" and not over_grensen:
                yield gruppe, navn, felt.queryset.model


def test_every_choice_of_every_admin_form(to, forsok, tell):
    egne, fremmede = to
    for modell in MODELLER:
        sidene = [side(modell, "change", egne[modell].pk)]
        if modell is not Kommune:
            sidene.append(side(modell, "add"))
        for url in sidene:
            vist = forsok.klient.get(url)
            for gruppe, navn, hit in valgfelter(vist):
                sendt = skjema(vist)
                if url.endswith("/add/"):
                    sendt |= (NYE | KUNNSKAP).get(modell, {})
                    if modell.__name__ == "Kontaktpunkt":
                        sendt["tjeneste"] = egne[MODELLER_VED_NAVN["Tjeneste"]].pk
                if gruppe:
                    rad = ny_rad(sendt, gruppe, **RESTEN.get(gruppe, {}))
                    sendt[f"{rad}-{navn}"] = fremmede[hit].pk
                else:
                    sendt[navn] = fremmede[hit].pk
                forsok((url, gruppe, navn), "post", url, sendt, ventet={200})

    tell("foreign rows chosen in admin forms", forsok.antall)
    assert forsok.avvik == []
    assert forsok.antall >= 20 // EN_AV


def test_every_reference_of_every_row_also_those_no_form_shows(to, forsok, tell):
    """A browser can send fields that the page does not have."""
    egne, fremmede = to
    for modell in MODELLER:
        sidene = [side(modell, "change", egne[modell].pk)]
        if modell is not Kommune:
            sidene.append(side(modell, "add"))
        for url in sidene:
            vist = forsok.klient.get(url)
            nokler = {f.name: f.related_model for f in modell._meta.concrete_fields}
            grupper = {
                g.formset.prefix: g.formset.model
                for g in vist.context["inline_admin_formsets"]
            }
            for navn, hit in nokler.items():
                if hit in fremmede:
                    for endelse in ("", "_id"):
                        sendt = skjema(vist) | {navn + endelse: fremmede[hit].pk}
                        forsok((url, navn + endelse), "post", url, sendt, uendret=False)
            for prefiks, radmodell in grupper.items():
                for felt in radmodell._meta.concrete_fields:
                    hit = felt.related_model
                    if hit not in fremmede and not felt.primary_key:
                        continue
                    fremmed = fremmede[radmodell if felt.primary_key else hit].pk
                    # In the row that is there, and in one more.
                    for nr in range(int(skjema(vist)[f"{prefiks}-TOTAL_FORMS"][0]) + 1):
                        sendt = skjema(vist)
                        antall = int(sendt[f"{prefiks}-TOTAL_FORMS"][0])
                        if nr == antall:
                            ny_rad(sendt, prefiks, **RESTEN.get(prefiks, {}))
                        sendt[f"{prefiks}-{nr}-{felt.name}"] = fremmed
                        hva = (url, prefiks, nr, felt.name)
                        forsok(hva, "post", url, sendt, uendret=False)
                        if felt.primary_key:
                            # As if the other's row stood on this page, and went.
                            sendt[f"{prefiks}-INITIAL_FORMS"] = nr + 1
                            sendt[f"{prefiks}-{nr}-DELETE"] = "on"
                            forsok((*hva, "DELETE"), "post", url, sendt, uendret=False)
                    if prefiks == "ansvar":
                        punkt = fremmede[MODELLER_VED_NAVN["Kontaktpunkt"]].pk
                        sendt = skjema(vist) | {
                            "ansvar-0-valgte_kontaktpunkter": [punkt]
                        }
                        forsok(
                            (url, "kontaktpunkter"), "post", url, sendt, uendret=False
                        )

    tell("foreign rows put into fields of admin forms, shown or not", forsok.antall)
    assert forsok.avvik == []
    assert forsok.antall >= 100 // EN_AV


def test_every_admin_address_with_a_foreign_row(to, forsok, kommune, nabokommune, tell):
    egne, fremmede = to
    for modell in MODELLER:
        pk = fremmede[modell].pk
        egen_side = side(modell, "change", egne[modell].pk)
        eget = skjema(forsok.klient.get(egen_side))
        for slag in ("change", "delete", "history"):
            url = side(modell, slag, pk)
            for metode in ("get", "post"):
                for data in ({}, {"_popup": "1"}, {"_to_field": "id"}, {"post": "yes"}):
                    if metode == "post":
                        data = eget | data
                    hva = (url, metode, *data)
                    # Nobody deletes a kommune: 403, also before it is looked for.
                    forsok(hva, metode, url, data, ventet={403, 404})
        liste = side(modell, "changelist")
        for felt in modell._meta.concrete_fields:
            hit = felt.related_model
            if hit not in fremmede:
                continue
            verdi = fremmede[hit].pk
            for sporring in (
                {f"{felt.name}__id__exact": verdi},
                {f"{felt.name}": verdi},
                {f"{felt.name}__in": verdi},
                {f"{felt.name}__navn__contains": MERKE[:4]},
                {"_changelist_filters": f"{felt.name}__id__exact={verdi}"},
            ):
                url = liste if "_changelist_filters" not in sporring else egen_side
                forsok((url, *sporring), "get", url, sporring, ventet={200, 302, 400})
            if modell is not Kommune:
                url = side(modell, "add")
                forsok((url, felt.name), "get", url, {felt.name: verdi}, ventet={200})
        for sporring in (
            {"q": MERKE[:4]},
            {"_popup": "1"},
            {"_popup": "1", "_to_field": "id"},
            {"_to_field": "kommune"},
            {"_to_field": "navn"},
            {"id__exact": pk},
            {"pk__in": pk},
            {"all": ""},
            {"o": "1.2.-3"},
        ):
            if modell is Kommune and "q" in sporring:
                continue
            forsok((liste, *sporring), "get", liste, sporring, ventet={200, 302, 400})
        for kilde in MED_KOMMUNE:
            for felt in kilde._meta.concrete_fields:
                if felt.related_model is modell:
                    for ordet in ("", MERKE[:4]):
                        sporring = {
                            "app_label": kilde._meta.app_label,
                            "model_name": kilde._meta.model_name,
                            "field_name": felt.name,
                            "term": ordet,
                        }
                        forsok(
                            ("autocomplete", kilde.__name__, felt.name, ordet),
                            "get",
                            reverse("admin:autocomplete"),
                            sporring,
                            ventet={200, 403},
                        )
        if modell is not Kommune:
            # The form says that it was opened in the other kommune.
            sendt = eget | {SKJEMAFELT: nabokommune.pk}
            forsok((egen_side, SKJEMAFELT), "post", egen_side, sendt, uendret=False)
            url = side(modell, "change", pk)
            forsok((url, SKJEMAFELT), "post", url, sendt, ventet={404})
    url = reverse("admin:velg_kommune")
    forsok(url, "post", url, {"kommune": nabokommune.pk}, ventet={404})

    tell("admin addresses, filters and searches with a foreign row", forsok.antall)
    assert forsok.avvik == []
    assert forsok.antall >= 800 // EN_AV


SKJEMAER = {
    "innstillinger_sted": "Sted",
    "tiltak:tema": "Tema",
    "tiltak:tiltak_endre": "Tiltak",
    "tiltak:notat_endre": "Statusrapport",
    "tiltak:kapittel_endre": "Kapittel",
    "tiltak:innsatsomrade_endre": "Innsatsomrade",
    "tiltak:plan_endre": "Handlingsplan",
    "tiltak:tjeneste_endre": "Tjeneste",
    "tiltak:kontaktpunkt_endre": "Kontaktpunkt",
}
# Of the kommune itself, and of its rows.
INNSTILLINGER = [
    "innstillinger_kommune",
    "innstillinger_lokalomrader",
    "innstillinger_steder",
    "tiltak:temaer",
    "tiltak:planrekker",
    "tiltak:styringsdokumenter",
]


def henvisninger(skjema):
    """Yields (name, model) of all that a form could be made to point with: also fields
    that it does not have, and those of a row more."""
    yield from _henvisninger(type(skjema.hoved.instance), skjema.hoved)
    for rader in skjema.rader.values():
        for form in (*rader.forms, rader.empty_form):
            nr = str(len(rader.forms))
            prefiks = form.prefix.replace("__prefix__", nr)
            for navn, modell in _henvisninger(rader.model, form):
                yield f"{prefiks}-{navn}", modell


def _henvisninger(modell, form):
    yield "id", modell
    for felt in modell._meta.concrete_fields:
        if felt.related_model:
            yield felt.name, felt.related_model
    for navn, felt in form.fields.items():
        if isinstance(felt, ModelMultipleChoiceField):
            yield navn, felt.queryset.model
    if isinstance(form, AnsvarForm):
        yield "valgte_kontaktpunkter", Kontaktpunkt


def test_every_form_of_the_site(to, forsok, kommune, nabokommune, tell):
    egne, fremmede = to
    mine = {m.__name__: rad for m, rad in egne.items()}
    ved_navn = {m.__name__: rad for m, rad in fremmede.items()}
    slugger = (kommune.slug, nabokommune.slug)
    sidene = [(n, [mine[m].pk], [ved_navn[m].pk]) for n, m in SKJEMAER.items()]
    for navn, min_, andres in [*sidene, *((n, [], []) for n in INNSTILLINGER)]:
        url = reverse(navn, args=[kommune.slug, *min_])
        svar = forsok.klient.get(url)
        for felt, hit in henvisninger(svar.context["skjema"]):
            if hit not in fremmede:
                continue
            rad, strek, _navn = felt.rpartition("-")
            sendt = innsending(svar, **{felt: fremmede[hit].pk})
            forsok((url, felt), "post", url, sendt, uendret=False)
            sendt |= {f"{rad}{strek}DELETE": "on"}
            forsok((url, felt, "DELETE"), "post", url, sendt, uendret=False)
            for knapp in ("_tegn_om", "_ny_rad", "_opp"):
                forsok((url, felt, knapp), "post", url, sendt | {knapp: rad})
        for slug in slugger if andres else slugger[1:]:
            fremmed = reverse(navn, args=[slug, *andres])
            for metode in ("get", "post"):
                sendt = innsending(svar)
                forsok((fremmed, metode), metode, fremmed, sendt, ventet={404})
    url = reverse("tilganger", args=[kommune.slug])
    for rolle in (*Tilgang.Rolle.values, "redaktor"):
        sendt = {
            "inviter-epost": "ny@example.org",
            "inviter-rolle": rolle,
            "inviter-tjeneste": ved_navn["Tjeneste"].pk,
            "inviter-kommune": nabokommune.pk,
            "kommune": nabokommune.pk,
        }
        uendret = rolle == "redaktor"
        forsok((url, rolle), "post", url, sendt, uendret=uendret)
    annens = reverse("tilganger", args=[nabokommune.slug])
    forsok(annens, "get", annens, ventet={404})
    forsok(annens, "post", annens, sendt, ventet={404})
    for tilgangstype, modell in (
        ("tilgang", "Tilgang"),
        ("redaktor", "Tjenesteredaktor"),
        ("lenke", "Tilgangslenke"),
    ):
        for slug in slugger:
            url = reverse(
                "tilgang_avslutt", args=[slug, tilgangstype, ved_navn[modell].pk]
            )
            forsok(url, "post", url, ventet={404})
    url = reverse("konto:se_som")
    for hva in ("publikum", "ansatt", "politirad"):
        sendt = {"kommune": nabokommune.slug, "hva": hva}
        forsok((url, hva), "post", url, sendt, ventet={403})

    tell("foreign rows in the forms of the site", forsok.antall)
    assert forsok.avvik == []
    assert forsok.antall >= 48 // EN_AV


def test_the_page_on_which_a_plan_is_written(to, forsok, kommune, nabokommune, tell):
    """What is moved, removed and added there."""
    egne, fremmede = to
    mine = {m._meta.model_name: rad for m, rad in egne.items()}
    andres = {m._meta.model_name: rad for m, rad in fremmede.items()}
    plan = mine["handlingsplan"]
    for navn, modeller in (("flytt", planen.FLYTTES), ("slett", planen.SLETTES)):
        for hva in modeller:
            for slug in (kommune.slug, nabokommune.slug):
                url = reverse(f"tiltak:{navn}", args=[slug, hva, andres[hva].pk])
                forsok(url, "post", url, {"retning": "opp"}, ventet={404})
    for hva in planen.FLYTTES:
        url = reverse("tiltak:flytt", args=[kommune.slug, hva, mine[hva].pk])
        for sendt in (
            {"etter": andres[hva].pk},
            {"til": andres["innsatsomrade"].pk},
            {"til": andres["innsatsomrade"].pk, "etter": andres[hva].pk},
        ):
            forsok((url, *sendt), "post", url, sendt, uendret=False, ventet={302})
    url = reverse("tiltak:nytt_tiltak", args=[kommune.slug, plan.slug])
    sendt = {"tittel": "Nytt", "omrade": andres["innsatsomrade"].pk}
    forsok(url, "post", url, sendt, ventet={302})
    url = reverse("tiltak:disposisjon", args=[kommune.slug, plan.slug])
    for hva in ("plassering", "tiltak", "kapittel", "innsatsomrade"):
        rad = {"rad": f"{hva}-{andres[hva].pk}"}
        hode = {"headers": {"HX-Request": "true"}}
        svar = forsok.klient.get(url, rad, **hode)
        assert svar.status_code == 404
    for slug in (kommune.slug, nabokommune.slug):
        for navn in (
            "disposisjon",
            "nytt_tiltak",
            "kapittel_nytt",
            "innsatsomrade_nytt",
            "enige_i_nivaene",
        ):
            url = reverse(f"tiltak:{navn}", args=[slug, andres["handlingsplan"].slug])
            egen = slug == kommune.slug and andres["handlingsplan"].slug == plan.slug
            if not egen:
                forsok(url, "post", url, {"tittel": "x"}, ventet={404, 405})

    tell("foreign rows on the page on which a plan is written", forsok.antall)
    assert forsok.avvik == []
    assert forsok.antall >= 16 // EN_AV


def test_one_who_keeps_both_still_mixes_nothing(to, kommune, nabokommune, tell):
    """Each form is of one kommune, whatever else its user may see."""
    egne, fremmede = to
    bruker = TilgangFactory(kommune=kommune).bruker
    TilgangFactory(kommune=nabokommune, bruker=bruker)
    klient, antall, funnet = innlogget(bruker), 0, []
    klient.post(reverse("admin:velg_kommune"), {"kommune": kommune.pk})
    for modell in MODELLER[:: mengde(1, 3)]:
        if not isinstance(admin.site._registry[modell], KommuneAdmin):
            continue
        url = side(modell, "change", egne[modell].pk)
        vist = klient.get(url)
        for gruppe, navn, hit in valgfelter(vist):
            sendt = skjema(vist)
            felt = navn
            if gruppe:
                felt = f"{ny_rad(sendt, gruppe, **RESTEN.get(gruppe, {}))}-{navn}"
            sendt[felt] = fremmede[hit].pk
            with transaction.atomic():
                klient.post(url, sendt)
                funnet += kryss()
                transaction.set_rollback(True)
            antall += 1

    tell("rows of one's other kommune chosen", antall)
    assert funnet == []
    assert antall >= mengde(12, 4)
    assert TiltakFactory._meta.model.objects.exists()


FORA_OG_KUNNSKAP = {
    "moter:forum_endre": "Forum",
    "evaluering:kilde_endre": "Kilde",
    "evaluering:funn_endre": "Funn",
    "evaluering:anbefaling_endre": "Anbefaling",
    "evaluering:indikator_endre": "Indikator",
}


def test_every_row_that_a_form_of_fora_or_knowledge_may_point_to(
    to, forsok, kommune, nabokommune, tell
):
    """Also in fields that the page does not have, in rows that are there and new ones."""
    _egne, fremmede = to
    mine, andres = ({m.__name__: r for m, r in rader.items()} for rader in to)
    for navn, modell in FORA_OG_KUNNSKAP.items():
        url = reverse(navn, args=[kommune.slug, mine[modell].pk])
        vist = forsok.klient.get(url)
        sendt = innsending(vist)
        skjemaet = vist.context["skjema"]
        peker = [(felt.name, felt) for felt in mine[modell]._meta.concrete_fields]
        for rader in skjemaet.rader.values():
            for nr in range(len(rader.forms) + 1):
                egne_felter = rader.model._meta.concrete_fields
                peker += [(f"{rader.prefix}-{nr}-{f.name}", f) for f in egne_felter]
        for felt, kolonne in peker:
            slag = kolonne.model if kolonne.primary_key else kolonne.related_model
            if slag in fremmede and kolonne.name not in kolonne.model.over_grensen:
                feil = sendt | {felt: fremmede[slag].pk}
                forsok((url, felt), "post", url, feil, uendret=False)
                bort = {f"{felt.rpartition('-')[0]}-DELETE": "on"}
                forsok((url, felt, "DELETE"), "post", url, feil | bort, uendret=False)
        for slug in (kommune.slug, nabokommune.slug):
            for adresse in (navn, navn.replace("_endre", "_slett")):
                fremmed = reverse(adresse, args=[slug, andres[modell].pk])
                for metode in ("get", "post"):
                    forsok((fremmed, metode), metode, fremmed, sendt, ventet={404})

    tell("foreign rows in the forms of fora and knowledge", forsok.antall)
    assert forsok.avvik == []
    assert forsok.antall >= 60 // EN_AV
