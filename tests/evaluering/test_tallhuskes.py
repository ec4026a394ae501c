"""What was said of a table is remembered for the next of the same form, by the kommune
alone; and what was made for one goes with it."""

import re
from decimal import Decimal
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from evaluering.models import Indikator, Kilde, Maling, Tallimport
from evaluering.tall.navneskjema import NavneForm
from evaluering.tall.tallimport import (
    EN_UKE,
    angre,
    forkast,
    legg_inn,
    les_igjen,
    merke,
)
from evaluering.tall.views import importen
from slt.models import Sted
from tests.evaluering.importveien import (
    gjennom,
    lagret,
    last_inn,
    lim_inn,
    regneark,
    se,
    send,
    sendt,
    sett_oppsett,
    si_navn,
    siste,
    til,
)
from tests.factories import (
    BrukerFactory,
    FunnFactory,
    IndikatorFactory,
    KildeFactory,
    MalingFactory,
)
from tests.innsending import innsending

BRUDD = "Anmeldelser i kommunen\n\nÅr;Vold;Rus\n2022;11;12\n"
NESTE = "Anmeldelser i kommunen\n\nÅr;Vold;Rus\n2023;13;-\n"
NY_KILDE = {
    "enhet": "anmeldelser",
    "teller": "hendelser",
    "kilde": "ny",
    "kilde_navn": "Politiet",
    "kilde_arstall": "2024",
    "kilde_utgiver": "Politiet",
}


def test_the_next_of_the_same_form_is_not_asked_about(kommune, koordinator):
    send(koordinator, "a.csv", BRUDD.encode())
    gjennom(koordinator, navn=NY_KILDE)

    send(koordinator, "b.csv", NESTE.encode())
    assert siste().bekreftet
    gjennom(koordinator, navn={"-": "mangler"})

    navn = "Anmeldelser i kommunen"
    assert lagret() == {
        (navn, "2022", "Vold", "11"),
        (navn, "2022", "Rus", "12"),
        (navn, "2023", "Vold", "13"),
        (navn, "2023", "Rus", "mangler"),
    }
    send(koordinator, "c.csv", NESTE.replace("2023", "2024").encode())
    assert 'name="sett"' in se(koordinator).text  # the mark is known, too


def test_what_is_of_something_else_is_asked_about(kommune, koordinator):
    """The same headings below another title, or below none."""
    for tekst in (BRUDD, "År;Vold;Rus\n2022;1;2\n"):
        lim_inn(koordinator, tekst)
        oppsett = {} if tekst is BRUDD else {"indikator": "Saker"}
        gjennom(koordinator, oppsett=oppsett, navn=NY_KILDE | {"kilde_navn": tekst[:4]})

    for tekst in (NESTE.replace("Anmeldelser", "Ofre"), "År;Vold;Rus\n2023;3;4\n"):
        lim_inn(koordinator, tekst)
        assert not siste().bekreftet, tekst


def test_what_was_typed_of_the_year_is_asked_again(kommune):
    bruker = BrukerFactory()
    for nr, ar in enumerate(("2022", "2023")):
        rad = sendt(
            kommune, bruker, "Besøk.csv", f"Slag;Besøk\nute;{nr + 7}\n".encode()
        )
        assert not rad.bekreftet
        last_inn(rad, oppsett={"ar": ar}, navn=NY_KILDE)

    assert {(ar, verdi) for _n, ar, _h, verdi in lagret()} == {
        ("2022", "7"),
        ("2023", "8"),
    }


def test_what_two_years_on_end_are_is_remembered(kommune):
    bruker = BrukerFactory()
    rad = sendt(kommune, bruker, "Elever.csv", b"\xc3\x85r;Slag;Tall\n2021-2022;a;7\n")
    last_inn(rad, oppsett={"to_ar": "skolear"}, navn=NY_KILDE)

    rad = sendt(kommune, bruker, "Elever.csv", b"\xc3\x85r;Slag;Tall\n2022-2023;a;8\n")
    assert rad.bekreftet
    assert [str(m.ar) for m in les_igjen(rad).malinger] == ["2022/23"]


def test_words_above_the_figures_are_what_they_were_said_to_be(kommune):
    bruker = BrukerFactory()
    rad = sendt(kommune, bruker, "a b.csv", "År;Vold;Rus\n2022;1;2\n".encode())
    last_inn(rad, oppsett={"over": "indikator"}, navn=NY_KILDE)

    rad = sendt(kommune, bruker, "a b.csv", "År;Vold;Rus\n2023;3;4\n".encode())
    assert rad.bekreftet
    assert {(m.indikator.navn, m.slag, m.verdi) for m in les_igjen(rad).malinger} == {
        ("Vold", "", Decimal(3)),
        ("Rus", "", Decimal(4)),
    }


