"""The tiltaksbank: what kommuner share of their tiltak, what a copy is made of, and what is
said of its origin."""

import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from slt.felles.angre import tilbake_til
from slt.felles.uttrekk.skriv import skriv
from slt.felles.uttrekk.sletting import slett
from slt.grunn.historikk import uten_vern
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    BildeFactory,
    InnsatsomradeFactory,
    KommuneFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    PlasseringFactory,
    TemaFactory,
    TilbudFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
    UtkastFactory,
    figur,
    gi_status,
)
from tests.innsending import innsending
from tiltak.kopiering import Kopi, deler_av
from tiltak.models import (
    Handlingsplan,
    Lenke,
    Malgruppe,
    Malsetting,
    Opphav,
    Overgang,
    Plassering,
    Tema,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
)
from tiltak.views.felles import opphavet_til

BANKEN = "/lillestrom/tiltaksbank/"
KOPIERT = f"{BANKEN}kopiert/"


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    cache.clear()


@pytest.fixture
def nabokommune(db):
    """It shares."""
    return KommuneFactory(
        nummer="3222", navn="Lørenskog", slug="lorenskog", deler_tiltak=True
    )


def lag_delt(kommune, tittel, **felter):
    return PlasseringFactory(
        innsatsomrade__plan__kommune=kommune, tiltak__tittel=tittel, **felter
    ).tiltak


@pytest.fixture
def delt(nabokommune):
    """A tiltak with all that a tiltak may have."""
    tiltak = lag_delt(
        nabokommune,
        "Natteravner",
        tiltak__tekst=f"<p>Voksne ute i helgene</p>{figur(BildeFactory(kommune=nabokommune))}",
        tiltak__niva=Tiltak.Niva.UNIVERSELL,
        tiltak__bti_fra=0,
        tiltak__bti_til=1,
        tiltak__ganger_fra=4,
        tiltak__ganger_per=Tiltak.Tidsenhet.AR,
        tiltak__unge_kan_kontakte=True,
        tiltak__kontakt_merknad="Spør etter vaktlederen",
        tiltak__forankring="Hemmeligutvalget",
    )
    Malgruppe.objects.create(tiltak=tiltak, tekst="Ungdom", alder_fra=13, alder_til=18)
    Malsetting.objects.create(
        tiltak=tiltak,
        plan=tiltak.plan,
        type=Malsetting.Type.RESULTATMAL,
        tekst="Trygge helger",
    )
    tema = TemaFactory(kommune=nabokommune, navn="Uteliv", emne=Tema.Emne.NARMILJO)
    TiltakTema.objects.create(tiltak=tiltak, tema=tema)
    Lenke.objects.create(tiltak=tiltak, tittel="Mer", adresse="https://example.org/")
    omrade = LokalomradeFactory(kommune=nabokommune, navn="Kurlandia")
    TiltakLokalomrade.objects.create(tiltak=tiltak, lokalomrade=omrade)
    tjeneste = TjenesteFactory(kommune=nabokommune, navn="Uteseksjonen")
    KontaktpunktFactory(tjeneste=tjeneste, verdi="400 11 222")
    AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    TiltakFactory(
        plan=tiltak.plan,
        overordnet=tiltak,
        tittel="Førjulsvakt",
        tekst="<p>Desember</p>",
    )
    return tiltak


@pytest.fixture
def utkast(kommune):
    return UtkastFactory(kommune=kommune)


@pytest.fixture
def omrade(utkast):
    return InnsatsomradeFactory(plan=utkast, navn="Trygghet", kortnavn="Tryg")


def siden_til(tiltak):
    return f"{BANKEN}{tiltak.pk}/"


def titlene(client, sporring=""):
    return [t.tittel for t in client.get(BANKEN + sporring).context["page_obj"]]


def kopier(client, tiltak, omrade, **mer):
    return client.post(siden_til(tiltak), {"innsatsomrade": omrade.pk, **mer})


