"""What a coordinator does with the plan in the admin, and what the plan's own rules
refuse there."""

import re
from datetime import time
from functools import partial

import pytest
from django.urls import reverse

from slt.felles.anonymisering import anonymiser
from slt.grunn.historikk import Dor, spor
from slt.models import Sted
from tests.factories import (
    AnsvarFactory,
    BrukerFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    PlanrekkeFactory,
    PlasseringFactory,
    StedFactory,
    TiltakFactory,
    TjenesteFactory,
    UtkastFactory,
    VeilederFactory,
    gi_status,
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
from tiltak.dokument import Utgave
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Apningstid,
    Handlingsplan,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Plassering,
    Statusrapport,
    Styringsdokument,
    Tema,
    TilAnsatte,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
    Tjeneste,
    Veileder,
)

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status
UGYLDIG = ["Velg et gyldig valg. Valget er ikke av de tilgjengelige valgene."]


def lag_tema(kommune, navn="Rus"):
    return Tema.objects.create(kommune=kommune, navn=navn)


@pytest.fixture
def plan(kommune):
    """The plan in force."""
    return HandlingsplanFactory(kommune=kommune, status=GJELDENDE)


@pytest.fixture
def omrade(plan):
    return InnsatsomradeFactory(plan=plan, navn="Vold og mobbing", kortnavn="Vold")


@pytest.fixture
def tiltak(omrade):
    """Vold 1, of the plan in force."""
    return PlasseringFactory(
        innsatsomrade=omrade, nummer=1, tiltak__tittel="Natteravner"
    ).tiltak


INTET_NUMMER = (
    "Dette er ikke et telefonnummer. Norske numre har åtte eller fem sifre, for eksempel "
    "469 34 634; utenlandske begynner med + og landkoden."
)


@pytest.fixture
def out(kommune):
    """A tjeneste with a main telephone and two other ways in."""
    tjeneste = TjenesteFactory(
        kommune=kommune, navn="Oppsøkende ungdomsteam", kortnavn="OUT"
    )
    KontaktpunktFactory(tjeneste=tjeneste, verdi="469 34 634", etikett="vakttelefonen")
    for verdi in ("900 00 001", "900 00 002"):
        KontaktpunktFactory(tjeneste=tjeneste, verdi=verdi, hoved=False)
    return tjeneste


def send(client, rad, gruppe=None, **verdier):
    """Sends the page of a row with one more row in an inline; returns response and the
    new row's prefix."""
    url = side(type(rad), "change", rad.pk)
    sendt = skjema(client.get(url))
    prefiks = ny_rad(sendt, gruppe, **verdier)
    return client.post(url, sendt), prefiks


# Nothing foreign ----------------------------------------------------------------------


fremmed_plan = lag_utkast


def fremmed_rekke(kommune):
    return PlanrekkeFactory(kommune=kommune, navn="Vold", hoved=False)


def fremmed_omrade(kommune):
    return InnsatsomradeFactory(plan=fremmed_plan(kommune))


def fremmed_tiltak(kommune):
    return TiltakFactory(plan=fremmed_plan(kommune))


def fremmed_tjeneste(kommune):
    return TjenesteFactory(kommune=kommune)


def fremmed_sted(kommune):
    return StedFactory(kommune=kommune)


def fremmed_lokalomrade(kommune):
    return LokalomradeFactory(kommune=kommune)


def fremmed_veileder(kommune):
    return VeilederFactory(kommune=kommune)


# Page, inline or None, field, what is foreign, what else the row needs.
FREMMED = [
    (Handlingsplan, None, "rekke", fremmed_rekke, {}),
    (Handlingsplan, None, "bygger_pa", fremmed_plan, {}),
    (Handlingsplan, None, "del_av", fremmed_plan, {}),
    (
        Handlingsplan,
        "malsettinger",
        "innsatsomrade",
        fremmed_omrade,
        {"type": "visjon", "tekst": "Trygghet"},
    ),
    (Innsatsomrade, None, "plan", fremmed_plan, {}),
    (Kapittel, None, "plan", fremmed_plan, {}),
    (Tiltak, None, "plan", fremmed_plan, {}),
    (Tiltak, "plasseringer", "innsatsomrade", fremmed_omrade, {"nummer": "9"}),
    (Tiltak, "ansvar", "tjeneste", fremmed_tjeneste, {}),
    (Tiltak, "temavalg", "tema", lag_tema, {}),
    (Tiltak, "veiledervalg", "veileder", fremmed_veileder, {}),
    (Tiltak, "lokalomradevalg", "lokalomrade", fremmed_lokalomrade, {}),
    (Tjeneste, None, "overordnet", fremmed_tjeneste, {}),
    (Tjeneste, "temavalg", "tema", lag_tema, {}),
    (Tema, "tjenestevalg", "tjeneste", fremmed_tjeneste, {}),
    (Veileder, "temavalg", "tema", lag_tema, {}),
    (TilAnsatte, None, "tema", lag_tema, {}),
    (Kontaktpunkt, None, "tjeneste", fremmed_tjeneste, {}),
    (Kontaktpunkt, None, "sted", fremmed_sted, {}),
    (Sted, None, "lokalomrade", fremmed_lokalomrade, {}),
    (Statusrapport, None, "tiltak", fremmed_tiltak, {}),
    (Statusrapport, None, "tjeneste", fremmed_tjeneste, {}),
]
hver_fremmed = pytest.mark.parametrize(
    ("modell", "gruppe", "felt", "lag", "resten"),
    FREMMED,
    ids=[f"{m.__name__}-{g or ''}-{f}" for m, g, f, *_ in FREMMED],
)
NYE = {
    Handlingsplan: {"tittel": "Ny", "fra_ar": "2040", "til_ar": "2044"},
    Innsatsomrade: {"navn": "Ny", "kortnavn": "Ny"},
    Kapittel: {"tittel": "Nytt", "tekst": "<p>Nytt</p>"},
    Tiltak: {"tittel": "Nytt"},
    Tjeneste: {"navn": "Ny", "type": "team"},
    Tema: {"navn": "Nytt"},
    Veileder: {"tittel": "Ny", "type": "rutine", "adresse": "https://example.org/ny"},
    TilAnsatte: {"tekst": "<p>Ny</p>", "gjennomgatt": "2026-08-17"},
    Kontaktpunkt: {"type": "telefon", "verdi": "40000000"},
    Sted: {"navn": "Nytt", "type": "annet"},
    Statusrapport: {"tilstand": "som_planlagt", "hvordan": "telefon"},
}


def test_all_choices_among_rows_are_tested_here(kommune, koordinator):
    """Those among the contact points of a tjeneste are tested further down; those of
    fora in tests/moter/test_admin.py, those of sources and figures, and the parts of a
    sted, in tests/evaluering/test_admin.py."""
    funnet = set()
    for modell in MODELLER:
        if modell._meta.app_label in {"moter", "evaluering"}:
            continue
        rad = LAG[modell](kommune)
        sidene = [side(modell, "change", rad.pk)]
        if modell.__name__ != "Kommune":
            sidene.append(side(modell, "add"))
        for url in sidene:
            for navn, _felt in tilbud(koordinator.get(url)):
                gruppe, _strek, felt = navn.partition("-")
                # Other kommuner are a choice on purpose: test_delte_tjenester.py.
                if gruppe not in {"deler", "delinger"}:
                    funnet.add((modell.__name__, gruppe or None, felt))

    testet = {(modell.__name__, gruppe, felt) for modell, gruppe, felt, *_ in FREMMED}
    assert funnet == testet


@hver_fremmed
def test_a_foreign_row_is_refused_beside_the_field(
    modell, gruppe, felt, lag, resten, kommune, nabokommune, koordinator
):
    LAG[Tiltak](kommune)
    fremmed = lag(nabokommune)
    url = side(modell, "add")
    sendt = skjema(koordinator.get(url)) | NYE[modell]
    if modell is Kontaktpunkt:
        sendt["tjeneste"] = TjenesteFactory(kommune=kommune).pk
    if modell is Statusrapport:
        sendt["tiltak"] = LAG[Tiltak](kommune).pk
    if gruppe:
        navn = f"{ny_rad(sendt, gruppe, **resten, **{felt: fremmed.pk})}-{felt}"
    else:
        navn, sendt[felt] = felt, fremmed.pk
    for_ = alt()

    response = koordinator.post(url, sendt)

    assert feil(response).pop(navn) == UGYLDIG
    assert alt() == for_