def test_another_kommune_remembers_nothing(kommune, nabokommune):
    bruker = BrukerFactory()
    last_inn(sendt(kommune, bruker, "a.csv", BRUDD.encode()), navn=NY_KILDE)

    assert not sendt(nabokommune, bruker, "b.csv", NESTE.encode()).bekreftet


def test_what_was_undone_is_not_remembered(kommune):
    rad = sendt(kommune, BrukerFactory(), "a.csv", BRUDD.encode())
    last_inn(rad, navn=NY_KILDE)
    angre(tallimport=rad, bruker=rad.bruker)

    assert not sendt(kommune, rad.bruker, "b.csv", NESTE.encode()).bekreftet


# What is made ----------------------------------------------------------------------------

MED_STED = "Sted;År;Besøk\nHjertebo klubb;2022;11\n"


@pytest.fixture
def laget(kommune, koordinator):
    """An import for which an indicator, a source and a place were made."""
    send(koordinator, "Klubben.csv", MED_STED.encode())
    sett_oppsett(koordinator)
    svar = si_navn(koordinator, **NY_KILDE | {"Hjertebo klubb": "ny-annet"})
    assert svar.status_code == 302, svar.context["skjema"].errors
    assert (Indikator.objects.count(), Sted.objects.count(), Kilde.objects.count()) == (
        1,
        1,
        1,
    )
    return siste()


def antall():
    return Indikator.objects.count(), Sted.objects.count(), Kilde.objects.count()


def test_what_was_made_goes_with_what_is_dropped(laget, koordinator):
    koordinator.post(til("tallimport_forkast", laget.pk))

    assert antall() == (0, 0, 0)
    assert not Tallimport.objects.exists()


def test_what_was_made_goes_with_what_nobody_put_in(laget):
    QuerySet(Tallimport).update(lest=timezone.now() - EN_UKE - EN_UKE)

    call_command("rydd", stdout=StringIO())

    assert antall() == (0, 0, 0)


def test_what_was_made_stays_where_it_is_used(laget, koordinator):
    MalingFactory(indikator=Indikator.objects.get(), kilde=Kilde.objects.get())
    FunnFactory(kilde=Kilde.objects.get(), sted=Sted.objects.get())

    koordinator.post(til("tallimport_forkast", laget.pk))

    assert antall() == (1, 1, 1)


def test_what_is_put_in_keeps_what_was_made(laget, koordinator):
    gjennom(koordinator)

    assert koordinator.post(til("tallimport_forkast", laget.pk)).status_code == 404
    assert lagret() == {("Besøk", "2022", "Hjertebo klubb", "11")}


# What is there ---------------------------------------------------------------------------


@pytest.fixture
def bytter(kommune):
    """An import of a figure that is new, one that is another, and one that is the same."""
    treff = IndikatorFactory(kommune=kommune, navn="Treff", kilde__arstall=2024)
    for ar, verdi in ((2021, 5), (2022, 7)):
        MalingFactory(indikator=treff, kilde=treff.kilde, arstall=ar, verdi=verdi)
    tabell = "indikator;år;tall\nTreff;2021;50\nTreff;2022;7\nTreff;2023;9"
    return sendt(kommune, BrukerFactory(), "", tabell)


def verdier():
    return {m.arstall: m.verdi for m in Maling.objects.all()}


@pytest.mark.parametrize("erstatt", [False, True])
def test_what_is_there_is_changed_only_where_it_is_said(bytter, erstatt):
    antall = legg_inn(
        tallimport=bytter,
        bruker=bytter.bruker,
        sett=merke(les_igjen(bytter)),
        erstatt=erstatt,
    )

    assert antall == 1 + erstatt
    assert verdier() == {2021: 50 if erstatt else 5, 2022: 7, 2023: 9}


def test_where_nothing_is_new_the_button_says_that_it_changes(bytter, koordinator):
    """And does: an import that put nothing in would be over, and its table gone."""
    legg_inn(tallimport=bytter, bruker=bytter.bruker, sett=merke(les_igjen(bytter)))
    lim_inn(koordinator, "indikator;år;tall", "Treff;2021;50")

    svar = se(koordinator)
    assert "Bytt ut 1 tall" in svar.text
    skjult = re.findall(
        'type="hidden" name="(sett|erstatt)" value="([^"]+)"', svar.text
    )
    koordinator.post(til("tallimport_legg_inn", siste().pk), dict(skjult))

    assert verdier() == {2021: 50, 2022: 7, 2023: 9}