@pytest.fixture
def kopien(koordinator, delt, omrade):
    kopier(koordinator, delt, omrade)
    return Tiltak.objects.get(plan=omrade.plan, overordnet=None)


# What is shared -----------------------------------------------------------------------


def test_only_what_all_can_read_of_kommuner_that_share_is_there(
    koordinator, kommune, nabokommune, delt
):
    plan = delt.plan
    kommune.deler_tiltak = True
    kommune.save()
    lag_delt(kommune, "Eget")
    lag_delt(KommuneFactory(), "Av en som ikke deler")
    PlasseringFactory(
        innsatsomrade__plan=plan, tiltak__publisert=False, tiltak__tittel="Upublisert"
    )
    PlasseringFactory(
        innsatsomrade__plan=plan,
        innsatsomrade__publisert=False,
        tiltak__tittel="I et upublisert område",
    )
    PlasseringFactory(
        innsatsomrade__plan=plan, tiltak__status="avsluttet", tiltak__tittel="Avsluttet"
    )
    PlasseringFactory(
        innsatsomrade__plan=UtkastFactory(
            kommune=nabokommune, fra_ar=2029, til_ar=2032
        ),
        tiltak__tittel="I et utkast",
    )
    TilbudFactory(kommune=nabokommune, tittel="Tilbud")
    avlost = lag_delt(KommuneFactory(deler_tiltak=True), "I en plan som er avløst")
    gi_status(avlost.plan, Handlingsplan.Status.AVLOST)

    assert titlene(koordinator) == ["Natteravner"]
    # Nor are others offered to choose among.
    felt = koordinator.get(BANKEN).context["filter"].form.fields["kommune"]
    deler = {"", nabokommune.slug, avlost.kommune.slug}
    assert {str(slug) for slug, _navn in felt.choices} == deler


def test_nobody_shares_until_they_say_so(koordinator, nabokommune, delt):
    assert KommuneFactory().deler_tiltak is False
    nabokommune.deler_tiltak = False
    nabokommune.save()

    assert titlene(koordinator) == []
    assert koordinator.get(siden_til(delt)).status_code == 404


@pytest.mark.parametrize(
    "ord_", ["Uteseksjonen", "vaktlederen", "Hemmeligutvalget", "Kurlandia", "40011222"]
)
def test_what_is_not_shared_is_not_shown_and_not_found(koordinator, delt, ord_):
    assert titlene(koordinator, f"?q={ord_}") == []
    assert ord_ not in koordinator.get(siden_til(delt)).content.decode()


def test_words_that_are_not_public_are_not_found(koordinator, delt):
    TiltakFactory(plan=delt.plan, overordnet=delt, tittel="Skjultdel", publisert=False)
    PlasseringFactory(
        innsatsomrade__plan=delt.plan, tiltak__publisert=False, tiltak__tittel="Skjult"
    )

    assert titlene(koordinator, "?q=Skjult") == []
    assert "Skjult" not in koordinator.get(siden_til(delt)).content.decode()


@pytest.mark.parametrize(
    ("sporring", "finnes"),
    [
        ("?q=voksne+uteliv", True),
        ("?q=desember", True),
        ("?q=fotball", False),
        ("?tema=narmiljo", True),
        ("?tema=rus", False),
        ("?niva=universell", True),
        ("?niva=indikativ", False),
        ("?alder=14", True),
        ("?alder=8", False),
        ("?kommune=lorenskog", True),
        ("?kommune=lillestrom", False),
        ("?niva=tull", False),
    ],
)
def test_it_is_narrowed(koordinator, delt, sporring, finnes):
    assert titlene(koordinator, sporring) == ["Natteravner"] * finnes


