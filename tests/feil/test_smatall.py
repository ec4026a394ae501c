"""Worlds of persons in schools and areas, told in part: an attacker who knows how figures
add up works out no figure of one to four persons from what is shown.

The attacker here knows nothing of how figures are hidden, only what a row of a table says:
it is the sum of the persons in some cells of the world. Two attacks: adding and
subtracting (elimination, exact), and bounds (no cell is below nought).
"""

import itertools
import random
from dataclasses import dataclass, field

import pytest

from evaluering.models import Indikator, Maling
from evaluering.tall.skjul import tall
from slt.models import Lokalomrade, Sted
from tests.feil.mengde import mengde

PRIMTALL = 2**61 - 1
KJENTE_NAVN = (
    "til saman",
    "samla",
    "Samlet",
    "hele kommunen",
    "heile kommunen",
    "alle skoler",
    "begge kjønn",
    "sum: gutter og jenter",
    "totalt antall",
    "Samla tal",
    "Elever totalt",
    "Skolene samlet",
    "alle under ett",
    "Gutar og jenter",
    "To\u00adtalt",
    "Elevane",
    "Kommunen",
    "hele landet",
)
SKOLER = ("barneskole", "ungdomsskole", "kombinert_skole", "annet")
# Persons in a cell; in the last ones sums of some are often others of them, or twice or
# three times others, and nobody is few.
MULIGE = (
    [0, 2, 7, 20],
    [0, 3, 5, 9, 12],
    [0, 6, 10, 15, 40],
    [8, 10, 2],
    [5, 10, 15, 2],
    [5, 10, 15],
    [5, 5, 10, 20],
    [6, 12, 18],
    [7, 14, 21, 0],
    list(range(5, 41)),
)
FLEST_LIGNINGER = 400


@dataclass
class Verden:
    """Persons in cells, and the rows that were told of them.

    Attributes:
        celler: {(area, place, gender, kind): persons}; areas and places may be None.
        rader: [(Maling, the cells that it counts)].
        naturlige: the sets of cells that somebody might ask for.
    """

    celler: dict
    rader: list = field(default_factory=list)
    naturlige: set = field(default_factory=set)


def lag_verden(frø):
    terning = random.Random(frø)  # noqa: S311
    omrader = [Lokalomrade(pk=nr, navn=f"O{nr}") for nr in range(1, 4)]
    omrader = omrader[: terning.randint(0, 3)]
    steder = []
    for omrade in [*omrader, None]:
        for _ in range(terning.choice([0, 1, 2, 3, 3, 8 - 2 * len(omrader)])):
            pk = 10 + len(steder)
            slag = terning.choice(SKOLER)
            steder.append(Sted(pk=pk, navn=f"S{pk}", type=slag, lokalomrade=omrade))
    kjonn = ["gutter", "jenter", "ukjent"][: terning.choice([1, 1, 2, 2, 3])]
    slag = [f"slag {nr}" for nr in range(terning.choice([1, 1, 1, 2, 3, 4]))]
    # What stands in no table: persons of an area in none of its places, of no area.
    uten_sted = terning.random() < 0.7
    plasser = [(s.lokalomrade_id, s.pk) for s in steder]
    if uten_sted or not plasser:
        plasser += [(o.pk, None) for o in omrader] + [(None, None)]
    mulige = terning.choice(MULIGE)
    verden = Verden(
        {
            (*p, k, s): terning.choice(mulige)
            for p in plasser
            for k in kjonn
            for s in slag
        }
    )
    # Often all who are in no place, or of the last kind, are a few.
    sjeldne = slag[-1] if len(slag) > 1 and terning.random() < 0.5 else None
    if sjeldne:
        la_vaere_fa(verden, terning, lambda c: c[3] == sjeldne)
    if terning.random() < 0.8:
        la_vaere_fa(verden, terning, lambda c: c[1] is None)
    if terning.random() < 0.6:
        lik_de_andre(verden, terning, len(slag) - bool(sjeldne))
    flere = [
        (Sted(pk=100 + nr, navn=f"F{nr}", type="flere"), frozenset(s.pk for s in deler))
        for nr, deler in enumerate(
            terning.sample(steder, terning.randint(2, len(steder)))
            for _ in range(terning.choice([0, 0, 1, 2]) if len(steder) > 1 else 0)
        )
    ]
    fortell(verden, terning, omrader, steder, flere, kjonn, slag)
    return verden


def la_vaere_fa(verden, terning, hvilke):
    """Lets one to four persons, or nobody, be in all of these cells together."""
    celler = [c for c in verden.celler if hvilke(c)]
    verden.celler |= dict.fromkeys(celler, 0)
    if celler:
        verden.celler[terning.choice(celler)] = terning.randint(0, 4)


