"""The forms of the plan itself, its chapters and its innsatsområder, and of what is new: a
plan, a tjeneste; and what a tjeneste may change of itself."""

from types import SimpleNamespace

import pytest

from slt.felles.forms import BEGGE_ENDRET
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilgangFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
    gi_status,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.tiltak.test_redigering import KONFLIKT, PERSONNUMMER, feil, send
from tests.tiltak.test_skjemarader import alt
from tiltak.models import (
    Apningstid,
    Handlingsplan,
    Hvem,
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Malsetting,
    Planrekke,
    Tjeneste,
)

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status.values
NY_PLAN = "/lillestrom/endre/plan/ny/"
NY_TJENESTE = "/lillestrom/endre/tjenester/ny/"


@pytest.fixture
def i(kommune):
    """A draft with a chapter and an innsatsområde, and the forms of it."""
    plan = HandlingsplanFactory(kommune=kommune, status=UTKAST)
    kapittel = KapittelFactory(plan=plan, tittel="Innledning")
    omrade = InnsatsomradeFactory(plan=plan, navn="Vold", kortnavn="Vold")
    endre = "/lillestrom/endre"
    skrives = "/lillestrom/2024-2028/rediger"
    return SimpleNamespace(
        kommune=kommune,
        plan=plan,
        kapittel=kapittel,
        omrade=omrade,
        skjema={
            "plan": f"{endre}/plan/{plan.pk}/",
            "kapittel": f"{endre}/kapittel/{kapittel.pk}/",
            "innsatsomrade": f"{endre}/innsatsomrade/{omrade.pk}/",
            "nytt kapittel": f"{skrives}/kapittel/",
            "nytt innsatsomrade": f"{skrives}/innsatsomrade/",
            "ny plan": NY_PLAN,
            "ny tjeneste": NY_TJENESTE,
        },
    )


# What each of them needs.
UTFYLT = {
    "plan": {"tittel": "Trygg oppvekst"},
    "kapittel": {"tittel": "Hvorfor"},
    "innsatsomrade": {"navn": "Rus"},
    "nytt kapittel": {"tittel": "Hvorfor", "tekst": "<p>Fordi.</p>"},
    "nytt innsatsomrade": {"navn": "Rus", "kortnavn": "Rus"},
    "ny plan": {"tittel": "Ny plan", "fra_ar": "2030", "til_ar": "2033"},
    "ny tjeneste": {"navn": "Barnevernet", "type": "kommunal"},
}
hvert_skjema = pytest.mark.parametrize("hva", UTFYLT)
I_PLANEN = [hva for hva in UTFYLT if hva not in {"ny plan", "ny tjeneste"}]


# Of all of them -----------------------------------------------------------------------


@hvert_skjema
def test_a_coordinator_saves_it(hva, i, koordinator):
    for_ = alt()

    svar = send(koordinator, i.skjema[hva], **UTFYLT[hva])

    assert svar.status_code == 302
    assert koordinator.get(svar["Location"].partition("#")[0]).status_code == 200
    endret = {modell for modell, rader in alt().items() if rader != for_[modell]}
    ventet = {
        "plan": Handlingsplan,
        "plan ny": Handlingsplan,
        "kapittel": Kapittel,
        "innsatsomrade": Innsatsomrade,
        "tjeneste": Tjeneste,
    }
    assert endret == {ventet[hva.removeprefix("nytt ").removeprefix("ny ")]}


@hvert_skjema
def test_what_was_saved_says_who_and_by_which_door(hva, i, koordinator):
    send(koordinator, i.skjema[hva], **UTFYLT[hva])

    modell = {"plan": Handlingsplan, "tjeneste": Tjeneste}.get(hva.split()[-1])
    modell = modell or {"kapittel": Kapittel}.get(hva.split()[-1], Innsatsomrade)
    siste = modell.historikk.first()
    assert (siste.history_user, siste.history_dor) == (koordinator.bruker, "skjema")


@hvert_skjema
def test_nothing_sent_is_nothing_saved(hva, i, koordinator):
    for_ = alt()

    svar = koordinator.post(i.skjema[hva], {})

    assert svar.status_code == 422
    assert svar.context["skjema"].har_feil
    assert Lest(svar).tekst.count("Ingenting er lagret ennå. Rett dette først") == 1
    assert alt() == for_