@pytest.mark.parametrize(
    ("deres", "emne", "finnes"),
    [
        ("Rus", "rus", True),
        ("Alkohol og andre rusmidler", "rus", True),
        ("Rus og psykisk helse", "rus", True),
        ("Rus og psykisk helse", "psykisk", True),
        ("Våre egne ord", "rus", True),
        ("Trafikk", "rus", False),
    ],
)
def test_a_theme_is_found_by_its_words_where_it_does_not_say_what_it_is_about(
    koordinator, kommune, delt, omrade, deres, emne, finnes
):
    TemaFactory(kommune=kommune, navn="Rusmidler", emne="rus", sokeord="våre egne ord")
    TiltakTema.objects.all().delete()
    tema = TemaFactory(kommune=delt.kommune, navn=deres, i_hverdagen="", emne="")
    TiltakTema.objects.create(tiltak=delt, tema=tema)

    assert titlene(koordinator, f"?tema={emne}") == ["Natteravner"] * finnes

    kopier(koordinator, delt, omrade)
    kopien = Tiltak.objects.get(plan=omrade.plan, overordnet=None)
    er_rus = deres != "Trafikk"
    assert [v.tema.navn for v in kopien.temavalg.all()] == ["Rusmidler"] * er_rus


def test_the_page_says_how_to_share_where_nobody_does(koordinator, kommune, omrade):
    side = koordinator.get(BANKEN).content.decode()

    assert "Ingen andre kommuner deler tiltak ennå." in side
    assert "Slå på deling" in side
    assert "data-filter" not in side
    assert f'href="/{kommune.slug}/{omrade.plan.slug}/rediger/"' in side


@pytest.mark.parametrize("hvem", ["fremmed", "nabo", "politirad", "redaktor"])
def test_it_is_for_coordinators_of_the_kommune(
    client, nabo, kommune, delt, omrade, hvem
):
    if hvem == "nabo":
        client = nabo
    if hvem == "politirad":
        tilgang = TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.POLITIRAD)
        client = innlogget(tilgang.bruker)
    if hvem == "redaktor":
        client = innlogget(TjenesteredaktorFactory(tjeneste__kommune=kommune).bruker)

    svar = [client.get(adr).status_code for adr in (BANKEN, siden_til(delt), KOPIERT)]
    svar.append(kopier(client, delt, omrade).status_code)

    assert set(svar) <= {302, 404}
    assert not Opphav.objects.exists()


@pytest.mark.parametrize("antall", [1, 3])
def test_the_pages_cost_the_same_for_one_and_three(koordinator, omrade, antall):
    for nr in range(antall):
        tiltak = lag_delt(KommuneFactory(deler_tiltak=True), f"Tiltak {nr}")
        Malgruppe.objects.create(tiltak=tiltak, tekst="Ungdom")
        TiltakFactory(plan=tiltak.plan, overordnet=tiltak)
        kopier(koordinator, tiltak, omrade)

    def sporringer(adresse):
        with CaptureQueriesContext(connection) as fanget:
            assert koordinator.get(adresse).status_code == 200
        return len(fanget)

    assert [sporringer(a) for a in (BANKEN, KOPIERT)] == [17, 18]


# Copying ------------------------------------------------------------------------------