@hver_fremmed
def test_an_own_row_is_accepted_there(
    modell, gruppe, felt, lag, resten, kommune, koordinator
):
    """The other side of the coin: what is refused above is refused for its kommune."""
    lag_utkast(kommune)
    egen = lag(kommune)
    url = side(modell, "add")
    sendt = skjema(koordinator.get(url)) | NYE[modell]
    if modell is Kontaktpunkt:
        sendt["tjeneste"] = TjenesteFactory(kommune=kommune).pk
    if modell is Statusrapport:
        sendt["tiltak"] = LAG[Tiltak](kommune).pk
    if modell is Handlingsplan and gruppe:
        url = side(modell, "change", egen.plan.pk)
        sendt = skjema(koordinator.get(url))
    if gruppe:
        ny_rad(sendt, gruppe, **resten, **{felt: egen.pk})
    else:
        sendt[felt] = egen.pk

    assert feil(koordinator.post(url, sendt)) == {}


def test_the_contact_points_of_others_are_refused(
    tiltak, out, kommune, nabokommune, koordinator
):
    ansvar = AnsvarFactory(tiltak=tiltak, tjeneste=out)
    egen_annen = KontaktpunktFactory(tjeneste__kommune=kommune)
    fremmed = KontaktpunktFactory(tjeneste__kommune=nabokommune)
    for_ = alt()

    for punkt in (egen_annen, fremmed):
        response = endre(
            koordinator, tiltak, **{"ansvar-0-valgte_kontaktpunkter": [punkt.pk]}
        )

        assert feil(response) == {
            "ansvar-0-valgte_kontaktpunkter": [
                f"Velg et gyldig valg. {punkt.pk} er ikke et av de tilgjengelige valgene."
            ]
        }
    assert alt() == for_
    assert ansvar.kontaktvalg.count() == 0


def test_a_row_of_another_page_is_not_changed_through_this_one(
    tiltak, out, nabokommune, koordinator
):
    """The hidden number of a row in an inline is what the browser sends."""
    AnsvarFactory(tiltak=tiltak, tjeneste=out)
    annet = AnsvarFactory(tiltak__plan=tiltak.plan)
    fremmed = AnsvarFactory(tiltak__plan__kommune=nabokommune)
    for_ = alt()

    for ansvar in (annet, fremmed):
        endre(
            koordinator,
            tiltak,
            **{"ansvar-0-id": ansvar.pk, "ansvar-0-merknad": "flyttet"},
        )
        endre(
            koordinator, tiltak, **{"ansvar-0-id": ansvar.pk, "ansvar-0-DELETE": "on"}
        )

    assert alt() == for_


def test_a_row_of_an_inline_stays_on_its_page(tiltak, out, koordinator):
    ansvar = AnsvarFactory(tiltak=tiltak, tjeneste=out)
    annet = TiltakFactory(plan=tiltak.plan)

    endre(koordinator, tiltak, **{"ansvar-0-tiltak": annet.pk})

    ansvar.refresh_from_db()
    assert ansvar.tiltak == tiltak


@pytest.mark.parametrize("modell", [Tiltak, Innsatsomrade, Kapittel])
def test_what_stands_in_a_plan_stays_in_it(modell, kommune, koordinator):
    rad = LAG[modell](kommune)
    annen = HandlingsplanFactory(
        kommune=kommune, status=UTKAST, fra_ar=2030, til_ar=2034
    )

    endre(koordinator, rad, plan=annen.pk)

    for_ = rad.plan
    rad.refresh_from_db()
    assert rad.plan == for_


def test_a_place_in_another_plan_is_refused(tiltak, kommune, koordinator):
    utkast = HandlingsplanFactory(
        kommune=kommune, status=UTKAST, fra_ar=2030, til_ar=2034
    )
    annet = InnsatsomradeFactory(plan=utkast)

    # On the page of a tiltak its own plan is known …
    response, rad = send(koordinator, tiltak, "plasseringer", innsatsomrade=annet.pk)
    assert feil(response)[f"{rad}-innsatsomrade"] == UGYLDIG
    # … while a new one chooses plan and place at the same time.
    url = side(Tiltak, "add")
    sendt = skjema(koordinator.get(url)) | {"plan": tiltak.plan_id, "tittel": "Nytt"}
    rad = ny_rad(sendt, "plasseringer", innsatsomrade=annet.pk)
    response = koordinator.post(url, sendt)
    assert feil(response) == {
        f"{rad}-innsatsomrade": [
            (
                "Innsatsområdet hører til en annen plan i samme rekke. Dit videreføres "
                "tiltaket."
            )
        ]
    }
    assert Plassering.objects.count() == 1


def test_places_of_several_plans_are_told_apart(tiltak, kommune, koordinator):
    utkast = HandlingsplanFactory(
        kommune=kommune, status=UTKAST, fra_ar=2030, til_ar=2034
    )
    InnsatsomradeFactory(plan=utkast, navn="Vold og mobbing")

    ny = dict(tilbud(koordinator.get(side(Tiltak, "add"))))
    egen = dict(tilbud(koordinator.get(side(Tiltak, "change", tiltak.pk))))

    def tekster(felt):
        return [(verdi, [t for _pk, t in flere]) for verdi, flere in felt.choices[1:]]

    assert tekster(ny["plasseringer-innsatsomrade"]) == [
        (str(utkast), ["Vold og mobbing"]),
        (str(tiltak.plan), ["Vold og mobbing"]),
    ]
    assert [t for pk, t in egen["plasseringer-innsatsomrade"].choices if pk] == [
        "Vold og mobbing"
    ]


# A tiltak and what hangs on it --------------------------------------------------------


def test_a_whole_tiltak_is_made_on_one_page(omrade, out, kommune, koordinator):
    sted = LokalomradeFactory(kommune=kommune)
    tema = lag_tema(kommune)
    url = side(Tiltak, "add")
    sendt = skjema(koordinator.get(url)) | {
        "tittel": "Rusundervisning",
        "tekst": "<p>Hver <em>høst</em>.</p>",
    }
    ny_rad(sendt, "plasseringer", innsatsomrade=omrade.pk)
    ny_rad(sendt, "ansvar", tjeneste=out.pk, merknad="rektor")
    ny_rad(sendt, "malgrupper", tekst="elever", trinn_fra="8", trinn_til="10")
    ny_rad(sendt, "lenker", tittel="Ung.no", adresse="www.ung.no/rus")
    ny_rad(sendt, "deltiltak", tittel="6. trinn")
    ny_rad(sendt, "deltiltak", tittel="8. trinn")
    ny_rad(sendt, "malsettinger", type="hovedmal", tekst="Ingen røyker")
    ny_rad(sendt, "temavalg", tema=tema.pk)
    ny_rad(sendt, "lokalomradevalg", lokalomrade=sted.pk)

    assert feil(koordinator.post(url, sendt)) == {}

    ny = Tiltak.objects.get(overordnet=None)
    assert (ny.plan, ny.merkelapp) == (omrade.plan, "Vold 1")
    assert ny.tekst == "<p>Hver <em>høst</em>.</p>"
    assert list(ny.ansvar.values_list("tjeneste", "rolle", "merknad")) == [
        (out.pk, "ansvarlig", "rektor")
    ]
    assert [str(malgruppe) for malgruppe in ny.malgrupper.all()] == [
        "elever, 8.–10. trinn"
    ]
    assert list(ny.lenker.values_list("adresse", flat=True)) == [
        "https://www.ung.no/rus"
    ]
    assert [(d.tittel, d.plan) for d in ny.deltiltak.all()] == [
        ("6. trinn", omrade.plan),
        ("8. trinn", omrade.plan),
    ]
    assert [(m.tekst, m.plan) for m in ny.malsettinger.all()] == [
        ("Ingen røyker", omrade.plan)
    ]
    assert [v.tema for v in ny.temavalg.all()] == [tema]
    assert [v.lokalomrade for v in ny.lokalomradevalg.all()] == [sted]
    for modell in (Tiltak, Ansvar, Malgruppe, Lenke, TiltakTema, TiltakLokalomrade):
        assert modell.historikk.first().history_user == koordinator.bruker


