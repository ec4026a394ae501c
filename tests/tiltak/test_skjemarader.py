"""Rows that are written on the form of what they hang on: added, moved and removed without
JavaScript, and saved with it or not at all."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.test import Client

from slt.felles.skjemarader import endret_pa_skjermen
from slt.grunn.historikk import Historisert
from slt.models import Lokalomrade
from tests.factories import (
    AnsvarFactory,
    LokalomradeFactory,
    PlasseringFactory,
    TiltakFactory,
    TjenesteFactory,
    gi_status,
)
from tests.innsending import innsending
from tests.lest import Lest
from tests.tiltak.test_redigering import (
    ALLEREDE,
    DET_NYE,
    INTET_NUMMER,
    KONFLIKT,
    PERSONNUMMER,
    ansvarene,
    feil,
    lag_innhold,
    send,
)
from tiltak.models import (
    Ansvar,
    Handlingsplan,
    Kontaktpunkt,
    Lenke,
    Malgruppe,
    Malsetting,
    Tema,
    Tiltak,
    Tjeneste,
)

UTKAST = Handlingsplan.Status.UTKAST
HTMX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def _grunnlag(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        i = lag_innhold()
        gi_status(i.plan, UTKAST)
        yield i
        transaction.set_rollback(True)


@pytest.fixture
def db(_grunnlag):
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def i(db, _grunnlag):
    """A draft with a tiltak, and its form."""
    rader = vars(_grunnlag).items()
    i = SimpleNamespace(**{n: type(r).objects.get(pk=r.pk) for n, r in rader})
    i.skjema = f"/lillestrom/endre/tiltak/{i.tiltak.pk}/"
    i.tjenestens = f"/lillestrom/endre/tjenester/{i.out.pk}/"
    return i


@pytest.fixture
def kommune(i):
    return i.kommune


def alt():
    """Every row that a form could write, and how much history there is."""
    return {
        modell: (list(modell.objects.order_by("pk").values()), modell.historikk.count())
        for modell in apps.get_app_config("tiltak").get_models()
        if issubclass(modell, Historisert)
    }


# Buttons that change the form alone ---------------------------------------------------


@pytest.fixture
def skrevet(i):
    """What somebody has typed, and not saved."""
    AnsvarFactory(tiltak=i.tiltak, tjeneste=i.politi)
    for n in range(2):
        Lenke.objects.create(
            tiltak=i.tiltak, tittel=f"Lenke {n}", adresse=f"https://example.org/{n}"
        )
    return {
        "tittel": "",
        "tekst": "<p>Går <strong>tur</strong></p>",
        "unge_kan_kontakte": "on",
        "ganger_fra": "mange",
        "ansvar-0-valgte_kontaktpunkter": [str(i.sms.pk)],
        "ansvar-0-merknad": "i helgene",
        "ansvar-1-telefon": "ring",
        "lenker-0-DELETE": "on",
        "malgrupper-0-tekst": "Ungdom",
        "deltiltak-0-tittel": "Helg",
        "malsettinger-0-tekst": "Trygg by",
    }


KNAPPER = [
    {"_ny_rad": "malgrupper"},
    {"_ny_rad": "ansvar"},
    {"_opp": "ansvar-1"},
    {"_ned": "lenker-0"},
    {"_tegn_om": "ansvar-0-tjeneste"},
]


@pytest.mark.parametrize("knapp", KNAPPER, ids=str)
@pytest.mark.parametrize("hode", [{}, HTMX], ids=["page", "in place"])
def test_a_button_that_changes_the_form_saves_nothing_and_loses_nothing(
    knapp, hode, i, skrevet, koordinator
):
    data = innsending(koordinator.get(i.skjema), **skrevet)
    for_ = alt()

    svar = koordinator.post(i.skjema, data | knapp, headers=hode)

    assert (svar.status_code, alt()) == (200, for_)
    assert ("<html" in svar.text) == (not hode)
    etter = innsending(svar)
    assert {navn: etter[navn] for navn in skrevet} == skrevet
    # Nobody has asked yet whether it is right.
    assert not svar.context["skjema"].har_feil
    assert "ds-validation-message" not in svar.text


def test_the_text_that_comes_back_is_safe_and_whole(i, koordinator):
    tekst = '<p onclick="x()">Hei</p><script>alert(1)</script>'
    data = innsending(koordinator.get(i.skjema), tekst=tekst, tittel="<script>x")

    svar = koordinator.post(i.skjema, data | {"_ny_rad": "lenker"})

    assert innsending(svar)["tekst"] == tekst
    assert "<script>alert" not in svar.text
    assert "<script>x" not in svar.text


def test_a_row_more_stands_last_and_is_blank(i, koordinator):
    svar = koordinator.get(i.skjema)
    assert svar.text.count('id="malgrupper-') == 0
    for antall in (1, 2, 3):
        svar = koordinator.post(i.skjema, innsending(svar) | {"_ny_rad": "malgrupper"})
        assert len(svar.context["skjema"].rader["malgrupper"].forms) == antall
    assert svar.text.count("data-ny>") == 1

    # One that nobody wrote anything in is no row.
    data = innsending(svar, **{"malgrupper-1-tekst": "Ungdom"})
    assert koordinator.post(i.skjema, data).status_code == 302
    assert [m.tekst for m in i.tiltak.malgrupper.all()] == ["Ungdom"]


@pytest.mark.parametrize(
    ("antall", "ventet"),
    [
        ("0", (1, "lenker-0")),
        ("99", (100, "lenker-99")),
        ("100", (101, "lenker-100")),
        ("99999", ("99999", "")),
        ("tull", ("tull", "")),
    ],
)
def test_one_row_more_than_what_was_sent(antall, ventet):
    data = QueryDict(f"lenker-TOTAL_FORMS={antall}&_ny_rad=lenker")

    etter, ny_rad = endret_pa_skjermen(data)

    assert (etter["lenker-TOTAL_FORMS"], ny_rad) == ventet


def test_a_row_more_says_what_a_new_one_begins_with(i, koordinator):
    for adresse, rader, ventet in [
        (i.skjema, "ansvar", {"rolle": "ansvarlig", "ny_type": "kommunal"}),
        (i.skjema, "deltiltak", {"status": Tiltak().status}),
        (
            i.tjenestens,
            "kontaktpunkter",
            {"hoved": Kontaktpunkt().hoved, "synlighet": Kontaktpunkt().synlighet},
        ),
    ]:
        svar = koordinator.get(adresse)
        svar = koordinator.post(adresse, innsending(svar) | {"_ny_rad": rader})
        ny = svar.context["skjema"].rader[rader].forms[-1]
        assert {felt: ny[felt].value() for felt in ventet} == ventet


def test_a_row_is_moved_up_and_down_and_no_further(i, koordinator):
    for navn in ("A", "B", "C"):
        Malgruppe.objects.create(tiltak=i.tiltak, tekst=navn)
    svar = koordinator.get(i.skjema)
    for knapp, ventet in [
        ({"_opp": "malgrupper-2"}, ["A", "C", "B"]),
        ({"_opp": "malgrupper-2"}, ["C", "A", "B"]),
        ({"_opp": "malgrupper-2"}, ["C", "A", "B"]),
        ({"_ned": "malgrupper-0"}, ["C", "B", "A"]),
        ({"_ned": "malgrupper-0"}, ["C", "B", "A"]),
    ]:
        svar = koordinator.post(i.skjema, innsending(svar) | knapp)
        rader = svar.context["skjema"].rader["malgrupper"]
        assert [rad["tekst"].value() for rad in rader] == ventet

    assert [m.tekst for m in i.tiltak.malgrupper.all()] == ["A", "B", "C"]
    assert koordinator.post(i.skjema, innsending(svar)).status_code == 302
    assert [m.tekst for m in i.tiltak.malgrupper.all()] == ["C", "B", "A"]


def test_the_rows_of_a_chosen_tjeneste_are_drawn_anew(i, koordinator):
    data = innsending(koordinator.get(i.skjema))
    assert f'value="{i.sms.pk}"' in koordinator.get(i.skjema).text
    data |= {"ansvar-0-tjeneste": i.politi.pk, "_tegn_om": "ansvar-0-tjeneste"}

    svar = koordinator.post(i.skjema, data)

    [rad] = svar.context["skjema"].rader["ansvar"]
    valg = rad.fields["valgte_kontaktpunkter"].widget.choices
    assert [pk for pk, _navn in valg] == [i.politiets.pk]
    valgt = innsending(svar, **{"ansvar-0-valgte_kontaktpunkter": [i.politiets.pk]})
    assert koordinator.post(i.skjema, valgt).status_code == 302
    assert ansvarene(i.tiltak) == [("Politiet", "ansvarlig", "", ["02800"])]


@pytest.mark.parametrize("knapp", KNAPPER[:3], ids=str)
def test_who_may_not_save_gets_no_form_drawn_either(knapp, i, nabo, koordinator):
    data = innsending(koordinator.get(i.skjema)) | knapp

    assert nabo.post(i.skjema, data).status_code == 404
    assert Client().post(i.skjema, data).status_code == 302


# The order ----------------------------------------------------------------------------


def plassene(tiltak):
    return [(a.tjeneste.navn, a.rekkefolge) for a in tiltak.ansvar.all()]


def test_rows_change_places_among_those_that_are_shown(i, koordinator):
    """With gaps, and with rows of another place between them."""
    i.ansvar.rekkefolge = 3
    i.ansvar.save()
    sted = PlasseringFactory(
        tiltak=i.tiltak, innsatsomrade__plan=i.plan, hoved=False, nummer=1
    )
    skole = TjenesteFactory(kommune=i.kommune, navn="Skolen")
    AnsvarFactory(tiltak=i.tiltak, tjeneste=skole, plassering=sted, rekkefolge=5)
    AnsvarFactory(tiltak=i.tiltak, tjeneste=i.politi, rekkefolge=8)
    data = innsending(koordinator.get(i.skjema)) | {"_opp": "ansvar-1"}

    svar = koordinator.post(i.skjema, innsending(koordinator.post(i.skjema, data)))

    assert svar.status_code == 302
    assert plassene(i.tiltak) == [("Politiet", 3), ("Skolen", 5), ("Utekontakten", 8)]


def test_a_new_row_may_stand_first(i, koordinator):
    svar = koordinator.get(i.skjema)
    data = innsending(svar, **{"ansvar-1-tjeneste": i.politi.pk})
    svar = koordinator.post(i.skjema, data | {"_opp": "ansvar-1"})

    assert koordinator.post(i.skjema, innsending(svar)).status_code == 302
    assert [navn for navn, *_ in ansvarene(i.tiltak)] == ["Politiet", "Utekontakten"]


@pytest.mark.parametrize(
    ("trykk", "ventet"),
    [
        (["_opp-2", "_opp-2"], ["Ny", "A", "B"]),
        (["_opp-2", "_opp-2", "_ned-0"], ["Ny", "B", "A"]),
        (["_opp-2", "_ned-0"], ["Ny", "A", "B"]),
        (["_opp-2", "_ned-0", "_ned-0"], ["Ny", "B", "A"]),
        (["_ned-0"], ["B", "A", "Ny"]),
    ],
)
def test_old_and_new_rows_are_saved_in_the_order_of_the_page(
    trykk, ventet, i, koordinator
):
    for navn, plass in (("A", 3), ("B", 7)):
        Malgruppe.objects.create(tiltak=i.tiltak, tekst=navn, rekkefolge=plass)
    svar = koordinator.get(i.skjema)
    data = innsending(svar, **{"malgrupper-2-tekst": "Ny"})
    for knapp in trykk:
        navn, _strek, nr = knapp.rpartition("-")
        svar = koordinator.post(i.skjema, data | {navn: f"malgrupper-{nr}"})
        data = innsending(svar)
    rader = svar.context["skjema"].rader["malgrupper"]
    assert [rad["tekst"].value() for rad in rader] == ventet

    assert koordinator.post(i.skjema, data).status_code == 302

    assert [m.tekst for m in i.tiltak.malgrupper.all()] == ventet


def test_rows_are_moved_and_removed_in_the_same_go(i, koordinator):
    for navn in ("A", "B", "C"):
        Malgruppe.objects.create(tiltak=i.tiltak, tekst=navn)
    data = innsending(koordinator.get(i.skjema), **{"malgrupper-1-DELETE": "on"})
    svar = koordinator.post(i.skjema, data | {"_opp": "malgrupper-2"})
    assert innsending(svar)["malgrupper-1-DELETE"] == "on"
    svar = koordinator.post(i.skjema, innsending(svar) | {"_opp": "malgrupper-2"})

    assert koordinator.post(i.skjema, innsending(svar)).status_code == 302
    assert [m.tekst for m in i.tiltak.malgrupper.all()] == ["C", "A"]


def test_what_was_only_moved_and_not_written_is_no_row(i, koordinator):
    data = innsending(koordinator.get(i.skjema)) | {"_ny_rad": "ansvar"}
    svar = koordinator.post(i.skjema, data)
    svar = koordinator.post(i.skjema, innsending(svar) | {"_opp": "ansvar-1"})

    assert koordinator.post(i.skjema, innsending(svar)).status_code == 302
    assert ansvarene(i.tiltak) == [("Utekontakten", "ansvarlig", "", [])]


# What is missing is made there and then ------------------------------------------------


def test_a_tjeneste_and_how_it_is_reached_are_made_with_the_row(i, koordinator):
    svar = send(
        koordinator,
        i.skjema,
        **{
            "ansvar-1-ny_tjeneste": "Barnevernet",
            "ansvar-1-ny_type": "funksjon",
            "ansvar-1-telefon": "+47 477 95 404",
            "ansvar-1-epost": "post@example.org",
        },
    )

    assert svar.status_code == 302
    ny = Tjeneste.objects.get(navn="Barnevernet")
    assert (ny.kommune, ny.type, ny.slug) == (i.kommune, "funksjon", "barnevernet")
    punkter = ny.kontaktpunkter.values_list("type", "verdi", "hoved")
    assert list(punkter) == [
        ("telefon", "477 95 404", True),
        ("epost", "post@example.org", True),
    ]
    # Its main ones hold without being chosen.
    assert ansvarene(i.tiltak)[1:] == [("Barnevernet", "ansvarlig", "", [])]
    assert ny.historikk.get().history_dor == "skjema"


def test_a_number_is_added_to_a_tjeneste_that_has_others_and_holds_here(i, koordinator):
    send(koordinator, i.skjema, **{"ansvar-0-telefon": "477 95 404"})

    nytt = i.out.kontaktpunkter.get(verdi="477 95 404")
    assert not nytt.hoved
    assert ansvarene(i.tiltak) == [("Utekontakten", "ansvarlig", "", [nytt.verdi])]


def test_the_first_number_of_a_tjeneste_is_its_main_one(i, koordinator):
    tom = TjenesteFactory(kommune=i.kommune, navn="Skolen")

    send(
        koordinator,
        i.skjema,
        **{"ansvar-1-tjeneste": tom.pk, "ansvar-1-telefon": "47795404"},
    )

    assert tom.kontaktpunkter.get().hoved
    assert ansvarene(i.tiltak)[1:] == [("Skolen", "ansvarlig", "", [])]


def test_another_tjeneste_may_be_made_in_a_row_that_is_there(i, koordinator):
    i.ansvar.velg_kontaktpunkter([i.sms])

    svar = send(
        koordinator,
        i.skjema,
        **{"ansvar-0-tjeneste": "", "ansvar-0-ny_tjeneste": "Barnevernet"},
    )

    assert svar.status_code == 302
    assert ansvarene(i.tiltak) == [("Barnevernet", "ansvarlig", "", [])]
    assert Ansvar.objects.get().pk == i.ansvar.pk


I_BRUK = "Navnet er allerede i bruk i kommunen."


@pytest.mark.parametrize(
    ("skrives", "ventet"),
    [
        ({"1-ny_tjeneste": "Politiet"}, {"1-ny_tjeneste": I_BRUK}),
        ({"1-ny_tjeneste": " Politiet "}, {"1-ny_tjeneste": I_BRUK}),
        (
            {"0-ny_tjeneste": "Barnevernet"},
            {"0-ny_tjeneste": "Velg en tjeneste, eller lag en ny."},
        ),
        (
            {"1-ny_tjeneste": "Barnevernet", "2-ny_tjeneste": "Barnevernet"},
            {"2-tjeneste": ALLEREDE},
        ),
        (
            {"1-ny_tjeneste": "Barnevernet", "1-ny_type": "tull"},
            {"1-ny_type": "Velg et gyldig valg."},
        ),
        ({"1-ny_tjeneste": "a" * 121}, {"1-ny_tjeneste": "120 eller færre tegn"}),
        ({"1-ny_tjeneste": PERSONNUMMER}, {"1-ny_tjeneste": "fødselsnummer"}),
        ({"1-telefon": "47795404"}, {"1-tjeneste": "Velg hvem det er."}),
        ({"0-telefon": "12345678"}, {"0-telefon": INTET_NUMMER}),
        ({"0-telefon": PERSONNUMMER}, {"0-telefon": "fødselsnummer"}),
        (
            {"0-telefon": "+4746934634"},
            {"0-telefon": "Tjenesten har allerede dette kontaktpunktet."},
        ),
        ({"0-epost": "ingen"}, {"0-epost": "ikke en e-postadresse"}),
        (
            {"1-ny_tjeneste": "Barnevernet", "1-epost": "ingen"},
            {"1-epost": "ikke en e-postadresse"},
        ),
    ],
)
def test_what_cannot_be_made_is_said_beside_its_field(skrives, ventet, i, koordinator):
    for_ = alt()
    skrives = {f"ansvar-{felt}": verdi for felt, verdi in skrives.items()}

    svar = send(koordinator, i.skjema, **skrives)

    funnet = feil(svar)
    assert funnet.keys() == {f"ansvar-{felt}" for felt in ventet}
    assert all(ord_ in funnet[f"ansvar-{felt}"] for felt, ord_ in ventet.items())
    # Nothing that is wrong is folded together.
    foldet = [
        f for rad in svar.context["skjema"].rader["ansvar"] for f in rad.foldede_felter
    ]
    assert all(
        apen for _tittel, felter, apen in foldet if any(f.errors for f in felter)
    )
    assert alt() == for_
    etter = innsending(svar)
    assert {felt: etter[felt] for felt in skrives} == skrives


def test_nothing_is_made_beside_something_that_is_wrong(i, koordinator):
    for_ = alt()

    svar = send(
        koordinator,
        i.skjema,
        tittel="",
        **{
            "ansvar-1-ny_tjeneste": "Barnevernet",
            "ansvar-1-telefon": "47795404",
            "ansvar-0-epost": "ny@example.org",
        },
    )
    assert feil(svar).keys() == {"tittel"}
    assert alt() == for_

    # It is not lost, and not there already.
    svar = koordinator.post(i.skjema, innsending(svar, tittel="Natteravn"))
    assert svar.status_code == 302
    assert Tjeneste.objects.filter(navn="Barnevernet").count() == 1


def test_what_was_written_in_a_row_that_is_removed_is_not_made(i, koordinator):
    svar = send(
        koordinator,
        i.skjema,
        **{
            "ansvar-0-DELETE": "on",
            "ansvar-0-telefon": "47795404",
            "ansvar-1-DELETE": "on",
            "ansvar-1-ny_tjeneste": "Barnevernet",
        },
    )

    assert (svar.status_code, ansvarene(i.tiltak)) == (302, [])
    assert not Tjeneste.objects.filter(navn="Barnevernet").exists()
    assert not Kontaktpunkt.objects.filter(verdi="47795404").exists()


def test_a_double_press_makes_a_tjeneste_once(i, koordinator):
    data = innsending(
        koordinator.get(i.skjema), **{"ansvar-1-ny_tjeneste": "Barnevernet"}
    )

    forste, andre = (koordinator.post(i.skjema, data) for _ in range(2))

    assert forste.status_code == 302
    assert andre.status_code == 302
    assert Tjeneste.objects.filter(navn="Barnevernet").count() == 1
    assert len(ansvarene(i.tiltak)) == 2


# Deltiltak and målsettinger -----------------------------------------------------------


def test_deltiltak_and_goals_are_made_with_the_tiltak(i, koordinator):
    svar = send(
        koordinator,
        i.skjema,
        **{
            "deltiltak-0-tittel": "Helg",
            "deltiltak-1-tittel": "Kveld",
            "malsettinger-0-type": "visjon",
            "malsettinger-0-tekst": "Trygg by",
        },
    )

    assert svar.status_code == 302
    deler = i.tiltak.deltiltak.order_by("rekkefolge")
    assert [(d.tittel, d.plan, d.kommune) for d in deler] == [
        ("Helg", i.plan, i.kommune),
        ("Kveld", i.plan, i.kommune),
    ]
    [mal] = i.tiltak.malsettinger.all()
    assert (mal.tekst, mal.plan, mal.innsatsomrade) == ("Trygg by", i.plan, None)
    # A deltiltak has no deltiltak of its own.
    svar = koordinator.get(f"/lillestrom/endre/tiltak/{deler[0].pk}/")
    assert "deltiltak" not in svar.context["skjema"].rader


def test_in_a_draft_they_are_removed_and_in_a_plan_that_holds_they_stand(
    i, koordinator
):
    del_ = TiltakFactory(plan=i.plan, overordnet=i.tiltak, tittel="Helg")
    mal = Malsetting.objects.create(
        plan=i.plan, tiltak=i.tiltak, type="visjon", tekst="Trygg by"
    )
    bort = {"deltiltak-0-DELETE": "on", "malsettinger-0-DELETE": "on"}
    gi_status(i.plan, Handlingsplan.Status.GJELDENDE)

    svar = koordinator.get(i.skjema)
    assert not {"deltiltak-0-DELETE", "malsettinger-0-DELETE"} & {
        felt.html_name
        for rader in svar.context["skjema"].rader.values()
        for rad in rader
        for felt in rad
    }
    assert koordinator.post(i.skjema, innsending(svar, **bort)).status_code == 302
    assert Tiltak.objects.filter(pk=del_.pk).exists()
    assert Malsetting.objects.filter(pk=mal.pk).exists()

    gi_status(i.plan, UTKAST)
    assert send(koordinator, i.skjema, **bort).status_code == 302
    assert not Tiltak.objects.filter(pk=del_.pk).exists()
    assert not Malsetting.objects.filter(pk=mal.pk).exists()


def test_what_is_in_use_is_said_and_stays(i, koordinator):
    """A number that holds for a tiltak is not removed with a press somewhere else."""
    i.ansvar.velg_kontaktpunkter([i.sms])
    punkter = koordinator.get(i.tjenestens).context["skjema"].rader["kontaktpunkter"]
    nr = [rad.instance.pk for rad in punkter.forms].index(i.sms.pk)
    for_ = alt()

    svar = send(
        koordinator,
        i.tjenestens,
        tekst="Nytt",
        **{f"kontaktpunkter-{nr}-DELETE": "on"},
    )

    assert feil(svar)["__all__"] == (
        f"«{i.sms}» er i bruk og kan ikke fjernes: Natteravn."
    )
    assert alt() == for_
    assert innsending(svar)["tekst"] == "Nytt"


def test_what_stands_fast_is_said_when_it_is_saved(i, koordinator, monkeypatch):
    """A rule of the model that no form knows of."""
    TiltakFactory(plan=i.plan, overordnet=i.tiltak, tittel="Helg")
    for_ = alt()

    def vern(cls, rader, *, sletting=False):
        if sletting:
            raise ValidationError("Dette står fast.")

    monkeypatch.setattr(Tiltak, "vern", classmethod(vern))
    svar = send(koordinator, i.skjema, tittel="Nytt", **{"deltiltak-0-DELETE": "on"})

    assert feil(svar) == {"__all__": "Dette står fast."}
    assert alt() == for_
    assert innsending(svar)["tittel"] == "Nytt"


# Temaer and lokalområder --------------------------------------------------------------


@pytest.fixture
def valg(i):
    """Two of each, of the kommune."""
    return {
        "temaer": [
            Tema.objects.create(kommune=i.kommune, navn=navn)
            for navn in ("Rus", "Vold")
        ],
        "lokalomrader": [
            LokalomradeFactory(kommune=i.kommune, navn=navn) for navn in ("Øst", "Vest")
        ],
    }


def valgte(tiltak):
    return {
        "temaer": [v.tema.navn for v in tiltak.temavalg.all()],
        "lokalomrader": [v.lokalomrade.navn for v in tiltak.lokalomradevalg.all()],
    }


def test_without_any_of_them_they_are_not_asked_for(i, koordinator):
    felter = koordinator.get(i.skjema).context["skjema"].hoved.fields

    assert not {"temaer", "lokalomrader"} & felter.keys()


def test_they_are_chosen_and_let_go(i, valg, koordinator):
    (rus, vold), (ost, vest) = valg["temaer"], valg["lokalomrader"]

    send(koordinator, i.skjema, temaer=[rus.pk, vold.pk], lokalomrader=[ost.pk])
    assert valgte(i.tiltak) == {"temaer": ["Rus", "Vold"], "lokalomrader": ["Øst"]}
    beholdt = i.tiltak.temavalg.get(tema=vold).pk

    send(koordinator, i.skjema, temaer=[vold.pk], lokalomrader=[vest.pk])
    assert valgte(i.tiltak) == {"temaer": ["Vold"], "lokalomrader": ["Vest"]}
    assert i.tiltak.temavalg.get().pk == beholdt

    # A form that does not touch them leaves them as they are.
    send(koordinator, i.skjema, tittel="Nytt")
    assert valgte(i.tiltak) == {"temaer": ["Vold"], "lokalomrader": ["Vest"]}

    send(koordinator, i.skjema, temaer=None, lokalomrader=None)
    assert valgte(i.tiltak) == {"temaer": [], "lokalomrader": []}


@pytest.mark.parametrize("felt", ["temaer", "lokalomrader"])
def test_what_somebody_else_chose_meanwhile_is_not_let_go_unseen(
    felt, i, valg, koordinator
):
    mitt = innsending(koordinator.get(i.skjema), tittel="Mitt")
    send(koordinator, i.skjema, **{felt: [valg[felt][0].pk]})
    ventet = valgte(i.tiltak)

    svar = koordinator.post(i.skjema, mitt)

    assert feil(svar) == {felt: DET_NYE, "__all__": KONFLIKT}
    assert valgte(i.tiltak) == ventet

    assert koordinator.post(i.skjema, innsending(svar)).status_code == 302
    assert valgte(i.tiltak) == ventet


@pytest.mark.parametrize("felt", ["temaer", "lokalomrader"])
def test_only_those_of_the_kommune_are_chosen(felt, i, valg, nabokommune, koordinator):
    lag = {"temaer": Tema, "lokalomrader": Lokalomrade}[felt]
    fremmed = lag.objects.create(kommune=nabokommune, navn="Fremmed").pk

    for verdi in (fremmed, "x", "9" * 40, "\0", "²"):
        svar = send(koordinator, i.skjema, **{felt: [valg[felt][0].pk, verdi]})
        assert feil(svar).keys() == {felt}
        assert "Fremmed" not in svar.text
    assert valgte(i.tiltak) == {"temaer": [], "lokalomrader": []}


def test_one_that_was_removed_while_the_form_was_open_is_refused_in_words(
    i, valg, koordinator
):
    data = innsending(koordinator.get(i.skjema), temaer=[valg["temaer"][0].pk])
    valg["temaer"][0].delete()

    svar = koordinator.post(i.skjema, data)

    assert feil(svar).keys() == {"temaer"}
    assert "Vold" in Lest(svar).tekst


def test_what_is_wrong_in_a_row_is_said_with_the_name_of_the_row(i, koordinator):
    svar = send(
        koordinator,
        i.skjema,
        **{
            "tittel": "Utekontakt",
            "lenker-0-adresse": "https://example.org/",
            "deltiltak-0-tittel": "Helg",
            "deltiltak-1-status": "planlagt",
        },
    )

    oppsummert = [sagt for _adresse, sagt in Lest(svar).lenker]
    assert "Lenke 1 – Tittel: Feltet er påkrevet." in oppsummert
    assert "Deltiltak 2 – Tittel: Feltet er påkrevet." in oppsummert