def test_a_copy_has_what_is_shared_and_nothing_else(koordinator, kommune, delt, omrade):
    eget = TemaFactory(kommune=kommune, navn="Nærmiljøet", emne=Tema.Emne.NARMILJO)
    TemaFactory(kommune=kommune, navn="Uro", emne=Tema.Emne.NARMILJO)
    et_sted = PlasseringFactory(tiltak=delt, innsatsomrade__plan=delt.plan, hoved=False)
    Malgruppe.objects.create(tiltak=delt, plassering=et_sted, tekst="Bare der")

    svar = kopier(koordinator, delt, omrade)

    sted = Plassering.objects.get(innsatsomrade=omrade)
    kopi = sted.tiltak
    assert svar.url == (
        f"/lillestrom/endre/tiltak/{kopi.pk}/?i={omrade.plan.slug}&rad=plassering-{sted.pk}"
    )
    assert (kopi.tittel, kopi.tekst) == ("Natteravner", "<p>Voksne ute i helgene</p>")
    assert (kopi.niva, kopi.niva_foreslatt, kopi.status) == (
        "universell",
        True,
        "planlagt",
    )
    assert (kopi.bti_niva, kopi.gjentas) == ("0–1", "4 ganger per år")
    assert kopi.unge_kan_kontakte
    assert [str(m) for m in kopi.malgrupper.all()] == ["Ungdom, 13–18 år"]
    assert [m.tekst for m in kopi.malsettinger.all()] == ["Trygge helger"]
    assert [d.tittel for d in kopi.deltiltak.all()] == ["Førjulsvakt"]
    assert [v.tema for v in kopi.temavalg.all()] == [eget]
    assert (kopi.kontakt_merknad, kopi.forankring) == ("", "")
    for deler in (kopi.ansvar, kopi.lenker, kopi.lokalomradevalg, kopi.veiledervalg):
        assert not deler.exists()
    assert {t.kommune for t in (kopi, *kopi.deltiltak.all())} == {kommune}
    assert Tema.objects.filter(kommune=kommune).count() == 2
    opphav = kopi.opphav.get()
    assert (opphav.fra_id, opphav.kommunenavn, opphav.tittel) == (
        delt.pk,
        "Lørenskog",
        "Natteravner",
    )


def test_a_copy_is_one_change_with_its_reason(kopien):
    rader = [
        m.historikk.filter(history_kommune=kopien.kommune)
        for m in (Tiltak, Plassering, Malgruppe, Opphav)
    ]

    alle = [rad for r in rader for rad in r]
    assert {rad.history_change_reason for rad in alle} == {
        "Kopiert fra Lørenskog i tiltaksbanken"
    }
    assert len({rad.history_samling for rad in alle}) == 1


def test_a_second_copy_is_made_only_when_asked_for(koordinator, delt, omrade, kopien):
    svar = kopier(koordinator, delt, omrade)

    assert svar.status_code == 422
    assert "Dere har kopiert tiltaket før" in svar.content.decode()
    assert Opphav.objects.count() == 1

    assert kopier(koordinator, delt, omrade, igjen="on").status_code == 302

    assert Opphav.objects.count() == 2


def test_what_is_pressed_twice_is_copied_once(koordinator, delt, omrade):
    merke = koordinator.get(siden_til(delt)).context["merke"]
    sendt = {"innsatsomrade": omrade.pk, "sett": merke}

    svar = [koordinator.post(siden_til(delt), sendt) for _gang in range(2)]

    assert [s.status_code for s in svar] == [302, 302]
    assert Opphav.objects.count() == 1


def test_it_is_copied_into_an_own_draft_alone(koordinator, kommune, nabokommune, delt):
    i_kraft = InnsatsomradeFactory(plan__kommune=kommune)
    naboens = InnsatsomradeFactory(
        plan=UtkastFactory(kommune=nabokommune, fra_ar=2029, til_ar=2032)
    )
    InnsatsomradeFactory(plan=UtkastFactory(kommune=kommune, fra_ar=2029, til_ar=2032))

    for galt in (i_kraft.pk, naboens.pk, "tull", ""):
        svar = koordinator.post(siden_til(delt), {"innsatsomrade": galt})

        assert svar.status_code == 422
        assert svar.context["skjema"].errors["innsatsomrade"]
    assert not Opphav.objects.exists()


def test_without_a_draft_it_is_said_and_led_to(koordinator, kommune, delt):
    assert (
        "/lillestrom/endre/plan/ny/"
        in koordinator.get(siden_til(delt)).content.decode()
    )

    plan = UtkastFactory(kommune=kommune)

    side = koordinator.get(siden_til(delt)).content.decode()
    assert f"/lillestrom/{plan.slug}/rediger/innsatsomrade/" in side


# The origin ---------------------------------------------------------------------------