def test_what_was_changed_is_put_back(bytter):
    sett = merke(les_igjen(bytter))
    legg_inn(tallimport=bytter, bruker=bytter.bruker, sett=sett, erstatt=True)

    assert angre(tallimport=Tallimport.objects.get(), bruker=bytter.bruker) == 2
    assert verdier() == {2021: 5, 2022: 7}


def test_a_figure_whose_source_is_gone_is_not_put_back(kommune):
    """It would have none, and then nothing of the import could be undone."""
    gammel, ny = (KildeFactory(kommune=kommune, navn=n) for n in ("Gammel", "Ny"))
    treff = IndikatorFactory(kommune=kommune, navn="Treff", kilde=ny)
    MalingFactory(indikator=treff, kilde=gammel, arstall=2021, verdi=5)
    tabell = "indikator;år;tall;kilde\nTreff;2021;50;Ny\nTreff;2022;7;Ny"
    rad = sendt(kommune, BrukerFactory(), "", tabell)
    sett = merke(les_igjen(rad))
    legg_inn(tallimport=rad, bruker=rad.bruker, sett=sett, erstatt=True)
    gammel.delete()

    assert angre(tallimport=Tallimport.objects.get(), bruker=rad.bruker) == 1
    connection.check_constraints()
    assert verdier() == {2021: 50}


def test_what_somebody_changed_since_stays(bytter):
    sett = merke(les_igjen(bytter))
    legg_inn(tallimport=bytter, bruker=bytter.bruker, sett=sett, erstatt=True)
    maling = Maling.objects.get(arstall=2021)
    maling.verdi = 51
    maling.save()

    angre(tallimport=Tallimport.objects.get(), bruker=bytter.bruker)
    assert verdier() == {2021: 51, 2022: 7}


def test_the_page_shows_each_row_with_what_it_does(bytter, koordinator):
    vist = se(koordinator).text

    assert vist.count("<td>nytt</td>") == 1
    assert vist.count("<td>står der fra før</td>") == 1
    assert vist.count("<td>står som 5</td>") == 1


# Who -------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["tallimport_oppsett", "tallimport_navn"])
@pytest.mark.parametrize("metode", ["get", "post"])
def test_the_pages_that_ask_are_for_the_coordinator(
    kommune, koordinator, nabo, client, side, metode
):
    rad = sendt(kommune, koordinator.bruker, "a.csv", BRUDD.encode())
    adresse = til(side, rad.pk)

    for_ = Tallimport.objects.get().oppsett
    assert getattr(nabo, metode)(adresse).status_code == 404
    assert getattr(client, metode)(adresse).status_code in {302, 404}
    assert koordinator.delete(adresse).status_code == 405
    assert Tallimport.objects.get().oppsett == for_


def test_what_is_put_in_is_asked_about_no_more(kommune, koordinator):
    rad = sendt(kommune, koordinator.bruker, "a.csv", BRUDD.encode())
    last_inn(rad, navn=NY_KILDE)

    for side in ("tallimport_oppsett", "tallimport_navn"):
        assert koordinator.get(til(side, rad.pk)).status_code == 404
        assert koordinator.post(til(side, rad.pk)).status_code == 404


def test_two_at_once_make_one_of_each(kommune, koordinator):
    """What one has made meanwhile, the other finds."""
    for _gang in range(2):
        send(koordinator, "Klubben.csv", MED_STED.encode())
        sett_oppsett(koordinator)
    en, to = Tallimport.objects.order_by("pk")
    skjema = NavneForm(to, les_igjen(to))
    data = {f.html_name: f.value() or "" for f in skjema} | NY_KILDE
    sted = next(f for f, (h, *_a) in skjema.navn.items() if h == "steder")
    data[sted] = "ny-annet"
    assert koordinator.post(til("tallimport_navn", en.pk), data).status_code == 302

    svar = koordinator.post(til("tallimport_navn", to.pk), data)

    assert svar.status_code == 302
    assert antall() == (1, 1, 1)
    for rad in (en, to):
        rad.refresh_from_db()
    sett = merke(les_igjen(en))
    legg_inn(tallimport=en, bruker=en.bruker, sett=sett)
    forkast(tallimport=to, bruker=to.bruker)
    assert lagret() == {("Besøk", "2022", "Hjertebo klubb", "11")}


@pytest.mark.parametrize("side", ["tallimport_oppsett", "tallimport_navn"])
def test_what_is_put_in_while_a_form_is_sent_stays_put_in(
    kommune, koordinator, monkeypatch, side
):
    send(koordinator, "a.csv", BRUDD.encode())
    sett_oppsett(koordinator)
    svar = koordinator.get(til(side, siste().pk))
    sendes = innsending(svar, **(NY_KILDE if side == "tallimport_navn" else {}))

    def nar_den_andre_er_ferdig():
        monkeypatch.undo()
        gjennom(koordinator, navn=NY_KILDE)
        return transaction.atomic()

    ventende = SimpleNamespace(atomic=nar_den_andre_er_ferdig)
    monkeypatch.setattr(importen, "transaction", ventende)

    assert koordinator.post(til(side, siste().pk), sendes).status_code == 404
    assert siste().lagt_inn
    assert len(lagret()) == 2


