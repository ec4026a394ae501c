"""The forms of coordinators for series and single meetings. What a change of a series
does to its meetings is shown before it is saved."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from moter.models import Forum, Mote, Moteserie
from moter.moteplan.forms.moter import AvsluttForm, BegrunnelseForm, MoteForm, SerieForm
from moter.moteplan.serier import las, slipp
from moter.moteplan.varsler import omleggingens_varsler, varsler
from slt.felles.sider import for_koordinator, koordinerer_fremdeles, sendt
from slt.grunn.historikk import begrunnet

get_eller_post = require_http_methods(["GET", "POST"])


# Series -------------------------------------------------------------------------------


@get_eller_post
@for_koordinator
def serie_ny(request, kommune):
    """A rule for when a forum meets."""
    serie = Moteserie(forum=_forum(request, kommune))
    return _serieside(request, serie, SerieForm, "moter/serie.html")


@get_eller_post
@for_koordinator
def serie_endre(request, kommune, pk):
    """Another rule, time or place for the meetings to come."""
    serie = _rad(Moteserie, request, kommune, pk)
    return _serieside(request, serie, SerieForm, "moter/serie.html")


@get_eller_post
@for_koordinator
def serie_avslutt(request, kommune, pk):
    """The last day of a series."""
    serie = _rad(Moteserie, request, kommune, pk)
    return _serieside(request, serie, AvsluttForm, "moter/serie_avslutt.html")


def _serieside(request, serie, formklasse, mal):
    """Shows the form; what it would do, once it is sent; and saves what was shown."""
    forum, er_ny, rytme = serie.forum, serie.pk is None, serie.pk and serie.rytme
    skjema = formklasse(sendt(request), instance=serie)
    if request.method == "POST":
        with transaction.atomic():
            las(forum)
            koordinerer_fremdeles(request, forum.kommune)
            gyldig = skjema.is_valid()
            if gyldig and request.POST.get("bekreft") == skjema.merke:
                with begrunnet(skjema.cleaned_data.get("begrunnelse", "")):
                    skjema.lagre()
                messages.success(
                    request,
                    _("Møteserien er lagt inn.")
                    if er_ny
                    else _("Møteserien er endret."),
                )
                return redirect(_seriens_side(serie))
    return _svar(
        request,
        mal,
        forum,
        skjema,
        # As it was before the form was filled in.
        serie=None if er_ny else serie,
        er_ny=er_ny,
        rytme=rytme,
        moter=[] if er_ny else serie.moter.kommende(),
        varsler=skjema.plan
        and omleggingens_varsler(bruker=request.user, serie=serie, plan=skjema.plan),
        har_sett="bekreft" in request.POST,
        tilbake=_moteplanen(forum) if er_ny else _seriens_side(serie),
    )


# Single meetings ----------------------------------------------------------------------


@get_eller_post
@for_koordinator
def mote_ny(request, kommune):
    """A meeting outside the series; also one that was held already."""
    return _moteside(request, Mote(forum=_forum(request, kommune)))


@get_eller_post
@for_koordinator
def mote_endre(request, kommune, pk):
    """When and where a meeting is."""
    return _moteside(request, _rad(Mote, request, kommune, pk))


@require_POST
@for_koordinator
def mote_avlys(request, kommune, pk):
    """A meeting is not held; why, the history says."""
    mote = _rad(Mote, request, kommune, pk)
    skjema = BegrunnelseForm(request.POST, prefix="avlys")
    if not skjema.is_valid():
        return _vis_mote(request, mote, MoteForm(instance=mote), avlys=skjema)
    begrunnelse = skjema.cleaned_data["begrunnelse"]
    _lagre(request, mote, begrunnelse, status=Mote.Status.AVLYST, fastsatt=True)
    messages.success(request, _("Møtet er avlyst. Kalenderne får beskjed om det."))
    return redirect(_motets_side(mote))


@require_POST
@for_koordinator
def mote_gjenopprett(request, kommune, pk):
    """A meeting that was cancelled is held all the same, if the forum is free."""
    mote = _rad(Mote, request, kommune, pk)
    with transaction.atomic():
        las(mote.forum)
        koordinerer_fremdeles(request, mote.forum.kommune)
        samtidig = mote.forum.moter.holdes().filter(start=mote.start)
        hvorfor_ikke = mote.hvorfor_ikke_da()
        if samtidig.exclude(pk=mote.pk).exists():
            hvorfor_ikke = _("Forumet har allerede et møte da. Flytt et av dem først.")
        if hvorfor_ikke:
            messages.warning(request, hvorfor_ikke)
            return redirect(_motets_side(mote))
        _lagre(request, mote, "", status=Mote.Status.PLANLAGT, fastsatt=True)
    messages.success(request, _("Møtet er ikke avlyst lenger."))
    return redirect(_motets_side(mote))


@require_POST
@for_koordinator
@transaction.atomic
def mote_slipp(request, kommune, pk):
    """A meeting that was decided by hand follows its series again."""
    las(_rad(Mote, request, kommune, pk).forum)
    mote = _rad(Mote, request, kommune, pk)
    if not _kan_slippes(mote):
        raise Http404
    slipp(mote=mote)
    if mote.er_avlyst:
        messages.warning(request, _("Serien har ikke noe møte da, så møtet er avlyst."))
    else:
        messages.success(request, _("Møtet følger serien igjen."))
    return redirect(_motets_side(mote))


def _kan_slippes(mote):
    """Whether it is one to come that its series would decide about, but for somebody."""
    er_bestemt = mote.fastsatt or mote.dag != mote.opprinnelig_dato
    holdes = mote.start > timezone.now() and not mote.er_avlyst
    return bool(mote.serie_id and er_bestemt and holdes)


def _moteside(request, mote):
    """Shows the form, or saves."""
    skjema = MoteForm(sendt(request), instance=mote)
    if request.method == "POST":
        with transaction.atomic():
            las(mote.forum)
            koordinerer_fremdeles(request, mote.forum.kommune)
            if skjema.is_valid():
                with begrunnet(skjema.cleaned_data.get("begrunnelse", "")):
                    skjema.save()
                messages.success(request, _("Møtet er lagret."))
                return redirect(_motets_side(mote))
    return _vis_mote(request, mote, skjema)


def _vis_mote(request, mote, skjema, avlys=None):
    lagret = Mote.objects.filter(pk=mote.pk).select_related("serie").first()
    return _svar(
        request,
        "moter/mote.html",
        mote.forum,
        skjema,
        avlys or BegrunnelseForm(prefix="avlys"),
        mote=lagret,
        varsler=varsler(
            bruker=request.user,
            kommune=mote.forum.kommune,
            moter=Mote.objects.filter(pk=mote.pk).holdes().kommende(),
        ),
        kan_beholdes=bool(lagret) and lagret.slutt >= timezone.now(),
        kan_slippes=bool(lagret) and _kan_slippes(lagret),
        tilbake=_seriens_side(lagret.serie)
        if lagret and lagret.serie
        else _moteplanen(mote.forum),
    )


def _lagre(request, mote, begrunnelse, **felter):
    """Sets the fields of the meeting as it is once nobody else writes."""
    with transaction.atomic(), begrunnet(begrunnelse):
        las(mote.forum)
        koordinerer_fremdeles(request, mote.forum.kommune)
        mote.refresh_from_db()
        for navn, verdi in felter.items():
            setattr(mote, navn, verdi)
        mote.save()


# What they have in common -------------------------------------------------------------


def _forum(request, kommune):
    """The forum that the address names, if the user keeps it and it is at work."""
    fora = Forum.objects.holdes_av(request.user).virksomme()
    fora = fora.filter(kommune=kommune).select_related("kommune")
    # Compared here: databases refuse some of what an address may hold.
    valgt = {forum.slug: forum for forum in fora}.get(request.GET.get("forum"))
    if valgt is None:
        raise Http404
    return valgt


def _rad(modell, request, kommune, pk):
    """A series or a meeting of a forum that the user keeps."""
    return get_object_or_404(
        modell.objects.select_related("forum__kommune").filter(
            forum__in=Forum.objects.holdes_av(request.user)
        ),
        forum__kommune=kommune,
        pk=pk,
    )


def _svar(request, mal, forum, skjema, avlys=None, **kontekst):
    har_feil = bool(skjema.errors or (avlys and avlys.errors))
    return render(
        request,
        mal,
        kontekst
        | {
            "kommune": forum.kommune,
            "forum": forum,
            "skjema": skjema,
            # Their history has no page of its own.
            "na": request.path if skjema.er_endret_av_andre else None,
            "formset": None,
            "avlys": avlys,
            "har_feil": har_feil,
        },
        status=422 if har_feil else 200,
    )


def _seriens_side(serie):
    return reverse("moter:serie_endre", args=[serie.forum.kommune.slug, serie.pk])


def _motets_side(mote):
    return reverse("moter:mote_endre", args=[mote.forum.kommune.slug, mote.pk])


def _moteplanen(forum):
    return reverse("moter:moteplan", args=[forum.kommune.slug])
