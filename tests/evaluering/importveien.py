"""The way of a table through the import, as a coordinator goes it: sent, laid out, its
words explained, looked at and put in."""

import re
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from evaluering.models import Maling, Tallimport
from evaluering.tall.forms import OppsettForm, TallForm
from evaluering.tall.navneskjema import NavneForm
from evaluering.tall.tallimport import legg_inn as tjenesten
from evaluering.tall.tallimport import les_igjen, merke, ta_vare_pa
from evaluering.tall.tallimport import sett_oppsett as sett_oppsett_pa
from evaluering.tall.views.importen import _lag_det_nye as lag_det_nye
from tests.innsending import innsending


def til(navn, *args):
    return reverse(f"evaluering:{navn}", args=["lillestrom", *args])


def regneark(*rader, flett=(), skjul=(), formater=None, flere=()):
    """A spreadsheet.

    Args:
        skjul: rows as numbers, columns as letters.
        formater: {cell: number format}.
        flere: (name, state, rows) of more sheets.
    """
    bok = Workbook()
    ark = bok.active
    for rad in rader:
        ark.append(rad)
    for omrade in flett:
        ark.merge_cells(omrade)
    for hva in skjul:
        (ark.row_dimensions if isinstance(hva, int) else ark.column_dimensions)[
            hva
        ].hidden = True
    for celle, format_ in (formater or {}).items():
        ark[celle].number_format = format_
    for navn, tilstand, radene in flere:
        ett = bok.create_sheet(navn)
        ett.sheet_state = tilstand
        for rad in radene:
            ett.append(rad)
    ut = BytesIO()
    bok.save(ut)
    return ut.getvalue()


def send(client, navn, innhold):
    return client.post(til("tallimport_ny"), {"fil": SimpleUploadedFile(navn, innhold)})


def lim_inn(client, *rader):
    return client.post(til("tallimport_ny"), {"limt_inn": "\n".join(rader)})


def siste():
    return Tallimport.objects.order_by("pk").last()


def sett_oppsett(client, **endret):
    """Says how the table is laid out; what is not said is as it was proposed."""
    side = til("tallimport_oppsett", siste().pk)
    return client.post(side, innsending(client.get(side), **endret))


def si_navn(client, **endret):
    """Says what the words are; what is not said is as it was proposed. Those of words may
    be given by the word."""
    side = til("tallimport_navn", siste().pk)
    svar = client.get(side)
    felter = {u.navn: f for f, (_h, _n, u) in svar.context["skjema"].navn.items()}
    endret = {felter.get(navn, navn): verdi for navn, verdi in endret.items()}
    return client.post(side, innsending(svar, **endret))


def se(client):
    """The page of the last import, wherever it stands."""
    return client.get(til("tallimport", siste().pk), follow=True)


def sett_i(svar):
    """What the page says was looked at."""
    funnet = re.search('name="sett" value="([^"]+)"', svar.text)
    assert funnet, svar.text[svar.text.find("<main") :]
    return funnet[1]


def legg_inn(client, sett=None, **med):
    sett = sett or sett_i(se(client))
    adresse = til("tallimport_legg_inn", siste().pk)
    return client.post(adresse, {"sett": sett} | med, follow=True)


def gjennom(client, *, oppsett=None, navn=None):
    """Takes the last import all the way in: says how it is laid out where that is asked,
    and what its words are where that is."""
    for _gang in range(3):
        hvor = se(client)
        funnet = hvor.redirect_chain[-1][0] if hvor.redirect_chain else ""
        if funnet.endswith("/oppsett/"):
            svar = sett_oppsett(client, **(oppsett or {}))
        elif funnet.endswith("/navn/"):
            svar = si_navn(client, **(navn or {}))
        else:
            return legg_inn(client)
        assert svar.status_code == 302, svar.context["skjema"].errors
    raise AssertionError("asks again and again")


def lagret():
    """All figures, as (indicator, when, what of, figure or mark)."""
    return {
        (m.indikator.navn, str(m.ar), f"{m.omfang} {m.hva}".strip(), tallet(m))
        for m in Maling.objects.select_related("indikator", "sted", "lokalomrade")
    }


def tallet(m):
    if m.verdi is None:
        return m.merke
    slutt = f"–{m.verdi_til.normalize():f}" if m.verdi_til is not None else ""
    merke = f" {m.merke}" if m.merke else ""
    return f"{m.verdi.normalize():f}{slutt}{merke}"


# Without the pages -----------------------------------------------------------------------


def sendt(kommune, bruker, navn, innhold):
    """The import of a file, or of a text that was pasted; looked at by nobody yet."""
    if isinstance(innhold, str):
        skjema = TallForm({"limt_inn": innhold})
    else:
        skjema = TallForm({}, {"fil": SimpleUploadedFile(navn, innhold)})
    assert skjema.is_valid(), skjema.errors
    return ta_vare_pa(
        kommune=kommune, bruker=bruker, navn=skjema.navn, arkene=skjema.arkene
    )


def som_foreslatt(skjema, **endret):
    """What a browser sends of a form that nobody changed, or only so."""
    data = {f.html_name: f.value() for f in skjema}
    return {n: v for n, v in (data | endret).items() if v is not None}


def last_inn(rad, *, oppsett=None, navn=None):
    """Takes an import in, as `gjennom` does. Returns what it was understood as."""
    skjema = OppsettForm(rad)
    skjema = OppsettForm(rad, som_foreslatt(skjema, **(oppsett or {})))
    assert skjema.is_valid(), skjema.errors
    sett_oppsett_pa(rad, skjema.oppsett)
    rad.bekreftet = True
    rad.save()
    innlest = les_igjen(rad)
    if innlest.ma_spores:
        skjema = NavneForm(rad, innlest)
        felter = {u.navn: f for f, (_h, _n, u) in skjema.navn.items()}
        endret = {felter.get(n, n): verdi for n, verdi in (navn or {}).items()}
        endret = {n: verdi for n, verdi in endret.items() if n in skjema.fields}
        skjema = NavneForm(rad, innlest, som_foreslatt(skjema, **endret))
        assert skjema.is_valid(), skjema.errors
        lag_det_nye(rad, rad.bruker, skjema)
        innlest = les_igjen(rad)
    assert not innlest.feil, innlest.feil
    tjenesten(tallimport=rad, bruker=rad.bruker, sett=merke(innlest))
    return innlest
