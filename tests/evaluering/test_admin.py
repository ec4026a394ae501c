"""What a coordinator does with sources, what they say, and figures in the admin, and what
is refused there."""

import pytest
from django.contrib import admin

from evaluering.models import (
    Anbefaling,
    Anbefalingssvar,
    Egenvurdering,
    Evaluering,
    Faktor,
    Funn,
    Funnsvar,
    Grunnlag,
    Indikator,
    Kilde,
    Kildesteg,
    Maling,
    Normsvar,
    Tallimport,
    Tiltaksindikator,
    Tiltaksvurdering,
)
from slt.models import Sted, Stedsdel
from tests.factories import (
    AnbefalingFactory,
    FunnFactory,
    IndikatorFactory,
    InnsatsomradeFactory,
    KildeFactory,
    LokalomradeFactory,
    MalingFactory,
    PlasseringFactory,
    StedFactory,
    TemaFactory,
    TiltakFactory,
    TjenesteFactory,
)
from tests.slt.test_admin import (
    LAG,
    MODELLER,
    alt,
    endre,
    feil,
    lag_utkast,
    legg_til,
    ny_rad,
    side,
    skjema,
    sporringer,
    tilbud,
)
from tiltak.models import Malsetting

UGYLDIG = ["Velg et gyldig valg. Valget er ikke av de tilgjengelige valgene."]
# What a new row needs besides what it points to.
NYE = {
    Kilde: {"navn": "Ny", "type": "politi", "arstall": "2023", "utgiver": "Politiet"},
    Funn: {"nummer": "1", "tekst": "Flere er ute sent"},
    Anbefaling: {"nummer": "1", "type": "styrke", "tekst": "Vær ute sent"},
    Indikator: {"navn": "Ny", "enhet": "treff", "teller": "hendelser"},
    Maling: {"arstall": "2024", "verdi": "7"},
    Sted: {"navn": "Begge", "type": "flere"},
}
# What a new row of an inline needs.
RADER = {
    "faktorer": {"type": "risiko"},
    "kalenderpunkter": {"trinn": "8", "tekst": "Foreldremøte"},
}
# What else it has to point to.
PEKER_PA = {
    Funn: {"kilde": lambda k: KildeFactory(kommune=k)},
    Anbefaling: {"kilde": lambda k: KildeFactory(kommune=k)},
    Indikator: {"kilde": lambda k: KildeFactory(kommune=k)},
    Maling: {
        "indikator": lambda k: IndikatorFactory(kommune=k),
        "kilde": lambda k: KildeFactory(kommune=k),
    },
}


def tjeneste(kommune):
    return TjenesteFactory(kommune=kommune)


def kilde(kommune):
    return KildeFactory(kommune=kommune)


def funn(kommune):
    return FunnFactory(kilde__kommune=kommune)


def indikator(kommune):
    return IndikatorFactory(kommune=kommune)


def sted(kommune):
    return StedFactory(kommune=kommune)


def lokalomrade(kommune):
    return LokalomradeFactory(kommune=kommune)


def omrade(kommune):
    return InnsatsomradeFactory(plan=lag_utkast(kommune))


def tiltak(kommune):
    return TiltakFactory(plan=lag_utkast(kommune))


def malsetting(kommune):
    return Malsetting.objects.create(
        plan=lag_utkast(kommune), type="visjon", tekst="Trygghet"
    )


def tema(kommune):
    return TemaFactory(kommune=kommune)


# Model, inline or None, field, what is foreign.
FREMMED = [
    (Funn, None, "kilde", kilde),
    (Funn, None, "sted", sted),
    (Funn, None, "lokalomrade", lokalomrade),
    (Funn, None, "indikator", indikator),
    (Funn, None, "tema", tema),
    (Funn, "svar", "tiltak", tiltak),
    (Funn, "faktorer", "tema", tema),
    (Anbefaling, None, "kilde", kilde),
    (Anbefaling, None, "innsatsomrade", omrade),
    (Anbefaling, "grunnlag", "funn", funn),
    (Anbefaling, "svar", "tiltak", tiltak),
    (Indikator, None, "kilde", kilde),
    (Indikator, None, "oppgis_av", tjeneste),
    (Indikator, "malsettingsindikatorer", "malsetting", malsetting),
    (Indikator, "omradeindikatorer", "innsatsomrade", omrade),
    (Indikator, "tiltaksindikatorer", "tiltak", tiltak),
    (Kilde, "kalenderpunkter", "tema", tema),
    (Maling, None, "indikator", indikator),
    (Maling, None, "sted", sted),
    (Maling, None, "lokalomrade", lokalomrade),
    (Maling, None, "kilde", kilde),
    (Sted, "deler", "sted", sted),
]
hver_fremmed = pytest.mark.parametrize(
    ("modell", "gruppe", "felt", "lag"),
    FREMMED,
    ids=[f"{m.__name__}-{g or ''}-{f}" for m, g, f, _lag in FREMMED],
)