@hvert_skjema
def test_others_may_neither_see_nor_send(hva, i, nabo, koordinator, kommune, client):
    data = innsending(koordinator.get(i.skjema[hva]), **UTFYLT[hva])
    for_ = alt()

    for klient in (
        nabo,
        innlogget(TilgangFactory(kommune=kommune, rolle="ansatt").bruker),
    ):
        assert klient.get(i.skjema[hva]).status_code == 404
        assert klient.post(i.skjema[hva], data).status_code == 404
    for metode in (client.get, client.post):
        assert metode(i.skjema[hva], data)["Location"].startswith("/konto/logg-inn/")
    for metode in ("put", "patch", "delete"):
        assert getattr(koordinator, metode)(i.skjema[hva]).status_code == 405
    # Nor by the address of another kommune, for one who keeps both.
    TilgangFactory(bruker=koordinator.bruker, kommune=nabo_av(nabo))
    if hva not in {"ny plan", "ny tjeneste"}:
        fremmed = i.skjema[hva].replace("lillestrom", "lorenskog")
        assert koordinator.post(fremmed, data).status_code == 404
    assert alt() == for_


def nabo_av(klient):
    return Tilgang.objects.filter(bruker=klient.bruker).get().kommune


@pytest.mark.parametrize("hva", I_PLANEN)
def test_a_superseded_plan_stands_as_it_was(hva, i, koordinator, administrator):
    data = innsending(koordinator.get(i.skjema[hva]), **UTFYLT[hva])
    gi_status(i.plan, AVLOST)
    for_ = alt()

    for klient in (koordinator, administrator):
        assert klient.get(i.skjema[hva]).status_code == 404
        assert klient.post(i.skjema[hva], data).status_code == 404
        assert klient.post(i.skjema[hva], data | {"_tegn_om": ""}).status_code == 404
    assert alt() == for_


@pytest.mark.parametrize("hva", ["plan", "kapittel", "innsatsomrade"])
def test_why_is_asked_only_in_a_plan_that_holds(hva, i, koordinator):
    assert "begrunnelse" not in innsending(koordinator.get(i.skjema[hva]))
    gi_status(i.plan, GJELDENDE)

    send(koordinator, i.skjema[hva], **UTFYLT[hva], begrunnelse="Avtalt i møte")

    rad = getattr(i, {"innsatsomrade": "omrade"}.get(hva, hva))
    assert rad.historikk.first().history_change_reason == "Avtalt i møte"


@pytest.mark.parametrize("hva", ["plan", "kapittel", "innsatsomrade"])
def test_what_somebody_else_saved_is_not_written_over_unseen(hva, i, koordinator):
    kollega = innlogget(TilgangFactory(kommune=i.kommune).bruker)
    [(felt, mitt)] = UTFYLT[hva].items()
    data = innsending(koordinator.get(i.skjema[hva]), **{felt: mitt})
    send(kollega, i.skjema[hva], **{felt: "Kollegaens"})

    svar = koordinator.post(i.skjema[hva], data)

    assert feil(svar) == {"__all__": KONFLIKT, felt: BEGGE_ENDRET}
    assert innsending(svar)[felt] == mitt
    assert koordinator.post(i.skjema[hva], innsending(svar)).status_code == 302


@hvert_skjema
def test_an_identity_number_is_refused_in_every_text(hva, i, koordinator):
    for_ = alt()
    skjema = koordinator.get(i.skjema[hva]).context["skjema"]
    tekster = [
        felt.name
        for felt in skjema.hoved
        if felt.widget_type in {"text", "textarea"} or felt.name == "tekst"
    ]
    assert tekster

    for felt in tekster:
        svar = send(koordinator, i.skjema[hva], **UTFYLT[hva] | {felt: PERSONNUMMER})
        funnet = feil(svar)
        assert "fødselsnummer" in funnet[felt], felt
        assert PERSONNUMMER not in funnet[felt]
    assert alt() == for_


@hvert_skjema
@pytest.mark.parametrize("verdi", ["\0", "9" * 5000, "²", "<script>alert(1)</script>"])
def test_any_value_in_any_field_is_no_server_error(hva, verdi, i, koordinator):
    svar = koordinator.get(i.skjema[hva])
    felter, gale = innsending(svar), {}
    assert len(felter) > 1
    for felt in felter:
        sendt = innsending(svar, **UTFYLT[hva]) | {felt: verdi}
        etter = koordinator.post(i.skjema[hva], sendt)
        if etter.status_code not in (302, 422) or "<script>alert" in etter.text:
            gale[felt] = etter.status_code
    assert gale == {}


