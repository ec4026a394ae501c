"""Whom who asks is told to contact first, and by which way: pure, on rows that are in no
database."""

from types import SimpleNamespace as Rad

import pytest

from tiltak.hvem.rangering import Sporrer, Treff, ranger
from tiltak.models import (
    Ansvar,
    Kontaktpunkt,
    Malgruppe,
    Tjeneste,
    Tjenestemalgruppe,
)

T = Kontaktpunkt.Type
NUMMER = {T.TELEFON: "469 34 634", T.SMS: "469 34 635", T.EPOST: "a@example.org"}


def punkt(pk, type_=T.TELEFON, **felt):
    verdi = NUMMER.get(type_, "https://example.org/")
    return Kontaktpunkt(
        **{"pk": pk, "type": type_, "verdi": verdi, "rekkefolge": pk} | felt
    )


def treff(navn, plass=None, *, punkter=None, apent_for="", **felt):
    tjeneste = Tjeneste(
        navn=navn, **{f"{hvem}_kan_kontakte": True for hvem in apent_for.split()}
    )
    if punkter is None:
        punkter = [punkt(1)]
    return Treff(tjeneste, plass, punkter=punkter, **felt)


def ansvar(rolle=Ansvar.Rolle.ANSVARLIG, apent_for=(), malgrupper=()):
    tiltak = Rad(
        pk=None,
        overordnet_id=0,
        apent_for=list(apent_for),
        malgruppene=malgrupper,
    )
    return Rad(rolle=rolle, tiltak=tiltak)


def navnene(svar):
    return [t.tjeneste.navn for t in svar.kan_kontaktes]


def gruppe(fra, til):
    return [Tjenestemalgruppe(alder_fra=fra, alder_til=til)]


def trinn(nr):
    return [Malgruppe(trinn_fra=nr)]


@pytest.mark.parametrize(
    ("treffene", "sporrer", "ventet"),
    [
        pytest.param(
            [treff("B", 1), treff("A", 0), treff("C", ansvar=[ansvar()])],
            Sporrer(),
            ["A", "B", "C"],
            id="the coordinator's order, then those of tiltak",
        ),
        pytest.param(
            [
                treff("Gjør", ansvar=[ansvar(Ansvar.Rolle.GJENNOMFORER)] * 3),
                treff("Svarer", ansvar=[ansvar()]),
                treff("Svarer for to", ansvar=[ansvar()] * 2),
            ],
            Sporrer(),
            ["Svarer for to", "Svarer", "Gjør"],
            id="by part, then by how much they do",
        ),
        pytest.param(
            [
                treff("Gjør", ansvar=[ansvar(Ansvar.Rolle.GJENNOMFORER)] * 2),
                treff(
                    "Svarer for ett",
                    ansvar=[ansvar(Ansvar.Rolle.GJENNOMFORER), ansvar()],
                ),
            ],
            Sporrer(),
            ["Svarer for ett", "Gjør"],
            id="by the weightiest part",
        ),
        pytest.param(
            [treff("Uten", 0, punkter=[]), treff("Med", 1)],
            Sporrer(),
            ["Med", "Uten"],
            id="without a way in last",
        ),
        pytest.param(
            [
                treff("Stengt", 0, svarer={1: False}),
                treff("Neste", 1),
                treff("Åpen", 2, svarer={1: True}),
            ],
            Sporrer(),
            ["Stengt", "Åpen", "Neste"],
            id="who answers now passes one, and no more",
        ),
        pytest.param(
            [treff("Ferie", 0, stengt=True), treff("Her", 1)],
            Sporrer(),
            ["Her", "Ferie"],
            id="nobody there",
        ),
        pytest.param(
            [
                treff("Voksne", 0, malgrupper=gruppe(18, None)),
                treff("Unge", 1, malgrupper=gruppe(13, 20)),
                treff("Alle", 2),
            ],
            Sporrer(alder=14),
            ["Unge", "Alle", "Voksne"],
            id="of another age",
        ),
        pytest.param(
            [
                treff("8. trinn", ansvar=[ansvar(malgrupper=trinn(8))] * 3),
                treff("Vg2", ansvar=[ansvar(malgrupper=trinn(12))] * 2),
                treff("Alle", ansvar=[ansvar()]),
            ],
            Sporrer(alder=17),
            ["Vg2", "Alle", "8. trinn"],
            id="of another grade",
        ),
        pytest.param(
            [
                treff("Der", 0, punkter=[punkt(1)]),
                treff("Her", 1, punkter=[punkt(1, sted_id=7)]),
            ],
            Sporrer(steder=frozenset({7})),
            ["Her", "Der"],
            id="at the place",
        ),
        pytest.param(
            [
                treff("Nettside", 0, punkter=[punkt(1, T.NETT)]),
                treff("Telefon", 1),
            ],
            Sporrer(),
            ["Nettside", "Telefon"],
            id="the coordinator's order before the kind of way",
        ),
    ],
)
def test_the_order(treffene, sporrer, ventet):
    assert navnene(ranger(treffene, sporrer)) == ventet


