"""The order of rows: a new one goes last, and no two have the same place."""

import itertools
import random

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from evaluering.models import Kildesteg, Medvirkning, Milepal
from slt.grunn.historikk import HistoriskRad, opprett_mange
from slt.grunn.rekkefolge import feltet, fordel, i_orden
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    EvalueringFactory,
    ForumFactory,
    ForumsmedlemFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KildeFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TemaFactory,
    TilgangFactory,
    TiltakFactory,
    TjenesteFactory,
    TjenesteTemaFactory,
)
from tests.slt.test_admin import feil, side, skjema
from tests.slt.test_samtidig import alle_pa_en_gang, apne, med_ny_rad
from tiltak.models import (
    Innsatsomrade,
    Kapittel,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Styringsdokument,
    Tiltak,
    Tjenestemalgruppe,
)

UTKAST = "utkast"


# Who stands where ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("na", "onsket", "ventet"),
    [
        ("abc", {"c": 1}, "cab"),
        ("abc", {"a": 3}, "bca"),
        ("abcde", {"b": 4}, "acdbe"),
        ("abc", {"a": 2, "b": 1}, "bac"),
        ("abc", {"a": 2, "b": 3, "c": 1}, "cab"),
        ("abc", {"ny": 2}, ["a", "ny", "b", "c"]),
        ("abc", {"ny": None}, ["a", "b", "c", "ny"]),
        ("abc", {"a": None}, "bca"),
        ("ab", {"x": None, "y": None}, "abxy"),
        ("", {"x": None}, "x"),
    ],
)
def test_the_others_make_room(na, onsket, ventet):
    plasser = fordel({rad: nr for nr, rad in enumerate(na, 1)}, onsket)

    assert sorted(plasser, key=plasser.get) == list(ventet)


def test_to_a_place_that_is_free_a_row_goes_alone():
    assert fordel({"a": 1, "b": 2, "c": 9}, {"b": 5}) == {"a": 1, "b": 5, "c": 9}


def test_a_hole_ends_what_is_moved():
    assert fordel({"a": 1, "b": 2, "c": 9}, {"x": 1}) == {
        "x": 1,
        "a": 2,
        "b": 3,
        "c": 9,
    }


@pytest.mark.parametrize("onsket", [{"b": 9999}, {"b": None}])
def test_where_there_is_no_room_above_all_close_up(onsket):
    assert fordel({"a": 3, "c": 9999}, onsket) in (
        {"a": 1, "b": 2, "c": 3},
        {"a": 1, "c": 2, "b": 3},
    )


def test_no_two_come_to_the_same_place_whatever_is_asked():
    tilfeldig = random.Random(1)  # noqa: S311
    for _nr in range(2000):
        na = dict(zip("abcdef", tilfeldig.sample(range(9), 6), strict=True))
        rader = tilfeldig.sample("abcdefxy", 4)
        onsket = {rad: tilfeldig.choice([None, *range(9)]) for rad in rader}

        plasser = fordel(na, onsket)

        assert plasser.keys() == na.keys() | onsket.keys()
        assert len(set(plasser.values())) == len(plasser)


def test_what_is_asked_for_without_conflict_is_given():
    na = {rad: nr for nr, rad in enumerate("abcd", 1)}
    alle = itertools.permutations(range(1, 5))
    onsket = [dict(zip("abcd", orden, strict=True)) for orden in alle]

    assert [fordel(na, ett) for ett in onsket] == onsket


# Every model --------------------------------------------------------------------------


def _malsetting(kommune):
    plan = HandlingsplanFactory(kommune=kommune)
    return lambda nr: Malsetting(plan=plan, type="visjon", tekst=str(nr))


def _malsetting_i_tiltak(kommune):
    tiltak = TiltakFactory(plan__kommune=kommune)
    return lambda nr: Malsetting(
        plan=tiltak.plan, tiltak=tiltak, type="visjon", tekst=str(nr)
    )


def _malsetting_i_omrade(kommune):
    omrade = InnsatsomradeFactory(plan__kommune=kommune)
    return lambda nr: Malsetting(
        plan=omrade.plan, innsatsomrade=omrade, type="visjon", tekst=str(nr)
    )


def _dokument(kommune):
    plan = HandlingsplanFactory(kommune=kommune)
    return lambda nr: Styringsdokument(kommune=kommune, plan=plan, tittel=str(nr))


