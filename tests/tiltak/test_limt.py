"""Addresses as people paste them, through the forms of the site and of the admin."""

from functools import partial

import pytest
import yaml
from django.conf import settings
from django.utils import translation

from slt.grunn.tekst import Epostfelt, Nettadressefelt, les_epost, les_nettadresse
from slt.grunn.telefon import les_telefon
from tests.conftest import innlogget
from tests.factories import (
    KontaktpunktFactory,
    TilgangFactory,
    TjenesteFactory,
)
from tests.innsending import innsending
from tests.slt.test_admin import endre
from tests.slt.test_admin import feil as adminfeil
from tests.slt.test_admin import skjema as adminskjema
from tests.slt.test_tilganger import inviter

KOMMUNEN = "/lillestrom/innstillinger/kommunen/"
POST = "post@example.org"
EPOST = [
    "post@example.org",
    "\u00a0post@example.org ",
    "mailto:post@example.org",
    "MAILTO:post@example.org?subject=Hei&body=Hallo",
    "mailto:post%40example.org",
    "<post@example.org>",
    "Postmottaket <post@example.org>",
    "<mailto:post@example.org>",
    "«post@example.org»",
    "post@example.org.",
    "post@example.org;",
    "post\u200b@example.org",
    "\ufeffpost@exam\u00adple.org\u2060",
]
IKKE_EPOST = "Dette er ikke en e-postadresse. Skriv for eksempel post@kommunen.no."
FLERE_EPOST = (
    "Her står det flere e-postadresser. La bare én stå, for eksempel post@kommunen.no."
)
EPOST_AVVISES = {
    "post": IKKE_EPOST,
    "post (krøllalfa) example.org": IKKE_EPOST,
    "post@example": IKKE_EPOST,
    "post@example.org; ung@example.org": FLERE_EPOST,
    "post@example.org, ung@example.org": FLERE_EPOST,
    "post@example.org ung@example.org": FLERE_EPOST,
}
NETT = {
    "https://example.org/ung": "https://example.org/ung",
    "http://example.org/ung": "http://example.org/ung",
    "example.org": "https://example.org",
    "www.example.org/ung": "https://www.example.org/ung",
    "//example.org": "https://example.org",
    "\u00a0 https://example.org/ung\n": "https://example.org/ung",
    "<https://example.org/ung>": "https://example.org/ung",
    "«example.org»": "https://example.org",
    "\u200bexample.org/\u00adung\ufeff": "https://example.org/ung",
}
IKKE_NETT = (
    "Dette er ikke en nettadresse. Skriv for eksempel https://www.kommunen.no/ung."
)
NETT_AVVISES = {
    "ung": IKKE_NETT,
    "se nettsiden vår": IKKE_NETT,
    "https://example.org/ og http://example.com": IKKE_NETT,
    "ftp://example.org": "Nettadressen må begynne med https:// eller http://.",
    "javascript:alert(1)": IKKE_NETT,
}
SAKENE = [
    ("epost", dict.fromkeys(EPOST, POST), EPOST_AVVISES),
    ("nettsted", NETT, NETT_AVVISES),
]
PUNKTENE = [("epost", *SAKENE[0][1:]), ("nett", *SAKENE[1][1:])]


def _fra_nettstedet(klient, adresse, felt, limt):
    """What the form of the site says of the field; [] when it was saved."""
    svar = klient.post(adresse, innsending(klient.get(adresse), **{felt: limt}))
    if svar.status_code == 302:
        return []
    assert innsending(svar)[felt] == limt
    return svar.context["skjema"].hoved.errors[felt]


def _fra_admin(klient, rad, felt, limt):
    """What the page of the admin says of the field; [] when it was saved."""
    svar = endre(klient, rad, **{felt: limt})
    if svar.status_code == 302:
        return []
    assert adminskjema(svar)[felt] == [limt]
    return adminfeil(svar)[felt]


