"""The admin works in one chosen kommune: nothing outside it is seen, offered or
accepted, on any page of any model."""

import re
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.forms import ModelChoiceField
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from evaluering.models import Anbefaling, Funn, Indikator, Kilde, Maling
from moter.models import Forum, Motefri
from slt.felles.admin import KommuneAdmin
from slt.grunn.identitetsnummer import (
    IdentitetsnummerFunnet,
    avvis_identitetsnummer,
    mod11,
)
from slt.grunn.kommunegrense import kommune_id
from slt.grunn.tekst import Epost, Identitetsnummervakt, Nettadresse
from slt.models import Bruker, Kommune, Lokalomrade, Sted, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnbefalingFactory,
    BrukerFactory,
    ForumFactory,
    FunnFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KildeFactory,
    KommuneFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    MalingFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    StatusrapportFactory,
    StedFactory,
    TemaFactory,
    TilAnsatteFactory,
    TilgangFactory,
    TjenesteFactory,
    VeilederFactory,
)
from tiltak.models import (
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Planrekke,
    Statusrapport,
    Styringsdokument,
    Tema,
    TilAnsatte,
    Tiltak,
    Tjeneste,
    Veileder,
)

UTKAST = Handlingsplan.Status.UTKAST


def lag_utkast(kommune):
    """The draft of the kommune, where all pages are open: one for all its parts. There
    is another rekke of plans to choose."""
    PlanrekkeFactory(kommune=kommune, navn="Vold", hoved=False)
    return kommune.planer.first() or HandlingsplanFactory(
        kommune=kommune, status=UTKAST
    )


def lag_kilde(kommune):
    """One that has all that is made in the kommune."""
    return kommune.kilder.first() or KildeFactory(kommune=kommune)


# One row of each model, in a kommune.
LAG = {
    Kommune: lambda k: k,
    Lokalomrade: lambda k: LokalomradeFactory(kommune=k),
    Sted: lambda k: StedFactory(kommune=k, lokalomrade=LokalomradeFactory(kommune=k)),
    Planrekke: lambda k: PlanrekkeFactory(kommune=k, navn="Vold", hoved=False),
    Handlingsplan: lag_utkast,
    Innsatsomrade: lambda k: InnsatsomradeFactory(plan=lag_utkast(k)),
    Kapittel: lambda k: KapittelFactory(plan=lag_utkast(k)),
    Tema: lambda k: Tema.objects.create(kommune=k, navn="Rus"),
    Veileder: lambda k: VeilederFactory(kommune=k),
    TilAnsatte: lambda k: TilAnsatteFactory(kommune=k, tema=TemaFactory(kommune=k)),
    Styringsdokument: lambda k: Styringsdokument.objects.create(
        kommune=k, tittel=f"Avtale {k.styringsdokumenter.count()}"
    ),
    Tiltak: lambda k: (
        PlasseringFactory(innsatsomrade=LAG[Innsatsomrade](k), nummer=1).tiltak
    ),
    Tjeneste: lambda k: TjenesteFactory(kommune=k),
    Kontaktpunkt: lambda k: KontaktpunktFactory(tjeneste__kommune=k),
    Statusrapport: lambda k: StatusrapportFactory(tiltak=LAG[Tiltak](k)),
    Forum: lambda k: ForumFactory(kommune=k, lokalomrade=LokalomradeFactory(kommune=k)),
    Motefri: lambda k: Motefri.objects.create(
        kommune=k,
        navn=f"Ferie {k.motefri.count()}",
        fra=date(2027, 2, 22),
        til=date(2027, 2, 26),
    ),
    Kilde: lambda k: KildeFactory(kommune=k),
    Funn: lambda k: FunnFactory(
        kilde=lag_kilde(k),
        sted=StedFactory(kommune=k),
        indikator=IndikatorFactory(kommune=k, kilde=lag_kilde(k)),
    ),
    Anbefaling: lambda k: AnbefalingFactory(
        kilde=lag_kilde(k), innsatsomrade=LAG[Innsatsomrade](k)
    ),
    Indikator: lambda k: IndikatorFactory(kommune=k, kilde=lag_kilde(k)),
    Maling: lambda k: MalingFactory(
        indikator__kommune=k,
        indikator__kilde=lag_kilde(k),
        lokalomrade=LokalomradeFactory(kommune=k),
    ),
}
TYPER = {
    Sted: {"type": "annet"},
    Tjeneste: {"type": "team"},
    Forum: {"type": "arbeidsgruppe", "niva": "utforende"},
    Kilde: {"type": "ungdata", "arstall": "2022", "utgiver": "NOVA"},
}
# What belongs to no kommune, or to others on purpose: tests/moter/test_admin.py.
OVER_GRENSEN = {"medlemmer-bruker", "deltakere-kommune", "delinger-kommune"}
MODELLER = [
    modell
    for modell, sider in admin.site._registry.items()
    if isinstance(sider, KommuneAdmin)
]
hver_modell = pytest.mark.parametrize(
    "modell", MODELLER, ids=lambda modell: modell._meta.model_name
)


