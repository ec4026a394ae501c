"""A page that somebody else overtook changes nothing, and shows field by field what
happened: on the site, in its rows, in the admin and in its rows, without JavaScript."""

import random
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from types import SimpleNamespace

import pytest
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from slt.felles.foreldet import nar, som_sendt, som_tekst
from slt.grunn.ordforskjell import Hvor, forskjell
from slt.grunn.rekkefolge import i_orden
from slt.models import Kommune
from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    KontaktpunktFactory,
    LokalomradeFactory,
    PlasseringFactory,
    TilgangFactory,
    TjenesteFactory,
    TjenesteredaktorFactory,
    UtkastFactory,
)
from tests.innsending import innsending
from tiltak.models import Kontaktpunkt, Lenke, Tema, TiltakTema, Tjeneste

HTMX = {"HX-Request": "true"}
DET_NYE = "Noen andre endret dette mens du skrev. Det nye står her."
BEGGE = "Noen andre endret også dette mens du skrev."


@pytest.fixture
def kollega(kommune):
    return innlogget(TilgangFactory(kommune=kommune, bruker__navn="Kollega").bruker)


@pytest.fixture
def tiltak(kommune):
    tiltak = PlasseringFactory(
        innsatsomrade__plan=UtkastFactory(kommune=kommune),
        tiltak__tittel="Tur",
        tiltak__tekst="<p>Vi går tur hver dag.</p><p>Alle kan bli med.</p>",
    ).tiltak
    AnsvarFactory(tiltak=tiltak, tjeneste__kommune=kommune, merknad="Den gamle")
    return tiltak


@pytest.fixture(params=["side", "disposisjonen", "rad", "admin", "inline"])
def sted(request, tiltak):
    """A page with a field of a short text, its row, and how it is asked."""
    adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/"
    i_admin = f"/admin/tiltak/tiltak/{tiltak.pk}/change/"
    ansvar = tiltak.ansvar.get()
    return {
        "side": SimpleNamespace(adresse=adresse, felt="tittel", rad=tiltak, hode={}),
        "disposisjonen": SimpleNamespace(
            adresse=adresse, felt="tittel", rad=tiltak, hode=HTMX
        ),
        "rad": SimpleNamespace(
            adresse=adresse, felt="ansvar-0-merknad", rad=ansvar, hode={}
        ),
        "admin": SimpleNamespace(adresse=i_admin, felt="tittel", rad=tiltak, hode={}),
        "inline": SimpleNamespace(
            adresse=i_admin, felt="ansvar-0-merknad", rad=ansvar, hode={}
        ),
    }[request.param]


def navnet(sted):
    return sted.felt.rpartition("-")[2]


def overtatt(sted, klient, kollega, *, deres="Kollegaens nye ord", mitt="Mine nye ord"):
    """What the user is answered who saves after somebody else."""
    apnet = innsending(klient.get(sted.adresse))
    svar = kollega.post(
        sted.adresse, innsending(kollega.get(sted.adresse)) | {sted.felt: deres}
    )
    assert svar.status_code == 302
    return klient.post(sted.adresse, apnet | {sted.felt: mitt}, headers=sted.hode)


def ved_siden(svar, felt):
    """[(text, what is marked in it)] of the two texts beside a field, as a browser without
    scripts shows them."""
    tre = html.fromstring(svar.text)
    [boks] = [b for b in tre.find_class("begge") if f'"{felt}-valg"' in som_html(b)]
    return [lest(tekst) for tekst in boks.find_class("begge-tekst")]


def som_html(element):
    return html.tostring(element, encoding="unicode")


def lest(tekst):
    for skjult in tekst.find_class("ds-sr-only"):
        skjult.drop_tree()
    merket = [m.text_content().strip() for m in tekst.iter("mark", "ins", "del")]
    return " ".join(tekst.text_content().split()), merket


def sendes(svar):
    """{name: value} of what a browser without scripts sends from the form of the page."""
    [skjema] = [
        s
        for s in html.fromstring(svar.text).forms
        if any("sett" in (navn or "") for navn in s.fields)
    ]
    data = {}
    for navn, verdi in skjema.form_values():
        data.setdefault(navn, []).append(verdi)
    return data


