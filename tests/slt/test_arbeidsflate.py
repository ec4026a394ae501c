"""Where somebody who works in a kommune begins: what waits, what is to come, what changed;
each role its own, and nobody that of another kommune."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluering.models import Anbefalingssvar
from slt.felles.arbeidsflate import BIDRAG
from slt.grunn.historikk import Dor, spor
from slt.models import Tilgang, Tilgangslenke
from tests.conftest import innlogget
from tests.factories import (
    AnbefalingFactory,
    AnsvarFactory,
    BekreftelseFactory,
    BrukerFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    FunnFactory,
    HandlingsplanFactory,
    HoringFactory,
    IndikatorFactory,
    InnspillFactory,
    KapittelFactory,
    KildeFactory,
    KommuneFactory,
    KontaktpunktFactory,
    MoteFactory,
    MotefriFactory,
    PlanleserFactory,
    PlasseringFactory,
    TilgangFactory,
    TilgangslenkeFactory,
    TiltakFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
    TjenesteredaktorFactory,
    UtkastFactory,
)
from tests.lest import Lest
from tiltak.models import Lenke

FLATEN = "/lillestrom/arbeidsflate/"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


@pytest.fixture
def plan(kommune):
    """A plan that holds, with nothing to do."""
    plan = HandlingsplanFactory(kommune=kommune)
    tiltak = PlasseringFactory(innsatsomrade__plan=plan).tiltak
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    BekreftelseFactory(
        kontaktpunkt__tjeneste=tjeneste, kontaktpunkt__verdi="22 22 22 22"
    )
    AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    return plan


def bekreftet_for_lenge_siden(punkt):
    rad = punkt.bekreftelser.get()
    rad.dato -= timedelta(days=200)
    rad.save()


def som(rolle, kommune):
    return innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)


def lest(klient):
    svar = klient.get(FLATEN)
    assert svar.status_code == 200
    return Lest(svar)


def venter(klient):
    return [
        (linje.tekst, linje.adresse) for linje in klient.get(FLATEN).context["venter"]
    ]


def test_nothing_waits_where_nothing_does(plan, koordinator):
    assert venter(koordinator) == []
    assert "Ingenting venter på deg nå." in lest(koordinator).tekst


def test_what_waits_for_the_coordinator_leads_to_where_it_is_done(
    plan, kommune, koordinator
):
    PlasseringFactory(innsatsomrade=plan.innsatsomrader.get(), nummer=2)
    KapittelFactory(plan=plan, publisert=False)
    utkast = UtkastFactory(kommune=kommune, fra_ar=2029, til_ar=2032)
    InnspillFactory(plan=utkast)
    InnspillFactory(plan=utkast, vurdering="folges", svar="Ja.")
    horing = HoringFactory(plan=utkast)
    punkt = plan.kommune.tjenester.get().kontaktpunkter.get()
    bekreftet_for_lenge_siden(punkt)
    naboen = ForumskommuneFactory(kommune=kommune, godtatt=None, forum__navn="Felles")
    frist = f"{horing.til.day}."

    linjer = dict(venter(koordinator))

    assert linjer == {
        "1 innspill til SLT-planen 2029–2032 venter på svar": (
            "/lillestrom/2029-2032/innspill/"
        ),
        next(t for t in linjer if "er på høring til" in t): "/lillestrom/2029-2032/",
        "Utkast: SLT-planen 2029–2032 med 0 tiltak. Se hva som mangler før det "
        "behandles": "/lillestrom/2029-2032/mangler/",
        "1 ting i SLT-planen 2024–2028 er ikke publisert": (
            "/lillestrom/2024-2028/upublisert/"
        ),
        "1 tiltak i SLT-planen 2024–2028 har ikke avklart ansvar": (
            "/lillestrom/2024-2028/mangler/#ansvar"
        ),
        "1 tjeneste har kontakter som bør bekreftes": (
            "/lillestrom/endre/kontakter/mote/"
        ),
        f"{naboen.forum.kommune} inviterer dere til Felles": "/lillestrom/moter/",
    }
    assert any(frist in tekst for tekst in linjer if "høring" in tekst)
    for adresse in linjer.values():
        side, _, stedet = adresse.partition("#")
        svar = koordinator.get(side or FLATEN)
        assert (adresse, svar.status_code) == (adresse, 200)
        assert f'id="{stedet}"' in svar.text or not stedet


def test_the_next_six_weeks_with_what_is_in_the_way(plan, kommune, koordinator):
    forum = ForumFactory(kommune=kommune, navn="Politirådet")
    na = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0)
    for dager in (3, 60):
        start = na + timedelta(days=dager)
        MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))

    kommer = koordinator.get(FLATEN).context["kommer"]

    assert [(h.tekst, h.adresse) for h in kommer] == [
        ("Politirådet", forum.get_absolute_url())
    ]


def test_what_was_changed_last_and_by_whom(plan, kommune, koordinator):
    with spor(Dor.SKJEMA, bruker=koordinator.bruker):
        tiltak = plan.tiltak.get()
        tiltak.tittel = "Natteravner"
        tiltak.save()
    nabo = HandlingsplanFactory(tittel="Naboens plan")
    with spor(Dor.SKJEMA, bruker=koordinator.bruker):
        nabo.ingress = "Endret"
        nabo.save()

    [endring] = koordinator.get(FLATEN).context["endringer"]

    assert endring.hva == "Tiltak: Natteravner"
    assert (endring.hvordan, endring.aktor) == ("endret", str(koordinator.bruker))


def test_what_was_changed_together_is_one_line_by_what_stands_highest(
    plan, koordinator
):
    with spor(Dor.SKJEMA, bruker=koordinator.bruker):
        for nr in range(3):
            tiltak = PlasseringFactory(
                innsatsomrade=plan.innsatsomrader.get(), nummer=nr + 2
            ).tiltak
            Lenke.objects.create(
                tiltak=tiltak, tittel="A mer", adresse="https://example.org/"
            )

    endringer = koordinator.get(FLATEN).context["endringer"]

    assert [(e.hva.split(":")[0], e.flere) for e in endringer] == [
        ("Tiltak", "og 8 rader til")
    ]
    assert "lagt til og 8 rader til, " in lest(koordinator).tekst


def test_each_reads_the_plans_that_they_see(plan, kommune, koordinator):
    UtkastFactory(kommune=kommune, fra_ar=2029, til_ar=2032)

    ansattes = lest(som(Tilgang.Rolle.ANSATT, kommune)).lenker
    koordinators = lest(koordinator).lenker

    for slug, leses in (("2024-2028", True), ("2029-2032", False)):
        for side in ("", "plan.pdf", "plan-kort.pdf"):
            adresse = f"/lillestrom/{slug}/{side}"
            assert any(a == adresse for a, _tekst in koordinators)
            assert any(a == adresse for a, _tekst in ansattes) is leses
    # Of a draft, nothing was decided yet from which it could differ.
    sider = [a for a, _tekst in koordinators if a.endswith("/endringer/")]
    assert sorted(sider) == [
        "/lillestrom/2024-2028/endringer/",
        "/lillestrom/endringer/",
    ]


def test_what_has_no_name_is_called_after_what_it_is_part_of(plan, koordinator):
    tiltak = plan.tiltak.get()
    ansvar = tiltak.ansvar.get()
    with spor(Dor.SKJEMA, bruker=koordinator.bruker):
        ansvar.rolle = "medansvarlig"
        ansvar.save()

    [endring] = koordinator.get(FLATEN).context["endringer"]

    assert (endring.hva, endring.hvordan) == (f"Ansvar: {tiltak.tittel}", "endret")


def test_one_who_is_new_is_told_where_to_begin(kommune, koordinator):
    svar = koordinator.get(FLATEN)

    assert [status.steg.nokkel for status in svar.context["begynn"]] == [
        "kommunen",
        "startsett",
        "plan",
    ]
    assert Lest(svar).adresser("/lillestrom/start/") == ["/lillestrom/start/"]


def test_others_are_not_told_what_to_begin_with(kommune):
    for rolle in (Tilgang.Rolle.POLITIRAD, Tilgang.Rolle.ANSATT):
        assert som(rolle, kommune).get(FLATEN).context["begynn"] == []


@pytest.mark.parametrize("ut", ["https://ond.example/", "//ond.example/", ""])
def test_choosing_a_kommune_leads_nowhere_else(ut, kommune, koordinator):
    valg = {"kommune": kommune.pk, "next": ut}

    svar = koordinator.post(reverse("admin:velg_kommune"), valg)

    assert svar.headers["Location"] == reverse("admin:index")


# What is lacking --------------------------------------------------------------------------


def mangler(koordinator):
    """{group on the page of what is lacking: how much the arbeidsflate says of it}."""
    return {
        adresse.partition("#")[2]: int(tekst.split()[0])
        for tekst, adresse in venter(koordinator)
        if "/mangler/#" in adresse
    }


def test_of_a_tiltak_with_parts_they_say_who_answers(plan, koordinator):
    """As the page of what is lacking counts it."""
    hele = PlasseringFactory(
        innsatsomrade=plan.innsatsomrader.get(), nummer=2, tiltak__tittel="Hele"
    ).tiltak
    med, uten = (
        TiltakFactory(plan=plan, overordnet=hele, tittel=t) for t in ("En", "To")
    )
    AnsvarFactory(tiltak=med, tjeneste=kommunens(plan))
    TiltakFactory(plan=plan, overordnet=hele, status="avsluttet")
    assert mangler(koordinator) == {"ansvar": 1}
    siden = koordinator.get("/lillestrom/2024-2028/mangler/").context["mangler"]
    [gruppe] = [g for g in siden if g.nokkel == "ansvar"]
    assert [rad.tittel for rad in gruppe.rader] == [uten.tittel]

    AnsvarFactory(tiltak=hele, tjeneste=kommunens(plan))

    assert mangler(koordinator) == {}


def kommunens(plan):
    return plan.kommune.tjenester.get()


def test_a_tiltak_lacks_a_contact_that_readers_reach(plan, koordinator):
    ansvar = plan.tiltak.get().ansvar.get()
    punkt = kommunens(plan).kontaktpunkter.get()
    assert mangler(koordinator) == {}
    skjult = KontaktpunktFactory(
        tjeneste=punkt.tjeneste, verdi="33 33 33 33", synlighet="koordinator"
    )
    ansvar.velg_kontaktpunkter([skjult])
    assert mangler(koordinator) == {"kontakt": 1}
    ansvar.velg_kontaktpunkter([skjult, punkt])
    assert mangler(koordinator) == {}
    ansvar.velg_kontaktpunkter([])
    punkt.hoved = False
    punkt.save()
    assert mangler(koordinator) == {"kontakt": 1}
    punkt.tjeneste.nedlagt = timezone.localdate()
    punkt.tjeneste.save()
    assert mangler(koordinator) == {}


def test_a_clash_in_the_plan_of_meetings_waits(plan, kommune, koordinator):
    start = timezone.now() + timedelta(days=3)
    for navn in ("Ett", "To"):
        forum = ForumFactory(kommune=kommune, navn=navn)
        ForumsmedlemFactory(forum=forum, bruker=koordinator.bruker)
        MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))

    assert (
        "2 møter de neste seks ukene kolliderer med noe",
        "/lillestrom/moteplan/",
    ) in venter(koordinator)
    merknader = [h.merknad for h in koordinator.get(FLATEN).context["kommer"]]
    assert all("samtidig med" in merknad for merknad in merknader)
    assert len(merknader) == 2


def test_a_day_without_meetings_is_in_the_way(plan, kommune, koordinator):
    start = timezone.now() + timedelta(days=10)
    dag = timezone.localdate(start)
    MotefriFactory(kommune=kommune, navn="Planleggingsdag", fra=dag, til=dag)
    MoteFactory(
        forum__kommune=kommune, start=start, slutt=start + timedelta(minutes=30)
    )

    [hendelse] = koordinator.get(FLATEN).context["kommer"]

    assert "Planleggingsdag" in hendelse.merknad


def test_what_is_known_waits_for_an_answer_and_to_be_published(
    plan, kommune, koordinator
):
    kilde = KildeFactory(kommune=kommune)
    for felt in ({}, {"ikke_fulgt_opp": "For dyrt."}, {"annen_oppfolging": "I råd."}):
        AnbefalingFactory(kilde=kilde, publisert=True, **felt)
        FunnFactory(kilde=kilde, publisert=True, **felt)
    besvart = AnbefalingFactory(kilde=kilde)
    Anbefalingssvar.objects.create(anbefaling=besvart, tiltak=plan.tiltak.get())
    FunnFactory(kilde=kilde, krever_svar=False)
    IndikatorFactory(kommune=kommune, kilde=kilde)
    AnbefalingFactory(kilde__kommune=KommuneFactory())

    assert venter(koordinator) == [
        (
            "1 funn er ikke besvart, verken med tiltak eller med en grunn",
            "/lillestrom/kunnskap/#hull",
        ),
        (
            "1 anbefaling er ikke besvart, verken med tiltak eller med en grunn",
            "/lillestrom/kunnskap/#hull",
        ),
        ("1 funn er ikke publisert", "/lillestrom/kunnskap/#skjult"),
        ("1 anbefaling er ikke publisert", "/lillestrom/kunnskap/#skjult"),
        ("1 indikator er ikke publisert", "/lillestrom/indikatorer/"),
    ]
    assert venter(som(Tilgang.Rolle.ANSATT, kommune)) == []


# Others than the coordinator --------------------------------------------------------------


def avsnitt(klient):
    """{heading: {what it is: [(text, address)]}} of what there is to read and look up."""
    return {
        a.tittel: {
            hva: [(linje.tekst, linje.adresse) for linje in lenker]
            for hva, lenker in a.rader
        }
        for a in klient.get(FLATEN).context["leses"]
    }


def test_the_coordinator_finds_every_number(plan, kommune, koordinator):
    punkt = kommunens(plan).kontaktpunkter.get()
    KontaktpunktFactory(tjeneste__nedlagt=timezone.localdate())
    KontaktpunktFactory()

    alle = avsnitt(koordinator)["Rett et telefonnummer eller en adresse"]

    assert alle == {
        "Utekontakten": [
            ("Telefon 22 22 22 22", f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/")
        ]
    }
    assert "bør bekreftes" not in lest(koordinator).tekst
    bekreftet_for_lenge_siden(punkt)
    assert "Utekontakten (bør bekreftes): Telefon" in lest(koordinator).tekst


def test_a_long_way_to_make_contact_is_cut(plan, kommune, koordinator):
    KontaktpunktFactory(
        tjeneste=kommunens(plan), type="fremgangsmate", verdi="Spør rektor " * 20
    )

    alle = avsnitt(koordinator)["Rett et telefonnummer eller en adresse"]

    [tekst] = [
        tekst
        for lenker in alle.values()
        for tekst, _adresse in lenker
        if tekst.startswith("Fremgangsmåte")
    ]
    assert tekst.startswith("Fremgangsmåte Spør rektor Spør rektor")
    assert tekst.endswith("…")
    assert len(tekst) < 70


def test_the_politirad_finds_the_drafts(plan, kommune):
    UtkastFactory(kommune=kommune, fra_ar=2029, til_ar=2032)

    rad = som(Tilgang.Rolle.POLITIRAD, kommune)

    assert venter(rad) == [
        ("Utkast å lese: SLT-planen 2029–2032", "/lillestrom/2029-2032/")
    ]
    assert rad.get(FLATEN).context["endringer"] == []
    assert "Administrasjon" not in lest(rad).tekst


def test_an_editor_finds_the_contacts_to_confirm(plan, kommune):
    tjeneste = kommune.tjenester.get()
    gammelt = KontaktpunktFactory(tjeneste=tjeneste, verdi="33 33 33 33")
    KontaktpunktFactory(tjeneste=TjenesteFactory(kommune=kommune), verdi="44 44 44 44")
    redaktor = innlogget(TjenesteredaktorFactory(tjeneste=tjeneste).bruker)

    [(tekst, adresse)] = venter(redaktor)

    assert "Utekontakten" in tekst
    assert "33 33 33 33" in tekst
    assert adresse == f"/lillestrom/endre/kontaktpunkter/{gammelt.pk}/"
    assert redaktor.get(adresse).status_code == 200


def svarside(tjeneste):
    return ("alt som står om den, til å bekrefte", f"/lillestrom/svar/{tjeneste.pk}/")


def test_an_editor_finds_own_tjenester(plan, kommune):
    tjeneste = kommunens(plan)
    tiltak = plan.tiltak.get()
    TiltakFactory(plan=plan, overordnet=tiltak, tittel="Deltiltak")
    AnsvarFactory(tiltak=tiltak.deltiltak.get(), tjeneste=tjeneste)
    utkast = UtkastFactory(kommune=kommune, fra_ar=2029, til_ar=2032)
    AnsvarFactory(
        tiltak=PlasseringFactory(innsatsomrade__plan=utkast).tiltak, tjeneste=tjeneste
    )
    tom = TjenesteFactory(kommune=kommune, navn="Ætten")
    redaktor = innlogget(TjenesteredaktorFactory(tjeneste=tjeneste).bruker)
    TjenesteredaktorFactory(tjeneste=tom, bruker=redaktor.bruker)
    punkt = tjeneste.kontaktpunkter.get()

    sett = avsnitt(redaktor)

    sted = tiltak.get_absolute_url()
    assert list(sett) == ["Utekontakten", "Ætten", "Planene"]
    assert sett["Utekontakten"] == {
        "Rett": [
            ("Telefon 22 22 22 22", f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/")
        ],
        "Tiltak": sorted([("Deltiltak", sted), (tiltak.tittel, sted)]),
        "Se": [
            ("tjenestens side", "/lillestrom/tjenester/utekontakten/"),
            svarside(tjeneste),
            (
                "tiltakene i 2024–2028 som PDF",
                "/lillestrom/2024-2028/plan.pdf?tjeneste=utekontakten",
            ),
        ],
    }
    assert sett["Ætten"] == {
        "Rett": [("ingen kontakter er lagt inn", "")],
        "Tiltak": [("ingen i planene som gjelder", "")],
        "Se": [("tjenestens side", tom.get_absolute_url()), svarside(tom)],
    }
    for adresse in (sted, "/lillestrom/tjenester/utekontakten/"):
        assert redaktor.get(adresse).status_code == 200
    assert "Utekontakten" not in avsnitt(som(Tilgang.Rolle.ANSATT, kommune))


def test_a_member_finds_own_fora_and_their_meetings(plan, kommune):
    eget, annet = (ForumFactory(kommune=kommune, navn=n) for n in ("Eget", "Annet"))
    start = timezone.now() + timedelta(days=3)
    for forum in (eget, annet):
        MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))
    medlem = innlogget(ForumsmedlemFactory(forum=eget, bruker=BrukerFactory()).bruker)

    assert [h.tekst for h in medlem.get(FLATEN).context["kommer"]] == ["Eget"]
    assert avsnitt(medlem)["Foraene dine"] == {
        "Du sitter i": [("Eget", eget.get_absolute_url())],
        "Få møtene": [("i din egen kalender", "/konto/kalender/")],
    }
    ansatt = som(Tilgang.Rolle.ANSATT, kommune)
    assert "Foraene dine" not in avsnitt(ansatt)
    assert "Ingen møter for deg i disse ukene." in lest(ansatt).tekst


def test_the_politirad_finds_its_own_meetings(plan, kommune):
    start = timezone.now() + timedelta(days=3)
    for navn, niva in (("Rådet", "styrende"), ("Gruppa", "utforende")):
        forum = ForumFactory(kommune=kommune, navn=navn, niva=niva)
        MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))

    rad = som(Tilgang.Rolle.POLITIRAD, kommune)

    assert [h.tekst for h in rad.get(FLATEN).context["kommer"]] == ["Rådet"]


def test_who_reads_a_draft_learns_until_when(plan, kommune):
    utkast = UtkastFactory(kommune=kommune, fra_ar=2029, til_ar=2032)
    horing = HoringFactory(plan=utkast)
    sete = ForumsmedlemFactory(forum__kommune=kommune, bruker=BrukerFactory())
    PlanleserFactory(forum=sete.forum, plan=utkast)

    [(tekst, adresse)] = venter(innlogget(sete.bruker))

    assert tekst.startswith("Utkast å lese: SLT-planen 2029–2032. Si hva du mener")
    assert f"innen {horing.til.day}." in tekst
    assert adresse == "/lillestrom/2029-2032/"


def test_nobody_else_gets_in(plan, kommune, nabo, client):
    assert client.get(FLATEN).status_code == 302
    assert nabo.get(FLATEN).status_code == 404
    assert innlogget(BrukerFactory()).get(FLATEN).status_code == 404
    i_gar = timezone.localdate() - timedelta(days=1)
    var = TilgangFactory(kommune=kommune, fra=i_gar, til=i_gar)
    assert innlogget(var.bruker).get(FLATEN).status_code == 404


def test_the_head_of_every_page_leads_there_for_those_who_have_one(
    plan, kommune, nabo, koordinator
):
    TilgangslenkeFactory(kommune=kommune, avtrykk=Tilgangslenke.avtrykk_av("hemmelig"))
    gjest = Client()
    gjest.post(reverse("tilgangslenke", args=["hemmelig"]))
    ansatt = som(Tilgang.Rolle.ANSATT, kommune)

    # Whoever asks first, and may see the same: it is not in what is kept.
    for klient, leder in [
        (gjest, False),
        (ansatt, True),
        (Client(), False),
        (koordinator, True),
        (nabo, False),
        (gjest, False),
    ]:
        siden = klient.get("/lillestrom/tjenester/").text
        assert (f'href="{FLATEN}"' in siden) is leder


@pytest.mark.parametrize(
    ("roller", "dit"), [(1, FLATEN), (0, "/konto/"), (2, "/konto/")]
)
def test_one_lands_there_after_logging_in(roller, dit, plan, kommune, nabokommune):
    bruker = BrukerFactory()
    for hos in (kommune, nabokommune)[:roller]:
        TilgangFactory(bruker=bruker, kommune=hos)

    assert innlogget(bruker).get(reverse("inn")).headers["Location"] == dit


@pytest.mark.parametrize(
    ("rolle", "dit"),
    [(Tilgang.Rolle.KOORDINATOR, "/lillestrom/start/"), (Tilgang.Rolle.ANSATT, FLATEN)],
)
def test_who_keeps_a_kommune_without_a_plan_lands_where_it_begins(rolle, dit, kommune):
    UtkastFactory(kommune=kommune)

    assert som(rolle, kommune).get(reverse("inn")).headers["Location"] == dit


def test_who_keeps_one_whose_plan_is_over_does_not_begin_anew(kommune, koordinator):
    HandlingsplanFactory(kommune=kommune, status="avlost")

    assert koordinator.get(reverse("inn")).headers["Location"] == FLATEN


def fyll(kommune, bruker, antall):
    """So many of all that the page tells of."""
    tjeneste = TjenesteFactory(kommune=kommune)
    TjenesteredaktorFactory(tjeneste=tjeneste, bruker=bruker)
    kilde = KildeFactory(kommune=kommune)
    for nr in range(antall):
        utkast = UtkastFactory(
            kommune=kommune, fra_ar=2030 + 3 * nr, til_ar=2031 + 3 * nr
        )
        InnspillFactory.create_batch(antall, plan=utkast)
        PlasseringFactory(innsatsomrade__plan=utkast)
        KontaktpunktFactory(tjeneste__kommune=kommune)
        gjeldende = kommune.planer.get(slug="2024-2028").innsatsomrader.get()
        tiltak = PlasseringFactory(innsatsomrade=gjeldende, nummer=10 + nr).tiltak
        AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
        forum = ForumFactory(kommune=kommune, niva="styrende")
        ForumsmedlemFactory(forum=forum, bruker=bruker, funksjon=f"Leder {nr}")
        ForumskommuneFactory(kommune=kommune, godtatt=None)
        TjenestekommuneFactory(kommune=kommune, godtatt=None)
        TjenestekommuneFactory(kommune=kommune).delete()
        start = timezone.now() + timedelta(days=3 + nr)
        MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))
        MotefriFactory(kommune=kommune, fra=start.date(), til=start.date())
        FunnFactory(kilde=kilde)
        AnbefalingFactory(kilde=kilde)
        with spor(Dor.SKJEMA, bruker=bruker):
            tiltak.tittel = f"Natteravner {nr}"
            tiltak.save()


# Who asks and in which kommune; for the coordinator what was changed last; and of each app
# what it says, which the menu and the acute strip are made of, too; the documents on
# their way in, and the mail that did not arrive.
SPORRINGER = {"koordinator": 14, "politirad": 11, "ansatt": 11, None: 11}


@pytest.mark.parametrize("rolle", SPORRINGER)
@pytest.mark.parametrize("antall", [1, 3])
def test_it_costs_the_same_for_one_and_three(antall, rolle, plan, kommune):
    bruker = BrukerFactory()
    if rolle:
        TilgangFactory(kommune=kommune, bruker=bruker, rolle=rolle)
    fyll(kommune, bruker, antall)
    klient = innlogget(bruker)
    klient.get(FLATEN)

    with CaptureQueriesContext(connection) as fanget:
        svar = klient.get(FLATEN)

    assert svar.status_code == 200
    assert len(fanget) == SPORRINGER[rolle] <= 6 + 2 * len(BIDRAG)


def test_an_empty_kommune_costs_no_more(kommune, koordinator):
    koordinator.get(FLATEN)

    with CaptureQueriesContext(connection) as fanget:
        koordinator.get(FLATEN)

    assert len(fanget) <= 6 + 2 * len(BIDRAG)


@pytest.mark.parametrize("side", ["/", "/konto/", "/lorenskog/tjenester/", "/borte/"])
def test_other_pages_lead_there_by_way_of_where_one_lands(
    side, plan, koordinator, nabokommune
):
    # With one that has something to read, the first page leads straight there.
    TjenesteFactory(kommune=nabokommune)

    assert f'href="{reverse("inn")}"' in koordinator.get(side).text
    assert f'href="{reverse("inn")}"' not in Client().get(side).text


def test_the_admin_leads_there(kommune, koordinator):
    assert f'href="{FLATEN}"' in koordinator.get("/admin/").text


def test_ones_own_page_leads_to_each(kommune, nabokommune):
    bruker = BrukerFactory()
    for hos in (kommune, nabokommune):
        TilgangFactory(bruker=bruker, kommune=hos, rolle=Tilgang.Rolle.ANSATT)

    lenker = Lest(innlogget(bruker).get("/konto/")).lenker

    for hos in (kommune, nabokommune):
        assert (
            reverse("arbeidsflate", args=[hos.slug]),
            f"Arbeidsflate: {hos}",
        ) in lenker


def test_who_writes_the_plan_finds_it_before_what_waits(plan, kommune, koordinator):
    politirad = som(Tilgang.Rolle.POLITIRAD, kommune)

    skrives, leses = lest(koordinator), lest(politirad)

    adresse = "/lillestrom/2024-2028/rediger/"
    assert (adresse, "skriv i planen") in skrives.lenker
    assert skrives.tekst.index("skriv i planen") < skrives.tekst.index("Dette venter")
    assert adresse not in [a for a, _tekst in leses.lenker]
    assert leses.tekst.index("Planene") > leses.tekst.index("Dette venter")


def test_no_meeting_soon_is_not_no_meeting_at_all(plan, kommune, koordinator):
    start = timezone.now() + timedelta(days=80)
    MoteFactory(
        forum__kommune=kommune, start=start, slutt=start + timedelta(minutes=30)
    )

    sagt = {
        rolle: lest(klient).tekst
        for rolle, klient in (
            ("koordinator", koordinator),
            ("politirad", som(Tilgang.Rolle.POLITIRAD, kommune)),
        )
    }

    assert "Ingen møter er lagt inn i disse ukene." in sagt["koordinator"]
    assert "Ingen møter for deg i disse ukene." in sagt["politirad"]