def side(modell, slag, *args):
    return reverse(
        f"admin:{modell._meta.label_lower.replace('.', '_')}_{slag}", args=args
    )


def sider(rad):
    """The pages of a row, and the list it stands in."""
    modell = type(rad)
    return {
        "changelist": side(modell, "changelist"),
        "add": side(modell, "add"),
        "change": side(modell, "change", rad.pk),
        "delete": side(modell, "delete", rad.pk),
        "history": side(modell, "history", rad.pk),
    }


def svar(client, rad):
    """{page: status} of all pages of a row."""
    return {slag: client.get(url).status_code for slag, url in sider(rad).items()}


# Forms, as a browser sends them -------------------------------------------------------


class _Skjemaleser(HTMLParser):
    """What a browser would send from the main form of a page."""

    def __init__(self):
        super().__init__()
        self.felter, self.inne, self.valg, self.tekst = {}, False, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inne = attrs.get("id", "").endswith("_form")
        navn = attrs.get("name")
        if not self.inne:
            return
        if tag == "input" and navn and attrs.get("type") != "submit":
            if attrs.get("type") not in {"checkbox", "radio"} or "checked" in attrs:
                uten = "on" if attrs.get("type") == "checkbox" else ""
                self.felter.setdefault(navn, []).append(attrs.get("value", uten))
        elif tag == "select":
            self.valg = (navn, [], "multiple" in attrs)
        elif tag == "option" and self.valg:
            self.valg[1].append((attrs.get("value", ""), "selected" in attrs))
        elif tag == "textarea":
            self.tekst = (navn, [])

    def handle_data(self, data):
        if self.tekst:
            self.tekst[1].append(data)

    def handle_endtag(self, tag):
        if tag == "select" and self.valg:
            navn, alle, flere = self.valg
            valgt = [verdi for verdi, er_valgt in alle if er_valgt]
            if not valgt and alle and not flere:
                valgt = [alle[0][0]]
            self.felter[navn], self.valg = valgt, None
        elif tag == "textarea" and self.tekst:
            # A browser drops the line break that begins the element.
            navn, deler = self.tekst
            self.felter[navn] = ["".join(deler).removeprefix("\r\n").removeprefix("\n")]
            self.tekst = None
        elif tag == "form":
            self.inne = False


def skjema(response):
    """{name: [values]} of the form on the page, as a browser would send it."""
    leser = _Skjemaleser()
    leser.feed(response.content.decode())
    return leser.felter


def ny_rad(felter, gruppe, **verdier):
    """Adds a row to an inline, as the browser's "Legg til" does."""
    nummer = int(felter[f"{gruppe}-TOTAL_FORMS"][0])
    felter[f"{gruppe}-TOTAL_FORMS"] = [nummer + 1]
    for navn, verdi in list(felter.items()):
        if navn.startswith(f"{gruppe}-__prefix__-"):
            felter[navn.replace("__prefix__", str(nummer))] = verdi
    for navn, verdi in verdier.items():
        felter[f"{gruppe}-{nummer}-{navn}"] = verdi
    return f"{gruppe}-{nummer}"


def feil(response):
    """{field: [messages]} of the page; {} when it was saved and led on."""
    if response.status_code == 302:
        return {}
    grupper = [gruppe.formset for gruppe in response.context["inline_admin_formsets"]]
    skjemaer = [response.context["adminform"].form]
    skjemaer += [rad for gruppe in grupper for rad in gruppe.forms]
    funnet = {
        skjema.add_prefix(felt): list(tekster)
        for skjema in skjemaer
        for felt, tekster in skjema.errors.items()
    }
    for gruppe in grupper:
        if gruppe.non_form_errors():
            funnet[gruppe.prefix] = list(gruppe.non_form_errors())
    return funnet


def endre(client, rad, **verdier):
    """Sends the change page of a row with other values; returns the response."""
    url = side(type(rad), "change", rad.pk)
    return client.post(url, skjema(client.get(url)) | verdier)


def legg_til(client, modell, **verdier):
    url = side(modell, "add")
    return client.post(url, skjema(client.get(url)) | verdier)


def sporringer(client, url):
    # What Django keeps of the content types is asked for in each process.
    ContentType.objects.get_for_models(*apps.get_models(), for_concrete_models=False)
    with CaptureQueriesContext(
        connection,
    ) as fanget:
        response = client.get(url)
    assert response.status_code == 200
    return len(fanget)


# Who sees what ------------------------------------------------------------------------


def test_all_registered_models_are_tested_here():
    assert set(MODELLER) == set(LAG)


@hver_modell
def test_the_coordinator_opens_every_page(modell, kommune, koordinator):
    rad = LAG[modell](kommune)

    egen_kommune = modell is Kommune  # made, and never deleted, by administrators
    assert svar(koordinator, rad) == {
        "changelist": 200,
        "add": 403 if egen_kommune else 200,
        "change": 200,
        "delete": 403 if egen_kommune else 200,
        "history": 200,
    }