def lik_de_andre(verden, terning, antall_slag):
    """Lets a place, or a kind, have as many as all others together: by chance only."""
    celler = verden.celler
    akse = 1 if antall_slag < 3 else terning.choice([1, 3])
    deler = sorted({c[akse] for c in celler if c[akse] is not None}, key=str)
    deler = deler[:antall_slag] if akse == 3 else deler
    if len(deler) < 3:
        return
    en, *andre = terning.sample(deler, len(deler))
    ganger = terning.choice([1, 1, 1, 2])
    for celle in [c for c in celler if c[akse] == en]:
        like = [
            verdi
            for c, verdi in celler.items()
            if c[akse] in andre
            and c[2] == celle[2]
            and (akse == 1 or c[1] == celle[1])
            and (akse == 3 or c[3] == celle[3])
            and (akse == 1 or c[0] == celle[0])
        ]
        celler[celle] = sum(like) // ganger


def fortell(verden, terning, omrader, steder, flere, kjonn, slag):
    """Tells some rows; whether a kind of row is told at all is thrown for first."""
    hvor = {
        "": [({}, lambda c: True)],
        "omrade": [({"lokalomrade": o}, lambda c, o=o: c[0] == o.pk) for o in omrader],
        "sted": [({"sted": s}, lambda c, s=s: c[1] == s.pk) for s in steder],
        "flere": [({"sted": f}, lambda c, d=d: c[1] in d) for f, d in flere],
    }
    hvor = {navn: deler for navn, deler in hvor.items() if deler}
    hvem = {"": [({}, lambda c: True)]}
    if len(kjonn) > 1:
        hvem["kjonn"] = [
            ({"kjonn": k}, lambda c, k=k: c[2] == k) for k in kjonn if k != "ukjent"
        ]
        verden.naturlige |= {
            frozenset(c for c in verden.celler if c[2] == k) for k in kjonn
        }
    hva = {"": [({}, lambda c: True)]}
    if len(slag) > 1:
        hva["slag"] = [({"slag": s}, lambda c, s=s: c[3] == s) for s in slag]
    for hvor_ in (lambda c: True, *(b for _felter, b in hvor.get("omrade", ()))):
        # Those who are there, and in none of its places.
        verden.naturlige.add(dekning(verden, hvor_, lambda c: c[1] is None))
    tetthet, andel = terning.choice([0.5, 0.8, 1]), terning.choice([0.3, 0.4, 0.7])
    indikator = Indikator(pk=1, navn="Unge", teller="personer")
    indikator.minst = 0
    mater = list(itertools.product(hvor, hvem, hva))
    if terning.random() < 0.7:
        # A table of a whole and its parts, as most are.
        hele = terning.choice([hvor_ for hvor_ in ("", "", "omrade") if hvor_ in hvor])
        deler = [m for m in mater if m != (hele, "", "")] or mater
        steder = [m for m in deler if m == ("sted", "", "")]
        mater = [(hele, "", ""), terning.choice(deler + 2 * len(deler) * steder)]
        andel, tetthet = 1, terning.choice([0.8, 1, 1])
    for stedsvis, kjonnsvis, slagsvis in mater:
        fortalt = terning.random() < andel
        for en, to in itertools.product(hvor[stedsvis], hvem[kjonnsvis]):
            delene = [
                (en[0] | to[0] | tre[0], dekning(verden, en[1], to[1], tre[1]))
                for tre in hva[slagsvis]
            ]
            verden.naturlige |= {celler for _felter, celler in delene}
            if not fortalt:
                continue
            med = [d for d in delene if terning.random() < tetthet]
            if slagsvis and terning.random() < 0.3:
                med = [d for d in med if d is not delene[-1]]
            if slagsvis and terning.random() < 0.4:
                # Nobody could tell a total of some parts by a name that says nothing.
                navn = terning.choice(KJENTE_NAVN)
                if len(med) == len(delene) and terning.random() < 0.5:
                    navn = "Elevtallet"
                alle = dekning(verden, en[1], to[1], lambda c: True)
                med.append((en[0] | to[0] | {"slag": navn}, alle))
            for felter, celler in med:
                legg_til(verden, indikator, felter, celler)
    terning.shuffle(verden.rader)


def dekning(verden, *betingelser):
    return frozenset(c for c in verden.celler if all(b(c) for b in betingelser))


def legg_til(verden, indikator, felter, celler):
    verdi = sum(verden.celler[c] for c in celler)
    maling = Maling(
        pk=len(verden.rader) + 1,
        indikator=indikator,
        arstall=2023,
        verdi=verdi,
        **felter,
    )
    verden.rader.append((maling, celler))


# The attacks --------------------------------------------------------------------------


