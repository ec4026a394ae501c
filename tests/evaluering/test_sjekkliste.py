"""What a plan and the work around it should have: by the data where they know, and else by
what the kommune answers."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluering.models import Malsettingsindikator, Normsvar
from evaluering.norm.punkter import EGNE, GRUPPER, PUNKTER
from evaluering.norm.sjekkliste import antall_som_gjenstar, kapittel
from slt.models import Kommune, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnbefalingFactory,
    AnsvarFactory,
    BekreftelseFactory,
    EgenvurderingFactory,
    EvalueringFactory,
    ForumFactory,
    ForumskommuneFactory,
    ForumsmedlemFactory,
    FunnFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    KildeFactory,
    KommuneFactory,
    KontaktpunktFactory,
    MedvirkningFactory,
    MoteFactory,
    NormsvarFactory,
    PlasseringFactory,
    StatusrapportFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    UtkastFactory,
)
from tests.lest import Lest
from tests.skjemasvar import feil, send, sporringer
from tiltak.models import Malsetting, Styringsdokument

LISTEN = "/lillestrom/endre/sjekkliste/"
P = Normsvar.Punkt
I_AR = timezone.localdate().year


def svarene(kommune, **hvordan):
    return [
        svar for _tittel, punktene in kapittel(kommune, **hvordan) for svar in punktene
    ]


def tilstander(kommune):
    """{key: how the point stands}."""
    return {svar.punkt.nokkel: svar.tilstand for svar in svarene(kommune)}


def antall(kommune):
    rader = Kommune.objects.annotate(n=antall_som_gjenstar())
    return rader.get(pk=kommune.pk).n


def til(punkt):
    return reverse("evaluering:normsvar", args=["lillestrom", punkt])


@pytest.fixture
def plan(kommune):
    return HandlingsplanFactory(kommune=kommune, fra_ar=I_AR - 1, til_ar=I_AR + 1)


@pytest.fixture
def radet(kommune):
    return ForumFactory(kommune=kommune, type="politirad", niva="styrende")


# The points ---------------------------------------------------------------------------


def test_every_point_stands_in_one_group():
    i_gruppene = [p.punkt for _tittel, punktene in GRUPPER for p in punktene]

    assert sorted(i_gruppene) == sorted(P)
    assert len(PUNKTER) == 24


def test_what_the_data_know_is_mended_somewhere(kommune):
    steder = {s.punkt.nokkel for s in svarene(kommune) if s.rettes}

    assert steder == {p.nokkel for p in PUNKTER.values() if p.vet}


@pytest.mark.parametrize("har", ["ingenting", "utkast", "plan"])
def test_it_leads_a_coordinator_to_a_page_that_is_there(har, kommune, koordinator):
    if har == "utkast":
        UtkastFactory(kommune=kommune)
    if har == "plan":
        HandlingsplanFactory(kommune=kommune, fra_ar=I_AR - 1, til_ar=I_AR + 1)
        ForumFactory(kommune=kommune, type="politirad", niva="styrende")
        TjenesteFactory(kommune=kommune)
        IndikatorFactory(kommune=kommune)
    alle = svarene(kommune, rettes=True)
    adresser = [s.rettes for s in alle if s.rettes]
    adresser += [adresse for s in alle for _navn, adresse in s.hvilke]

    svar = {adresse: koordinator.get(adresse).status_code for adresse in adresser}

    assert {adresse: kode for adresse, kode in svar.items() if kode != 200} == {}
    # The front page of the kommune mends nothing.
    assert "/lillestrom/" not in svar


def test_it_leads_the_politirad_to_pages_that_it_may_read(plan, radet):
    rolle = Tilgang.Rolle.POLITIRAD
    politirad = innlogget(TilgangFactory(kommune=plan.kommune, rolle=rolle).bruker)
    adresser = {s.leses for s in svarene(plan.kommune) if s.leses}

    svar = {a: politirad.get(a, follow=True).status_code for a in adresser}

    assert "/lillestrom/tjenester/" in svar
    assert {adresse: kode for adresse, kode in svar.items() if kode != 200} == {}


def test_it_leads_to_the_plan_and_the_politirad_that_lack_something(plan, radet):
    rettes = {s.punkt.nokkel: s.rettes for s in svarene(plan.kommune)}

    planen = plan.get_absolute_url()
    assert rettes["plan_behandlet"] == f"{planen}registrer-behandling/"
    assert rettes["tiltak_har_ansvarlig"] == f"{planen}mangler/#ansvar"
    assert rettes["evaluering"].endswith(f"ny/?gjelder=midtveis-{plan.pk}")
    medlemmene = reverse("moter:forum_endre", args=["lillestrom", radet.pk])
    assert rettes["politirad_har_medlemmer"] == medlemmene
    assert rettes["politirad_motes"].endswith(f"?forum={radet.slug}")


def test_it_names_the_tjenester_that_nobody_can_reach(kommune, koordinator):
    nas, intern, uten = (
        TjenesteFactory(kommune=kommune, navn=navn) for navn in ("A", "B", "C")
    )
    TjenesteFactory(kommune=kommune, nedlagt=date(2020, 1, 1))
    TjenesteFactory()
    KontaktpunktFactory(tjeneste=nas)
    KontaktpunktFactory(tjeneste=intern, synlighet="ansatte")

    endre = "/lillestrom/endre/tjenester/"
    assert Lest(koordinator.get(LISTEN)).adresser(endre) == [
        f"{endre}{intern.pk}/",
        f"{endre}{uten.pk}/",
    ]


def test_of_many_some_are_named(kommune, koordinator):
    for nr in range(13):
        TjenesteFactory(kommune=kommune, navn=f"Tjeneste {nr:02}")

    listen = Lest(koordinator.get(LISTEN))

    assert len(listen.adresser("/lillestrom/endre/tjenester/")) == 10
    assert "Tjeneste 09 og 3 til." in listen.tekst


def test_a_kommune_with_nothing_lacks_all_that_the_data_know(kommune):
    funnet = tilstander(kommune)

    assert {funnet[p.nokkel] for p in PUNKTER.values() if p.vet} == {"mangler"}
    assert {funnet[nokkel] for nokkel in EGNE} == {"ubesvart"}
    assert antall(kommune) == 24


# {point: (makes it so, makes that it is so no longer)}.


def _plan(plan):
    plan.til_ar = plan.fra_ar = I_AR - 1
    plan.save()


def _behandlet(plan):
    plan.vedtaksform = "vedtatt"
    plan.save()


def _mal(plan):
    malsetting = Malsetting.objects.create(plan=plan, type="visjon", tekst="Trygt")
    indikator = IndikatorFactory(kommune=plan.kommune)
    Malsettingsindikator.objects.create(indikator=indikator, malsetting=malsetting)


def _avtale(plan):
    return Styringsdokument.objects.create(
        kommune=plan.kommune,
        tittel="Politirådsavtalen",
        art="avtale",
        parter="kommunen og politidistriktet",
    )


def _fora(plan):
    for niva in ("koordinerende", "utforende"):
        ForumFactory(kommune=plan.kommune, type="arbeidsgruppe", niva=niva)


HAR = {
    P.PLAN_BEHANDLET: _behandlet,
    P.MAL_SOM_MALES: _mal,
    P.KUNNSKAP_ER_NY: lambda plan: KildeFactory(kommune=plan.kommune, arstall=I_AR),
    P.EVALUERING: lambda plan: EvalueringFactory(plan=plan),
    P.BARN_OG_UNGE: lambda plan: MedvirkningFactory(
        kilde=None, plan=plan, gruppe="barn_og_unge"
    ),
    P.STATUS_SISTE_AR: lambda plan: StatusrapportFactory(tiltak__plan=plan),
    P.SAMARBEIDSAVTALE: _avtale,
    P.NIVAER: _fora,
    P.KOORDINATOR: lambda plan: TilgangFactory(kommune=plan.kommune),
}


@pytest.mark.parametrize("punkt", HAR)
def test_the_data_know_it(plan, punkt):
    for_ = tilstander(plan.kommune)[punkt]

    HAR[punkt](plan)

    assert (for_, tilstander(plan.kommune)[punkt]) == ("mangler", "har")


def test_a_plan_whose_years_are_over_does_not_hold(plan):
    for_ = tilstander(plan.kommune)[P.PLAN_GJELDER]
    _plan(plan)

    assert (for_, tilstander(plan.kommune)[P.PLAN_GJELDER]) == ("har", "mangler")


def test_each_tiltak_has_somebody_who_answers_for_it(plan):
    kommune = plan.kommune
    tiltak = PlasseringFactory(tiltak=TiltakFactory(plan=plan)).tiltak
    for_ = tilstander(kommune)[P.TILTAK_HAR_ANSVARLIG]
    AnsvarFactory(tiltak=tiltak, tjeneste=TjenesteFactory(kommune=kommune))
    etter = tilstander(kommune)[P.TILTAK_HAR_ANSVARLIG]

    TiltakFactory(plan=plan)

    assert (for_, etter) == ("mangler", "har")
    assert tilstander(kommune)[P.TILTAK_HAR_ANSVARLIG] == "mangler"


def test_each_tjeneste_is_reached_by_what_was_confirmed(kommune):
    tjeneste = TjenesteFactory(kommune=kommune)
    uten = tilstander(kommune)
    punkt = KontaktpunktFactory(tjeneste=tjeneste, akutt=True)
    med = tilstander(kommune)
    gammel = timezone.localdate() - timedelta(days=400)
    BekreftelseFactory(kontaktpunkt=punkt, dato=gammel)
    gammelt = tilstander(kommune)
    BekreftelseFactory(kontaktpunkt=punkt, dato=timezone.localdate())
    nytt = tilstander(kommune)

    assert [f[P.TJENESTER_NAS] for f in (uten, med)] == ["mangler", "har"]
    assert [f[P.AKUTTNUMMER] for f in (uten, med)] == ["mangler", "har"]
    assert [f[P.KONTAKTER_BEKREFTET] for f in (med, gammelt, nytt)] == [
        "mangler",
        "mangler",
        "har",
    ]


def test_findings_are_answered(kommune):
    funn = FunnFactory(kilde__kommune=kommune, annen_oppfolging="Natteravn")
    for_ = tilstander(kommune)[P.FUNN_ER_BESVART]
    AnbefalingFactory(kilde=funn.kilde)

    assert (for_, tilstander(kommune)[P.FUNN_ER_BESVART]) == ("har", "mangler")


def test_the_young_of_an_old_survey_are_not_enough(kommune):
    gammel = KildeFactory(kommune=kommune, arstall=I_AR - 10)
    MedvirkningFactory(kilde=gammel, gruppe="barn_og_unge")
    for_ = tilstander(kommune)[P.BARN_OG_UNGE]
    ny = KildeFactory(kommune=kommune, arstall=I_AR - 1)
    MedvirkningFactory(kilde=ny, gruppe="barn_og_unge")

    assert (for_, tilstander(kommune)[P.BARN_OG_UNGE]) == ("mangler", "har")


def test_the_agreement_has_not_run_out(plan):
    avtale = _avtale(plan)
    avtale.utloper = date(I_AR - 1, 1, 1)
    avtale.save()

    assert tilstander(plan.kommune)[P.SAMARBEIDSAVTALE] == "mangler"


def _mote(forum, ar, nr):
    start = timezone.now().replace(year=ar, month=3, day=1 + nr)
    return MoteFactory(forum=forum, start=start, slutt=start + timedelta(hours=1))


def test_the_politirad_sits_meets_and_looks_at_itself(radet, kommune):
    navnene = [P.POLITIRAD, P.POLITIRAD_HAR_MEDLEMMER, P.POLITIRAD_MOTES]
    navnene.append(P.EGENVURDERING)
    _mote(radet, I_AR - 1, 0)
    _mote(radet, I_AR, 1)
    for_ = tilstander(kommune)
    ForumsmedlemFactory(forum=radet)
    _mote(radet, I_AR, 2)
    EgenvurderingFactory(forum=radet, arstall=I_AR - 1, ferdig=timezone.now())
    etter = tilstander(kommune)

    assert [for_[n] for n in navnene] == ["har", "mangler", "mangler", "mangler"]
    assert [etter[n] for n in navnene] == ["har"] * 4


def test_a_politirad_of_two_kommuner_counts_in_both(radet, nabokommune):
    for nr in range(2):
        _mote(radet, I_AR, nr)
    ForumsmedlemFactory(forum=radet)
    deling = ForumskommuneFactory(forum=radet, kommune=nabokommune, godtatt=None)
    for_ = tilstander(nabokommune)
    deling.godtatt = timezone.localdate()
    deling.save()
    etter = tilstander(nabokommune)

    navnene = [P.POLITIRAD, P.POLITIRAD_HAR_MEDLEMMER, P.POLITIRAD_MOTES]
    assert [for_[n] for n in navnene] == ["mangler"] * 3
    assert [etter[n] for n in navnene] == ["har"] * 3


def test_the_neighbours_data_do_not_count(plan, nabokommune):
    for lag in HAR.values():
        lag(plan)

    assert {tilstander(nabokommune)[p] for p in HAR} == {"mangler"}


# What the kommune answers -------------------------------------------------------------


def test_why_a_point_is_not_its_own_is_wanted_by_the_database(kommune):
    with pytest.raises(IntegrityError), transaction.atomic():
        NormsvarFactory(kommune=kommune, svar="gjelder_ikke")


def test_its_answer_holds_where_the_data_do_not_know(kommune):
    NormsvarFactory(kommune=kommune, punkt=P.MANDAT, svar="har")
    NormsvarFactory(kommune=kommune, punkt=P.TAUSHETSPLIKT, svar="mangler")
    NormsvarFactory(
        kommune=kommune, punkt=P.POLITIRAD, svar="gjelder_ikke", hvorfor="Felles råd"
    )
    # Said of what the data know, it counts for nothing.
    NormsvarFactory(kommune=kommune, punkt=P.EVALUERING, svar="har")

    funnet = tilstander(kommune)

    assert [funnet[p] for p in (P.MANDAT, P.TAUSHETSPLIKT, P.POLITIRAD)] == [
        "har",
        "mangler",
        "gjelder_ikke",
    ]
    assert funnet[P.EVALUERING] == "mangler"
    assert antall(kommune) == 22


def test_the_count_is_that_of_the_page(plan, radet):
    for lag in HAR.values():
        lag(plan)
    NormsvarFactory(kommune=plan.kommune)

    funnet = list(tilstander(plan.kommune).values())

    gjenstar = [t for t in funnet if t in ("mangler", "ubesvart")]
    assert antall(plan.kommune) == len(gjenstar) == 12


def test_a_coordinator_answers_a_point(kommune, koordinator):
    svar = send(koordinator, til("mandat"), svar="mangler", hvorfor="Kommer i vår")
    send(koordinator, til("mandat"), svar="har", hvorfor="")

    rad = Normsvar.objects.get()
    assert svar.url == f"{LISTEN}#mandat"
    assert (rad.kommune, rad.punkt, rad.svar) == (kommune, "mandat", "har")
    assert rad.historikk.count() == 2


@pytest.mark.parametrize(
    ("punkt", "sendt", "felt", "ordene"),
    [
        ("mandat", {"svar": "gjelder_ikke"}, "hvorfor", "Skriv hvorfor"),
        ("mandat", {"svar": ""}, "svar", ""),
        ("mandat", {"svar": "kanskje"}, "svar", ""),
        ("mandat", {"svar": "har", "hvorfor": "Om 01010050053"}, "hvorfor", ""),
        ("mandat", {"svar": "har", "hvorfor": "400 00 000"}, "hvorfor", "Skriv uten"),
        ("politirad", {"svar": "har"}, "hvorfor", "Skriv hvorfor"),
        ("politirad", {"hvorfor": ""}, "hvorfor", "Skriv hvorfor"),
    ],
)
def test_what_is_wrong_is_said_beside_it(
    kommune, koordinator, punkt, sendt, felt, ordene
):
    funnet = feil(send(koordinator, til(punkt), **sendt))

    assert list(funnet) == [felt]
    assert ordene in funnet[felt]
    assert Normsvar.objects.count() == 0


def test_what_the_data_know_is_only_said_not_to_be_its_own(kommune, koordinator):
    """One field, and nothing to choose."""
    skjemaet = koordinator.get(til("politirad")).context["skjema"].hoved
    send(koordinator, til("politirad"), svar="har", hvorfor="Vi har felles råd")

    assert "svar" not in skjemaet.fields
    assert skjemaet["hvorfor"].label == "Gjelder ikke oss, fordi"
    rad = Normsvar.objects.get()
    assert (rad.svar, rad.hvorfor) == ("gjelder_ikke", "Vi har felles råd")


def test_the_sum_is_a_sentence(kommune, koordinator):
    NormsvarFactory(kommune=kommune, punkt=P.MANDAT, svar="har")
    for_ = Lest(koordinator.get(LISTEN)).tekst
    NormsvarFactory(
        kommune=kommune, punkt=P.POLITIRAD, svar="gjelder_ikke", hvorfor="Felles råd"
    )
    etter = Lest(koordinator.get(LISTEN)).tekst

    # That it has a coordinator, the data know.
    summen = "Av 24 punkter: 2 er på plass, {} mangler, 4 er ikke besvart."
    assert summen.format(18) in for_
    assert "gjelder ikke dere" not in for_
    assert f"{summen.format(17)} 1 gjelder ikke dere." in etter


def test_an_answer_is_taken_away(kommune, koordinator):
    rad = NormsvarFactory(kommune=kommune)

    koordinator.post(reverse("evaluering:normsvar_slett", args=["lillestrom", rad.pk]))

    assert tilstander(kommune)["mandat"] == "ubesvart"


# The page -----------------------------------------------------------------------------


def test_the_politirad_reads_it_and_changes_nothing(kommune, koordinator):
    rolle = Tilgang.Rolle.POLITIRAD
    politirad = innlogget(TilgangFactory(kommune=kommune, rolle=rolle).bruker)

    deres, min_ = Lest(politirad.get(LISTEN)), Lest(koordinator.get(LISTEN))

    assert "mangler" in deres.tekst
    assert [a for a, _ord in deres.lenker if a.startswith(f"{LISTEN}")] == []
    assert til("mandat") in [a for a, _ord in min_.lenker]
    assert politirad.get(til("mandat")).status_code == 404


def test_others_do_not_find_it(kommune, client, nabo, koordinator):
    ansatt = innlogget(
        TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.ANSATT).bruker
    )
    rad = NormsvarFactory(kommune=kommune)
    slett = reverse("evaluering:normsvar_slett", args=["lillestrom", rad.pk])

    svarene = [k.get(LISTEN).status_code for k in (client, nabo, ansatt)]

    assert svarene == [302, 404, 404]
    assert [k.post(slett).status_code for k in (nabo, ansatt)] == [404, 404]
    assert koordinator.post(LISTEN).status_code == 405
    assert koordinator.get(til("tull")).status_code == 404
    assert Normsvar.objects.count() == 1


def test_it_costs_the_same_whatever_there_is(plan, koordinator):
    tom = sporringer(koordinator, LISTEN)
    for lag in HAR.values():
        lag(plan)
    NormsvarFactory(kommune=plan.kommune)

    assert sporringer(koordinator, LISTEN) == tom
    with CaptureQueriesContext(connection) as fanget:
        kapittel(plan.kommune)
    assert len(fanget) == 2


def test_the_start_and_the_desk_say_how_much_is_left(kommune, koordinator):
    start = Lest(koordinator.get("/lillestrom/start/")).tekst
    for_ = Lest(koordinator.get("/lillestrom/arbeidsflate/?alt")).tekst
    NormsvarFactory(kommune=kommune)
    etter = Lest(koordinator.get("/lillestrom/arbeidsflate/")).tekst

    assert "23 punkter i sjekklisten mangler eller er ikke besvart." in start
    assert "punkter i sjekklisten" not in for_
    assert "22 punkter i sjekklisten mangler eller er ikke besvart" in etter


def test_other_kommuner_stand_on_their_own(kommune):
    annen = KommuneFactory()
    NormsvarFactory(kommune=annen)

    assert (antall(kommune), antall(annen)) == (24, 23)