def test_nothing_is_changed_and_both_texts_are_shown(sted, koordinator, kollega):
    svar = overtatt(sted, koordinator, kollega)

    sted.rad.refresh_from_db()
    assert getattr(sted.rad, navnet(sted)) == "Kollegaens nye ord"
    assert svar.status_code == (200 if "admin" in sted.adresse else 422)
    assert BEGGE in svar.text
    assert ved_siden(svar, sted.felt) == [
        ("Kollegaens nye ord", ["Kollegaens"]),
        ("Mine nye ord", ["Mine"]),
    ]
    assert f"Kollega, {kollega.bruker.epost}, i dag kl. " in svar.text
    assert innsending(svar)[sted.felt] == "Mine nye ord"


@pytest.mark.parametrize(
    ("sendt", "etter"),
    [
        ({}, "Mine nye ord"),
        ({"-valg": "lagret"}, "Kollegaens nye ord"),
        ({"": "Våre nye ord"}, "Våre nye ord"),
    ],
    ids=["mine", "theirs", "merged"],
)
def test_each_choice_is_stored(sted, sendt, etter, koordinator, kollega):
    svar = overtatt(sted, koordinator, kollega)
    data = sendes(svar) | {f"{sted.felt}{n}": v for n, v in sendt.items()}

    svar = koordinator.post(sted.adresse, data)

    assert svar.status_code == 302
    sted.rad.refresh_from_db()
    assert getattr(sted.rad, navnet(sted)) == etter


@pytest.mark.parametrize("valg", ["mitt", "lagret"])
def test_a_third_change_is_refused_again(sted, valg, koordinator, kollega):
    svar = overtatt(sted, koordinator, kollega)
    data = sendes(svar) | {f"{sted.felt}-valg": valg}
    setattr(sted.rad, navnet(sted), "Den tredjes")
    sted.rad.save()

    svar = koordinator.post(sted.adresse, data)

    sted.rad.refresh_from_db()
    assert getattr(sted.rad, navnet(sted)) == "Den tredjes"
    if valg == "mitt":
        assert ved_siden(svar, sted.felt)[0][0] == "Den tredjes"
        assert innsending(svar)[sted.felt] == "Mine nye ord"
    elif "-" not in sted.felt and "admin" not in sted.adresse:
        # Who took what was stored, wrote nothing: what is stored now stands there.
        assert DET_NYE in svar.text
        assert innsending(svar)[sted.felt] == "Den tredjes"


def test_the_same_on_both_sides_is_no_conflict(sted, koordinator, kollega):
    svar = overtatt(sted, koordinator, kollega, mitt="Kollegaens nye ord")

    assert BEGGE not in svar.text


def test_what_only_others_changed_stands_as_they_left_it(tiltak, koordinator):
    adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/"
    data = innsending(koordinator.get(adresse), tittel="Min")
    tiltak.tekst = "<p>Vi går tur hver uke.</p><p>Alle kan bli med.</p>"
    tiltak.unge_kan_kontakte = True
    tiltak.status = "planlagt" if tiltak.status != "planlagt" else "i_drift"
    tiltak.save()

    svar = koordinator.post(adresse, data)

    hoved = svar.context["skjema"].hoved
    assert {f for f, m in hoved.errors.items() if DET_NYE in m} == {
        "tekst",
        "unge_kan_kontakte",
        "status",
    }
    assert "tittel" not in hoved.errors
    tre = html.fromstring(svar.text)
    endret = [
        lest(t) for b in tre.find_class("begge") for t in b.find_class("begge-tekst")
    ]
    assert endret[0] == (
        "Vi går tur hver dag. uke. Alle kan bli med.",
        ["dag.", "uke."],
    )
    assert ("Nei Ja", ["Nei", "Ja"]) in endret
    assert "planlagt" in str(endret)

    assert koordinator.post(adresse, sendes(svar)).status_code == 302
    for_ = tiltak.tekst, tiltak.status
    tiltak.refresh_from_db()
    assert (tiltak.tittel, tiltak.unge_kan_kontakte) == ("Min", True)
    assert (tiltak.tekst, tiltak.status) == for_