def ved_regning(kjent, sokt, celler):
    """Those of the sets of cells whose sum follows by adding and subtracting."""
    plass = {c: nr for nr, c in enumerate(celler)}

    def rest(gruppe):
        rad = {plass[c]: 1 for c in gruppe}
        while rad:
            forst = min(rad)
            if forst not in basis:
                return forst, rad
            faktor = rad[forst]
            for nr, v in basis[forst].items():
                ny = (rad.get(nr, 0) - faktor * v) % PRIMTALL
                if ny:
                    rad[nr] = ny
                else:
                    rad.pop(nr, None)
        return None, rad

    basis = {}
    for gruppe in kjent:
        forst, rad = rest(gruppe)
        if rad:
            invers = pow(rad[forst], -1, PRIMTALL)
            basis[forst] = {nr: v * invers % PRIMTALL for nr, v in rad.items()}
    # A vector that isn't begun in the basis may still have a part that is; it is no sum.
    return {gruppe for gruppe in sokt if not rest(gruppe)[1]}


def ved_grenser(kjent, sokt):
    """Those of the sets of cells whose sum follows as no cell is below nought.

    Args:
        kjent: {set of cells: sum}.
    """
    ligninger = dict(kjent)
    for _ in range(2):
        for (a, va), (b, vb) in itertools.permutations(list(ligninger.items()), 2):
            if b < a and len(ligninger) < FLEST_LIGNINGER:
                ligninger.setdefault(a - b, va - vb)
    uendelig = 10**9
    lav, hoy = {}, {}
    for celler in ligninger:
        for c in celler:
            lav[c], hoy[c] = 0, uendelig
    endret = True
    while endret:
        endret = False
        for celler, verdi in ligninger.items():
            sum_lav = sum(lav[c] for c in celler)
            sum_hoy = sum(hoy[c] for c in celler)
            for c in celler:
                ny_hoy = min(hoy[c], verdi - sum_lav + lav[c])
                ny_lav = max(lav[c], verdi - sum_hoy + hoy[c])
                if (ny_lav, ny_hoy) != (lav[c], hoy[c]):
                    sum_lav += ny_lav - lav[c]
                    sum_hoy += ny_hoy - hoy[c]
                    lav[c], hoy[c], endret = ny_lav, ny_hoy, True
    return {
        gruppe
        for gruppe in sokt
        if sum(lav.get(c, 0) for c in gruppe)
        == sum(hoy.get(c, uendelig) for c in gruppe)
    }


def angrip(verden, synlige):
    """The few that the attacker works out."""
    kjent = {celler: sum(verden.celler[c] for c in celler) for celler in synlige}
    for celler in list(kjent):
        if not celler:
            del kjent[celler]
    sokt = {celler for _maling, celler in verden.rader} | verden.naturlige
    fa = {f for f in sokt if 0 < sum(verden.celler[c] for c in f) < 5}
    funnet = ved_regning(kjent, fa, list(verden.celler))
    return funnet | ved_grenser(kjent, fa - funnet)


def synlige_i(verden):
    malinger = [maling for maling, _celler in verden.rader]
    vist = tall(malinger[0].indikator, malinger) if malinger else []
    return [
        celler
        for (_maling, celler), t in zip(verden.rader, vist, strict=True)
        if not t.skjult
    ]


BOLKER = 20


@pytest.mark.parametrize("bolk", range(BOLKER))
def test_nothing_hidden_is_worked_out(bolk):
    antall = mengde(10_000, 600) // BOLKER
    funnet, vist, skjult = {}, 0, 0
    for frø in range(bolk * antall, (bolk + 1) * antall):
        verden = lag_verden(frø)
        synlige = synlige_i(verden)
        vist, skjult = vist + len(synlige), skjult + len(verden.rader) - len(synlige)
        if fa := angrip(verden, synlige):
            funnet[frø] = fa

    assert funnet == {}
    # Neither is all hidden, nor nothing.
    assert vist > antall / 2
    assert skjult > antall / 2


def test_the_attacks_find_what_is_shown_badly():
    """Were all but the few shown, they would find the few in many worlds."""
    funnet = 0
    for frø in range(100):
        verden = lag_verden(frø)
        store = [c for maling, c in verden.rader if not maling.er_fa]
        funnet += bool(angrip(verden, store))

    assert funnet >= 20


def test_each_attack_works():
    a, b, begge = frozenset("a"), frozenset("b"), frozenset("ab")

    assert ved_regning([begge, a], [a, b, begge], "ab") == {a, b, begge}
    assert ved_regning([begge], [a, b, begge], "ab") == {begge}
    # Nobody is in b, for all are in a.
    alle = frozenset("abc")
    assert ved_grenser({alle: 8, a: 8}, [b, frozenset("bc")]) == {b, frozenset("bc")}
    assert ved_grenser({alle: 9, a: 8}, [b]) == set()
