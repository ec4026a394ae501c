"""Of every model that the admin has pages for: its forms say what they ask and where to
begin, its list offers filters that part its rows, and none of it is in English."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.forms import DateField, ModelChoiceField, TimeField
from django.urls import reverse
from django.utils.html import strip_tags

from slt.felles.admintomt import TOM_LINJE
from slt.models import Bruker, Kommune
from tests.factories import (
    BrukerFactory,
    KildeFactory,
    LokalomradeFactory,
    StedFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.lest import Lest
from tests.slt.test_admin import LAG, sider, sporringer
from tiltak.models import Handlingsplan, Tjeneste

MODELLER = list(admin.site._registry)
hver_modell = pytest.mark.parametrize(
    "modell", MODELLER, ids=lambda modell: modell._meta.model_name
)


@pytest.fixture
def sjef(administrator, kommune):
    """An administrator's client, at work in the kommune."""
    return administrator


def rad_av(modell, kommune):
    if modell is Bruker:
        return TilgangFactory(kommune=kommune, bruker__navn="Ola").bruker
    return LAG[modell](kommune)


def side(modell, slag, *args):
    return reverse(
        f"admin:{modell._meta.app_label}_{modell._meta.model_name}_{slag}", args=args
    )


def skjemafelter(svar):
    """(name, field) of all fields on a page with a form, those of its rows too."""
    skjemaer = {"": svar.context["adminform"].form}
    for gruppe in svar.context["inline_admin_formsets"]:
        skjemaer[gruppe.formset.prefix] = gruppe.formset.empty_form
    for gruppe, skjema in skjemaer.items():
        for navn, felt in skjema.fields.items():
            if not felt.widget.is_hidden:
                yield f"{gruppe}-{navn}", felt


# Words --------------------------------------------------------------------------------


@hver_modell
def test_no_page_compares_clocks(modell, kommune, sjef):
    """Django's own fields for days and times tell by how many hours the clock of the
    browser differs from that of the server. A day has no clock, and the times here are
    those of the kommune."""
    rad = rad_av(modell, kommune)

    for slag in ("add", "change"):
        svar = sjef.get(sider(rad)[slag])
        assert svar.status_code == 200
        assert "DateTimeShortcuts" not in svar.text
        dager = [f for _n, f in skjemafelter(svar) if isinstance(f, DateField)]
        assert {f.widget.input_type for f in dager} <= {"date"}
        tider = [f for _n, f in skjemafelter(svar) if isinstance(f, TimeField)]
        assert {f.widget.attrs.get("class") for f in tider} <= {None}


@hver_modell
def test_no_word_of_a_page_is_english(modell, kommune, sjef):
    rad = rad_av(modell, kommune)

    adresser = sider(rad)
    assert sjef.get(adresser["changelist"]).status_code == 200
    for slag, adresse in adresser.items():
        svar = sjef.get(adresse)
        if svar.status_code == 403:
            continue
        lest = Lest(svar).tekst
        assert (slag, re.findall(r"\b(?:the|this|and|user|True|False)\b", lest)) == (
            slag,
            [],
        )
        assert not re.search(r'(?:alt|title)="(?:True|False|None)"', svar.text)


def test_passwords_of_users_are_set_in_norwegian(administrator):
    bruker = BrukerFactory()
    adresse = reverse("admin:auth_user_password_change", args=[bruker.pk])

    lest = Lest(administrator.get(adresse)).tekst

    assert not re.findall(r"\b(?:the|this|password|user)\b", lest, re.IGNORECASE)


def _bare_ord(tekst):
    return re.sub(r"\W+", " ", strip_tags(str(tekst))).strip().lower()


@hver_modell
def test_what_is_explained_says_more_than_its_label(modell, kommune, sjef):
    rad = rad_av(modell, kommune)

    uheldige = {
        navn: str(felt.help_text)
        for navn, felt in skjemafelter(sjef.get(sider(rad)["change"]))
        if (hjelp := _bare_ord(felt.help_text))
        and (
            hjelp == _bare_ord(felt.label)
            or strip_tags(str(felt.help_text)).strip()[-1] not in ".:"
        )
        and "<li>" not in str(felt.help_text)
    }

    assert uheldige == {}


@hver_modell
def test_labels_are_words(modell, kommune, sjef):
    rad = rad_av(modell, kommune)

    felter = dict(skjemafelter(sjef.get(sider(rad)["change"])))
    assert felter
    for navn, felt in felter.items():
        assert felt.label, navn
        assert "_" not in str(felt.label), navn


