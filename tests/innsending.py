"""What a browser would send back of a page with forms, as it was shown."""

import re

from slt.felles.skjemaside import Skjema


def innsending(svar, /, **endret):
    """Returns the data of the forms in a response, ready to be posted.

    Args:
        endret: what the user typed, by the name of the field; None takes a value away.
    """
    skjema, radene = _skjemaene(svar.context)
    data = _verdiene(skjema) if skjema is not None else {}
    for rader in radene:
        for form in (rader.management_form, *rader.forms):
            data |= _verdiene(form)
    return _med_nye_rader(data, radene, endret)


def _verdiene(skjema):
    alle = {felt.html_name: felt.value() for felt in skjema}
    return {
        navn: "on" if verdi is True else verdi
        for navn, verdi in alle.items()
        if verdi is not None and verdi is not False
    }


def _med_nye_rader(data, radene, endret):
    """What was typed in a row that the page did not have, was typed after a press on the
    button for one more."""
    nye = {}
    for rader in radene:
        antall = rader.management_form.add_prefix("TOTAL_FORMS")
        egne = re.compile(rf"{re.escape(rader.prefix)}-([0-9]+)-\w+")
        nevnt = [int(treff[1]) for navn in endret if (treff := egne.fullmatch(navn))]
        fra, til = len(rader.forms), max(nevnt, default=-1) + 1
        for nr in range(fra, til):
            tom = _verdiene(rader.empty_form)
            nye |= {n.replace("__prefix__", str(nr)): v for n, v in tom.items()}
            nye[antall] = til
    data |= nye | endret
    return {navn: verdi for navn, verdi in data.items() if verdi is not None}


def _skjemaene(kontekst):
    """The form of the page, and the sets of rows below it."""
    if "adminform" in kontekst:
        radene = [rad.formset for rad in kontekst["inline_admin_formsets"]]
        return kontekst["adminform"].form, radene
    skjema = kontekst.get("skjema")
    if isinstance(skjema, Skjema):
        return skjema.hoved, list(skjema.rader.values())
    return skjema, [kontekst["formset"]] if kontekst.get("formset") else []
