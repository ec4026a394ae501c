"""Pictures in texts: how they come in, and who may see them."""

import base64
import json

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.grunn import avgrenset
from slt.grunn.bilde import ANNET_SLAG, FOR_STORT, HEIC, IKKE_BILDE, ODELAGT
from slt.grunn.pdf import STATISK
from slt.grunn.riktekst import bildekoder, bytt_bilder
from slt.grunn.tekst import Fritekst
from slt.models import Bilde, Kommune

FLEST = 500
BUDSJETT = avgrenset.Budsjett(sekunder=30, prosessor=20, megabyte=1000, svar=1.1)

HVORFOR = {
    IKKE_BILDE: gettext_lazy(
        "Filen er ikke et bilde. Velg et bilde i formatet JPEG, PNG eller WebP."
    ),
    HEIC: gettext_lazy(
        "Bildet er i formatet HEIC, som nettlesere ikke viser. Lagre det som JPEG, eller "
        "ta et skjermbilde av det, og prøv igjen."
    ),
    ANNET_SLAG: gettext_lazy(
        "Nettstedet tar bilder i formatene JPEG, PNG og WebP. Lagre bildet i ett av dem, "
        "og prøv igjen."
    ),
    FOR_STORT: gettext_lazy(
        "Bildet er for stort. Lagre det med færre piksler, og prøv igjen."
    ),
    ODELAGT: gettext_lazy("Bildet er ødelagt. Lagre det på nytt, og prøv igjen."),
}


def lagre_bilde(kommune, innhold):
    """Returns the Bilde that is made of the bytes of a file; the one that is there already
    when they are the same.

    Raises:
        ValidationError: when there is no picture in it, or no room for more.
    """
    hode, nytt = _laget_paa_nytt(innhold)
    kode = Bilde.kode_for(kommune, nytt)
    with transaction.atomic():
        Kommune.objects.las(kommune.pk)
        egne = Bilde.objects.uten_innhold().filter(kommune=kommune)
        if funnet := egne.filter(kode=kode).first():
            return funnet
        if egne.count() >= FLEST:
            raise ValidationError(
                _("Kommunen har %(antall)d bilder, og kan ikke ha flere."),
                code="for_mange",
                params={"antall": FLEST},
            )
        return Bilde.objects.create(
            kommune=kommune, kode=kode, innhold=nytt, storrelse=len(nytt), **hode
        )


def _laget_paa_nytt(innhold):
    """Returns ({type, bredde, hoyde}, bytes) of the picture in a file."""
    try:
        svar = avgrenset.kjor("slt.grunn.bilde:lag", innhold, BUDSJETT)
    except (avgrenset.ForTregt, avgrenset.ForStort) as feil:
        raise _avvist(FOR_STORT) from feil
    except avgrenset.Mislyktes as feil:
        raise _avvist(ODELAGT) from feil
    linje, _skille, nytt = svar.partition(b"\n")
    hode = json.loads(linje)
    if "feil" in hode:
        raise _avvist(hode["feil"])
    return hode, nytt


def _avvist(hvorfor):
    return ValidationError(HVORFOR[hvorfor], code=hvorfor)


# In texts -----------------------------------------------------------------------------


def bildefelter():
    """Yields (model, field) of all texts that may hold pictures, those of histories not
    among them."""
    for modell in apps.get_models():
        if hasattr(modell, "historikk"):
            for felt in modell._meta.concrete_fields:
                if isinstance(felt, Fritekst) and felt.bilder:
                    yield modell, felt


def ses_av(bilde, bruker):
    """Whether the user sees a text that holds the picture. A text of another kommune shows
    it to nobody, whatever somebody wrote into it."""
    for modell, felt in bildefelter():
        egne = modell.objects.synlige_for(bruker).filter(
            **{modell.kommune_sti: bilde.kommune_id}
        )
        if egne.filter(**{f"{felt.name}__contains": bilde.adresse}).exists():
            return True
    return False


def fremmede_koder(tekst, kommune_pk):
    """Returns the codes in a text that are of no picture of the kommune."""
    koder = bildekoder(tekst)
    if not koder:
        return set()
    egne = Bilde.objects.filter(kommune=kommune_pk, kode__in=koder)
    return koder - set(egne.values_list("kode", flat=True))


def bilder_til_dokument(html, kommune):
    """Returns (the HTML of a document in which pictures that are not of the kommune are
    taken out, {name of each that is left: its bytes in base64})."""
    egne = {b.kode: b for b in kommune.bilder.filter(kode__in=bildekoder(html))}

    def figur(hele, kode, _type):
        if kode not in egne:
            return ""
        return hele.replace('src="/', f'src="{STATISK}', 1)

    ut = bytt_bilder(html, figur)
    filer = {
        bilde.adresse.removeprefix("/"): base64.b64encode(bilde.innhold).decode()
        for bilde in egne.values()
    }
    return ut, filer