FORKLARES = [
    ("tiltak.Tiltak", ["niva", "bti_fra", "forankring", "nytt", "status"]),
    ("tiltak.Plassering", ["hoved", "merknad", "forankring"]),
    ("tiltak.Ansvar", ["rolle", "merknad"]),
    ("tiltak.Kontaktpunkt", ["synlighet", "akutt", "hoved"]),
    ("moter.Forum", ["niva", "lett", "offentlig", "nedlagt"]),
    ("evaluering.Indikator", ["teller", "retning", "utgangspunkt", "maltall"]),
    ("slt.Tilgang", ["rolle"]),
]


@pytest.mark.parametrize(("modell", "felter"), FORKLARES)
def test_words_of_the_trade_are_explained(modell, felter, kommune, sjef):
    klasse = apps.get_model(modell)
    sider_ = [rad_av(m, kommune) for m in MODELLER if m in {klasse, *_over(klasse)}]

    hjelp = {}
    for rad in sider_:
        svar = sjef.get(side(type(rad), "add"))
        skjemaer = [svar.context["adminform"].form] + [
            g.formset.empty_form for g in svar.context["inline_admin_formsets"]
        ]
        for skjema in skjemaer:
            if skjema._meta.model is klasse:
                hjelp |= {n: str(f.help_text) for n, f in skjema.fields.items()}

    assert set(felter) <= hjelp.keys()
    assert [navn for navn in felter if not hjelp[navn]] == []


def _over(klasse):
    return [
        modell
        for modell, sider_ in admin.site._registry.items()
        if any(inline.model is klasse for inline in sider_.inlines)
    ]


# Where to begin -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "modell",
    [m for m in MODELLER if m not in {Kommune, Bruker}],
    ids=lambda modell: modell._meta.model_name,
)
def test_an_empty_list_says_what_to_make_first(modell, kommune, koordinator):
    svar = koordinator.get(side(modell, "add"))

    tause = {}
    for navn, felt in skjemafelter(svar):
        if not isinstance(felt, ModelChoiceField) or felt.queryset.exists():
            continue
        over_raden = navn.startswith("-")
        linjer = [str(tekst) for _verdi, tekst in felt.choices]
        samme = felt.queryset.model is modell
        if TOM_LINJE in linjer or (
            over_raden and not samme and "å velge ennå" not in str(felt.help_text)
        ):
            tause[navn] = (linjer, str(felt.help_text))
    assert tause == {}


def test_the_way_to_the_first_plan_is_a_link(kommune, koordinator):
    html = koordinator.get(side(apps.get_model("tiltak.Tiltak"), "add")).text

    assert "Det er ingen handlingsplaner å velge ennå." in html
    forst = f'<a href="{side(Handlingsplan, "add")}">Legg til handlingsplan først.</a>'
    assert forst in html
    assert "Ingen handlingsplaner å velge" in html


def test_nothing_is_said_where_there_is_something_to_choose(kommune, koordinator):
    LAG[Handlingsplan](kommune)

    html = koordinator.get(side(apps.get_model("tiltak.Tiltak"), "add")).text

    assert "handlingsplaner å velge" not in html


# Filters ------------------------------------------------------------------------------


def filtrene(client, modell, **sporring):
    """{what a filter is called: what it offers} beside the list."""
    liste = client.get(side(modell, "changelist"), sporring).context["cl"]
    return {
        str(f.title): [str(valg["display"]) for valg in f.choices(liste)][1:]
        for f in liste.filter_specs
    }


def test_a_filter_with_nothing_to_choose_between_is_not_there(kommune, koordinator):
    TjenesteFactory.create_batch(2, kommune=kommune, type="team")
    assert "type" not in filtrene(koordinator, Tjeneste)

    TjenesteFactory(kommune=kommune, type="politi")
    assert filtrene(koordinator, Tjeneste)["type"] == [
        "team eller samarbeid",
        "politiet",
    ]


def test_what_neighbours_have_is_no_choice(kommune, nabokommune, koordinator):
    TjenesteFactory(kommune=kommune, type="team")
    TjenesteFactory(kommune=nabokommune, type="politi")

    assert "type" not in filtrene(koordinator, Tjeneste)


def test_a_filter_that_is_chosen_stays(kommune, koordinator):
    """Otherwise nothing would tell why the list is short."""
    TjenesteFactory(kommune=kommune, type="team")

    svar = koordinator.get(side(Tjeneste, "changelist"), {"type__exact": "politi"})

    liste = svar.context["cl"]
    assert list(liste.result_list) == []
    valgt = [
        str(valg["display"])
        for f in liste.filter_specs
        for valg in f.choices(liste)
        if valg["selected"] and f.title == "type"
    ]
    assert valgt == ["politiet"]