@hver_modell
def test_the_neighbour_opens_none(modell, kommune, nabo):
    rad = LAG[modell](kommune)

    fremmede = svar(nabo, rad)

    del fremmede["changelist"], fremmede["add"]  # the neighbour's own
    assert set(fremmede.values()) <= {403, 404}
    assert fremmede["change"] == fremmede["history"] == 404


@hver_modell
def test_nobody_is_asked_to_log_in(modell, kommune, client):
    adresser = list(sider(LAG[modell](kommune)).values())

    svarene = [client.get(url) for url in adresser]

    innlogging = f"{reverse('konto:logg_inn')}?next="
    assert [(s.status_code, s.url) for s in svarene] == [
        (302, innlogging + url) for url in adresser
    ]


@hver_modell
def test_a_user_without_access_is_refused(modell, kommune):
    rad = LAG[modell](kommune)
    ansatt = innlogget(
        TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.ANSATT).bruker
    )

    for url in sider(rad).values():
        assert ansatt.get(url, follow=True).status_code == 403
        assert ansatt.post(url, {"post": "yes"}, follow=True).status_code == 403
    assert modell._base_manager.filter(pk=rad.pk).exists()


@hver_modell
def test_the_list_has_own_rows_only(modell, kommune, nabokommune, koordinator):
    egen = LAG[modell](kommune)
    LAG[modell](nabokommune)

    liste = koordinator.get(side(modell, "changelist")).context["cl"]

    assert list(liste.result_list) == [egen]


@hver_modell
def test_the_neighbour_changes_and_deletes_nothing(modell, kommune, nabo, koordinator):
    rad = LAG[modell](kommune)
    for_ = modell._base_manager.filter(pk=rad.pk).values().get()
    sendt = skjema(koordinator.get(side(modell, "change", rad.pk)))
    sendt = {navn: ["1"] if navn.endswith("navn") else v for navn, v in sendt.items()}

    assert nabo.post(side(modell, "change", rad.pk), sendt).status_code == 404
    assert nabo.post(side(modell, "delete", rad.pk), {"post": "yes"}).status_code in {
        403,
        404,
    }

    assert modell._base_manager.filter(pk=rad.pk).values().get() == for_


@hver_modell
def test_an_unchanged_form_changes_nothing(modell, kommune, koordinator):
    """Whoever presses save without having touched anything leaves no trace."""
    rad = LAG[modell](kommune)
    versjon = Kommune.objects.values_list("versjon", flat=True).get(pk=kommune.pk)

    assert feil(endre(koordinator, rad)) == {}

    assert rad.historikk.count() == 1
    kommune.refresh_from_db()
    assert kommune.versjon == versjon


# What is offered ----------------------------------------------------------------------


def tilbud(response):
    """(field, QuerySet) of each choice among rows on an add or change page."""
    skjemaer = {"": response.context["adminform"].form}
    for gruppe in response.context["inline_admin_formsets"]:
        skjemaer[gruppe.formset.prefix] = gruppe.formset.empty_form
    for gruppe, skjema_ in skjemaer.items():
        for navn, felt in skjema_.fields.items():
            if isinstance(felt, ModelChoiceField) and navn != "id":
                yield f"{gruppe}-{navn}", felt


# Nothing else is chosen in their forms.
UTEN_VALG = {
    Kommune,
    Lokalomrade,
    Planrekke,
    Styringsdokument,
    Motefri,
}


@hver_modell
def test_forms_offer_own_rows_only(modell, kommune, nabokommune, koordinator):
    rad = LAG[modell](kommune)
    for annen in MODELLER:
        LAG[annen](nabokommune)
    sidene = [side(modell, "change", rad.pk)]
    if modell is not Kommune:
        sidene.append(side(modell, "add"))

    sett = 0
    for url in sidene:
        for navn, felt in tilbud(koordinator.get(url)):
            sett += 1
            fremmede = [
                r
                for r in felt.queryset
                if kommune_id(r) != kommune.pk and navn not in OVER_GRENSEN
            ]
            assert (navn, fremmede) == (navn, [])
            vist = {str(verdi) for verdi, _tekst in felt.choices if verdi}
            assert vist <= {str(felt.prepare_value(r)) for r in felt.queryset}
    assert (sett == 0) == (modell in UTEN_VALG)


def filtervalg(client, modell):
    """{field: the rows that its filter beside the list can choose}."""
    liste = client.get(side(modell, "changelist")).context["cl"]
    return {
        filter_.field.name: filter_.field.related_model._base_manager.filter(
            pk__in=[pk for pk, _tekst in filter_.lookup_choices]
        )
        for filter_ in liste.filter_specs
        if getattr(getattr(filter_, "field", None), "related_model", None)
    }


def test_filters_offer_own_rows_only(kommune, nabokommune, koordinator):
    for modell in MODELLER:
        LAG[modell](kommune)
        LAG[modell](nabokommune)

    assert {
        (modell, felt): {kommune_id(rad) for rad in rader}
        for modell in MODELLER
        for felt, rader in filtervalg(koordinator, modell).items()
    } == {
        (Sted, "lokalomrade"): {kommune.pk},
        (Handlingsplan, "rekke"): {kommune.pk},
        (Tiltak, "plan"): {kommune.pk},
        (Tiltak, "innsatsomrade"): {kommune.pk},
        (Tiltak, "tjeneste"): {kommune.pk},
        (Tjeneste, "overordnet"): {kommune.pk},
        (Kontaktpunkt, "tjeneste"): {kommune.pk},
        (Forum, "lokalomrade"): {kommune.pk},
        (Maling, "indikator"): {kommune.pk},
    }