def _provd(rad, felt, for_, send, forstas, avvises):
    """({what was pasted: what was stored}, what was refused without the word for it)."""
    lagret, uten_ordet = {}, []
    for limt in forstas:
        setattr(rad, felt, for_)
        rad.save()
        feil = send(felt, limt)
        rad.refresh_from_db()
        lagret[limt] = feil or getattr(rad, felt)
    for limt, melding in avvises.items():
        if melding not in send(felt, limt):
            uten_ordet.append(limt)
    return lagret, uten_ordet


@pytest.mark.parametrize("dor", ["nettstedet", "admin"])
@pytest.mark.parametrize(("felt", "forstas", "avvises"), SAKENE)
def test_the_addresses_of_the_kommune(
    felt, forstas, avvises, dor, kommune, koordinator
):
    send = {
        "nettstedet": partial(_fra_nettstedet, koordinator, KOMMUNEN),
        "admin": partial(_fra_admin, koordinator, kommune),
    }[dor]

    assert _provd(kommune, felt, "", send, forstas, avvises) == (forstas, [])


@pytest.mark.parametrize("dor", ["nettstedet", "admin"])
@pytest.mark.parametrize(("type_", "forstas", "avvises"), PUNKTENE)
def test_a_contact_point(type_, forstas, avvises, dor, kommune, koordinator):
    punkt = KontaktpunktFactory(
        tjeneste=TjenesteFactory(kommune=kommune), type=type_, verdi="fra før"
    )
    adresse = f"/lillestrom/endre/kontaktpunkter/{punkt.pk}/"
    send = {
        "nettstedet": partial(_fra_nettstedet, koordinator, adresse),
        "admin": partial(_fra_admin, koordinator, punkt),
    }[dor]

    assert _provd(punkt, "verdi", "fra før", send, forstas, avvises) == (forstas, [])


def test_who_is_invited_is_read_out_of_what_was_copied(koordinator, kommune):
    """But signs that nobody sees inside the address are refused: see
    slt.grunn.epostadresse."""
    bruker = innlogget(TilgangFactory(kommune=kommune).bruker).bruker

    for limt in (
        f"mailto:{bruker.epost}",
        f"<{bruker.epost}>",
        f"Navn <{bruker.epost.upper()}>",
        f"\u200b{bruker.epost}\ufeff",
    ):
        svar = inviter(koordinator, epost=limt, rolle="ansatt")
        feil = {} if svar.status_code == 302 else svar.context["skjema"].errors
        assert "epost" not in feil, limt
    svar = inviter(koordinator, epost=bruker.epost.replace("@", "\u200b@"))
    assert "usynlige tegn" in str(svar.context["skjema"].errors["epost"])


@pytest.mark.parametrize("felt", [Epostfelt(), Nettadressefelt()])
def test_the_example_is_there_in_nynorsk_too(felt):
    for malform, ordene in (("nb", "for eksempel"), ("nn", "til dømes")):
        with translation.override(malform):
            assert ordene in str(felt.error_messages["invalid"])


LES = {
    "telefon": les_telefon,
    "sms": les_telefon,
    "epost": les_epost,
    "nett": les_nettadresse,
}


def test_what_is_loaded_is_written_as_the_forms_write_it():
    """So that it is the same row to whoever pastes it."""
    rader = [
        rad
        for fil in sorted((settings.BASE_DIR / "fixtures").glob("*.yaml"))
        for rad in yaml.safe_load(fil.read_text())
    ]
    verdiene = [
        (rad["fields"]["type"], str(rad["fields"]["verdi"]))
        for rad in rader
        if rad["model"] == "tiltak.kontaktpunkt" and rad["fields"]["type"] in LES
    ]
    verdiene += [
        ("telefon", rad["fields"]["telefon"])
        for rad in rader
        if rad["model"] == "slt.kommune" and rad["fields"].get("telefon")
    ]

    assert {slag for slag, _verdi in verdiene} >= {"telefon", "epost", "nett"}
    assert [(slag, LES[slag](verdi)) for slag, verdi in verdiene] == verdiene