# The plan -----------------------------------------------------------------------------


def test_a_plan_gets_its_goals_and_documents(i, koordinator, client):
    svar = send(
        koordinator,
        i.skjema["plan"],
        ingress="Trygg by for alle.",
        **{
            "malsettinger-0-type": "visjon",
            "malsettinger-0-tekst": "Trygg by",
            "styringsdokumenter-0-tittel": "Rusplanen",
        },
    )

    assert svar.status_code == 302
    [mal] = i.plan.malsettinger.all()
    assert (mal.tekst, mal.tiltak, mal.innsatsomrade) == ("Trygg by", None, None)
    [dokument] = i.plan.styringsdokumenter.all()
    assert (dokument.tittel, dokument.kommune) == ("Rusplanen", i.kommune)


def test_the_goals_of_its_parts_are_not_those_of_the_plan(i, koordinator):
    tiltak = PlasseringFactory(innsatsomrade=i.omrade).tiltak
    for rad, tekst in (
        ({}, "Planens"),
        ({"innsatsomrade": i.omrade}, "Områdets"),
        ({"tiltak": tiltak}, "Tiltakets"),
    ):
        Malsetting.objects.create(plan=i.plan, type="visjon", tekst=tekst, **rad)

    for hva, ventet in (("plan", "Planens"), ("innsatsomrade", "Områdets")):
        rader = koordinator.get(i.skjema[hva]).context["skjema"].rader["malsettinger"]
        assert [rad.instance.tekst for rad in rader] == [ventet]
    svar = send(koordinator, i.skjema["plan"], **{"malsettinger-0-DELETE": "on"})
    assert svar.status_code == 302
    assert {m.tekst for m in Malsetting.objects.all()} == {"Områdets", "Tiltakets"}


@pytest.mark.parametrize(
    ("skrives", "ventet"),
    [
        ({"tittel": ""}, {"tittel": "påkrevet"}),
        ({"fra_ar": "1"}, {"fra_ar": "1990"}),
        ({"fra_ar": "2029"}, {"fra_ar": "ikke slutte før den begynner"}),
        ({"alder_fra": "20", "alder_til": "10"}, {"alder_fra": "ikke slutte før"}),
        ({"fra_ar": "2030", "til_ar": "2033"}, {"til_ar": "allerede en plan"}),
        (
            {"styringsdokumenter-0-lenke": "x", "styringsdokumenter-0-tittel": "Rus"},
            {"styringsdokumenter-0-lenke": "nettadresse"},
        ),
        ({"malsettinger-0-tekst": "x"}, {"malsettinger-0-type": "påkrevet"}),
    ],
)
def test_what_cannot_be_of_a_plan_is_said(skrives, ventet, i, koordinator):
    HandlingsplanFactory(kommune=i.kommune, fra_ar=2030, til_ar=2033, status=UTKAST)
    for_ = alt()

    funnet = feil(send(koordinator, i.skjema["plan"], **skrives))

    assert funnet.keys() == ventet.keys()
    assert all(ord_ in funnet[felt] for felt, ord_ in ventet.items())
    assert alt() == for_


def test_what_a_plan_has_come_to_is_not_written_in_its_form(i, koordinator):
    send(
        koordinator,
        i.skjema["plan"],
        tittel="Nytt",
        status=GJELDENDE,
        vedtatt_av="Kommunestyret",
        slug="annen",
        rekke="1",
    )

    i.plan.refresh_from_db()
    assert (i.plan.tittel, i.plan.status, i.plan.vedtatt_av) == ("Nytt", UTKAST, "")
    assert i.plan.slug == "2024-2028"


# A plan that is new -------------------------------------------------------------------


def test_a_plan_is_begun_with_a_title_and_its_years(i, koordinator):
    svar = send(koordinator, NY_PLAN, **UTFYLT["ny plan"])

    assert svar["Location"] == "/lillestrom/2030-2033/rediger/"
    plan = i.kommune.planer.get(fra_ar=2030)
    assert (plan.status, plan.rekke, plan.tittel) == (UTKAST, i.plan.rekke, "Ny plan")
    assert Planrekke.objects.count() == 1