def test_all_of_a_tiltak_is_changed_on_one_page(tiltak, out, koordinator):
    ansvar = AnsvarFactory(tiltak=tiltak, tjeneste=out)
    Malgruppe.objects.create(tiltak=tiltak, tekst="elever")
    Lenke.objects.create(tiltak=tiltak, tittel="Gammel", adresse="https://a.example/")
    TiltakFactory(plan=tiltak.plan, overordnet=tiltak, tittel="6. trinn")

    response = endre(
        koordinator,
        tiltak,
        **{
            "tittel": "Natteravnene",
            "tekst": "<p>Går om natten.</p>",
            "status": "avsluttet",
            "ansvar-0-rolle": "samarbeidspart",
            "malgrupper-0-alder_fra": "13",
            "lenker-0-DELETE": "on",
            "deltiltak-0-tittel": "7. trinn",
        },
    )

    assert feil(response) == {}
    tiltak.refresh_from_db()
    ansvar.refresh_from_db()
    assert (tiltak.tittel, tiltak.tekst, tiltak.status, ansvar.rolle) == (
        "Natteravnene",
        "<p>Går om natten.</p>",
        "avsluttet",
        "samarbeidspart",
    )
    assert tiltak.malgrupper.get().alder_fra == 13
    assert tiltak.lenker.count() == 0
    assert tiltak.deltiltak.get().tittel == "7. trinn"


def test_contact_points_are_chosen_for_a_tiltak(tiltak, out, koordinator):
    ansvar = AnsvarFactory(tiltak=tiltak, tjeneste=out)
    _hoved, forste, andre = out.kontaktpunkter.all()
    felt = "ansvar-0-valgte_kontaktpunkter"

    assert feil(endre(koordinator, tiltak, **{felt: [forste.pk, andre.pk]})) == {}
    assert [v.kontaktpunkt for v in ansvar.kontaktvalg.all()] == [forste, andre]

    apnet = skjema(koordinator.get(side(Tiltak, "change", tiltak.pk)))
    assert apnet[felt] == [str(forste.pk), str(andre.pk)]

    assert feil(endre(koordinator, tiltak, **{felt: [andre.pk]})) == {}
    assert [v.kontaktpunkt for v in ansvar.kontaktvalg.all()] == [andre]

    assert feil(endre(koordinator, tiltak, **{felt: []})) == {}
    assert AnsvarKontaktpunkt.objects.count() == 0
    assert ansvar.historikk.count() == 1  # the tie itself never changed


def test_only_points_of_the_tjeneste_are_offered(tiltak, out, kommune, koordinator):
    KontaktpunktFactory(tjeneste__kommune=kommune)
    AnsvarFactory(tiltak=tiltak, tjeneste=out)

    response = koordinator.get(side(Tiltak, "change", tiltak.pk))

    (formset,) = [
        gruppe.formset
        for gruppe in response.context["inline_admin_formsets"]
        if gruppe.formset.prefix == "ansvar"
    ]
    assert [
        tekst for _pk, tekst in formset.forms[0].fields["valgte_kontaktpunkter"].choices
    ] == ["vakttelefonen 469 34 634", "telefon 900 00 001", "telefon 900 00 002"]


def test_with_another_tjeneste_the_old_choices_go(tiltak, out, kommune, koordinator):
    ansvar = AnsvarFactory(tiltak=tiltak, tjeneste=out)
    ansvar.velg_kontaktpunkter(out.kontaktpunkter.all()[:2])
    annen = KontaktpunktFactory(tjeneste__kommune=kommune).tjeneste

    response = endre(koordinator, tiltak, **{"ansvar-0-tjeneste": annen.pk})

    assert feil(response) == {}
    ansvar.refresh_from_db()
    assert (ansvar.tjeneste, ansvar.kontaktvalg.count()) == (annen, 0)


def test_a_tjeneste_stands_once_for_a_tiltak(tiltak, out, koordinator):
    AnsvarFactory(tiltak=tiltak, tjeneste=out)

    response, rad = send(koordinator, tiltak, "ansvar", tjeneste=out.pk, merknad="x")

    assert feil(response) == {
        "ansvar": ["Tjenesten er allerede ført opp."],
        f"{rad}-__all__": ["Denne raden er lik en annen."],
    }
    assert skjema(response)[f"{rad}-merknad"] == ["x"]
    assert Ansvar.objects.count() == 1


def test_a_tjeneste_twice_in_one_go_is_refused(tiltak, out, koordinator):
    url = side(Tiltak, "change", tiltak.pk)
    sendt = skjema(koordinator.get(url))
    ny_rad(sendt, "ansvar", tjeneste=out.pk)
    ny_rad(sendt, "ansvar", tjeneste=out.pk)

    response = koordinator.post(url, sendt)

    assert feil(response)["ansvar"] == ["Tjenesten er allerede ført opp."]
    assert Ansvar.objects.count() == 0


def test_a_deltiltak_has_no_place_and_no_parts(tiltak, koordinator):
    del_ = TiltakFactory(plan=tiltak.plan, overordnet=tiltak)

    response = koordinator.get(side(Tiltak, "change", del_.pk))

    grupper = {g.formset.prefix for g in response.context["inline_admin_formsets"]}
    assert {"plasseringer", "deltiltak"} & grupper == set()
    assert "Del av tiltaket" in response.content.decode()


def test_new_or_continued_is_asked_in_one_way(tiltak, plan, kommune, koordinator):
    gammel = PlasseringFactory(
        innsatsomrade__plan__kommune=kommune,
        innsatsomrade__plan__status=AVLOST,
        innsatsomrade__plan__fra_ar=2019,
        innsatsomrade__plan__til_ar=2023,
    ).tiltak

    def spurt():
        response = koordinator.get(side(Tiltak, "change", tiltak.pk))
        tilbudt = dict(tilbud(response)).get("overganger_til-fra")
        felter = response.context["adminform"].form.fields
        return "nytt" in felter, tilbudt and list(tilbudt.queryset)

    assert spurt() == (True, None)
    plan.bygger_pa = gammel.plan
    plan.save()

    assert spurt() == (False, [gammel])


@pytest.mark.parametrize("egen", [True, False])
def test_where_a_tiltak_comes_from_is_said_on_its_page(
    egen, tiltak, plan, kommune, nabokommune, koordinator
):
    fra = PlasseringFactory(
        innsatsomrade__plan__kommune=kommune if egen else nabokommune,
        innsatsomrade__plan__status=AVLOST,
        innsatsomrade__plan__fra_ar=2019,
        innsatsomrade__plan__til_ar=2023,
    ).tiltak
    plan.bygger_pa = HandlingsplanFactory(
        kommune=kommune, status=AVLOST, fra_ar=2015, til_ar=2018
    )
    if egen:
        plan.bygger_pa = fra.plan
    plan.save()

    svar, prefiks = send(
        koordinator, tiltak, "overganger_til", fra=fra.pk, valg="viderefores"
    )

    assert feil(svar) == ({} if egen else {f"{prefiks}-fra": UGYLDIG})
    assert [o.fra for o in tiltak.overganger_til.all()] == ([fra] if egen else [])
    assert tiltak.er_nytt != egen


def test_a_look_at_the_site_leads_to_the_page(tiltak, koordinator):
    tekst = koordinator.get(side(Tiltak, "change", tiltak.pk)).content.decode()

    assert f'<a href="{tiltak.get_absolute_url()}" class="viewsitelink">' in tekst


# Numbers ------------------------------------------------------------------------------