def _dokument_uten_plan(kommune):
    return lambda nr: Styringsdokument(kommune=kommune, tittel=str(nr))


def _under(modell, over, **felter):
    def lag(kommune):
        rad = over(kommune)
        return lambda nr: modell(
            **rad, **{f: v(nr) if callable(v) else v for f, v in felter.items()}
        )

    return lag


def _tiltak(kommune):
    return {"tiltak": TiltakFactory(plan__kommune=kommune)}


def _tjeneste(kommune):
    return {"tjeneste": TjenesteFactory(kommune=kommune)}


def _kilde(kommune):
    return {"kilde": KildeFactory(kommune=kommune)}


def _evaluering(kommune):
    return {"evaluering": EvalueringFactory(plan__kommune=kommune)}


def _i_kilde(kommune):
    return {"kommune": kommune, **_kilde(kommune)}


def _plan(kommune):
    return {"plan": HandlingsplanFactory(kommune=kommune)}


def _deltiltak(kommune):
    hele = TiltakFactory(plan__kommune=kommune)
    return {"plan": hele.plan, "overordnet": hele}


def _ansvar(kommune):
    tiltak = TiltakFactory(plan__kommune=kommune)
    return lambda nr: AnsvarFactory.build(
        tiltak=tiltak, tjeneste=TjenesteFactory(kommune=kommune)
    )


def _kontaktpunkt(kommune):
    tjeneste = TjenesteFactory(kommune=kommune)
    return lambda nr: KontaktpunktFactory.build(
        tjeneste=tjeneste, verdi=f"400 00 00{nr}"
    )


def _tema(kommune):
    tema = TemaFactory(kommune=kommune)
    return lambda nr: TjenesteTemaFactory.build(
        tema=tema, tjeneste=TjenesteFactory(kommune=kommune)
    )


def _forum(kommune):
    return lambda nr: ForumFactory.build(kommune=kommune, navn=f"Forum {nr}")


def _medlem(kommune):
    forum = ForumFactory(kommune=kommune)
    return lambda nr: ForumsmedlemFactory.build(forum=forum, funksjon=f"Rolle {nr}")


def _plassering(kommune):
    omrade = InnsatsomradeFactory(plan__kommune=kommune, plan__status=UTKAST)
    return lambda nr: PlasseringFactory.build(
        innsatsomrade=omrade, tiltak=TiltakFactory(plan=omrade.plan), nummer=None
    )


LAGES = [
    _under(Kapittel, _plan, tittel=str, tekst="<p>Tekst</p>"),
    _under(Innsatsomrade, _plan, navn=str, kortnavn=str),
    _under(Tiltak, _deltiltak, tittel=str),
    _under(Malgruppe, _tiltak, tekst=str),
    _under(Kildesteg, _kilde, navn=str),
    _under(Medvirkning, _i_kilde, navn=str),
    _under(Milepal, _evaluering, hva=str),
    _under(Lenke, _tiltak, tittel=str, adresse=lambda nr: f"https://example.org/{nr}"),
    _malsetting,
    _malsetting_i_tiltak,
    _malsetting_i_omrade,
    _dokument,
    _dokument_uten_plan,
    _ansvar,
    _kontaktpunkt,
    _under(Tjenestemalgruppe, _tjeneste, tekst=str),
    _tema,
    _forum,
    _medlem,
    _plassering,
]


def test_every_model_with_an_order_is_here(db):
    modeller = [m for m in apps.get_models() if not issubclass(m, HistoriskRad)]
    har = {modell for modell in modeller if feltet(modell)}

    assert {type(lag(KommuneFactory())(1)) for lag in LAGES} == har
    assert har >= {
        modell
        for modell in modeller
        for felt in modell._meta.concrete_fields
        if felt.name == "rekkefolge"
    }


@pytest.fixture(params=LAGES, ids=lambda lag: lag.__qualname__)
def lag(request, kommune):
    return request.param(kommune)


def plass(rad):
    return getattr(rad, feltet(type(rad)).attname)


def test_a_new_row_goes_last(lag):
    rader = [lag(nr) for nr in range(3)]

    for rad in rader:
        rad.full_clean(exclude=["slug"])
        rad.save()

    assert [plass(rad) for rad in rader] == [1, 2, 3]