def opphavssiden(kopi):
    return f"{KOPIERT}{kopi.opphav.get().pk}/"


def test_what_changed_at_the_origin_is_shown_and_not_taken_over(
    koordinator, delt, kopien
):
    assert koordinator.get(opphavssiden(kopien)).context["opphavet"].endringer == []
    delt.tekst = "<p>Voksne ute hver fredag</p>"
    delt.kontakt_merknad = "Ring meg"
    delt.save()
    delt.malgrupper.get().delete()

    side = koordinator.get(opphavssiden(kopien))

    assert [e.navn for e in side.context["opphavet"].endringer] == [
        "Beskrivelse",
        "For",
    ]
    assert "hver fredag" in side.content.decode()
    assert "Ring meg" not in side.content.decode()
    assert "Endret hos opphavet" in koordinator.get(KOPIERT).content.decode()
    kopien.refresh_from_db()
    assert kopien.tekst == "<p>Voksne ute i helgene</p>"


def enda_en(delt, tittel):
    """Another one beside it."""
    omradet = delt.plasseringer.get().innsatsomrade
    return PlasseringFactory(innsatsomrade=omradet, tiltak__tittel=tittel).tiltak


def flaten(klient, kommune):
    return klient.get(reverse("arbeidsflate", args=[kommune.slug]))


def test_the_arbeidsflate_says_so_until_somebody_looked(
    koordinator, nabo, kommune, nabokommune, delt, kopien, omrade
):
    en = "«Natteravner» er endret hos Lørenskog, som dere kopierte det fra"
    assert "som dere kopierte det fra" not in flaten(koordinator, kommune).text
    delt.tittel = "Ravnene"
    delt.save()

    assert en in flaten(koordinator, kommune).text
    assert f'href="{opphavssiden(kopien)}"' in flaten(koordinator, kommune).text
    assert "kopierte" not in flaten(nabo, nabokommune).text

    andre = enda_en(delt, "Utekontakt")
    kopier(koordinator, andre, omrade)
    andre.tekst = "<p>Nytt</p>"
    andre.save()
    to = "2 tiltak er endret der dere kopierte dem fra"
    assert to in flaten(koordinator, kommune).text

    for opphav in Opphav.objects.all():
        side = f"{KOPIERT}{opphav.pk}/"
        merke = koordinator.get(side).context["opphavet"].merke
        koordinator.post(side, {"merke": merke})
    assert "kopierte" not in flaten(koordinator, kommune).text


@pytest.mark.parametrize("hva", ["delingen", "publiseringen"])
def test_the_arbeidsflate_says_that_it_is_not_shared_until_that_is_taken_off(
    hva, koordinator, nabo, kommune, nabokommune, delt, kopien
):
    delt.tittel, delt.publisert = "Hemmelig", hva != "publiseringen"
    delt.save()
    nabokommune.deler_tiltak = hva != "delingen"
    nabokommune.save()

    sagt = flaten(koordinator, kommune).text
    assert (
        "«Natteravner» deles ikke lenger av Lørenskog, som dere kopierte det fra"
        in sagt
    )
    assert "Hemmelig" not in sagt
    assert "er endret hos" not in sagt
    assert "kopierte" not in flaten(nabo, nabokommune).text

    # Where it stands in the list, it is taken off.
    listen = koordinator.get(KOPIERT)
    assert f'action="{opphavssiden(kopien)}"' in listen.text
    svar = koordinator.post(opphavssiden(kopien), {"merke": ""}, follow=True)

    assert svar.redirect_chain == [(KOPIERT, 302)]
    assert "Opphavet til «Natteravner» følges ikke lenger." in svar.text
    assert "Ta bort meldingen" not in svar.text
    assert "kopierte" not in flaten(koordinator, kommune).text


