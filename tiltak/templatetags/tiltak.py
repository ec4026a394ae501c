"""Pieces of pages that the plan lends to every page."""

import re
from itertools import groupby
from operator import attrgetter

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from slt.grunn.den_dagen import dagen
from slt.grunn.norsk import kroner, uten_https
from slt.grunn.riktekst import fra_niva, ren_tekst, rens_html
from tiltak.apent import stengt_tekst
from tiltak.models import Ansvar, akutte_i_dag, betales_av

MALGRUPPER_I_LISTE = 2

_TABELL = re.compile(r"<table>(<thead>.*?</thead>).*?</table>", re.DOTALL)

register = template.Library()


@register.filter
def rik(tekst, niva=3):
    """Rich text, cleaned once more on its way out: the database is no guarantee. A table
    that is wider than the screen is moved by itself, also from the keyboard. Its headings
    begin at the level."""
    html = fra_niva(rens_html(tekst, bilder=True), niva)
    html = _TABELL.sub(_innrammet, html)
    return mark_safe(html)  # noqa: S308 (cleaned)


def _innrammet(treff):
    overskrifter = ren_tekst(f"<table>{treff[1]}</table>").replace("\n", " | ")
    navn = ", ".join(filter(None, map(str.strip, overskrifter.split("|"))))
    ramme = format_html(
        '<div class="tabellramme" role="group" aria-label="{}" tabindex="0">',
        Truncator(_("Tabell: %(hva)s") % {"hva": navn}).chars(100),
    )
    return f"{ramme}{treff[0]}</div>"


@register.filter
def kort(tekst, lengde):
    """The beginning of rich text, as plain text on one line."""
    return Truncator(" ".join(ren_tekst(tekst).split())).chars(lengde)


# A web address as it is printed after a link: whole, since it is there to be typed.
register.filter("nettadresse", uten_https)


# All that pays for a tiltak, grants too.
register.filter("betales_av", betales_av)
register.filter("kroner", kroner)


# What a row of a list says is put together here: a template takes longer over it, and a
# page has fifty rows.


@register.filter
def i_korthet(malgrupper):
    """The first of the målgrupper, and how many more there are."""
    forste = "; ".join(str(gruppe) for gruppe in malgrupper[:MALGRUPPER_I_LISTE])
    flere = len(malgrupper) - MALGRUPPER_I_LISTE
    if flere <= 0:
        return forste
    og_flere = ngettext("og én målgruppe til", "og %(flere)s målgrupper til", flere)
    return f"{forste} {og_flere % {'flere': flere}}"


@register.filter
def etter_rolle(ansvar):
    """Who has which part: "Ansvarlig: PPT, OUT; Medansvarlig: Politiet"."""
    return "; ".join(
        f"{capfirst(Ansvar.Rolle(rolle).label)}: {', '.join(a.tjeneste.kort for a in like)}"
        for rolle, like in groupby(ansvar, attrgetter("rolle"))
    )


@register.filter
def brytes(epost):
    """An e-mail address, which may be parted on a narrow screen before its domain."""
    navn, krollalfa, domene = epost.partition("@")
    return format_html("{}{}<wbr>{}", navn, krollalfa, domene)


@register.filter
def melding(tjeneste):
    """What a tjeneste says that holds today: that it is closed, too, where it is. A page
    is kept for the day."""
    ord_ = tjeneste.melding_den(dagen())
    return stengt_tekst(ord_) if ord_ and tjeneste.stengt else ord_


@register.filter
def varslet(tjeneste):
    """What a tjeneste says that holds today or later, for who reads it on another day."""
    return tjeneste.melding_fra_den(dagen())


@register.inclusion_tag("tiltak/_akuttstripe.html", takes_context=True)
def akuttstripe(context, kommune):
    """Whom to call when it is urgent; the same for everybody, never filtered away. A page
    that has read them already has them as `akuttpunkter`."""
    punkter = context.get("akuttpunkter")
    if punkter is None:
        punkter = akutte_i_dag(kommune)
    return {"kontaktpunkter": punkter}


@register.inclusion_tag("tiltak/_sti.html")
def sti(plan, innsatsomrade=None):
    """The way back from a page inside the plan."""
    return {"plan": plan, "innsatsomrade": innsatsomrade}