def test_the_first_plan_of_a_kommune_gets_its_rekke(kommune, koordinator):
    assert not kommune.planrekker.exists()
    # What is refused leaves none behind.
    svar = send(koordinator, NY_PLAN, **UTFYLT["ny plan"] | {"til_ar": "2029"})
    assert "slutte før den begynner" in feil(svar)["fra_ar"]
    assert not kommune.planrekker.exists()

    svar = send(koordinator, NY_PLAN, **UTFYLT["ny plan"])

    assert svar.status_code == 302
    rekke = kommune.planrekker.get()
    assert (rekke.hoved, kommune.planer.get().rekke) == (True, rekke)
    assert koordinator.get(svar["Location"]).status_code == 200


def test_two_plans_of_the_same_years_are_refused_in_words(i, koordinator):
    for_ = alt()
    utfylt = {"tittel": "En til", "fra_ar": "2024", "til_ar": "2028"}

    svar = send(koordinator, NY_PLAN, **utfylt)

    assert "allerede en plan for denne perioden" in feil(svar)["til_ar"]
    assert alt() == for_
    # Of another rekke alone, it is no obstacle.
    i.plan.rekke = Planrekke.objects.create(
        kommune=i.kommune, navn="Annen", hoved=False
    )
    i.plan.save()
    assert send(koordinator, NY_PLAN, **utfylt).status_code == 302


def test_what_is_sent_twice_from_the_same_page_is_put_in_once(i, koordinator):
    nye = [(NY_PLAN, "ny plan"), (NY_TJENESTE, "ny tjeneste")]
    nye += [(i.skjema[hva], hva) for hva in ("nytt kapittel", "nytt innsatsomrade")]
    for adresse, hva in nye:
        data = innsending(koordinator.get(adresse), **UTFYLT[hva])

        svar = [koordinator.post(adresse, data) for _ in range(2)]

        assert [s.status_code for s in svar] == [302, 302], hva
        assert svar[0].url == svar[1].url
    assert i.kommune.planer.filter(fra_ar=2030).count() == 1


def test_what_is_changed_twice_from_the_same_page_is_changed_once(i, koordinator):
    """A double press is no conflict with somebody else, who there was none of."""
    adresse, rad = i.skjema["innsatsomrade"], "malsettinger-0"
    ord_ = {f"{rad}-type": "hovedmal", f"{rad}-tekst": "Trygghet"}
    for endret in ({"navn": "Rus"}, ord_):
        data = innsending(koordinator.get(adresse), **endret)

        statuser = [koordinator.post(adresse, data).status_code for _ in range(2)]

        assert statuser == [302, 302]
    i.omrade.refresh_from_db()
    assert (i.omrade.navn, i.omrade.historikk.count()) == ("Rus", 2)
    assert [m.tekst for m in i.omrade.malsettinger.all()] == ["Trygghet"]


def test_from_another_page_or_with_other_words_it_is_another(i, koordinator):
    adresse = i.skjema["nytt kapittel"]
    data, igjen = (
        innsending(koordinator.get(adresse), **UTFYLT["nytt kapittel"])
        for _ in range(2)
    )
    for_ = i.plan.kapitler.count()

    for sendt in (data, igjen, data | {"tekst": "Noe annet."}):
        koordinator.post(adresse, sendt)

    assert i.plan.kapitler.count() == for_ + 3


# Chapters and innsatsområder ----------------------------------------------------------


def test_what_is_new_stands_last_and_leads_to_its_place(i, koordinator):
    for hva, modell in (("kapittel", Kapittel), ("innsatsomrade", Innsatsomrade)):
        svar = send(koordinator, i.skjema[f"nytt {hva}"], **UTFYLT[f"nytt {hva}"])

        siste = modell.objects.order_by("rekkefolge").last()
        assert siste.plan == i.plan
        assert siste.pk not in {i.kapittel.pk if modell is Kapittel else i.omrade.pk}
        assert svar["Location"].endswith(
            f"/rediger/?rad={hva}-{siste.pk}#{hva}-{siste.pk}"
        )