def test_chosen_rows_are_called_by_their_names(tiltak, kommune, koordinator):
    rus, vold = (Tema.objects.create(kommune=kommune, navn=n) for n in ("Rus", "Vold"))
    adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/"
    data = innsending(koordinator.get(adresse), temaer=[rus.pk])
    TiltakTema.objects.create(tiltak=tiltak, tema=vold)

    svar = koordinator.post(adresse, data)

    assert ved_siden(svar, "temaer") == [("Vold", ["Vold"]), ("Rus", ["Rus"])]
    data = sendes(svar) | {"temaer-valg": "lagret"}
    assert koordinator.post(adresse, data).status_code == 302
    assert [t.tema for t in TiltakTema.objects.all()] == [vold]


def test_a_tjeneste_of_a_row_is_called_by_its_name(tiltak, kommune, koordinator):
    mitt, deres = (TjenesteFactory(kommune=kommune, navn=n) for n in ("Mitt", "Deres"))
    adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/"
    data = innsending(koordinator.get(adresse)) | {"ansvar-0-tjeneste": mitt.pk}
    ansvar = tiltak.ansvar.get()
    ansvar.tjeneste = deres
    ansvar.save()

    svar = koordinator.post(adresse, data)

    assert [tekst for tekst, _m in ved_siden(svar, "ansvar-0-tjeneste")] == [
        "Deres",
        "Mitt",
    ]
    data = sendes(svar) | {"ansvar-0-tjeneste-valg": "lagret"}
    assert koordinator.post(adresse, data).status_code == 302
    ansvar.refresh_from_db()
    assert ansvar.tjeneste == deres


def test_a_row_that_is_taken_off_tells_what_others_wrote_in_it(tiltak, koordinator):
    lenke = Lenke.objects.create(
        tiltak=tiltak, tittel="Om tur", adresse="https://example.org/"
    )
    adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/"
    data = innsending(koordinator.get(adresse)) | {"lenker-0-DELETE": "on"}
    lenke.tittel = "Om turer"
    lenke.save()

    svar = koordinator.post(adresse, data)

    assert svar.status_code == 422
    assert DET_NYE in svar.text
    lenke.refresh_from_db()
    data = innsending(svar)
    assert data["lenker-0-DELETE"] == "on"
    assert koordinator.post(adresse, data).status_code == 302
    assert not Lenke.objects.exists()


def test_rows_that_others_added_are_shown_and_none_is_lost(
    tiltak, koordinator, kollega
):
    adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/"
    apnet = innsending(koordinator.get(adresse))
    Lenke.objects.create(
        tiltak=tiltak, tittel="Deres", adresse="https://example.org/deres"
    )
    ny = {
        "lenker-TOTAL_FORMS": 1,
        "lenker-0-tittel": "Min",
        "lenker-0-adresse": "https://example.org/min",
    }

    svar = koordinator.post(adresse, apnet | {"tittel": ""} | ny)

    assert "Noen andre la til en rad mens du skrev. Den er tatt med her." in svar.text
    data = sendes(svar)
    assert [data[f"lenker-{nr}-tittel"] for nr in (0, 1)] == [["Min"], ["Deres"]]

    data |= {"tittel": "Tur", "lenker-1-tittel": "Deres, rettet"}
    assert koordinator.post(adresse, data).status_code == 302
    assert {rad.tittel for rad in Lenke.objects.all()} == {"Min", "Deres, rettet"}


def test_rows_that_others_added_are_shown_in_the_admin(koordinator, kommune):
    tjeneste = TjenesteFactory(kommune=kommune)
    punkt = KontaktpunktFactory(tjeneste=tjeneste, verdi="469 34 634")
    adresse = f"/admin/tiltak/tjeneste/{tjeneste.pk}/change/"
    data = innsending(koordinator.get(adresse))
    KontaktpunktFactory(tjeneste=tjeneste, verdi="400 00 000")
    punkt.etikett = "vakt"
    punkt.save()

    svar = koordinator.post(adresse, data | {"navn": ""})

    data = sendes(svar) | {"navn": "Nytt"}
    assert data["kontaktpunkter-0-etikett"] == ["vakt"]
    assert koordinator.post(adresse, data).status_code == 302
    assert {(p.verdi, p.etikett) for p in Kontaktpunkt.objects.all()} == {
        ("469 34 634", "vakt"),
        ("400 00 000", ""),
    }


