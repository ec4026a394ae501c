"""What a browser would send back of a page with forms, as it was shown."""

import re

from slt.felles.skjemaside import Skjema


def innsending(svar, **endret):
    """Returns the data of the forms in a response, ready to be posted.

    Args:
        endret: what the user typed, by the name of the field; None takes a value away.
    """
    data = {}
    for skjema in _skjemaene(svar.context):
        for felt in skjema:
            verdi = felt.value()
            if verdi is not None and verdi is not False:
                data[felt.html_name] = "on" if verdi is True else verdi
    data |= endret
    _legg_til_rader(data)
    return {navn: verdi for navn, verdi in data.items() if verdi is not None}


def _legg_til_rader(data):
    """What was typed in a row that the page did not have, was typed after a press on the
    button for one more."""
    for navn in list(data):
        if treff := re.fullmatch(r"(\w+)-([0-9]+)-\w+", navn):
            antall = f"{treff[1]}-TOTAL_FORMS"
            if antall in data:
                data[antall] = max(int(data[antall]), int(treff[2]) + 1)


def _skjemaene(kontekst):
    if "adminform" in kontekst:
        yield kontekst["adminform"].form
        formsets = [rad.formset for rad in kontekst["inline_admin_formsets"]]
    else:
        skjema, formsets = kontekst.get("skjema"), []
        if isinstance(skjema, Skjema):
            formsets = skjema.rader.values()
            skjema = skjema.hoved
        if skjema is not None:
            yield skjema
    for formset in formsets:
        yield formset.management_form
        yield from formset.forms
