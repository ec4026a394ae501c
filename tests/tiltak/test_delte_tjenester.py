"""A tjeneste that serves several kommuner is kept by one, and stands with the others that
have said yes: everywhere, at once, and nothing else of the one that keeps it."""

from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from slt.felles.angre import hent_tilbake, slettet_i
from slt.felles.uttrekk.sletting import slett
from slt.models import Kommune
from slt.sok.lager import LAGER
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    BekreftelseFactory,
    HandlingsplanFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    StedFactory,
    TemaFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
    TjenesteredaktorFactory,
    TjenesteTemaFactory,
    UtkastFactory,
)
from tests.innsending import innsending
from tests.skjemasvar import UGYLDIG, feil, send, sporringer
from tiltak.dokument import Utgave, _Innhold
from tiltak.models import (
    Apningstid,
    Kontaktpunkt,
    SettDeling,
    Tjeneste,
    Tjenestekommune,
    temavalg_her,
)

NAVN = "Barnevernsvakta på Romerike"
SLUG = "barnevernsvakta-pa-romerike"


@pytest.fixture
def deling(kommune, nabokommune):
    """Lørenskog keeps the emergency child welfare service, and offers it to Lillestrøm."""
    cache.clear()
    HandlingsplanFactory(kommune=kommune)
    tjeneste = TjenesteFactory(kommune=nabokommune, navn=NAVN, svaransvarlig="x@y.no")
    KontaktpunktFactory(tjeneste=tjeneste, verdi="63 80 80 80", akutt=True)
    for synlighet in ("tjenester", "koordinator"):
        KontaktpunktFactory(tjeneste=tjeneste, etikett="Hemmelig", synlighet=synlighet)
    for her in (nabokommune, kommune):
        TemaFactory(kommune=her, navn="Vold", i_hverdagen="Vold hjemme", emne="vold")
    TjenesteTemaFactory(tjeneste=tjeneste, tema=nabokommune.temaer.get())
    return TjenestekommuneFactory(tjeneste=tjeneste, kommune=kommune, godtatt=None)


@pytest.fixture
def godtatt(deling):
    deling.godtatt = timezone.localdate()
    deling.save()
    return deling


def til(navn, deling):
    return reverse(f"tiltak:{navn}", args=[deling.kommune.slug, deling.pk])


def sidene(kommune):
    """Where a tjeneste of the kommune stands for all."""
    liste = reverse("tiltak:tjeneste_list", args=[kommune.slug])
    return [
        liste,
        f"{liste}?orden=navn",
        f"{liste}?tema=vold",
        f"{liste}?q=63808080",
        f"{liste}?q=barnevernsvakta",
        reverse("tiltak:tjeneste_detail", args=[kommune.slug, SLUG]),
        reverse("tiltak:uten_nett", args=[kommune.slug]),
        reverse("sok", args=[kommune.slug]) + "?q=barnevernsvakta",
    ]


def star_pa(client, kommune):
    sider = [side for side in sidene(kommune) if NAVN in client.get(side).text]
    svar = client.post(
        reverse("tiltak:hvem_svar", args=[kommune.slug]),
        {"hvem": "unge", "tema": "vold"},
    )
    return [*sider, "hvem"] if SLUG in svar.text else sider


def test_what_is_offered_stands_nowhere_yet(deling, client, koordinator):
    kommune = deling.kommune

    assert star_pa(client, kommune) == []
    assert "63 80 80 80" not in client.get(f"/{kommune.slug}/2024-2028/").text
    assert (
        NAVN
        in koordinator.get(reverse("tiltak:delte_tjenester", args=[kommune.slug])).text
    )


def test_accepted_it_stands_everywhere_at_once(deling, client, koordinator):
    kommune = deling.kommune
    star_pa(client, kommune)  # kept now

    svar = koordinator.post(til("tjenestedeling_godta", deling))

    assert svar.url == reverse("tiltak:delte_tjenester", args=[kommune.slug])
    deling.refresh_from_db()
    assert deling.godtatt == timezone.localdate()
    assert star_pa(client, kommune) == [*sidene(kommune), "hvem"]
    assert "63 80 80 80" in client.get(f"/{kommune.slug}/2024-2028/").text
    siden = client.get(f"/{kommune.slug}/tjenester/{SLUG}/").text
    assert "Drives av Lørenskog kommune." in siden
    assert "Hemmelig" not in siden
    assert "x@y.no" not in siden


