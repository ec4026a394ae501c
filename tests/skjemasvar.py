"""What a user does with a form of the site, and what it answers."""

from itertools import chain

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.innsending import innsending
from tests.lest import Lest

UGYLDIG = "Velg et gyldig valg. Valget er ikke av de tilgjengelige valgene."


def send(klient, adresse, **endret):
    """Opens the form, changes it, sends it."""
    return klient.post(adresse, innsending(klient.get(adresse), **endret))


def feil(svar):
    """{field: message}, those of the rows by the names that the page has for them; each
    of them stands on the page."""
    assert svar.status_code == 422
    skjema = svar.context["skjema"]
    ut = {felt: f[0] for felt, f in skjema.hoved.errors.items()}
    for rad in chain(*skjema.rader.values()):
        ut |= {rad.add_prefix(felt): f[0] for felt, f in rad.errors.items()}
    tekst = Lest(svar).tekst
    assert all(" ".join(str(melding).split()) in tekst for melding in ut.values())
    return {felt: str(melding) for felt, melding in ut.items()}


def sporringer(klient, adresse):
    """How many queries the page asks, that was not kept."""
    cache.clear()
    with CaptureQueriesContext(connection) as fanget:
        assert klient.get(adresse).status_code == 200
    return len(fanget)


# What no field asks for.
TULL = ["99999999999999999999", "\0", "-1", "NaN", "2026-02-30", "æ" * 600]


def tull_i_alt(svar, verdi):
    """The data of the form in a response with that in every field, and in a row more of
    each set."""
    skjema = svar.context["skjema"]
    data = innsending(svar) | {felt.html_name: verdi for felt in skjema.hoved}
    for rader in skjema.rader.values():
        antall = len(rader.forms)
        data[f"{rader.prefix}-TOTAL_FORMS"] = antall + 1
        for form in [*rader.forms, rader.empty_form]:
            navnene = [felt.html_name for felt in form]
            data |= {n.replace("__prefix__", str(antall)): verdi for n in navnene}
    return data
