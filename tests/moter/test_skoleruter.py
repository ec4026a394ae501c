"""The school holidays of the fylker: whether what lies in fixtures/skoleruter/ can be
right, and how a coordinator starts from it."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
import yaml
from dateutil.easter import easter
from django.utils import timezone

from moter.models import Motefri
from moter.moteplan.skoleruter import (
    FERIENAVN,
    MAPPE,
    Skolerute,
    alle_skoleruter,
    skoleruter_for,
    som_liste,
)
from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import KommuneFactory, MotefriFactory, TilgangFactory
from tests.innsending import innsending
from tests.lest import Lest

FYLKER = {
    *("03", "11", "15", "18", "31", "32", "33", "34", "39", "40", "42", "46", "50"),
    *("55", "56"),
}
I_DAG = date(2026, 11, 28)
EGENTLIG_I_DAG = timezone.localdate()
FREDAG = 4

# The files ----------------------------------------------------------------------------

RADER = [
    (fil.stem, rad)
    for fil in sorted(MAPPE.glob("*.yaml"))
    for rad in yaml.safe_load(fil.read_text("utf-8"))
]
FERIER = [
    (skolear, rad["fylke"], ferie, tid)
    for skolear, rad in RADER
    for ferie in FERIENAVN
    for tid in som_liste(rad.get(ferie, []))
]


def test_each_file_is_a_school_year():
    filer = sorted(fil.name for fil in MAPPE.iterdir())
    forste = {int(navn[:4]) for navn in filer}

    assert filer == [f"{ar}-{ar + 1}.yaml" for ar in sorted(forste)]
    assert 2026 in forste


def test_a_fylke_stands_once_in_a_year():
    nokler = [(skolear, rad["fylke"]) for skolear, rad in RADER]

    assert sorted(set(nokler)) == sorted(nokler)
    assert {fylke for _, fylke in nokler} <= FYLKER


@pytest.mark.parametrize(("skolear", "rad"), RADER)
def test_a_row_says_where_it_is_from(skolear, rad):
    adresse = urlsplit(rad["kilde"])

    assert (adresse.scheme, adresse.hostname.endswith(".no")) == ("https", True)
    assert rad["rute"].strip()
    assert date(2026, 11, 28) <= rad["lest"] <= EGENTLIG_I_DAG
    assert [f for f in FERIENAVN if f in rad]


@pytest.mark.parametrize(("skolear", "fylke", "ferie", "tid"), FERIER)
def test_a_holiday_can_be_right(skolear, fylke, ferie, tid):
    """Weekdays, in the week that the source names, at the time of the year when such a
    holiday is, and not longer than one."""
    ar = int(skolear[:4])
    fra, til = tid["fra"], tid["til"]
    tidligst, senest, lengst = {
        "hostferie": (date(ar, 9, 21), date(ar, 10, 16), 5),
        "juleferie": (date(ar, 12, 19), date(ar + 1, 1, 7), 17),
        "vinterferie": (date(ar + 1, 2, 8), date(ar + 1, 3, 12), 5),
        "paskeferie": (date(ar + 1, 3, 15), date(ar + 1, 4, 27), 10),
    }[ferie]

    assert set(tid) <= {"fra", "til", "uke"}
    assert (fra.weekday() <= FREDAG, til.weekday() <= FREDAG) == (True, True)
    assert tidligst <= fra < til <= senest
    assert (til - fra).days < lengst
    if "uke" in tid:
        assert {fra.isocalendar().week, til.isocalendar().week} == {tid["uke"]}


def test_easter_and_christmas_lie_in_their_holidays():
    def helligdag(ferie, ar):
        andre_paskedag = easter(ar + 1) + timedelta(days=1)
        return {"paskeferie": andre_paskedag, "juleferie": date(ar, 12, 25)}.get(ferie)

    feil = [
        (skolear, fylke, ferie)
        for skolear, fylke, ferie, tid in FERIER
        if (dag := helligdag(ferie, int(skolear[:4])))
        and not tid["fra"] <= dag <= tid["til"]
    ]

    assert feil == []


def test_they_are_read_as_they_stand():
    rogaland = next(r for r in alle_skoleruter() if r.fylke == "11")

    assert len(alle_skoleruter()) == len(RADER)
    assert (rogaland.skolear, rogaland.navn) == ("2026-2027", "2026–2027")
    assert [(f.navn, f.fra, f.til) for f in rogaland.ferier] == [
        ("høstferie", date(2026, 10, 5), date(2026, 10, 9)),
        ("vinterferie", date(2027, 2, 15), date(2027, 2, 19)),
        ("påskeferie", date(2027, 3, 22), date(2027, 3, 29)),
    ]
    assert rogaland.apne(I_DAG) == ["juleferie"]
    vestland = next(r for r in alle_skoleruter() if r.fylke == "46")
    assert vestland.apne(date(2027, 3, 5)) == ["vinterferie"]
    assert vestland.apne(date(2027, 3, 6)) == []
    assert vestland.dager["vinterferie"] == [
        VINTER[1:],
        (date(2027, 3, 1), date(2027, 3, 5)),
    ]


@pytest.mark.parametrize(
    ("nummer", "i_dag", "skolear"),
    [
        ("1103", I_DAG, ["2026-2027", "2027-2028"]),
        ("1103", date(2027, 3, 29), ["2026-2027", "2027-2028"]),
        ("1103", date(2027, 3, 30), ["2027-2028"]),
        ("1103", date(2028, 4, 18), []),
        ("3205", I_DAG, []),
    ],
)
def test_a_school_year_is_offered_until_its_last_holiday_is_over(
    nummer, i_dag, skolear
):
    assert [r.skolear for r in skoleruter_for(nummer, i_dag=i_dag)] == skolear


# The page -----------------------------------------------------------------------------

FRI = "/tromso/moteplan/motefri/"
LES, LEGG_INN = f"{FRI}les/", f"{FRI}legg-inn/"
VALG = {"handling": "fylket", "skolear": "2026-2027"}
TROMS = "https://lovdata.no/dokument/LF/forskrift/2024-05-13-3673"
TROMS_NESTE = "https://lovdata.no/dokument/LF/forskrift/2026-05-13-1638"
JUL = ("juleferie", date(2026, 12, 21), date(2027, 1, 1))
VINTER = ("vinterferie", date(2027, 2, 22), date(2027, 2, 26))
PASKE = ("påskeferie", date(2027, 3, 22), date(2027, 3, 29))


@pytest.fixture(autouse=True)
def _i_dag(monkeypatch):
    """When the files were made, whenever this is run."""
    monkeypatch.setattr(timezone, "localdate", lambda *_a: I_DAG)


@pytest.fixture
def tromso(db):
    return KommuneFactory(navn="Tromsø", slug="tromso", nummer="5501")


@pytest.fixture
def klient(tromso):
    return innlogget(TilgangFactory(kommune=tromso, fra=I_DAG).bruker)


def alle():
    return list(Motefri.objects.order_by("fra").values_list("navn", "fra", "til"))


def test_a_coordinator_sees_the_holidays_of_the_fylke_and_their_source(klient):
    svar = klient.get(FRI)

    lest = Lest(svar)
    for del_ in (
        "Skoleåret 2026–2027",
        "Skoleåret 2027–2028",
        "Høstferie 30. september 2026–2. oktober 2026",
        "Juleferie 21. desember 2026–1. januar 2027",
        "lest 28. november 2026",
        "Sjekk datoene mot kommunens egen skolerute.",
    ):
        assert del_ in lest.tekst
    assert [lenke for lenke in lest.lenker if "lovdata" in lenke[0]] == [
        (TROMS, "Troms fylkeskommune"),
        (TROMS_NESTE, "Troms fylkeskommune"),
    ]


def test_what_the_source_leaves_open_is_said(db):
    """And may be filled in: it comes as a row without days."""
    kommune = KommuneFactory(navn="Stavanger", slug="stavanger", nummer="1103")
    klient = innlogget(TilgangFactory(kommune=kommune, fra=I_DAG).bruker)
    adresse = "/stavanger/moteplan/motefri/"
    assert "Juleferie Står ikke i kilden." in Lest(klient.get(adresse)).tekst

    data = innsending(klient.post(f"{adresse}les/", VALG))
    klient.post(f"{adresse}legg-inn/", data)

    navn = [data[f"rad-{nr}-navn"] for nr in range(3)]
    assert navn == ["vinterferie", "påskeferie", "juleferie"]
    assert [rad[0] for rad in alle()] == ["vinterferie", "påskeferie"]


def test_a_fylke_without_a_source_says_so(kommune):
    koordinator = innlogget(TilgangFactory(kommune=kommune, fra=I_DAG).bruker)

    """That of Lillestrøm."""
    tekst = Lest(koordinator.get("/lillestrom/moteplan/motefri/")).tekst

    assert "Programmet har ingen skolerute for fylket." in tekst
    assert "Fyll ut med disse" not in tekst


def test_the_holidays_are_looked_over_before_they_are_put_in(klient, tromso):
    """Those that are over are left out."""
    side = klient.post(LES, VALG)

    assert (side.status_code, alle()) == (200, [])
    assert (TROMS, "Troms fylkeskommune") in Lest(side).lenker
    assert "Sjekk datoene mot kommunens egen skolerute." in Lest(side).tekst
    klient.post(LEGG_INN, innsending(side))

    assert alle() == [JUL, VINTER, PASKE]
    assert {rad.kommune for rad in Motefri.objects.all()} == {tromso}


@pytest.mark.parametrize(
    "egen",
    [
        # As somebody else called it, and in another week.
        ("Vinterferie 2027", date(2027, 3, 1), date(2027, 3, 5)),
        # Something else on some of its days.
        ("Fri", date(2027, 2, 26), date(2027, 2, 26)),
    ],
)
def test_what_is_there_stays_and_is_not_doubled(klient, tromso, egen):
    MotefriFactory(kommune=tromso, navn=egen[0], fra=egen[1], til=egen[2])
    MotefriFactory(navn=PASKE[0], fra=PASKE[1], til=PASKE[2])  # another kommune's

    side = klient.post(LES, VALG)
    klient.post(LEGG_INN, innsending(side))

    assert "Ført opp fra før, og ikke med her: vinterferie." in Lest(side).tekst
    egne = tromso.motefri.order_by("fra").values_list("navn", "fra", "til")
    assert list(egne) == sorted([JUL, egen, PASKE], key=lambda rad: rad[1])


def test_that_of_another_year_is_another(klient, tromso):
    MotefriFactory(
        kommune=tromso,
        navn="juleferie",
        fra=date(2027, 12, 20),
        til=date(2027, 12, 31),
    )

    klient.post(LEGG_INN, innsending(klient.post(LES, VALG)))

    assert alle()[:3] == [JUL, VINTER, PASKE]


def test_when_all_are_there_nothing_is_left_to_look_over(klient):
    klient.post(LEGG_INN, innsending(klient.post(LES, VALG)))

    igjen = klient.post(LES, VALG, follow=True)

    assert igjen.redirect_chain == [(FRI, 302)]
    assert "Alt i denne skoleruta er ført opp fra før." in Lest(igjen).tekst
    assert alle() == [JUL, VINTER, PASKE]


@pytest.mark.parametrize("skolear", ["", "2020-2021", "2025-2026", "../2026-2027"])
def test_a_school_year_that_is_not_offered_is_not_found(klient, skolear):
    svar = klient.post(LES, VALG | {"skolear": skolear})

    assert (svar.status_code, alle()) == (404, [])


def test_others_see_and_fill_in_nothing(klient, nabo, client, tromso):
    politirad = TilgangFactory(kommune=tromso, rolle=Tilgang.Rolle.POLITIRAD)

    svar = [
        nabo.get(FRI).status_code,
        nabo.post(LES, VALG).status_code,
        innlogget(politirad.bruker).post(LES, VALG).status_code,
        client.post(LES, VALG).status_code,
        klient.get(LES, VALG).status_code,
    ]

    assert svar == [404, 404, 404, 302, 405]
    assert alle() == []


def test_a_holiday_that_is_left_to_fill_in_is_offered_when_the_others_are_there(db):
    kommune = KommuneFactory(navn="Stord", slug="stord", nummer="4614")
    klient = innlogget(TilgangFactory(kommune=kommune, fra=I_DAG).bruker)
    les, legg_inn = (f"/stord/moteplan/motefri/{nr}/" for nr in ("les", "legg-inn"))
    klient.post(legg_inn, innsending(klient.post(les, VALG)))

    data = innsending(klient.post(les, VALG))

    assert [rad[0] for rad in alle()] == ["juleferie", "påskeferie"]
    assert (data["rad-0-navn"], data["rad-TOTAL_FORMS"]) == ("vinterferie", 1)


def test_a_route_of_a_kommune_in_nynorsk_is_in_nynorsk(db):
    kommune = KommuneFactory(navn="Stord", slug="stord", nummer="4614", malform="nn")
    klient = innlogget(TilgangFactory(kommune=kommune, fra=I_DAG).bruker)

    tekst = Lest(klient.get("/stord/moteplan/motefri/")).tekst

    assert "Haustferie 5. oktober 2026–9. oktober 2026" in tekst
    assert (
        "Vinterferie 22. februar 2027–26. februar 2027 eller 1. mars 2027–5. mars 2027"
        in tekst
    )
    assert "lesen 28. november 2026" in tekst


def test_a_field_that_is_misspelt_is_refused():
    with pytest.raises(TypeError):
        Skolerute(skolear="2026-2027", fylke="55", rut="Troms", dager={})