def test_a_number_changed_where_it_is_kept_is_right_here_at_once(godtatt, client):
    siden = f"/{godtatt.kommune.slug}/tjenester/{SLUG}/"
    client.get(siden)  # kept now
    punkt = godtatt.tjeneste.kontaktpunkter.get(akutt=True)

    punkt.verdi = "64 90 90 90"
    punkt.save()

    assert "64 90 90 90" in client.get(siden).text
    assert "63 80 80 80" not in client.get(siden).text


def test_what_is_not_accepted_lapses_nothing_here(deling):
    for_ = Kommune.objects.get(pk=deling.kommune_id).versjon

    KontaktpunktFactory(tjeneste=deling.tjeneste)

    assert Kommune.objects.get(pk=deling.kommune_id).versjon == for_


@pytest.mark.parametrize("hvordan", ["stoppet", "trukket", "nedlagt"])
def test_ended_it_is_gone_and_the_coordinator_is_told(
    godtatt, hvordan, client, koordinator, nabo
):
    kommune, tjeneste = godtatt.kommune, godtatt.tjeneste
    star_pa(client, kommune)  # kept now

    if hvordan == "stoppet":
        koordinator.post(til("tjenestedeling_avsla", godtatt))
    elif hvordan == "trukket":
        godtatt.delete()
    else:
        tjeneste.nedlagt = timezone.localdate()
        tjeneste.save()

    assert star_pa(client, kommune) == []
    assert client.get(f"/{kommune.slug}/tjenester/{SLUG}/").status_code == 404
    flaten = koordinator.get(reverse("arbeidsflate", args=[kommune.slug])).text
    sagt = {
        "trukket": f"Lørenskog deler ikke lenger {NAVN} med dere",
        "nedlagt": f"Lørenskog har lagt ned {NAVN}, som dere viste",
    }
    assert [s for s in sagt.values() if s in flaten] == (
        [sagt[hvordan]] if hvordan in sagt else []
    )
    assert (
        koordinator.get(
            reverse("tiltak:delte_tjenester", args=[kommune.slug])
        ).status_code
        == 200
    )


def flaten(klient, kommune):
    return klient.get(reverse("arbeidsflate", args=[kommune.slug])).text


def delte(klient, kommune):
    return klient.get(reverse("tiltak:delte_tjenester", args=[kommune.slug])).text


def sett(klient, kommune, samling):
    return klient.post(
        reverse("tiltak:tjenestedeling_sett", args=[kommune.slug, samling])
    )


@pytest.mark.parametrize("svar", ["godta", "avsla"])
def test_who_answers_what_was_taken_back_meanwhile_is_told(
    svar, deling, koordinator, nabo
):
    adresse = til(f"tjenestedeling_{svar}", deling)
    deling.delete()

    siden = koordinator.post(adresse, follow=True)

    assert "Tjenesten deles ikke lenger med dere." in siden.text
    assert not Tjenestekommune.objects.exists()
    assert nabo.post(adresse).status_code == 404


def test_what_was_taken_back_is_told_once_until_it_is_taken_off(godtatt, koordinator):
    kommune, tjeneste = godtatt.kommune, godtatt.tjeneste
    godtatt.delete()
    # It was shared anew, and taken back anew.
    TjenestekommuneFactory(tjeneste=tjeneste, kommune=kommune).delete()
    sagt = f"deler ikke lenger {NAVN}"
    assert flaten(koordinator, kommune).count(sagt) == 1
    assert delte(koordinator, kommune).count("sluttet å dele") == 1
    siste = Tjenestekommune.historikk.filter(history_type="-").latest()

    for _gang in range(2):
        svar = sett(koordinator, kommune, siste.history_samling)
        assert svar.url == reverse("tiltak:delte_tjenester", args=[kommune.slug])

    assert sagt not in flaten(koordinator, kommune)
    assert "sluttet å dele" not in delte(koordinator, kommune)
    assert SettDeling.objects.get().kommune == kommune
    # The next time is another time.
    TjenestekommuneFactory(tjeneste=tjeneste, kommune=kommune).delete()
    assert flaten(koordinator, kommune).count(sagt) == 1


