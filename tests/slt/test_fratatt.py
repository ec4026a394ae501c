"""Who loses their access while they wait for others to finish changes nothing more."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from slt.felles.omtale import historikker
from slt.models import Bruker, Kommune, Tilgang, Utsending
from tests.factories import (
    AktivitetFactory,
    EgenvurderingFactory,
    EndringsforslagFactory,
    FeilmeldingFactory,
    ForesporselFactory,
    ForumFactory,
    ForumskommuneFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KildeFactory,
    KontaktpunktFactory,
    MedvirkningFactory,
    MoteFactory,
    MotefriFactory,
    MoteserieFactory,
    NormsvarFactory,
    OpphavFactory,
    PlanimportFactory,
    PlasseringFactory,
    RundeFactory,
    RundelukkingFactory,
    TallimportFactory,
    TilbudFactory,
    TilgangFactory,
    TilgangslenkeFactory,
    TilskuddFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
    TjenesteredaktorFactory,
    UtsendingFactory,
    trekk_tilbake,
)
from tests.innsending import innsending
from tests.slt.test_admin import side, skjema
from tiltak.bank.avtrykk import avtrykk, delte, med_alt
from tiltak.bank.siden_da import opphavene
from tiltak.models import Feilmelding, Kontaktpunkt, Planimport
from tiltak.runder.deler import Vist, merke
from tiltak.runder.egne import KONTAKTER
from tiltak.runder.paminnelse import DAGER_ETTER
from tiltak.runder.statusforslag import merke_uendrede, som_innhold

# The class that the lock is a method of.
OM_KOMMUNER = type(Kommune.objects.all())
TABELL = "indikator;år;tall\nFravær;2023;1"
# At noon: late in the evening, a meeting of an hour would end on the next day.
OM_EN_UKE = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
OM_EN_UKE += timedelta(days=7)


def _uendret(kommune):
    """That of a tiltak nothing changed."""
    return EndringsforslagFactory(
        tjeneste__kommune=kommune,
        kontaktpunkt=None,
        tiltak=TilbudFactory(kommune=kommune),
        slag="status",
        innhold=som_innhold({"tilstand": "som_planlagt"}, uendret=True),
    )


@pytest.fixture
def alt(kommune, nabokommune):
    """What the requests are about, by name."""
    forum = ForumFactory(kommune=kommune, navn="Kontaktmøtet")
    IndikatorFactory(kommune=kommune, navn="Fravær")
    KildeFactory(kommune=kommune)
    utkast = HandlingsplanFactory(
        kommune=kommune, status="utkast", fra_ar=2030, til_ar=2033
    )
    omrader = [InnsatsomradeFactory(plan=utkast) for _ in range(2)]
    PlasseringFactory(
        innsatsomrade=omrader[0], tiltak__niva="selektiv", tiltak__niva_foreslatt=True
    )
    nabokommune.deler_tiltak = True
    nabokommune.save()
    naboens = PlasseringFactory(innsatsomrade__plan__kommune=nabokommune).tiltak
    tiltak = PlasseringFactory(innsatsomrade__plan__kommune=kommune).tiltak
    # It says something else than what was copied: there is something to see.
    delt = med_alt(delte(kommune)).get(pk=naboens.pk)
    opphav = OpphavFactory(
        tiltak=tiltak, fra=naboens, innhold=avtrykk(delt) | {"tittel": "Før"}
    )
    punkt = KontaktpunktFactory(tjeneste__kommune=kommune)
    lest_opp = list(Kontaktpunkt.objects.med_alt().filter(pk=punkt.pk))
    return {
        "punkt": punkt,
        "lest_opp": merke([Vist(KONTAKTER, lest_opp)]),
        "naboens": naboens,
        "opphav": opphav,
        "merke": opphavene([opphav], kommune)[0].merke,
        "utkast": utkast,
        "omrade": omrader[0],
        "neste": omrader[1],
        "kapittel": KapittelFactory(plan=utkast),
        "annen": TilgangFactory(kommune=kommune),
        "lenke": TilgangslenkeFactory(kommune=kommune),
        "feilmelding": FeilmeldingFactory(tjeneste__kommune=kommune),
        "runde": RundeFactory(kommune=kommune, startet=None),
        "foresporsel": (
            spurt := ForesporselFactory(
                tjeneste__kommune=kommune,
                tjeneste__svaransvarlig="ute@kommunen.example",
                # Long enough ago to remind of it.
                runde__startet=timezone.now() - timedelta(days=DAGER_ETTER),
            )
        ),
        "sendt": spurt.runde,
        "lukket": RundelukkingFactory(
            runde=RundeFactory(kommune=kommune, lukket=timezone.now()),
            gjenapnet=None,
            hvorfor="",
        ),
        "forslag": EndringsforslagFactory(tjeneste__kommune=kommune),
        "uendrede": merke_uendrede([_uendret(kommune)]),
        "brev": UtsendingFactory(kommune=kommune, tilstand="uvisst", grunn="avbrutt"),
        "forum": forum,
        "serie": MoteserieFactory(forum=forum, fra=date(2027, 3, 2)),
        "mote": MoteFactory(
            forum=forum, start=OM_EN_UKE, slutt=OM_EN_UKE + timedelta(hours=1)
        ),
        "delt": ForumskommuneFactory(
            forum__kommune=nabokommune, kommune=kommune, godtatt=None
        ),
        "trukket": trekk_tilbake(kommune),
        "vurdering": EgenvurderingFactory.med_svar(svar="ja", forum__kommune=kommune),
        "ferdig": EgenvurderingFactory(
            forum__kommune=kommune, ferdig=timezone.now(), arstall=2025
        ),
        "medvirkning": MedvirkningFactory(
            kilde=None, plan=utkast, gruppe="barn_og_unge"
        ),
        "normsvar": NormsvarFactory(kommune=kommune),
        "tilskudd": TilskuddFactory(kommune=kommune),
        "delt_tjeneste": TjenestekommuneFactory(
            tjeneste__kommune=nabokommune, kommune=kommune, godtatt=None
        ),
        "aktivitet": AktivitetFactory(kommune=kommune),
        "i_fjor": AktivitetFactory(pk=7000, kommune=kommune, dato=date(2025, 3, 6)),
        "fri": (fri := MotefriFactory(kommune=kommune)),
        "fri_sett": fri.historikk.get().pk,
        "dokument": PlanimportFactory(kommune=kommune),
        "tall": TallimportFactory(kommune=kommune),
        "tiltak": tiltak,
        "tjeneste": TjenesteFactory(kommune=kommune),
    }


NY_PLAN = {"tittel": "Ny", "fra_ar": "2040", "til_ar": "2043"}
NYTT_KAPITTEL = {"tittel": "Ny", "tekst": "<p>Nytt.</p>"}
NY_TJENESTE = {"navn": "Ny", "type": "kommunal"}
# (the page with the form, what is filled in, where that is sent if not there)
FORESPORSLER = {
    "gir tilgang": (
        "tilganger/",
        {"inviter-epost": "ny@example.org", "inviter-rolle": "koordinator"},
        None,
    ),
    "lager lenke": ("tilganger/", {"lenke-mottaker": "Nav"}, "tilganger/lenke/"),
    "avslutter": ("tilganger/", {}, "tilganger/tilgang/{annen.pk}/avslutt/"),
    "trekker lenke": ("tilganger/", {}, "tilganger/lenke/{lenke.pk}/avslutt/"),
    "lar ligge": ("utsendinger/", {}, "utsendinger/{brev.pk}/la-ligge/"),
    "lager runde": ("endre/runder/", {}, "endre/runder/ny/"),
    "endrer runden": ("endre/runder/{runde.pk}/", {"sporsmal": "Hei"}, None),
    "endrer: sender runden": (
        "endre/runder/{runde.pk}/",
        {"sporsmal": "Hei"},
        "endre/runder/{runde.pk}/send/",
    ),
    "påminner": (
        "endre/runder/{sendt.pk}/",
        {},
        "endre/runder/{sendt.pk}/minn/",
    ),
    "spør også": (
        "endre/runder/{sendt.pk}/",
        {},
        "endre/runder/{sendt.pk}/spor/{tjeneste.pk}/",
    ),
    "lukker runden": (
        "endre/runder/{sendt.pk}/",
        {},
        "endre/runder/{sendt.pk}/lukk/",
    ),
    "endrer: åpner runden igjen": (
        "endre/runder/{lukket.runde.pk}/gjenapne/",
        {"hvorfor": "De ringte."},
        None,
    ),
    "spør på nytt": (
        "endre/runder/",
        {},
        "endre/runder/foresporsel/{foresporsel.pk}/pa-nytt/",
    ),
    "endrer: setter opp runder": ("innstillinger/runder/", {"er_pa": "on"}, None),
    "legger forslag til side": (
        "endre/forslag/",
        {"svar": "nei"},
        "endre/forslag/{forslag.pk}/avvis/",
    ),
    "tar inn dem som sier ingen endring": (
        "endre/forslag/",
        {"sett": "{uendrede}"},
        "endre/forslag/uendret/",
    ),
    "bekrefter i møte": (
        "endre/kontakter/mote/",
        {"sett": "{lest_opp}"},
        "endre/kontakter/mote/{punkt.tjeneste_id}/",
    ),
    "behandler feilmelding": (
        "endre/feilmeldinger/",
        {"svar": "rettet"},
        "endre/feilmeldinger/{feilmelding.pk}/",
    ),
    "legger bort feilmelding": (
        "endre/feilmeldinger/",
        {"utfall": "lagt_bort"},
        "endre/feilmeldinger/{feilmelding.pk}/",
    ),
    "tar med": ("startsett/", {"valg": "temaer:rus"}, None),
    "lager kalenderlenke": ("moteplan/kalendere/", {"forum": "{forum.pk}"}, None),
    "fører opp fri": (
        "moteplan/motefri/",
        {"navn": "Høstferie", "fra": "2027-10-04", "til": "2027-10-08"},
        None,
    ),
    "endrer: ny aktivitet": (
        "endre/aktiviteter/ny/",
        {"tittel": "Ny", "slag": "fagdag", "dato": "2027-03-04"},
        None,
    ),
    "endrer aktivitet": (
        "endre/aktiviteter/{aktivitet.pk}/",
        {"tittel": "Ny"},
        None,
    ),
    "sletter aktivitet": ("endre/aktiviteter/{aktivitet.pk}/slett/", {}, None),
    "endrer: fyller ut etterpå": (
        "endre/aktiviteter/etterpa/",
        {"aktiviteter-0-antall": "40"},
        None,
    ),
    "gjentar aktiviteter": (
        "endre/aktiviteter/gjenta/?ar=2026",
        {"a7000-med": "on", "a7000-dato": "2026-03-05"},
        None,
    ),
    "endrer fri": ("moteplan/motefri/{fri.pk}/", {"navn": "Ferie"}, None),
    "sletter fri": (
        "moteplan/motefri/",
        {"sett": "{fri_sett}"},
        "moteplan/motefri/{fri.pk}/slett/",
    ),
    "endrer møte": ("moteplan/moter/{mote.pk}/", {"sted": "Rådhuset"}, None),
    "avlyser møte": (
        "moteplan/moter/{mote.pk}/",
        {},
        "moteplan/moter/{mote.pk}/avlys/",
    ),
    "godtar forum": ("moteplan/", {}, "moteplan/delt/{delt.pk}/godta/"),
    "kopierer tiltak": (
        "tiltaksbank/{naboens.pk}/",
        {"innsatsomrade": "{omrade.pk}", "igjen": "on"},
        None,
    ),
    "har sett opphavet": (
        "tiltaksbank/kopiert/{opphav.pk}/",
        {"merke": "{merke}"},
        None,
    ),
    "endrer: deler tiltak": ("innstillinger/kommunen/", {"deler_tiltak": "on"}, None),
    "godtar tjeneste": (
        "endre/tjenester/delte/",
        {},
        "endre/tjenester/delte/{delt_tjeneste.pk}/godta/",
    ),
    "avslår tjeneste": (
        "endre/tjenester/delte/",
        {},
        "endre/tjenester/delte/{delt_tjeneste.pk}/avsla/",
    ),
    "tar bort melding": (
        "endre/tjenester/delte/",
        {},
        "endre/tjenester/delte/{trukket}/sett/",
    ),
    "avslår forum": ("moteplan/", {}, "moteplan/delt/{delt.pk}/avsla/"),
    "leser tall": ("tallimport/", {"limt_inn": TABELL}, None),
    "forkaster tall": ("tallimport/", {}, "tallimport/{tall.pk}/forkast/"),
    "endrer tiltak": ("endre/tiltak/{tiltak.pk}/", {"tittel": "Nytt"}, None),
    "endrer tjeneste": ("endre/tjenester/{tjeneste.pk}/", {"navn": "Ny"}, None),
    "endrer kapittel": ("endre/kapittel/{kapittel.pk}/", {"tittel": "Ny"}, None),
    "endrer område": ("endre/innsatsomrade/{omrade.pk}/", {"navn": "Ny"}, None),
    "endrer plan": ("endre/plan/{utkast.pk}/", {"tittel": "Ny"}, None),
    "endrer: ny plan": ("endre/plan/ny/", NY_PLAN, None),
    "leser dokument": ("endre/plan/les-inn/", {"limt_inn": "# Rus"}, None),
    **{
        f"{hva} dokument": (
            "endre/plan/les-inn/{dokument.pk}/forkast/",
            sendt,
            f"endre/plan/les-inn/{{dokument.pk}}/{hva}/",
        )
        for hva, sendt in {
            "valg": {"versjon": "0", "blokk": "1", "rolle": "kapittel"},
            "lest": {"blokker": "1", "lest": "1"},
            "forkast": {},
        }.items()
    },
    "endrer: dokument til plan": (
        "endre/plan/les-inn/{dokument.pk}/legg-inn/",
        {"tittel": "Ny", "fra_ar": "2040", "til_ar": "2043", "versjon": "0"},
        None,
    ),
    "endrer: ny tjeneste": ("endre/tjenester/ny/", NY_TJENESTE, None),
    "endrer: nytt kapittel": ("2030-2033/rediger/kapittel/", NYTT_KAPITTEL, None),
    "endrer: nytt område": (
        "2030-2033/rediger/innsatsomrade/",
        {"navn": "Ny", "kortnavn": "Ny"},
        None,
    ),
    "lager tiltak": (
        "2030-2033/rediger/",
        {"tittel": "Nytt", "omrade": "{omrade.pk}"},
        "2030-2033/rediger/tiltak/",
    ),
    "flytter": (
        "2030-2033/rediger/",
        {"retning": "opp"},
        "endre/innsatsomrade/{neste.pk}/flytt/",
    ),
    "sletter kapittel": ("endre/kapittel/{kapittel.pk}/slett/", {}, None),
    "endrer: sier hvem som ble spurt": (
        "endre/medvirkning/ny/plan/{utkast.pk}/",
        {"gruppe": "politi", "navn": "forebyggende"},
        None,
    ),
    "sletter hvem som ble spurt": (
        "endre/medvirkning/{medvirkning.pk}/slett/",
        {},
        None,
    ),
    "endrer: fører opp et tilskudd": (
        "endre/tilskudd/nytt/",
        {"ordning": "Ny", "giver": "Bufdir"},
        None,
    ),
    "søker om et tilskudd igjen": (
        "endre/tilskudd/",
        {},
        "endre/tilskudd/{tilskudd.pk}/igjen/",
    ),
    "sletter et tilskudd": ("endre/tilskudd/{tilskudd.pk}/slett/", {}, None),
    "endrer: svarer på et punkt": (
        "endre/sjekkliste/taushetsplikt/",
        {"svar": "har"},
        None,
    ),
    "sletter et svar på et punkt": (
        "endre/sjekkliste/svar/{normsvar.pk}/slett/",
        {},
        None,
    ),
    "endrer: svarer i egenvurderingen": (
        "endre/egenvurderinger/{vurdering.pk}/",
        {"svar-0-svar": "nei"},
        None,
    ),
    "gjør egenvurderingen ferdig": (
        "egenvurderinger/",
        {},
        "endre/egenvurderinger/{vurdering.pk}/ferdig/",
    ),
    "åpner egenvurderingen": (
        "egenvurderinger/",
        {},
        "endre/egenvurderinger/{ferdig.pk}/apne/",
    ),
    "sletter egenvurderingen": (
        "endre/egenvurderinger/{vurdering.pk}/slett/",
        {},
        None,
    ),
    "er enig i nivåene": (
        "2030-2033/rediger/",
        {"antall": "1"},
        "2030-2033/rediger/nivaer/",
    ),
}


def spor():
    """How often anything was changed; what takes the access away is not counted."""
    modeller = [m for m in historikker() if m is not Tilgang.historikk.model]
    rader = {modell: modell.objects.count() for modell in modeller}
    # What is on its way in, or out, has no history.
    inn = Planimport.objects.order_by("pk").values("valg", "sett", "plan")
    ut = Utsending.objects.order_by("pk").values("tilstand", "kvittert")
    meldt = Feilmelding.objects.order_by("pk").values("utfall", "svar")
    return rader, list(inn), list(ut), list(meldt)


@pytest.fixture
def fratas(monkeypatch, koordinator, alt):
    """Returns what lets the coordinator lose the kommune while they wait for the lock;
    its other coordinator keeps it."""
    las = OM_KOMMUNER.las

    def mens_man_venter(self, *pker):
        Tilgang.objects.filter(bruker=koordinator.bruker).delete()
        return las(self, *pker)

    return lambda: monkeypatch.setattr(OM_KOMMUNER, "las", mens_man_venter)


@pytest.fixture(autouse=True)
def _nettstedet(settings, monkeypatch):
    """Rounds are sent, whatever month it is."""
    settings.SITE_URL = "https://slt.example"
    monkeypatch.setattr("tiltak.runder.lop.JULI", 0)


def send(client, alt, hva):
    pa_siden, felter, hit = FORESPORSLER[hva]
    pa_siden = "/lillestrom/" + pa_siden.format(**alt)
    svar = client.get(pa_siden)
    data = innsending(svar) if hva.startswith("endrer") else {}
    data |= {navn: str(verdi).format(**alt) for navn, verdi in felter.items()}
    hit = pa_siden if hit is None else "/lillestrom/" + hit.format(**alt)
    return lambda: client.post(hit, data)


@pytest.mark.parametrize("hva", FORESPORSLER)
def test_the_requests_change_something(hva, koordinator, alt):
    arbeid, for_ = send(koordinator, alt, hva), (spor(), Tilgang.objects.count())

    svar = arbeid()

    assert svar.status_code == 302
    assert (spor(), Tilgang.objects.count()) != for_


@pytest.mark.parametrize("hva", FORESPORSLER)
def test_who_loses_the_kommune_while_they_wait_changes_nothing(
    hva, koordinator, alt, fratas
):
    arbeid, for_ = send(koordinator, alt, hva), spor()
    andre = Tilgang.objects.exclude(bruker=koordinator.bruker).count()
    fratas()

    svar = arbeid()

    assert svar.status_code == 404
    assert spor() == for_
    assert Tilgang.objects.exclude(bruker=koordinator.bruker).count() == andre


def test_what_only_a_coordinator_may_is_not_left_to_an_editor(koordinator, alt, fratas):
    TjenesteredaktorFactory(tjeneste=alt["tjeneste"], bruker=koordinator.bruker)
    adresse = f"/lillestrom/endre/tjenester/{alt['tjeneste'].pk}/"
    data = innsending(
        koordinator.get(adresse), kortnavn="UK", nedlagt="2026-01-01", type="politi"
    )
    var = alt["tjeneste"].type
    fratas()

    koordinator.post(adresse, data)

    alt["tjeneste"].refresh_from_db()
    ble = alt["tjeneste"]
    assert (ble.kortnavn, ble.nedlagt, ble.type) == ("UK", None, var)


@pytest.mark.parametrize("slag", ["change", "delete"])
def test_so_it_is_in_the_admin(slag, koordinator, alt, fratas):
    rad = alt["tjeneste"] if slag == "change" else alt["fri"]
    adresse = side(type(rad), slag, rad.pk)
    data = skjema(koordinator.get(adresse)) | {"kortnavn": "UK", "post": "yes"}
    for_ = spor()
    fratas()

    svar = koordinator.post(adresse, data)

    assert svar.status_code == 404
    assert spor() == for_


def test_who_was_closed_while_they_waited_gives_no_access(
    koordinator, alt, monkeypatch
):
    las = OM_KOMMUNER.las
    arbeid = send(koordinator, alt, "gir tilgang")

    def mens_man_venter(self, *pker):
        bruker = Bruker.objects.get(pk=koordinator.bruker.pk)
        bruker.is_active = False
        bruker.save()
        return las(self, *pker)

    monkeypatch.setattr(OM_KOMMUNER, "las", mens_man_venter)

    assert arbeid().status_code == 404
    assert not Bruker.objects.med_epost("ny@example.org").exists()


def test_who_loses_the_kommune_while_they_wait_sends_no_mail(
    koordinator, alt, fratas, mailoutbox
):
    alt["annen"].bruker.set_unusable_password()
    alt["annen"].bruker.save()
    adresse = f"/lillestrom/tilganger/tilgang/{alt['annen'].pk}/inviter/"
    assert koordinator.post(adresse).status_code == 302
    assert len(mailoutbox) == 1
    fratas()

    svar = koordinator.post(adresse)

    assert svar.status_code == 404
    assert len(mailoutbox) == 1
