"""The directory as the coordinator writes it: whom a tjeneste is for, themes and whom one
asks first, guides, the text to staff; and what an editor may write of a tjeneste."""

from datetime import date

import pytest

from tests.conftest import innlogget
from tests.factories import (
    KontaktpunktFactory,
    TemaFactory,
    TilAnsatteFactory,
    TiltakFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
    TjenesteTemaFactory,
    VeilederFactory,
)
from tests.innsending import innsending
from tests.tiltak.test_innstillinger import feil, lagret, send, sporringer
from tiltak.models import (
    Tema,
    TilAnsatte,
    TiltakVeileder,
    TjenesteTema,
    Veileder,
    VeilederTema,
)

VEILEDERE = "/lillestrom/innstillinger/veiledere/"
TIL_ANSATTE = "/lillestrom/innstillinger/til-ansatte/"
TEMAER = "/lillestrom/innstillinger/temaer/"
I_TO_OMGANGER = "Dette står i en annen rad. Lagre det i to omganger."
ALLEREDE = "Det er allerede en tekst om dette."


@pytest.fixture
def tjeneste(kommune):
    return TjenesteFactory(kommune=kommune, navn="Utekontakten")


@pytest.fixture
def rus(kommune):
    return TemaFactory(kommune=kommune, navn="Rus")


def skjema(rad):
    hva = "tjenester" if hasattr(rad, "svaransvarlig") else "kontaktpunkter"
    return f"/lillestrom/endre/{hva}/{rad.pk}/"


def temaside(tema):
    return f"{TEMAER}{tema.pk}/"


# A tjeneste ---------------------------------------------------------------------------


def test_a_tjeneste_says_whom_it_is_for_and_what_holds_for_a_while(
    tjeneste, rus, koordinator
):
    svar = send(
        koordinator,
        skjema(tjeneste),
        organisasjonsnummer="974 760 673",
        unge_kan_kontakte="on",
        melding="Stengt i uke 28–31.",
        melding_fra="2027-07-12",
        melding_til="2027-08-08",
        stengt="on",
        temaer=[rus.pk],
        **{
            "malgrupper-0-tekst": "ungdom",
            "malgrupper-0-alder_fra": "13",
            "malgrupper-0-alder_til": "18",
        },
    )

    lagret(svar, tjeneste.get_absolute_url())
    tjeneste.refresh_from_db()
    assert tjeneste.organisasjonsnummer == "974760673"
    assert tjeneste.kan_kontaktes_av == ["barn og unge"]
    assert (tjeneste.melding_fra, tjeneste.melding_til, tjeneste.stengt) == (
        date(2027, 7, 12),
        date(2027, 8, 8),
        True,
    )
    assert [str(m) for m in tjeneste.malgrupper.all()] == ["ungdom, 13–18 år"]
    assert [str(v) for v in tjeneste.temavalg.all()] == ["Rus"]


