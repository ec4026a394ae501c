"""The pages on which a coordinator makes, changes and removes what is known: sources, what
they found and recommend, and indicators."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from evaluering.kunnskap.forms import (
    anbefalingskjema,
    funnskjema,
    indikatorskjema,
    kildeskjema,
    neste_nummer,
)
from evaluering.models import Anbefaling, Funn, Indikator, Kilde
from slt.felles import radside
from slt.felles.radside import Sletting, koordinators


def _kunnskapen(kommune, sted=""):
    adresse = reverse("evaluering:kunnskap", args=[kommune.slug])
    return f"{adresse}#{sted}" if sted else adresse


# Sources ------------------------------------------------------------------------------


@koordinators
def kilde_ny(request, kommune):
    """A source, with what it found and recommends."""
    return radside.ny(
        request,
        kommune,
        lag=lambda: Kilde(kommune=kommune),
        bygg=kildeskjema,
        overskrift=_("Ny kilde"),
        avbryt=_kunnskapen(kommune),
        etterpa=_ved_kilden,
    )


@koordinators
def kilde_endre(request, kommune, pk):
    """What a source is, and what it says."""
    return radside.endre(
        request,
        kommune,
        kommune.kilder.select_related("kommune"),
        pk,
        bygg=kildeskjema,
        etterpa=_ved_kilden,
        slettes="evaluering:kilde_slett",
    )


@koordinators
def kilde_slett(request, kommune, pk):
    """Removes one that says nothing."""
    hva = Sletting(
        folger=_("Kilden blir borte."),
        i_stedet=_("Slett det først, eller la kilden stå."),
        avbryt=reverse("evaluering:kilde_endre", args=[kommune.slug, pk]),
        etterpa=_kunnskapen(kommune),
    )
    return radside.slett(request, kommune, kommune.kilder, pk, lambda _kilde: hva)


def _ved_kilden(kilde):
    return _kunnskapen(kilde.kommune, f"kilde-{kilde.pk}")


# What a source says -------------------------------------------------------------------


@koordinators
def funn_nytt(request, kommune, kilde):
    """One more thing that a source found."""
    return _ny_del(request, kommune, kilde, Funn, funnskjema, _("Nytt funn"))


@koordinators
def anbefaling_ny(request, kommune, kilde):
    """One more thing that a source recommends."""
    return _ny_del(
        request, kommune, kilde, Anbefaling, anbefalingskjema, _("Ny anbefaling")
    )


def _ny_del(request, kommune, kilde_pk, modell, bygg, overskrift):
    def finn():
        return get_object_or_404(kommune.kilder.select_related("kommune"), pk=kilde_pk)

    def lag():
        kilde = finn()
        return modell(kilde=kilde, nummer=neste_nummer(modell, kilde))

    kilde = finn()
    return radside.ny(
        request,
        kommune,
        lag=lag,
        bygg=bygg,
        overskrift=overskrift,
        ingress=kilde.henvisning,
        avbryt=_ved_kilden(kilde),
        etterpa=_ved_det,
    )


@koordinators
def funn_endre(request, kommune, pk):
    """What was found, and which tiltak answer it."""
    return _del_endre(request, kommune, Funn, pk, funnskjema, _("Endre funnet"))


@koordinators
def anbefaling_endre(request, kommune, pk):
    """What is recommended, what it rests on, and what came of it."""
    return _del_endre(
        request, kommune, Anbefaling, pk, anbefalingskjema, _("Endre anbefalingen")
    )


def _del_endre(request, kommune, modell, pk, bygg, overskrift):
    return radside.endre(
        request,
        kommune,
        modell.objects.i(kommune).select_related("kilde__kommune"),
        pk,
        bygg=bygg,
        etterpa=_ved_det,
        slettes=f"evaluering:{modell._meta.model_name}_slett",
        overskrift=overskrift,
        ingress=lambda rad: rad.kilde.henvisning,
    )


@koordinators
def funn_slett(request, kommune, pk):
    """Removes a finding."""
    folger = _("Funnet blir borte, og det knytter ikke lenger tiltak til kilden.")
    return _del_slett(request, kommune, Funn, pk, folger)


@koordinators
def anbefaling_slett(request, kommune, pk):
    """Removes a recommendation."""
    folger = _("Anbefalingen blir borte, og den knytter ikke lenger tiltak til kilden.")
    return _del_slett(request, kommune, Anbefaling, pk, folger)


def _del_slett(request, kommune, modell, pk, folger):
    navn = modell._meta.model_name
    hva = Sletting(
        folger=folger,
        i_stedet="",
        avbryt=reverse(f"evaluering:{navn}_endre", args=[kommune.slug, pk]),
        etterpa=_kunnskapen(kommune),
    )
    return radside.slett(
        request, kommune, modell.objects.i(kommune), pk, lambda _rad: hva
    )


def _ved_det(rad):
    sted = f"{rad._meta.model_name}-{rad.pk}"
    return _kunnskapen(rad.kilde.kommune, sted)


# What is measured ---------------------------------------------------------------------


@koordinators
def indikator_ny(request, kommune):
    """Something that is measured; its figures come after."""
    return radside.ny(
        request,
        kommune,
        lag=lambda: Indikator(kommune=kommune),
        bygg=indikatorskjema,
        overskrift=_("Ny indikator"),
        ingress="" if kommune.kilder.exists() else _lag_kilden_forst(kommune),
        avbryt=_tallene(kommune),
        etterpa=Indikator.get_absolute_url,
    )


def _lag_kilden_forst(kommune):
    return format_html(
        '{} <a class="ds-link" href="{}">{}</a>',
        _("Lag først kilden som tallene er fra."),
        reverse("evaluering:kilde_ny", args=[kommune.slug]),
        _("Ny kilde"),
    )


@koordinators
def indikator_endre(request, kommune, pk):
    """What is measured, and where it is to go."""
    return radside.endre(
        request,
        kommune,
        kommune.indikatorer.select_related("kommune"),
        pk,
        bygg=indikatorskjema,
        etterpa=Indikator.get_absolute_url,
        slettes="evaluering:indikator_slett",
    )


@koordinators
def indikator_slett(request, kommune, pk):
    """Removes one without figures."""
    hva = Sletting(
        folger=_("Indikatoren blir borte."),
        i_stedet=_("Slett det først, eller la være å publisere indikatoren."),
        avbryt=reverse("evaluering:indikator_endre", args=[kommune.slug, pk]),
        etterpa=_tallene(kommune),
    )
    return radside.slett(request, kommune, kommune.indikatorer, pk, lambda _rad: hva)


def _tallene(kommune):
    return reverse("evaluering:indikator_list", args=[kommune.slug])
