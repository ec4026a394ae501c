"""The history of a thing in words: what it says to whom."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from slt.felles.anonymisering import anonymiser
from slt.felles.historikksider import SIDER
from slt.grunn.historikk import (
    Art,
    Dor,
    begrunnet,
    opprett_mange,
    samlet_som,
    slett_mange,
    spor,
    uten_vern,
)
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    BrukerFactory,
    FinansieringFactory,
    ForumFactory,
    ForumsmedlemFactory,
    HandlingsplanFactory,
    IndikatorFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KontaktpunktFactory,
    MalingFactory,
    PlasseringFactory,
    TilbudFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    TjenestekommuneFactory,
    TjenesteredaktorFactory,
    ferdig_evaluering,
    gi_status,
)
from tests.lest import Lest
from tests.slt.test_angre import adresse as tidligere_adresse
from tests.slt.test_angre import endret, forste
from tiltak.models import (
    Ansvar,
    AnsvarKontaktpunkt,
    Apningstid,
    Handlingsplan,
    Kapittel,
    Lenke,
    Tiltak,
)


def adresse(rad, kommune=None):
    slug = (kommune or rad_kommune(rad)).slug
    return reverse("historikk", args=[slug, rad._meta.model_name, rad.pk])


def rad_kommune(rad):
    for navn in rad.kommune_sti.split("__"):
        rad = getattr(rad, navn)
    return rad


def setninger(svar):
    """[(what the line is about, [(kind, field, from, to)])] of all lines, in order."""
    return [
        (linje.tittel, [(s.slag, s.navn, s.fra, s.til) for s in linje.setninger])
        for innslag in svar.context["innslag"]
        for linje in innslag.linjer
    ]


def hvem(svar):
    return [innslag.hvem for innslag in svar.context["innslag"]]


@pytest.fixture
def ansatt(kommune):
    return innlogget(TilgangFactory(kommune=kommune, rolle="ansatt").bruker)


@pytest.fixture
def politirad(kommune):
    return innlogget(TilgangFactory(kommune=kommune, rolle="politirad").bruker)


@pytest.fixture
def tjeneste(kommune):
    return TjenesteFactory(kommune=kommune, navn="Utekontakten", kortnavn="")


@pytest.fixture
def punkt(tjeneste):
    return KontaktpunktFactory(tjeneste=tjeneste, type="telefon", verdi="22 22 22 22")


@pytest.fixture
def tiltak(kommune):
    """That stands in a plan that was adopted."""
    plassering = PlasseringFactory(
        innsatsomrade__plan__kommune=kommune, tiltak__tittel="Natteravner"
    )
    return plassering.tiltak


# What it says ---------------------------------------------------------------------------


def test_what_was_changed_from_what_to_what(koordinator, punkt):
    endret(punkt, verdi="33 33 33 33", instruks="Be om vakta")

    svar = koordinator.get(adresse(punkt))

    assert setninger(svar)[0] == (
        "",
        [
            ("endret", "Telefon", "22 22 22 22", "33 33 33 33"),
            ("satt", "Instruks", "", "Be om vakta"),
        ],
    )
    assert "Telefon endret fra «22 22 22 22» til «33 33 33 33»" in Lest(svar).tekst


def test_what_is_taken_away_and_what_only_looks_otherwise(koordinator, tiltak):
    tiltak = endret(tiltak, tekst="<p>Ute hver helg.</p>", kontakt_merknad="Ring")
    endret(tiltak, tekst="<p>Ute <strong>hver</strong> helg.</p>", kontakt_merknad="")

    [(_tittel, felter), *_andre] = setninger(koordinator.get(adresse(tiltak)))

    assert [felt[:3] for felt in felter] == [
        ("form", "Beskrivelse", ""),
        ("tomt", "Merknad om kontakt", "Ring"),
    ]


def test_long_texts_are_told_by_the_words_that_differ(koordinator, tiltak):
    ord_ = " ".join(f"ord{nr}" for nr in range(100))
    tiltak = endret(tiltak, tekst=f"<p>{ord_} gammelt {ord_}</p>")
    endret(tiltak, tekst=f"<p>{ord_} nytt {ord_}</p>")

    svar = koordinator.get(adresse(tiltak))

    [setning] = svar.context["innslag"][0].linjer[0].setninger
    ulike = [(s.hvor.value, s.tekst) for s in setning.stykker if not s.i_begge]
    assert ulike == [("forste", "gammelt "), ("andre", "nytt ")]
    # What is the same on both sides is not told once more.
    assert max(len(s.tekst) for s in setning.stykker) < 130
    assert "[tatt bort: gammelt ]" in Lest(svar).tekst
    assert "[lagt til: nytt ]" in Lest(svar).tekst


def test_of_texts_that_are_otherwise_altogether_not_all_is_told(koordinator, tiltak):
    tiltak = endret(tiltak, tekst=f"<p>{' likt gammelt' * 1000}</p>")
    endret(tiltak, tekst=f"<p>{' likt nytt' * 1000}</p>")

    svar = koordinator.get(adresse(tiltak))

    [setning] = svar.context["innslag"][0].linjer[0].setninger
    assert sum(len(s.tekst) for s in setning.stykker) < 3100
    assert "(mer er endret)" in Lest(svar).tekst


def test_a_service_that_answers_is_a_change_of_the_tiltak(
    koordinator, tiltak, tjeneste
):
    ansvar = AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste, rolle="ansvarlig")
    punkt = KontaktpunktFactory(tjeneste=tjeneste, etikett="vakta", verdi="33333333")
    AnsvarKontaktpunkt.objects.create(ansvar=ansvar, kontaktpunkt=punkt)
    del_ = TiltakFactory(plan=tiltak.plan, overordnet=tiltak, tittel="Sommer")
    AnsvarFactory(tiltak=del_, tjeneste=tjeneste, rolle="medansvarlig")
    ansvar.delete()

    linjer = [tittel for tittel, _felter in setninger(koordinator.get(adresse(tiltak)))]

    assert linjer[:6] == [
        "Tatt bort ansvar: Utekontakten",
        "Tatt bort valgt kontaktpunkt: Utekontakten: vakta 33 33 33 33",
        "Lagt til ansvar: Utekontakten (Sommer)",
        "Lagt til tiltak: Sommer",
        "Lagt til valgt kontaktpunkt: Utekontakten: vakta 33 33 33 33",
        "Lagt til ansvar: Utekontakten",
    ]


def test_what_was_saved_together_is_one_change(koordinator, tjeneste, punkt):
    with spor(Dor.SKJEMA, bruker=koordinator.bruker, begrunnelse="Flyttet"):
        endret(tjeneste, tekst="Vi er ute.")
        endret(punkt, instruks="Ring")

    innslag = koordinator.get(adresse(tjeneste)).context["innslag"]

    assert [linje.tittel for linje in innslag[0].linjer] == [
        "",
        "Endret kontaktpunkt: 22 22 22 22",
    ]
    assert (innslag[0].begrunnelser, innslag[0].flere) == (["Flyttet"], 0)
    assert len(innslag) == 3


@pytest.mark.parametrize("art", list(Art))
def test_who_by_which_door_why_and_that_it_is_a_correction(koordinator, tjeneste, art):
    bruker = koordinator.bruker
    with spor(Dor.ADMIN, bruker=bruker), begrunnet("Skrivefeil", art=art):
        endret(tjeneste, tekst="Rettet")

    svar = koordinator.get(adresse(tjeneste))

    side = Lest(svar).tekst
    assert "administrasjonen" in side
    assert "Begrunnelse: Skrivefeil" in side
    assert svar.context["innslag"][0].er_rettelse == (art == Art.RETTELSE)


def test_what_came_by_itself_says_so_once_and_in_plain_words(koordinator, kommune):
    with spor(Dor.KOMMANDO):
        tjeneste = TjenesteFactory(kommune=kommune, unge_kan_kontakte=True)

    tekst = Lest(koordinator.get(adresse(tjeneste))).tekst

    assert "Systemet" in tekst
    assert "kommando" not in tekst
    assert "Barn og unge kan ta kontakt: ja" in tekst


def test_others_read_the_reason_where_it_tells_of_no_contact(
    koordinator, ansatt, tiltak, tjeneste, punkt
):
    bruker = koordinator.bruker
    for rad, dor in ((tiltak, Dor.SKJEMA), (tiltak, Dor.IMPORT), (tjeneste, Dor.ADMIN)):
        with spor(dor, bruker=bruker, begrunnelse=f"Grunn {dor} {rad}"):
            endret(rad, tekst=f"<p>Nytt {dor}</p>")

    leste, alle = (
        [
            g
            for rad in (tiltak, tjeneste)
            for i in klient.get(adresse(rad)).context["innslag"]
            for g in i.begrunnelser
        ]
        for klient in (ansatt, koordinator)
    )

    assert leste == ["Grunn skjema Natteravner"]
    assert alle == [
        "Grunn import Natteravner",
        "Grunn skjema Natteravner",
        "Grunn admin Utekontakten",
    ]


def test_a_number_in_a_reason_is_for_the_coordinator(koordinator, ansatt, tiltak):
    with spor(Dor.SKJEMA, bruker=koordinator.bruker, begrunnelse="Ikke 22 22 22 22."):
        endret(tiltak, tekst="<p>Nytt</p>")

    leste, alle = (
        k.get(adresse(tiltak)).context["innslag"][0].begrunnelser
        for k in (ansatt, koordinator)
    )

    assert (leste, alle) == (["Ikke (…)."], ["Ikke 22 22 22 22."])


def test_others_read_no_reason_of_what_they_are_not_told_all_of(
    koordinator, ansatt, tiltak
):
    skjult = TiltakFactory(overordnet=tiltak, plan=tiltak.plan, publisert=True)
    with spor(Dor.SKJEMA, bruker=koordinator.bruker, begrunnelse="Flyttet på dem"):
        endret(tiltak, tittel="Nattugler")
        endret(skjult, rekkefolge=77)

    leste, alle = (
        [g for i in k.get(adresse(tiltak)).context["innslag"] for g in i.begrunnelser]
        for k in (ansatt, koordinator)
    )

    assert (leste, alle) == ([], ["Flyttet på dem"])


def test_very_many_rows_are_summed_up(koordinator, kommune):
    indikator = IndikatorFactory(kommune=kommune)
    with spor(Dor.IMPORT, bruker=koordinator.bruker):
        opprett_mange(
            [
                MalingFactory.build(
                    indikator=indikator,
                    kilde=indikator.kilde,
                    arstall=2000 + nr % 90,
                    slag=str(nr),
                )
                for nr in range(500)
            ]
        )

    svar = koordinator.get(adresse(indikator))

    innslag = svar.context["innslag"][0]
    assert (len(innslag.linjer), innslag.flere) == (10, 490)
    assert "… og 490 til" in Lest(svar).tekst


def test_it_has_pages_the_newest_first(koordinator, tjeneste):
    for nr in range(30):
        endret(tjeneste, tekst=f"Nummer {nr}")

    forste_side, annen = (
        koordinator.get(adresse(tjeneste), {"page": nr}).context["innslag"]
        for nr in (1, 2)
    )

    assert (len(forste_side), len(annen)) == (25, 6)
    assert forste_side[0].linjer[0].setninger[0].til == "Nummer 29"
    assert koordinator.get(adresse(tjeneste), {"page": 3}).status_code == 404


@pytest.mark.parametrize("rolle", ["koordinator", "ansatt"])
def test_it_costs_the_same_for_few_and_many(rolle, request, tiltak, tjeneste):
    klient = request.getfixturevalue(rolle)
    sporringer = []
    for antall in (1, 3, 20):
        for _nr in range(antall):
            annen = TjenesteFactory(kommune=tjeneste.kommune)
            AnsvarFactory(tiltak=tiltak, tjeneste=annen)
            Lenke.objects.create(
                tiltak=tiltak, tittel="Les", adresse=f"https://{annen.pk}.no"
            )
            endret(tiltak, tittel=f"Nummer {annen.pk}")
        klient.get(adresse(tiltak))
        with CaptureQueriesContext(connection) as fanget:
            klient.get(adresse(tiltak))
        sporringer.append(len(fanget))

    ett, tre, mange = sporringer
    assert ett == tre <= 30
    # Of the first page alone, on which fewer kinds of things are.
    assert mange <= tre


@pytest.mark.parametrize(
    "lag",
    [
        lambda kommune: PlasseringFactory(innsatsomrade__plan__kommune=kommune).tiltak,
        lambda kommune: TilbudFactory(kommune=kommune),
        lambda kommune: TjenesteFactory(kommune=kommune),
        lambda kommune: KontaktpunktFactory(tjeneste__kommune=kommune),
        lambda kommune: KapittelFactory(plan__kommune=kommune),
        lambda kommune: InnsatsomradeFactory(plan__kommune=kommune),
        lambda kommune: ForumFactory(kommune=kommune, offentlig=True),
        lambda kommune: IndikatorFactory(kommune=kommune, publisert=True),
    ],
)
@pytest.mark.parametrize("rolle", ["koordinator", "ansatt", "politirad"])
def test_each_kind_of_thing_has_it_on_its_own_page(rolle, lag, kommune, request):
    rad = lag(kommune)
    klient = request.getfixturevalue(rolle)
    egen = SIDER[rad._meta.model_name].adresse(rad)

    assert klient.get(adresse(rad)).status_code == 200
    viser = f'href="{adresse(rad)}"' in klient.get(egen).text
    # A contact point has no page: on that of its tjeneste, the coordinator is led there.
    assert viser == (rad._meta.model_name != "kontaktpunkt" or rolle == "koordinator")


# Who may --------------------------------------------------------------------------------


def test_strangers_find_nothing_and_are_led_nowhere(client, tjeneste):
    assert client.get(adresse(tjeneste)).status_code == 404
    assert "/historikk/" not in client.get(tjeneste.get_absolute_url()).text


def test_the_neighbour_finds_nothing(nabo, nabokommune, kommune, tjeneste):
    ansatt = innlogget(TilgangFactory(kommune=nabokommune, rolle="ansatt").bruker)

    for klient in (nabo, ansatt):
        assert klient.get(adresse(tjeneste)).status_code == 404
        assert klient.get(adresse(tjeneste, nabokommune)).status_code == 404


@pytest.mark.parametrize(
    ("modell", "pk"),
    [("tjeneste", 999_999), ("tjeneste", 10**30), ("bruker", 1), ("finnesikke", 1)],
)
def test_what_is_not_there_is_a_404(modell, pk, kommune, koordinator):
    url = reverse("historikk", args=[kommune.slug, modell, pk])

    assert koordinator.get(url).status_code == 404


def test_what_was_deleted_next_door_is_a_404(koordinator, kommune, nabokommune):
    andres = TjenesteFactory(kommune=nabokommune)
    url = reverse("historikk", args=[kommune.slug, "tjeneste", andres.pk])
    andres.delete()

    assert koordinator.get(url).status_code == 404


def test_nothing_is_sent_to_it(koordinator, tjeneste):
    assert koordinator.post(adresse(tjeneste)).status_code == 405


def test_nothing_keeps_it(koordinator, tjeneste):
    assert "no-store" in koordinator.get(adresse(tjeneste))["Cache-Control"]


def test_who_lost_the_role_finds_nothing(kommune, tjeneste):
    tilgang = TilgangFactory(
        kommune=kommune,
        rolle="ansatt",
        fra=timezone.localdate() - timedelta(days=9),
    )
    klient = innlogget(tilgang.bruker)
    assert klient.get(adresse(tjeneste)).status_code == 200

    tilgang.avslutt()

    assert klient.get(adresse(tjeneste)).status_code == 404


def test_a_draft_is_for_those_who_see_it(kommune, koordinator, ansatt, politirad):
    plan = HandlingsplanFactory(kommune=kommune, status="utkast")
    kapittel = KapittelFactory(plan=plan)

    svar = [k.get(adresse(kapittel)).status_code for k in (koordinator, politirad)]

    assert svar == [200, 200]
    assert ansatt.get(adresse(kapittel)).status_code == 404


# Who did it ------------------------------------------------------------------------------


def test_coordinators_read_the_name_others_the_function(
    kommune, koordinator, ansatt, tjeneste
):
    roller = {
        "SLT-koordinatoren": ("koordinator", Dor.SKJEMA),
        "politirådet": ("politirad", Dor.SKJEMA),
        "en i tjenesten": ("ansatt", Dor.SKJEMA),
        "importen": ("koordinator", Dor.IMPORT),
    }
    for nr, (rolle, dor) in enumerate(roller.values()):
        bruker = BrukerFactory(navn=f"Navn Nummer{nr}")
        TilgangFactory(kommune=kommune, rolle=rolle, bruker=bruker)
        with spor(dor, bruker=bruker):
            endret(tjeneste, tekst=f"Tekst {nr}")
    redaktor = TjenesteredaktorFactory(tjeneste=tjeneste).bruker
    with spor(Dor.SKJEMA, bruker=redaktor):
        endret(tjeneste, tekst="Redaktørens")
    with spor(Dor.SKJEMA, bruker=BrukerFactory(is_superuser=True)):
        endret(tjeneste, tekst="Administratorens")
    with spor(Dor.LENKE):
        endret(tjeneste, tekst="Ved lenke")

    hos_andre, hos_koordinator = (
        klient.get(adresse(tjeneste)) for klient in (ansatt, koordinator)
    )

    assert hvem(hos_andre) == [
        "uten innlogging, ved lenke",
        "administrator",
        "en i tjenesten",
        *reversed(roller),
        "systemet",
    ]
    assert "Navn Nummer" not in hos_andre.text
    assert "@" not in Lest(hos_andre).tekst
    assert hvem(hos_koordinator)[3:7] == [f"Navn Nummer{nr}" for nr in (3, 2, 1, 0)]


def test_the_function_is_the_one_of_then(kommune, ansatt, tjeneste):
    bruker = BrukerFactory()
    for_en_uke = timezone.localdate() - timedelta(days=7)
    tilgang = TilgangFactory(
        kommune=kommune, rolle="koordinator", bruker=bruker, fra=for_en_uke
    )
    with spor(Dor.SKJEMA, bruker=bruker):
        endret(tjeneste, tekst="Ny")
    Tilgang.historikk.update(history_date=timezone.now() - timedelta(days=7))
    tilgang.avslutt()
    TilgangFactory(kommune=kommune, rolle="ansatt", bruker=bruker)

    assert hvem(ansatt.get(adresse(tjeneste)))[0] == "SLT-koordinatoren"


def test_of_an_anonymised_user_the_function_stays(
    kommune, koordinator, ansatt, tjeneste
):
    bruker = BrukerFactory(navn="Navn Navnesen")
    TilgangFactory(kommune=kommune, rolle="ansatt", bruker=bruker)
    with spor(Dor.SKJEMA, bruker=bruker):
        endret(tjeneste, tekst="Ny")
    anonymiser(bruker)

    assert hvem(koordinator.get(adresse(tjeneste)))[0] == (
        "en som er tatt ut av systemet"
    )
    assert hvem(ansatt.get(adresse(tjeneste)))[0] == "en i tjenesten"


# What others do not read ----------------------------------------------------------------


@pytest.mark.parametrize("rad", ["punkt", "tjeneste"])
def test_the_old_number_is_for_the_coordinator(
    rad, request, koordinator, ansatt, punkt
):
    endret(punkt, verdi="33 33 33 33")
    side = adresse(request.getfixturevalue(rad))

    hos_andre, hos_koordinator = (k.get(side) for k in (ansatt, koordinator))

    assert ("skjult", "Telefon", "", "33 33 33 33") in setninger(hos_andre)[0][1]
    assert "er endret, og er nå «33 33 33 33»" in Lest(hos_andre).tekst
    for gammelt in ("22 22 22 22", "22222222"):
        assert gammelt not in hos_andre.text
    assert "22 22 22 22" in hos_koordinator.text


@pytest.mark.parametrize(
    "skjul",
    [
        lambda punkt: endret(punkt, synlighet="koordinator"),
        lambda punkt: punkt.delete(),
    ],
)
def test_of_a_contact_point_that_is_hidden_or_gone_nothing_is_told(
    skjul, koordinator, ansatt, tjeneste, tiltak
):
    punkt = KontaktpunktFactory(
        tjeneste=tjeneste, type="telefon", verdi="22222222", etikett="vakta"
    )
    # Another one, so that it is not the last.
    ansvar = AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    valg = AnsvarKontaktpunkt.objects.create(ansvar=ansvar, kontaktpunkt=punkt)
    valg.delete()
    endret(punkt, instruks="Hemmelig instruks")
    skjul(punkt)

    for rad in (tjeneste, tiltak):
        side = ansatt.get(adresse(rad)).text
        for ord_ in ("2222", "22 22", "vakta", "Hemmelig", "valgt kontaktpunkt"):
            assert ord_ not in side
    assert "vakta" in koordinator.get(adresse(tjeneste)).text


def test_a_number_that_was_taken_out_of_a_text_stays_out(koordinator, ansatt, tjeneste):
    for tekst in (
        "Ring 22 22 22 22 eller skriv til gammel@kommune.example.",
        "Ring 33 33 33 33 eller skriv til gammel@kommune.example.",
        "Ring 33 33 33 33.",
    ):
        tjeneste = endret(tjeneste, tekst=tekst)

    hos_andre, hos_koordinator = (
        k.get(adresse(tjeneste)).text for k in (ansatt, koordinator)
    )

    assert "33 33 33 33" in hos_andre
    for borte in ("22 22 22 22", "gammel@kommune.example"):
        assert borte in hos_koordinator
        assert borte not in hos_andre


def test_a_message_that_is_over_is_for_the_coordinator(koordinator, ansatt, kommune):
    tjeneste = TjenesteFactory(kommune=kommune, melding="Stengt til jul")
    endret(tjeneste, melding="Stengt til påske")

    hos_andre, hos_koordinator = (
        k.get(adresse(tjeneste)) for k in (ansatt, koordinator)
    )

    assert setninger(hos_andre)[0][1] == [("skjult", "Beskjed", "", "")]
    for melding in ("Stengt til jul", "Stengt til påske"):
        assert melding not in hos_andre.text
    assert ("endret", "Beskjed", "Stengt til jul", "Stengt til påske") in setninger(
        hos_koordinator
    )[0][1]


def test_opening_hours_of_before_are_for_the_coordinator(koordinator, ansatt, punkt):
    tid = Apningstid.objects.create(
        kontaktpunkt=punkt, fra_dag=0, til_dag=0, apner=time(8), stenger=time(15)
    )
    endret(tid, stenger=time(16))

    hos_andre, hos_koordinator = (
        setninger(k.get(adresse(punkt)))[0][1] for k in (ansatt, koordinator)
    )

    assert [slag for slag, *_resten in hos_koordinator] == ["endret"]
    assert [(slag, fra) for slag, _navn, fra, _til in hos_andre] == [("skjult", "")]


def test_fields_that_only_coordinators_see_are_not_told(koordinator, ansatt, tjeneste):
    with samlet_som("11111111-1111-4111-8111-111111111111"):
        endret(tjeneste, svaransvarlig="noen@kommune.example")

    hos_andre, hos_koordinator = (
        k.get(adresse(tjeneste)) for k in (ansatt, koordinator)
    )

    assert "noen@kommune.example" in hos_koordinator.text
    assert "noen@kommune.example" not in hos_andre.text
    assert len(hos_andre.context["innslag"]) == 1


def test_a_deltiltak_that_is_not_published_is_not_told(
    koordinator, ansatt, politirad, tiltak, tjeneste
):
    del_ = TiltakFactory(
        plan=tiltak.plan, overordnet=tiltak, tittel="Hemmelig", publisert=False
    )
    AnsvarFactory(tiltak=del_, tjeneste=tjeneste, merknad="Skjult merknad")

    hos = {k: k.get(adresse(tiltak)).text for k in (koordinator, politirad, ansatt)}

    assert "Hemmelig" in hos[koordinator]
    assert "Hemmelig" in hos[politirad]
    assert "Hemmelig" not in hos[ansatt]
    assert "Skjult merknad" not in hos[ansatt]
    # Once it is published, what it was before stays with those who saw it.
    endret(del_, tittel="Sommer")
    endret(del_, publisert=True)
    side = ansatt.get(adresse(tiltak))
    assert "Vises tiltak: Sommer" in [tittel for tittel, _felter in setninger(side)]
    assert "Hemmelig" not in side.text
    assert "Skjult merknad" not in side.text


def test_what_stood_in_the_draft_stays_with_those_who_saw_it(
    kommune, koordinator, ansatt, politirad
):
    plan = HandlingsplanFactory(kommune=kommune, status="utkast")
    kapittel = KapittelFactory(plan=plan, tittel="Uferdig", tekst="<p>Halvt</p>")
    gi_status(plan, "gjeldende")
    endret(kapittel, tittel="Ferdig")
    endret(kapittel, tittel="Helt ferdig")

    side = ansatt.get(adresse(kapittel))

    assert setninger(side) == [
        ("", [("endret", "Tittel", "Ferdig", "Helt ferdig")]),
        ("Endret", []),
    ]
    for klient in (koordinator, politirad):
        assert "Uferdig" in klient.get(adresse(kapittel)).text
    assert "Uferdig" not in side.text


def test_what_stood_there_when_the_plan_was_adopted_has_been_seen(kommune, ansatt):
    plan = HandlingsplanFactory(kommune=kommune, status="utkast")
    kapittel = KapittelFactory(plan=plan, tittel="Før")
    gi_status(plan, "gjeldende")
    da = timezone.now() - timedelta(days=9)
    for modell in (Handlingsplan, Kapittel):
        for nr, h in enumerate(modell.historikk.order_by("history_id")):
            modell.historikk.filter(pk=h.pk).update(
                history_date=da + timedelta(days=nr)
            )
    endret(kapittel, tittel="Etter")

    assert setninger(ansatt.get(adresse(kapittel))) == [
        ("", [("endret", "Tittel", "Før", "Etter")])
    ]


def test_who_sits_in_a_forum_is_for_the_coordinator(kommune, koordinator, ansatt):
    forum = ForumFactory(kommune=kommune, offentlig=True)
    bruker = BrukerFactory(navn="Bruker Brukersen")
    sete = ForumsmedlemFactory(
        forum=forum, funksjon="rektor", person="Navn Navnesen", bruker=bruker
    )
    endret(sete, person="Annen Annesen")
    borte = ForumsmedlemFactory(forum=forum, funksjon="leder", person="Borte Bortesen")
    borte.delete()

    hos_andre, hos_koordinator = (k.get(adresse(forum)) for k in (ansatt, koordinator))

    for navn in ("Navnesen", "Annesen", "Brukersen", "Bortesen", bruker.epost):
        assert navn not in hos_andre.text
    assert "rektor" in hos_andre.text
    assert "Annesen" in hos_koordinator.text


def test_a_forum_is_told_of_since_it_is_public(kommune, koordinator, ansatt):
    forum = ForumFactory(kommune=kommune, offentlig=False, navn="Hemmelig råd")
    endret(forum, rytme="Hver uke", navn="Rådet")
    endret(forum, offentlig=True)

    side = ansatt.get(adresse(forum))

    assert setninger(side) == [("Vises", [])]
    assert "Hemmelig råd" not in side.text


def test_figures_are_for_the_coordinator(kommune, koordinator, ansatt, politirad):
    indikator = IndikatorFactory(kommune=kommune, publisert=True, teller="personer")
    endret(MalingFactory(indikator=indikator, verdi=3), verdi=2)

    for klient in (ansatt, politirad):
        titler = [tittel for tittel, _f in setninger(klient.get(adresse(indikator)))]
        assert titler == ["Lagt til"]
    assert len(setninger(koordinator.get(adresse(indikator)))) == 3


# Restoring ------------------------------------------------------------------------------


def test_a_coordinator_restores_from_here_and_comes_back_here(
    koordinator, ansatt, kommune, tjeneste, punkt
):
    endret(punkt, verdi="33333333")
    url = f"{tidligere_adresse(kommune, forste(punkt))}?fra=tjeneste/{tjeneste.pk}"
    assert f'href="{url}"' in koordinator.get(adresse(tjeneste)).text
    assert "/tidligere/" not in ansatt.get(adresse(tjeneste)).text

    side = koordinator.get(url)
    svar = koordinator.post(url, {"sett": side.context["sett"]})

    assert svar["Location"] == adresse(tjeneste)
    punkt.refresh_from_db()
    assert punkt.verdi == "22 22 22 22"
    assert side.context["tilbake"] == adresse(tjeneste)


@pytest.mark.parametrize(
    "fra", ["", "//ond.example", "tjeneste/x", "tjeneste/-1", "finnesikke/1"]
)
def test_it_leads_nowhere_else(fra, koordinator, kommune, tjeneste):
    endret(tjeneste, tekst="Ny")
    url = tidligere_adresse(kommune, forste(tjeneste))

    side = koordinator.get(url, {"fra": fra})

    assert side.context["tilbake"] == adresse(tjeneste)


def test_restoring_a_text_whose_service_is_gone_says_so(koordinator, kommune):
    over = TjenesteFactory(kommune=kommune, navn="Oppvekst")
    tjeneste = TjenesteFactory(kommune=kommune, navn="OUT", overordnet=over)
    endret(tjeneste, overordnet=None)
    over.delete()
    url = f"{tidligere_adresse(kommune, forste(tjeneste))}?fra=tjeneste/{tjeneste.pk}"

    assert f'href="{url}"' in koordinator.get(adresse(tjeneste)).text
    svar = koordinator.post(url, {"sett": koordinator.get(url).context["sett"]})

    assert svar.status_code == 422
    assert "trenger noe som er slettet: tjeneste: Oppvekst." in svar.text


def test_the_history_of_what_is_deleted_is_reached_from_there(
    koordinator, ansatt, kommune
):
    tilbud = TilbudFactory(kommune=kommune, tittel="Åpen hall")
    pk = tilbud.pk
    endret(tilbud, tekst="<p>Hver fredag</p>")
    tilbud.delete()
    tilbud.pk = pk
    slettet = reverse("slettet", args=[kommune.slug])
    assert f'href="{adresse(tilbud)}"' in koordinator.get(slettet).text

    svar = koordinator.get(adresse(tilbud))

    assert setninger(svar)[0][0] == "Tatt bort"
    assert "Hver fredag" in svar.text
    assert f'href="{slettet}"' in svar.text
    assert ansatt.get(adresse(tilbud)).status_code == 404


def test_what_hung_on_it_is_fetched_back_from_the_page_of_what_was_deleted(
    koordinator, kommune, tiltak, tjeneste
):
    AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste).delete()
    assert not Ansvar.objects.exists()

    linje = koordinator.get(adresse(tiltak)).context["innslag"][0].linjer[0]

    assert (linje.tittel, linje.kan_hentes) == ("Tatt bort ansvar: Utekontakten", True)


def test_what_others_took_away_is_told_to_those_who_saw_it(ansatt, tiltak, tjeneste):
    ansvar = AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste)
    slett_mange([ansvar])

    assert setninger(ansatt.get(adresse(tiltak)))[0] == (
        "Tatt bort ansvar: Utekontakten",
        [],
    )


def test_a_row_from_before_the_field_was_there_is_told_as_it_was(koordinator, tiltak):
    """It has the default of the field, and perhaps a choice that is no more."""
    Tiltak.historikk.filter(id=tiltak.pk).update(status="gammel", uke=None, niva="")
    endret(tiltak, niva="selektiv", uke=4)

    svar = koordinator.get(adresse(tiltak))

    assert [felt[1:] for felt in setninger(svar)[0][1]] == [
        ("Status", "gammel", "i drift"),
        ("Forebyggingsnivå", "", "selektiv"),
        ("I uke", "", "4"),
    ]


def test_what_a_row_leads_to_and_is_gone_is_named_to_the_coordinator(
    koordinator, ansatt, tiltak, tjeneste
):
    AnsvarFactory(tiltak=tiltak, tjeneste=tjeneste).delete()
    tjeneste.delete()

    titler = [tittel for tittel, _f in setninger(koordinator.get(adresse(tiltak)))]

    assert titler[:2] == [
        "Tatt bort ansvar: Utekontakten (slettet)",
        "Lagt til ansvar: Utekontakten (slettet)",
    ]
    assert "Utekontakten" not in ansatt.get(adresse(tiltak)).text


def test_a_number_of_the_neighbours_that_is_hidden_by_now_is_not_told(
    koordinator, kommune, nabokommune, tiltak
):
    delt = TjenestekommuneFactory(
        kommune=kommune,
        tjeneste__kommune=nabokommune,
        godtatt=timezone.localdate(),
    ).tjeneste
    punkt = KontaktpunktFactory(tjeneste=delt, type="telefon", verdi="22222222")
    KontaktpunktFactory(tjeneste=delt)
    ansvar = AnsvarFactory(tiltak=tiltak, tjeneste=delt)
    AnsvarKontaktpunkt.objects.create(ansvar=ansvar, kontaktpunkt=punkt)
    assert "22 22 22 22" in koordinator.get(adresse(tiltak)).text

    with uten_vern():
        endret(punkt, synlighet="tjenester")

    assert "22 22 22 22" not in koordinator.get(adresse(tiltak)).text


def test_the_history_of_a_part_is_read_by_its_own_address(koordinator, tiltak):
    del_ = TiltakFactory(plan=tiltak.plan, overordnet=tiltak, tittel="Sommer")
    endret(del_, tittel="Sommeren")

    svar = koordinator.get(adresse(del_))

    assert setninger(svar)[0] == (
        "",
        [("endret", "Tittel", "Sommer", "Sommeren")],
    )


# What was internal ------------------------------------------------------------------------


def test_how_a_tiltak_was_paid_is_told_the_coordinator_alone(
    tiltak, ansatt, politirad, koordinator
):
    rad = FinansieringFactory(tiltak=tiltak, fra="Stiftelsen Hemmelig")
    endret(rad, publisert=True)
    rad.delete()

    tekstene = [k.get(adresse(tiltak)).text for k in (ansatt, politirad, koordinator)]

    assert ["Stiftelsen Hemmelig" in tekst for tekst in tekstene] == [
        False,
        False,
        True,
    ]


def test_what_an_evaluation_said_before_it_was_published_is_told_the_coordinator_alone(
    tiltak, ansatt, politirad, koordinator
):
    evaluering = ferdig_evaluering(tiltak.plan, tiltak=tiltak, publisert=False)
    tittel = evaluering.tittel
    with uten_vern():
        endret(evaluering, tittel="Et tidlig utkast")
        endret(evaluering, tittel=tittel, publisert=True)

    svarene = [k.get(adresse(evaluering)) for k in (ansatt, politirad, koordinator)]

    assert [svar.status_code for svar in svarene] == [200, 200, 200]
    assert ["Et tidlig utkast" in svar.text for svar in svarene] == [False, False, True]
