"""Identity numbers, hidden in texts in every way the guard claims to see through, and
texts full of other numbers: all the way into the rows of the database."""

import unicodedata
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from slt.grunn.identitetsnummer import finn_identitetsnummer
from tests.factories import PlasseringFactory, TjenesteFactory
from tests.feil.mengde import mengde
from tests.slt.test_personvern import (
    GJEMT,
    RUNDT,
    SLAG,
    UFARLIG,
    lag_nummer,
    sifre,
    telefon,
    terning,
)

TEKSTER = mengde(1000, 100)
AV_HVERT_SLAG = mengde(20_000, 200)
# Other texts than those of tests/slt/test_personvern.py.
FRO = 1_000_000


@pytest.fixture
def felter(kommune):
    """(row, field) of rich text, of one line, and of plain text."""
    tiltak = PlasseringFactory(innsatsomrade__plan__kommune=kommune, nummer=1).tiltak
    return [
        (tiltak, "tekst"),
        (tiltak, "kontakt_merknad"),
        (TjenesteFactory(kommune=kommune), "tekst"),
    ]


def lagret(rad, navn, tekst):
    """What the database has after the row was saved with the text, or None: refused."""
    setattr(rad, navn, tekst)
    with transaction.atomic():
        try:
            with transaction.atomic():
                rad.save()
        except ValidationError:
            return None
        verdi = type(rad)._base_manager.values_list(navn, flat=True).get(pk=rad.pk)
        transaction.set_rollback(True)
    return verdi


def sifrene(tekst):
    """All digits, as a reader of the page and of its source would see them."""
    for _lag in range(6):
        tekst = unescape(tekst)
    tall = (unicodedata.digit(tegn, None) for tegn in tekst)
    return "".join(str(siffer) for siffer in tall if siffer is not None)


def test_no_number_gets_into_a_row(felter, tell):
    gjennom, renset = [], 0

    for i in range(TEKSTER):
        tilfeldig = terning(FRO + i)
        mate = list(GJEMT)[tilfeldig.randrange(len(GJEMT))]
        slag = tilfeldig.choice(list(SLAG))
        nummer = lag_nummer(tilfeldig, slag, tilfeldig.choice([(0,), (1, 2, 3)]))
        tekst = tilfeldig.choice(RUNDT).format(GJEMT[mate](nummer, tilfeldig))
        rad, navn = felter[i % len(felter)]
        verdi = lagret(rad, navn, tekst)
        # Rich text loses comments and odd tags, and a number in them, on its way in.
        if verdi is not None and nummer not in sifrene(verdi):
            renset += 1
        elif verdi is not None:
            gjennom.append((mate, slag, navn, tekst))

    tell(
        f"texts with a number: {TEKSTER - renset - len(gjennom)} refused, {renset} "
        f"stored without it, {len(gjennom)} through",
        TEKSTER,
    )
    assert gjennom == []
    assert renset < TEKSTER / 20


def test_no_text_without_a_number_is_refused(felter, tell):
    nektet = []

    for i in range(TEKSTER):
        tilfeldig = terning(FRO + i)
        deler = tilfeldig.choices(UFARLIG, k=tilfeldig.randint(1, 4))
        tekst = ". Videre: ".join(del_(tilfeldig) for del_ in deler)
        rad, navn = felter[i % len(felter)]
        if lagret(rad, navn, tekst) is None:
            nektet.append((navn, tekst))

    tell(f"texts without a number: {len(nektet)} refused", TEKSTER)
    assert nektet == []


def dag(tilfeldig):
    """A day as plans, pages and tables write it; also of the years to come."""
    dag, maned = tilfeldig.randint(1, 28), tilfeldig.randint(1, 12)
    ar = tilfeldig.randint(2005, 2032)
    navn = tilfeldig.choice(["mars", "mai", "juni", "oktober", "des."])
    return tilfeldig.choice(
        [
            f"{dag:02}.{maned:02}.{ar}",
            f"{dag}.{maned}.{ar}",
            f"{dag:02}.{maned:02}.{ar % 100:02}",
            f"{dag}.{maned}.{ar % 100:02}",
            f"{dag:02}/{maned:02}/{ar}",
            f"{dag}. {navn} {ar}",
            f"{ar}-{maned:02}-{dag:02}",
        ]
    )


def dag_og_telefon(tilfeldig):
    foran = tilfeldig.choice(
        ["Oppdatert", "Per", "Gjelder f.o.m.", "De siste fem årene til"]
    )
    midt = tilfeldig.choice([": ", " ", ", ", " – ", ", tlf. ", ": ring "])
    return f"{foran} {dag(tilfeldig)}{midt}{telefon(tilfeldig)}"


def telefon_og_dag(tilfeldig):
    midt = tilfeldig.choice([", ", " (", " per ", " / ", ", oppdatert "])
    return f"Tlf. {telefon(tilfeldig)}{midt}{dag(tilfeldig)}"


def dag_og_tall(tilfeldig):
    tall = str(tilfeldig.randint(10_000, 99_999))
    tall = tilfeldig.choice([tall, f"{tall[:2]} {tall[2:]}", f"{tall},50"])
    hva = tilfeldig.choice(
        [
            *("treff", "innbyggere", "innbyggjarar", "elever", "unge", "kr", "kroner"),
            *("deltakere", "besøkende", "visninger", "anmeldelser", "saker", "svar"),
            *("unge innbyggere", "anmeldte lovbrudd", "registrerte saker", "brukarar"),
        ]
    )
    midt = tilfeldig.choice([": ", " ", ", ", " – ", " - ", " var det "])
    return tilfeldig.choice(
        [
            f"{dag(tilfeldig)}{midt}{tall} {hva}",
            f"Gjelder f.o.m. {dag(tilfeldig)}, med {tall} {hva}",
            f"De siste fem årene til {dag(tilfeldig)}: {tall} {hva}",
            f"{tall} {hva} per {dag(tilfeldig)}",
            f"{tall} {hva} ({dag(tilfeldig)})",
            f"Vedtatt {dag(tilfeldig)}, saksnr. {sifre(tilfeldig, 5)}",
            f"Sak {sifre(tilfeldig, 5)}, {dag(tilfeldig)}",
        ]
    )


FLERE = [*UFARLIG, dag_og_telefon, telefon_og_dag, dag_og_tall]


@pytest.mark.parametrize("slag", FLERE, ids=lambda slag: slag.__name__)
def test_no_other_kind_of_number_is_taken_for_one(slag, tell):
    nektet = [
        tekst
        for i in range(AV_HVERT_SLAG)
        if finn_identitetsnummer(tekst := slag(terning(FRO + i)))
    ]

    tell(f"{slag.__name__}: {len(nektet)} taken for identity numbers", AV_HVERT_SLAG)
    assert nektet == []


def test_the_guard_stands_before_every_database(felter):
    """The same where a value is prepared, past the row."""
    nummer = lag_nummer(terning(FRO))
    stoppet = []

    for rad, navn in felter:
        felt = rad._meta.get_field(navn)
        with pytest.raises(ValidationError):
            felt.get_db_prep_save(f"Elev {nummer}", connection)
        stoppet.append(navn)

    assert stoppet == ["tekst", "kontakt_merknad", "tekst"]