def test_many_new_rows_go_last_in_their_order(lag):
    forst = lag(0)
    forst.save()
    rader = [lag(nr) for nr in range(1, 4)]

    if hasattr(type(forst), "slug"):
        for nr, rad in enumerate(rader):
            rad.slug = f"s{nr}"
    opprett_mange(rader)

    assert [plass(rad) for rad in [forst, *rader]] == [1, 2, 3, 4]


def test_no_two_have_the_same_place(lag):
    en, to = lag(0), lag(1)
    en.save()
    setattr(to, feltet(type(to)).attname, plass(en))

    with pytest.raises(IntegrityError), transaction.atomic():
        to.save()


def test_who_comes_in_order_moves_the_others_and_all_is_traced(lag):
    rader = [lag(nr) for nr in range(3)]
    for rad in rader:
        rad.save()
    siste = rader[-1]
    setattr(siste, feltet(type(siste)).attname, 1)

    with i_orden([siste]):
        siste.save()

    ferske = type(siste)._base_manager.in_bulk([rad.pk for rad in rader])
    assert [plass(ferske[rad.pk]) for rad in rader] == [2, 3, 1]
    assert [rad.historikk.count() for rad in rader] == [2, 2, 2]


def test_the_places_of_others_are_theirs(kommune):
    """Each group of siblings has its own first place."""
    en, to = (KapittelFactory(plan=HandlingsplanFactory()) for _nr in range(2))

    assert (en.rekkefolge, to.rekkefolge) == (1, 1)


# In the admin -------------------------------------------------------------------------


@pytest.fixture
def koordinator(kommune):
    return innlogget(TilgangFactory(kommune=kommune).bruker)


@pytest.fixture
def tre(kommune):
    plan = HandlingsplanFactory(kommune=kommune, status=UTKAST)
    return [KapittelFactory(plan=plan, tittel=tittel) for tittel in "ABC"]


def titler(tre):
    rader = tre[0].plan.kapitler.order_by("rekkefolge")
    return list(rader.values_list("rekkefolge", "tittel"))


def test_a_chapter_is_moved(tre, koordinator):
    adresse, data = apne(koordinator, tre[2])

    assert feil(koordinator.post(adresse, data | {"rekkefolge": "1"})) == {}

    assert titler(tre) == [(1, "C"), (2, "A"), (3, "B")]


def test_a_new_chapter_goes_last_by_itself(tre, koordinator):
    url = side(Kapittel, "add")
    data = skjema(koordinator.get(url)) | {"tittel": "D", "tekst": "<p>D</p>"}
    assert data["rekkefolge"] in ("", [""])

    assert feil(koordinator.post(url, data)) == {}

    assert titler(tre) == [(1, "A"), (2, "B"), (3, "C"), (4, "D")]


def test_a_stranger_moves_no_chapter(tre, koordinator, client):
    adresse, data = apne(koordinator, tre[2])

    assert client.post(adresse, data | {"rekkefolge": "1"}).status_code == 302

    assert titler(tre) == [(1, "A"), (2, "B"), (3, "C")]


@pytest.mark.parametrize("plassen", ["-1", "10000", "99999999", "x"])
def test_a_place_that_cannot_be_is_said_beside_it(plassen, tre, koordinator):
    adresse, data = apne(koordinator, tre[2])

    svar = koordinator.post(adresse, data | {"rekkefolge": plassen})

    assert list(feil(svar)) == ["rekkefolge"]
    assert titler(tre) == [(1, "A"), (2, "B"), (3, "C")]


def test_the_first_and_the_last_place_there_is(tre, koordinator):
    for rad, plass in [(0, "9999"), (1, "9999"), (2, "0"), (0, "0"), (1, "1")]:
        adresse, data = apne(koordinator, tre[rad])
        assert feil(koordinator.post(adresse, data | {"rekkefolge": plass})) == {}

    # Those that are made without being moved go past the last one.
    KapittelFactory(plan=tre[0].plan, rekkefolge=9999, tittel="D")
    KapittelFactory(plan=tre[0].plan, tittel="E")
    adresse, data = apne(koordinator, tre[2])
    assert feil(koordinator.post(adresse, data | {"rekkefolge": "0"})) == {}

    assert titler(tre)[0][1] == "C"
    assert all(plass <= 9999 for plass, _tittel in titler(tre))


