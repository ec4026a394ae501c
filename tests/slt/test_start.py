"""What a kommune begins with: each step is done when it is done, for who keeps the kommune;
and all kommuner at a glance, for administrators."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from slt.felles import valgdeler
from slt.grunn.historikk import Dor, spor
from slt.models import Kommune, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    ForumFactory,
    ForumsmedlemFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KommuneFactory,
    KontaktpunktFactory,
    MoteFactory,
    NormsvarFactory,
    PlasseringFactory,
    TemaFactory,
    TilgangFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
    TjenesteredaktorFactory,
    TjenesteTemaFactory,
    UtkastFactory,
    gi_status,
)
from tests.innsending import innsending
from tests.lest import Lest
from tiltak.models import TiltakTema

STARTEN = "/lillestrom/start/"
GLIMT = "/kommuner/"


@pytest.fixture(autouse=True)
def _tom_bevaring():
    cache.clear()


def igjen(klient):
    stegene = klient.get(STARTEN).context["stegene"]
    return [status.steg.nokkel for status in stegene if not status.gjort]


def test_each_step_is_done_when_it_is_done_and_not_before(kommune, koordinator):
    alle = [
        "kommunen",
        "startsett",
        "plan",
        "innsatsomrader",
        "temaer",
        "tjenester",
        "akutt",
        "tiltak",
        "ansvar",
        "vedtak",
        "fora",
        "moter",
        "folk",
        "sjekkliste",
    ]
    assert igjen(koordinator) == alle

    def gjort(*nokler):
        for nokkel in nokler:
            alle.remove(nokkel)
        assert igjen(koordinator) == alle

    kommune.epost = "post@example.org"
    kommune.save()
    gjort()
    kommune.personvern = "<p>Ordføreren</p>"
    kommune.save()
    gjort("kommunen")
    TemaFactory(kommune=kommune)
    gjort("temaer")
    tjeneste = TjenesteFactory(kommune=kommune)
    gjort()
    KontaktpunktFactory(tjeneste=tjeneste, akutt=True)
    gjort("akutt")
    KontaktpunktFactory(tjeneste=tjeneste)
    gjort("tjenester")
    plan = UtkastFactory(kommune=kommune)
    gjort("plan")
    omrade = InnsatsomradeFactory(plan=plan)
    gjort("innsatsomrader")
    plassering = PlasseringFactory(innsatsomrade=omrade)
    gjort("tiltak")
    AnsvarFactory(tiltak=plassering.tiltak, tjeneste=tjeneste)
    gjort("ansvar")
    HandlingsplanFactory(kommune=kommune, fra_ar=2019, til_ar=2022)
    gjort("vedtak")
    forum = ForumFactory(kommune=kommune)
    gjort()
    ForumsmedlemFactory(forum=forum)
    gjort("fora")
    KapittelFactory(plan=plan)
    gjort("startsett")
    MoteFactory(forum=forum)
    gjort("moter")
    TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.POLITIRAD)
    gjort("folk")
    NormsvarFactory(kommune=kommune)
    gjort("sjekkliste")
    assert "Kommunen er i gang." in Lest(koordinator.get(STARTEN)).tekst


@pytest.mark.parametrize(
    "vei",
    [
        lambda k: KontaktpunktFactory(tjeneste__kommune=k, verdi="116 111"),
        lambda k: KontaktpunktFactory(tjeneste__kommune=k, synlighet="koordinator"),
        lambda k: KontaktpunktFactory(
            tjeneste__kommune=k, tjeneste__nedlagt="2020-01-01"
        ),
        lambda k: TjenestekommuneFactory(
            kommune=k, tjeneste=KontaktpunktFactory().tjeneste, godtatt="2026-01-01"
        ),
    ],
    ids=["landets", "skjult", "nedlagt", "lant"],
)
def test_a_way_in_that_is_not_its_own_is_none(vei, kommune, koordinator):
    vei(kommune)

    assert "tjenester" in igjen(koordinator)


def test_a_step_says_how_much_is_left_of_it(kommune, koordinator):
    TjenesteFactory(kommune=kommune)
    KontaktpunktFactory(
        tjeneste=TjenesteFactory(kommune=kommune), synlighet="tjenester"
    )
    KontaktpunktFactory(tjeneste__kommune=kommune)
    TjenesteFactory(kommune=kommune, nedlagt="2020-01-01")
    ForumsmedlemFactory(forum__kommune=kommune)
    ForumsmedlemFactory(forum__kommune=kommune, til="2020-01-01", fra="2019-01-01")

    svar = koordinator.get(STARTEN)

    rester = {s.steg.nokkel: s.rest for s in svar.context["stegene"] if s.rest}
    # It is about all of the others; see tests/evaluering/test_sjekkliste.py.
    del rester["sjekkliste"]
    assert rester == {
        "tjenester": "2 tjenester har ennå ingen vei inn for alle.",
        "fora": "1 forum har ennå ingen medlemmer.",
    }
    assert set(rester) & set(igjen(koordinator)) == set()
    ikke_alt = "Det er nok til å gå videre, men ikke alt: "
    assert all(f"{ikke_alt}{rest}" in Lest(svar).tekst for rest in rester.values())


@pytest.mark.parametrize("har_plan", [False, True])
def test_each_step_leads_to_where_it_is_done(har_plan, kommune, koordinator):
    if har_plan:
        UtkastFactory(kommune=kommune)

    stegene = koordinator.get(STARTEN).context["stegene"]
    veier = [vei.adresse for status in stegene for vei in status.veier]

    assert len(veier) >= len(stegene)
    assert [v for v in veier if koordinator.get(v).status_code != 200] == []


@pytest.mark.parametrize("status", ["gjeldende", "avlost"])
def test_what_is_done_leads_to_what_is_there(status, kommune, koordinator):
    sted = PlasseringFactory(innsatsomrade__plan__kommune=kommune)
    punkt = KontaktpunktFactory(tjeneste__kommune=kommune)
    KontaktpunktFactory(tjeneste=punkt.tjeneste, akutt=True)
    AnsvarFactory(tiltak=sted.tiltak, tjeneste=punkt.tjeneste)
    ForumsmedlemFactory(forum=MoteFactory(forum__kommune=kommune).forum)
    gi_status(sted.plan, status)

    stegene = koordinator.get(STARTEN).context["stegene"]
    gjort = {
        s.steg.nokkel: [vei.adresse for vei in s.veier] for s in stegene if s.gjort
    }

    assert len(gjort) == (9 if status == "gjeldende" else 8)
    gjelder = status == "gjeldende"
    assert gjort["plan"] == [
        sted.plan.get_absolute_url() if gjelder else "/lillestrom/"
    ]
    assert gjort["tjenester"] == ["/lillestrom/tjenester/"]
    alle = [adresse for veier in gjort.values() for adresse in veier]
    assert [a for a in alle if "behandling" in a or "/ny" in a] == []
    svar = {a: koordinator.get(a, follow=True).status_code for a in alle}
    assert set(svar.values()) == {200}


def test_the_tjenester_without_a_way_in_are_written_one_after_the_other(
    kommune, koordinator
):
    andre, forste = (TjenesteFactory(kommune=kommune, navn=n) for n in ("Å", "A"))

    def neste():
        lenker = Lest(koordinator.get(STARTEN)).adresser("/lillestrom/endre/tjenester/")
        return [a for a in lenker if "/ny/" not in a]

    for tjeneste in (forste, andre):
        adresse = f"/lillestrom/endre/tjenester/{tjeneste.pk}/?til=start"
        assert neste() == [adresse]
        svar = koordinator.post(adresse, innsending(koordinator.get(adresse)))
        assert (svar.status_code, svar["Location"]) == (302, STARTEN)
        KontaktpunktFactory(tjeneste=tjeneste)
    assert neste() == []


def test_a_new_tjeneste_leads_back_to_where_it_was_opened(koordinator):
    ny = "/lillestrom/endre/tjenester/ny/"
    assert f"{ny}?til=start" in Lest(koordinator.get(STARTEN)).adresser(ny)

    for adresse, navn, etterpa in [
        (f"{ny}?til=start", "Losen", STARTEN),
        (ny, "Veilederen", "/lillestrom/tjenester/veilederen/"),
    ]:
        siden = koordinator.get(adresse)
        svar = koordinator.post(adresse, innsending(siden, navn=navn, type="kommunal"))
        assert (svar.status_code, svar["Location"]) == (302, etterpa)


def test_who_keeps_a_tjeneste_is_not_led_to_the_start(kommune):
    tjeneste = TjenesteFactory(kommune=kommune)
    redaktor = innlogget(TjenesteredaktorFactory(tjeneste=tjeneste).bruker)

    siden = redaktor.get(f"/lillestrom/endre/tjenester/{tjeneste.pk}/?til=start")

    assert Lest(siden).adresser(STARTEN) == []
    assert Lest(siden).adresser(tjeneste.get_absolute_url()) != []


def test_what_does_not_hold_is_not_done(kommune, koordinator):
    """A way in for staff, one of what was laid down, a part that answers for nothing, a
    meeting that was called off, somebody who had access once, a plan that is over."""
    kommune.personvern = "<p>Ordføreren</p>"
    kommune.save()
    KontaktpunktFactory(tjeneste__kommune=kommune, synlighet="tjenester")
    i_dag = timezone.localdate()
    KontaktpunktFactory(tjeneste__kommune=kommune, tjeneste__nedlagt=i_dag)
    plassering = PlasseringFactory(innsatsomrade__plan__kommune=kommune)
    AnsvarFactory(tiltak=plassering.tiltak, rolle="samarbeidspart")
    gi_status(plassering.plan, "avlost")
    MoteFactory(forum__kommune=kommune, status="avlyst")
    TilgangFactory(kommune=kommune, fra=date(2020, 1, 1), til=date(2020, 12, 31))

    ikke_gjort = {"kommunen", "tjenester", "akutt", "ansvar", "vedtak", "moter", "folk"}
    assert ikke_gjort - set(igjen(koordinator)) == set()
    [skriv] = [
        status.veier
        for status in koordinator.get(STARTEN).context["stegene"]
        if status.steg.nokkel == "innsatsomrader"
    ]
    assert plassering.plan.slug not in skriv[0].adresse


@pytest.mark.parametrize(
    ("fra", "til"),
    [("?til=start", "start"), ("", "innstillinger"), ("?til=x", "innstillinger")],
)
def test_about_the_kommune_leads_back_to_where_it_was_opened(
    fra, til, koordinator, kommune
):
    adresse = f"/lillestrom/innstillinger/kommunen/{fra}"
    tilbake = f"/lillestrom/{til}/"
    siden = koordinator.get(adresse)

    svar = koordinator.post(adresse, innsending(siden, telefon="66 93 80 00"))

    assert [a for a, _tekst in Lest(siden).lenker].count(tilbake) == 2
    assert f'action="{adresse}"' in siden.text
    assert (svar.status_code, svar["Location"]) == (302, tilbake)
    kommune.refresh_from_db()
    assert kommune.telefon == "66 93 80 00"


def test_the_start_opens_it_so_that_it_leads_back(koordinator):
    lest = Lest(koordinator.get("/lillestrom/start/"))

    assert "/lillestrom/innstillinger/kommunen/?til=start" in dict(lest.lenker)


def test_the_first_plan_is_begun_in_three_ways_also_from_the_arbeidsflate(
    kommune, koordinator
):
    veier = {
        "/lillestrom/endre/plan/les-inn/",
        "/lillestrom/endre/plan/ny/",
        "/lillestrom/startsett/#planen",
    }

    for side in (STARTEN, "/lillestrom/arbeidsflate/"):
        lenker = {adresse for adresse, _ in Lest(koordinator.get(side)).alle_lenker}
        assert veier <= lenker
        assert "/lillestrom/startsett/" in lenker
    dokument = Lest(koordinator.get("/lillestrom/endre/plan/les-inn/"))
    assert "/lillestrom/endre/plan/ny/" in [a for a, _ in dokument.alle_lenker]


def test_what_another_kommune_has_done_does_not_count(koordinator, nabokommune):
    PlasseringFactory(innsatsomrade__plan__kommune=nabokommune)
    KontaktpunktFactory(tjeneste__kommune=nabokommune)

    assert len(igjen(koordinator)) == 14


def test_the_start_is_for_who_keeps_the_kommune(kommune, administrator, nabo):
    ansatt = TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.ANSATT).bruker

    assert administrator.get(STARTEN).status_code == 200
    assert nabo.get(STARTEN).status_code == 404
    assert innlogget(ansatt).get(STARTEN).status_code == 404
    assert Client().get(STARTEN).status_code == 302
    assert administrator.post(STARTEN).status_code == 405


# All kommuner at a glance -----------------------------------------------------------------


def test_the_glance_is_for_administrators(koordinator, administrator):
    assert administrator.get(GLIMT).status_code == 200
    assert administrator.post(GLIMT).status_code == 405
    assert koordinator.get(GLIMT).status_code == 404
    assert Client().get(GLIMT).status_code == 302
    for side in ("/konto/", "/admin/"):
        assert GLIMT in [a for a, _ in Lest(administrator.get(side)).alle_lenker]
        assert GLIMT not in [a for a, _ in Lest(koordinator.get(side)).alle_lenker]


def test_the_glance_says_who_keeps_it_and_what_was_done(
    kommune, koordinator, nabokommune, administrator
):
    with spor(Dor.SKJEMA, bruker=koordinator.bruker):
        TemaFactory(kommune=kommune)

    svar = administrator.get(GLIMT)

    her, naboen = svar.context["oversikter"]
    assert (her.kommune, her.koordinatorer, her.varsel) == (kommune, 1, "")
    assert her.sist.date() == timezone.now().date()
    assert (her.gjort, her.neste.steg.nokkel) == (1, "kommunen")
    assert (naboen.kommune, naboen.sist, naboen.koordinatorer) == (nabokommune, None, 0)
    ingen = Lest(svar).tekst
    assert "aldri" not in ingen
    assert "Ingen har endret noe her" in ingen
    assert "1 av 14 er gjort" in Lest(svar).tekst
    assert naboen.varsel == "Kommunen har ingen SLT-koordinator."
    assert naboen.varsel in Lest(svar).tekst


def test_the_glance_counts_who_can_log_in_now_and_what_somebody_did(
    kommune, nabokommune, administrator
):
    TilgangFactory(kommune=kommune, bruker__is_active=False)
    TilgangFactory(kommune=kommune, fra=date(2020, 1, 1), til=date(2020, 12, 31))
    TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.POLITIRAD)
    TemaFactory(kommune=kommune)

    her, _naboen = administrator.get(GLIMT).context["oversikter"]

    # By what comes with the software, nobody did anything.
    assert (her.koordinatorer, her.sist) == (0, None)


def test_the_data_are_gone_over_when_that_is_asked_for(
    kommune, nabokommune, administrator
):
    plassering = PlasseringFactory(innsatsomrade__plan__kommune=kommune)
    sier_det_gar_bra = "ingen rader viser til en annen kommune"
    assert sier_det_gar_bra not in Lest(administrator.get(GLIMT)).tekst
    assert sier_det_gar_bra in Lest(administrator.get(f"{GLIMT}?kontroll")).tekst

    tiltak = type(plassering.tiltak)._base_manager.filter(pk=plassering.tiltak_id)
    QuerySet.update(tiltak, kommune=nabokommune)

    tekst = Lest(administrator.get(f"{GLIMT}?kontroll")).tekst
    assert "viser til en annen kommune. Kjør kommandoen «helse»" in tekst


def test_the_glance_asks_as_much_of_three_kommuner_as_of_one(kommune, administrator):
    def antall():
        with CaptureQueriesContext(connection) as sporringer:
            assert administrator.get(GLIMT).status_code == 200
        return len(sporringer)

    en = antall()
    for _ in range(2):
        annen = KommuneFactory()
        TilgangFactory(kommune=annen)
        TemaFactory(kommune=annen)

    assert antall() == en


# The parts that are switched on -----------------------------------------------------------

DELENE = "/lillestrom/innstillinger/deler/"
HVEM = "/lillestrom/hvem-kan-hjelpe/"


@pytest.fixture
def uten_hvem(kommune):
    kommune.hvem_er_pa = False
    kommune.save()
    HandlingsplanFactory(kommune=kommune)
    return kommune


def sla(klient, **valg):
    sendt = {"sett": Kommune.historikk.latest("history_id").pk, "begrunnelse": ""}
    return klient.post(DELENE, sendt | valg)


def test_a_new_kommune_has_the_parts_off():
    assert Kommune().hvem_er_pa is False


def test_what_is_off_is_not_there_for_strangers(uten_hvem, nabo):
    for klient in (Client(), nabo):
        for side in (HVEM, f"{HVEM}svar/"):
            svar = klient.get(side)
            assert svar.status_code == 404
            # As where there is no page: nothing says that there could be.
            assert "ikke slått på" not in Lest(svar).tekst
            assert klient.post(side, {"hvem": "ung"}).status_code in {404, 405}
        for side in ("/lillestrom/2024-2028/", "/lillestrom/sok/?q=finnesikke"):
            assert HVEM not in [a for a, _ in Lest(klient.get(side)).alle_lenker]
            assert "Hvem kan hjelpe?" not in klient.get(side).text
    manifest = Client().get("/lillestrom/manifest.webmanifest").json()
    assert manifest["start_url"] == "/lillestrom/"
    assert "Hvem kan hjelpe" not in manifest["name"]


def test_who_keeps_the_kommune_is_told_that_it_is_off_and_where_to_change_it(
    uten_hvem, koordinator
):
    svar = koordinator.get(HVEM)

    assert svar.status_code == 404
    assert DELENE in Lest(svar).adresser("/")
    for side in ("temaer", "til-ansatte"):
        svar = koordinator.get(f"/lillestrom/innstillinger/{side}/")
        assert "er ikke slått på" in Lest(svar).tekst


def test_a_part_is_switched_on_and_off(uten_hvem, koordinator):
    assert sla(koordinator, hvem_er_pa="on").status_code == 302
    assert Client().get(HVEM).status_code == 200
    assert HVEM in [
        a for a, _ in Lest(Client().get("/lillestrom/2024-2028/")).alle_lenker
    ]

    assert sla(koordinator).status_code == 302
    assert Client().get(HVEM).status_code == 404


def test_before_it_is_switched_on_it_is_said_how_many_themes_have_somebody(
    uten_hvem, koordinator
):
    def sagt():
        lenker = dict(Lest(koordinator.get(DELENE)).alle_lenker)
        return lenker["/lillestrom/innstillinger/temaer/"].removesuffix(".")

    assert sagt() == "Ingen temaer har hverdagsord ennå"
    rus, _vold, skole = (
        TemaFactory(kommune=uten_hvem, navn=navn, i_hverdagen=navn, emne=emne)
        for navn, emne in [("Rus", "rus"), ("Vold", "vold"), ("Skole", "")]
    )
    tom = TjenesteFactory(kommune=uten_hvem)
    TjenesteTemaFactory(tjeneste=tom, tema=rus)
    KontaktpunktFactory(tjeneste=tom, synlighet="tjenester")
    assert sagt() == "0 av 3 temaer har noen som svarer"

    KontaktpunktFactory(tjeneste=tom)
    assert sagt() == "1 av 3 temaer har noen som svarer"
    lant = TjenestekommuneFactory(kommune=uten_hvem).tjeneste
    KontaktpunktFactory(tjeneste=lant)
    naboens = TemaFactory(kommune=lant.kommune, emne="vold")
    TjenesteTemaFactory(tjeneste=lant, tema=naboens)
    assert sagt() == "2 av 3 temaer har noen som svarer"
    omrade = InnsatsomradeFactory(plan=uten_hvem.planer.get())
    tiltak = PlasseringFactory(innsatsomrade=omrade).tiltak
    TiltakTema.objects.create(tiltak=tiltak, tema=skole)
    AnsvarFactory(tiltak=tiltak, tjeneste=tom)
    assert sagt() == "3 av 3 temaer har noen som svarer"


def test_only_who_keeps_the_kommune_switches(uten_hvem, nabo):
    assert sla(nabo, hvem_er_pa="on").status_code == 404
    assert sla(Client(), hvem_er_pa="on").status_code == 302
    assert koordinert(uten_hvem).hvem_er_pa is False


def koordinert(kommune):
    return Kommune.objects.get(pk=kommune.pk)


@pytest.fixture
def med_personer(monkeypatch, uten_hvem):
    """As if the part kept what is said of people."""
    monkeypatch.setattr(
        valgdeler,
        "DELER",
        [replace(d, personopplysninger=True) for d in valgdeler.DELER],
    )
    monkeypatch.setattr("slt.innstillinger.deler.DELER", valgdeler.DELER)
    return uten_hvem


def test_what_is_about_people_is_not_on_before_the_papers_are_done(
    med_personer, koordinator
):
    malene = Lest(koordinator.get(DELENE)).adresser("/hjelp/maler/")
    assert len(malene) == 3
    for side in malene:
        assert koordinator.get(side).status_code == 200

    svar = sla(koordinator, hvem_er_pa="on", dpia="on", ros="on")

    assert svar.status_code == 422
    assert set(svar.context["skjema"].hoved.errors) == {"avtale"}
    assert svar.context["skjema"].hoved["dpia"].value()
    assert koordinert(med_personer).hvem_er_pa is False


def test_the_answer_about_the_papers_stands_in_the_history(med_personer, koordinator):
    svar = sla(
        koordinator,
        hvem_er_pa="on",
        dpia="on",
        ros="on",
        avtale="on",
        begrunnelse="Klart.",
    )

    assert svar.status_code == 302
    rad = koordinert(med_personer).historikk.latest("history_id")
    assert rad.history_change_reason == (
        "DPIA, ROS og databehandleravtale er gjort. Klart."
    )
    assert rad.history_user == koordinator.bruker


def test_what_is_on_already_asks_for_no_papers(med_personer, koordinator):
    sla(koordinator, hvem_er_pa="on", dpia="on", ros="on", avtale="on")

    assert sla(koordinator, hvem_er_pa="on").status_code == 302
    assert koordinert(med_personer).hvem_er_pa is True


def test_who_switches_it_off_is_asked_for_no_papers(med_personer, koordinator):
    sla(koordinator, hvem_er_pa="on", dpia="on", ros="on", avtale="on")

    assert sla(koordinator).status_code == 302
    assert koordinert(med_personer).hvem_er_pa is False