def test_a_change_of_the_form_keeps_both_texts_on_the_page(
    tiltak, koordinator, kollega
):
    sted = SimpleNamespace(
        adresse=f"/lillestrom/endre/tiltak/{tiltak.pk}/", felt="tittel", hode={}
    )
    svar = overtatt(sted, koordinator, kollega)
    data = sendes(svar) | {"tittel-valg": "lagret", "_ny_rad": "lenker"}

    svar = koordinator.post(sted.adresse, data)

    assert len(ved_siden(svar, "tittel")) == 2
    assert sendes(svar)["tittel-valg"] == ["lagret"]


def test_an_editor_of_a_tjeneste_is_not_told_who(kommune, kollega):
    tjeneste = TjenesteFactory(kommune=kommune, navn="Utekontakten")
    redaktor = innlogget(TjenesteredaktorFactory(tjeneste=tjeneste).bruker)
    sted = SimpleNamespace(
        adresse=f"/lillestrom/endre/tjenester/{tjeneste.pk}/", felt="navn", hode={}
    )

    svar = overtatt(sted, redaktor, kollega)

    assert BEGGE in svar.text
    assert "Kollega," not in svar.text
    assert kollega.bruker.epost not in svar.text


@pytest.mark.parametrize(("dager", "vises"), [(6, True), (8, False)])
def test_an_editor_asks_for_no_version_that_no_open_page_can_have(
    dager, vises, kommune
):
    tjeneste = TjenesteFactory(kommune=kommune, tekst="Det gamle")
    gammelt = str(tjeneste.historikk.first().pk)
    tjeneste.tekst = "Det nye"
    tjeneste.save()
    for tekst, siden in (("Det gamle", 30), ("Det nye", dager)):
        da = timezone.now() - timedelta(days=siden)
        tjeneste.historikk.filter(tekst=tekst).update(history_date=da)
    redaktor = innlogget(TjenesteredaktorFactory(tjeneste=tjeneste).bruker)
    adresse = f"/lillestrom/endre/tjenester/{tjeneste.pk}/"

    valgt = {"sett": gammelt, "tekst": "Mitt", "tekst-valg": "lagret"}
    svar = redaktor.post(adresse, innsending(redaktor.get(adresse)) | valgt)

    assert svar.status_code == 422
    assert ("gamle" in svar.text) is vises


def test_a_stranger_and_the_neighbour_see_nothing(
    sted, koordinator, kollega, nabo, client
):
    svar = overtatt(sted, koordinator, kollega)

    for klient in (nabo, client):
        annens = klient.post(sted.adresse, sendes(svar))
        assert annens.status_code in {302, 403, 404}
        assert "nye ord" not in annens.text


@pytest.mark.parametrize("hva", ["sett", "forst"])
def test_a_mark_of_another_row_tells_nothing_of_it(hva, tiltak, koordinator):
    annet = PlasseringFactory(tiltak__tittel="Naboens ord").tiltak
    adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/"
    data = innsending(koordinator.get(adresse), tittel="Mitt")
    merke = str(annet.historikk.first().pk)

    for knapp in ({}, {"_tegn_om": "1"}):
        sendt = data | {hva: merke, "tittel-valg": "lagret"} | knapp
        assert "Naboens ord" not in koordinator.post(adresse, sendt).text


def test_what_the_system_did_is_told_as_that(tiltak, koordinator):
    adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/"
    data = innsending(koordinator.get(adresse), tittel="Mitt")
    tiltak.tittel = "Ny"
    tiltak.save()

    assert "Systemet, i dag kl. " in koordinator.post(adresse, data).text


def test_a_change_that_the_form_does_not_show_is_said_to_be_one(tiltak, koordinator):
    adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/"
    data = innsending(koordinator.get(adresse), tittel="Mitt")
    tiltak.slug = "en-tur"
    tiltak.save()

    svar = koordinator.post(adresse, data)

    assert svar.status_code == 422
    assert "men ikke noe av det du ser her" in svar.text
    assert koordinator.post(adresse, sendes(svar)).status_code == 302


