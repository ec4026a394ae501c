"""What a browser would send back of a page with forms, as it was shown."""


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
    return {navn: verdi for navn, verdi in data.items() if verdi is not None}


def _skjemaene(kontekst):
    if "adminform" in kontekst:
        yield kontekst["adminform"].form
        formsets = [rad.formset for rad in kontekst["inline_admin_formsets"]]
    else:
        if "skjema" in kontekst:
            yield kontekst["skjema"]
        formsets = [kontekst["formset"]] if kontekst.get("formset") else []
    for formset in formsets:
        yield formset.management_form
        yield from formset.forms