@pytest.mark.parametrize(
    "modell",
    [modell for modell in MODELLER if modell is not Kommune],  # which points to nothing
    ids=lambda modell: modell._meta.model_name,
)
def test_a_filter_by_a_foreign_id_finds_nothing(
    modell, kommune, nabokommune, koordinator
):
    """Nothing of the other kommune: no row, no such filter, or one's own where there is
    nothing to choose between."""
    egen = LAG[modell](kommune)
    fremmed = LAG[modell](nabokommune)
    fremmede_ider = {
        felt.name: getattr(fremmed, felt.attname)
        for felt in modell._meta.concrete_fields
        if felt.is_relation and getattr(fremmed, felt.attname)
    }

    svarene = [
        koordinator.get(side(modell, "changelist"), {f"{felt}__id__exact": pk})
        for felt, pk in fremmede_ider.items()
    ]

    assert fremmede_ider
    funnet = [
        [] if svar.status_code == 400 else list(svar.context["cl"].result_list)
        for svar in svarene
    ]
    assert [rader for rader in funnet if rader not in ([], [egen])] == []


UFILTRERT = [
    "navn__regex=(",
    "navn__iregex=(a%2B)%2B%24",
    "nedlagt__year=99999",
    "nedlagt__gt=x",
    "type__regex=.",
    "overordnet__navn__regex=(",
    "kommune__id__exact=1",
    "kommune__navn__contains=a",
    "id__in=1,2",
    "o=" + ".".join("1" * 200),
]


@pytest.mark.parametrize("sporring", UFILTRERT)
def test_a_list_is_asked_only_what_its_filters_ask(sporring, kommune, koordinator):
    TjenesteFactory(kommune=kommune)

    response = koordinator.get(f"{side(Tjeneste, 'changelist')}?{sporring}")

    assert response.status_code == 400
    assert "Adressen kan ikke brukes" in response.text


def test_of_a_long_search_the_first_words_count(kommune, koordinator):
    """A database takes only so many conditions."""
    TjenesteFactory(kommune=kommune, navn="Utekontakten")
    lang = "utekontakten " * 1500

    for modell in MODELLER:
        liste = side(modell, "changelist")
        assert koordinator.get(liste, {"q": lang}).status_code == 200
    svar = koordinator.get(side(Tjeneste, "changelist"), {"q": lang})
    assert "Utekontakten</a>" in svar.text


@pytest.mark.alt
def test_the_filters_of_every_list_work(kommune, koordinator):
    fulgt = {}
    for modell in MODELLER:
        LAG[modell](kommune)
        liste = side(modell, "changelist")
        valgene = re.findall(r'<a href="(\?[^"]+)"', koordinator.get(liste).text)
        for valg in map(unescape, valgene):
            fulgt[liste + valg] = koordinator.get(liste + valg).status_code

    assert len(fulgt) > 50
    assert set(fulgt.values()) == {200}


def nokkel_til(modell):
    """(app, model, field) of a foreign key that leads to the model, as the search
    fields name it."""
    for kilde in apps.get_models():
        if (
            kilde._meta.app_label in {"slt", "tiltak", "evaluering"}
            and "Historisk" not in kilde.__name__
        ):
            for felt in kilde._meta.concrete_fields:
                if felt.related_model is modell:
                    return {
                        "app_label": kilde._meta.app_label,
                        "model_name": kilde._meta.model_name,
                        "field_name": felt.name,
                    }
    return None


SOKBARE = [
    modell
    for modell in MODELLER
    if admin.site._registry[modell].search_fields and nokkel_til(modell)
]
hver_sokbare = pytest.mark.parametrize(
    "modell", SOKBARE, ids=lambda modell: modell._meta.model_name
)


@hver_sokbare
def test_search_fields_offer_own_rows_only(
    modell, kommune, nabokommune, koordinator, client
):
    egen = LAG[modell](kommune)
    LAG[modell](nabokommune)
    url, sporsmal = reverse("admin:autocomplete"), {"term": ""} | nokkel_til(modell)

    funnet = koordinator.get(url, sporsmal).json()["results"]

    assert [treff["id"] for treff in funnet] == [str(egen.pk)]
    assert client.get(url, sporsmal).status_code == 302
    ansatt = innlogget(TilgangFactory(rolle=Tilgang.Rolle.ANSATT).bruker)
    assert ansatt.get(url, sporsmal, follow=True).status_code == 403


def test_search_fields_do_not_lead_to_users(koordinator):
    sporsmal = {"app_label": "slt", "model_name": "tilgang", "field_name": "bruker"}

    response = koordinator.get(reverse("admin:autocomplete"), sporsmal | {"term": ""})

    assert response.status_code == 403