def test_stale_rows_cost_the_same_however_many(kommune, koordinator):
    adresse = "/lillestrom/innstillinger/lokalomrader/"

    def sporringer(antall):
        while kommune.lokalomrader.count() < antall:
            LokalomradeFactory(kommune=kommune)
        data = innsending(koordinator.get(adresse))
        egne = [navn for navn in data if navn.endswith("-navn")]
        for rad in kommune.lokalomrader.all():
            rad.navn = f"Deres {rad.pk} {antall}"
            rad.save()
        mitt = {navn: f"Mitt {nr} {antall}" for nr, navn in enumerate(egne)}
        with CaptureQueriesContext(connection) as fanget:
            svar = koordinator.post(adresse, data | mitt)
        assert svar.text.count("begge-tittel") == 2 * antall
        # Django itself looks each row up by its number.
        return len([q for q in fanget if not q["sql"].endswith("LIMIT 21")])

    assert sporringer(1) == sporringer(3)


def test_a_page_that_is_not_saved_leaves_the_version(
    sted, kommune, koordinator, kollega
):
    overtatt(sted, koordinator, kollega)
    for_ = Kommune.objects.get(pk=kommune.pk).versjon
    data = innsending(koordinator.get(sted.adresse))
    sted.rad.refresh_from_db()
    setattr(sted.rad, navnet(sted), "Tredje")
    sted.rad.save()

    koordinator.post(sted.adresse, data | {sted.felt: "Mitt"})

    assert Kommune.objects.get(pk=kommune.pk).versjon == for_ + 1
    assert Tjeneste.objects.count() == 1


# As people read it ----------------------------------------------------------------------


class Felter(forms.Form):
    dag = forms.DateField()
    klokka = forms.TimeField()
    tid = forms.DateTimeField()
    begge = forms.SplitDateTimeField()
    antall = forms.IntegerField()
    ja = forms.BooleanField()
    ett = forms.ChoiceField(
        choices=[("Gruppe", [("a", "Det ene")]), ("b", "Det andre")]
    )


@pytest.mark.parametrize(
    ("navn", "verdi", "lest_"),
    [
        ("dag", date(2027, 2, 1), "1. februar 2027"),
        ("dag", "2027-02-01", "1. februar 2027"),
        ("dag", "i fjor", "i fjor"),
        ("dag", "", ""),
        ("klokka", clock(9, 5), "09.05"),
        ("tid", datetime(2027, 2, 1, 8, 5, tzinfo=UTC), "1. februar 2027 09.05"),
        ("begge", ["1.2.2027", "", "09.05"], "1.2.2027 09.05"),
        ("antall", 0, "0"),
        ("ja", "on", "Ja"),
        ("ja", False, "Nei"),
        ("ett", "a", "Det ene"),
        ("ett", "c", "noe som ikke kan velges her"),
        ("ett", "", ""),
    ],
)
def test_values_are_shown_as_people_read_them(navn, verdi, lest_):
    assert som_tekst(Felter()[navn], verdi) == lest_


@pytest.mark.parametrize(
    ("widget", "verdi", "sendt"),
    [
        (forms.CheckboxInput(), True, {"x": ["on"]}),
        (forms.CheckboxInput(), False, {"x": []}),
        (forms.SelectMultiple(), [1, 2], {"x": ["1", "2"]}),
        (forms.TextInput(), None, {"x": [""]}),
        (
            forms.SplitDateTimeWidget(date_format="%Y-%m-%d", time_format="%H.%M"),
            datetime(2027, 2, 1, 8, 5, tzinfo=UTC),
            {"x_0": ["2027-02-01"], "x_1": ["09.05"]},
        ),
    ],
)
def test_values_are_sent_as_a_browser_does(widget, verdi, sendt):
    assert som_sendt(widget, "x", verdi) == sendt


def test_a_moment_of_another_day_has_its_date():
    assert nar(datetime(2027, 2, 1, 8, 5, tzinfo=UTC)) == "1. februar 2027 09.05"