def test_a_new_place_takes_the_next_free_number(omrade, tiltak, koordinator):
    PlasseringFactory(innsatsomrade=omrade, nummer=7)
    url = side(Tiltak, "add")
    sendt = skjema(koordinator.get(url)) | {"tittel": "Nytt"}
    ny_rad(sendt, "plasseringer", innsatsomrade=omrade.pk, nummer="")

    assert feil(koordinator.post(url, sendt)) == {}

    assert Tiltak.objects.get(tittel="Nytt").merkelapp == "Vold 8"


def test_numbers_stand_once_the_plan_holds(tiltak, koordinator):
    response = endre(koordinator, tiltak, **{"plasseringer-0-nummer": "2"})

    assert feil(response) == {
        "plasseringer-0-nummer": [
            (
                "Planen gjelder, og da står numrene fast. Et tiltak som flyttes, kan få en "
                "plassering til."
            )
        ]
    }
    assert Plassering.objects.get().nummer == 1


def test_the_area_stands_once_the_plan_holds(tiltak, plan, koordinator):
    annet = InnsatsomradeFactory(plan=plan)

    response = endre(koordinator, tiltak, **{"plasseringer-0-innsatsomrade": annet.pk})

    assert list(feil(response)) == ["plasseringer-0-nummer"]
    assert Plassering.objects.get().innsatsomrade != annet


def test_numbers_change_in_a_draft(tiltak, plan, koordinator):
    gi_status(plan, UTKAST)

    assert feil(endre(koordinator, tiltak, **{"plasseringer-0-nummer": "2"})) == {}

    assert Plassering.objects.get().nummer == 2


@pytest.mark.parametrize("nummer", ["0", "-1", "10000", "x", "1.5"])
def test_a_number_that_cannot_be_is_said_beside_it(
    tiltak, omrade, plan, nummer, koordinator
):
    gi_status(plan, UTKAST)
    annet = PlasseringFactory(innsatsomrade=omrade, nummer=2).tiltak

    response = endre(koordinator, annet, **{"plasseringer-0-nummer": nummer})

    (navn,) = feil(response)
    assert navn == "plasseringer-0-nummer"
    assert skjema(response)[navn] == [nummer]
    assert set(Plassering.objects.values_list("nummer", flat=True)) == {1, 2}


def i_nummerorden(omrade):
    return list(omrade.plasseringer.order_by("nummer").values_list("nummer", "tiltak"))


@pytest.fixture
def fem(omrade, plan):
    """Five tiltak of a draft."""
    gi_status(plan, UTKAST)
    return [PlasseringFactory(innsatsomrade=omrade).tiltak for _nr in range(5)]


@pytest.mark.parametrize(
    ("hvem", "til", "orden"),
    [
        (2, 1, [2, 0, 1, 3, 4]),
        (0, 3, [1, 2, 0, 3, 4]),
        (4, 4, [0, 1, 2, 4, 3]),
        (3, 4, [0, 1, 2, 3, 4]),
    ],
)
def test_the_others_make_room_in_a_draft(hvem, til, orden, omrade, fem, koordinator):
    svar = endre(koordinator, fem[hvem], **{"plasseringer-0-nummer": str(til)})

    assert feil(svar) == {}
    assert i_nummerorden(omrade) == [(n, fem[i].pk) for n, i in enumerate(orden, 1)]


def test_a_number_that_is_taken_is_refused_where_numbers_stand(
    tiltak, omrade, plan, koordinator
):
    """Also to a tiltak that is not published, whose number is its own to choose."""
    nytt = PlasseringFactory(innsatsomrade=omrade, tiltak__publisert=False).tiltak

    svar = endre(koordinator, nytt, **{"plasseringer-0-nummer": "1"})

    assert feil(svar) == {
        "plasseringer-0-nummer": ["Nummeret er allerede i bruk i området."]
    }
    assert skjema(svar)["plasseringer-0-nummer"] == ["1"]
    assert i_nummerorden(omrade) == [(1, tiltak.pk), (2, nytt.pk)]


def test_a_new_tiltak_comes_between(omrade, fem, koordinator):
    url = side(Tiltak, "add")
    sendt = skjema(koordinator.get(url)) | {"tittel": "Nytt"}
    ny_rad(sendt, "plasseringer", innsatsomrade=omrade.pk, nummer="2")

    assert feil(koordinator.post(url, sendt)) == {}

    nytt = Tiltak.objects.get(tittel="Nytt")
    orden = [fem[0], nytt, *fem[1:]]
    assert i_nummerorden(omrade) == [(n, t.pk) for n, t in enumerate(orden, 1)]


def test_what_moves_to_another_area_leaves_no_hole(omrade, plan, fem, koordinator):
    annet = InnsatsomradeFactory(plan=plan)
    der = PlasseringFactory(innsatsomrade=annet).tiltak
    felter = {"innsatsomrade": annet.pk, "nummer": "1"}

    svar = endre(
        koordinator, fem[1], **{f"plasseringer-0-{f}": v for f, v in felter.items()}
    )

    assert feil(svar) == {}
    igjen = [fem[0], *fem[2:]]
    assert i_nummerorden(omrade) == [(n, t.pk) for n, t in enumerate(igjen, 1)]
    assert i_nummerorden(annet) == [(1, fem[1].pk), (2, der.pk)]


def test_several_places_are_moved_in_one_save(omrade, plan, fem, koordinator):
    annet = InnsatsomradeFactory(plan=plan)
    der = PlasseringFactory(innsatsomrade=annet).tiltak
    Plassering.objects.create(tiltak=fem[4], innsatsomrade=annet, hoved=False)

    svar = endre(
        koordinator,
        fem[4],
        **{"plasseringer-0-nummer": "1", "plasseringer-1-nummer": "1"},
    )

    assert feil(svar) == {}
    orden = [fem[4], *fem[:4]]
    assert i_nummerorden(omrade) == [(n, t.pk) for n, t in enumerate(orden, 1)]
    assert i_nummerorden(annet) == [(1, fem[4].pk), (2, der.pk)]


@pytest.mark.parametrize("slettes", [False, True])
def test_to_an_area_that_another_place_is_leaving_it_goes_afterwards(
    slettes, omrade, plan, fem, koordinator
):
    annet = InnsatsomradeFactory(plan=plan)
    Plassering.objects.create(tiltak=fem[0], innsatsomrade=annet, hoved=False)
    felter = {"plasseringer-0-innsatsomrade": annet.pk}
    if slettes:
        felter["plasseringer-1-DELETE"] = "on"
    else:
        felter["plasseringer-1-innsatsomrade"] = omrade.pk

    svar = endre(koordinator, fem[0], **felter)

    ordene = "Dette står i en annen rad. Lagre det i to omganger."
    assert feil(svar) == {"plasseringer-0-innsatsomrade": [ordene]}
    assert skjema(svar)["plasseringer-0-innsatsomrade"] == [str(annet.pk)]
    assert i_nummerorden(annet) == [(1, fem[0].pk)]


def test_what_is_deleted_leaves_no_hole(omrade, fem, koordinator):
    koordinator.post(side(Tiltak, "delete", fem[1].pk), {"post": "yes"})

    igjen = [fem[0], *fem[2:]]
    assert i_nummerorden(omrade) == [(n, t.pk) for n, t in enumerate(igjen, 1)]


def test_what_is_not_published_leaves_its_hole_where_numbers_stand(
    tiltak, omrade, koordinator
):
    borte, igjen = (
        PlasseringFactory(innsatsomrade=omrade, tiltak__publisert=False).tiltak
        for _nr in range(2)
    )

    koordinator.post(side(Tiltak, "delete", borte.pk), {"post": "yes"})

    assert i_nummerorden(omrade) == [(1, tiltak.pk), (3, igjen.pk)]


def test_who_may_not_moves_no_number(omrade, fem, client, nabo):
    forst = i_nummerorden(omrade)
    for noen in (client, nabo):
        svar = noen.post(
            side(Tiltak, "change", fem[2].pk), {"plasseringer-0-nummer": "1"}
        )
        assert svar.status_code in {302, 404}

    assert i_nummerorden(omrade) == forst


