"""A round, from the mail to what the public reads."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from slt.models import Utsending
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    BekreftelseFactory,
    EndringsforslagFactory,
    ForesporselFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    RundeFactory,
    StedFactory,
    SvarlenkeFactory,
    TilbudFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
    UtkastFactory,
)
from tests.lest import Lest
from tiltak.models import (
    Bekreftelse,
    Foresporsel,
    Kontaktpunkt,
    Runde,
    Rundeoppsett,
    Svarlenke,
)
from tiltak.runder.adgang import Svarer
from tiltak.runder.forslag import foresla
from tiltak.runder.lop import (
    lag_planlagte,
    lag_runde,
    legg_ut,
    rydd,
    send,
    send_pa_nytt,
)

FEBRUAR = date(2026, 2, 3)


@pytest.fixture(autouse=True)
def _tom(monkeypatch, settings):
    cache.clear()
    settings.SITE_URL = "https://slt.example"
    # Whatever month it is when this runs.
    monkeypatch.setattr("tiltak.runder.lop.JULI", 0)


@pytest.fixture
def tjeneste(kommune):
    tjeneste = TjenesteFactory(
        kommune=kommune, navn="Utekontakten", svaransvarlig="ute@kommunen.no"
    )
    KontaktpunktFactory(tjeneste=tjeneste, verdi="22 22 22 22")
    return tjeneste


def lenkene(utsending):
    return re.findall(r"(/lenke/svar/[\w-]+/)", utsending.tekst)


def sendt(kommune):
    runde = lag_runde(kommune, timezone.localdate())
    send(runde)
    runde.refresh_from_db()
    return runde


def med_lenke(tjeneste, epost="", **felter):
    """Who opened a link of the tjeneste, and the link."""
    nokkel = f"hemmelig-{Svarlenke.objects.count()}"
    foresporsel = ForesporselFactory(tjeneste=tjeneste, epost=epost)
    lenke = SvarlenkeFactory(
        foresporsel=foresporsel, avtrykk=Svarlenke.avtrykk_av(nokkel), **felter
    )
    klient = Client()
    klient.post(reverse("svarlenke", args=[nokkel]))
    return klient, lenke


def side(tjeneste, navn="svar"):
    return reverse(f"tiltak:{navn}", args=[tjeneste.kommune.slug, tjeneste.pk])


def stemmer(klient, tjeneste, **mer):
    sett = klient.get(side(tjeneste)).context["sett"]
    return klient.post(side(tjeneste, "svar_stemmer"), {"sett": sett, **mer})


# The whole way ----------------------------------------------------------------------------


def test_from_the_mail_to_the_words_that_all_read(kommune, tjeneste, client):
    sendt(kommune)
    [brev] = Utsending.objects.all()
    [lenke] = lenkene(brev)
    assert f"https://slt.example{lenke}" in brev.tekst
    klient = Client()

    dor = klient.get(lenke)
    assert Bekreftelse.objects.count() == 0
    inne = klient.post(lenke, follow=True)
    stemmer(klient, tjeneste)

    assert "Utekontakten" in Lest(dor).tekst
    assert "22 22 22 22" in Lest(inne).tekst
    [foresporsel] = Foresporsel.objects.all()
    assert (foresporsel.svar, foresporsel.hvordan) == ("stemmer", "lenke")
    maned = date_format(timezone.localdate(), "F Y")
    apen = Lest(client.get(tjeneste.get_absolute_url())).tekst
    assert f"Bekreftet i {maned}" in apen
    assert (brev.til, brev.slag, brev.kommune) == (
        "ute@kommunen.no",
        "samlebrev",
        kommune,
    )


def test_to_look_at_the_link_answers_nothing(tjeneste):
    klient, _lenke = med_lenke(tjeneste)

    klient.get(side(tjeneste))
    svar = klient.get(side(tjeneste, "svar_stemmer"))

    assert svar.status_code == 405
    assert Bekreftelse.objects.count() == 0
    assert Foresporsel.objects.get().besvart is None


@pytest.mark.parametrize(
    ("hva", "felt", "verdi"),
    [
        ("punkt", "synlighet", "tjenester"),
        ("punkt", "bare_ansatte", True),
        ("punkt", "sted", None),
        ("punkt", "instruks", "be om Utekontakten"),
        ("tiltak", "tittel", "Et annet navn"),
        ("ansvar", "rolle", "medansvarlig"),
        ("ansvar", "merknad", "den enkelte skolen"),
    ],
)
def test_whatever_was_shown_and_changed_meanwhile_is_not_confirmed(
    hva, felt, verdi, tjeneste
):
    punkt = tjeneste.kontaktpunkter.get()
    punkt.sted = StedFactory(kommune=tjeneste.kommune)
    punkt.save()
    ansvar = AnsvarFactory(
        tiltak=TilbudFactory(kommune=tjeneste.kommune), tjeneste=tjeneste
    )
    klient, _lenke = med_lenke(tjeneste)
    sett = klient.get(side(tjeneste)).context["sett"]
    rad = {"punkt": punkt, "tiltak": ansvar.tiltak, "ansvar": ansvar}[hva]
    setattr(rad, felt, verdi)
    rad.save()

    svar = klient.post(side(tjeneste, "svar_stemmer"), {"sett": sett})

    assert svar.status_code == 409
    assert Bekreftelse.objects.count() == 0


def test_an_answer_twice_is_one(tjeneste):
    klient, _lenke = med_lenke(tjeneste)

    stemmer(klient, tjeneste)
    forst = Foresporsel.objects.get().besvart
    stemmer(klient, tjeneste)

    assert Bekreftelse.objects.count() == 1
    assert Foresporsel.objects.get().besvart == forst


def test_what_was_changed_meanwhile_is_not_confirmed(tjeneste):
    klient, _lenke = med_lenke(tjeneste)
    sett = klient.get(side(tjeneste)).context["sett"]
    punkt = tjeneste.kontaktpunkter.get()
    punkt.verdi = "33 33 33 33"
    punkt.save()

    svar = klient.post(side(tjeneste, "svar_stemmer"), {"sett": sett})

    assert svar.status_code == 409
    assert "Noen endret noe mens du leste" in Lest(svar).tekst
    assert Bekreftelse.objects.count() == 0
    assert klient.post(side(tjeneste, "svar_stemmer")).status_code == 409


# Links that do not hold -------------------------------------------------------------------


@pytest.mark.parametrize("hva", ["utlopt", "trukket", "nedlagt", "endret_nokkel"])
def test_a_link_that_does_not_hold_opens_nothing(hva, tjeneste):
    i_gar = timezone.localdate() - timedelta(days=1)
    klient, lenke = med_lenke(tjeneste)
    if hva == "utlopt":
        lenke.fra, lenke.til = i_gar, i_gar
        lenke.save()
    elif hva == "trukket":
        lenke.avslutt()
    elif hva == "nedlagt":
        tjeneste.nedlagt = i_gar
        tjeneste.save()
    else:
        klient = Client()
        klient.post(reverse("svarlenke", args=["hemmelig-1"]))

    svar = klient.get(side(tjeneste))
    etter = klient.post(side(tjeneste, "svar_stemmer"), {"sett": "x"})

    assert (svar.status_code, etter.status_code) == (404, 404)
    assert "22 22 22 22" not in Lest(svar).tekst
    assert Bekreftelse.objects.count() == 0


def test_a_link_opens_its_own_tjeneste_alone(tjeneste):
    klient, _lenke = med_lenke(tjeneste)
    annen = TjenesteFactory(kommune=tjeneste.kommune)
    naboens = TjenesteFactory(kommune=KommuneFactory())

    assert klient.get(side(annen)).status_code == 404
    assert klient.get(side(naboens)).status_code == 404
    falsk = reverse("tiltak:svar", args=[naboens.kommune.slug, tjeneste.pk])
    assert klient.get(falsk).status_code == 404
    assert klient.get(side(tjeneste)).status_code == 200


def test_what_only_the_coordinator_sees_is_not_shown_by_a_link(tjeneste):
    for synlighet, verdi in [
        ("tjenester", "23 23 23 23"),
        ("koordinator", "24 24 24 24"),
    ]:
        KontaktpunktFactory(tjeneste=tjeneste, synlighet=synlighet, verdi=verdi)
    klient, _lenke = med_lenke(tjeneste)

    tekst = Lest(klient.get(side(tjeneste))).tekst
    stemmer(klient, tjeneste)

    assert "23 23 23 23" in tekst
    assert "24 24 24 24" not in tekst
    bekreftet = Bekreftelse.objects.values_list("kontaktpunkt__synlighet", flat=True)
    assert set(bekreftet) == {"offentlig", "tjenester"}


def test_a_draft_is_not_told_by_a_link(tjeneste):
    titler = []
    for plan in (
        HandlingsplanFactory(kommune=tjeneste.kommune),
        UtkastFactory(kommune=tjeneste.kommune, fra_ar=2029, til_ar=2032),
    ):
        tiltak = PlasseringFactory(innsatsomrade__plan=plan).tiltak
        AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
        titler.append(tiltak.tittel)
    klient, _lenke = med_lenke(tjeneste)

    tekst = Lest(klient.get(side(tjeneste))).tekst

    assert [tittel in tekst for tittel in titler] == [True, False]


# With an account --------------------------------------------------------------------------


def test_who_keeps_the_tjeneste_has_the_same_page(tjeneste):
    redaktor = innlogget(TjenesteredaktorFactory(tjeneste=tjeneste).bruker)

    stemmer(redaktor, tjeneste)

    [rad] = Bekreftelse.objects.all()
    assert (rad.hvordan, rad.av) == ("konto", tjeneste.redaktorer.get().bruker)


def test_the_coordinator_says_how_it_is_known(tjeneste, koordinator, client):
    mangler = stemmer(koordinator, tjeneste)
    stemmer(koordinator, tjeneste, hvordan="telefon")

    assert mangler.status_code == 422
    assert Bekreftelse.objects.get().hvordan == "telefon"
    assert client.get(side(tjeneste)).status_code == 404


# Sending ----------------------------------------------------------------------------------


def test_one_address_gets_one_mail_with_all_its_links(kommune, tjeneste):
    TjenesteFactory(kommune=kommune, svaransvarlig="Ute@kommunen.no")
    TjenesteFactory(kommune=kommune, svaransvarlig="annen@kommunen.no")
    TjenesteFactory(kommune=kommune, svaransvarlig="")
    TjenesteFactory(kommune=kommune, svaransvarlig="x@y.no", sporres_ikke=True)
    TjenesteFactory(kommune=KommuneFactory(), svaransvarlig="x@y.no")

    runde = sendt(kommune)

    brev = {u.til: len(lenkene(u)) for u in Utsending.objects.all()}
    assert brev == {"ute@kommunen.no": 2, "annen@kommunen.no": 1}
    assert runde.foresporsler.count() == 4


def test_a_round_that_is_sent_twice_goes_once(kommune, tjeneste):
    runde = lag_runde(kommune, FEBRUAR)
    gammel = Runde.objects.get(pk=runde.pk)

    antall = [send(runde), send(gammel), legg_ut(gammel)]

    assert antall == [1, 0, 0]
    assert (Utsending.objects.count(), Foresporsel.objects.count()) == (1, 1)


def test_the_deadline_is_the_coordinators_and_not_over(kommune, tjeneste, koordinator):
    runde, i_dag = lag_runde(kommune, FEBRUAR), timezone.localdate()
    adresse = reverse("tiltak:runde_send", args=["lillestrom", runde.pk])

    sendes = {"sporsmal": "Hei", "deler": ["kontakter"], "hvilke": "alle"}
    svar = koordinator.post(adresse, sendes | {"frist": str(i_dag)})

    assert svar.status_code == 422
    assert "Fristen må være etter i dag." in Lest(svar).tekst
    assert "Hei</textarea>" in svar.text
    assert Runde.objects.get().er_utkast
    frist = i_dag + timedelta(days=3)
    koordinator.post(adresse, sendes | {"frist": str(frist)})
    assert (Runde.objects.get().frist, Runde.objects.get().er_utkast) == (frist, False)


def test_a_draft_that_lay_there_gets_a_new_deadline(kommune, tjeneste):
    runde = lag_runde(kommune, date(2020, 2, 3))

    send(runde)

    assert Runde.objects.get().frist > timezone.localdate()


def test_nothing_is_sent_in_july(kommune, tjeneste, monkeypatch):
    monkeypatch.setattr("tiltak.runder.lop.JULI", timezone.localdate().month)
    runde = lag_runde(kommune, FEBRUAR)

    with pytest.raises(ValidationError, match="I juli"):
        send(runde)

    assert (Utsending.objects.count(), Runde.objects.get().er_utkast) == (0, True)


def test_nothing_is_sent_where_the_links_would_lead_nowhere(
    kommune, tjeneste, settings
):
    settings.SITE_URL = ""

    with pytest.raises(ValidationError, match="SITE_URL"):
        send(lag_runde(kommune, FEBRUAR))

    assert (Utsending.objects.count(), Runde.objects.get().er_utkast) == (0, True)


def test_who_was_killed_on_the_way_goes_on(kommune, tjeneste):
    runde = sendt(kommune)
    Svarlenke.objects.get().delete()
    rad = Foresporsel.objects.get()
    rad.brev = ""
    rad.save()
    Utsending.objects.all().delete()

    assert legg_ut(runde) == 1
    assert len(lenkene(Utsending.objects.get())) == 1


def test_whom_it_went_to_is_forgotten_after_90_days(kommune, tjeneste):
    i_dag = timezone.localdate()
    for dager in (90, 91):
        ForesporselFactory(
            tjeneste=tjeneste,
            epost="ute@kommunen.no",
            runde=RundeFactory(kommune=kommune, frist=i_dag - timedelta(days=dager)),
        )

    sagt = rydd()

    assert sagt == "Glemte adressen til 1 forespørsler."
    rader = Foresporsel.objects.order_by("runde__frist").values_list("epost", flat=True)
    assert list(rader) == ["", "ute@kommunen.no"]


def test_planned_rounds_are_made_once_and_wait_for_somebody(kommune, tjeneste):
    annen = TjenesteFactory(svaransvarlig="ute@annen.example").kommune
    Rundeoppsett.objects.create(kommune=annen, er_pa=False)
    KommuneFactory()  # has nobody to ask

    utenfor = lag_planlagte(FEBRUAR)
    forst = lag_planlagte(date(2026, 1, 28))
    igjen = lag_planlagte(date(2026, 1, 29))

    assert (utenfor, forst, igjen) == ((0, 0), (1, 0), (0, 0))
    assert Runde.objects.get().er_utkast
    assert not Utsending.objects.exists()


def test_where_one_kommune_fails_the_others_have_their_rounds(
    kommune, tjeneste, monkeypatch
):
    annen = TjenesteFactory(svaransvarlig="ute@annen.example").kommune

    def lager(kommunen, *args, **kwargs):
        if kommunen == kommune:
            raise RuntimeError("broken")
        return lag_runde(kommunen, *args, **kwargs)

    monkeypatch.setattr("tiltak.runder.lop.lag_runde", lager)
    with pytest.raises(ExceptionGroup, match="some rounds failed"):
        lag_planlagte(date(2026, 1, 28))

    assert Runde.objects.get().kommune == annen


def test_who_did_not_answer_is_asked_anew_by_another_link(kommune, tjeneste):
    runde = sendt(kommune)
    tjeneste.svaransvarlig = "ny@kommunen.no"
    tjeneste.save()
    gammel = lenkene(Utsending.objects.get())[0]

    assert send_pa_nytt(runde.foresporsler.get())

    ny = Utsending.objects.get(til="ny@kommunen.no")
    assert Client().get(gammel).status_code == 404
    assert Client().get(lenkene(ny)[0]).status_code == 200


def test_who_answers_instead_is_asked_in_the_same_round(kommune, tjeneste, koordinator):
    runde = sendt(kommune)
    rad = runde.foresporsler.get()
    rad.svar, rad.hvordan, rad.besvart = "ikke_ansvar", "lenke", timezone.now()
    rad.save()
    siden = reverse("tiltak:runde", args=["lillestrom", runde.pk])
    assert "Finn ut hvem som svarer nå" in Lest(koordinator.get(siden)).tekst
    tjeneste.svaransvarlig = "ny@kommunen.no"
    tjeneste.save()

    adresse = reverse("tiltak:foresporsel_pa_nytt", args=["lillestrom", rad.pk])
    koordinator.post(adresse)

    assert Utsending.objects.filter(til="ny@kommunen.no").exists()
    assert not runde.foresporsler.get().er_besvart
    assert "0 av 1 har svart." in Lest(koordinator.get(siden)).tekst


def test_who_keeps_the_tjeneste_is_told_that_it_is_asked(kommune, tjeneste):
    runde = sendt(kommune)
    egen = innlogget(TjenesteredaktorFactory(tjeneste=tjeneste).bruker)
    andres = innlogget(
        TjenesteredaktorFactory(tjeneste=TjenesteFactory(kommune=kommune)).bruker
    )
    flaten, ord_ = "/lillestrom/arbeidsflate/", f"Stemmer det som står om {tjeneste}?"

    assert ord_ in Lest(egen.get(flaten)).tekst
    assert ord_ not in Lest(andres.get(flaten)).tekst
    stemmer(egen, tjeneste)
    assert ord_ not in Lest(egen.get(flaten)).tekst
    assert runde.foresporsler.get(tjeneste=tjeneste).svar == "stemmer"


# Words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dager", "ventet"),
    [
        (0, "Bekreftet i"),
        (183, "Bekreftet i"),
        (184, "Bør bekreftes"),
        (365, "Bør bekreftes"),
        (366, "Ikke bekreftet på over ett år"),
    ],
)
def test_how_long_ago_it_was_is_said(dager, ventet, tjeneste, client):
    BekreftelseFactory(
        kontaktpunkt=tjeneste.kontaktpunkter.get(),
        dato=timezone.localdate() - timedelta(days=dager),
    )

    assert ventet in Lest(client.get(tjeneste.get_absolute_url())).tekst


def test_another_number_is_not_confirmed_by_what_was_said_of_the_first(tjeneste):
    punkt = tjeneste.kontaktpunkter.get()
    BekreftelseFactory(kontaktpunkt=punkt)

    def bekreftet():
        return Kontaktpunkt.objects.med_bekreftet().get(pk=punkt.pk).bekreftet

    assert bekreftet() == timezone.localdate()
    punkt.verdi = "33 33 33 33"
    punkt.save()
    assert bekreftet() is None
    punkt.verdi = "22 22 22 22"
    punkt.save()
    assert bekreftet() == timezone.localdate()


def test_a_round_of_a_kommune_may_be_one_a_week(kommune):
    assert lag_runde(kommune, FEBRUAR) == lag_runde(kommune, date(2026, 2, 8))
    assert RundeFactory(kommune=kommune).pk is not None


# What it costs ----------------------------------------------------------------------------


def kostnad(klient, adresse):
    """How many queries the page has once all is warm, and its bytes."""
    klient.get(adresse)
    with CaptureQueriesContext(connection) as sporringer:
        svar = klient.get(adresse)
    assert svar.status_code == 200
    return len(sporringer), len(svar.content)


def test_the_page_of_twelve_contacts_is_small_and_costs_as_that_of_one(tjeneste):
    klient, _lenke = med_lenke(tjeneste)
    omrade = InnsatsomradeFactory(plan__kommune=tjeneste.kommune)

    def et_tiltak(nummer):
        sted = PlasseringFactory(innsatsomrade=omrade, nummer=nummer)
        AnsvarFactory(tiltak=sted.tiltak, tjeneste=tjeneste)

    et_tiltak(1)
    for_en, _bytes = kostnad(klient, side(tjeneste))
    KontaktpunktFactory.create_batch(11, tjeneste=tjeneste, instruks="be om vakta " * 9)
    for nummer in range(2, 12):
        et_tiltak(nummer)

    for_tolv, antall_bytes = kostnad(klient, side(tjeneste))
    stemmer(klient, tjeneste)

    assert for_tolv == for_en
    assert antall_bytes <= 60_000
    assert Bekreftelse.objects.count() == 12


@pytest.mark.parametrize("hva", ["runde", "forslag", "kontaktmote"])
def test_the_pages_of_the_coordinator_cost_the_same_for_one_and_three(
    hva, kommune, tjeneste, koordinator
):
    runde = RundeFactory(kommune=kommune)

    def en_til(tjeneste):
        ForesporselFactory(tjeneste=tjeneste, runde=runde, epost="x@kommunen.no")
        EndringsforslagFactory(
            tjeneste=tjeneste, kontaktpunkt=tjeneste.kontaktpunkter.get()
        )

    args = [kommune.slug, runde.pk] if hva == "runde" else [kommune.slug]
    adresse = reverse(f"tiltak:{hva}", args=args)
    en_til(tjeneste)
    for_en, _bytes = kostnad(koordinator, adresse)
    for punkt in KontaktpunktFactory.create_batch(2, tjeneste__kommune=kommune):
        en_til(punkt.tjeneste)

    assert kostnad(koordinator, adresse)[0] == for_en


# The coordinator's ------------------------------------------------------------------------


def i_motet(koordinator, kommune, tjeneste):
    """Opens the page of the meeting; returns what presses the button of a tjeneste."""
    motet = koordinator.get(reverse("tiltak:kontaktmote", args=[kommune.slug]))
    sett = [t.sett for t in motet.context["gjenstar"] if t == tjeneste]
    adresse = reverse("tiltak:kontaktmote_stemmer", args=[kommune.slug, tjeneste.pk])
    return lambda: koordinator.post(adresse, {"sett": sett})


def test_in_a_meeting_all_of_a_tjeneste_is_confirmed_by_one_press(
    kommune, tjeneste, koordinator
):
    KontaktpunktFactory(tjeneste=tjeneste, synlighet="koordinator")
    foresporsel = ForesporselFactory(tjeneste=tjeneste)
    naboens = KontaktpunktFactory(tjeneste__kommune=KommuneFactory()).tjeneste

    svar = [i_motet(koordinator, kommune, t) for t in (tjeneste, naboens)]
    svar = [trykk().status_code for trykk in svar]

    foresporsel.refresh_from_db()
    assert svar == [302, 404]
    assert (foresporsel.svar, foresporsel.hvordan) == ("stemmer", "mote")
    bekreftet = Bekreftelse.objects.values_list("hvordan", "kontaktpunkt__tjeneste")
    assert list(bekreftet) == 2 * [("mote", tjeneste.pk)]


def test_in_a_meeting_only_what_was_read_out_is_confirmed(
    kommune, tjeneste, koordinator
):
    trykk = i_motet(koordinator, kommune, tjeneste)
    punkt = tjeneste.kontaktpunkter.get()
    punkt.verdi = "33 33 33 33"
    punkt.save()

    svar = trykk()

    assert "Noen endret noe mens du leste" in Lest(koordinator.get(svar.url)).tekst
    assert Bekreftelse.objects.count() == 0
    i_motet(koordinator, kommune, tjeneste)()
    assert Bekreftelse.objects.get().verdi == "33 33 33 33"


def test_in_a_meeting_what_somebody_would_have_otherwise_waits_still(
    kommune, tjeneste, koordinator
):
    annet = KontaktpunktFactory(tjeneste=tjeneste, verdi="44 44 44 44")
    EndringsforslagFactory(tjeneste=tjeneste, kontaktpunkt=annet)
    foresporsel = ForesporselFactory(tjeneste=tjeneste)

    svar = i_motet(koordinator, kommune, tjeneste)()

    assert "venter på deg under «Forslag»" in Lest(koordinator.get(svar.url)).tekst
    foresporsel.refresh_from_db()
    assert foresporsel.svar == "endringer"
    assert [b.verdi for b in Bekreftelse.objects.all()] == ["22 22 22 22"]


def test_the_round_says_who_answered_and_whose_mail_did_not_arrive(
    kommune, tjeneste, koordinator
):
    svarte = TjenesteFactory(
        kommune=kommune, navn="Biblioteket", svaransvarlig="bib@kommunen.no"
    )
    TjenesteFactory(kommune=kommune, navn="Uten adresse")
    runde = sendt(kommune)
    rad = runde.foresporsler.get(tjeneste=svarte)
    rad.svar, rad.besvart, rad.hvordan = "stemmer", timezone.now(), "lenke"
    rad.save()
    Utsending.objects.filter(til="ute@kommunen.no").update(
        tilstand="avvist", grunn="adresse", tekst="", html=""
    )

    svar = koordinator.get(reverse("tiltak:runde", args=[kommune.slug, runde.pk]))

    tekst = Lest(svar).tekst
    assert "1 av 3 har svart" in tekst
    assert "kom ikke fram (adressen finnes ikke)" in tekst
    assert "ingen adresse å spørre på" in tekst
    assert [rad.tjeneste for rad in svar.context["besvarte"]] == [svarte]


def test_what_nobody_answered_in_two_rounds_is_said_openly(tjeneste, client):
    i_gar = timezone.localdate() - timedelta(days=1)

    def siden():
        return Lest(client.get(tjeneste.get_absolute_url())).tekst

    sagt = ["Ikke bekreftet" in siden()]
    for _runde in range(2):
        ForesporselFactory(
            tjeneste=tjeneste,
            runde=RundeFactory(kommune=tjeneste.kommune, frist=i_gar),
        )
        cache.clear()
        sagt.append("Ikke bekreftet" in siden())

    assert sagt == [False, False, True]


@pytest.mark.parametrize("slag", ["nytt", "ansvar"])
def test_who_answers_late_ends_what_was_said_of_them_at_once(slag, tjeneste, client):
    i_gar = timezone.localdate() - timedelta(days=1)
    runder = RundeFactory.create_batch(2, kommune=tjeneste.kommune, frist=i_gar)
    rader = [ForesporselFactory(tjeneste=tjeneste, runde=runde) for runde in runder]
    cache.clear()
    for_ = Lest(client.get(tjeneste.get_absolute_url())).tekst
    lenke = SvarlenkeFactory(foresporsel=rader[0])

    foresla(Svarer(tjeneste, lenke=lenke), slag, innhold={"type": "telefon"})

    etter = Lest(client.get(tjeneste.get_absolute_url())).tekst
    sagt = ["Ikke bekreftet" in tekst for tekst in (for_, etter)]
    assert sagt == [True, False]