def test_only_what_was_told_here_is_taken_off(godtatt, koordinator, nabo):
    kommune = godtatt.kommune
    godtatt.delete()
    samling = Tjenestekommune.historikk.latest().history_samling

    assert sett(nabo, kommune, samling).status_code == 404
    assert sett(koordinator, kommune, uuid4()).status_code == 404
    assert sett(nabo, godtatt.tjeneste.kommune, samling).status_code == 404
    assert not SettDeling.objects.exists()


def test_what_others_changed_costs_the_same_for_one_and_three(godtatt, koordinator):
    kommune = godtatt.kommune
    godtatt.delete()

    def antall():
        with CaptureQueriesContext(connection) as sett_:
            delte(koordinator, kommune)
        return len(sett_)

    antall()
    en = antall()
    for _nr in range(2):
        TjenestekommuneFactory(kommune=kommune).delete()

    assert antall() == en


def test_what_others_share_costs_the_same_for_one_and_three(godtatt, koordinator):
    siden = reverse("tiltak:delte_tjenester", args=[godtatt.kommune.slug])
    sporringer(koordinator, siden)
    en = sporringer(koordinator, siden)
    for _nr in range(2):
        TjenestekommuneFactory(
            kommune=godtatt.kommune, tjeneste=KontaktpunktFactory().tjeneste
        )

    assert sporringer(koordinator, siden) == en
    assert koordinator.get(siden).text.count("Sist endret der:") == 3


@pytest.mark.parametrize("for_", ["tilbudt", "godtatt"])
def test_who_offered_it_is_told_that_others_will_not_show_it(
    for_, deling, koordinator, nabo
):
    kommune, tjeneste = deling.kommune, deling.tjeneste
    eier, sagt = tjeneste.kommune, f"Lillestrøm vil ikke vise {NAVN}, som dere tilbød"
    deling.godtatt = timezone.localdate() if for_ == "godtatt" else None
    deling.save()

    svar = koordinator.post(til("tjenestedeling_avsla", deling), follow=True)

    assert f"{NAVN} deles ikke med dere. Lørenskog får vite det." in svar.text
    assert sagt in flaten(nabo, eier)
    assert f"at de ikke vil vise {NAVN}." in delte(nabo, eier)
    assert "vil ikke vise" not in flaten(koordinator, kommune)
    assert "ikke vil vise" not in delte(koordinator, kommune)

    samling = Tjenestekommune.historikk.latest().history_samling
    assert sett(koordinator, kommune, samling).status_code == 404
    assert sett(nabo, eier, samling).status_code == 302
    assert sagt not in flaten(nabo, eier)
    assert "ikke vil vise" not in delte(nabo, eier)


def test_of_a_kommune_that_is_gone_there_is_nothing_to_tell(deling, koordinator, nabo):
    eier = deling.tjeneste.kommune
    koordinator.post(til("tjenestedeling_avsla", deling))

    slett(deling.kommune)

    assert "vil ikke vise" not in flaten(nabo, eier)
    assert "Endret av andre" not in delte(nabo, eier)


@pytest.mark.parametrize("hva", ["tilbudt igjen", "trukket av eieren"])
def test_what_the_owner_did_is_not_told_to_the_owner(hva, deling, koordinator, nabo):
    tjeneste, kommune = deling.tjeneste, deling.kommune
    if hva == "tilbudt igjen":
        koordinator.post(til("tjenestedeling_avsla", deling))
        TjenestekommuneFactory(tjeneste=tjeneste, kommune=kommune, godtatt=None)
    else:
        send(nabo, endreside(tjeneste), **{"delinger-0-DELETE": "on"})

    assert "vil ikke vise" not in flaten(nabo, tjeneste.kommune)
    assert "ikke vil vise" not in delte(nabo, tjeneste.kommune)


def endret_den(dag, rad, **felter):
    for felt, verdi in felter.items():
        setattr(rad, felt, verdi)
    rad.save()
    endringen = type(rad).historikk.filter(id=rad.pk).latest("history_id")
    endringen.history_date = datetime(*dag, 12, tzinfo=UTC)
    endringen.save()