# What differs ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("forste", "andre", "ventet"),
    [
        ("", "", []),
        ("Likt", "Likt", [("Likt", Hvor.BEGGE)]),
        ("Bare ett", "", [("Bare ett", Hvor.FORSTE)]),
        (
            "Vi går tur hver dag.\nAndre",
            "Vi går tur hver uke.\nAndre nå",
            [
                ("Vi går tur hver", Hvor.BEGGE),
                ("dag.", Hvor.FORSTE),
                ("uke.", Hvor.ANDRE),
                ("Andre", Hvor.BEGGE),
                ("nå", Hvor.ANDRE),
            ],
        ),
    ],
)
def test_words_that_differ(forste, andre, ventet):
    funnet = [(s.tekst.strip(), s.hvor) for s in forskjell(forste, andre)]
    assert [par for par in funnet if par[0]] == ventet


def _linjer_av(tegn):
    """Long lines of few words, each between two that stay as they are."""
    vilkarlig = random.Random(tegn)  # noqa: S311 (a test)
    linjer = (vilkarlig.choices(tegn, k=490) for _nr in range(190))
    return "".join(f"lik {nr}\n{' '.join(ord_)}\n" for nr, ord_ in enumerate(linjer))


@pytest.mark.parametrize(
    ("forste", "andre"),
    [
        ("x " + "a b " * 49_000, "y " + "b a " * 49_000 + "z"),
        ("x\n" * 99_000, "y\nx\n" * 49_000),
        ("x" * 200_000, "y" * 200_000),
        (("a " * 498 + "\n") * 200, ("b " + "a " * 490 + "c\n") * 200),
        (_linjer_av("ab"), _linjer_av("ba")),
    ],
    ids=["words", "lines", "one word", "long lines", "lines between lines"],
)
def test_the_longest_texts_are_compared_at_once_and_whole(forste, andre):
    start = time.process_time()

    stykker = forskjell(forste, andre)

    assert time.process_time() - start < 2
    assert "".join(s.tekst for s in stykker if s.i_forste).split() == forste.split()
    assert "".join(s.tekst for s in stykker if s.i_andre).split() == andre.split()


def test_rows_that_others_added_keep_their_place(tiltak, koordinator):
    """Also the first one, when somebody has put it there."""
    for tittel in ("A", "B"):
        Lenke.objects.create(
            tiltak=tiltak, tittel=tittel, adresse=f"https://example.org/{tittel}"
        )
    adresse = f"/lillestrom/endre/tiltak/{tiltak.pk}/"
    data = innsending(koordinator.get(adresse))
    deres = Lenke(tiltak=tiltak, tittel="0", adresse="https://example.org/0")
    deres.rekkefolge = tiltak.lenker.order_by("rekkefolge").first().rekkefolge
    with i_orden([deres]):
        deres.save()
    ny = {
        "lenker-TOTAL_FORMS": 3,
        "lenker-2-tittel": "Min",
        "lenker-2-adresse": "https://example.org/min",
        "lenker-2-ORDER": 3,
    }

    svar = koordinator.post(adresse, data | {"tittel": ""} | ny)
    data = sendes(svar) | {"tittel": "Tur"}
    assert koordinator.post(adresse, data).status_code == 302

    rekken = tiltak.lenker.order_by("rekkefolge").values_list("tittel", flat=True)
    assert list(rekken) == ["0", "A", "B", "Min"]


@pytest.mark.parametrize(
    "verdi", ["9" * 40, "9" * 18, "\0", "x.1-2-3", "1.x-y", "-1", "²"]
)
def test_marks_and_choices_that_are_none_break_nothing(verdi, sted, koordinator):
    data = innsending(koordinator.get(sted.adresse))
    prefiks = sted.felt.removesuffix(navnet(sted))
    valg = {f"{navn}-valg": "lagret" for navn in data}
    hostile = {f"{prefiks}sett": verdi, f"{prefiks}forst": verdi, sted.felt: "Mitt"}

    for knapp in ({}, {"_tegn_om": "1"}):
        svar = koordinator.post(sted.adresse, data | valg | hostile | knapp)
        assert svar.status_code in {200, 302, 422}

    sted.rad.refresh_from_db()
    assert getattr(sted.rad, navnet(sted)) != "Mitt"