ENHOVED = {"plasseringer": ["Kryss av for hovedplassering ved én av plasseringene."]}


def test_a_second_place_is_not_a_second_main_one(tiltak, plan, koordinator):
    annet = InnsatsomradeFactory(plan=plan)
    to_ganger = {"gruppe": "plasseringer", "innsatsomrade": annet.pk}

    # As the page has it: a new row is ticked.
    response, _rad = send(koordinator, tiltak, **to_ganger, hoved="on")
    assert feil(response) == {}
    assert [(str(p), p.hoved) for p in tiltak.plasseringer.all()] == [
        ("Vold 1", True),
        (f"{annet.kortnavn} 1", False),
    ]


def test_a_new_place_becomes_the_main_one(tiltak, plan, koordinator):
    annet = InnsatsomradeFactory(plan=plan)
    url = side(Tiltak, "change", tiltak.pk)
    sendt = skjema(koordinator.get(url))
    sendt["plasseringer-0-hoved"] = []
    ny_rad(sendt, "plasseringer", innsatsomrade=annet.pk, hoved="on")

    assert feil(koordinator.post(url, sendt)) == {}
    assert tiltak.plasseringer.get(hoved=True).innsatsomrade == annet


def test_of_two_new_places_the_first_is_the_main_one(omrade, plan, koordinator):
    annet = InnsatsomradeFactory(plan=plan)
    url = side(Tiltak, "add")
    sendt = skjema(koordinator.get(url)) | {"tittel": "Nytt"}
    ny_rad(sendt, "plasseringer", innsatsomrade=omrade.pk)
    ny_rad(sendt, "plasseringer", innsatsomrade=annet.pk)

    assert feil(koordinator.post(url, sendt)) == {}
    assert [p.hoved for p in Plassering.objects.order_by("pk")] == [True, False]
    assert Plassering.objects.get(hoved=True).innsatsomrade == omrade


def test_a_place_has_to_be_the_main_one(tiltak, koordinator):
    """Without a main place a tiltak would stand nowhere in the plan."""
    assert feil(endre(koordinator, tiltak, **{"plasseringer-0-hoved": []})) == ENHOVED


def test_another_place_becomes_the_main_one(tiltak, plan, koordinator):
    annet = InnsatsomradeFactory(plan=plan)
    Plassering.objects.create(tiltak=tiltak, innsatsomrade=annet, nummer=1, hoved=False)

    response = endre(
        koordinator,
        tiltak,
        **{"plasseringer-0-hoved": [], "plasseringer-1-hoved": "on"},
    )

    assert feil(response) == {}
    assert tiltak.plasseringer.get(hoved=True).innsatsomrade == annet


# Draft, in force, superseded ----------------------------------------------------------


@pytest.mark.parametrize("modell", [Handlingsplan, Innsatsomrade, Kapittel, Tiltak])
@pytest.mark.parametrize("status", [GJELDENDE, AVLOST])
def test_what_was_adopted_is_not_deleted(modell, status, kommune, koordinator):
    rad = LAG[modell](kommune)
    sett_status(kommune, status)
    url = side(modell, "delete", rad.pk)

    assert koordinator.get(url).status_code == 403
    assert koordinator.post(url, {"post": "yes"}).status_code == 403
    assert modell.objects.filter(pk=rad.pk).exists()


def sett_status(kommune, status):
    plan = kommune.planer.get()
    plan.status = status
    plan.save()


@pytest.mark.parametrize("modell", [Handlingsplan, Innsatsomrade, Kapittel, Tiltak])
def test_a_draft_is_deleted_with_a_trace(modell, kommune, koordinator):
    rad = LAG[modell](kommune)

    response = koordinator.post(side(modell, "delete", rad.pk), {"post": "yes"})

    assert response.status_code == 302
    assert not modell.objects.exists()
    siste = modell.historikk.first()
    assert (siste.history_type, siste.history_user) == ("-", koordinator.bruker)


def test_what_others_need_is_not_deleted(kommune, out, tiltak, koordinator):
    """PROTECT, said on a page instead of as a server error."""
    AnsvarFactory(tiltak=tiltak, tjeneste=out).velg_kontaktpunkter(
        out.kontaktpunkter.all()[:1]
    )
    valgt = out.kontaktpunkter.first()
    for_ = alt()

    for rad in (out, valgt):
        url = side(type(rad), "delete", rad.pk)
        assert koordinator.get(url).context["protected"]
        assert koordinator.post(url, {"post": "yes"}).status_code == 200
    response = endre(koordinator, out, **{"kontaktpunkter-0-DELETE": "on"})
    assert feil(response) == {
        "kontaktpunkter": [
            "Sletting av kontaktpunkt «OUT: vakttelefonen 469 34 634» krever sletting "  # noqa: ISC004
            "av følgende beskyttede relaterte objekter: valgt kontaktpunkt OUT: "
            "vakttelefonen 469 34 634"
        ]
    }

    assert alt() == for_


def test_what_stands_in_a_plan_in_force_does_not_go_with_a_tick(
    tiltak, plan, out, koordinator
):
    TiltakFactory(plan=plan, overordnet=tiltak)
    Malsetting.objects.create(plan=plan, type="visjon", tekst="Trygghet")
    Malsetting.objects.create(plan=plan, tiltak=tiltak, type="visjon", tekst="Ro")
    Styringsdokument.objects.create(kommune=plan.kommune, plan=plan, tittel="Avtalen")
    AnsvarFactory(tiltak=tiltak, tjeneste=out)
    grupper = ["deltiltak", "malsettinger", "styringsdokumenter"]

    response = endre(koordinator, tiltak, **{"plasseringer-0-DELETE": "on"})
    assert feil(response) == {
        "plasseringer": [
            "Det som står i en plan som gjelder, avsluttes, men slettes ikke."
        ]
    }
    for rad in (tiltak, plan):
        endre(
            koordinator,
            rad,
            **{f"{gruppe}-0-DELETE": "on" for gruppe in [*grupper, "ansvar"]},
        )

    assert (
        Plassering.objects.count(),
        tiltak.deltiltak.count(),
        Malsetting.objects.count(),
        Styringsdokument.objects.count(),
    ) == (1, 1, 2, 1)
    # Who answers for it is no part of what was adopted for ever.
    assert tiltak.ansvar.count() == 0


@pytest.mark.parametrize("modell", [Handlingsplan, Innsatsomrade, Kapittel, Tiltak])
def test_a_superseded_plan_is_read_only(modell, kommune, koordinator):
    rad = LAG[modell](kommune)
    sendt = skjema(koordinator.get(side(modell, "change", rad.pk)))
    sett_status(kommune, AVLOST)
    for_ = alt()

    response = koordinator.get(side(modell, "change", rad.pk))

    assert response.status_code == 200
    assert not response.context["has_change_permission"]
    assert "_save" not in response.content.decode()
    for felt in ("tittel", "navn"):
        if felt in sendt:
            sendt[felt] = "Endret"
    assert koordinator.post(side(modell, "change", rad.pk), sendt).status_code == 403
    assert alt() == for_


@pytest.mark.parametrize("modell", [Innsatsomrade, Kapittel, Tiltak])
def test_nothing_new_comes_into_a_superseded_plan(modell, kommune, koordinator):
    avlost = HandlingsplanFactory(kommune=kommune, status=AVLOST)

    response = legg_til(koordinator, modell, **NYE[modell], plan=avlost.pk)

    assert feil(response) == {"plan": UGYLDIG}
    assert modell.objects.count() == 0


def test_a_superseded_tiltak_says_its_contact_points_in_words(
    tiltak, plan, out, koordinator
):
    AnsvarFactory(tiltak=tiltak, tjeneste=out).velg_kontaktpunkter(
        out.kontaktpunkter.all()[1:]
    )
    AnsvarFactory(tiltak=tiltak)
    plan.status = AVLOST
    plan.save()

    tekst = koordinator.get(side(Tiltak, "change", tiltak.pk)).content.decode()

    assert "telefon 900 00 001, telefon 900 00 002" in tekst
    assert "tjenestens hovedkontakter" in tekst