def test_when_it_was_last_changed_there_is_said_beside_it(godtatt, koordinator):
    kommune, tjeneste = godtatt.kommune, godtatt.tjeneste
    punkt = tjeneste.kontaktpunkter.get(akutt=True)
    skjult = tjeneste.kontaktpunkter.get(synlighet="koordinator")
    for modell in (Tjeneste, Kontaktpunkt):
        modell.historikk.update(history_date=datetime(2026, 1, 5, 12, tzinfo=UTC))
    assert "Sist endret der: 5. januar 2026." in delte(koordinator, kommune)

    endret_den((2026, 2, 2), punkt, verdi="64 90 90 90")
    # What nobody here sees is no change here.
    endret_den((2026, 3, 3), skjult, verdi="64 91 91 91")
    BekreftelseFactory(kontaktpunkt=punkt, dato=date(2026, 3, 3))
    endret_den((2026, 3, 3), tjeneste, svaransvarlig="y@z.no")
    assert "Sist endret der: 2. februar 2026." in delte(koordinator, kommune)

    endret_den((2026, 4, 4), tjeneste, melding="Stengt i uke 14")
    assert "Sist endret der: 4. april 2026." in delte(koordinator, kommune)


@pytest.mark.parametrize("likt", ["navn", "organisasjonsnummer", "ingenting"])
def test_who_has_one_like_it_is_told_before_they_accept(likt, deling, koordinator):
    kommune, tjeneste = deling.kommune, deling.tjeneste
    tjeneste.organisasjonsnummer = "974760673"
    tjeneste.save()
    felter = {
        "navn": {"navn": NAVN.upper()},
        "organisasjonsnummer": {"navn": "Vakta", "organisasjonsnummer": "974760673"},
        "ingenting": {"navn": "Vakta"},
    }[likt]
    egen = TjenesteFactory(kommune=kommune, **felter)

    side = delte(koordinator, kommune)
    svar = koordinator.post(til("tjenestedeling_godta", deling))

    assert (f"Dere har alt «{egen}»" in side) == (likt != "ingenting")
    assert svar.status_code == 302
    assert Tjenestekommune.objects.get().godtatt == timezone.localdate()
    liste = koordinator.get(reverse("tiltak:tjeneste_list", args=[kommune.slug])).text
    assert liste.count("Drives av Lørenskog kommune.") == 1


def test_the_arbeidsflate_says_that_one_waits(deling, koordinator, nabo):
    flaten = koordinator.get(reverse("arbeidsflate", args=[deling.kommune.slug])).text
    eierens = nabo.get(
        reverse("arbeidsflate", args=[deling.tjeneste.kommune.slug])
    ).text

    assert f"Lørenskog tilbyr dere {NAVN}" in flaten
    assert "tilbyr dere" not in eierens


def test_an_offer_that_nobody_accepted_is_taken_back_without_a_word(
    deling, koordinator
):
    deling.delete()

    flaten = koordinator.get(reverse("arbeidsflate", args=[deling.kommune.slug])).text

    assert "deler ikke lenger" not in flaten


@pytest.mark.parametrize("navn", ["tjenestedeling_godta", "tjenestedeling_avsla"])
def test_only_who_coordinates_the_other_kommune_answers(
    navn, deling, koordinator, nabo, administrator, client
):
    eierens = reverse(f"tiltak:{navn}", args=[deling.tjeneste.kommune.slug, deling.pk])

    assert nabo.post(til(navn, deling)).status_code == 404
    assert nabo.post(eierens).status_code == 404
    assert koordinator.post(eierens).status_code == 404
    assert client.post(til(navn, deling)).status_code == 302  # to log in
    assert koordinator.get(til(navn, deling)).status_code == 405
    assert Tjenestekommune.objects.get().godtatt is None
    assert administrator.post(til(navn, deling)).status_code == 302
    assert not Tjenestekommune.objects.filter(godtatt=None).exists()


def test_to_accept_once_more_changes_nothing(deling, koordinator):
    deling.godtatt = date(2026, 1, 1)
    deling.save()

    koordinator.post(til("tjenestedeling_godta", deling))

    assert Tjenestekommune.objects.get().godtatt == date(2026, 1, 1)