def nytt(client, modell, kommune):
    """The form of a new row, filled in with what it needs."""
    sendt = skjema(client.get(side(modell, "add"))) | NYE[modell]
    peker = {n: lag(kommune).pk for n, lag in PEKER_PA.get(modell, {}).items()}
    return sendt | peker


# Nothing foreign ----------------------------------------------------------------------


def test_all_choices_among_rows_are_tested_here(kommune, koordinator):
    funnet = set()
    egne = [m for m in MODELLER if m._meta.app_label == "evaluering"]
    for modell in [*egne, Sted]:
        rad = LAG[modell](kommune)
        for url in (side(modell, "change", rad.pk), side(modell, "add")):
            for navn, _felt in tilbud(koordinator.get(url)):
                gruppe, _strek, felt = navn.partition("-")
                funnet.add((modell, gruppe or None, felt))

    # The area of a sted: tests/tiltak/test_admin.py.
    assert funnet - {(Sted, None, "lokalomrade")} == {rad[:3] for rad in FREMMED}


@hver_fremmed
def test_a_foreign_row_is_refused_beside_the_field(
    modell, gruppe, felt, lag, kommune, nabokommune, koordinator
):
    fremmed = lag(nabokommune)
    sendt = nytt(koordinator, modell, kommune)
    navn = (
        f"{ny_rad(sendt, gruppe, **RADER.get(gruppe, {}))}-{felt}" if gruppe else felt
    )
    sendt[navn] = fremmed.pk
    for_ = alt()

    svar = koordinator.post(side(modell, "add"), sendt)

    assert feil(svar) == {navn: UGYLDIG}
    assert alt() == for_


@hver_fremmed
def test_an_own_row_is_accepted_there(modell, gruppe, felt, lag, kommune, koordinator):
    """The other side of the coin: what is refused above is refused for its kommune."""
    egen = lag(kommune)
    sendt = nytt(koordinator, modell, kommune)
    navn = (
        f"{ny_rad(sendt, gruppe, **RADER.get(gruppe, {}))}-{felt}" if gruppe else felt
    )
    sendt[navn] = egen.pk

    assert feil(koordinator.post(side(modell, "add"), sendt)) == {}

    rad = modell.objects.latest("pk")
    assert rad.historikk.get().history_kommune == kommune
    if gruppe:
        assert [getattr(r, felt) for r in getattr(rad, gruppe).all()] == [egen]
    else:
        assert getattr(rad, felt) == egen


def test_imports_have_their_pages_on_the_site():
    deler = {
        Tallimport,
        Funnsvar,
        Anbefalingssvar,
        Grunnlag,
        Stedsdel,
        Faktor,
        Kildesteg,
        Tiltaksindikator,
    }

    assert not deler & set(admin.site._registry)


# The coordinator's work ---------------------------------------------------------------


def test_a_finding_and_its_answers_are_made_on_one_page(kommune, koordinator):
    egen = kilde(kommune)
    svar = [tiltak(kommune), tiltak(kommune)]
    sendt = nytt(koordinator, Funn, kommune) | {"kilde": egen.pk, "publisert": "on"}
    for rad in svar:
        ny_rad(sendt, "svar", tiltak=rad.pk)

    assert feil(koordinator.post(side(Funn, "add"), sendt)) == {}

    laget = Funn.objects.get()
    assert (laget.kilde, laget.publisert, laget.tyngde) == (egen, True, "middels")
    assert [s.tiltak for s in laget.svar.all()] == svar


def test_nothing_is_published_unless_somebody_says_so(kommune, koordinator):
    for modell in (Funn, Anbefaling, Indikator):
        sendt = nytt(koordinator, modell, kommune)
        assert feil(koordinator.post(side(modell, "add"), sendt)) == {}
        assert modell.objects.latest("pk").publisert is False


def test_a_figure_is_entered_with_a_comma(kommune, koordinator):
    egen = IndikatorFactory(kommune=kommune, teller="andel")

    svar = legg_til(
        koordinator,
        Maling,
        indikator=egen.pk,
        kilde=egen.kilde_id,
        arstall="2023",
        verdi="7,5",
    )

    assert feil(svar) == {}
    assert Maling.objects.get().i_ord == "7,5"


def test_a_figure_added_from_its_indicator_begins_with_it(kommune, koordinator):
    egen = indikator(kommune)

    svar = koordinator.get(side(Maling, "add"), {"indikator": egen.pk})

    assert skjema(svar)["indikator"] == [str(egen.pk)]