def test_an_innsatsomrade_is_made_with_its_goals_or_not_at_all(i, koordinator):
    mal = {"malsettinger-0-type": "visjon", "malsettinger-0-tekst": "Ingen vold"}
    adresse, for_ = i.skjema["nytt innsatsomrade"], alt()

    svar = send(koordinator, adresse, navn="Rus", kortnavn="Vold", **mal)
    assert "har dette kortnavnet" in feil(svar)["kortnavn"]
    assert alt() == for_

    svar = koordinator.post(adresse, innsending(svar, kortnavn="Rus"))
    assert svar.status_code == 302
    [rad] = Malsetting.objects.all()
    assert (rad.innsatsomrade.navn, rad.plan, rad.tiltak) == ("Rus", i.plan, None)


def test_a_form_that_was_opened_in_the_outline_leads_back_there(i, koordinator):
    adresse = f"{i.skjema['kapittel']}?i=2024-2028&rad=kapittel-{i.kapittel.pk}"

    svar = send(koordinator, adresse, tittel="Hvorfor")

    ventet = f"/lillestrom/2024-2028/rediger/?rad=kapittel-{i.kapittel.pk}"
    assert svar["Location"].startswith(ventet)
    for tull in ("?i=finnes-ikke", "?i=2024-2028&rad=tull-x", "?i=%00&rad=%00"):
        assert koordinator.get(i.skjema["kapittel"] + tull).status_code == 200
        svar = send(koordinator, i.skjema["kapittel"] + tull, tittel="Hvorfor ikke")
        assert svar.status_code == 302


# A tjeneste ---------------------------------------------------------------------------


def test_a_tjeneste_is_made_with_how_it_is_reached_or_not_at_all(i, koordinator):
    for_ = alt()
    punkt = {"kontaktpunkter-0-type": "telefon", "kontaktpunkter-0-verdi": "123"}

    svar = send(koordinator, NY_TJENESTE, **UTFYLT["ny tjeneste"], **punkt)
    assert feil(svar).keys() == {"kontaktpunkter-0-verdi"}
    assert alt() == for_

    svar = koordinator.post(
        NY_TJENESTE, innsending(svar, **{"kontaktpunkter-0-verdi": "47795404"})
    )
    ny = Tjeneste.objects.get(navn="Barnevernet")
    assert (svar.status_code, svar["Location"]) == (302, ny.get_absolute_url())
    assert (ny.kommune, [p.verdi for p in ny.kontaktpunkter.all()]) == (
        i.kommune,
        ["477 95 404"],
    )


def test_a_name_that_is_taken_is_said(i, koordinator):
    TjenesteFactory(kommune=i.kommune, navn="Barnevernet")

    svar = send(koordinator, NY_TJENESTE, **UTFYLT["ny tjeneste"])

    assert feil(svar) == {"navn": "Navnet er allerede i bruk i kommunen."}


def test_one_above_that_is_no_more_may_stay_but_not_come(i, koordinator):
    over, annen = (
        TjenesteFactory(kommune=i.kommune, navn=navn, nedlagt="2024-01-01")
        for navn in ("Over", "Annen")
    )
    tjeneste = TjenesteFactory(kommune=i.kommune, overordnet=over)
    adresse = f"/lillestrom/endre/tjenester/{tjeneste.pk}/"

    assert send(koordinator, adresse, tekst="Nytt").status_code == 302
    assert feil(send(koordinator, adresse, overordnet=annen.pk)).keys() == {
        "overordnet"
    }
    tjeneste.refresh_from_db()
    assert (tjeneste.tekst, tjeneste.overordnet) == ("Nytt", over)


@pytest.fixture
def redaktor(i):
    i.tjeneste = TjenesteFactory(kommune=i.kommune, navn="Utekontakten")
    i.punkt = KontaktpunktFactory(tjeneste=i.tjeneste, verdi="46934634")
    i.annen = KontaktpunktFactory(tjeneste__kommune=i.kommune)
    return innlogget(TjenesteredaktorFactory(tjeneste=i.tjeneste).bruker)