@pytest.mark.parametrize("verdi", ["x", "-1", "1.5", "\x00", "٣", "9" * 30, "9" * 5000])
def test_what_is_no_row_is_refused_beside_the_search_field(
    verdi, kommune, koordinator, administrator
):
    """Django's own search field asks the database for it, and fails."""
    sted = StedFactory(kommune=kommune)
    tilgang = TilgangFactory(kommune=kommune)

    svar = endre(koordinator, sted, lokalomrade=verdi)
    assert list(feil(svar)) == ["lokalomrade"]
    svar = endre(administrator, tilgang.bruker, **{"tilganger-0-kommune": verdi})
    assert list(feil(svar)) == ["tilganger-0-kommune"]


def test_there_is_no_address_that_opens_any_row_by_its_number(db):
    with pytest.raises(NoReverseMatch):
        reverse("admin:view_on_site", args=[1, 1])


def test_a_place_in_a_foreign_area_is_refused(kommune, nabokommune, koordinator):
    sted = StedFactory(kommune=kommune)
    fremmed = LokalomradeFactory(kommune=nabokommune)

    response = endre(koordinator, sted, lokalomrade=fremmed.pk)

    assert feil(response) == {
        "lokalomrade": [
            "Velg et gyldig valg. Valget er ikke av de tilgjengelige valgene."
        ]
    }
    sted.refresh_from_db()
    assert (sted.lokalomrade, sted.historikk.count()) == (None, 1)


@pytest.mark.parametrize("modell", [Lokalomrade, Sted, Tema, Tjeneste, Kilde])
def test_a_kommune_sent_with_the_form_is_not_listened_to(
    modell, kommune, nabokommune, koordinator
):
    response = legg_til(
        koordinator, modell, navn="Ny", **TYPER.get(modell, {}), kommune=nabokommune.pk
    )

    assert feil(response) == {}
    assert modell.objects.get().kommune == kommune


# Choosing a kommune -------------------------------------------------------------------


@pytest.fixture
def i_to(kommune, nabokommune):
    """Coordinates two kommuner."""
    bruker = TilgangFactory(kommune=kommune).bruker
    TilgangFactory(kommune=nabokommune, bruker=bruker)
    return innlogget(bruker)


def velg(client, kommune):
    return client.post(
        reverse("admin:velg_kommune"), {"kommune": getattr(kommune, "pk", kommune)}
    )


def test_one_works_in_the_chosen_kommune_alone(i_to, kommune, nabokommune):
    egen, annen = (TjenesteFactory(kommune=k) for k in (kommune, nabokommune))

    def sett():
        return list(i_to.get(side(Tjeneste, "changelist")).context["cl"].result_list)

    assert sett() == [egen]
    response = velg(i_to, nabokommune)
    assert (response.status_code, response.url) == (302, reverse("admin:index"))
    assert sett() == [annen]
    assert i_to.get(side(Tjeneste, "change", egen.pk)).status_code == 404


def test_the_page_says_where_one_works(i_to, nabokommune):
    velg(i_to, nabokommune)

    tekst = i_to.get(reverse("admin:index")).content.decode()

    assert "SLT-administrasjon: Lørenskog" in tekst
    assert "Du arbeider nå i Lørenskog." in tekst


def test_a_kommune_is_not_chosen_by_a_link(i_to, nabokommune):
    url = reverse("admin:velg_kommune")

    assert i_to.get(url, {"kommune": nabokommune.pk}).status_code == 405
    assert "admin_kommune" not in i_to.session


@pytest.mark.parametrize("verdi", ["", "x", "0", "-1", "9" * 30, "1.5", "None"])
def test_nonsense_is_no_kommune(koordinator, verdi):
    assert velg(koordinator, verdi).status_code == 404


def test_a_kommune_that_one_does_not_coordinate_is_refused(koordinator, nabokommune):
    TilgangFactory(
        kommune=nabokommune, bruker=koordinator.bruker, rolle=Tilgang.Rolle.ANSATT
    )

    assert velg(koordinator, nabokommune).status_code == 404
    assert "admin_kommune" not in koordinator.session


def test_the_choice_lapses_with_the_access(i_to, kommune, nabokommune):
    velg(i_to, nabokommune)
    tilgang = nabokommune.tilganger.get()
    tilgang.fra = tilgang.til = timezone.localdate() - timedelta(days=1)
    tilgang.save()
    fremmed = TjenesteFactory(kommune=nabokommune)

    assert i_to.get(side(Tjeneste, "change", fremmed.pk)).status_code == 404
    assert i_to.get(reverse("admin:index")).context["valgt_kommune"] == kommune


def test_a_form_is_saved_in_the_kommune_it_was_opened_in(i_to, kommune, nabokommune):
    """With two windows one may choose another kommune while a form stands open."""
    velg(i_to, kommune)
    url = side(Tjeneste, "add")
    apnet = skjema(i_to.get(url)) | {"navn": "OUT", "type": "team"}
    velg(i_to, nabokommune)

    i_to.post(url, apnet)

    assert Tjeneste.objects.get().kommune == kommune
    assert i_to.get(reverse("admin:index")).context["valgt_kommune"] == kommune