@pytest.mark.parametrize(
    ("skrevet", "felt", "ordene"),
    [
        (
            {"organisasjonsnummer": "974 760 674"},
            "organisasjonsnummer",
            "Et organisasjonsnummer har ni sifre, og dette er ikke et av dem.",
        ),
        ({"stengt": "on"}, "melding", "Skriv beskjeden som skal stå der."),
        (
            {
                "melding": "Stengt",
                "melding_fra": "2027-08-08",
                "melding_til": "2027-07-12",
            },
            "melding_fra",
            "Beskjeden kan ikke slutte å gjelde før den begynner.",
        ),
        (
            {
                "malgrupper-0-tekst": "unge",
                "malgrupper-0-alder_fra": "18",
                "malgrupper-0-alder_til": "13",
            },
            "malgrupper-0-alder_fra",
            "Alderen kan ikke slutte før den begynner.",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    skrevet, felt, ordene, tjeneste, koordinator
):
    svar = send(koordinator, skjema(tjeneste), **skrevet)

    assert feil(svar) == [(felt, ordene)]
    sendt = innsending(svar)
    assert {navn: sendt[navn] for navn in skrevet} == skrevet
    assert tjeneste.historikk.count() == 1
    assert not tjeneste.malgrupper.exists()


def test_an_editor_writes_the_notice_and_not_what_is_the_coordinators(tjeneste, rus):
    redaktor = innlogget(TjenesteredaktorFactory(tjeneste=tjeneste).bruker)

    svar = redaktor.post(
        skjema(tjeneste),
        innsending(
            redaktor.get(skjema(tjeneste)),
            melding="Stengt i dag",
            foresatte_kan_kontakte="on",
            type="politi",
            organisasjonsnummer="974760673",
            svaransvarlig="en@example.org",
            temaer=[rus.pk],
            **{"malgrupper-0-tekst": "foreldre"},
        ),
    )

    lagret(svar, tjeneste.get_absolute_url())
    for_ = tjeneste.type
    tjeneste.refresh_from_db()
    assert (tjeneste.melding, tjeneste.foresatte_kan_kontakte) == ("Stengt i dag", True)
    assert (tjeneste.type, tjeneste.organisasjonsnummer) == (for_, "")
    assert tjeneste.svaransvarlig == ""
    assert [m.tekst for m in tjeneste.malgrupper.all()] == ["foreldre"]
    assert not tjeneste.temavalg.exists()


def test_hours_tell_the_team_that_is_out_and_what_holds_on_holidays(
    tjeneste, koordinator
):
    punkt = KontaktpunktFactory(tjeneste=tjeneste)

    svar = send(
        koordinator,
        skjema(punkt),
        bare_ansatte="on",
        **{
            "apningstider-0-fra_dag": "4",
            "apningstider-0-til_dag": "5",
            "apningstider-0-apner": "20:00",
            "apningstider-0-stenger": "02:00",
            "apningstider-0-hva": "ute",
            "apningstider-0-helligdager": "stengt",
        },
    )

    lagret(svar, tjeneste.get_absolute_url())
    punkt.refresh_from_db()
    tid = punkt.apningstider.get()
    assert (tid.hva, tid.helligdager, punkt.bare_ansatte) == ("ute", "stengt", True)


def test_an_acute_number_is_not_for_staff_alone(tjeneste, koordinator):
    punkt = KontaktpunktFactory(tjeneste=tjeneste, akutt=True)

    svar = send(koordinator, skjema(punkt), bare_ansatte="on")

    assert feil(svar) == [
        ("bare_ansatte", "Et nummer i akuttstripen er ikke bare for ansatte.")
    ]


# Themes -------------------------------------------------------------------------------


def test_a_theme_has_everyday_words_and_national_help(rus, koordinator):
    svar = send(
        koordinator,
        TEMAER,
        **{"temaer-0-i_hverdagen": "Rus og alkohol", "temaer-0-emne": "rus"},
    )

    lagret(svar, TEMAER)
    rus.refresh_from_db()
    assert (rus.i_hverdagen, rus.emne) == ("Rus og alkohol", "rus")


def test_whom_one_asks_first_is_moved_added_and_removed(
    tjeneste, rus, kommune, koordinator
):
    andre = [
        TjenesteTemaFactory(tema=rus, tjeneste__kommune=kommune) for _nr in range(2)
    ]

    sendt = innsending(
        koordinator.get(temaside(rus)),
        **{"tjenestevalg-2-tjeneste": tjeneste.pk, "tjenestevalg-0-DELETE": "on"},
    )
    # A press on the arrow draws the form anew, with the new one first.
    sendt = innsending(
        koordinator.post(temaside(rus), sendt | {"_opp": "tjenestevalg-2"})
    )
    svar = koordinator.post(temaside(rus), sendt)

    lagret(svar, TEMAER)
    assert [v.tjeneste for v in rus.tjenestevalg.order_by("rekkefolge")] == [
        tjeneste,
        andre[1].tjeneste,
    ]


def test_a_tjeneste_helps_with_a_theme_once(tjeneste, rus, koordinator):
    TjenesteTemaFactory(tema=rus, tjeneste=tjeneste)

    svar = send(koordinator, temaside(rus), **{"tjenestevalg-1-tjeneste": tjeneste.pk})

    assert "Tjenesten er allerede ført opp." in [f for _felt, f in feil(svar)]
    assert rus.tjenestevalg.count() == 1


def test_two_themes_are_not_called_the_same_where_people_choose(
    kommune, nabokommune, rus, koordinator
):
    """There were two buttons that read alike."""
    rus.i_hverdagen = "Rus"
    rus.save()
    vold = TemaFactory(kommune=kommune, navn="Vold")
    TemaFactory(kommune=nabokommune, navn="Vold", i_hverdagen="Krangling")

    svar = send(koordinator, temaside(vold), i_hverdagen="rus")
    assert feil(svar) == [("i_hverdagen", "Et annet tema har de samme hverdagsordene.")]

    for ordene in ("", "Krangling"):
        svar = send(koordinator, temaside(vold), i_hverdagen=ordene)
        lagret(svar, TEMAER)


def test_two_that_swap_what_may_stand_once_are_refused_in_words(
    kommune, rus, koordinator
):
    """They met the constraint in the database."""
    TemaFactory(kommune=kommune, navn="Vold")
    valg = [
        TjenesteTemaFactory(tema=rus, tjeneste__kommune=kommune) for _nr in range(2)
    ]

    navn = send(
        koordinator, TEMAER, **{"temaer-0-navn": "Vold", "temaer-1-navn": "Rus"}
    )
    tjenester = send(
        koordinator,
        temaside(rus),
        **{
            "tjenestevalg-0-tjeneste": valg[1].tjeneste_id,
            "tjenestevalg-1-tjeneste": valg[0].tjeneste_id,
        },
    )

    assert feil(navn) == [("temaer-0-navn", I_TO_OMGANGER)]
    assert feil(tjenester) == [("tjenestevalg-0-tjeneste", I_TO_OMGANGER)]
    assert list(kommune.temaer.values_list("navn", flat=True)) == ["Rus", "Vold"]


def test_one_that_takes_what_another_leaves_first_may_have_it(kommune, koordinator):
    for navn in ("Rus", "Vold"):
        TemaFactory(kommune=kommune, navn=navn)

    svar = send(
        koordinator, TEMAER, **{"temaer-0-navn": "Alkohol", "temaer-1-navn": "Rus"}
    )

    lagret(svar, TEMAER)
    assert sorted(kommune.temaer.values_list("navn", flat=True)) == ["Alkohol", "Rus"]


def test_a_tjeneste_that_is_no_more_may_stay_and_not_come(
    tjeneste, rus, kommune, koordinator
):
    borte = TjenesteFactory(kommune=kommune, nedlagt=date(2026, 1, 1))
    TjenesteTemaFactory(tema=rus, tjeneste=tjeneste)
    tjeneste.nedlagt = date(2026, 1, 1)
    tjeneste.save()

    lagret(send(koordinator, temaside(rus), sokeord="hasj"), TEMAER)
    svar = send(koordinator, temaside(rus), **{"tjenestevalg-1-tjeneste": borte.pk})

    assert [felt for felt, _ord in feil(svar)] == ["tjenestevalg-1-tjeneste"]
    assert [v.tjeneste for v in rus.tjenestevalg.all()] == [tjeneste]


def test_a_theme_is_kept_while_something_is_about_it(tjeneste, rus, koordinator):
    TjenesteTemaFactory(tema=rus, tjeneste=tjeneste)
    veileder = VeilederFactory(kommune=rus.kommune, tittel="BTI-veilederen")
    VeilederTema.objects.create(veileder=veileder, tema=rus)

    svar = send(koordinator, TEMAER, **{"temaer-0-DELETE": "on"})

    [(_felt, ordene)] = feil(svar)
    assert ordene.startswith("«Rus» er i bruk og kan ikke fjernes: ")
    assert {"Utekontakten", "BTI-veilederen"} <= set(
        ordene.partition(": ")[2].rstrip(".").split(", ")
    )
    assert Tema.objects.filter(pk=rus.pk).exists()


# Guides -------------------------------------------------------------------------------


def test_guides_are_added_changed_and_removed_with_their_themes(
    kommune, rus, koordinator
):
    for nr, tittel in enumerate("AB"):
        VeilederFactory(
            kommune=kommune, tittel=tittel, adresse=f"https://x.example/{nr}"
        )

    svar = send(
        koordinator,
        VEILEDERE,
        **{
            "veiledere-0-temaer": [rus.pk],
            "veiledere-1-DELETE": "on",
            "veiledere-2-tittel": "Melding",
            "veiledere-2-type": "skjema",
            "veiledere-2-adresse": "https://x.example/melding",
            "veiledere-2-temaer": [rus.pk],
            "veiledere-2-revidert": "2026-01-31",
        },
    )

    lagret(svar, VEILEDERE)
    assert [
        (v.tittel, [str(t) for t in v.temavalg.all()])
        for v in kommune.veiledere.order_by("tittel")
    ] == [("A", ["Rus"]), ("Melding", ["Rus"])]


def test_what_somebody_else_chose_in_a_row_meanwhile_is_shown(
    kommune, rus, koordinator
):
    veileder = VeilederFactory(kommune=kommune)
    mitt = innsending(koordinator.get(VEILEDERE), **{"veiledere-0-tittel": "Mitt"})
    VeilederTema.objects.create(veileder=veileder, tema=rus)

    svar = koordinator.post(VEILEDERE, mitt)

    assert "veiledere-0-temaer" in [felt for felt, *_ in feil(svar)]
    assert [v.tema for v in veileder.temavalg.all()] == [rus]
    lagret(koordinator.post(VEILEDERE, innsending(svar)), VEILEDERE)
    veileder.refresh_from_db()
    assert veileder.tittel == "Mitt"
    assert [v.tema for v in veileder.temavalg.all()] == [rus]


@pytest.mark.parametrize("verdi", ["fremmed", "x", "9" * 40])
def test_only_themes_of_the_kommune_are_chosen(
    verdi, rus, kommune, nabokommune, koordinator
):
    veileder = VeilederFactory(kommune=kommune)
    if verdi == "fremmed":
        verdi = TemaFactory(kommune=nabokommune, navn="Fremmed").pk

    svar = send(koordinator, VEILEDERE, **{"veiledere-0-temaer": [rus.pk, verdi]})

    assert [felt for felt, _ord in feil(svar)] == ["veiledere-0-temaer"]
    assert "Fremmed" not in svar.text
    assert not veileder.temavalg.exists()


def test_a_guide_in_use_is_kept_and_the_tiltak_is_named(kommune, koordinator):
    tiltak = TiltakFactory(plan__kommune=kommune, tittel="Natteravn")
    veileder = VeilederFactory(kommune=kommune, tittel="BTI")
    TiltakVeileder.objects.create(tiltak=tiltak, veileder=veileder)

    svar = send(koordinator, VEILEDERE, **{"veiledere-0-DELETE": "on"})

    assert feil(svar) == [
        ("__all__", "«BTI» er i bruk og kan ikke fjernes: Natteravn.")
    ]
    assert Veileder.objects.filter(pk=veileder.pk).exists()


def test_a_tiltak_is_tied_to_guides_of_its_kommune(kommune, nabokommune, koordinator):
    tiltak = TiltakFactory(plan__kommune=kommune)
    egen, fremmed = (VeilederFactory(kommune=k) for k in (kommune, nabokommune))
    adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/"

    avvist = send(koordinator, adresse, veiledere=[fremmed.pk])
    assert [felt for felt, _ord in feil(avvist)] == ["veiledere"]
    send(koordinator, adresse, veiledere=[egen.pk])

    assert [v.veileder for v in tiltak.veiledervalg.all()] == [egen]


# To staff -----------------------------------------------------------------------------


def test_until_a_text_is_written_the_page_says_whose_stands_there(kommune, koordinator):
    ordene = "Dere har ikke skrevet en tekst for alle temaer."
    assert ordene in koordinator.get(TIL_ANSATTE).text

    svar = send(
        koordinator,
        TIL_ANSATTE,
        **{
            "til_ansatte-0-tekst": "<p>Meld <strong>selv</strong>.</p><script>x</script>"
        },
    )

    lagret(svar, TIL_ANSATTE)
    tekst = kommune.til_ansatte.get()
    assert (tekst.tema, tekst.tekst) == (None, "<p>Meld <strong>selv</strong>.</p>")
    assert ordene not in koordinator.get(TIL_ANSATTE).text


def test_each_theme_has_one_text_at_most(kommune, rus, koordinator):
    TilAnsatteFactory(kommune=kommune)
    ny = {"til_ansatte-1-tekst": "<p>Ny</p>", "til_ansatte-1-tema": ""}
    to = {
        f"til_ansatte-{nr}-{felt}": verdi
        for nr in (1, 2)
        for felt, verdi in (("tekst", f"<p>{nr}</p>"), ("tema", rus.pk))
    }

    assert feil(send(koordinator, TIL_ANSATTE, **ny)) == [
        ("til_ansatte-1-tema", ALLEREDE)
    ]
    assert feil(send(koordinator, TIL_ANSATTE, **to))[0] == (
        "",
        "Temaet har allerede en tekst til ansatte.",
    )
    assert TilAnsatte.objects.count() == 1


def test_one_that_goes_leaves_room_for_another(kommune, koordinator):
    TilAnsatteFactory(kommune=kommune)

    svar = send(
        koordinator,
        TIL_ANSATTE,
        **{"til_ansatte-0-DELETE": "on", "til_ansatte-1-tekst": "<p>Ny</p>"},
    )

    lagret(svar, TIL_ANSATTE)
    assert [t.tekst for t in kommune.til_ansatte.all()] == ["<p>Ny</p>"]


def test_a_text_was_not_gone_through_tomorrow(kommune, koordinator):
    svar = send(
        koordinator,
        TIL_ANSATTE,
        **{
            "til_ansatte-0-tekst": "<p>x</p>",
            "til_ansatte-0-gjennomgatt": "2999-01-01",
        },
    )

    assert [felt for felt, _ord in feil(svar)] == ["til_ansatte-0-gjennomgatt"]
    assert not kommune.til_ansatte.exists()


# All of them --------------------------------------------------------------------------


@pytest.mark.parametrize("side", [TEMAER, VEILEDERE, TIL_ANSATTE, "temaet"])
def test_each_costs_the_same_for_1_and_3_rows(side, kommune, rus, koordinator):
    def en_til():
        tema = TemaFactory(kommune=kommune)
        TjenesteTemaFactory(tjeneste__kommune=kommune, tema=rus)
        TilAnsatteFactory(kommune=kommune, tema=tema)
        veileder = VeilederFactory(kommune=kommune)
        VeilederTema.objects.create(veileder=veileder, tema=tema)

    adresse = temaside(rus) if side == "temaet" else side
    en_til()
    koordinator.get(adresse)
    en = sporringer(koordinator, adresse)
    en_til()
    en_til()

    assert sporringer(koordinator, adresse) == en <= 16


def test_the_theme_next_door_is_not_there(nabo, client, rus, kommune):
    fremmed = TemaFactory()
    koordinert = [temaside(rus), VEILEDERE, TIL_ANSATTE]

    assert [nabo.get(a).status_code for a in koordinert] == [404] * 3
    assert [nabo.post(a).status_code for a in koordinert] == [404] * 3
    assert [client.get(a).status_code for a in koordinert] == [302] * 3
    assert nabo.get(temaside(fremmed)).status_code == 404
    assert TjenesteTema.objects.count() == 0