@pytest.mark.parametrize("hvem", ["koordinator", "administrator"])
def test_what_a_plan_has_come_to_is_shown_and_not_changed(hvem, plan, request):
    klient = request.getfixturevalue(hvem)

    siden = klient.get(side(Handlingsplan, "change", plan.pk)).content.decode()
    assert feil(endre(klient, plan, status=UTKAST)) == {}

    assert "Gjeldende" in siden
    assert f'href="/lillestrom/{plan.slug}/avslutt/"' in siden
    plan.refresh_from_db()
    assert plan.status == GJELDENDE


def test_a_draft_leads_to_where_its_treatment_is_registered(kommune, koordinator):
    utkast = HandlingsplanFactory(kommune=kommune, status=UTKAST)

    svar = koordinator.get(side(Handlingsplan, "change", utkast.pk))

    assert f'href="/lillestrom/{utkast.slug}/registrer-behandling/"' in str(
        svar.content
    )
    assert "vedtaksform" not in skjema(svar)


def test_that_a_plan_was_treated_needs_to_say_how(plan, koordinator):
    response = endre(koordinator, plan, vedtatt_av="kommunestyret")

    melding = (
        "Velg også hvordan planen ble behandlet: vedtatt, sluttet seg til eller tatt "
        "til etterretning."
    )
    assert feil(response) == {"vedtaksform": [melding]}
    assert skjema(response)["vedtatt_av"] == ["kommunestyret"]


@pytest.mark.parametrize(
    ("verdier", "felt", "melding"),
    [
        (
            {"fra_ar": "2024", "til_ar": "2028"},
            "til_ar",
            "Det finnes allerede en plan for denne perioden.",
        ),
        (
            {"fra_ar": "2030", "til_ar": "2029"},
            "fra_ar",
            "Planen kan ikke slutte før den begynner.",
        ),
    ],
)
def test_a_plan_that_cannot_be_is_said_beside_the_field(
    plan, koordinator, verdier, felt, melding
):
    response = legg_til(koordinator, Handlingsplan, **NYE[Handlingsplan] | verdier)

    (navn,) = feil(response)
    assert feil(response)[navn] == [melding]
    assert Handlingsplan.objects.count() == 1
    skrevet = skjema(response)
    assert {navn: skrevet[navn] for navn in verdier} == {
        navn: [verdi] for navn, verdi in verdier.items()
    }


@pytest.mark.parametrize("ar", ["0", "999", "10000", "32767"])
def test_a_year_that_makes_no_address_is_refused_beside_the_field(
    plan, koordinator, ar
):
    """The page of a plan links to the plan, which then has no address."""
    response = endre(koordinator, plan, fra_ar=ar, til_ar=ar)

    assert set(feil(response)) == {"fra_ar", "til_ar"}


def test_a_plan_does_not_build_on_itself(plan, koordinator):
    assert feil(endre(koordinator, plan, bygger_pa=plan.pk)) == {"bygger_pa": UGYLDIG}


@pytest.mark.parametrize("ledd", [1, 2])
def test_plans_do_not_build_on_each_other_in_a_ring(plan, koordinator, ledd):
    siste = plan
    for nr in range(ledd):
        siste = HandlingsplanFactory(
            kommune=plan.kommune,
            bygger_pa=siste,
            fra_ar=2040 + nr,
            til_ar=2045,
            status="utkast",
        )

    svar = endre(koordinator, plan, bygger_pa=siste.pk)

    assert feil(svar) == {"bygger_pa": ["Planene kan ikke bygge på hverandre i ring."]}
    plan.refresh_from_db()
    assert plan.bygger_pa is None


@pytest.mark.parametrize(
    ("verdier", "felt", "melding"),
    [
        ({"niva_foreslatt": "on"}, "niva", "Velg nivået som er foreslått."),
        (
            {"bti_fra": "2", "bti_til": "1"},
            "bti_fra",
            "Fyll ut begge BTI-nivåene, fra 0 til 3, det laveste først.",
        ),
        (
            {"ganger_fra": "2"},
            "ganger_fra",
            "Si hvor mange ganger og per hva, det minste tallet først.",
        ),
        (
            {"fra_dato": "2025-01-02", "til_dato": "2025-01-01"},
            "fra_dato",
            "Tiltaket kan ikke slutte før det begynner.",
        ),
    ],
)
def test_a_tiltak_that_cannot_be_is_said_beside_the_field(
    tiltak, koordinator, verdier, felt, melding
):
    for_ = alt()

    response = endre(koordinator, tiltak, **verdier)

    assert feil(response) == {felt: [melding]}
    assert alt() == for_
    skrevet = skjema(response)
    assert {navn: skrevet[navn] for navn in verdier} == {
        navn: [verdi] for navn, verdi in verdier.items()
    }


# Tjenester and contact points ---------------------------------------------------------


def test_the_telephone_stands_once(kommune, tiltak, plan, out, koordinator, client):
    """Changed on one page, it is changed on all of them, and one sees who did it."""
    AnsvarFactory(tiltak=tiltak, tjeneste=out)
    punkt = out.kontaktpunkter.get(verdi="469 34 634")
    sider = [tiltak.get_absolute_url(), out.get_absolute_url()]
    for url in sider:
        assert "469 34 634" in client.get(url).content.decode()
    assert "469 34 634" in Utgave(plan).html()

    assert feil(endre(koordinator, punkt, verdi="46 93 46 99")) == {}

    for tekst in [
        *(client.get(url).content.decode() for url in sider),
        Utgave(plan).html(),
    ]:
        assert "469 34 634" not in tekst
        assert "469 34 699" in tekst
    historikk = koordinator.get(side(Kontaktpunkt, "history", punkt.pk))
    siste = historikk.context["endringer"][0]
    assert (siste.aktor, siste.dor, siste.handling) == (
        "Koordinator",
        "administrasjonen",
        "Endret",
    )
    assert [(f.navn, f.fra, f.til) for f in siste.felter] == [
        ("nummer, adresse eller fremgangsmåte", "469 34 634", "469 34 699")
    ]
    tekst = historikk.content.decode()
    for ord_ in ("Koordinator", "469 34 634", "469 34 699"):
        assert ord_ in tekst


@pytest.mark.parametrize(
    ("type_", "verdi", "melding"),
    [
        ("telefon", "ring oss", INTET_NUMMER),
        ("sms", "1-2", INTET_NUMMER),
        (
            "epost",
            "out",
            "Dette er ikke en e-postadresse. Skriv for eksempel post@kommunen.no.",
        ),
        (
            "nett",
            "out",
            (
                "Dette er ikke en nettadresse. Skriv for eksempel "
                "https://www.kommunen.no/ung."
            ),
        ),
        (
            "nett",
            "javascript:alert(1)",
            (
                "Dette er ikke en nettadresse. Skriv for eksempel "
                "https://www.kommunen.no/ung."
            ),
        ),
        ("telefon", "46934634", "Tjenesten har allerede dette kontaktpunktet."),
    ],
)
def test_a_contact_that_cannot_be_is_said_beside_it(
    out, koordinator, type_, verdi, melding
):
    """On the page of the point as on that of the tjeneste."""
    for_ = alt()

    response = legg_til(
        koordinator, Kontaktpunkt, tjeneste=out.pk, type=type_, verdi=verdi
    )
    assert feil(response) == {"verdi": [melding]}
    assert skjema(response)["verdi"] == [verdi]
    response, rad = send(koordinator, out, "kontaktpunkter", type=type_, verdi=verdi)
    assert {melding} <= {
        tekst for tekster in feil(response).values() for tekst in tekster
    }
    assert skjema(response)[f"{rad}-verdi"] == [verdi]

    assert alt() == for_


def test_a_person_is_never_public_whatever_the_page(out, koordinator):
    """The page of the tjeneste does not show the name, and keeps it in all the same."""
    punkt = out.kontaktpunkter.first()
    punkt.person, punkt.synlighet = "En Person", "tjenester"
    punkt.save()

    response = endre(koordinator, out, **{"kontaktpunkter-0-synlighet": "offentlig"})

    assert feil(response) == {
        "kontaktpunkter-0-synlighet": [
            "Et kontaktpunkt med navn på en person kan ikke vises for alle."
        ]
    }
    punkt.refresh_from_db()
    assert punkt.synlighet == "tjenester"