def test_a_form_cannot_name_a_foreign_kommune(koordinator, kommune, nabokommune):
    legg_til(koordinator, Tjeneste, navn="OUT", type="team", _kommune=nabokommune.pk)

    assert Tjeneste.objects.get().kommune == kommune


def test_switching_needs_the_token_of_the_page(i_to, nabokommune):
    i_to.handler.enforce_csrf_checks = True

    assert velg(i_to, nabokommune).status_code == 403


# Access -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fra", "til", "status"),
    [(-9, -1, 403), (1, None, 403), (1, 9, 403), (0, 0, 200), (-9, None, 200)],
    ids=["ended yesterday", "starts tomorrow", "next week", "today alone", "runs"],
)
def test_access_holds_from_its_first_day_to_its_last(kommune, fra, til, status):
    i_dag = timezone.localdate()
    tilgang = TilgangFactory(
        kommune=kommune,
        fra=i_dag + timedelta(days=fra),
        til=None if til is None else i_dag + timedelta(days=til),
    )
    client = innlogget(tilgang.bruker)

    for url in (reverse("admin:index"), side(Tjeneste, "changelist")):
        assert client.get(url, follow=True).status_code == status


def test_who_may_not_log_in_is_out_at_once(koordinator):
    bruker = koordinator.bruker
    bruker.is_active = False
    bruker.save()

    assert koordinator.get(reverse("admin:index")).status_code == 302


def test_logging_in_leads_to_where_one_was_going(kommune, client):
    bruker = TilgangFactory(kommune=kommune).bruker
    bruker.set_password("et langt passord")
    bruker.save()
    siden = side(Tjeneste, "changelist")
    innlogging = client.get(siden, follow=True).redirect_chain[-1][0]

    response = client.post(
        innlogging,
        {"username": bruker.epost, "password": "et langt passord", "next": siden},
    )

    assert response.url == siden
    assert BACKEND_SESSION_KEY in client.session


def test_the_admin_leads_nobody_out_of_the_site(client, db):
    response = client.get(reverse("admin:login"), {"next": "//ond.example/"})
    assert response.url.startswith(reverse("konto:logg_inn"))

    koordinator = innlogget(TilgangFactory().bruker)
    response = koordinator.get(reverse("admin:login"), {"next": "//ond.example/"})
    assert response.url == reverse("admin:index")


@pytest.mark.parametrize("slag", ["changelist", "add", "change", "delete", "history"])
def test_users_are_the_administrators_business(koordinator, administrator, slag):
    url = sider(koordinator.bruker)[slag]

    assert koordinator.get(url).status_code == 403
    assert koordinator.post(url, {"is_superuser": "on"}).status_code == 403
    assert administrator.get(url).status_code == (403 if slag == "delete" else 200)
    assert not Bruker.objects.get(pk=koordinator.bruker.pk).is_superuser


def test_passwords_of_others_are_the_administrators_business(
    koordinator, administrator
):
    url = reverse("admin:auth_user_password_change", args=[administrator.bruker.pk])

    assert koordinator.get(url).status_code == 403
    assert administrator.get(url).status_code == 200


def test_the_coordinators_menu_begins_with_the_plan(koordinator):
    apper = koordinator.get(reverse("admin:index")).context["app_list"]

    assert [(app["name"], [m["name"] for m in app["models"]]) for app in apper] == [
        (
            "Handlingsplanen",
            [
                "Handlingsplaner",
                "Innsatsområder",
                "Tiltak",
                "Tjenester",
                "Kontaktpunkter",
                "Statusrapporter",
                "Kapitler",
                "Styringsdokumenter",
                "Temaer",
                "Veiledere, skjema og rutiner",
                "Tekster til ansatte",
                "Planrekker",
            ],
        ),
        ("Møtestrukturen", ["Fora", "Møtefri tid"]),
        (
            "Kunnskap og tall",
            ["Kilder", "Funn", "Anbefalinger", "Indikatorer", "Tall"],
        ),
        ("Kommuner og tilgang", ["Kommuner", "Lokalområder", "Steder"]),
    ]


def test_an_administrator_gives_access(administrator, kommune):
    bruker = BrukerFactory(navn="Ny")
    url = side(Bruker, "change", bruker.pk)
    sendt = skjema(administrator.get(url))
    ny_rad(sendt, "tilganger", kommune=kommune.pk, rolle="koordinator")

    assert feil(administrator.post(url, sendt)) == {}

    assert [t.kommune for t in bruker.tilganger.gyldige()] == [kommune]
    assert (
        "Lagt til tilgang: Lillestrøm"
        in administrator.get(side(Bruker, "history", bruker.pk)).content.decode()
    )


def test_an_administrator_makes_a_user_and_a_kommune(administrator):
    response = legg_til(
        administrator,
        Bruker,
        epost="ny@example.org",
        navn="Ny",
        usable_password="true",
        password1="et langt passord",
        password2="et langt passord",
    )
    assert response.status_code == 302
    assert Bruker.objects.get(epost="ny@example.org").check_password("et langt passord")

    response = legg_til(
        administrator, Kommune, nummer="3207", navn="Nordre Follo", slug="nordre-follo"
    )
    assert feil(response) == {}
    assert Kommune.objects.get(slug="nordre-follo").nummer == "3207"


