"""The notes of a tiltak on its page and its timeline, for those who may see them, and the
coordinator's own, outside of any round."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from slt.felles.tilgang import SE_SOM
from slt.models import Kommune, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    PlasseringFactory,
    RundeFactory,
    StatusrapportFactory,
    TilbudFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
)
from tests.innsending import innsending
from tests.lest import Lest
from tiltak.models import (
    Handlingsplan,
    Innsatsomrade,
    Plassering,
    Statusrapport,
    Tilstand,
    Tiltak,
)

HEMMELIG = "Stillingen sto tom"
PERSONNUMMER = "17054026641"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def tiltak(kommune):
    omrade = InnsatsomradeFactory(plan=HandlingsplanFactory(kommune=kommune))
    tiltak = PlasseringFactory(innsatsomrade=omrade, tiltak__tittel="Natteravn").tiltak
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    return tiltak


@pytest.fixture
def tjeneste(tiltak):
    return tiltak.ansvar.get().tjeneste


@pytest.fixture
def notat(tiltak, tjeneste):
    return StatusrapportFactory(
        tiltak=tiltak,
        tjeneste=tjeneste,
        fra="Utekontakten",
        dato=date(2026, 10, 1),
        tilstand=Tilstand.STAR_STILLE,
        kommentar=f"{HEMMELIG}.",
        gjort="To temakvelder",
        antall=3,
        antall_av="ungdommer",
        anbefaling="endre",
    )


def med_rolle(kommune, rolle):
    return innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)


@pytest.fixture
def klienter(kommune, nabokommune, tiltak, tjeneste, koordinator, nabo):
    rolle = Tilgang.Rolle
    redaktor = TjenesteredaktorFactory(tjeneste=tjeneste).bruker
    annen = TjenesteredaktorFactory(tjeneste__kommune=kommune).bruker
    return {
        "ingen": Client(),
        "koordinator": koordinator,
        "politirad": med_rolle(kommune, rolle.POLITIRAD),
        "ansatt": med_rolle(kommune, rolle.ANSATT),
        "redaktor": innlogget(redaktor),
        "annen redaktor": innlogget(annen),
        "nabo": nabo,
        "naboens politirad": med_rolle(nabokommune, rolle.POLITIRAD),
    }


# Who reads them -------------------------------------------------------------------------


def test_those_read_them_who_may_whoever_asked_before(tiltak, notat, klienter):
    """Each asks after all others, so that nobody gets what was kept for somebody else."""
    adresse = tiltak.get_absolute_url()
    alle = [*klienter, *reversed(klienter), *klienter]

    svarene = [(hvem, klienter[hvem].get(adresse)) for hvem in alle]

    assert {svar.status_code for _hvem, svar in svarene} == {200}
    assert {hvem for hvem, svar in svarene if HEMMELIG in svar.text} == {
        "koordinator",
        "politirad",
        "redaktor",
    }
    uten = {hvem for hvem, svar in svarene if HEMMELIG not in svar.text}
    assert uten == {*klienter} - {"koordinator", "politirad", "redaktor"}


def test_no_page_that_is_kept_holds_them(tiltak, notat, klienter):
    for klient in klienter.values():
        assert klient.get(tiltak.get_absolute_url()).status_code == 200

    bevart = b"".join(cache._cache.values())
    assert b"Natteravn" in bevart
    assert HEMMELIG.encode() not in bevart


def test_what_is_said_later_is_read_at_once(tiltak, klienter):
    """No version of the kommune comes with it, and what all read stays kept."""
    adresse = tiltak.get_absolute_url()
    for_ = [klienter[hvem].get(adresse).text for hvem in ("politirad", "ingen")]
    versjon = Kommune.objects.get(pk=tiltak.kommune_id).versjon

    StatusrapportFactory(
        tiltak=tiltak, tilstand=Tilstand.ANNERLEDES, kommentar=HEMMELIG
    )

    etter = [klienter[hvem].get(adresse).text for hvem in ("politirad", "ingen")]
    assert [HEMMELIG in tekst for tekst in (*for_, *etter)] == [
        *(False, False),
        *(True, False),
    ]
    assert etter[1] == for_[1]
    assert Kommune.objects.get(pk=tiltak.kommune_id).versjon == versjon


def test_who_keeps_a_tjeneste_reads_no_other_ones(tiltak, notat, kommune, klienter):
    StatusrapportFactory(
        tiltak=tiltak,
        tjeneste=TjenesteFactory(kommune=kommune),
        tilstand=Tilstand.ANNERLEDES,
        kommentar="Sagt av en annen",
    )

    lest = klienter["redaktor"].get(tiltak.get_absolute_url()).text

    assert HEMMELIG in lest
    assert "Sagt av en annen" not in lest


def test_who_looks_as_the_public_does_not_see_them(tiltak, notat, koordinator):
    adresse = tiltak.get_absolute_url()
    assert HEMMELIG in koordinator.get(adresse).text
    okt = koordinator.session
    okt[SE_SOM] = [tiltak.kommune_id, "publikum"]
    okt.save()

    svar = koordinator.get(adresse)

    assert HEMMELIG not in svar.text


def test_as_it_stood_on_another_day_there_are_none(tiltak, notat, koordinator):
    da = timezone.now() - timedelta(days=90)
    for modell in (Tiltak, Kommune, Handlingsplan, Innsatsomrade, Plassering):
        modell.historikk.model.objects.update(history_date=da)
    dag = (timezone.localdate() - timedelta(days=30)).isoformat()

    svar = koordinator.get(f"{tiltak.get_absolute_url()}?dato={dag}")

    assert "Natteravn" in svar.text
    assert HEMMELIG not in svar.text


def test_the_documents_and_the_search_know_nothing_of_them(
    tiltak, notat, kommune, koordinator
):
    sider = [
        f"/lillestrom/sok/?q={HEMMELIG.split()[0]}",
        f"{tiltak.plan.get_absolute_url()}tiltak/?q={HEMMELIG.split()[0]}",
        tiltak.plan.get_absolute_url(),
        f"{tiltak.plan.get_absolute_url()}endringer/",
    ]

    svarene = [Client().get(side, follow=True) for side in sider]

    assert [svar.status_code for svar in svarene] == [200] * 4
    assert [HEMMELIG in svar.text for svar in svarene] == [False] * 4


# What stands there ----------------------------------------------------------------------


def test_a_note_says_all_that_was_said(tiltak, notat, koordinator):
    lest = Lest(koordinator.get(tiltak.get_absolute_url())).tekst

    ventet = [
        "Står stille 1. oktober 2026 , Utekontakten",
        "Stillingen sto tom.",
        "Gjort To temakvelder",
        "Nådde Færre enn 5 ungdommer",
        "Bør skje videre Endre",
        "Utenom rundene, på telefon",
    ]
    assert [ord_ for ord_ in ventet if ord_ not in lest] == []
    assert "3 ungdommer" not in lest


@pytest.mark.parametrize(
    ("antall", "av", "nadde"),
    [
        (None, "", ""),
        (0, "elever", "0 elever"),
        (1, "", "færre enn 5"),
        (4, "elever", "færre enn 5 elever"),
        (5, "elever", "5 elever"),
        (1240, "elever", "1\N{NO-BREAK SPACE}240 elever"),
    ],
)
def test_how_many_were_reached_is_not_said_of_few(antall, av, nadde):
    assert Statusrapport(antall=antall, antall_av=av).nadde == nadde


def test_they_stand_by_year_the_newest_first_and_the_older_folded(tiltak, koordinator):
    for dato in (
        date(2025, 3, 1),
        date(2026, 3, 1),
        date(2025, 9, 1),
        date(2024, 9, 1),
    ):
        StatusrapportFactory(tiltak=tiltak, dato=dato)

    svar = koordinator.get(tiltak.get_absolute_url())

    assert [n.dato for n in svar.context["notatene"]] == [
        date(2026, 3, 1),
        date(2025, 9, 1),
        date(2025, 3, 1),
        date(2024, 9, 1),
    ]
    notatene = svar.text.partition('id="notater"')[2].partition("</section>")[0]
    apent, *foldet = notatene.split("<details")
    assert "1. mars 2026" in apent
    assert "2025: 2 notater" in foldet[0]
    assert "2024: 1 notat" in foldet[1]


def test_those_of_a_deltiltak_stand_on_the_page_of_the_whole(tiltak, koordinator):
    del_ = TiltakFactory(plan=tiltak.plan, overordnet=tiltak, tittel="Feltarbeid")
    StatusrapportFactory(
        tiltak=del_, tilstand=Tilstand.IKKE_STARTET, kommentar="Venter på midler"
    )

    lest = Lest(koordinator.get(tiltak.get_absolute_url())).tekst

    assert "(Feltarbeid) Venter på midler" in lest


def test_it_says_in_which_round_it_was_said(tiltak, notat, kommune, koordinator):
    notat.runde = RundeFactory(kommune=kommune, arstall=2026, uke=40)
    notat.save()

    lest = Lest(koordinator.get(tiltak.get_absolute_url())).tekst

    assert "Runden i uke 40, 2026, på telefon" in lest


def test_a_tjeneste_that_is_gone_is_named_still(tiltak, notat, tjeneste, koordinator):
    tiltak.ansvar.get().delete()
    tjeneste.delete()

    notat.refresh_from_db()
    assert (notat.tjeneste, notat.fra, notat.hvem) == (
        None,
        "Utekontakten",
        "Utekontakten",
    )
    assert notat.historikk.first().tjeneste_id is None
    lest = Lest(koordinator.get(tiltak.get_absolute_url())).tekst
    assert "1. oktober 2026 , Utekontakten" in lest


def test_the_page_of_a_tilbud_tells_its_own(kommune, koordinator):
    tilbud = TilbudFactory(kommune=kommune)
    StatusrapportFactory(
        tiltak=tilbud, tilstand=Tilstand.ANNERLEDES, kommentar=HEMMELIG
    )
    adresse = tilbud.get_absolute_url()

    assert [HEMMELIG in k.get(adresse).text for k in (koordinator, Client())] == [
        True,
        False,
    ]


def test_the_timeline_tells_of_them_to_the_same(tiltak, notat, klienter):
    adresse = tiltak.get_absolute_url()

    sett = {
        hvem
        for hvem, klient in klienter.items()
        if f'href="#notat-{notat.pk}">Notat fra Utekontakten: står stille.'
        in klient.get(adresse).text
    }

    assert sett == {"koordinator", "politirad", "redaktor"}


def test_it_costs_the_same_for_one_and_three(tiltak, notat, kommune, koordinator):
    def sporringer():
        cache.clear()
        with CaptureQueriesContext(connection) as fanget:
            svar = koordinator.get(tiltak.get_absolute_url())
        return len(svar.context["notatene"]), len(fanget)

    sporringer()
    en = sporringer()
    for nr in (1, 2):
        StatusrapportFactory(
            tiltak=tiltak,
            tjeneste=TjenesteFactory(kommune=kommune),
            runde=RundeFactory(kommune=kommune, uke=nr),
        )
    tre = sporringer()

    assert (en[0], tre[0]) == (1, 3)
    assert tre[1] == en[1]


def test_strangers_pay_nothing_for_them(tiltak, notat):
    def spurt():
        cache.clear()
        with CaptureQueriesContext(connection) as fanget:
            assert Client().get(tiltak.get_absolute_url()).status_code == 200
        return [q["sql"] for q in fanget if "statusrapport" in q["sql"]]

    assert spurt() == []


# Writing them ---------------------------------------------------------------------------


def nytt(tiltak):
    return f"/lillestrom/endre/tiltak/{tiltak.pk}/notat/"


def fyll(klient, adresse, **felter):
    return klient.post(adresse, innsending(klient.get(adresse), **felter))


def test_a_coordinator_writes_one_outside_of_any_round(tiltak, tjeneste, koordinator):
    svar = fyll(
        koordinator,
        nytt(tiltak),
        tilstand="annerledes",
        kommentar="To skoler ble med.",
        gjort="Kurs",
        antall="12",
        antall_av="elever",
        anbefaling="viderefore",
        tjeneste=str(tjeneste.pk),
        dato="2026-05-04",
        hvordan="mote",
    )

    notat = Statusrapport.objects.get()
    assert svar["Location"] == f"{tiltak.get_absolute_url()}#notat-{notat.pk}"
    assert (notat.tiltak, notat.runde, notat.tjeneste, notat.fra) == (
        tiltak,
        None,
        tjeneste,
        "Utekontakten",
    )
    assert (notat.dato, notat.tilstand, notat.antall, notat.hvordan) == (
        date(2026, 5, 4),
        "annerledes",
        12,
        "mote",
    )
    assert notat.historikk.get().history_user == koordinator.bruker


def test_the_way_to_it_stands_on_the_page_of_the_tiltak(tiltak, klienter):
    adresse = tiltak.get_absolute_url()

    har = {h for h, k in klienter.items() if nytt(tiltak) in k.get(adresse).text}

    assert har == {"koordinator"}


@pytest.mark.parametrize(
    ("felter", "feltet", "melding"),
    [
        ({"kommentar": ""}, "kommentar", "Skriv kort hvorfor"),
        ({"tilstand": ""}, "tilstand", "Velg hvordan det går."),
        ({"antall": "-1"}, "antall", "0"),
        ({"antall": "mange"}, "antall", "heltall"),
        ({"antall": "", "antall_av": "elever"}, "antall_av", "Skriv tallet"),
        ({"dato": "i går"}, "dato", "dato"),
        ({"gjort": PERSONNUMMER}, "gjort", "fødselsnummer"),
        ({"resultat": "Ring 912 34 567"}, "resultat", "telefonnummer"),
        ({"tjeneste": "999999"}, "tjeneste", "gyldig valg"),
        ({"hvordan": "lenke"}, "hvordan", "gyldig valg"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_kept(
    felter, feltet, melding, tiltak, koordinator
):
    riktig = {
        "tilstand": "annerledes",
        "kommentar": "Skrevet med omhu.",
        "hvordan": "mote",
        "gjort": "Også dette.",
    }

    svar = fyll(koordinator, nytt(tiltak), **riktig | felter)

    assert svar.status_code == 422
    feil = svar.context["skjema"].hoved.errors
    assert melding in " ".join(feil.get(feltet, feil.get("antall", [])))
    skrevet = innsending(svar)
    andre = {navn: verdi for navn, verdi in riktig.items() if navn not in felter}
    assert {navn: skrevet[navn] for navn in andre} == andre
    assert not Statusrapport.objects.exists()


def test_the_tjeneste_of_another_kommune_can_t_be_chosen(
    tiltak, nabokommune, koordinator
):
    annen = TjenesteFactory(kommune=nabokommune)

    svar = fyll(
        koordinator, nytt(tiltak), tilstand="som_planlagt", tjeneste=str(annen.pk)
    )

    assert svar.status_code == 422
    assert not Statusrapport.objects.exists()


def test_it_is_put_right_and_the_history_says_why(tiltak, notat, koordinator):
    svar = fyll(
        koordinator,
        f"/lillestrom/endre/notat/{notat.pk}/",
        kommentar="Rettet.",
        begrunnelse="Skrivefeil",
    )

    notat.refresh_from_db()
    assert svar.status_code == 302
    assert (notat.kommentar, notat.gjort, notat.fra) == (
        "Rettet.",
        "To temakvelder",
        "Utekontakten",
    )
    assert notat.historikk.first().history_change_reason == "Skrivefeil"


def test_how_it_came_stays_what_it_was(tiltak, notat, koordinator):
    notat.hvordan = "lenke"
    notat.save()

    svar = fyll(koordinator, f"/lillestrom/endre/notat/{notat.pk}/", gjort="Mer")

    notat.refresh_from_db()
    assert (svar.status_code, notat.hvordan, notat.gjort) == (302, "lenke", "Mer")


def test_it_is_removed_and_can_be_brought_back(tiltak, notat, koordinator):
    adresse = f"/lillestrom/endre/notat/{notat.pk}/slett/"
    assert "Notatet blir borte" in koordinator.get(adresse).text

    svar = koordinator.post(adresse)

    assert svar["Location"] == f"{tiltak.get_absolute_url()}#notater"
    assert not Statusrapport.objects.exists()
    assert notat.historikk.first().history_type == "-"


def test_nobody_else_writes_or_removes(tiltak, notat, klienter):
    sider = [
        nytt(tiltak),
        f"/lillestrom/endre/notat/{notat.pk}/",
        f"/lillestrom/endre/notat/{notat.pk}/slett/",
    ]
    andre = [k for hvem, k in klienter.items() if hvem != "koordinator"]

    koder = {
        getattr(k, m)(s).status_code for k in andre for s in sider for m in METODER
    }

    assert koder == {404, 302}
    assert [k.post(s).status_code for k in andre[1:] for s in sider] == [404] * 18
    assert [*Statusrapport.objects.values_list("kommentar")] == [(f"{HEMMELIG}.",)]


METODER = ("get", "post")


def test_a_note_of_another_kommune_is_not_there(notat, nabo):
    steder = [f"endre/notat/{notat.pk}/", f"endre/notat/{notat.pk}/slett/"]
    hjemme = f"/{nabo.bruker.tilganger.get().kommune.slug}/"

    koder = [
        nabo.post(f"{her}{sted}").status_code
        for her in (hjemme, "/lillestrom/")
        for sted in steder
    ]

    assert koder == [404] * 4
    assert Statusrapport.objects.filter(pk=notat.pk).exists()


def test_nothing_more_is_said_of_a_plan_that_is_superseded(tiltak, koordinator):
    plan = tiltak.plan
    plan.status = Handlingsplan.Status.AVLOST
    plan.save()

    assert koordinator.get(nytt(tiltak)).status_code == 404
    assert nytt(tiltak) not in koordinator.get(tiltak.get_absolute_url()).text