def test_a_contact_point_stays_with_its_tjeneste(out, kommune, koordinator):
    """Tiltak may have chosen it as one of that tjeneste."""
    punkt = out.kontaktpunkter.first()

    endre(koordinator, punkt, tjeneste=TjenesteFactory(kommune=kommune).pk)

    punkt.refresh_from_db()
    assert punkt.tjeneste == out


def test_tjenester_do_not_stand_over_each_other_in_a_ring(out, kommune, koordinator):
    under = TjenesteFactory(kommune=kommune, overordnet=out)

    assert feil(endre(koordinator, out, overordnet=under.pk)) == {
        "overordnet": ["Tjenestene kan ikke være over hverandre i ring."]
    }
    assert feil(endre(koordinator, out, overordnet=out.pk)) == {
        "overordnet": ["Tjenestene kan ikke være over hverandre i ring."]
    }


def test_hours_are_kept_on_the_page_of_the_point(out, koordinator):
    punkt = out.kontaktpunkter.first()

    response, _rad = send(
        koordinator,
        punkt,
        "apningstider",
        fra_dag="0",
        til_dag="4",
        apner="20.00",
        stenger="02:00",
    )

    assert feil(response) == {}
    tid = Apningstid.objects.get()
    assert (tid.apner, tid.stenger) == (time(20), time(2))


# Finding ------------------------------------------------------------------------------


def funnet(client, modell, **sporsmal):
    return list(
        client.get(side(modell, "changelist"), sporsmal).context["cl"].result_list
    )


def test_tiltak_stand_as_in_the_plan(kommune, plan, koordinator):
    vold, rus = (InnsatsomradeFactory(plan=plan, rekkefolge=nr) for nr in (2, 1))
    vold2, vold1, rus1 = (
        PlasseringFactory(innsatsomrade=omrade, nummer=nummer).tiltak
        for omrade, nummer in [(vold, 2), (vold, 1), (rus, 1)]
    )
    uten = TiltakFactory(plan=plan)
    del_ = TiltakFactory(plan=plan, overordnet=vold1)
    Plassering.objects.create(tiltak=vold1, innsatsomrade=rus, nummer=9, hoved=False)
    utkast = HandlingsplanFactory(
        kommune=kommune, status=UTKAST, fra_ar=2030, til_ar=2034
    )
    ny = TiltakFactory(plan=utkast)

    assert funnet(koordinator, Tiltak) == [ny, rus1, vold1, del_, vold2, uten]


def test_tiltak_are_found_by_words_tjeneste_and_area(tiltak, omrade, out, koordinator):
    annet = PlasseringFactory(
        innsatsomrade__plan=omrade.plan, tiltak__tittel="POLITIRÅDET"
    ).tiltak
    AnsvarFactory(tiltak=tiltak, tjeneste=out)
    AnsvarFactory(tiltak=tiltak, tjeneste__navn="OUT igjen")

    assert funnet(koordinator, Tiltak, q="politiråd") == [annet]
    assert funnet(koordinator, Tiltak, q="out") == [tiltak]
    assert funnet(koordinator, Tiltak, ansvar__tjeneste__id__exact=out.pk) == [tiltak]
    assert funnet(
        koordinator, Tiltak, plasseringer__innsatsomrade__id__exact=omrade.pk
    ) == [tiltak]
    assert funnet(koordinator, Tiltak, q="100%_\\' OR 1=1 --") == []
    assert funnet(koordinator, Tiltak, q="\0") != []  # refused by the search form


def test_the_coordinator_says_what_people_call_a_theme(tiltak, kommune, koordinator):
    tema = lag_tema(kommune)
    TiltakTema.objects.create(tiltak=tiltak, tema=tema)
    url = side(Tema, "change", tema.pk)
    sendt = skjema(koordinator.get(url))

    koordinator.post(url, sendt | {"sokeord": "fylla, snus"})

    liste = koordinator.get(f"{tiltak.plan.get_absolute_url()}tiltak/?q=snus")
    assert list(liste.context["tiltakene"]) == [tiltak]
    assert funnet(koordinator, Tema, q="fylla") == [tema]
    assert historikk(koordinator, tema)[0][1] == [("søkeord", "", "fylla, snus")]


# History ------------------------------------------------------------------------------


def historikk(client, rad):
    """(what happened, field, from, to) of each change, the newest first."""
    endringer = client.get(side(type(rad), "history", rad.pk)).context["endringer"]
    return [
        (f"{e.handling} {e.hva}", [(f.navn, f.fra, f.til) for f in e.felter])
        for e in endringer
    ]


def test_the_history_shows_what_hangs_on_a_tiltak(tiltak, out, koordinator):
    response, _rad = send(koordinator, tiltak, "ansvar", tjeneste=out.pk)
    assert feil(response) == {}
    punkt = out.kontaktpunkter.last()
    felt = "ansvar-0-valgte_kontaktpunkter"
    assert feil(endre(koordinator, tiltak, **{felt: [punkt.pk]})) == {}
    assert feil(endre(koordinator, tiltak, **{felt: []})) == {}

    assert historikk(koordinator, tiltak) == [
        ("Slettet valgt kontaktpunkt: OUT: telefon 900 00 002", []),
        (
            "Lagt til valgt kontaktpunkt: OUT: telefon 900 00 002",
            [("kontaktpunkt", "", "OUT: telefon 900 00 002")],
        ),
        (
            "Lagt til ansvar: Oppsøkende ungdomsteam",
            [("tjeneste", "", "Oppsøkende ungdomsteam"), ("rolle", "", "ansvarlig")],
        ),
        (
            "Lagt til plassering: Vold og mobbing",
            [("innsatsområde", "", "Vold og mobbing"), ("nummer", "", "1")],
        ),
        (
            "Lagt til tiltak",
            [
                ("plan", "", "Handlingsplan 2024–2028"),
                ("tittel", "", "Natteravner"),
                ("status", "", "i drift"),
            ],
        ),
    ]


def test_the_history_gives_the_address_beside_the_name(tiltak, koordinator):
    """Anybody can call themselves what they like."""
    luring = BrukerFactory(epost="luring@example.org", navn="[fjernet]")
    uten_navn = BrukerFactory(epost="uten-navn@example.org")
    for nr, bruker in enumerate([None, luring, uten_navn]):
        with spor(Dor.SKJEMA, bruker=bruker):
            Malgruppe.objects.create(tiltak=tiltak, tekst=f"elever {nr}")

    svar = koordinator.get(side(Tiltak, "history", tiltak.pk))

    endringer = svar.context["endringer"][:3]
    assert [(e.aktor, e.epost) for e in endringer] == [
        ("uten-navn@example.org", ""),
        ("[fjernet]", "luring@example.org"),
        ("Systemet", ""),
    ]
    assert "<strong>[fjernet]</strong>, luring@example.org (skjema" in svar.text
    assert svar.text.count("uten-navn@example.org") == 1


def test_the_history_gives_no_address_of_who_is_gone(tiltak, koordinator):
    borte, fjernet = BrukerFactory.create_batch(2, navn="Kollega")
    for bruker in (borte, fjernet):
        with spor(Dor.SKJEMA, bruker=bruker):
            Malgruppe.objects.create(tiltak=tiltak, tekst=bruker.epost[:6])
    anonymiser(fjernet)
    borte.delete()

    endringer = koordinator.get(side(Tiltak, "history", tiltak.pk)).context["endringer"]

    assert [(e.aktor, e.epost) for e in endringer[:2]] == [
        ("[fjernet]", ""),
        ("Kollega", ""),
    ]