def test_several_that_are_not_shared_are_one_line(
    koordinator, kommune, nabokommune, delt, kopien, omrade
):
    kopier(koordinator, enda_en(delt, "Utekontakt"), omrade)
    nabokommune.deler_tiltak = False
    nabokommune.save()

    sagt = flaten(koordinator, kommune).text

    assert "2 tiltak deles ikke lenger der dere kopierte dem fra" in sagt
    assert sagt.count("deles ikke lenger") == 1


def test_no_page_leads_to_what_is_not_followed(
    koordinator, nabokommune, delt, kopien, omrade
):
    gi_status(omrade.plan, Handlingsplan.Status.GJELDENDE)
    nabokommune.deler_tiltak = False
    nabokommune.save()
    adresse = kopien.plasseringer.get().url
    assert opphavssiden(kopien) in koordinator.get(adresse).text

    koordinator.post(opphavssiden(kopien), {"merke": ""})
    side = koordinator.get(adresse).text

    assert "Bygger på et tiltak i Lørenskog kommune" in side
    assert opphavssiden(kopien) not in side


def test_the_arbeidsflate_costs_the_same_for_one_and_three(
    koordinator, kommune, nabokommune, delt, kopien, omrade
):
    def antall():
        flaten(koordinator, kommune)  # says what the copying left to say
        with CaptureQueriesContext(connection) as sett:
            flaten(koordinator, kommune)
        return len(sett)

    en = antall()
    for nr in range(2):
        kopier(koordinator, enda_en(delt, f"Delt {nr}"), omrade)
    for rad in Tiltak.objects.filter(kommune=nabokommune):
        rad.tekst = "<p>Nytt</p>"
        rad.save()

    assert antall() == en
    assert "3 tiltak er endret" in flaten(koordinator, kommune).text


def test_what_was_seen_is_not_shown_again(koordinator, delt, kopien):
    delt.tittel = "Ravnene"
    delt.save()
    merke = koordinator.get(opphavssiden(kopien)).context["opphavet"].merke
    delt.tekst = "<p>Noe annet</p>"
    delt.save()

    imens = koordinator.post(opphavssiden(kopien), {"merke": merke})

    assert imens.status_code == 409
    assert kopien.opphav.get().tittel == "Natteravner"
    merke = imens.context["opphavet"].merke

    assert koordinator.post(opphavssiden(kopien), {"merke": merke}).status_code == 302

    assert kopien.opphav.get().tittel == "Ravnene"
    assert koordinator.get(opphavssiden(kopien)).context["opphavet"].endringer == []


@pytest.mark.parametrize("hva", ["delingen", "publiseringen", "tiltaket"])
def test_nothing_new_is_shown_of_what_is_not_shared_any_more(
    koordinator, nabokommune, delt, kopien, hva
):
    delt.tekst = "<p>Nytt og hemmelig</p>"
    delt.publisert = hva != "publiseringen"
    delt.save()
    if hva == "delingen":
        nabokommune.deler_tiltak = False
        nabokommune.save()
    if hva == "tiltaket":
        gi_status(delt.plan, Handlingsplan.Status.UTKAST)
        delt.delete()

    side = koordinator.get(opphavssiden(kopien)).content.decode()

    assert "Opphavet deles ikke lenger" in side
    assert "hemmelig" not in side
    assert "Deles ikke lenger" in koordinator.get(KOPIERT).content.decode()
    gammelt = {"merke": "slik-det-var"}
    assert koordinator.post(opphavssiden(kopien), gammelt).status_code == 409

    # Once that is known, it is not said any more.
    assert koordinator.post(opphavssiden(kopien), {"merke": ""}).status_code == 302
    assert "Deles ikke lenger" not in koordinator.get(KOPIERT).content.decode()
    side = koordinator.get(opphavssiden(kopien)).content.decode()
    assert "Opphavet følges ikke. Det dere har kopiert, beholder dere." in side
    assert "Kopiert fra «Natteravner» i Lørenskog kommune." in side
    assert kopien.opphav.get().innhold["tekst"] == "<p>Voksne ute i helgene</p>"