UGYLDIG_ADRESSE = (
    "Adressen kan bare ha små bokstaver fra a til z, sifre og bindestrek, og må ha minst "
    "én bokstav."
)
UGYLDIGE_ADRESSER = [
    "Admin",
    "ADMIN",
    "lENKE",
    "LILLESTROM",
    "-",
    "_",
    "a_b",
    "ål",
    "42",
]


@pytest.mark.parametrize(
    ("felt", "verdi", "melding"),
    [
        ("slug", "admin", "Nettstedet bruker denne adressen selv."),
        ("slug", "lillestrom", "Lillestrøm har denne adressen."),
        *(("slug", slug, UGYLDIG_ADRESSE) for slug in UGYLDIGE_ADRESSER),
        ("nummer", "3205", "3205 er Lillestrøm, som er opprettet allerede."),
        ("nummer", "32", "Kommunenummeret har fire sifre."),
    ],
)
def test_a_kommune_is_refused_beside_the_field(
    administrator, kommune, felt, verdi, melding
):
    verdier = {"nummer": "3207", "navn": "Ny", "slug": "ny"} | {felt: verdi}

    response = legg_til(administrator, Kommune, **verdier)

    assert feil(response) == {felt: [melding]}
    assert list(Kommune.objects.all()) == [kommune]


@pytest.mark.parametrize(
    "slug", [*UGYLDIGE_ADRESSER, "", "admin\n", "a b", "Well-known", "admin"]
)
def test_the_database_refuses_an_address_that_the_site_cannot_use(kommune, slug):
    with pytest.raises(IntegrityError, match="kommune_slug"), transaction.atomic():
        KommuneFactory(slug=slug)

    kommune.slug = "nord-2-fron"
    kommune.save()
    assert list(Kommune.objects.values_list("slug", flat=True)) == ["nord-2-fron"]


@pytest.mark.parametrize(
    ("navn", "slug"),
    [
        ("Ål", "al"),
        ("Herøy", "heroy"),
        ("Sør-Varanger", "sor-varanger"),
        ("Bærum", "baerum"),
        ("Æ" * 60, "ae" * 30),
    ],
)
def test_the_address_of_a_new_kommune_comes_of_its_name(administrator, navn, slug):
    response = legg_til(administrator, Kommune, nummer="3207", navn=navn, slug="")

    assert feil(response) == {}
    assert [(k.navn, k.slug) for k in Kommune.objects.all()] == [(navn, slug)]


@pytest.mark.parametrize(
    ("navn", "i_feltet", "melding"),
    [
        (
            "Lillestrom",
            "lillestrom-2",
            "Lillestrøm har adressen «lillestrom». «lillestrom-2» er ledig.",
        ),
        ("Admin", "admin", "Nettstedet bruker denne adressen selv."),
        ("«»", None, "Skriv adressen: den kan ikke lages av navnet."),
    ],
)
def test_an_address_that_cannot_come_of_the_name_is_told_beside_it(
    administrator, kommune, navn, i_feltet, melding
):
    response = legg_til(administrator, Kommune, nummer="3207", navn=navn, slug="")

    assert feil(response) == {"slug": [melding]}
    # What is refused stands there to be changed.
    assert (response.context["adminform"].form["slug"].value() or None) == i_feltet
    assert list(Kommune.objects.all()) == [kommune]


def test_an_address_that_people_have_does_not_follow_the_name(administrator, kommune):
    assert feil(endre(administrator, kommune, navn="Nylillestrøm")) == {}
    kommune.refresh_from_db()
    assert (kommune.navn, kommune.slug) == ("Nylillestrøm", "lillestrom")

    assert list(feil(endre(administrator, kommune, slug=""))) == ["slug"]


def test_a_coordinator_keeps_what_people_read_of_the_kommune(koordinator, kommune):
    response = endre(
        koordinator, kommune, telefon="66 93 80 00", navn="Ond", slug="ond", nummer="1"
    )

    assert feil(response) == {}
    kommune.refresh_from_db()
    assert (kommune.telefon, kommune.navn, kommune.slug, kommune.nummer) == (
        "66 93 80 00",
        "Lillestrøm",
        "lillestrom",
        "3205",
    )


def test_the_telephone_of_the_kommune_is_one(kommune, koordinator):
    svar = endre(koordinator, kommune, telefon="ring oss")

    assert "ikke et telefonnummer" in str(feil(svar)["telefon"])
    kommune.refresh_from_db()
    assert kommune.telefon == ""


# Bad input ----------------------------------------------------------------------------


