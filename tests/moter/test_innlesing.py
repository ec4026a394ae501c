"""The fora of a plan that is read from a document."""

import pytest

from moter.innlesing import fora
from moter.models import Forum
from tests.factories import ForumFactory, TjenesteFactory
from tiltak.innlesing.forslag import modell
from tiltak.innlesing.rader import Rader
from tiltak.innlesing.tjenester import Tjenestene
from tiltak.innlesing.treff import Oppslag

Niva = Forum.Niva


def foreslatt(kommune, *forslag):
    """The rows that come of proposed fora, saved, and what has no place."""
    rader = Rader()
    tjenestene = Tjenestene(Oppslag(kommune), {}, rader)
    fora(modell.Planforslag(fora=list(forslag)), tjenestene, rader)
    rader.sjekk()
    rader.lagre()
    return list(Forum.objects.filter(kommune=kommune)), rader.uten_plass


def test_what_has_that_name_is_left_as_it_is(kommune):
    politirad = ForumFactory(kommune=kommune, navn="Politirådet", rytme="hver høst")
    ForumFactory(navn="Områdemøtet")

    alle, uten_plass = foreslatt(
        kommune,
        modell.Forum("politirådet", medlemmer=[modell.Verdi("ordføreren")]),
        modell.Forum("områdemøtet"),
        modell.Forum("Områdemøtet"),
    )

    assert [(f.navn, f.rytme) for f in alle] == [
        ("Politirådet", "hver høst"),
        ("Områdemøtet", ""),
    ]
    assert not politirad.medlemmer.exists()
    assert uten_plass == []


@pytest.mark.parametrize(
    ("navn", "niva", "blir"),
    [
        ("Politirådet", "", ("politirad", Niva.STYRENDE)),
        ("SLT-nettverket", "", ("nettverk", Niva.NETTVERK)),
        ("BTI-møtet", "", ("bti_mote", Niva.KOORDINERENDE)),
        ("Områdemøtet", "koordinerende", ("omrademote", Niva.KOORDINERENDE)),
        ("Foreldreforumet", "utforende", ("arbeidsgruppe", Niva.UTFORENDE)),
        ("Foreldreforumet", "", "hvilket nivå"),
        ("Koordineringsgruppa", "", "hvilket nivå"),
        ("Ressursgruppe", "utforende", "enkeltsaker"),
        ("Forumet " + "som har et langt navn " * 6, "utforende", "for langt"),
    ],
)
def test_the_level_is_never_made_up(kommune, navn, niva, blir):
    """It is the document's own, or what bodies of that name are."""
    alle, uten_plass = foreslatt(kommune, modell.Forum(navn, niva))

    if isinstance(blir, tuple):
        assert [(f.type, f.niva, f.offentlig) for f in alle] == [(*blir, False)]
        assert uten_plass == []
    else:
        assert alle == []
        assert [(u.hva, u.tekst, blir in u.hvorfor) for u in uten_plass] == [
            ("Forum", navn, True)
        ]


def test_members_are_tjenester_where_those_are_known(kommune):
    politi = TjenesteFactory(kommune=kommune, navn="Politiet")
    TjenesteFactory(navn="Barnevernet")
    lang = "alle som på en eller annen måte har med barn og unge å gjøre " * 3
    medlemmer = ["politiet", "Barnevernet", "barnevernet", lang]

    (forum,), _uten_plass = foreslatt(
        kommune,
        modell.Forum(
            "Politirådet",
            rytme=modell.HvorOfte(4, None, "ar", tekst="fire ganger i året"),
            medlemmer=[modell.Verdi(navn) for navn in medlemmer],
        ),
    )

    assert [(m.tjeneste, m.funksjon) for m in forum.medlemmer.all()] == [
        (politi, ""),
        (None, "Barnevernet"),
    ]
    assert (forum.rytme, forum.formal) == (
        "fire ganger i året",
        f"<p>{lang.strip()}</p>",
    )


def test_it_asks_as_much_for_one_and_three(kommune, django_assert_num_queries):
    for antall in (1, 3):
        rader = Rader()
        tjenestene = Tjenestene(Oppslag(kommune), {}, rader)
        forslag = [modell.Forum(f"Områdemøte {nr}") for nr in range(antall)]
        with django_assert_num_queries(1):
            fora(modell.Planforslag(fora=forslag), tjenestene, rader)
        assert len(rader.av[Forum]) == antall
