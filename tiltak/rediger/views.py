"""The forms on the site, of coordinators and of those who keep a tjeneste: one plain page
for what changes weekly. All the rest is in the admin."""

from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from js_asset import Media

from slt.felles.arbeidskommune import arbeid_i, valgt_kommune
from slt.felles.bevart import i_malformen
from slt.felles.sider import for_koordinator, kan_endre, las_egen, sendt
from slt.felles.tekstredigering import TEKSTREDIGERING
from slt.grunn.historikk import Art, begrunnet
from slt.models import Kommune
from tiltak.models import Ansvar, Handlingsplan, Kontaktpunkt, Tiltak, Tjeneste
from tiltak.publisering import PUBLISERES, publiser, upubliserte
from tiltak.rediger.forms import (
    AnsvarFormSet,
    KontaktpunktEndreForm,
    KontaktpunktRedaktorForm,
    TiltakEndreForm,
    TjenesteEndreForm,
    TjenesteRedaktorForm,
)

MER_ENN_RETTELSE = gettext_lazy(
    "Ny status eller nytt ansvar er en endring, ikke en rettelse. Ta bort haken, eller "
    "lagre rettelsen for seg."
)


def _endreside(view):
    """Decorator of a page with a form and the text editor, in the language of the
    kommune; nothing keeps it."""
    view = require_http_methods(["GET", "POST"])(i_malformen(view))
    return never_cache(csp_update(TEKSTREDIGERING)(view))


@_endreside
def tiltak_endre(request, kommune, pk):
    """Title, text, status and responsible tjenester of a tiltak."""
    rader = (
        Tiltak.objects.select_related(
            "kommune",
            "plan__kommune",
            "overordnet__kommune",
            "overordnet__plan__kommune",
        )
        .filter(kommune__in=request.user.koordinerer)
        .exclude(plan__status=Handlingsplan.Status.AVLOST)
    )
    tiltak = get_object_or_404(rader, kommune__slug=kommune, pk=pk)
    ansvar = AnsvarFormSet(
        sendt(request),
        instance=tiltak,
        # What holds at one place alone is rare, and is in the admin.
        queryset=Ansvar.objects.filter(plassering=None)
        .select_related("tjeneste")
        .prefetch_related("kontaktvalg", "tjeneste__kontaktpunkter"),
        form_kwargs={"tjenester": _valgbare_tjenester(tiltak)},
    )
    pa_sted = tiltak.ansvar.exclude(plassering=None).order_by(
        "plassering", "rekkefolge"
    )
    return _skjemaside(
        request,
        rader,
        tiltak,
        TiltakEndreForm,
        formset=ansvar,
        ansvar_pa_sted=pa_sted.select_related("plassering__innsatsomrade", "tjeneste"),
    )


@_endreside
def tjeneste_endre(request, kommune, pk):
    """Name and description of a tjeneste."""
    rader = Tjeneste.objects.select_related("kommune").endres_av(request.user)
    tjeneste = get_object_or_404(rader, kommune__slug=kommune, pk=pk)
    skjema = (
        TjenesteEndreForm
        if kan_endre(request.user, tjeneste.kommune)
        else TjenesteRedaktorForm
    )
    return _skjemaside(request, rader, tjeneste, skjema)


@_endreside
def kontaktpunkt_endre(request, kommune, pk):
    """A telephone number, an address, and when it was last confirmed."""
    rader = Kontaktpunkt.objects.select_related("tjeneste__kommune").endres_av(
        request.user
    )
    punkt = get_object_or_404(rader, tjeneste__kommune__slug=kommune, pk=pk)
    skjema = (
        KontaktpunktEndreForm
        if kan_endre(request.user, punkt.tjeneste.kommune)
        else KontaktpunktRedaktorForm
    )
    return _skjemaside(request, rader, punkt, skjema)