@pytest.mark.parametrize("modell", [Lokalomrade, Sted, Tema, Tjeneste, Forum, Kilde])
def test_a_taken_name_is_said_beside_the_field(modell, kommune, koordinator):
    LAG[modell](kommune)
    tatt = modell.objects.get()

    response = legg_til(
        koordinator, modell, navn=f" {tatt.navn} ", **TYPER.get(modell, {})
    )

    assert feil(response) == {"navn": ["Navnet er allerede i bruk i kommunen."]}
    assert modell.objects.count() == 1
    skrevet = skjema(response)
    assert skrevet["navn"] == [f" {tatt.navn} "]
    assert [skrevet[felt] for felt in TYPER.get(modell, {})] == [
        [verdi] for verdi in TYPER.get(modell, {}).values()
    ]


@pytest.mark.parametrize("modell", [Lokalomrade, Sted, Tema, Tjeneste, Forum, Kilde])
def test_a_name_may_be_used_in_two_kommuner(modell, kommune, nabokommune, koordinator):
    LAG[modell](nabokommune)
    annen = modell.objects.get()

    response = legg_til(koordinator, modell, navn=annen.navn, **TYPER.get(modell, {}))

    assert feil(response) == {}
    assert modell.objects.filter(navn=annen.navn).count() == 2


# Nobody's: a synthetic number, with a month above 80.
NUMMER = next(filter(mod11, (f"018190{resten:05}" for resten in range(100_000))))


def tekstfelter(response):
    """(group or None, name, model field) of each field for text on the page."""
    skjemaer = {None: response.context["adminform"].form}
    for gruppe in response.context["inline_admin_formsets"]:
        skjemaer[gruppe.formset.prefix] = gruppe.formset.empty_form
    for gruppe, skjema_ in skjemaer.items():
        for felt in skjema_._meta.model._meta.concrete_fields:
            if felt.name in skjema_.fields and isinstance(felt, Identitetsnummervakt):
                yield gruppe, felt.name, felt


@hver_modell
def test_an_identity_number_is_refused_in_every_text(modell, kommune, koordinator):
    rad = LAG[modell](kommune)
    apnet = koordinator.get(side(modell, "change", rad.pk))
    for_ = alt()

    for gruppe, navn, felt in tekstfelter(apnet):
        tekst = f"Se {NUMMER}."
        if isinstance(felt, Epost):
            tekst = f"{NUMMER}@example.org"
        elif isinstance(felt, Nettadresse):
            tekst = f"https://example.org/{NUMMER}"
        sendt = skjema(apnet)
        if gruppe:
            navn = f"{ny_rad(sendt, gruppe, **{navn: tekst})}-{navn}"
        response = koordinator.post(apnet.request["PATH_INFO"], sendt | {navn: tekst})
        meldinger = feil(response).get(navn, [])
        assert (navn, [m for m in meldinger if "fødselsnummer" in m]) == (
            navn,
            [str(avvis_melding())],
        )
        assert skjema(response)[navn] == [tekst]

    assert alt() == for_


def avvis_melding():
    try:
        avvis_identitetsnummer(NUMMER)
    except IdentitetsnummerFunnet as feil_:
        return feil_.message
    raise AssertionError


def alt():
    """Every row of every model of ours, history too."""
    return {
        modell: list(modell._base_manager.order_by("pk").values())
        for modell in apps.get_models()
        if modell._meta.app_label in {"slt", "tiltak", "moter", "evaluering"}
    }


def test_words_of_the_admins_scripts_are_norwegian(koordinator):
    tekst = koordinator.get(reverse("admin:jsi18n")).content.decode()

    assert '"bold": "fet"' in tekst
    assert '"Monday": "mandag"' in tekst


# Costs --------------------------------------------------------------------------------


@hver_modell
def test_lists_cost_the_same_for_one_and_three(
    modell, kommune, koordinator, administrator
):
    # Only administrators have more than one kommune in their list.
    client = administrator if modell is Kommune else koordinator
    url = side(modell, "changelist")
    LAG[modell](kommune)
    en = sporringer(client, url)

    flere_av(modell, kommune)

    assert sporringer(client, url) == en


def flere_av(modell, kommune):
    """Two rows more, each with other rows around it."""
    if modell is Tema:
        for navn in ("Vold", "Skolefravær"):
            Tema.objects.create(kommune=kommune, navn=navn)
    elif modell is Handlingsplan:
        for fra in (2030, 2035):
            HandlingsplanFactory(
                kommune=kommune, status=UTKAST, fra_ar=fra, til_ar=fra + 4
            )
    elif modell is Kommune:
        KommuneFactory.create_batch(2)
    else:
        for _gang in range(2):
            LAG[modell](kommune)


@pytest.mark.parametrize("slag", ["change", "history"])
@hver_modell
def test_pages_cost_the_same_however_many_others_there_are(
    modell, slag, kommune, koordinator
):
    rad = LAG[modell](kommune)
    url = side(modell, slag, rad.pk)
    koordinator.get(url)  # what a process asks for once
    en = sporringer(koordinator, url)

    for annen in MODELLER:
        flere_av(annen, kommune)

    assert sporringer(koordinator, url) == en


def test_who_coordinates_two_hundred_kommuner_pays_the_same(administrator):
    KommuneFactory()
    url = reverse("admin:index")
    en = sporringer(administrator, url)

    KommuneFactory.create_batch(3)

    assert sporringer(administrator, url) == en