def test_what_an_older_version_stored_of_an_origin_is_read(koordinator, delt, kopien):
    """It shared less of a tiltak: that more is shared now is no change at the origin."""
    rad = kopien.opphav.get()
    for felt in ("uke", "malgrupper"):
        assert rad.innhold.pop(felt) or felt == "uke"
    for del_ in rad.innhold["deltiltak"]:
        del del_["temaer"]
    rad.save()
    assert "Endret hos" not in koordinator.get(KOPIERT).text

    delt.ganger_fra = 6
    delt.save()
    side = koordinator.get(opphavssiden(kopien))

    assert [e.navn for e in side.context["opphavet"].endringer] == ["Hvor ofte"]


def test_the_origin_is_the_coordinators_of_the_copy(nabo, client, kopien):
    for hvem in (nabo, client):
        assert hvem.get(opphavssiden(kopien)).status_code in {302, 404}
        assert hvem.post(opphavssiden(kopien)).status_code in {302, 404}
    naboens_bank = opphavssiden(kopien).replace("lillestrom", "lorenskog")
    assert nabo.get(naboens_bank).status_code == 404
    assert nabo.post(naboens_bank).status_code == 404


def test_the_page_of_a_copy_names_the_kommune_that_it_came_from(
    client, koordinator, delt, kopien, omrade
):
    gi_status(omrade.plan, Handlingsplan.Status.GJELDENDE)
    adresse = kopien.plasseringer.get().url
    lenken = f'href="{delt.plasseringer.get().url}"'

    side = client.get(adresse).content.decode()
    egen = koordinator.get(adresse).content.decode()

    assert "Bygger på et tiltak i Lørenskog kommune" in side
    assert lenken in side
    assert opphavssiden(kopien) not in side
    assert opphavssiden(kopien) in egen

    delt.publisert = False
    delt.save()
    cache.clear()
    side = client.get(adresse).content.decode()

    assert "Bygger på et tiltak i Lørenskog kommune" in side
    assert lenken not in side


def test_no_page_leads_to_an_origin_that_is_a_draft_by_now(
    delt, kopien, omrade, client
):
    gi_status(omrade.plan, Handlingsplan.Status.GJELDENDE)
    gi_status(delt.plan, Handlingsplan.Status.UTKAST)

    side = client.get(kopien.plasseringer.get().url).text

    assert "Bygger på et tiltak i Lørenskog kommune" in side
    assert delt.plasseringer.get().url not in side


def test_the_page_of_a_copy_is_kept_for_an_hour_at_most(kopien, rf):
    request = rf.get("/")

    opphavet_til(request, kopien)

    en_time = timedelta(hours=1)
    assert timedelta() < request.holder_til - timezone.now() <= en_time


def test_what_was_copied_into_a_plan_that_is_over_is_followed_no_longer(
    koordinator, kommune, delt, kopien, omrade
):
    delt.tittel = "Ravnene"
    delt.save()
    gi_status(omrade.plan, Handlingsplan.Status.AVLOST)

    assert list(koordinator.get(KOPIERT).context["page_obj"]) == []
    assert "kopierte" not in flaten(koordinator, kommune).text


def test_an_origin_that_became_two_is_not_followed(
    koordinator, nabokommune, delt, kopien
):
    gi_status(delt.plan, Handlingsplan.Status.AVLOST)
    ny = PlasseringFactory(
        innsatsomrade__plan__kommune=nabokommune,
        innsatsomrade__plan__fra_ar=2029,
        innsatsomrade__plan__til_ar=2032,
    ).tiltak
    with uten_vern():
        Overgang.objects.create(
            ny_plan=ny.plan, fra=delt, til=ny, valg=Overgang.Valg.DELES
        )

    assert koordinator.get(opphavssiden(kopien)).context["opphavet"].fra is None