def test_what_others_point_to_is_not_deleted(kommune, koordinator):
    maling = MalingFactory(indikator__kommune=kommune)

    for rad in (maling.indikator, maling.kilde):
        koordinator.post(side(type(rad), "delete", rad.pk), {"post": "yes"})

    assert Maling.objects.get() == maling
    koordinator.post(side(Maling, "delete", maling.pk), {"post": "yes"})
    assert not Maling.objects.exists()


def test_a_finding_goes_with_its_answers(kommune, koordinator):
    egen = funn(kommune)
    Funnsvar.objects.create(funn=egen, tiltak=tiltak(kommune))

    koordinator.post(side(Funn, "delete", egen.pk), {"post": "yes"})

    assert (Funn.objects.count(), Funnsvar.objects.count()) == (0, 0)
    assert Funnsvar.historikk.filter(history_type="-").count() == 1


# Bad input ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lag", "felt", "verdi", "ord_"),
    [
        (kilde, "arstall", "22", "1900"),
        (kilde, "arstall", "2200", "2100"),
        (kilde, "adresse", "javascript:alert(1)", "https://"),
        (funn, "tekst", "", "påkrevet"),
        (funn, "nummer", "-1", "0"),
        (funn, "tyngde", "tull", "gyldig valg"),
        (indikator, "hoyst", "-1", "over det laveste"),
        (indikator, "maltall", "5", "både målet og året"),
        (indikator, "utgangspunkt", "5", "både utgangspunktet og året"),
        (indikator, "teller", "tull", "gyldig valg"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    lag, felt, verdi, ord_, kommune, koordinator
):
    rad = lag(kommune)
    for_ = alt()

    funnet = feil(endre(koordinator, rad, **{felt: verdi}))

    assert len(funnet) == 1
    ((nevnt, meldinger),) = funnet.items()
    # The pair of a value and its year is said beside the first of them.
    assert nevnt in {felt, "minst"}
    assert ord_ in meldinger[0]
    assert alt() == for_


@pytest.mark.parametrize(
    ("felter", "ventet"),
    [
        ({"verdi": "-1"}, {"verdi": ["Tallet kan ikke være under 0."]}),
        ({"verdi": "101"}, {"verdi": ["Tallet kan ikke være over 100."]}),
        ({"verdi": "1,5"}, {"verdi": ["Et antall personer må være et helt tall."]}),
        ({"verdi": "9", "verdi_til": "8"}, None),
        (
            {"verdi": "x"},
            {"verdi": ["Skriv et tall, for eksempel 1250 eller 7,5."]},
        ),
        ({"arstall": "1800"}, None),
        *(
            ({"arstall": ar}, {"arstall": ["Året er ikke kommet ennå."]})
            for ar in ("2099", "2200", "99999")
        ),
    ],
)
def test_a_figure_that_cannot_be_is_refused(felter, ventet, kommune, koordinator):
    maling = MalingFactory(
        indikator__kommune=kommune,
        indikator__teller="personer",
        indikator__hoyst=100,
        verdi=10,
    )

    funnet = feil(endre(koordinator, maling, **felter))

    assert funnet == ventet if ventet else len(funnet) == 1
    maling.refresh_from_db()
    assert (maling.verdi, maling.arstall) == (10, 2023)


def test_a_figure_is_of_one_place(kommune, koordinator):
    maling = MalingFactory(indikator__kommune=kommune, sted=sted(kommune))

    svar = endre(koordinator, maling, lokalomrade=lokalomrade(kommune).pk)

    ((_felt, meldinger),) = feil(svar).items()
    assert meldinger == ["Velg enten et sted eller et lokalområde."]


@pytest.mark.parametrize("deler", [{}, {"slag": "treff"}, {"kjonn": "jenter"}])
def test_a_figure_is_entered_once(deler, kommune, koordinator):
    maling = MalingFactory(indikator__kommune=kommune, **deler)

    svar = legg_til(
        koordinator,
        Maling,
        indikator=maling.indikator_id,
        kilde=maling.kilde_id,
        arstall=maling.arstall,
        verdi="3",
        **deler,
    )

    ((_felt, meldinger),) = feil(svar).items()
    assert meldinger == ["Tallet for dette året er allerede ført opp."]
    assert Maling.objects.count() == 1


@pytest.mark.parametrize(
    ("lag", "melding"),
    [
        (FunnFactory, "Kilden har allerede et funn med nummeret."),
        (AnbefalingFactory, "Kilden har allerede en anbefaling med nummeret."),
    ],
)
def test_a_number_is_used_once_in_a_source(lag, melding, kommune, koordinator):
    rad = lag(kilde__kommune=kommune, nummer=7)
    annen = lag(kilde=rad.kilde, nummer=8)

    assert feil(endre(koordinator, annen, nummer="7")) == {"nummer": [melding]}


@pytest.mark.parametrize(
    ("lag", "gruppe", "felt", "hva"),
    [
        (FunnFactory, "svar", "tiltak", tiltak),
        (AnbefalingFactory, "svar", "tiltak", tiltak),
        (AnbefalingFactory, "grunnlag", "funn", funn),
    ],
)
def test_an_answer_is_given_once(lag, gruppe, felt, hva, kommune, koordinator):
    rad, annen = lag(kilde__kommune=kommune), hva(kommune)
    url = side(type(rad), "change", rad.pk)
    sendt = skjema(koordinator.get(url))
    for _gang in range(2):
        ny_rad(sendt, gruppe, **{felt: annen.pk})

    assert "er allerede knyttet til" in str(feil(koordinator.post(url, sendt)))
    assert getattr(rad, gruppe).count() == 0


@pytest.mark.parametrize("ny", [False, True], ids=["changed", "new"])
@pytest.mark.parametrize("modell", [Funn, Anbefaling])
def test_what_is_answered_has_no_reason_for_not_being(modell, ny, kommune, koordinator):
    svar = tiltak(kommune)
    if ny:
        url, sendt = side(modell, "add"), nytt(koordinator, modell, kommune)
        ny_rad(sendt, "svar", tiltak=svar.pk)
    else:
        rad = LAG[modell](kommune)
        rad.svar.create(tiltak=svar)
        url = side(modell, "change", rad.pk)
        sendt = skjema(koordinator.get(url))
    antall = modell.objects.count()

    response = koordinator.post(url, sendt | {"ikke_fulgt_opp": "vi har ikke råd"})

    ventet = "Ta først bort grunnen" if ny else "Den er fulgt opp"
    assert ventet in str(feil(response))
    assert modell.objects.count() == antall
    assert not modell.objects.exclude(ikke_fulgt_opp="").exists()


def test_places_together_are_made_of_single_ones(kommune, koordinator):
    en, to = sted(kommune), sted(kommune)
    sendt = nytt(koordinator, Sted, kommune)
    for del_ in (en, to):
        ny_rad(sendt, "deler", sted=del_.pk)
    assert feil(koordinator.post(side(Sted, "add"), sendt)) == {}
    begge = Sted.objects.get(navn="Begge")
    assert [d.sted for d in begge.deler.all()] == [en, to]

    # Several again, a part of a single one, and oneself.
    sendt = nytt(koordinator, Sted, kommune) | {"navn": "Alle"}
    rad = ny_rad(sendt, "deler", sted=begge.pk)
    svar = feil(koordinator.post(side(Sted, "add"), sendt))
    assert svar == {
        f"{rad}-sted": ["Velg de enkelte stedene, ikke flere steder sammen."]
    }
    sendt = nytt(koordinator, Sted, kommune) | {"navn": "Alle", "type": "annet"}
    rad = ny_rad(sendt, "deler", sted=en.pk)
    svar = feil(koordinator.post(side(Sted, "add"), sendt))
    assert svar == {
        f"{rad}-sted": ["Bare «flere steder sammen» består av andre steder."]
    }
    assert Stedsdel.objects.count() == 2


# History and cost ---------------------------------------------------------------------


def test_the_history_shows_answers(kommune, koordinator):
    egen, svar = funn(kommune), tiltak(kommune)
    url = side(Funn, "change", egen.pk)
    sendt = skjema(koordinator.get(url))
    ny_rad(sendt, "svar", tiltak=svar.pk)
    assert feil(koordinator.post(url, sendt)) == {}

    endringer = koordinator.get(side(Funn, "history", egen.pk)).context["endringer"]

    hva = f"tiltak som svarer på funnet: {svar}"
    assert [(e.handling, e.hva) for e in endringer][:1] == [("Lagt til", hva)]


@pytest.mark.parametrize("modell", [Funn, Anbefaling, Sted])
def test_a_page_costs_the_same_with_one_and_three_of_all(modell, kommune, koordinator):
    rad = LAG[modell](kommune)
    url = side(modell, "change", rad.pk)

    def flere():
        if modell is Sted:
            Stedsdel.objects.create(helhet=rad, sted=sted(kommune))
            return
        plassering = PlasseringFactory(innsatsomrade=omrade(kommune))
        rad.svar.create(tiltak=plassering.tiltak)
        if modell is Anbefaling:
            Grunnlag.objects.create(anbefaling=rad, funn=funn(kommune))

    flere()
    en = sporringer(koordinator, url)
    flere()
    flere()

    assert sporringer(koordinator, url) == en


def test_what_is_finished_and_frozen_has_its_forms_on_the_site():
    pa_siden = {Evaluering, Tiltaksvurdering, Egenvurdering, Normsvar}

    assert not pa_siden & set(admin.site._registry)