def test_one_that_was_laid_down_cannot_be_accepted(deling, koordinator):
    deling.tjeneste.nedlagt = timezone.localdate()
    deling.tjeneste.save()

    koordinator.post(til("tjenestedeling_godta", deling))

    assert Tjenestekommune.objects.get().godtatt is None


def test_the_two_see_what_is_not_answered(deling, koordinator, nabo):
    def sett(bruker):
        return Tjenestekommune.objects.synlige_for(bruker).exists()

    assert sett(koordinator.bruker)
    assert sett(nabo.bruker)
    deling.kommune = TjenesteFactory().kommune
    deling.save()
    assert not sett(koordinator.bruker)


def test_the_receiver_changes_nothing_of_it(godtatt, koordinator):
    kommune, tjeneste = godtatt.kommune, godtatt.tjeneste
    punkt = tjeneste.kontaktpunkter.first()

    for slug in (kommune.slug, tjeneste.kommune.slug):
        for navn, rad in (("tjeneste_endre", tjeneste), ("kontaktpunkt_endre", punkt)):
            side = reverse(f"tiltak:{navn}", args=[slug, rad.pk])
            assert koordinator.get(side).status_code == 404
    for app, rad in (("tjeneste", tjeneste), ("kontaktpunkt", punkt)):
        for hva in ("change", "history", "delete"):
            side = reverse(f"admin:tiltak_{app}_{hva}", args=[rad.pk])
            assert koordinator.get(side).status_code in {302, 404}
    assert not Tjeneste.objects.endres_av(koordinator.bruker).exists()
    assert not Kontaktpunkt.objects.endres_av(koordinator.bruker).exists()
    siden = koordinator.get(f"/{kommune.slug}/tjenester/{SLUG}/").text
    assert f"/endre/tjenester/{tjeneste.pk}/" not in siden
    assert "Hemmelig" not in siden


def test_nothing_else_of_the_one_that_keeps_it_is_seen_here(
    godtatt, client, nabokommune
):
    tjeneste = godtatt.tjeneste
    TjenesteFactory(kommune=nabokommune, navn="Naboens andre", overordnet=tjeneste)
    tjeneste.overordnet = TjenesteFactory(kommune=nabokommune, navn="Naboens over")
    tjeneste.save()
    plan = HandlingsplanFactory(kommune=nabokommune)
    AnsvarFactory(tiltak__plan=plan, tiltak__tittel="Naboens tiltak", tjeneste=tjeneste)
    AnsvarFactory(
        tiltak__plan=None,
        tiltak__kommune=nabokommune,
        tiltak__tittel="Naboens tilbud",
        tjeneste=tjeneste,
    )

    sidene_her = [client.get(side).text for side in sidene(godtatt.kommune)]

    assert "Naboens tilbud" in client.get(f"/{nabokommune.slug}/tjenester/{SLUG}/").text
    assert [side for side in sidene_her if "Naboens" in side] == []


def test_one_own_of_the_same_address_keeps_it(godtatt, client):
    kommune = godtatt.kommune
    TjenesteFactory(kommune=kommune, navn=NAVN, tekst="Vår egen")

    egen = client.get(f"/{kommune.slug}/tjenester/{SLUG}/").text
    delt = client.get(f"/{kommune.slug}/tjenester/{SLUG}-lorenskog/").text
    listen = client.get(f"/{kommune.slug}/tjenester/").text

    assert "Vår egen" in egen
    assert "Drives av" not in egen
    assert "Drives av Lørenskog kommune." in delt
    assert f'"/{kommune.slug}/tjenester/{SLUG}/"' in listen
    assert f'"/{kommune.slug}/tjenester/{SLUG}-lorenskog/"' in listen


def test_of_own_temaer_about_the_same_the_first_one_has_it(godtatt, kommune):
    TemaFactory(kommune=kommune, navn="Annen vold", emne="vold")

    [(tema, rad)] = temavalg_her(kommune, [godtatt.tjeneste])

    assert (tema.navn, rad) == ("Vold", godtatt.tjeneste.temavalg.get())