def test_a_row_takes_the_first_place_of_one_that_goes(kommune):
    plan = HandlingsplanFactory(kommune=kommune, status="utkast")
    forste = KapittelFactory(plan=plan, rekkefolge=0)
    andre = KapittelFactory(plan=plan, rekkefolge=1)

    andre.rekkefolge = 0
    with i_orden([andre], bort=[forste]):
        andre.save()
        forste.delete()

    assert plass(andre) == 0


def _punkter(kommune):
    tjeneste = TjenesteFactory(kommune=kommune)
    for nr in range(3):
        KontaktpunktFactory(tjeneste=tjeneste, verdi=f"400 00 00{nr}")
    return tjeneste


def _rekken(tjeneste):
    punkter = Kontaktpunkt.objects.filter(tjeneste=tjeneste).order_by("rekkefolge")
    return "".join(p.verdi[-1] for p in punkter)


@pytest.mark.parametrize(
    ("plasser", "ventet"),
    [
        ({0: "2", 1: "1"}, "102"),
        ({0: "3", 2: "1"}, "210"),
        ({2: "1"}, "201"),
        ({0: "2", 1: "3", 2: "1"}, "201"),
        ({0: ""}, "120"),
    ],
)
def test_rows_of_a_page_change_places_in_one_save(
    plasser, ventet, kommune, koordinator
):
    tjeneste = _punkter(kommune)
    adresse, data = apne(koordinator, tjeneste)
    nye = {f"kontaktpunkter-{nr}-rekkefolge": plass for nr, plass in plasser.items()}

    assert feil(koordinator.post(adresse, data | nye)) == {}

    assert _rekken(tjeneste) == ventet


def test_a_row_takes_the_place_of_one_that_goes(kommune, koordinator):
    tjeneste = _punkter(kommune)
    adresse, data = apne(koordinator, tjeneste)
    borte = {"kontaktpunkter-2-DELETE": "on", "kontaktpunkter-0-rekkefolge": "3"}

    assert feil(koordinator.post(adresse, data | borte)) == {}

    assert _rekken(tjeneste) == "10"


def test_the_first_place_of_all_is_left_too(kommune):
    plan = HandlingsplanFactory(kommune=kommune, status=UTKAST)
    forste = InnsatsomradeFactory(plan=plan, rekkefolge=0)
    andre = InnsatsomradeFactory(plan=plan, rekkefolge=1)

    andre.rekkefolge = 0
    with i_orden([andre], bort=[forste]):
        andre.save()
        forste.delete()

    assert list(plan.innsatsomrader.values_list("pk", "rekkefolge")) == [(andre.pk, 0)]


def test_a_new_row_comes_first(kommune, koordinator):
    tjeneste = _punkter(kommune)
    adresse, data = apne(koordinator, tjeneste)
    felter = {"type": "telefon", "verdi": "400 00 009", "synlighet": "offentlig"}
    data = med_ny_rad(data, "kontaktpunkter", **felter, rekkefolge="1")

    for _nr in range(2):
        assert feil(koordinator.post(adresse, data)) == {}

    assert _rekken(tjeneste) == "9012"


# At the same moment -------------------------------------------------------------------


def test_of_many_new_rows_each_gets_its_own_place(transactional_db, kommune):
    if connection.vendor == "sqlite":
        pytest.skip("one database in memory has one writer")
    plan = HandlingsplanFactory(kommune=kommune, status=UTKAST)

    alle_pa_en_gang(
        range(6), lambda _nr, nr: KapittelFactory(plan=plan, tittel=f"K{nr}")
    )

    assert list(plan.kapitler.values_list("rekkefolge", flat=True)) == [*range(1, 7)]


def test_of_many_who_move_to_the_same_place_each_has_its_own(transactional_db, kommune):
    if connection.vendor == "sqlite":
        pytest.skip("one database in memory has one writer")
    omrade = InnsatsomradeFactory(plan__kommune=kommune, plan__status=UTKAST)
    steder = [PlasseringFactory(innsatsomrade=omrade) for _nr in range(6)]

    def flytt(sted, _nr):
        sted.nummer = 1
        with i_orden([sted]):
            sted.save()

    alle_pa_en_gang(steder, flytt)

    numre = omrade.plasseringer.order_by("nummer").values_list("nummer", flat=True)
    assert list(numre) == [*range(1, 7)]
