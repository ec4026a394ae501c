"""Named persons are pointed out, services and places are not; a role takes their place.
The names here are put together from common ones."""

from itertools import chain

import pytest
import yaml

from tests.tiltak.innlesing.fakta import ROT
from tests.tiltak.innlesing.lest import docx, fra_docx
from tiltak.innlesing.forslag import foresla
from tiltak.innlesing.forslag.valg import Valg
from tiltak.innlesing.personer import Pekt, pekt_ut, personnavn

PERSONER = {
    "Kari Nordmann": "Kari Nordmann",
    "v/ Ola N.": "Ola N.",
    "ved Per Hansen, tlf 22 22 22 22": "Per Hansen",
    "Enhetsleder Anne-Lise Berg": "Anne-Lise Berg",
    "NAV v/ Amina Yusufsen": "Amina Yusufsen",
    "Rektor Xhevat Krasnisen": "Xhevat Krasnisen",
    "leder Tor Haugen": "Tor Haugen",
    "OLA NORDMANN": "OLA NORDMANN",
    "Nordmann, Kari": "Nordmann, Kari",
    "Utekontakten v/Kari": "Kari",
    "Kontakt Ida Marie van der Berg på telefon": "Ida Marie van der Berg",
    "kari.nordmann@kommune.no": "kari.nordmann",
    "Politikontakt Per Moen, tlf: 02800": "Per Moen",
    "Helsesykepleier Guri Fjeld": "Guri Fjeld",
    "Fagleder barnevern Tor Dahl": "Tor Dahl",
}
INGEN = [
    "Lillestrøm kommune", "Ung Kultur", "Frogner skole", "Røde Kors", "NAV Lillestrøm",
    "Kirkens Bymisjon", "Natteravnene Fetsund", "Redd Barna", "Rektor", "SLT-koordinator",
    "Nedre Romerike", "v/ Utekontakten Strømmen", "Johannes Læringssenter",
    "Kristian Kvarts gate 4", "Avdeling Barn og unge, Kultur", "Mai og juni", "Per uke",
    "vera.senter@kommune.no", "Stine Sofies Stiftelse", "Marie Treschow videregående skole",
    "rektor Frogner Skole", "Nes kommune ved Oppvekst", "Krisesenteret v/ Nes Vestby",
    "Kontakt Veiledningssenteret Romerike", "Home-Start Familiekontakten",
]  # fmt: skip


@pytest.mark.parametrize(("tekst", "navn"), PERSONER.items())
def test_a_person(tekst, navn):
    assert personnavn(tekst) == navn


def test_no_person():
    assert [tekst for tekst in INGEN if personnavn(tekst)] == []


def test_nothing_in_the_facts_of_two_kommuner_is_taken_for_a_person():
    filer = sorted((ROT / "fixtures").glob("3*.yaml"))
    tekster = [
        linje
        for fil in filer
        for rad in yaml.safe_load(fil.read_text())
        for tekst in _tekster(rad["fields"])
        for linje in tekst.split("\n")
    ]

    assert len(tekster) > 5000
    assert [tekst for tekst in tekster if personnavn(tekst)] == []


def _tekster(verdi):
    if isinstance(verdi, str):
        return [verdi]
    deler = verdi.values() if isinstance(verdi, dict) else verdi
    er_samling = isinstance(verdi, dict | list)
    return chain.from_iterable(map(_tekster, deler)) if er_samling else []


PLAN = (
    "# Rus", "## Tiltak 1: Uteteam", "Møter unge.",
    "Ansvar: Kari Nordmann, Politiet", "Forankring: Rektor Ola Nordmann",
    "Kontakt: spør etter Kari Nordmann", "E-post: kari.nordmann@kommune.no",
    "## Tiltak 2: Klubb", "Ansvar: Ung Kultur",
)  # fmt: skip


def med(roller_for):
    return foresla(fra_docx(docx(*PLAN)), Valg(roller_for=roller_for))


def test_each_text_that_names_a_person_is_pointed_out():
    assert pekt_ut(med({})) == [
        Pekt("Uteteam", "ansvar", "Kari Nordmann", "Kari Nordmann", ("4",)),
        Pekt("Uteteam", "kontakt", "spør etter Kari Nordmann", "Kari Nordmann", ("6",)),
        Pekt("Uteteam", "kontakt", "kari.nordmann@kommune.no", "kari.nordmann", ("7",)),
        Pekt("Uteteam", "forankring", "Rektor Ola Nordmann", "Ola Nordmann", ("5",)),
    ]


def test_a_role_takes_its_place():
    forslag = med(
        {
            "Kari Nordmann": "Politiet",
            "Rektor Ola Nordmann": "Rektor",
            "spør etter Kari Nordmann": "",
            "kari.nordmann@kommune.no": "uteteam@kommune.no",
        }
    )

    uteteam, klubb = forslag.tiltak
    assert [a.navn for a in uteteam.ansvar] == ["Politiet"]
    assert [v.tekst for v in uteteam.forankring] == ["Rektor"]
    assert [(k.art, k.verdi) for k in uteteam.kontakter] == [
        ("epost", "uteteam@kommune.no")
    ]
    assert [a.navn for a in klubb.ansvar] == ["Ung Kultur"]
    assert pekt_ut(forslag) == []
    # Left out by choice, and said.
    assert [(u.blokk, u.grunn) for u in forslag.utelatt] == [("6", "hoppet_over")]


RESSURSPERSONER = [
    ["Navn", "Stilling", "Mobil", "E-post"],
    ["Kari Nordmann", "SLT-koordinator", "906 11 222", "kari.nordmann@kommune.no"],
    ["Ola Nordmann", "Lensmann", "02800", ""],
]


def test_a_table_of_people_is_no_list_of_tiltak_and_its_names_are_pointed_out():
    deler = ("# Ressurspersoner", RESSURSPERSONER)

    forslag = foresla(fra_docx(docx("# Rus", "## Tiltak 1: Klubb", "Åpen.", *deler)))

    assert [t.tittel.tekst for t in forslag.tiltak] == ["Klubb"]
    assert [o.tittel.tekst for o in forslag.innsatsomrader] == ["Rus"]
    assert [(p.tiltak, p.tekst) for p in pekt_ut(forslag)] == [
        ("Ressurspersoner", "Kari Nordmann"),
        ("Ressurspersoner", "kari.nordmann@kommune.no"),
        ("Ressurspersoner", "Ola Nordmann"),
    ]


def test_a_name_in_a_title_or_in_prose_gives_way_alone():
    blokker = fra_docx(
        docx(
            "# Rus", "## Tiltak 1: Samtaler med Kari Nordmann",
            "Ring Kari Nordmann først.", "Ansvar: Skolen",
        )
    )  # fmt: skip

    funnet = [(p.felt, p.tekst) for p in pekt_ut(foresla(blokker))]
    forslag = foresla(blokker, Valg(roller_for={"Kari Nordmann": "helsesykepleier"}))

    assert funnet == [("tittel", "Kari Nordmann"), ("tekst", "Kari Nordmann")]
    (tiltak,) = forslag.tiltak
    assert tiltak.tittel.tekst == "Samtaler med helsesykepleier"
    assert [d.tekst for d in tiltak.tekst] == ["Ring helsesykepleier først."]
    assert pekt_ut(forslag) == []
