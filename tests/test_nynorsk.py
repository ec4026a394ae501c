"""The nynorsk catalogue is whole and sound, and is shown in kommuner of that målform and
nowhere else.

To bring it up to date, with GNU gettext installed:

    ./dev manage makemessages -l nn -i tests --no-obsolete --add-location never

then translate what is new in locale/nn/LC_MESSAGES/django.po and take away "fuzzy".
"""

import re
from io import BytesIO

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings as innstillinger
from django.core.cache import cache
from django.utils.translation import get_language, override
from django.utils.translation import gettext as oversett
from django.utils.translation.template import templatize

from tests.conftest import innlogget
from tests.factories import (
    AnsvarFactory,
    HandlingsplanFactory,
    InnsatsomradeFactory,
    KapittelFactory,
    KommuneFactory,
    KontaktpunktFactory,
    PlasseringFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.lest import Lest
from tests.tiltak.regneark.ark import Fil, forskjellene
from tiltak.models import Kontaktpunkt, Tiltak
from tiltak.regneark.kolonner import TILTAK

KATALOGEN = innstillinger.LOCALE_PATHS[0] / "nn/LC_MESSAGES/django.po"
DJANGOS_ORD = innstillinger.LOCALE_PATHS[0] / "nb/LC_MESSAGES/django.po"
KODE = ["slt", "tiltak", "moter", "evaluering"]
MERKER = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLASSHOLDER = re.compile(r"%(?:\(\w+\))?[-#0-9.]*[a-z%]|\{\w*\}")
# Words that show that a text is in bokmål.
BOKMAL = re.compile(
    r"(?<!-)\b(?:ikke|jeg|hvem|hva|hvor|hvordan|hvorfor|hver|hvert|hverandre|hvis|noe|noen|nå"
    r"|ennå|allerede|fra|mer|flere|bare|selv|uten|mens|ble|en|et|annen|annet|dem|egen"
    r"|eget|egne|være|gjør|gjøre|gjelder|gjeldende|hele|samme|sammen|trenger|finnes|gang"
    r"|ganger|uke\w*|måned|tall|antall|sted|steder|nettsted\w*|avløst|vedtatt|tiltakene"
    r"|ansatte?|ansvarlig|foresatte?|forebygg\w*|tjenest\w*|\w*skole\w*|\w*navn"
    r"|navnet|\w*hoved\w+|åpn\w+|innhold\w*|opplysninger|kontaktpunkter|vold"
    r"|innsatsområder|koordinatorer|velge?|valgte?|nettsiden|siden|forsiden)\b",
    re.IGNORECASE,
)

# Where nynorsk has several forms, one is used everywhere: føreslått, lenkje, svarar, byrje,
# vart; and omtale for what a tiltak is.
VRAKET = re.compile(
    r"\b(?:foreslå\w*|\w*lenk(?:e|a|er|ene)|lenke\w+|svarer|begyn\w*|blei|blitt"
    r"|beskriv\w*|skildring\w*)\b",
    re.IGNORECASE,
)
HANDBOKEN = innstillinger.BASE_DIR / "docs/handbok.nn.md"


def katalog():
    with KATALOGEN.open("rb") as fil:
        return read_po(fil)


def tekster(melding):
    """(source, translation) of a message: one pair, or one for each number."""
    if melding.pluralizable:
        return list(zip(melding.id, melding.string, strict=True))
    return [(melding.id, melding.string)]


# The catalogue ------------------------------------------------------------------------


def merkede_tekster():
    """Yields (context, text) of all that is marked for translation in code and
    templates, as Django's makemessages finds it."""
    for mappe in KODE:
        for fil in (innstillinger.BASE_DIR / mappe).rglob("*.py"):
            yield from _merket(fil.read_bytes())
    for fil in (innstillinger.BASE_DIR / "templates").rglob("*.*"):
        som_kode = templatize(fil.read_text("utf-8"), origin=str(fil))
        # Indentation means something in code and nothing in a template.
        linjer = (linje.strip() for linje in som_kode.splitlines())
        yield from _merket("\n".join(linjer).encode())
    # The words of Django's that this project puts better.
    with DJANGOS_ORD.open("rb") as fil:
        yield from ((m.context, tekster(m)[0][0]) for m in read_po(fil) if m.id)


def _merket(kode):
    for _linje, tekst, _merknader, sammenheng in extract(
        "python", BytesIO(kode), MERKER, options={"encoding": "utf-8"}
    ):
        yield sammenheng, tekst if isinstance(tekst, str) else tekst[0]


def test_the_catalogue_has_every_text_and_no_other():
    i_katalogen = {(m.context, tekster(m)[0][0]) for m in katalog() if m.id}
    merket = set(merkede_tekster())

    assert len(merket) > 600
    assert sorted(t for _, t in merket - i_katalogen) == [], "missing; see above"
    assert sorted(t for _, t in i_katalogen - merket) == [], "no longer in use"


def test_every_text_is_translated():
    meldinger = katalog()

    assert [m.id for m in meldinger if m.id and m.fuzzy] == []
    assert [m.id for m in meldinger if not all(nn for _, nn in tekster(m))] == []
    assert list(meldinger.obsolete) == []


def test_translations_have_the_placeholders_of_their_source():
    feil = [
        (nb, nn)
        for melding in katalog()
        if melding.id
        for nb, nn in tekster(melding)
        if sorted(PLASSHOLDER.findall(nb)) != sorted(PLASSHOLDER.findall(nn))
    ]

    assert feil == []
    assert [str(grunn) for _, grunner in katalog().check() for grunn in grunner] == []


def test_translations_end_as_their_source_does():
    """With the same sign or none, and the same space around them."""

    def kanter(tekst):
        luft = tekst[: len(tekst) - len(tekst.lstrip())], tekst[len(tekst.rstrip()) :]
        return *luft, re.search(r"[.:;?!…]?\s*$", tekst)[0]

    feil = [
        (nb, nn)
        for melding in katalog()
        if melding.id
        for nb, nn in tekster(melding)
        if kanter(nb) != kanter(nn)
    ]

    assert feil == []


def test_translations_are_in_nynorsk():
    feil = {
        nn: funnet
        for melding in katalog()
        if melding.id
        for _, nn in tekster(melding)
        if (funnet := BOKMAL.findall(PLASSHOLDER.sub("", nn)))
    }

    assert feil == {}


def test_translations_keep_to_one_form_of_each_word():
    feil = {
        nn: funnet
        for melding in katalog()
        if melding.id
        for _, nn in tekster(melding)
        if (funnet := VRAKET.findall(PLASSHOLDER.sub("", nn)))
    }

    assert feil == {}


def test_so_does_the_handbook():
    # Addresses are what they are in both languages.
    tekst = re.sub(r"`[^`]*`|\]\([^)]*\)", "", HANDBOKEN.read_text("utf-8"))

    assert VRAKET.findall(tekst) == []


def test_the_catalogue_is_not_empty():
    assert len([melding for melding in katalog() if melding.id]) > 500


def test_the_head_names_the_language_and_nobody():
    hode = dict(katalog().mime_headers)

    assert hode["Language"] == "nn"
    assert hode["Plural-Forms"].rstrip(";") == "nplurals=2; plural=(n != 1)"
    assert "@" not in KATALOGEN.read_text("utf-8").partition("\n\nmsgid")[0]


# The pages ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def oversatt(tmp_path_factory):
    """A folder of catalogues with this one, compiled as it stands: what `./dev` has
    compiled may be older."""
    mappe = tmp_path_factory.mktemp("locale")
    ferdig = mappe / "nn/LC_MESSAGES/django.mo"
    ferdig.parent.mkdir(parents=True)
    with ferdig.open("wb") as fil:
        write_mo(fil, katalog())
    return mappe


@pytest.fixture
def _katalogen(oversatt, settings):
    settings.LOCALE_PATHS = [oversatt]
    cache.clear()


brukt = pytest.mark.usefixtures("_katalogen")


def med_innhold(**kwargs):
    """Makes a kommune with a plan that has one of each. What users write is the same
    in both languages."""
    kommune = KommuneFactory(**kwargs)
    plan = HandlingsplanFactory(
        kommune=kommune, vedtaksform="vedtatt", alder_fra=10, alder_til=18
    )
    omrade = InnsatsomradeFactory(plan=plan, navn="Rus", kortnavn="Rus")
    KapittelFactory(plan=plan, tittel="Om SLT")
    plassering = PlasseringFactory(
        innsatsomrade=omrade,
        tiltak__status=Tiltak.Status.AVSLUTTET,
        tiltak__niva=Tiltak.Niva.SELEKTIV,
        tiltak__nytt=True,
    )
    PlasseringFactory(innsatsomrade=omrade)  # nobody answers for it
    tjeneste = TjenesteFactory(kommune=kommune, navn="OUT")
    AnsvarFactory(tiltak=plassering.tiltak, tjeneste=tjeneste)
    KontaktpunktFactory(tjeneste=tjeneste, akutt=True)
    KontaktpunktFactory(tjeneste=tjeneste, synlighet=Kontaktpunkt.Synlighet.KOORDINATOR)
    TjenesteFactory(kommune=kommune, navn="PPT")
    return kommune


@pytest.fixture
def nynorsk(db):
    return med_innhold(navn="Stord", slug="stord", nummer="4614", malform="nn")


@pytest.fixture
def bokmal(db):
    return med_innhold(navn="Lillestrøm", slug="lillestrom", nummer="3205")


SIDER = {
    "2024-2028/": ("Sjå alle tenester", "Se alle tjenester"),
    "2024-2028/plan/": ("Innhald", "Innhold"),
    "2024-2028/dekning/": ("Etter førebyggingsnivå", "Etter forebyggingsnivå"),
    "2024-2028/innsatsomrader/rus/": ("Innsatsområde", "Innsatsområde"),
    "2024-2028/tiltak/": ("Berre nye tiltak", "Bare nye tiltak"),
    "2024-2028/tiltak/rus/1/": ("Avslutta", "Avsluttet"),
    "2024-2028/tiltak/rus/2/": ("Ansvar: ikkje avklart.", "Ansvar: ikke avklart."),
    "tjenester/": ("Kontakt er ikkje oppgitt", "Kontakt er ikke oppgitt"),
    "tjenester/out/": ("Kommunal teneste", "Kommunal tjeneste"),
    "tjenester/ppt/": ("Det er ikkje oppgitt korleis", "Det er ikke oppgitt hvordan"),
    "borte/": ("Sida finst ikkje", "Siden finnes ikke"),
}

hver_side = pytest.mark.parametrize("side", SIDER)


def sprak(svar):
    return re.search('<html lang="(..)"', svar.text)[1]


def synlige_ord(svar):
    """All that a page says, to eyes, ears and search engines."""
    attributter = re.findall(
        r'\b(?:aria-label|alt|title|placeholder|content)="(?!http)([^"]*)"', svar.text
    )
    return " · ".join([Lest(svar).alt, *attributter])


@brukt
@hver_side
def test_a_page_is_in_the_language_of_its_kommune(side, nynorsk, bokmal, client):
    """The first time it is asked for and when it has been kept, in whichever order."""
    pa_nynorsk, pa_bokmal = SIDER[side]

    for kommune in (nynorsk, bokmal, nynorsk, nynorsk, bokmal):
        svar = client.get(f"/{kommune.slug}/{side}")
        ventet = pa_nynorsk if kommune == nynorsk else pa_bokmal
        assert (sprak(svar), ventet in Lest(svar).alt) == (kommune.malform, True)
        assert get_language() == "nb"
        assert oversett("Ikke i vanlig drift") == "Ikke i vanlig drift"


@brukt
@hver_side
def test_nothing_is_left_in_bokmal(side, nynorsk, client):
    assert BOKMAL.findall(synlige_ord(client.get(f"/{nynorsk.slug}/{side}"))) == []


@brukt
def test_neither_is_what_the_coordinator_alone_sees(nynorsk):
    client = innlogget(TilgangFactory(kommune=nynorsk, bruker__navn="").bruker)
    tiltak, tjeneste = Tiltak.objects.first(), nynorsk.tjenester.get(slug="out")
    skjemaer = [
        f"endre/tiltak/{tiltak.pk}/",
        f"endre/tjenester/{tjeneste.pk}/",
        f"endre/kontaktpunkter/{tjeneste.kontaktpunkter.first().pk}/",
    ]

    for side in (*SIDER, *skjemaer):
        svar = client.get(f"/{nynorsk.slug}/{side}")
        assert svar.status_code == (404 if side == "borte/" else 200)
        assert (sprak(svar), side, BOKMAL.findall(synlige_ord(svar))) == (
            "nn",
            side,
            [],
        )


@brukt
def test_a_page_that_fails_takes_its_language_with_it(
    nynorsk, bokmal, client, monkeypatch
):
    def feiler(self):
        raise RuntimeError(self)

    client.raise_request_exception = False
    with monkeypatch.context() as m:
        m.setattr(Kontaktpunkt, "visning", property(feiler))
        assert client.get(f"/{nynorsk.slug}/tjenester/out/").status_code == 500

    svar = client.get(f"/{bokmal.slug}/tjenester/out/")
    assert (sprak(svar), "Kommunal tjeneste" in Lest(svar).tekst) == ("nb", True)


@brukt
def test_the_framework_falls_back_on_norwegian():
    """What Django's own catalogue lacks in nynorsk comes in bokmål, not in English."""
    with override("nn"):
        assert oversett("Ikke i vanlig drift") == "Ikkje i vanleg drift"
        assert oversett("January") == "januar"
        assert "violated" not in oversett("Constraint “%(name)s” is violated.")


@brukt
def test_a_spreadsheet_in_nynorsk_is_read_in_either(nynorsk):
    plan = nynorsk.planer.get()
    tiltak = plan.tiltak.get(status=Tiltak.Status.AVSLUTTET)
    with override("nn"):
        fil = Fil(plan)
    assert fil.celle(f"T{tiltak.pk}", "status").value == "avslutta"
    fil.sett(f"T{tiltak.pk}", status="under innføring", hvem="føresette")

    for malform, navn in (("nn", "førebyggingsnivå"), ("nb", "forebyggingsnivå")):
        with override(malform):
            f = forskjellene(plan, fil)
            [rad] = f.endrede
            assert {e.kolonne.navn for e in rad.endringer} == {"status", "hvem"}
            assert (f.feil, str(TILTAK.ved_navn["niva"].tittel)) == ([], navn)
