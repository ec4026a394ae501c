"""The public pages: who sees them, what they say, what they cost, and addresses that
lead nowhere."""

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from slt.grunn.historikk import uten_vern
from slt.grunn.tekst import Fritekst
from slt.models import Kommune, Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    BrukerFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KommuneFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    PlasseringFactory,
    StedFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    gi_status,
)
from tests.lest import Lest
from tests.tiltak.provedata import full_plan
from tiltak.models import (
    Ansvar,
    Apningstid,
    Handlingsplan,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Overgang,
    Plassering,
    Styringsdokument,
    Tema,
    Tiltak,
    TiltakLokalomrade,
    TiltakTema,
)

UTKAST, GJELDENDE, AVLOST = Handlingsplan.Status
ROLLE, TYPE, SYNLIGHET = Ansvar.Rolle, Kontaktpunkt.Type, Kontaktpunkt.Synlighet

PLANEN = "/lillestrom/2024-2028/"
I_PLANEN = [
    PLANEN,
    f"{PLANEN}plan/",
    f"{PLANEN}dekning/",
    f"{PLANEN}tiltak/",
    f"{PLANEN}innsatsomrader/vold/",
    f"{PLANEN}tiltak/vold/2/",
    f"{PLANEN}tiltak/ungdom/1/",
]
I_KOMMUNEN = [
    "/lillestrom/tjenester/",
    "/lillestrom/tjenester/oppsokende-ungdomsteam/",
]
ALLE = [*I_PLANEN, *I_KOMMUNEN]


@pytest.fixture(autouse=True)
def _tom_bevaring(db):
    cache.clear()


def lag_innhold():
    """Lillestrøm with a plan that has something of everything, told in few words."""
    kommune = KommuneFactory(nummer="3205", navn="Lillestrøm", slug="lillestrom")
    plan = HandlingsplanFactory(
        kommune=kommune,
        tittel="Trygg oppvekst",
        ingress="Hva kommunen gjør.",
        alder_fra=10,
        alder_til=25,
        utarbeidet_av="SLT-koordinatoren",
        bygger_pa_tekst="SLT-plan 2019–2023",
        vedtaksform=Handlingsplan.Vedtaksform.VEDTATT,
        vedtatt_av="kommunestyret",
        vedtatt_dato=date(2024, 3, 13),
        vedtatt_sak="12/24",
    )
    vold = InnsatsomradeFactory(
        plan=plan, navn="Vold", kortnavn="Vold", rekkefolge=1, tekst="<p>Om vold</p>"
    )
    ungdom = InnsatsomradeFactory(
        plan=plan, navn="Ungdom", kortnavn="Ungd", rekkefolge=2
    )
    KapittelFactory(
        plan=plan, tittel="Bakgrunn", tekst="<p>Hvorfor</p>", figur="pyramide"
    )
    KapittelFactory(
        plan=plan, tittel="Organisering", tekst="<p>Hvem</p>", figur="slt_nivaer"
    )
    for felter in (
        {"type": "visjon", "tekst": "Trygge unge"},
        {"type": "strategi", "tekst": "Tidlig innsats", "innsatsomrade": vold},
    ):
        Malsetting.objects.create(plan=plan, **felter)
    Styringsdokument.objects.create(
        kommune=plan.kommune,
        plan=plan,
        tittel="Politirådsavtalen",
        forhold=Styringsdokument.Forhold.BYGGER_PA,
        fra_ar=2023,
        til_ar=2027,
        lenke="https://example.org/avtale",
    )
    natteravn = PlasseringFactory(
        innsatsomrade=vold,
        tiltak__tittel="Natteravn",
        tiltak__niva="universell",
        tiltak__nytt=True,
        tiltak__status=Tiltak.Status.PLANLAGT,
    ).tiltak
    tiltak = PlasseringFactory(
        innsatsomrade=vold, tiltak__tittel="Oppsøkende arbeid"
    ).tiltak
    PlasseringFactory(innsatsomrade=vold, tiltak__tittel="Konfliktråd")
    PlasseringFactory(innsatsomrade=ungdom, tiltak=tiltak, hoved=False)
    out = TjenesteFactory(
        kommune=kommune,
        navn="Oppsøkende ungdomsteam",
        kortnavn="OUT",
        tekst="Møter unge der de er.",
        svaransvarlig="leder-out@example.org",
    )
    politi = TjenesteFactory(kommune=kommune, navn="Politiet", type="politi")
    vakt = TjenesteFactory(kommune=kommune, navn="Barnevernsvakten")
    _kontaktpunkter(kommune, out, politi, vakt)
    _fyll(tiltak, out, politi)
    return SimpleNamespace(
        kommune=kommune,
        plan=plan,
        vold=vold,
        ungdom=ungdom,
        tiltak=tiltak,
        natteravn=natteravn,
        out=out,
        politi=politi,
    )


def _kontaktpunkter(kommune, out, politi, vakt):
    KontaktpunktFactory(tjeneste=vakt, verdi="63 80 12 24", akutt=True)
    telefon = KontaktpunktFactory(
        tjeneste=out,
        verdi="46934634",
        etikett="vakttelefonen",
        instruks="be om ungdomsteamet",
        ved_ikke_svar="send SMS til samme nummer",
        apningstid_tekst="Stengt i juli.",
        sted=StedFactory(kommune=kommune, navn="Fritidsklubben"),
    )
    for fra, til, apner, stenger in [(0, 4, 8, 15), (5, 5, 20, 2)]:
        Apningstid.objects.create(
            kontaktpunkt=telefon,
            fra_dag=fra,
            til_dag=til,
            apner=time(apner),
            stenger=time(stenger),
        )
    for type_, verdi in [
        (TYPE.SMS, "46934634"),
        (TYPE.EPOST, "out@example.org"),
        (TYPE.NETT, "https://example.org/out"),
        (TYPE.TEAMS, "Kanalen Ungdom"),
        (TYPE.OPPMOTE, "Torget 1"),
        (TYPE.FREMGANGSMATE, "Send melding i Visma"),
    ]:
        KontaktpunktFactory(tjeneste=out, type=type_, verdi=verdi)
    KontaktpunktFactory(tjeneste=out, verdi="47795404", hoved=False)
    KontaktpunktFactory(
        tjeneste=out,
        type=TYPE.TEAMS,
        verdi="kari@example.org",
        person="Kari Nordmann",
        synlighet=SYNLIGHET.TJENESTER,
    )
    for verdi in ("02800", "64993000", "64993001"):
        KontaktpunktFactory(tjeneste=politi, verdi=verdi, etikett=f"linje {verdi}")
    KontaktpunktFactory(
        tjeneste=politi, verdi="90000001", synlighet=SYNLIGHET.KOORDINATOR
    )