@pytest.mark.parametrize("antall", [1, 3])
def test_the_history_costs_the_same_for_one_and_three_people(
    antall, tiltak, koordinator, django_assert_num_queries
):
    url = side(Tiltak, "history", tiltak.pk)
    for nr in range(antall):
        with spor(Dor.SKJEMA, bruker=BrukerFactory(navn=f"Kollega {nr}")):
            Malgruppe.objects.create(tiltak=tiltak, tekst=f"elever {nr}")

    with django_assert_num_queries(24):
        assert koordinator.get(url).text.count("@example.org") == antall


def test_the_history_calls_parts_by_their_names(tiltak, koordinator):
    TiltakFactory(plan=tiltak.plan, overordnet=tiltak, tittel="6. trinn")
    Malgruppe.objects.create(tiltak=tiltak, tekst="elever", alder_fra=13)

    assert [hva for hva, _felter in historikk(koordinator, tiltak)][:2] == [
        "Lagt til målgruppe: elever",
        "Lagt til tiltak: 6. trinn",
    ]


def test_the_history_tells_old_and_new_in_words(tiltak, koordinator):
    endre(
        koordinator,
        tiltak,
        tekst="<p>Ny <strong>tekst</strong></p>",
        status="avsluttet",
        nytt="on",
        til_dato="01.06.2025",
    )

    assert historikk(koordinator, tiltak)[0] == (
        "Endret tiltak",
        [
            ("beskrivelse", "", "Ny tekst"),
            ("status", "i drift", "avsluttet"),
            ("nytt tiltak", "nei", "ja"),
            ("til og med dato", "", "1. juni 2025"),
        ],
    )


def test_the_history_keeps_the_name_of_what_is_gone(tiltak, kommune, koordinator):
    tema = lag_tema(kommune)
    response, _rad = send(koordinator, tiltak, "temavalg", tema=tema.pk)
    assert feil(response) == {}
    endre(koordinator, tiltak, **{"temavalg-0-DELETE": "on"})
    koordinator.post(side(Tema, "delete", tema.pk), {"post": "yes"})

    hendelser = [hva for hva, _felter in historikk(koordinator, tiltak)][:2]

    assert hendelser == [
        "Slettet tema for tiltak: noe som er slettet",
        "Lagt til tema for tiltak: noe som er slettet",
    ]


def test_html_in_the_history_is_text(tiltak, koordinator):
    endre(koordinator, tiltak, tittel="<b>fet</b>")

    tekst = koordinator.get(side(Tiltak, "history", tiltak.pk)).content.decode()

    assert "<b>fet" not in tekst
    assert "&lt;b&gt;fet" in tekst


# Costs --------------------------------------------------------------------------------


def fyll(tiltak, antall):
    """So many rows in each inline of a tiltak, each with other rows around it."""
    kommune = tiltak.plan.kommune
    for nr in range(antall):
        ansvar = AnsvarFactory(tiltak=tiltak)
        punkter = KontaktpunktFactory.create_batch(antall, tjeneste=ansvar.tjeneste)
        ansvar.velg_kontaktpunkter(punkter)
        Malgruppe.objects.create(tiltak=tiltak, tekst=f"gruppe {nr}")
        Lenke.objects.create(
            tiltak=tiltak, tittel=f"Lenke {nr}", adresse=f"https://example.org/{nr}"
        )
        TiltakFactory(plan=tiltak.plan, overordnet=tiltak)
        Malsetting.objects.create(
            plan=tiltak.plan, tiltak=tiltak, type="visjon", tekst=f"Mål {nr}"
        )
        TiltakTema.objects.create(tiltak=tiltak, tema=lag_tema(kommune, f"Tema {nr}"))
        TiltakLokalomrade.objects.create(
            tiltak=tiltak, lokalomrade=LokalomradeFactory(kommune=kommune)
        )
        PlasseringFactory(
            tiltak=tiltak, innsatsomrade__plan=tiltak.plan, nummer=1, hoved=nr == 0
        )


@pytest.mark.parametrize("slag", ["change", "history"])
def test_a_tiltak_costs_the_same_with_one_and_three_of_all(plan, koordinator, slag):
    lite, stort = (TiltakFactory(plan=plan) for _gang in range(2))
    fyll(lite, 1)
    kostnad = partial(sporringer, koordinator)
    en = kostnad(side(Tiltak, slag, lite.pk))
    TiltakTema.objects.get().delete()
    Tema.objects.get().delete()

    fyll(stort, 3)

    assert kostnad(side(Tiltak, slag, stort.pk)) == en


@pytest.mark.parametrize("slag", ["change", "history"])
def test_a_tjeneste_costs_the_same_with_one_and_three_points(
    kommune, koordinator, slag
):
    liten, stor = (TjenesteFactory(kommune=kommune) for _gang in range(2))
    KontaktpunktFactory(tjeneste=liten)
    en = sporringer(koordinator, side(Tjeneste, slag, liten.pk))

    KontaktpunktFactory.create_batch(3, tjeneste=stor)

    assert sporringer(koordinator, side(Tjeneste, slag, stor.pk)) == en


@pytest.mark.parametrize("slag", ["change", "history"])
def test_a_plan_costs_the_same_with_one_and_three_goals(plan, koordinator, slag):
    def malsetting(nr):
        omrade = InnsatsomradeFactory(plan=plan)
        Malsetting.objects.create(
            plan=plan, type="visjon", tekst=f"Mål {nr}", innsatsomrade=omrade
        )
        Styringsdokument.objects.create(
            kommune=plan.kommune, plan=plan, tittel=f"Dokument {nr}"
        )

    malsetting(0)
    en = sporringer(koordinator, side(Handlingsplan, slag, plan.pk))

    for nr in (1, 2):
        malsetting(nr)

    assert sporringer(koordinator, side(Handlingsplan, slag, plan.pk)) == en


# Numbers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "skrevet",
    ["46934634", "469 34 634", "46 93 46 34", "+47 469 34 634", "004746934634", "9346"],
)
@pytest.mark.parametrize("lagret", ["46934634", "469 34 634", "46 93 46 34"])
def test_a_number_is_found_however_its_digits_are_grouped(
    skrevet, lagret, kommune, koordinator, nabokommune
):
    KontaktpunktFactory(tjeneste__kommune=kommune, type="telefon", verdi="64 99 30 00")
    punkt = KontaktpunktFactory(tjeneste__kommune=kommune, type="telefon", verdi=lagret)
    KontaktpunktFactory(tjeneste__kommune=nabokommune, type="telefon", verdi=lagret)

    def funnet(modell):
        liste = koordinator.get(side(modell, "changelist"), {"q": skrevet})
        return list(liste.context["cl"].result_list)

    assert funnet(Kontaktpunkt) == [punkt]
    assert funnet(Tjeneste) == [punkt.tjeneste]


@pytest.mark.parametrize("skrevet", ["OUT", "46934634 natt", "2024-", "a1", "()", "+"])
def test_what_is_no_number_is_searched_for_as_words(skrevet, kommune, koordinator):
    KontaktpunktFactory(
        tjeneste__kommune=kommune, type="telefon", verdi="469 34 634", etikett="vakt"
    )

    assert list(Kontaktpunkt.objects.med_nummer(skrevet)) == []


def test_places_are_not_typed_where_rows_are_moved_on_the_site(koordinator, kommune):
    plan = UtkastFactory(kommune=kommune)
    tiltak = PlasseringFactory(innsatsomrade__plan=plan).tiltak
    AnsvarFactory(tiltak=tiltak)
    sider = [
        reverse("admin:tiltak_tiltak_change", args=[tiltak.pk]),
        reverse("admin:tiltak_handlingsplan_change", args=[plan.pk]),
        reverse("admin:tiltak_kapittel_add"),
        reverse("admin:tiltak_innsatsomrade_add"),
    ]

    typer = {
        (re.sub(r"[0-9]+|__prefix__", "N", navn), type_)
        for side in sider
        for type_, navn in re.findall(
            r'<input type="(\w+)" name="([\w-]*rekkefolge)"', koordinator.get(side).text
        )
    }

    assert {type_ for _navn, type_ in typer} == {"hidden"}
    assert {navn for navn, _type in typer} >= {"rekkefolge", "ansvar-N-rekkefolge"}
