"""A tjeneste among the contacts of a phone: a vCard.

Version 3.0, which every phone takes; of 4.0 many read no more than the name.
"""

import vobject
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from slt.grunn.telefon import ringes
from tiltak.models import Kontaktpunkt

FORMAT = "text/vcard; charset=utf-8"
Type = Kontaktpunkt.Type
# What a phone makes of a number.
TELEFON = {Type.TELEFON: ["WORK", "VOICE"], Type.SMS: ["CELL"]}


def kan_lagres(punkter):
    """Whether there is something among these that a phone can call or write to."""
    return any(punkt.er_nummer or punkt.type == Type.EPOST for punkt in punkter)


def vcard(tjeneste, punkter, *, side):
    """Returns the vCard in bytes: UTF-8, CRLF; the same rows give the same bytes.

    Args:
        tjeneste: with its kommune loaded.
        punkter: those that the asker sees, with sted and apningstider loaded. Who sits
            behind one is not said: it stays on the phone when somebody else does.
        side: the whole address of its page, where what holds now stands.
    """
    kort = vobject.vCard()
    kort.add("fn").value = tjeneste.navn
    kort.add("n").value = vobject.vcard.Name()
    kort.add("org").value = [tjeneste.navn]
    # What Apple's phones ask, so as to show a name that is nobody's.
    kort.add("x-abshowas").value = "COMPANY"
    if tjeneste.kortnavn:
        kort.add("nickname").value = tjeneste.kortnavn
    # Saved again, it takes the place of the first one, on phones that look for that.
    kort.add("uid").value = side
    adresser = [side]
    for nummer, punkt in enumerate(punkter, 1):
        if punkt.er_nummer:
            _merket(
                kort, nummer, punkt, "tel", ringes(punkt.verdi), TELEFON[punkt.type]
            )
        elif punkt.type == Type.EPOST:
            _merket(kort, nummer, punkt, "email", punkt.verdi, ["INTERNET", "WORK"])
        elif punkt.lenke:
            adresser.append(punkt.lenke)
    for adresse in adresser:
        kort.add("url").value = adresse
    kort.add("note").value = "\n".join(_merknader(punkter, side))
    return kort.serialize().encode()


def _merket(kort, nummer, punkt, felt, verdi, typer):
    """Adds it, with the name by which it stands on the page."""
    linje, navn = kort.add(felt), _navnet(punkt)
    linje.value, linje.type_param = verdi, typer
    if navn:
        linje.group = f"item{nummer}"
        merke = kort.add("x-ablabel")
        merke.value, merke.group = navn, linje.group


def _navnet(punkt):
    return capfirst(" ".join(str(ord_) for ord_ in (punkt.etikett, punkt.sted) if ord_))


def _merknader(punkter, side):
    """Yields what has no field of its own: how to go about it, when, and where to look
    again."""
    for punkt in punkter:
        ord_ = [str(tid) for tid in punkt.apningstider.all()]
        ord_ += [punkt.apningstid_tekst, punkt.instruks]
        if punkt.ved_ikke_svar:
            ord_.append(_("Ingen svar? %s") % punkt.ved_ikke_svar)
        om = ". ".join(capfirst(o).rstrip(".") for o in ord_ if o)
        hva = _navnet(punkt) or capfirst(punkt.get_type_display())
        if not punkt.lenke:
            om = ". ".join(filter(None, [punkt.visning.rstrip("."), om]))
        elif not om:
            continue
        else:
            hva = f"{hva} {punkt.visning}" if punkt.er_nummer else hva
        yield f"{hva}: {om}."
    yield _("Numre endres. Det som gjelder nå: %s") % side