def test_what_is_without_a_choice_is_found(kommune, koordinator):
    tiltak = apps.get_model("tiltak.Tiltak")
    uten, med = LAG[tiltak](kommune), LAG[tiltak](kommune)
    med.niva = "selektiv"
    med.save()

    assert filtrene(koordinator, tiltak)["forebyggingsnivå"] == [
        "selektiv",
        "ikke satt",
    ]
    svar = koordinator.get(side(tiltak, "changelist"), {"niva__exact": ""})
    assert list(svar.context["cl"].result_list) == [uten]


def test_years_are_a_filter_where_there_are_several(kommune, koordinator):
    kilde = apps.get_model("evaluering.Kilde")
    KildeFactory(kommune=kommune, arstall=2022)
    assert "år" not in filtrene(koordinator, kilde)

    KildeFactory(kommune=kommune, arstall=2024)
    assert filtrene(koordinator, kilde)["år"] == ["2022", "2024"]


def test_places_outside_every_part_of_the_kommune_are_found(kommune, koordinator):
    sted = apps.get_model("slt.Sted")
    omrade = LokalomradeFactory(kommune=kommune, navn="Nord")
    StedFactory(kommune=kommune, lokalomrade=omrade)
    utenfor = StedFactory(kommune=kommune)

    assert filtrene(koordinator, sted)["lokalområde"] == ["Nord", "ingen"]
    svar = koordinator.get(side(sted, "changelist"), {"lokalomrade__isnull": "True"})
    assert list(svar.context["cl"].result_list) == [utenfor]


SPORSMAL = [
    (modell, filter_)
    for modell, sider_ in admin.site._registry.items()
    for filter_ in sider_.list_filter
    if isinstance(filter_, type) and issubclass(filter_, SimpleListFilter)
]


@pytest.mark.parametrize(
    ("modell", "filter_"),
    SPORSMAL,
    ids=[f"{m._meta.model_name}-{f.parameter_name}" for m, f in SPORSMAL],
)
def test_every_question_is_answered_at_the_same_cost(modell, filter_, kommune, sjef):
    rad_av(modell, kommune)
    adresse = side(modell, "changelist")
    liste = sjef.get(adresse).context["cl"]
    (spor,) = [f for f in liste.filter_specs if isinstance(f, filter_)]
    verdier = [verdi for verdi, _tekst in spor.lookup_choices]

    assert verdier
    for verdi in verdier:
        sporring = f"{adresse}?{filter_.parameter_name}={verdi}"
        ingen_eller_en = sporringer(sjef, sporring)
        assert ingen_eller_en <= sporringer(sjef, adresse)
    # What nobody can choose asks for nothing.
    alle = sjef.get(adresse, {filter_.parameter_name: "x"}).context["cl"]
    assert alle.result_count == liste.result_count


def treff(client, modell, **sporring):
    svar = client.get(side(modell, "changelist"), sporring)
    assert svar.status_code == 200
    return list(svar.context["cl"].result_list)


def test_administrators_find_the_kommuner_without_a_coordinator(
    administrator, koordinator, kommune, nabokommune
):
    assert treff(administrator, Kommune, mangler="koordinator") == [nabokommune]


def test_administrators_find_users_by_what_they_are_today(administrator, koordinator):
    over = TilgangFactory(fra="2020-01-01", til="2020-02-01").bruker
    ansatt = TilgangFactory(rolle="ansatt").bruker

    assert treff(administrator, Bruker, tilgang="koordinator") == [koordinator.bruker]
    assert treff(administrator, Bruker, tilgang="ansatt") == [ansatt]
    assert set(treff(administrator, Bruker, tilgang="ingen")) == {
        over,
        administrator.bruker,
    }


def test_the_list_of_users_says_what_they_are_today(administrator, kommune):
    TilgangFactory(kommune=kommune, bruker__epost="k@example.org")
    en = sporringer(administrator, side(Bruker, "changelist"))
    TilgangFactory(kommune=kommune, rolle="ansatt", bruker__epost="a@example.org")
    TilgangFactory(kommune=kommune, rolle="politirad")

    tekst = Lest(administrator.get(side(Bruker, "changelist"))).tekst

    assert "Lillestrøm: SLT-koordinator" in tekst
    assert "Lillestrøm: ansatt" in tekst
    assert sporringer(administrator, side(Bruker, "changelist")) == en
