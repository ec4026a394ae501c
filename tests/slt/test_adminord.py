"""The few words of Django's that this project puts better (locale/nb)."""

import re

import django
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings as innstillinger
from django.urls import reverse

from moter.models import Forum, Motefri
from slt.models import Lokalomrade, Sted
from tests.factories import PlasseringFactory
from tests.innsending import innsending
from tests.lest import Lest
from tiltak.models import Handlingsplan, Innsatsomrade, Kapittel, Tema, Tiltak

KATALOGEN = innstillinger.LOCALE_PATHS[0] / "nb/LC_MESSAGES/django.po"
DJANGO = django.__path__[0]
# Django has them as two messages.
RETT_FEILEN = ("Please correct the error below.", "Please correct the errors below.")


@pytest.fixture(scope="module")
def ordene(tmp_path_factory):
    """The catalogue compiled as it stands: what `./dev` has compiled may be older."""
    mappe = tmp_path_factory.mktemp("locale")
    ferdig = mappe / "nb/LC_MESSAGES/django.mo"
    ferdig.parent.mkdir(parents=True)
    with KATALOGEN.open("rb") as kilde, ferdig.open("wb") as fil:
        write_mo(fil, read_po(kilde))
    return mappe


@pytest.fixture(autouse=True)
def _katalogen(ordene, settings):
    settings.LOCALE_PATHS = [ordene]


@pytest.mark.parametrize(
    ("modell", "ord_"),
    [
        (Tiltak, "tiltak"),
        (Kapittel, "kapittel"),
        (Tema, "tema"),
        (Sted, "sted"),
        (Lokalomrade, "lokalområde"),
        (Innsatsomrade, "innsatsområde"),
        (Handlingsplan, "handlingsplan"),
        (Forum, "forum"),
        (Motefri, "møtefri tid"),
    ],
)
def test_what_is_added_may_be_of_any_gender(modell, ord_, koordinator):
    rom = f"admin:{modell._meta.app_label}_{modell._meta.model_name}"

    listen = koordinator.get(reverse(f"{rom}_changelist")).text
    siden = koordinator.get(reverse(f"{rom}_add")).text

    assert re.search(rf">\s*Legg til {ord_}\s*</a>", listen)
    assert f"<h1>Legg til {ord_}</h1>" in siden
    assert "til ny " not in listen + siden


def test_rows_are_added_in_words_that_fit_all(kommune, koordinator):
    tiltak = PlasseringFactory(innsatsomrade__plan__kommune=kommune).tiltak

    html = koordinator.get(reverse("admin:tiltak_tiltak_change", args=[tiltak.pk])).text

    assert "Legg til: Ansvar" in html
    assert "til ny " not in html


@pytest.mark.parametrize(
    ("feil", "ventet"),
    [
        ({"navn": ""}, "Rett feilen nedenfor."),
        ({"navn": "", "slug": "Æ"}, "Rett feilene nedenfor."),
    ],
)
def test_errors_are_told_in_norwegian(feil, ventet, administrator, kommune):
    adresse = reverse("admin:slt_kommune_change", args=[kommune.pk])

    svar = administrator.post(adresse, innsending(administrator.get(adresse), **feil))

    assert ventet in svar.text
    assert "Please" not in svar.text


@pytest.mark.parametrize(
    ("app", "navn"),
    [
        ("slt", "Kommuner og tilgang"),
        ("tiltak", "Handlingsplanen"),
        ("moter", "Møtestrukturen"),
        ("evaluering", "Kunnskap og tall"),
    ],
)
def test_the_page_of_an_app_is_called_what_the_menu_calls_it(app, navn, koordinator):
    svar = koordinator.get(reverse("admin:app_list", args=[app]))

    assert f"<h1>{navn}</h1>" in svar.text


def test_every_word_is_still_one_of_djangos():
    """A source text that Django has changed would never be looked up."""
    djangos = set()
    for app in ("admin", "auth"):
        sti = f"{DJANGO}/contrib/{app}/locale/en/LC_MESSAGES/django.po"
        with open(sti, "rb") as fil:
            djangos |= {m.id for m in read_po(fil)}
    with KATALOGEN.open("rb") as fil:
        vare = [m for m in read_po(fil) if m.id]

    enkle = {m.id for m in vare if m.id != RETT_FEILEN}
    assert enkle
    assert enkle <= djangos
    assert all(m.string for m in vare)
    assert not any(m.fuzzy for m in vare)


def test_nothing_that_django_says_is_without_a_translation():
    """Its own bokmål lacks some, and a new version may bring more."""
    with KATALOGEN.open("rb") as fil:
        vare = {m.id for m in read_po(fil) if m.id}
    uten = []
    for app in ("admin", "auth"):
        mappe = f"{DJANGO}/contrib/{app}/locale"
        with open(f"{mappe}/nb/LC_MESSAGES/django.po", "rb") as fil:
            norske = {m.id for m in read_po(fil) if m.id and _er_oversatt(m)}
        with open(f"{mappe}/en/LC_MESSAGES/django.po", "rb") as fil:
            uten += [m.id for m in read_po(fil) if m.id and m.id not in norske | vare]

    assert uten == []


def _er_oversatt(melding):
    tekster = [melding.string] if isinstance(melding.string, str) else melding.string
    return all(tekster) and not melding.fuzzy


def test_words_about_passwords_are_plain(koordinator):
    koordinator.bruker.set_password("hest batteri stift")
    koordinator.bruker.save()
    koordinator.force_login(koordinator.bruker)
    nytt = koordinator.bruker.epost
    data = {"old_password": "feil", "new_password1": nytt, "new_password2": nytt}

    side = Lest(koordinator.post("/konto/passord/", data)).tekst

    for setning in (
        "Det gamle passordet er feil. Prøv igjen.",
        "Passordet ligner for mye på e-post.",
        "Det må ikke ligne på navnet eller e-postadressen din.",
        "Skriv det samme passordet en gang til.",
    ):
        assert setning in side
    assert not re.search("[Vv]ennligst|verifisering|personopplysninger", side)
    assert side.count("inst 12 tegn") == 1
    for_kort = data | {"new_password1": "kort", "new_password2": "kort"}
    side = Lest(koordinator.post("/konto/passord/", for_kort)).tekst
    assert "Passordet er for kort. Det må ha minst 12 tegn." in side
