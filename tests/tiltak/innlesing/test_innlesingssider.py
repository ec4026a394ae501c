"""The pages on which a document becomes a plan: send, look over, decide."""

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from slt.models import Tilgang
from tests.conftest import innlogget
from tests.factories import (
    HandlingsplanFactory,
    KommuneFactory,
    PlanimportFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.lest import Lest
from tests.slt.test_admin import NUMMER
from tests.tiltak.innlesing.dokumenter import som_bytes
from tests.tiltak.innlesing.lest import docx
from tiltak.innlesing import fil as fil_
from tiltak.innlesing import oppstilling, views
from tiltak.innlesing.fil import STORSTE
from tiltak.innlesing.gjennomgang import Gjennomgang
from tiltak.models import Handlingsplan, Planimport, Tiltak

pytestmark = pytest.mark.django_db

NY = "/lillestrom/endre/plan/les-inn/"
PLAN = "# Rus\n\n## Tiltak 1: Uteteam\nMøter unge.\nAnsvar: Utekontakten\n"


@pytest.fixture
def rad(kommune):
    return PlanimportFactory(kommune=kommune)


def til(rad, hva=""):
    return f"{NY}{rad.pk}/{hva}"


def lest(svar):
    """What the page says; of an answer to the page itself, all of it."""
    siden = Lest(svar)
    return siden.tekst or siden.alt


def fil(innhold, navn="plan.docx"):
    return SimpleUploadedFile(navn, innhold)


# Sending ------------------------------------------------------------------------------


def test_a_word_document_is_sent_and_shown(kommune, koordinator):
    innhold = som_bytes(docx("# Rus", "## Tiltak 1: Uteteam", "Ansvar: Utekontakten"))

    svar = koordinator.post(NY, {"fil": fil(innhold, "SLT-plan.docx")}, follow=True)

    rad = Planimport.objects.get()
    assert (rad.kommune, rad.bruker) == (kommune, koordinator.bruker)
    assert (rad.navn, len(rad.blokker)) == ("SLT-plan.docx", 3)
    assert svar.redirect_chain == [(til(rad), 302)]
    ordene = lest(svar)
    assert "Forslaget har 0 kapitler, 1 innsatsområde og 1 tiltak." in ordene
    assert "Ansvarlig Utekontakten" in ordene
    # Nothing is in any plan yet.
    assert not Tiltak.objects.exists()


def test_a_text_is_pasted(koordinator):
    koordinator.post(NY, {"limt_inn": PLAN})

    assert Planimport.objects.get().navn == "Limt inn: Rus"


@pytest.mark.parametrize(
    ("felt", "sagt"),
    [
        ({}, "Velg en fil eller lim inn en tekst, én av delene."),
        ({"limt_inn": PLAN, "fil": fil(b"%PDF-")}, "én av delene."),
        ({"fil": fil(b"Ikke et dokument")}, "Filen må være et Word-dokument"),
        ({"fil": fil(b"PK\x03\x04 noe annet")}, "Filen er ødelagt"),
        ({"limt_inn": f"{PLAN}Kari, {NUMMER}\n"}, "fødselsnumre: linje 6."),
        ({"fil": fil(b"x", f"Kari {NUMMER}.docx")}, "fødselsnummer"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field(felt, sagt, koordinator):
    svar = koordinator.post(NY, felt)

    assert svar.status_code == 422
    assert sagt in lest(svar)
    assert not Planimport.objects.exists()
    # What was pasted stands there still.
    assert svar.context["skjema"]["limt_inn"].value() == felt.get("limt_inn")


def test_a_file_larger_than_other_forms_take(koordinator):
    innhold = BytesIO(som_bytes(docx("# Rus", "## Tiltak 1: Uteteam", "Ansvar: OUT")))
    with ZipFile(innhold, "a", ZIP_STORED) as arkiv:
        # A picture beyond the limit of other forms.
        arkiv.writestr("word/media/stort.png", b"\0" * 6_000_000)

    svar = koordinator.post(NY, {"fil": fil(innhold.getvalue())})
    assert svar.status_code == 302

    svar = koordinator.post(NY, {"fil": fil(b"%PDF-" + b"\0" * STORSTE)})
    assert svar.status_code == 422
    assert "Filen er for stor." in lest(svar)


def test_the_same_document_twice_is_said(koordinator):
    for _gang in range(2):
        svar = koordinator.post(NY, {"limt_inn": PLAN}, follow=True)

    assert "Det samme dokumentet ble lest inn" in lest(svar)
    assert Planimport.objects.count() == 2
    # What other kommuner have is not told of.
    Planimport.objects.update(kommune=KommuneFactory())
    svar = koordinator.post(NY, {"limt_inn": PLAN}, follow=True)
    assert "lest inn før" not in lest(svar)


def test_those_sent_before_are_found_again(rad, koordinator):
    PlanimportFactory(navn="andres.docx")

    ordene = lest(koordinator.get(NY))

    assert "plan.docx" in ordene
    assert "ikke lagt inn ennå" in ordene
    assert "andres.docx" not in ordene
    flaten = koordinator.get("/lillestrom/arbeidsflate/")
    assert "«plan.docx» er lest inn, men ikke lagt inn i en plan ennå" in lest(flaten)


# Looking over -------------------------------------------------------------------------


def test_it_costs_the_same_for_one_block_and_for_many(kommune, koordinator):
    lite, mye = PlanimportFactory(kommune=kommune), PlanimportFactory(kommune=kommune)
    mye.blokker = [
        {**blokk, "nummer": nr * 5 + blokk["nummer"]}
        for nr in range(20)
        for blokk in mye.blokker
    ]
    mye.save()
    antall = []
    for rad in (lite, lite, mye):
        with CaptureQueriesContext(connection) as fanget:
            assert koordinator.get(til(rad)).status_code == 200
        antall.append(len(fanget))

    assert antall[1] == antall[2]


def test_a_block_is_opened_and_decided_about_without_a_script(rad, koordinator):
    apnet = koordinator.get(til(rad), {"apen": "2"})
    assert apnet.context["apen"].rad.nokkel == "2"

    svar = koordinator.post(
        til(rad, "valg/"),
        {"versjon": 0, "blokk": "2", "rolle": "kapittel", "page": "1"},
    )

    assert svar.headers["Location"] == f"{til(rad)}?page=1#b2"
    rad.refresh_from_db()
    assert rad.valg == {"blokker": {"2": "kapittel"}}
    assert "Forslaget har 1 kapittel, 1 innsatsområde og 0 tiltak." in lest(
        koordinator.get(til(rad))
    )
    # And by the script, the page alone.
    svar = koordinator.post(
        til(rad, "tilbake/"), {"versjon": 1}, headers={"HX-Request": "true"}
    )
    assert svar.templates[0].name == "tiltak/innlesing/_gjennomgang.html"
    assert "Forslaget har 0 kapitler, 1 innsatsområde og 1 tiltak." in lest(svar)


@pytest.mark.parametrize(
    ("valgt", "valg"),
    [
        (
            {"felt": "malgruppe"},
            {"blokker": {"3": "tekst"}, "felt": {"3": "malgruppe"}},
        ),
        ({"delt": "12"}, {"delt": {"3": [12]}}),
        ({"sammen": "1"}, {"slatt_sammen": ["3"]}),
    ],
)
def test_what_can_be_decided_about_a_block(valgt, valg, rad, koordinator):
    koordinator.post(til(rad, "valg/"), {"versjon": 0, "blokk": "3", **valgt})

    rad.refresh_from_db()
    assert rad.valg == valg


@pytest.mark.parametrize(
    "valgt",
    [
        {},
        {"rolle": "noe annet"},
        {"felt": "nummer"},
        {"delt": "-1"},
        {"blokk": "0", "rolle": "tiltak"},
        {"blokk": "1;", "rolle": "tiltak"},
        {"blokk": "x1", "rolle": "tiltak"},
        {"blokk": "", "rolle": "tiltak"},
        {"versjon": "x", "rolle": "tiltak"},
    ],
)
def test_what_cannot_be_decided_changes_nothing(valgt, rad, koordinator):
    svar = koordinator.post(til(rad, "valg/"), {"versjon": 0, "blokk": "3", **valgt})

    assert svar.status_code == 404
    rad.refresh_from_db()
    assert (rad.valg, rad.versjon) == ({}, 0)


def test_of_two_tabs_the_second_is_told_and_sees_what_is_there(rad, koordinator):
    for rolle in ("kapittel", "tekst"):
        svar = koordinator.post(
            til(rad, "valg/"),
            {"versjon": 0, "blokk": "2", "rolle": rolle},
            headers={"HX-Request": "true"},
        )

    assert svar.status_code == 409
    assert "Noe annet ble valgt i mellomtiden" in lest(svar)
    rad.refresh_from_db()
    assert rad.valg == {"blokker": {"2": "kapittel"}}


def test_a_section_is_read_and_is_not(rad, koordinator):
    for sendt, sett in (("1", ["2", "3"]), ("0", [])):
        koordinator.post(til(rad, "lest/"), {"blokker": "2 3", "lest": sendt})
        rad.refresh_from_db()
        assert rad.sett == sett

    koordinator.post(til(rad, "lest/"), {"blokker": "2 3 4 5", "lest": "1"})
    assert "Se gjennom 1 av 2" in lest(koordinator.get(til(rad)))


@pytest.mark.parametrize(
    "sendt",
    [
        {"blokker": ""},
        {"blokker": "2 3;"},
        {"blokker": "2\0"},
        {"blokker": f"2 {NUMMER}"},
        {"lest": "ja"},
    ],
)
def test_only_blocks_are_noted_as_read(sendt, rad, koordinator):
    svar = koordinator.post(til(rad, "lest/"), {"blokker": "2", "lest": "1"} | sendt)

    assert svar.status_code == 404
    rad.refresh_from_db()
    assert rad.sett == []


def test_a_long_document_has_several_pages(rad, koordinator, monkeypatch):
    monkeypatch.setattr(oppstilling, "PER_SIDE", 1)

    forste, siste = (lest(koordinator.get(til(rad), {"page": s})) for s in ("1", "2"))

    assert "Side 1 av 2" in forste
    assert "Møter unge." not in forste
    assert "Møter unge." in siste
    # The one with the block that is opened; a page that is not there is the nearest.
    assert "Side 2 av 2" in lest(koordinator.get(til(rad), {"apen": "4"}))
    for side in ("99", "x"):
        assert koordinator.get(til(rad), {"page": side}).status_code == 200


def test_a_label_is_mapped_for_the_whole_document(rad, koordinator):
    skjema = koordinator.get(til(rad, "etiketter/")).context["skjema"]
    assert [felt.label for felt in skjema] == ["Ansvar", "Telefon"]

    koordinator.post(
        til(rad, "etiketter/"),
        {"versjon": 0, "e0": "samarbeidspart", "e1": "telefon"},
    )

    rad.refresh_from_db()
    assert rad.valg == {"etiketter": {"ansvar": "samarbeidspart"}}
    assert "Samarbeidspart Utekontakten" in lest(koordinator.get(til(rad)))
    svar = koordinator.post(til(rad, "etiketter/"), {"versjon": 0, "e0": "nei"})
    assert svar.status_code == 422


def test_a_name_stands_for_a_tjeneste(rad, kommune, koordinator):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Oppsøkende team")
    annen = TjenesteFactory(navn="Andres")

    koordinator.post(til(rad, "tjenester/"), {"versjon": 0, "t0": tjeneste.pk})

    rad.refresh_from_db()
    assert rad.valg == {"tjenester": {"utekontakten": str(tjeneste.pk)}}
    svar = koordinator.post(til(rad, "tjenester/"), {"versjon": 1, "t0": annen.pk})
    assert svar.status_code == 422
    rad.refresh_from_db()
    assert rad.valg == {"tjenester": {"utekontakten": str(tjeneste.pk)}}


def test_a_named_person_gives_way_to_a_role(rad, koordinator):
    rad.blokker[3]["tekst"] = "Ansvar: Utekontakten v/ Kari Nordmann"
    rad.save()
    (pekt,) = koordinator.get(til(rad, "personer/")).context["g"].personer
    svar = koordinator.get(til(rad, "legg-inn/"))
    assert "1 tekst ser ut til å nevne en person." in lest(svar)
    # Nor by who sends the form that is not there.
    sendt = {"tittel": "Plan", "fra_ar": 2040, "til_ar": 2043, "versjon": 0}
    svar = koordinator.post(til(rad, "legg-inn/"), sendt)
    assert "1 tekst ser ut til å nevne en person." in lest(svar)
    assert not Handlingsplan.objects.exists()

    valgt = {"versjon": 0, "tekst": pekt.tekst}
    for galt in (
        {"hva": "bytt", "rolle": ""},
        {"hva": "bytt", "rolle": NUMMER},
        {"hva": "noe"},
        {"hva": "behold", "tekst": f"Kari {NUMMER}"},
    ):
        assert koordinator.post(til(rad, "personer/"), valgt | galt).status_code == 422
    koordinator.post(
        til(rad, "personer/"), valgt | {"hva": "bytt", "rolle": "Utekontakten"}
    )

    rad.refresh_from_db()
    assert rad.valg == {"roller_for": {pekt.tekst: "Utekontakten"}}
    assert koordinator.get(til(rad, "personer/")).context["g"].personer == []
    assert "Kari" not in lest(koordinator.get(til(rad, "tjenester/")))


def test_what_is_no_person_is_kept(rad, koordinator):
    rad.blokker[3]["tekst"] = "Ansvar: Kari Nordmann"
    rad.save()
    (pekt,) = koordinator.get(til(rad, "personer/")).context["g"].personer

    koordinator.post(
        til(rad, "personer/"), {"versjon": 0, "tekst": pekt.tekst, "hva": "behold"}
    )

    g = koordinator.get(til(rad, "personer/")).context["g"]
    assert g.personer == []
    assert [a.navn for a in g.forslag.tiltak[0].ansvar] == ["Kari Nordmann"]


def test_what_is_left_out_is_listed_with_its_place(rad, koordinator):
    rad.valg = {"blokker": {"3": "hopp_over"}}
    rad.save()

    ordene = lest(koordinator.get(til(rad, "utelatt/")))

    assert "Møter unge. Går ute i helgene. avsnitt 3 · hoppet over" in ordene


@pytest.mark.parametrize("antall", [1, 3])
def test_before_it_lands_it_says_how_many_count_as_new(
    antall, rad, kommune, koordinator, django_assert_num_queries
):
    for nr in range(antall):
        HandlingsplanFactory(
            kommune=kommune, fra_ar=2000 + nr, til_ar=2000 + nr, status="avlost"
        )
    g = Gjennomgang(rad)
    tiltak = len(g.forslag.tiltak)

    with django_assert_num_queries(2):
        nye = g.nye_mot
    svar = koordinator.get(til(rad, "legg-inn/"))

    assert [n for _plan, n in nye] == [tiltak] * antall
    assert tiltak > 0
    assert svar.text.count("Hvis utkastet bygger på ") == antall


def test_it_is_thrown_away(rad, koordinator):
    assert koordinator.get(til(rad, "forkast/")).status_code == 200
    assert Planimport.objects.exists()

    koordinator.post(til(rad, "forkast/"))

    assert not Planimport.objects.exists()


# Who may ------------------------------------------------------------------------------

SIDENE = [
    "",
    "etiketter/",
    "tjenester/",
    "personer/",
    "utelatt/",
    "legg-inn/",
    "forkast/",
]
SENDES = ["valg/", "tilbake/", "lest/"]


def test_it_is_for_the_coordinators_of_the_kommune_alone(rad, kommune, nabo, client):
    politirad = innlogget(
        TilgangFactory(kommune=kommune, rolle=Tilgang.Rolle.POLITIRAD).bruker
    )
    sendt = {
        "versjon": 0,
        "blokk": "2",
        "rolle": "kapittel",
        "lest": "1",
        "blokker": "2",
    }

    for klient in (nabo, politirad):
        assert {klient.get(til(rad, side)).status_code for side in SIDENE} == {404}
        assert {klient.post(til(rad, s), sendt).status_code for s in SENDES} == {404}
        assert klient.get(NY).status_code == 404
        assert klient.post(NY, {"limt_inn": PLAN}).status_code == 404
        assert klient.post(til(rad, "forkast/")).status_code == 404
    assert client.get(til(rad)).status_code == 302
    # One of another kommune is not reached through one's own.
    andres = PlanimportFactory()
    koordinator = innlogget(TilgangFactory(kommune=kommune).bruker)
    assert koordinator.get(til(andres)).status_code == 404
    assert [(r.valg, r.sett) for r in Planimport.objects.all()] == [({}, []), ({}, [])]


def test_what_changes_something_is_sent(rad, koordinator):
    assert {koordinator.get(til(rad, s)).status_code for s in SENDES} == {405}


def test_what_is_in_a_plan_is_not_looked_over_any_more(rad, kommune, koordinator):
    rad.plan, rad.lagt_inn = HandlingsplanFactory(kommune=kommune), timezone.now()
    rad.save()

    assert "Dokumentet ble lagt inn" in lest(koordinator.get(til(rad)))
    borte = set(SIDENE) - {"", "legg-inn/"}
    assert {koordinator.get(til(rad, s)).status_code for s in borte} == {404}
    assert koordinator.get(til(rad, "legg-inn/")).headers["Location"] == til(rad)
    assert koordinator.post(til(rad, "valg/"), {}).status_code == 404


def test_a_whole_section_is_skipped_with_one_press(rad, koordinator):
    koordinator.post(til(rad, "valg/"), {"versjon": 0, "blokk": "4", "hele": "1"})

    rad.refresh_from_db()
    assert rad.valg == {"blokker": dict.fromkeys(["2", "3", "4", "5"], "hopp_over")}
    # It is one choice, and one is taken back.
    assert rad.versjon == len(rad.tidligere_valg) == 1


def test_the_ways_in_are_found_where_plans_are(kommune, koordinator):
    plan = HandlingsplanFactory(kommune=kommune)

    flaten = Lest(koordinator.get("/lillestrom/arbeidsflate/"))
    assert (NY, "fra et dokument") in flaten.lenker
    assert ("/lillestrom/endre/plan/ny/", "fra begynnelsen") in flaten.lenker
    for side in (f"{plan.get_absolute_url()}ny-plan/", "/lillestrom/endre/plan/ny/"):
        assert NY in Lest(koordinator.get(side)).adresser(NY)


def test_a_treated_plan_is_not_taken_out(rad, kommune, koordinator):
    rad.plan, rad.lagt_inn = HandlingsplanFactory(kommune=kommune), timezone.now()
    rad.save()

    svar = koordinator.get(til(rad, "angre/"), follow=True)

    assert svar.redirect_chain == [(til(rad), 302)]
    assert "Planen er behandlet." in lest(svar)
    assert "Ta utkastet ut igjen" not in lest(svar)


def test_who_decided_meanwhile_is_told_and_can_go_on(rad, koordinator):
    skjemaet = koordinator.get(til(rad, "legg-inn/")).context["skjema"]
    data = {"tittel": "Plan", "fra_ar": "2026", "til_ar": "2029"}
    data["versjon"] = skjemaet["versjon"].value()
    koordinator.post(
        til(rad, "valg/"), {"versjon": 0, "blokk": "3", "rolle": "hopp_over"}
    )

    svar = koordinator.post(til(rad, "legg-inn/"), data)

    assert "Noe er valgt annerledes" in lest(svar)
    assert not Tiltak.objects.exists()
    pa_nytt = svar.context["skjema"]
    assert pa_nytt["tittel"].value() == "Plan"
    data["versjon"] = pa_nytt["versjon"].value()
    assert koordinator.post(til(rad, "legg-inn/"), data).status_code == 302
    assert Tiltak.objects.get().tittel == "Uteteam"
    # Pressed twice.
    svar = koordinator.post(til(rad, "legg-inn/"), data, follow=True)
    assert svar.redirect_chain == [(til(rad), 302)]
    assert Tiltak.objects.count() == 1


def test_who_reads_in_without_end_waits(koordinator, monkeypatch):
    monkeypatch.setattr(views, "FLEST_LEST", 1)
    leste = []
    les = fil_.les_tekst
    monkeypatch.setattr(fil_, "les_tekst", lambda t: leste.append(t) or les(t))

    svar = [koordinator.post(NY, {"limt_inn": PLAN}) for _gang in range(2)]

    assert [s.status_code for s in svar] == [302, 422]
    assert "Vent et kvarter." in lest(svar[1])
    assert len(leste) == 1
    assert Planimport.objects.count() == 1


def test_a_document_of_too_many_pieces_is_parted_first(koordinator, monkeypatch):
    monkeypatch.setattr(fil_, "FLEST_BLOKKER", 3)

    svar = koordinator.post(NY, {"limt_inn": PLAN})

    assert "Teksten er for lang. Del den opp." in lest(svar)
    assert not Planimport.objects.exists()