def test_a_tjeneste_gets_only_what_it_may_change_of_itself(i, redaktor):
    tjenestens = f"/lillestrom/endre/tjenester/{i.tjeneste.pk}/"
    punktets = f"/lillestrom/endre/kontaktpunkter/{i.punkt.pk}/"
    synlig = {"navn", "kortnavn", "tekst", "resultat", "andre_navn", "begrunnelse"}
    synlig |= {f"{hvem}_kan_kontakte" for hvem in Hvem}
    synlig |= {"melding", "melding_fra", "melding_til", "stengt"}
    skjema = redaktor.get(tjenestens).context["skjema"]
    assert {felt.name for felt in skjema.hoved.visible_fields()} == synlig
    assert set(skjema.rader) == {"malgrupper"}
    skjema = redaktor.get(punktets).context["skjema"]
    felter = {felt.name for felt in skjema.hoved.visible_fields()}
    assert felter & {"synlighet", "hoved", "akutt", "sted", "type", "person"} == set()
    assert set(skjema.rader) == {"apningstider"}

    # What else is sent is not read.
    svar = send(
        redaktor,
        tjenestens,
        tekst="Nytt",
        type="politi",
        svaransvarlig="annen@example.org",
        nedlagt="2024-01-01",
        overordnet=i.annen.tjeneste.pk,
        **{
            "kontaktpunkter-TOTAL_FORMS": "1",
            "kontaktpunkter-INITIAL_FORMS": "0",
            "kontaktpunkter-0-type": "telefon",
            "kontaktpunkter-0-verdi": "47795404",
        },
    )
    assert svar.status_code == 302
    for_ = Tjeneste.objects.filter(pk=i.tjeneste.pk).values().get()
    assert (for_["tekst"], for_["type"], for_["nedlagt"], for_["overordnet_id"]) == (
        "Nytt",
        i.tjeneste.type,
        None,
        None,
    )
    assert for_["svaransvarlig"] == i.tjeneste.svaransvarlig
    assert not Kontaktpunkt.objects.filter(verdi="477 95 404").exists()
    send(redaktor, punktets, verdi="47795404", synlighet="koordinator", akutt="on")
    i.punkt.refresh_from_db()
    assert (i.punkt.verdi, i.punkt.synlighet, i.punkt.akutt) == (
        "477 95 404",
        "offentlig",
        False,
    )


def test_a_tjeneste_keeps_its_opening_hours_and_no_others(i, redaktor):
    punktets = f"/lillestrom/endre/kontaktpunkter/{i.punkt.pk}/"
    andres = Apningstid.objects.create(
        kontaktpunkt=i.annen, fra_dag=0, til_dag=4, apner="08:00", stenger="15:00"
    )
    tid = {"fra_dag": "0", "til_dag": "4", "apner": "09:00", "stenger": "16:00"}
    nytt = {f"apningstider-0-{felt}": verdi for felt, verdi in tid.items()}

    assert send(redaktor, punktets, **nytt).status_code == 302
    assert str(i.punkt.apningstider.get().apner) == "09:00:00"

    for merke in (andres.pk, "9" * 40, "x"):
        send(redaktor, punktets, **nytt | {"apningstider-0-id": merke})
        send(
            redaktor,
            punktets,
            **{"apningstider-0-id": merke, "apningstider-0-DELETE": "on"},
        )
    assert str(Apningstid.objects.get(pk=andres.pk).apner) == "08:00:00"


def test_what_a_tjeneste_may_not_reach_is_not_there(i, redaktor):
    for adresse in (
        f"/lillestrom/endre/tjenester/{i.annen.tjeneste.pk}/",
        f"/lillestrom/endre/kontaktpunkter/{i.annen.pk}/",
        NY_TJENESTE,
        NY_PLAN,
        *(i.skjema[hva] for hva in I_PLANEN),
    ):
        assert redaktor.get(adresse).status_code == 404
        assert redaktor.post(adresse, {}).status_code == 404


def test_what_is_not_chosen_is_said_in_words(i, koordinator):
    sider = [
        koordinator.get(i.skjema[hva]).text for hva in ("nytt kapittel", "ny tjeneste")
    ]

    assert ["---" in side for side in sider] == [False, False]
    assert '<option value="" selected>Ikke valgt</option>' in sider[0]
    assert '<option value="" selected>Velg</option>' in sider[1]


def test_who_begins_an_empty_plan_is_told_of_the_one_to_go_on_from(i, koordinator):
    etter = "/lillestrom/2024-2028/ny-plan/"

    uten = [adresse for adresse, _tekst in Lest(koordinator.get(NY_PLAN)).lenker]
    gi_status(i.plan, GJELDENDE)
    med = [adresse for adresse, _tekst in Lest(koordinator.get(NY_PLAN)).lenker]

    assert (etter in uten, etter in med) == (False, True)
    assert koordinator.get(etter).status_code == 200