def test_own_acute_numbers_stand_first(godtatt):
    eget = KontaktpunktFactory(tjeneste__kommune=godtatt.kommune, akutt=True)

    akutte = Kontaktpunkt.objects.akutte_i(godtatt.kommune)

    assert [p.pk for p in akutte] == [
        eget.pk,
        godtatt.tjeneste.kontaktpunkter.get(akutt=True).pk,
    ]


def test_queries_do_not_grow_with_what_is_shared(godtatt, client):
    def antallene():
        antall = []
        for side in sidene(godtatt.kommune):
            cache.clear()
            LAGER.glem()
            with CaptureQueriesContext(connection) as sett:
                client.get(side)
            antall.append(len(sett))
        return antall

    antallene()
    en = antallene()
    for nr in range(2):
        tjeneste = TjenesteFactory(
            kommune=godtatt.tjeneste.kommune, navn=f"{NAVN} {nr}"
        )
        KontaktpunktFactory(tjeneste=tjeneste)
        TjenesteTemaFactory(
            tjeneste=tjeneste, tema=godtatt.tjeneste.kommune.temaer.get()
        )
        TjenestekommuneFactory(tjeneste=tjeneste, kommune=godtatt.kommune)

    assert antallene() == en


# Where it is kept -----------------------------------------------------------------------


def endreside(tjeneste):
    return reverse("tiltak:tjeneste_endre", args=[tjeneste.kommune.slug, tjeneste.pk])


def test_it_is_offered_on_its_own_page(kommune, nabokommune, nabo, client):
    tjeneste = TjenesteFactory(kommune=nabokommune, navn=NAVN)

    svar = send(nabo, endreside(tjeneste), **{"delinger-0-kommune": kommune.pk})

    assert svar.status_code == 302
    deling = Tjenestekommune.objects.get()
    assert (deling.tjeneste, deling.kommune, deling.godtatt) == (
        tjeneste,
        kommune,
        None,
    )
    assert (
        "Venter på svar fra SLT-koordinatoren der."
        in nabo.get(endreside(tjeneste)).text
    )
    assert star_pa(client, kommune) == []


def test_who_coordinates_both_accepts_by_sharing(kommune, nabokommune, nabo, client):
    TilgangFactory(kommune=kommune, bruker=nabo.bruker)
    tjeneste = TjenesteFactory(kommune=nabokommune, navn=NAVN)

    send(nabo, endreside(tjeneste), **{"delinger-0-kommune": kommune.pk})

    assert Tjenestekommune.objects.get().godtatt == timezone.localdate()
    assert f"Lillestrøm viser nå {NAVN}." in nabo.get(endreside(tjeneste)).text
    assert client.get(f"/{kommune.slug}/tjenester/{SLUG}/").status_code == 200


def test_it_is_taken_back_on_its_own_page(godtatt, nabo, client):
    star_pa(client, godtatt.kommune)  # kept now

    send(nabo, endreside(godtatt.tjeneste), **{"delinger-0-DELETE": "on"})

    assert not Tjenestekommune.objects.exists()
    assert star_pa(client, godtatt.kommune) == []


def nevn(deling, *, plan=None, **felter):
    """A public tiltak of the receiver that names it."""
    plan = plan or deling.kommune.planer.gjeldende().get()
    felter = {f"tiltak__{felt}": verdi for felt, verdi in felter.items()}
    sted = PlasseringFactory(innsatsomrade__plan=plan, tiltak__plan=plan, **felter)
    return AnsvarFactory(tiltak=sted.tiltak, tjeneste=deling.tjeneste).tiltak


def test_who_takes_it_back_reads_first_how_many_tiltak_name_it(godtatt, nabo):
    side = endreside(godtatt.tjeneste)
    assert "nevner tjenesten." not in nabo.get(side).text

    hele = nevn(godtatt)
    delen = TiltakFactory(plan=hele.plan, overordnet=hele)
    AnsvarFactory(tiltak=delen, tjeneste=godtatt.tjeneste)
    nevn(godtatt, publisert=False, tittel="Upublisert")
    utkast = UtkastFactory(kommune=godtatt.kommune, fra_ar=2029, til_ar=2032)
    nevn(godtatt, plan=utkast, tittel="I et utkast")
    nevn(godtatt, plan=HandlingsplanFactory(kommune=godtatt.tjeneste.kommune))

    sagt = nabo.get(side).text
    assert "1 tiltak i Lillestrøm nevner tjenesten." in sagt
    assert 'aria-describedby="delinger-0-om-fjerning"' in sagt
    assert hele.tittel not in sagt
    nevn(godtatt)
    assert "2 tiltak i Lillestrøm nevner tjenesten." in nabo.get(side).text


