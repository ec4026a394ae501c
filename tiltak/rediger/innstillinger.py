"""Settings that belong to the plans and to whom one asks: themes, guides, the text to
staff, rekker, and documents that need no plan."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from slt.felles.innstillinger import side_med_rader
from slt.felles.radside import MAL, historikken, koordinators
from slt.felles.sider import koordinerer_fremdeles
from slt.felles.skjemaside import skjemaside
from tiltak.models import Tema
from tiltak.rediger.forms.innstillinger import avtaleskjema, planrekkeskjema
from tiltak.rediger.forms.temaer import (
    temaerskjema,
    temaskjema,
    tilansatteskjema,
    veilederskjema,
)


def _vises_ikke(kommune):
    """What to say where what is written is shown nowhere yet."""
    if kommune.hvem_er_pa:
        return ""
    return " " + _(
        "Siden «Hvem kan hjelpe?» er ikke slått på, så det vises ikke der ennå. Den slås "
        "på under «Deler som slås på» i innstillingene."
    )


@koordinators
def temaer(request, kommune):
    """What people look for help with, and the words by which they look."""
    return side_med_rader(
        request,
        kommune,
        temaerskjema,
        overskrift=_("Temaer"),
        ingress=_("Det folk trenger hjelp med, med ordene de bruker.")
        + _vises_ikke(kommune),
    )


@koordinators
def tema(request, kommune, pk):
    """One theme, and those who help with it."""
    tilbake = reverse("tiltak:temaer", args=[kommune.slug])

    def hent():
        koordinerer_fremdeles(request, kommune)
        rader = Tema.objects.select_related("kommune").filter(kommune=kommune)
        return get_object_or_404(rader, pk=pk)

    def ferdig(_tema):
        messages.success(request, _("Endringen er lagret."))
        return redirect(tilbake)

    return skjemaside(
        request,
        kommune,
        hent=hent,
        bygg=temaskjema,
        mal=MAL,
        ferdig=ferdig,
        kontekst=lambda rad: {
            "kommune": kommune,
            "overskrift": _("Endre %s") % rad,
            "ingress": _(
                "Det ansatte skal lese om temaet, skriver dere på siden «Tekst til "
                "ansatte»."
            )
            + _vises_ikke(kommune),
            "tilbake": tilbake,
            "historikk": partial(historikken, request, rad, kommune),
        },
    )


@koordinators
def veiledere(request, kommune):
    """What staff go by: guides, forms and routines."""
    return side_med_rader(
        request,
        kommune,
        veilederskjema,
        overskrift=_("Veiledere, skjema og rutiner"),
        ingress=_(
            "Det ansatte arbeider etter. Det vises ved temaene og tiltakene det hører til."
        ),
    )


@koordinators
def til_ansatte(request, kommune):
    """What staff read beside whom to call."""
    ingress = _(
        "Ansatte leser dette på siden «Hvem kan hjelpe?»: om plikten til å melde, og hva "
        "kommunen vil at de gjør."
    )
    ingress += _vises_ikke(kommune)
    if not kommune.til_ansatte.filter(tema=None).exists():
        ingress += " " + _(
            "Dere har ikke skrevet en tekst for alle temaer. Til dere gjør det, står det "
            "en tekst der som følger med programmet."
        )
    return side_med_rader(
        request,
        kommune,
        tilansatteskjema,
        overskrift=_("Tekst til ansatte"),
        ingress=ingress,
    )


@koordinators
def planrekker(request, kommune):
    """The rekker in which plans follow each other."""
    return side_med_rader(
        request,
        kommune,
        planrekkeskjema,
        overskrift=_("Planrekker"),
        ingress=_(
            "Planer som følger hverandre i tid. De fleste kommuner har én rekke."
        ),
    )


@koordinators
def styringsdokumenter(request, kommune):
    """What the SLT model itself rests on."""
    return side_med_rader(
        request,
        kommune,
        avtaleskjema,
        overskrift=_("Vedtak og avtaler"),
        ingress=_(
            "Det som gjelder SLT-modellen selv, og ikke hører til én plan. Det står på "
            "siden «Møter». Dokumentene til en plan fører du opp i planen."
        ),
    )