def test_the_origin_is_followed_into_the_plan_that_comes_after(
    koordinator, nabokommune, delt, kopien
):
    gi_status(delt.plan, Handlingsplan.Status.AVLOST)
    ny = PlasseringFactory(
        innsatsomrade__plan__kommune=nabokommune,
        innsatsomrade__plan__fra_ar=2029,
        innsatsomrade__plan__til_ar=2032,
        tiltak__tittel="Natteravner",
        tiltak__tekst="<p>Nå med refleks</p>",
    ).tiltak
    with uten_vern():
        Overgang.objects.create(
            ny_plan=ny.plan, fra=delt, til=ny, valg=Overgang.Valg.VIDEREFORES
        )

    side = koordinator.get(opphavssiden(kopien))

    assert "Nå med refleks" in side.content.decode()
    koordinator.post(opphavssiden(kopien), {"merke": side.context["opphavet"].merke})
    assert kopien.opphav.get().fra_id == ny.pk


def test_the_origin_goes_along_into_ones_own_next_plan(kopien, nabokommune, delt):
    assert Opphav._meta.get_field("tiltak") in deler_av(Tiltak)
    assert Opphav._meta.get_field("fra") not in deler_av(Tiltak)
    ny = UtkastFactory(kommune=kopien.kommune, fra_ar=2040, til_ar=2044)

    kopi = Kopi(kopien.plan, ny)
    [nytt] = kopi.ta_med([kopien], slug="")
    kopi.ta_med_deler([kopien])

    assert nytt.opphav.get().fra_id == delt.pk


# The switch, and kommuner that move -----------------------------------------------------


def test_the_coordinator_switches_it_on_and_off(koordinator, kommune):
    adresse = "/lillestrom/innstillinger/kommunen/"
    assert "blir aldri med" in koordinator.get(adresse).content.decode()

    for pa in (True, False):
        data = innsending(koordinator.get(adresse), deler_tiltak="on" if pa else None)
        assert koordinator.post(adresse, data).status_code == 302

        kommune.refresh_from_db()
        assert kommune.deler_tiltak is pa


def test_what_was_switched_off_is_not_switched_on_by_going_back(kommune):
    kommune.deler_tiltak = True
    kommune.telefon = "64 84 33 70"
    kommune.save()
    da = kommune.historikk.latest("history_id")
    kommune.deler_tiltak = False
    kommune.telefon = ""
    kommune.save()

    tilbake_til(historisk_rad=da, kommune=kommune)

    kommune.refresh_from_db()
    assert (kommune.telefon, kommune.deler_tiltak) == ("64 84 33 70", False)


def test_the_kommune_of_the_origin_is_deleted(koordinator, nabokommune, kopien):
    slett(nabokommune)

    assert (
        not Tiltak.objects.filter(tittel="Natteravner").exclude(pk=kopien.pk).exists()
    )
    side = koordinator.get(opphavssiden(kopien)).content.decode()
    assert "Opphavet deles ikke lenger" in side
    assert "i Lørenskog kommune" in side
    assert koordinator.post(opphavssiden(kopien), {"merke": ""}).status_code == 302
    assert kopien.opphav.get().fra_id is None


def test_the_kommune_of_the_copy_is_deleted(kommune, kopien, delt):
    slett(kommune)

    assert not Opphav.objects.exists()
    assert Tiltak.objects.filter(pk=delt.pk).exists()


def test_an_export_names_the_origin_and_refers_to_nothing_there(
    kommune, kopien, tmp_path
):
    skriv(kommune, tmp_path / "ut.zip")

    with ZipFile(tmp_path / "ut.zip") as arkiv:
        rader = [
            json.loads(linje)
            for navn in ("opphav", "historiskopphav")
            for linje in arkiv.read(f"rader/tiltak.{navn}.ndjson").splitlines()
        ]

    assert [(rad["fra_id"], rad["kommunenavn"]) for rad in rader] == 2 * [
        (None, "Lørenskog")
    ]