@require_safe
@for_koordinator
def upublisert(request, kommune, plan):
    """What is not public yet of a plan that holds, each with a way to make it so."""
    plan = get_object_or_404(kommune.planer.gjeldende(), slug=plan)
    plan.kommune = kommune
    grupper = upubliserte(plan)
    for hva, rader in grupper:
        for rad in rader:
            rad.slettes_i_admin = f"admin:tiltak_{hva}_delete"
    return render(
        request,
        "tiltak/upublisert.html",
        {
            "kommune": kommune,
            "plan": plan,
            "grupper": grupper,
            "i_admin_her": valgt_kommune(request) == kommune,
        },
    )


@require_POST
@for_koordinator
def publiser_del(request, kommune, hva, pk):
    """Makes it public."""
    with transaction.atomic():
        las_egen(request, kommune)
        rader = PUBLISERES[hva].objects.filter(
            plan__kommune=kommune,
            plan__status=Handlingsplan.Status.GJELDENDE,
            publisert=False,
        )
        rad = get_object_or_404(rader.select_related("plan__kommune"), pk=pk)
        try:
            publiser(rad)
        except ValidationError as feil:
            messages.warning(request, feil.message)
        else:
            messages.success(request, _("«%s» er publisert.") % rad)
    return redirect("tiltak:upublisert", kommune.slug, rad.plan.slug)


def _valgbare_tjenester(tiltak):
    """Those that are at work, and those that the tiltak has already."""
    tjenester = tiltak.kommune.tjenester
    return tjenester.virksomme() | tjenester.filter(
        pk__in=tiltak.ansvar.values("tjeneste")
    )


def _skjemaside(request, rader, rad, formklasse, *, formset=None, **mer):
    """Shows the form, or saves and leads back to the page that was changed.

    Args:
        rader: the QuerySet of those that the asker may change.
        rad: one of them.
        mer: what else the page says.
    """
    navn, kommune = str(rad), _kommunen_til(rad)
    skjema = formklasse(sendt(request), instance=rad)
    deler = [skjema] if formset is None else [skjema, formset]
    if request.method == "POST":
        with transaction.atomic():
            # What the form finds unchanged is so until it is saved.
            Kommune.objects.las(kommune.pk)
            # Perhaps their right was ended while they waited.
            get_object_or_404(rader.all(), pk=rad.pk)
            # Asked all of them, so that each says what is wrong with it.
            gyldige = [del_.is_valid() for del_ in deler]
            if all(gyldige) and _er_mer_enn_en_rettelse(skjema, formset):
                skjema.add_error("rettelse", MER_ENN_RETTELSE)
                gyldige.append(False)
            if all(gyldige):
                rettelse = skjema.cleaned_data.get("rettelse")
                art = Art.RETTELSE if rettelse else Art.ENDRING
                with begrunnet(skjema.cleaned_data["begrunnelse"], art=art):
                    for del_ in deler:
                        del_.save()
                messages.success(request, _("Endringen er lagret."))
                return redirect(_siden_til(rad))
    return render(
        request,
        "tiltak/endre.html",
        {
            "historikk": _historikken(request, rad, kommune)
            if skjema.er_endret_av_andre
            else None,
            "i_admin_her": valgt_kommune(request) == kommune,
            "skjema": skjema,
            "formset": formset,
            "rad": navn,
            "tilbake": _siden_til(rad),
            "kommune": kommune,
            "media": Media.from_media(skjema.media, nonce=request.csp_nonce),
            **mer,
        },
        status=200 if request.method == "GET" else 422,
    )


def _er_mer_enn_en_rettelse(skjema, formset):
    """Whether something was called a correction that the plan decides."""
    if not skjema.cleaned_data.get("rettelse"):
        return False
    return "status" in skjema.changed_data or bool(formset and formset.has_changed())


def _historikken(request, rad, kommune):
    """Where the history of the row is; None for those who do not get into the admin."""
    if not kan_endre(request.user, kommune):
        return None
    arbeid_i(request, kommune)
    return reverse(f"admin:tiltak_{rad._meta.model_name}_history", args=[rad.pk])


def _siden_til(rad):
    return (rad.tjeneste if isinstance(rad, Kontaktpunkt) else rad).get_absolute_url()


def _kommunen_til(rad):
    return (rad.tjeneste if isinstance(rad, Kontaktpunkt) else rad).kommune