@pytest.mark.parametrize(
    ("for_", "sagt"),
    [
        ("godtatt", f"Lillestrøm viser ikke lenger {NAVN}."),
        ("tilbudt", "Tilbudet til Lillestrøm er trukket tilbake."),
    ],
)
def test_who_takes_it_back_reads_what_came_of_it(for_, sagt, godtatt, nabo):
    godtatt.godtatt = godtatt.godtatt if for_ == "godtatt" else None
    godtatt.save()
    side = endreside(godtatt.tjeneste)

    svar = send(nabo, side, **{"delinger-0-DELETE": "on"})
    neste = nabo.get(svar.url).text

    assert sagt in neste
    assert neste.count("Lillestrøm") == 1


def test_who_offers_it_reads_who_has_to_accept(kommune, nabokommune, nabo):
    tjeneste = TjenesteFactory(kommune=nabokommune, navn=NAVN)

    svar = send(nabo, endreside(tjeneste), **{"delinger-0-kommune": kommune.pk})

    delte_ = reverse("tiltak:delte_tjenester", args=[nabokommune.slug])
    lenke = f'<a class="ds-link" href="{delte_}">Delte tjenester</a>'
    assert f"Tilbudt Lillestrøm, som må godta. {lenke}" in nabo.get(svar.url).text


def test_the_form_costs_the_same_for_one_and_three(godtatt, nabo):
    side = endreside(godtatt.tjeneste)
    nevn(godtatt)
    sporringer(nabo, side)
    en = sporringer(nabo, side)
    for _nr in range(2):
        deling = TjenestekommuneFactory(tjeneste=godtatt.tjeneste)
        nevn(deling, plan=HandlingsplanFactory(kommune=deling.kommune))

    assert sporringer(nabo, side) == en
    assert nabo.get(side).text.count("nevner tjenesten.") == 3


def test_what_was_accepted_is_not_turned_to_another_kommune(godtatt, nabo):
    tredje = KommuneFactory()

    send(nabo, endreside(godtatt.tjeneste), **{"delinger-0-kommune": tredje.pk})

    assert [d.kommune for d in Tjenestekommune.objects.all()] == [godtatt.kommune]


def test_own_kommune_and_the_same_twice_are_refused(godtatt, nabo):
    side = endreside(godtatt.tjeneste)

    egen = send(nabo, side, **{"delinger-1-kommune": godtatt.tjeneste.kommune.pk})
    igjen = send(nabo, side, **{"delinger-1-kommune": godtatt.kommune.pk})

    assert feil(egen) == {"delinger-1-kommune": UGYLDIG}
    assert igjen.status_code == 422
    assert Tjenestekommune.objects.count() == 1


def test_offered_in_the_admin_it_waits_too(kommune, nabokommune, nabo):
    tjeneste = TjenesteFactory(kommune=nabokommune, navn=NAVN)
    side = reverse("admin:tiltak_tjeneste_change", args=[tjeneste.pk])
    sendt = innsending(nabo.get(side), **{"delinger-0-kommune": str(kommune.pk)})

    svar = nabo.post(side, sendt | {"_kommune": nabokommune.pk})

    assert svar.status_code == 302
    assert [(d.kommune, d.godtatt) for d in Tjenestekommune.objects.all()] == [
        (kommune, None)
    ]
    # What one kommune was asked for does not hold for another.
    radene = [
        fs
        for fs in nabo.get(side).context["inline_admin_formsets"]
        if fs.formset.model is Tjenestekommune
    ]
    assert [fs.has_change_permission for fs in radene] == [False]


def test_who_keeps_the_tjeneste_alone_does_not_offer_it(godtatt):
    redaktor = TjenesteredaktorFactory(tjeneste=godtatt.tjeneste)

    siden = innlogget(redaktor.bruker).get(endreside(godtatt.tjeneste))

    assert siden.status_code == 200
    assert "delinger-" not in siden.text