def test_another_sheet_is_shown_before_it_is_taken(kommune, koordinator):
    innhold = regneark(
        ["År", "Vold"],
        *([ar, 11] for ar in range(2014, 2024)),
        flere=[("Rus", "visible", [["Anmeldelser"], [], ["År", "Rus"], [2022, 12]])],
    )
    send(koordinator, "a.xlsx", innhold)

    svar = sett_oppsett(koordinator, ark="1")

    assert (svar.status_code, svar.context["ark"].navn) == (200, "Rus")
    assert not siste().bekreftet
    koordinator.post(til("tallimport_oppsett", siste().pk), innsending(svar))
    gjennom(koordinator, navn=NY_KILDE)
    assert lagret() == {("Anmeldelser", "2022", "Rus", "12")}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"ark": "9", "forste": "x", "siste": "-1"},
        {"ark": "-1", "forste": "1", "siste": "99999999999"},
        {"ark": "0", "forste": "3", "siste": "3", "k0": "tull", "over": "tull"},
        {"ark": "0", "forste": "4", "siste": "4", "k0": "år", "k1": "år"},
    ],
)
def test_nonsense_is_answered_in_words(kommune, koordinator, data):
    rad = sendt(kommune, koordinator.bruker, "a.csv", BRUDD.encode())

    for knapp in ({}, {"_les_pa_nytt": "1"}):
        svar = koordinator.post(til("tallimport_oppsett", rad.pk), data | knapp)
        assert svar.status_code in {200, 422}
    assert not Tallimport.objects.get().bekreftet


def test_a_source_of_another_kommune_is_no_choice(kommune, nabokommune, koordinator):
    naboens = KildeFactory(kommune=nabokommune, arstall=2026)
    send(koordinator, "a.csv", BRUDD.encode())
    sett_oppsett(koordinator)

    svar = si_navn(koordinator, **NY_KILDE | {"kilde": str(naboens.pk)})

    assert svar.status_code == 422
    assert not Maling.objects.exists()


# The page of the layout --------------------------------------------------------------------


def les_pa_nytt(client, **endret):
    return sett_oppsett(client, _les_pa_nytt="1", **endret)


def test_what_is_typed_stays_where_the_columns_are_read_anew(koordinator, kommune):
    send(koordinator, "data.csv", b"x;Vold;Rus\n2022;11;12\n")

    svar = les_pa_nytt(koordinator, indikator="Anmeldelser", k2="utelatt")

    skjema = svar.context["skjema"]
    assert skjema["indikator"].value() == "Anmeldelser"
    assert skjema["k2"].value() == "utelatt"


def test_rows_that_are_none_are_said_beside_their_field(koordinator, kommune):
    send(koordinator, "a.csv", BRUDD.encode())

    svar = les_pa_nytt(koordinator, forste="x", siste="2")

    assert svar.status_code == 422
    assert set(svar.context["skjema"].errors) == {"forste"}
    assert svar.context["skjema"]["forste"].value() == "x"


TO_ARK = regneark(
    ["Tiltak", "År", "Antall"],
    *[[navn, 2022, 11] for navn in "abc"],
    flere=[("Mer", "visible", [["Kommunen"], ["År", "Vold", "Rus"], [2023, 7, 8]])],
)


def test_columns_that_nobody_has_seen_are_shown_first(koordinator, kommune):
    send(koordinator, "to.xlsx", TO_ARK)

    svar = sett_oppsett(koordinator, ark="1", forste="2", siste="2")

    assert svar.status_code == 200
    assert svar.context["ark"].navn == "Mer"
    assert not siste().bekreftet


def test_the_rows_of_another_sheet_may_be_changed(koordinator, kommune):
    """Not kept till it is confirmed, the sheet is another one each time."""
    send(koordinator, "to.xlsx", TO_ARK)
    vist = les_pa_nytt(koordinator, ark="1")
    vist = koordinator.post(
        til("tallimport_oppsett", siste().pk),
        innsending(vist, forste="1", siste="2", indikator="Brudd"),
    )

    assert vist.context["skjema"].oppsett.hode == (1, 2)
    svar = koordinator.post(til("tallimport_oppsett", siste().pk), innsending(vist))

    assert svar.status_code == 302, svar.context["skjema"].errors
    assert siste().oppsett["ark"] == "Mer"
    assert siste().oppsett["hode"] == [1, 2]