def _fyll(tiltak, out, politi):
    kommune = tiltak.plan.kommune
    tiltak.tekst = "<p>Ute blant <strong>unge</strong>.</p>"
    tiltak.niva, tiltak.niva_foreslatt = Tiltak.Niva.SELEKTIV, True
    tiltak.unge_kan_kontakte = tiltak.foresatte_kan_kontakte = True
    tiltak.kontakt_merknad = "Også anonymt."
    tiltak.forankring = "Kommunalsjef oppvekst\nPolitirådet"
    tiltak.bti_fra, tiltak.bti_til = 0, 1
    tiltak.save()
    Malgruppe.objects.create(
        tiltak=tiltak, tekst="Ungdom", alder_fra=13, alder_til=18, trinn_fra=8
    )
    Malsetting.objects.create(
        plan=tiltak.plan, tiltak=tiltak, type="hovedmal", tekst="Færre alene ute"
    )
    Lenke.objects.create(
        tiltak=tiltak, tittel="Om arbeidet", adresse="https://example.org/arbeid"
    )
    TiltakTema.objects.create(
        tiltak=tiltak, tema=Tema.objects.create(kommune=kommune, navn="Rus")
    )
    TiltakLokalomrade.objects.create(
        tiltak=tiltak, lokalomrade=LokalomradeFactory(kommune=kommune, navn="Fetsund")
    )
    AnsvarFactory(tiltak=tiltak, tjeneste=out, merknad="hele året")
    samarbeid = AnsvarFactory(
        tiltak=tiltak, tjeneste=politi, rolle=ROLLE.SAMARBEIDSPART
    )
    # Of the main numbers of the police, the one that is right here.
    samarbeid.velg_kontaktpunkter(politi.kontaktpunkter.filter(verdi="64993000"))
    del_ = TiltakFactory(
        plan=tiltak.plan,
        overordnet=tiltak,
        tittel="Feltarbeid i helgene",
        tekst="<p>Fredag og lørdag.</p>",
        nytt=True,
    )
    Malgruppe.objects.create(tiltak=del_, tekst="Elever på vg1")
    # Chosen is what strangers do not see: the main numbers do not take its place.
    hos_del = AnsvarFactory(tiltak=del_, tjeneste=politi)
    hos_del.velg_kontaktpunkter(politi.kontaktpunkter.filter(verdi="90000001"))