@pytest.mark.parametrize("hvem", ["unge", "foresatte", "ansatte", "andre", ""])
def test_whom_the_asker_may_not_contact_is_never_among_those(hvem):
    treffene = [
        treff("Bare ansatte", 0, apent_for="ansatte"),
        treff("Unge", 1, apent_for="unge"),
        treff("Foresatte", 2, apent_for="foresatte"),
        treff("Ikke sagt", 3),
        treff("Tiltak for ansatte", ansvar=[ansvar(apent_for=["ansatte"])]),
    ]

    svar = ranger(treffene, Sporrer(hvem))

    assert {
        "unge": ["Unge", "Ikke sagt"],
        "foresatte": ["Foresatte", "Ikke sagt"],
        "ansatte": ["Bare ansatte", "Ikke sagt", "Tiltak for ansatte"],
        "andre": ["Ikke sagt"],
        "": ["Unge", "Foresatte", "Ikke sagt"],
    }[hvem] == navnene(svar)
    # What only staff may use, nobody else reads of.
    andre = [t.tjeneste.navn for t in svar.spor_andre]
    assert ("Bare ansatte" in andre) is False


@pytest.mark.parametrize(
    ("punkter", "svarer", "hvem", "beste"),
    [
        pytest.param([T.EPOST, T.SMS, T.TELEFON], {}, "unge", 2, id="call"),
        pytest.param([T.EPOST, T.SMS, T.TELEFON], {2: False}, "unge", 1, id="write"),
        pytest.param([T.TELEFON, T.NETT], {0: False}, "unge", 0, id="not a mere page"),
        pytest.param([T.NETT, T.FREMGANGSMATE], {}, "unge", 0, id="a page to press"),
        pytest.param([T.FREMGANGSMATE], {}, "unge", None, id="words"),
        pytest.param([], {}, "unge", None, id="nothing"),
    ],
)
def test_the_best_way_in(punkter, svarer, hvem, beste):
    en = treff("En", 0, punkter=[punkt(nr, t) for nr, t in enumerate(punkter)])
    en.svarer = svarer

    ranger([en], Sporrer(hvem))

    assert (en.beste and en.beste.pk) == beste
    assert len(en.andre_veier) == len(punkter) - (beste is not None)


def test_what_is_for_staff_is_a_way_for_staff_alone():
    en = treff("En", 0, punkter=[punkt(1, bare_ansatte=True), punkt(2, T.EPOST)])

    assert ranger([en], Sporrer("unge")).kan_kontaktes[0].beste.pk == 2
    assert ranger([en], Sporrer("ansatte")).kan_kontaktes[0].beste.pk == 1


def test_a_form_is_better_than_a_number_that_nobody_answers():
    skjema = punkt(2, T.NETT, etikett="kontaktskjema")
    en = treff("En", 0, punkter=[punkt(1), skjema], svarer={1: False})

    assert ranger([en], Sporrer()).kan_kontaktes[0].beste is skjema


def test_what_was_chosen_for_the_tiltak_is_better_than_the_main_ones():
    en = treff("En", 0, punkter=[punkt(1), punkt(2, hoved=False)], valgte=[{2}])

    assert ranger([en], Sporrer()).kan_kontaktes[0].beste.pk == 2


def test_what_was_chosen_for_one_of_many_is_not():
    en = treff("En", 0, punkter=[punkt(1), punkt(2, hoved=False)])
    en.valgte = [{2}, set(), set()]

    assert ranger([en], Sporrer()).kan_kontaktes[0].beste.pk == 1


def test_those_at_other_places_are_no_ways_for_who_said_where():
    en = treff("En", 0, punkter=[punkt(1, sted_id=7), punkt(2, sted_id=8)])

    ranger([en], Sporrer(steder=frozenset({8})))

    assert [p.pk for p in en.veier] == [2]


def test_the_number_of_the_whole_kommune_comes_before_those_of_places():
    en = treff("En", 0, punkter=[punkt(1, sted_id=7), punkt(2)])

    ranger([en], Sporrer())

    assert [p.pk for p in en.veier] == [2, 1]