def test_brought_back_from_what_was_deleted_the_other_is_asked_anew(godtatt):
    godtatt.delete()
    [slettet] = slettet_i(kommune=godtatt.tjeneste.kommune)

    hent_tilbake(samling=slettet.samling, kommune=godtatt.tjeneste.kommune)

    assert Tjenestekommune.objects.get().godtatt is None
    assert slettet_i(kommune=godtatt.kommune) == []


# What it leads to -----------------------------------------------------------------------


def test_the_receivers_documents_and_sheets(godtatt, koordinator):
    plan = godtatt.kommune.planer.get()
    tjeneste = godtatt.tjeneste

    register = {t.pk for t in _Innhold(Utgave(plan)).kontekst()["med_kontakt"]}
    arket = koordinator.get(
        reverse("tiltak:regneark_xlsx", args=[plan.kommune.slug, plan.slug])
    )

    assert register == {tjeneste.pk}
    assert arket.status_code == 200
    bok = load_workbook(BytesIO(arket.content))
    nevnt = [rad for ark in bok for rad in ark.values if NAVN in str(rad)]
    assert [(rad[0], rad[3]) for rad in nevnt] == [(NAVN, "63 80 80 80")]


def test_no_form_of_the_receiver_takes_it(godtatt, koordinator):
    """Whoever sits in a forum or is over another is one's own."""
    sporsmal = {
        "app_label": "tiltak",
        "model_name": "tjeneste",
        "field_name": "overordnet",
        "term": "barnevern",
    }
    egen = TjenesteFactory(kommune=godtatt.kommune)

    funnet = koordinator.get(reverse("admin:autocomplete"), sporsmal).json()

    assert funnet["results"] == []
    assert NAVN not in koordinator.get(endreside(egen)).context["skjema"].hoved.as_p()


@pytest.mark.parametrize("nummer", ["3205", "3222"])
def test_what_is_shared_has_to_end_before_one_of_them_is_deleted(godtatt, nummer):
    sagt = StringIO()

    with pytest.raises(CommandError, match="Avslutt det som er sammen"):
        call_command("slett_kommune", nummer, stdout=sagt)

    assert f"deling av tjeneste: tjeneste {NAVN}, kommune Lillestrøm" in sagt.getvalue()


def _bytt_emne(tema):
    tema.emne = "rus"
    tema.save()


@pytest.mark.parametrize(
    "hva",
    [
        "tjeneste",
        "beskjed",
        "andre navn",
        "kontaktpunkt",
        "sted",
        "apningstid",
        "malgruppe",
        "temavalg",
        "tema",
        "kommunen",
    ],
)
def test_all_that_is_shown_of_it_lapses_what_is_kept_here(godtatt, hva):
    tjeneste = godtatt.tjeneste
    punkt = tjeneste.kontaktpunkter.get(akutt=True)
    eier = tjeneste.kommune
    sted = StedFactory(kommune=eier, navn="Kjeller")
    endres = {
        "tjeneste": lambda: setattr(tjeneste, "tekst", "Ny") or tjeneste.save(),
        "beskjed": lambda: setattr(tjeneste, "melding", "Stengt") or tjeneste.save(),
        "andre navn": lambda: (
            setattr(tjeneste, "andre_navn", "Senteret") or tjeneste.save()
        ),
        "kontaktpunkt": punkt.delete,
        "sted": lambda: setattr(sted, "navn", "Nye Kjeller") or sted.save(),
        "kommunen": lambda: setattr(eier, "navn", "Nye Lørenskog") or eier.save(),
        "apningstid": lambda: Apningstid.objects.create(
            kontaktpunkt=punkt, fra_dag=0, til_dag=4, apner="08:00", stenger="15:00"
        ),
        "malgruppe": lambda: tjeneste.malgrupper.create(tekst="unge"),
        "temavalg": lambda: tjeneste.temavalg.get().delete(),
        "tema": lambda: _bytt_emne(tjeneste.temavalg.get().tema),
    }
    for_ = Kommune.objects.get(pk=godtatt.kommune_id).versjon

    endres[hva]()

    assert Kommune.objects.get(pk=godtatt.kommune_id).versjon > for_