@pytest.fixture(scope="module")
def _grunnlag(django_db_setup, django_db_blocker):
    """The content, made once; each test undoes what it does to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield lag_innhold()
        transaction.set_rollback(True)


@pytest.fixture
def db(_grunnlag):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def innhold(db, _grunnlag):
    """What was made, read anew."""
    rader = vars(_grunnlag).items()
    return SimpleNamespace(**{n: type(r).objects.get(pk=r.pk) for n, r in rader})


@pytest.fixture
def kommune(innhold):
    return innhold.kommune


@pytest.fixture
def bruker(db):
    """Logged in, with no part in any kommune."""
    return innlogget(BrukerFactory())


# Who ----------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ALLE)
def test_everybody_sees_what_is_in_force(
    side, client, koordinator, nabo, bruker, administrator
):
    for klient in (client, koordinator, nabo, bruker, administrator):
        svar = klient.get(side)

        assert (svar.status_code, svar["Content-Type"]) == (
            200,
            "text/html; charset=utf-8",
        )
        assert "Dette er et utkast" not in svar.text
        assert "Denne planen er avløst" not in svar.text


@pytest.mark.parametrize("side", I_PLANEN)
def test_a_draft_is_there_for_own_coordinators_only(
    side, innhold, client, koordinator, nabo, bruker, administrator
):
    gi_status(innhold.plan, UTKAST)
    klienter = (client, nabo, bruker, koordinator, administrator)

    svarene = [klient.get(side) for klient in klienter]

    assert [s.status_code for s in svarene] == [404, 404, 404, 200, 200]
    # Just as an address that was never there.
    aldri = client.get(side.replace("2024-2028", "2034-2038"))
    assert Lest(svarene[0]).alt == Lest(aldri).alt
    assert [("Dette er et utkast" in s.text) for s in svarene] == [
        *[False] * 3,
        *[True] * 2,
    ]


def test_staff_do_not_see_a_draft(innhold, kommune):
    gi_status(innhold.plan, UTKAST)
    ansatt = TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.ANSATT).bruker

    assert innlogget(ansatt).get(PLANEN).status_code == 404


@pytest.mark.parametrize(("fra", "til"), [(-10, -1), (1, 10)])
def test_who_coordinates_on_other_days_is_a_stranger(innhold, kommune, fra, til):
    gi_status(innhold.plan, UTKAST)
    i_dag = timezone.localdate().toordinal()
    tilgang = TilgangFactory(
        kommune=kommune,
        fra=date.fromordinal(i_dag + fra),
        til=date.fromordinal(i_dag + til),
    )

    assert innlogget(tilgang.bruker).get(PLANEN).status_code == 404


@pytest.mark.parametrize("side", I_PLANEN)
def test_a_superseded_plan_says_so(side, innhold, client, koordinator):
    gi_status(innhold.plan, AVLOST)

    for klient in (client, koordinator):
        lest = Lest(klient.get(side))
        assert "Denne planen er avløst." in lest.tekst
        # None holds after it.
        assert ("/lillestrom/", "Til forsiden") in lest.lenker
        assert "Se planen som gjelder nå" not in lest.tekst
        assert lest.adresser("/lillestrom/endre/tiltak/") == []


@pytest.mark.parametrize("side", ALLE)
def test_the_address_of_another_kommune_leads_nowhere(side, nabokommune, koordinator):
    der = side.replace("lillestrom", "lorenskog")

    assert koordinator.get(der).status_code == (200 if side == I_KOMMUNEN[0] else 404)


def test_the_neighbour_with_the_same_period_has_its_own_pages(nabokommune, client):
    plassering = PlasseringFactory(
        innsatsomrade__plan__kommune=nabokommune,
        innsatsomrade__navn="Vold",
        nummer=2,
        tiltak__tittel="Deres tiltak",
    )
    TjenesteFactory(kommune=nabokommune, navn="Oppsøkende ungdomsteam")
    AnsvarFactory(tiltak=plassering.tiltak)

    for side in ALLE[:-3] + I_KOMMUNEN:
        deres = client.get(side.replace("lillestrom", "lorenskog"))
        assert (side, deres.status_code) == (side, 200)
        assert "Oppsøkende arbeid" not in deres.text
        assert "46934634" not in deres.text
        assert "Deres tiltak" not in client.get(side).text


@pytest.mark.parametrize("metode", ["post", "put", "patch", "delete", "options"])
def test_pages_are_for_reading(metode, koordinator, client):
    sider = [
        *ALLE,
        "/",
        "/lillestrom/",
        "/lillestrom/tiltak/",
        f"{PLANEN}plan.pdf",
        "/healthz",
    ]

    statuser = {
        (side, getattr(klient, metode)(side).status_code)
        for side in sider
        for klient in (client, koordinator)
    }

    assert statuser == {(side, 405) for side in sider}


@pytest.mark.parametrize(
    ("side", "fragment"),
    [
        (f"{PLANEN}tiltak/vold/2/", "/lillestrom/endre/tiltak/"),
        (I_KOMMUNEN[1], "/lillestrom/endre/tjenester/"),
        (I_KOMMUNEN[1], "/lillestrom/endre/kontaktpunkter/"),
    ],
)
def test_the_coordinator_alone_is_offered_to_change(
    side, fragment, client, koordinator, nabo, bruker
):
    tilbud = Lest(koordinator.get(side)).adresser(fragment)

    assert tilbud != []
    assert {koordinator.get(adresse).status_code for adresse in tilbud} == {200}
    for klient in (client, nabo, bruker):
        assert "/endre/" not in klient.get(side).text


# Short addresses ----------------------------------------------------------------------

KORTE = [
    ("", ""),
    ("tiltak/", "tiltak/"),
    ("tiltak/vold/2/", "tiltak/vold/2/"),
    ("plan/", "plan/"),
    ("dekning/", "dekning/"),
    ("innsatsomrader/vold/", "innsatsomrader/vold/"),
    ("plan.pdf", "plan.pdf"),
]


@pytest.mark.parametrize(("kort", "lang"), KORTE)
@pytest.mark.parametrize("sporring", ["", "?q=rus&alder=10-12", "?q=bl%C3%A5b%C3%A6r"])
def test_short_addresses_lead_to_the_plan_in_force(kort, lang, sporring, client):
    svar = client.get(f"/lillestrom/{kort}{sporring}")

    assert (svar.status_code, svar["Location"]) == (302, f"{PLANEN}{lang}{sporring}")


@pytest.mark.parametrize("kort", [kort for kort, _lang in KORTE if kort])
@pytest.mark.parametrize("status", [UTKAST, AVLOST])
def test_without_one_in_force_they_lead_nowhere(
    kort, status, innhold, client, koordinator
):
    gi_status(innhold.plan, status)

    svarene = [klient.get(f"/lillestrom/{kort}") for klient in (client, koordinator)]

    assert [svar.status_code for svar in svarene] == [404, 404]


def test_of_several_plans_they_lead_to_the_one_in_force(innhold, client):
    HandlingsplanFactory(
        kommune=innhold.kommune, fra_ar=2019, til_ar=2023, status=AVLOST
    )
    HandlingsplanFactory(
        kommune=innhold.kommune, fra_ar=2029, til_ar=2032, status=UTKAST
    )

    assert client.get("/lillestrom/")["Location"] == PLANEN


# Front pages --------------------------------------------------------------------------


def test_one_kommune_is_the_front_page(kommune, client):
    svar = client.get("/?fra=brev")

    assert (svar.status_code, svar["Location"]) == (302, "/lillestrom/?fra=brev")


def test_several_kommuner_are_listed_in_norwegian_order(kommune, client):
    for n, navn in enumerate(["Ås", "Østre Toten", "Ærfugl", "Asker"]):
        TjenesteFactory(kommune=KommuneFactory(navn=navn, slug=f"k{n}"))
    TjenesteFactory(kommune=kommune)

    svar = client.get("/")

    assert svar.status_code == 200
    lenker = [lenke for lenke in Lest(svar).lenker if lenke[0].count("/") == 2]
    assert lenker == [
        ("/k3/", "Asker"),
        ("/lillestrom/", "Lillestrøm"),
        ("/k2/", "Ærfugl"),
        ("/k1/", "Østre Toten"),
        ("/k0/", "Ås"),
    ]


def test_no_kommune_says_how_to_begin(ingen_kommuner, client):
    lest = Lest(client.get("/"))

    assert "Ingen kommuner er opprettet ennå." in lest.tekst
    assert "/admin/" in lest.adresser("/admin/")


@pytest.fixture
def ingen_kommuner(db):
    """No kommune at all: the rows are gone for this test only."""
    for modell in _etter_avhengighet():
        modell._base_manager.all()._raw_delete(using="default")


def _etter_avhengighet():
    navn = (
        "AnsvarKontaktpunkt Ansvar Apningstid Kontaktpunkt Lenke Malgruppe Malsetting "
        "Plassering TiltakLokalomrade TiltakTema Tiltak Tema Tjeneste Kapittel "
        "Styringsdokument Innsatsomrade Handlingsplan"
    )
    yield from (apps.get_model("tiltak", n) for n in navn.split())
    yield from (apps.get_model("slt", n) for n in ["Sted", "Lokalomrade", "Kommune"])


def test_a_kommune_without_a_plan_has_a_useful_front_page(
    nabokommune, client, nabo, koordinator
):
    TjenesteFactory(kommune=nabokommune, navn="Helsestasjonen")
    HandlingsplanFactory(kommune=nabokommune, tittel="Ny plan", status=UTKAST)

    lest = Lest(client.get("/lorenskog/"))

    assert "Kommunen har ingen gjeldende handlingsplan her ennå." in lest.tekst
    assert lest.adresser("/lorenskog/") == [
        "/lorenskog/hvem-kan-hjelpe/",
        "/lorenskog/tjenester/",
        "/lorenskog/endringer/",
        "/lorenskog/arshjul/",
    ]
    assert "112" in lest.alt
    assert "Helsestasjonen" in Lest(client.get("/lorenskog/tjenester/")).tekst
    assert "Ny plan" not in koordinator.get("/lorenskog/").text
    assert "/lorenskog/2024-2028/" in Lest(nabo.get("/lorenskog/")).adresser("/")


def test_the_front_page_says_what_the_plan_is(client):
    lest = Lest(client.get(PLANEN))

    for ordene in (
        "Trygg oppvekst",
        "Lillestrøm kommune, 2024–2028",
        "Hva kommunen gjør.",
        "Vedtatt av kommunestyret 13. mars 2024 (sak 12/24)",
        "Barn og unge i alderen 10–25 år",
        "SLT-koordinatoren",
        "SLT-plan 2019–2023",
        "Se alle 3 tiltak",
    ):
        assert ordene in lest.tekst
    assert f"{PLANEN}plan.pdf" in lest.adresser(PLANEN)


def test_the_front_page_counts_what_each_innsatsomrade_lists(client):
    """A tiltak that stands in two is counted in both, and once in all."""
    lest = Lest(client.get(PLANEN))

    omrader = [lenke for lenke in lest.lenker if "/innsatsomrader/" in lenke[0]]
    assert omrader == [
        (f"{PLANEN}innsatsomrader/vold/", "Vold 3 tiltak"),
        (f"{PLANEN}innsatsomrader/ungdom/", "Ungdom 1 tiltak"),
    ]
    for adresse, tekst in omrader:
        side = Lest(client.get(adresse))
        antall = len(side.adresser(f"{PLANEN}tiltak/"))
        assert f"{antall} tiltak" in tekst
        liste = client.get(f"{PLANEN}tiltak/?omrade={adresse.split('/')[-2]}")
        assert len(liste.context["tiltakene"]) == antall


def test_the_front_page_tells_what_is_new(client):
    """A new deltiltak too, beside the tiltak that it is part of."""
    lest = Lest(client.get(PLANEN))

    nye = [lenke for lenke in lest.lenker if lenke[0].startswith(f"{PLANEN}tiltak/v")]
    assert nye == [
        (f"{PLANEN}tiltak/vold/1/", "Natteravn"),
        (f"{PLANEN}tiltak/vold/2/#del-feltarbeid-i-helgene", "Feltarbeid i helgene"),
    ]
    assert "Feltarbeid i helgene del av Vold 2" in lest.tekst


@pytest.mark.parametrize(
    ("felter", "behandling"),
    [
        (
            ("sluttet_seg_til", "kommunestyret", date(2024, 3, 13), "12/24"),
            "Kommunestyret sluttet seg til planen 13. mars 2024 (sak 12/24)",
        ),
        (
            ("sluttet_seg_til", "", date(2024, 3, 1), ""),
            "Planen fikk tilslutning 1. mars 2024",
        ),
        (
            ("etterretning", "politirådet", None, ""),
            "Tatt til etterretning av politirådet",
        ),
        (("etterretning", "", None, "7/24"), "Tatt til etterretning (sak 7/24)"),
        (("vedtatt", "", date(2024, 12, 31), ""), "Vedtatt 31. desember 2024"),
        (("", "", None, ""), ""),
    ],
)
def test_how_a_plan_came_to_hold_is_a_sentence(felter, behandling):
    navn = ("vedtaksform", "vedtatt_av", "vedtatt_dato", "vedtatt_sak")

    plan = Handlingsplan(**dict(zip(navn, felter, strict=True)))

    assert plan.behandling == behandling


@pytest.mark.parametrize(
    ("tittel", "navn"),
    [
        ("Handlingsplan", "Handlingsplan 2029–2032"),
        ("Handlingsplan 2029–2032", "Handlingsplan 2029–2032"),
        ("Plan 2029 - 2032 for SLT", "Plan 2029 - 2032 for SLT"),
        ("Plan 2029/32", "Plan 2029/32"),
        ("Plan 2029 til 2032", "Plan 2029 til 2032"),
        ("Etter planen 2024–2028", "Etter planen 2024–2028 2029–2032"),
        ("Plan 2029–20325", "Plan 2029–20325 2029–2032"),
        ("Plan 2029", "Plan 2029 2029–2032"),
    ],
)
def test_a_plan_says_its_period_once(tittel, navn):
    assert str(Handlingsplan(tittel=tittel, fra_ar=2029, til_ar=2032)) == navn


def test_the_front_page_says_the_period_once(nabokommune, client):
    plan = HandlingsplanFactory(kommune=nabokommune)

    def sagt():
        siden = Lest(client.get(plan.get_absolute_url())).tekst
        hode = siden.partition("Om planen")[0]
        return hode.rpartition(f"{nabokommune.navn} kommune")[2]

    for_ = sagt()
    plan.tittel = "Planen 2024–2028"
    plan.save()

    assert [tekst.count("2024–2028") for tekst in (for_, sagt())] == [1, 1]


@pytest.mark.parametrize(("status", "vises"), [("utkast", False), (AVLOST, True)])
def test_the_plan_that_it_builds_on_is_named_once_it_was_adopted(
    status, vises, innhold, client
):
    annen = HandlingsplanFactory(
        kommune=innhold.kommune,
        tittel="Hemmelig tittel",
        fra_ar=2019,
        til_ar=2023,
        status=status,
    )
    innhold.plan.bygger_pa, innhold.plan.bygger_pa_tekst = annen, ""
    innhold.plan.save()

    assert ("Hemmelig tittel" in client.get(PLANEN).text) == vises


def test_new_is_what_does_not_come_from_the_plan_before(innhold, client):
    for_ = HandlingsplanFactory(
        kommune=innhold.kommune, fra_ar=2019, til_ar=2023, status=AVLOST
    )
    gammelt = TiltakFactory(plan=for_)
    innhold.plan.bygger_pa = for_
    innhold.plan.save()
    for tiltak in Tiltak.objects.filter(plan=innhold.plan).exclude(
        tittel="Konfliktråd"
    ):
        Overgang.objects.create(
            ny_plan=tiltak.plan, fra=gammelt, til=tiltak, valg="viderefores"
        )

    lest = Lest(client.get(PLANEN))

    nye = [lenke for lenke in lest.lenker if lenke[0].startswith(f"{PLANEN}tiltak/v")]
    assert nye == [(f"{PLANEN}tiltak/vold/3/", "Konfliktråd")]
    liste = client.get(f"{PLANEN}tiltak/?nytt=on")
    assert [t.tittel for t in liste.context["tiltakene"]] == ["Konfliktråd"]


def test_many_new_ones_are_cut_short_with_a_way_to_all(innhold, client):
    for _n in range(25):
        PlasseringFactory(innsatsomrade=innhold.vold, tiltak__nytt=True)

    lest = Lest(client.get(PLANEN))

    assert len(lest.adresser(f"{PLANEN}tiltak/vold/")) == 20
    assert (f"{PLANEN}tiltak/?nytt=on", "Se alle nye tiltak") in lest.lenker


# The text of the plan -----------------------------------------------------------------


def test_each_part_of_a_page_has_an_id_of_its_own(client, innhold):
    """Whatever people call their chapters, innsatsområder and deltiltak."""
    for tittel in ("Tiltakene", "Innhold", "Målsettinger"):
        KapittelFactory(plan=innhold.plan, tittel=tittel, figur="pyramide")
    InnsatsomradeFactory(plan=innhold.plan, navn="Treff", kortnavn="T")
    PlasseringFactory(innsatsomrade=innhold.plan.innsatsomrader.get(navn="Treff"))
    for tittel in ("Kontakt", "Om"):
        TiltakFactory(
            plan=innhold.plan,
            overordnet=Plassering.objects.get(
                innsatsomrade=innhold.vold, nummer=2
            ).tiltak,
            tittel=tittel,
        )

    for adresse in ALLE:
        ider = re.findall(r'\sid="([^"]+)"', client.get(adresse).text)
        assert ider
        assert [id_ for id_, antall in Counter(ider).items() if antall > 1] == []


def test_the_plan_is_read_with_contents_and_figures(client):
    svar = client.get(f"{PLANEN}plan/")
    lest = Lest(svar)

    assert lest.adresser("#") == [
        "#kapittel-bakgrunn",
        "#kapittel-organisering",
        "#malsettinger",
        "#tiltakene",
        "#styringsdokumenter",
    ]
    assert all(f'id="{adresse[1:]}"' in svar.text for adresse in lest.adresser("#"))
    for ordene in (
        "Hvorfor",
        "Universell: 1.",
        "Selektiv: 1.",
        "Indikativ: 0.",
        "De tre nivåene i SLT-modellen",
        "Visjon: Trygge unge",
        "Strategi (Vold): Tidlig innsats",
        "Politirådsavtalen",
        "2023–2027",
    ):
        assert ordene in lest.tekst
    assert ("https://example.org/avtale", "Politirådsavtalen") in lest.lenker
    # Those of a tiltak stand on its own page.
    assert "Færre alene ute" not in lest.tekst


def test_an_innsatsomrade_lists_its_tiltak_by_number(client):
    vold = Lest(client.get(f"{PLANEN}innsatsomrader/vold/"))
    ungdom = Lest(client.get(f"{PLANEN}innsatsomrader/ungdom/"))

    assert "Om vold" in vold.tekst
    assert "Strategi: Tidlig innsats" in vold.tekst
    assert [t for a, t in vold.lenker if a.startswith(f"{PLANEN}tiltak/v")] == [
        "Tiltak 1: Natteravn",
        "Tiltak 2: Oppsøkende arbeid",
        "Tiltak 3: Konfliktråd",
    ]
    assert [t for a, t in ungdom.lenker if "/tiltak/ungdom/" in a] == [
        "Tiltak 1: Oppsøkende arbeid"
    ]


# A tiltak -----------------------------------------------------------------------------

TILTAKET = f"{PLANEN}tiltak/vold/2/"


def test_a_tiltak_says_what_it_is_for_whom_and_where_it_stands(client):
    lest = Lest(client.get(TILTAKET))

    for ordene in (
        "Oppsøkende arbeid",
        "Ute blant unge .",
        "Ungdom, 13–18 år, 8. trinn",
        "Også anonymt.",
        "Selektiv (foreslått, ikke fra planen)",
        "0–1",
        "Kommunalsjef oppvekst, Politirådet",
        "Fetsund",
        "Rus",
        "I drift",
        "Hovedmål: Færre alene ute",
    ):
        assert ordene in lest.tekst, ordene
    assert "hvem kan ta kontakt: barn og unge, foresatte" in lest.tekst.lower()
    assert ("https://example.org/arbeid", "Om arbeidet") in lest.lenker


def test_a_level_that_the_plan_gives_is_not_called_proposed(innhold, client):
    uten_forslag = client.get(f"{PLANEN}tiltak/vold/1/").text
    assert "Universell" in uten_forslag
    assert "foreslått, ikke fra planen" not in uten_forslag
    innhold.tiltak.niva_foreslatt = False
    innhold.tiltak.save()

    tekst = client.get(TILTAKET).text
    assert "Selektiv" in tekst
    assert "foreslått, ikke fra planen" not in tekst


def test_a_tiltak_says_whom_to_call_and_how(client):
    lest = Lest(client.get(TILTAKET))

    for ordene in (
        "Ansvarlig: hele året",
        "Vakttelefonen Fritidsklubben",
        "Be om ungdomsteamet",
        "Ingen svar? Send SMS til samme nummer",
        "Hverdager kl. 08.00–15.00 Lørdag kl. 20.00–02.00 Stengt i juli.",
        "Kanalen Ungdom",
        "Torget 1",
        "Send melding i Visma",
        "Samarbeidspart",
    ):
        assert ordene in lest.tekst, ordene
    assert [
        lenke
        for lenke in lest.lenker
        if lenke[0].startswith(("tel:", "sms:", "mailto:", "https://example.org/out"))
    ] == [
        ("tel:+4746934634", "469 34 634"),
        ("sms:+4746934634", "469 34 634"),
        ("mailto:out@example.org", "out@example.org"),
        ("https://example.org/out", "Nettsiden til Oppsøkende ungdomsteam"),
        ("tel:+4764993000", "64 99 30 00"),
    ]
    assert lest.adresser("/lillestrom/tjenester/") == [
        "/lillestrom/tjenester/oppsokende-ungdomsteam/",
        "/lillestrom/tjenester/politiet/",
        "/lillestrom/tjenester/politiet/",
    ]


def test_where_nothing_is_chosen_the_main_contact_points_hold(innhold, client):
    ansvar = innhold.tiltak.ansvar.get(tjeneste=innhold.politi)
    ansvar.velg_kontaktpunkter([])

    lest = Lest(client.get(TILTAKET))

    assert lest.adresser("tel:")[1:] == [
        "tel:02800",
        "tel:+4764993000",
        "tel:+4764993001",
    ]


def test_what_is_not_a_main_contact_point_may_be_chosen(innhold, client):
    ansvar = innhold.tiltak.ansvar.get(tjeneste=innhold.out)
    ansvar.velg_kontaktpunkter(innhold.out.kontaktpunkter.filter(verdi="47795404"))

    lest = Lest(client.get(TILTAKET))

    assert lest.adresser("tel:", "sms:", "mailto:") == [
        "tel:+4747795404",
        "tel:+4764993000",
    ]


def test_hidden_contact_points_never_leak_also_when_chosen(innhold, client, nabo):
    skjult = Kontaktpunkt.objects.exclude(synlighet=SYNLIGHET.OFFENTLIG)
    for ansvar in Ansvar.objects.all():
        valgte = skjult.filter(tjeneste=ansvar.tjeneste)
        ansvar.velg_kontaktpunkter(valgte)

    for side in ALLE:
        for klient in (client, nabo):
            svar = klient.get(side)
            for verdi in (
                "kari@example.org",
                "Kari Nordmann",
                "90000001",
                "900 00 001",
            ):
                assert verdi not in svar.text
            assert "leder-out@example.org" not in svar.text
    # The main ones do not step in for a choice that may not be seen.
    assert Lest(client.get(TILTAKET)).adresser("tel:", "sms:", "mailto:") == []
    assert "Politiet" in Lest(client.get(TILTAKET)).tekst


def test_own_coordinators_and_staff_see_theirs(innhold, koordinator, kommune):
    ansatt = innlogget(
        TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.ANSATT).bruker
    )
    Ansvar.objects.get(tjeneste=innhold.out).velg_kontaktpunkter([])

    sett = [
        [
            ordene in klient.get(TILTAKET).text
            for ordene in ("Kari Nordmann", "900 00 001")
        ]
        for klient in (koordinator, ansatt)
    ]

    assert sett == [[True, True], [True, False]]


def test_where_there_is_nobody_to_call_it_says_whom_to_ask(innhold, kommune, client):
    kommune.nettsted = "https://kommunen.example/"
    kommune.save()
    tiltak = PlasseringFactory(innsatsomrade=innhold.vold).tiltak
    AnsvarFactory(tiltak=tiltak, tjeneste=TjenesteFactory(kommune=kommune))

    lest = Lest(client.get(tiltak.get_absolute_url()))

    assert "Ingen åpne kontaktopplysninger i planen. Spør kommunen:" in lest.tekst
    assert "https://kommunen.example/" in [adresse for adresse, _ord in lest.lenker]
    assert "Ingen åpne" not in Lest(client.get(TILTAKET)).tekst


def test_a_deltiltak_stands_in_its_tiltak(client):
    svar = client.get(TILTAKET)
    lest = Lest(svar)

    for ordene in ("Feltarbeid i helgene", "Fredag og lørdag.", "Elever på vg1"):
        assert ordene in lest.tekst
    assert 'id="del-feltarbeid-i-helgene"' in svar.text
    assert lest.tekst.count("Ansvar: ikke avklart") == 0


@pytest.mark.parametrize(
    ("helheten", "delen", "antall"),
    [
        ("ingen", "ingen", 1),
        ("ingen", "ansvarlig", 0),
        ("ansvarlig", "ingen", 0),
        ("ansvarlig", "ansvarlig", 0),
        ("samarbeidspart", "medansvarlig", 1),
    ],
)
def test_unclear_responsibility_is_said_once(helheten, delen, antall, innhold, client):
    """By the parts where there are any; a part may rest on the whole."""
    del_ = innhold.tiltak.deltiltak.get()
    for tiltak, rolle in ((innhold.tiltak, helheten), (del_, delen)):
        tiltak.ansvar.all().delete()
        if rolle != "ingen":
            AnsvarFactory(tiltak=tiltak, tjeneste=innhold.out, rolle=rolle)

    assert Lest(client.get(TILTAKET)).tekst.count("Ansvar: ikke avklart") == antall


def test_a_tiltak_without_anybody_says_so(client):
    assert "Ansvar: ikke avklart." in Lest(client.get(f"{PLANEN}tiltak/vold/3/")).tekst
    assert "Ansvar ikke avklart" in Lest(client.get(f"{PLANEN}tiltak/")).tekst


@pytest.mark.parametrize(("ordene", "antall"), [("Rektor", 0), ("Ikke avklart", 1)])
def test_it_does_not_say_so_where_the_text_names_somebody(ordene, antall, client):
    hvor = {"innsatsomrade__kortnavn": "Vold", "nummer": 3}
    vold = Plassering.objects.get(**hvor).tiltak
    vold.tekst = f"<p><strong>Ansvarlig:</strong> {ordene}</p>"
    vold.save()

    lest = Lest(client.get(f"{PLANEN}tiltak/vold/3/"))

    assert lest.tekst.count("Ansvar: ikke avklart") == antall


def test_a_tiltak_leads_to_its_other_places_and_its_neighbours(client):
    hoved, andre = (
        Lest(client.get(TILTAKET)),
        Lest(client.get(f"{PLANEN}tiltak/ungdom/1/")),
    )

    assert (f"{PLANEN}tiltak/ungdom/1/", "Ungd 1") in hoved.lenker
    assert (TILTAKET, "Vold 2") in andre.lenker
    assert (f"{PLANEN}tiltak/ungdom/1/", "Ungd 1") not in andre.lenker
    naboer = [a for a in hoved.adresser(f"{PLANEN}tiltak/vold/") if a != TILTAKET]
    assert naboer == [f"{PLANEN}tiltak/vold/1/", f"{PLANEN}tiltak/vold/3/"]
    assert andre.adresser(f"{PLANEN}tiltak/ungdom/") == []
    assert "tiltak 1" in andre.tekst


def test_neighbours_are_those_of_the_innsatsomrade_whatever_the_gaps(innhold, client):
    with uten_vern():
        Plassering.objects.get(innsatsomrade=innhold.vold, nummer=1).delete()
    PlasseringFactory(
        innsatsomrade=innhold.vold, nummer=40, tiltak__tittel="Langt unna"
    )

    adresser = Lest(client.get(f"{PLANEN}tiltak/vold/3/")).adresser(f"{PLANEN}tiltak/v")

    assert adresser == [TILTAKET, f"{PLANEN}tiltak/vold/40/"]


def test_new_and_unusual_status_are_said_in_words(client):
    lest = Lest(client.get(f"{PLANEN}tiltak/vold/1/"))

    assert "Nytt" in lest.tekst
    assert "Planlagt" in lest.tekst
    assert "Nytt" not in Lest(client.get(f"{PLANEN}tiltak/vold/3/")).tekst


# Last changed -------------------------------------------------------------------------


@pytest.fixture
def lenge_siden(innhold):
    """All that was done is as of New Year 2020."""
    for modell in apps.get_models():
        if "history_date" in {felt.name for felt in modell._meta.fields}:
            modell.objects.update(history_date=datetime(2020, 1, 1, 12, tzinfo=UTC))


def sist_endret(client):
    return timezone.localdate(client.get(TILTAKET).context["tiltak"].sist_endret)


def _endre(rad, **felter):
    for felt, verdi in felter.items():
        setattr(rad, felt, verdi)
    rad.save()


INNHOLDSENDRINGER = {
    "tekst": lambda i: _endre(i.tiltak, tekst="<p>Annet</p>"),
    "status": lambda i: _endre(i.tiltak, status=Tiltak.Status.AVSLUTTET),
    "deltiltak": lambda i: _endre(i.tiltak.deltiltak.get(), tittel="Annet"),
    "nytt deltiltak": lambda i: TiltakFactory(plan=i.plan, overordnet=i.tiltak),
    "ansvar": lambda i: _endre(i.tiltak.ansvar.first(), merknad="Annet"),
    "ansvar for del": lambda i: _endre(
        i.tiltak.deltiltak.get().ansvar.get(), merknad="Annet"
    ),
    "ansvar fjernet": lambda i: i.tiltak.ansvar.first().delete(),
    "valgt kontaktpunkt": lambda i: i.tiltak.ansvar.first().velg_kontaktpunkter(
        [i.out.kontaktpunkter.first()]
    ),
    "målgruppe": lambda i: Malgruppe.objects.create(tiltak=i.tiltak, tekst="Andre"),
    "målsetting": lambda i: _endre(i.tiltak.malsettinger.get(), tekst="Annet"),
    "lenke": lambda i: i.tiltak.lenker.all().delete(),
    "tema": lambda i: i.tiltak.temavalg.all().delete(),
    "lokalområde": lambda i: i.tiltak.lokalomradevalg.all().delete(),
    "plassering": lambda i: PlasseringFactory(
        tiltak=i.tiltak, innsatsomrade__plan=i.plan, hoved=False
    ),
}


@pytest.mark.parametrize("hva", INNHOLDSENDRINGER)
def test_a_change_of_content_is_the_last_change(hva, innhold, lenge_siden, client):
    assert sist_endret(client) == date(2020, 1, 1)

    INNHOLDSENDRINGER[hva](innhold)

    assert sist_endret(client) == timezone.localdate()


def test_other_changes_are_not(innhold, lenge_siden, client):
    innhold.tiltak.save()
    _endre(innhold.natteravn, tekst="<p>Annet</p>")
    _endre(innhold.plan, ingress="Annet")
    _endre(innhold.out.kontaktpunkter.first(), instruks="Annet")

    assert sist_endret(client) == date(2020, 1, 1)
    assert "Sist endret 1. januar 2020" in Lest(client.get(TILTAKET)).tekst


# Tjenester ----------------------------------------------------------------------------


def test_tjenester_are_listed_in_norwegian_order_with_main_contacts(innhold, client):
    TjenesteFactory(kommune=innhold.kommune, navn="Årnes", nedlagt=date(2023, 1, 1))
    for navn in ("Ålesundteamet", "Ærlig talt", "Øvre"):
        TjenesteFactory(kommune=innhold.kommune, navn=navn)

    lest = Lest(client.get(I_KOMMUNEN[0]))

    tjenester = [t for a, t in lest.lenker if a.startswith("/lillestrom/tjenester/")]
    assert [t.split(" (")[0] for t in tjenester] == [
        "Barnevernsvakten",
        "Oppsøkende ungdomsteam",
        "Politiet",
        "Ærlig talt",
        "Øvre",
        "Ålesundteamet",
    ]
    assert "tel:+4746934634" in lest.adresser("tel:")
    assert "tel:+4747795404" not in lest.adresser("tel:")


def test_a_tjeneste_says_all_its_ways_in_and_all_its_tiltak(innhold, client):
    under = TjenesteFactory(
        kommune=innhold.kommune, navn="Nattpatruljen", overordnet=innhold.out
    )

    lest = Lest(client.get(I_KOMMUNEN[1]))

    for ordene in ("Oppsøkende ungdomsteam", "OUT", "Møter unge der de er."):
        assert ordene in lest.tekst
    assert lest.adresser("tel:", "sms:", "mailto:") == [
        "tel:+4746934634",
        "sms:+4746934634",
        "mailto:out@example.org",
        "tel:+4747795404",
    ]
    assert (TILTAKET, "Oppsøkende arbeid") in lest.lenker
    assert (under.get_absolute_url(), "Nattpatruljen") in lest.lenker
    over = Lest(client.get(under.get_absolute_url()))
    assert (I_KOMMUNEN[1], "Oppsøkende ungdomsteam") in over.lenker


def test_the_tiltak_of_a_tjeneste_stand_in_the_order_of_the_plan(innhold, client):
    """Deltiltak right after their tiltak; the plan in force alone."""
    for tiltak in (innhold.natteravn, Tiltak.objects.get(tittel="Konfliktråd")):
        AnsvarFactory(tiltak=tiltak, tjeneste=innhold.politi)
    tidlig = InnsatsomradeFactory(plan=innhold.plan, navn="Først", rekkefolge=0)
    AnsvarFactory(
        tiltak=PlasseringFactory(
            innsatsomrade=tidlig, tiltak__tittel="Aller først"
        ).tiltak,
        tjeneste=innhold.politi,
    )
    gammel = HandlingsplanFactory(
        kommune=innhold.kommune, fra_ar=2019, til_ar=2023, status=AVLOST
    )
    AnsvarFactory(
        tiltak=TiltakFactory(plan=gammel, tittel="Foreldet"), tjeneste=innhold.politi
    )

    lest = Lest(client.get("/lillestrom/tjenester/politiet/"))

    assert [t for a, t in lest.lenker if a.startswith(f"{PLANEN}tiltak/")] == [
        "Aller først",
        "Natteravn",
        "Oppsøkende arbeid",
        "Feltarbeid i helgene",
        "Konfliktråd",
    ]
    assert "Foreldet" not in lest.tekst


def test_a_tjeneste_that_is_no_more_says_so_where_somebody_still_looks(innhold, client):
    _endre(innhold.out, nedlagt=date(2023, 12, 31))

    assert "nedlagt 31. desember 2023" in Lest(client.get(I_KOMMUNEN[1])).tekst
    assert "Oppsøkende" not in Lest(client.get(I_KOMMUNEN[0])).tekst


def test_a_tjeneste_is_not_closed_before_it_is(innhold):
    """Else it would be gone from the lists today, and said to be closed already."""
    for dag in (timezone.localdate() + timedelta(days=1), date(9999, 1, 1)):
        innhold.out.nedlagt = dag

        with pytest.raises(ValidationError) as feil:
            innhold.out.full_clean()

        assert feil.value.message_dict == {
            "nedlagt": ["Datoen er ikke kommet ennå. Fyll den ut når det skjer."]
        }


def test_the_list_tells_who_answers_for_it_from_who_does_so_with_them(client, kommune):
    tiltak = PlasseringFactory(
        innsatsomrade__plan=HandlingsplanFactory(
            kommune=kommune, fra_ar=2020, til_ar=2023, status=AVLOST
        )
    ).tiltak
    for navn, rolle in (("Skolen", ROLLE.ANSVARLIG), ("Klubben", ROLLE.MEDANSVARLIG)):
        tjeneste = TjenesteFactory(kommune=kommune, navn=navn)
        AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste, rolle=rolle)

    lest = Lest(client.get(f"{tiltak.plan.get_absolute_url()}tiltak/"))

    assert "Ansvarlig: Skolen; Medansvarlig: Klubben" in lest.tekst


@pytest.mark.parametrize(
    ("antall", "sagt"),
    [
        (2, "For: A & B; gruppe 2"),
        (3, "For: A & B; gruppe 2 og én målgruppe til"),
        (4, "For: A & B; gruppe 2 og 2 målgrupper til"),
    ],
)
def test_the_list_tells_of_two_groups_and_how_many_more(client, kommune, antall, sagt):
    plan = HandlingsplanFactory(
        kommune=kommune, fra_ar=2020, til_ar=2023, status=AVLOST
    )
    tiltak = PlasseringFactory(innsatsomrade__plan=plan).tiltak
    tekster = ["A & B", "gruppe 2", "gruppe 3", "gruppe 4"]
    with uten_vern():
        for nr, tekst in enumerate(tekster[:antall]):
            Malgruppe.objects.create(tiltak=tiltak, tekst=tekst, rekkefolge=nr)

    rad = Lest(client.get(f"{plan.get_absolute_url()}tiltak/")).tekst

    assert re.search(r"For: .*?(?= Ansvar ikke avklart)", rad)[0] == sagt


def test_a_tjeneste_has_a_page_without_any_plan(nabokommune, client):
    tjeneste = TjenesteFactory(kommune=nabokommune)

    assert client.get(tjeneste.get_absolute_url()).status_code == 200


# Safe ---------------------------------------------------------------------------------

ANGREP = (
    '<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:x">i</a>'
)


def skriv_forbi_alle_dorer(angrep):
    """Puts the text into every text of every model, by SQL."""
    with connection.cursor() as cursor:
        for modell in apps.get_app_config("tiltak").get_models():
            tekster = [
                felt.column
                for felt in modell._meta.concrete_fields
                # "person" is for staff alone, by a constraint.
                if isinstance(felt, Fritekst) and felt.name not in ("verdi", "person")
            ]
            for kolonne in tekster:
                # With the id, as some must be unlike the others.
                cursor.execute(
                    f"UPDATE {modell._meta.db_table} SET {kolonne} = %s || "  # noqa: S608
                    f"{modell._meta.pk.column}",
                    [angrep],
                )
        cursor.execute(
            "UPDATE tiltak_kontaktpunkt SET verdi = 'JavaScript:alert(1)'"
            " WHERE type = 'nett'"
        )


def test_html_is_cleaned_on_its_way_out(client, koordinator):
    skriv_forbi_alle_dorer(ANGREP)

    for side in ALLE:
        for klient in (client, koordinator):
            svar = klient.get(side)
            assert svar.status_code == 200
            assert "<script>alert" not in svar.text
            # But for our own code, whose tjeneste is called so, too.
            assert "<img" not in svar.text.replace('<img class="qr" src="/', "")
            adresser = [adresse.lower() for adresse, _ in Lest(svar).lenker]
            assert [a for a in adresser if "script:" in a] == []


@pytest.mark.parametrize("side", ALLE)
def test_nothing_is_loaded_from_other_hosts(side, client):
    svar = client.get(side)

    regler = svar["Content-Security-Policy"].split("; ")
    assert {kilde for regel in regler for kilde in regel.split()[1:]} == {
        "'self'",
        "'none'",
        "data:",
    }


@pytest.mark.parametrize(
    "side",
    [
        *ALLE,
        "/lillestrom/finnes-ikke/",
        f"{PLANEN}tiltak/vold/99/",
        "/lillestrom/x/y/z",
    ],
)
def test_acute_help_is_on_every_page_of_a_kommune(side, client):
    lenker = Lest(client.get(side)).alle_lenker

    numre = [a for a, _ in lenker if a.startswith("tel:")]
    assert numre[:3] == ["tel:112", "tel:113", "tel:+4763801224"]
    assert {"tel:110", "tel:116117", "tel:116111", "tel:02800"} <= set(numre)


def test_acute_help_is_on_the_forms_and_on_the_page_without_a_plan(
    innhold, koordinator
):
    adresser = [
        f"/lillestrom/endre/tiltak/{innhold.tiltak.pk}/",
        f"/lillestrom/endre/tjenester/{innhold.out.pk}/",
    ]
    gi_status(innhold.plan, UTKAST)

    for adresse in (*adresser, "/lillestrom/"):
        assert 'href="tel:+4763801224"' in koordinator.get(adresse).text


# Addresses that lead nowhere ----------------------------------------------------------

INGENSTEDS = [
    "/finnes-ikke/",
    "/finnes-ikke/2024-2028/",
    "/finnes-ikke/tiltak/",
    "/finnes-ikke/tjenester/",
    "/lillestrom/2023-2028/",
    "/lillestrom/0000-0000/",
    "/lillestrom/9999-9999/tiltak/",
    "/lillestrom/12024-2028/",
    "/lillestrom/2024/",
    f"{PLANEN}finnes-ikke/",
    f"{PLANEN}innsatsomrader/",
    f"{PLANEN}innsatsomrader/finnes-ikke/",
    f"{PLANEN}innsatsomrader/%C3%A6%C3%B8%C3%A5/",
    f"{PLANEN}tiltak/vold/",
    f"{PLANEN}tiltak/vold/0/",
    f"{PLANEN}tiltak/vold/02/",
    f"{PLANEN}tiltak/vold/4/",
    f"{PLANEN}tiltak/vold/-1/",
    f"{PLANEN}tiltak/vold/9999/",
    f"{PLANEN}tiltak/vold/99999999999999999999/",
    f"{PLANEN}tiltak/vold/%D9%A2/",
    f"{PLANEN}tiltak/vold/2/3/",
    f"{PLANEN}tiltak/finnes-ikke/2/",
    f"{PLANEN}tiltak/v%C3%B8ld/2/",
    f"{PLANEN}tiltak/%F0%9F%98%80/2/",
    f"{PLANEN}tiltak/vold%00/2/",
    "/lillestrom%00/",
    "/%00",
    "/lille%E2%80%8Bstrom/tiltak/",
    "/lillestr%C3%B8m/",
    "/lillestrom/tjenester/finnes-ikke/",
    "/lillestrom/tjenester/%C3%A6/",
    "/lillestrom/tjenester/%00/",
    "/lillestrom/tjenester/out';--/",
    "/lillestrom/../admin/",
    "/lillestrom/..%2F..%2Fetc%2Fpasswd",
    "/..%2f..%2fetc/passwd/",
    "/lillestrom/tjenester/../../healthz",
    "/%FF%FE/",
    f"/{'a' * 5000}/",
    f"/lillestrom/tjenester/{'a' * 5000}/",
    f"{PLANEN}tiltak/{'a' * 5000}/1/",
    f"/lillestrom/{'a/' * 3000}",
    "/LILLESTROM/",
    "/healthz/",
    "/.env",
    "/wp-login.php",
]


@pytest.mark.parametrize("adresse", INGENSTEDS)
def test_wrong_addresses_get_our_own_page(adresse, client):
    svar = client.get(adresse)

    assert svar.status_code == 404
    assert "Siden finnes ikke" in Lest(svar).tekst
    assert '<html lang="nb"' in svar.text


def test_a_wrong_address_in_a_kommune_has_the_menu_of_the_plan_in_force(
    innhold, client
):
    meny = {f"{PLANEN}tiltak/", f"{PLANEN}plan/"}
    for adresse in ("/lillestrom/borte/", "/lillestrom/2000-2004/", f"{PLANEN}borte/"):
        svar = client.get(adresse)
        assert svar.status_code == 404
        assert meny <= {a for a, _ in Lest(svar).alle_lenker}

    gi_status(innhold.plan, Handlingsplan.Status.UTKAST)

    for adresse in ("/lillestrom/borte/", PLANEN):
        svar = client.get(adresse)
        assert svar.status_code == 404
        assert meny & {a for a, _ in Lest(svar).alle_lenker} == set()


@pytest.mark.parametrize("hva", ["tiltak", "tjenester", "kontaktpunkter"])
def test_wrong_numbers_of_forms_get_our_own_page(hva, koordinator):
    for pk in ("0", "99999999", "9" * 19, "9" * 40, "-1", "%00", "1%00", "x", "1.0"):
        svar = koordinator.get(f"/lillestrom/endre/{hva}/{pk}/")

        assert svar.status_code == 404
        assert "Siden finnes ikke" in svar.text


def test_a_missing_slash_is_put_in(client):
    svar = client.get(f"{PLANEN}tiltak?q=rus")

    assert (svar.status_code, svar["Location"]) == (301, f"{PLANEN}tiltak/?q=rus")


@pytest.mark.parametrize(
    "adresse", ["//example.org/", "/\\example.org/", "//lillestrom"]
)
def test_no_address_leads_to_another_host(adresse, client):
    svar = client.get(adresse)

    while svar.status_code in (301, 302):
        assert not svar["Location"].startswith(("//", "http", "/\\"))
        svar = client.get(svar["Location"])
    assert svar.status_code in (200, 404)


@pytest.mark.parametrize("vert", ["ond.example", "testserver.ond.example", "[", "a b"])
def test_a_host_that_is_not_ours_is_refused(vert, client):
    for side in (PLANEN, "/", "/finnes-ikke/"):
        assert client.get(side, headers={"host": vert}).status_code == 400


def test_what_is_not_there_is_said_in_the_language_of_the_kommune(kommune, client):
    kommune.malform = Kommune.Malform.NYNORSK
    kommune.save()

    assert '<html lang="nn"' in client.get("/lillestrom/finnes-ikke/").text
    # Where there is only one, all of the site is its.
    assert '<html lang="nn"' in client.get("/finnes-ikke/").text
    KommuneFactory()
    assert '<html lang="nb"' in client.get("/finnes-ikke/").text


# What it costs ------------------------------------------------------------------------

ALT_VALGT = (
    "q=tiltak+gruppe&omrade=omrade-0&niva=selektiv&alder=14&tjeneste=tjeneste-0"
    "&lokalomrade=bygd-0&tema=tema-0&nytt=on&status=i_drift"
)
STORE = [
    "",
    "plan/",
    "dekning/",
    "innsatsomrader/omrade-0/",
    "tiltak/",
    f"tiltak/?{ALT_VALGT}",
    "tiltak/omrade-0/1/",
    "tiltak/omrade-3/1/",
]
KOMMUNENS = ["tjenester/", "tjenester/tjeneste-0/", "finnes-ikke/"]


@pytest.fixture(scope="module")
def _storrelser(_grunnlag, django_db_blocker):
    """Three kommuner that differ in size alone."""
    with django_db_blocker.unblock(), transaction.atomic():
        for slug, antall, fulle in [
            ("sma", 3, 3),
            ("mellom", 60, 60),
            ("stor", 4700, 60),
        ]:
            full_plan(KommuneFactory(slug=slug), antall, fulle=fulle)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def storrelser(_storrelser, db):
    """With somebody who coordinates in all three."""
    bruker = BrukerFactory()
    for kommune in Kommune.objects.filter(slug__in=["sma", "mellom", "stor"]):
        TilgangFactory(bruker=bruker, kommune=kommune)
    return innlogget(bruker)


def kostnad(client, adresse):
    cache.clear()
    with CaptureQueriesContext(connection) as sporringer:
        svar = client.get(adresse)
    assert svar.status_code == (404 if "finnes" in adresse else 200)
    return len(sporringer)


@pytest.mark.parametrize("side", [*(f"2024-2028/{side}" for side in STORE), *KOMMUNENS])
def test_a_page_costs_the_same_for_3_60_and_4700(side, storrelser, client):
    adresser = [f"/{slug}/{side}" for slug in ("sma", "mellom", "stor")]

    alle = [kostnad(client, adresse) for adresse in adresser]
    koordinators = [kostnad(storrelser, adresse) for adresse in adresser]

    assert alle == [alle[0]] * 3
    # The page of a tiltak tells how it came to be, too, how it is paid, by which grants,
    # what was found of it, and its activities.
    er_tiltak = "/tiltak/omrade" in side
    assert alle[0] <= 19 + 7 * er_tiltak
    # The session, the user, whether they may change something, and what is not public;
    # on the front page, what was said of the plan while it was a draft; of a tiltak, its
    # notes, twice.
    er_forside = side == "2024-2028/"
    assert koordinators == [koordinators[0]] * 3
    assert koordinators[0] <= alle[0] + 4 + er_forside + 2 * er_tiltak


@pytest.mark.parametrize("side", [*(f"2024-2028/{side}" for side in STORE), *KOMMUNENS])
def test_no_page_grows_without_bound(side, storrelser, client):
    svar = client.get(f"/stor/{side}")

    assert len(svar.content) < 200_000
    assert len(Lest(svar).lenker) <= 250


def test_the_long_list_is_read_page_by_page(storrelser, client):
    adresse = "/stor/2024-2028/innsatsomrader/omrade-0/"
    lenke = "/stor/2024-2028/tiltak/omrade-0/"
    sider = {n: Lest(client.get(f"{adresse}?page={n}")) for n in (1, 2, 32)}

    assert [side.adresser(lenke) for side in sider.values()] == [
        [f"{lenke}{nummer}/" for nummer in numre]
        for numre in (range(1, 51), range(51, 101), range(1551, 1568))
    ]
    assert [a for a, t in sider[1].lenker if "Neste" in t] == ["?page=2"]
    assert [a for a, t in sider[32].lenker if "Neste" in t] == []


@pytest.mark.parametrize(
    "side",
    ["2024-2028/innsatsomrader/omrade-0/", "tjenester/", "tjenester/tjeneste-0/"],
)
def test_pages_of_a_list_that_are_not_there(side, storrelser, client):
    for nummer in ("0", "-1", "abc", "999", "1e3", "%00", "9" * 5000):
        svar = client.get(f"/stor/{side}?page={nummer}")

        assert svar.status_code == 404
        assert "Siden finnes ikke" in svar.text
