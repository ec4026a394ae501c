"""For those who read a draft: the door of a link, the form in which they say what they
think of it, and what became of that."""

from contextlib import nullcontext
from datetime import timedelta
from operator import attrgetter

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from slt.felles.bevart import i_malformen
from slt.felles.bremse import for_mange
from slt.felles.lenkedor import lenkedor
from slt.felles.sider import kan_endre, sendt, videre
from slt.grunn.historikk import Dor, spor
from slt.models import Bruker, Kommune, Tilgang
from tiltak.innspill.emner import Emne, emnet
from tiltak.innspill.forms import InnspillForm
from tiltak.models import (
    PLANLENKER,
    Handlingsplan,
    Innspill,
    Planlenke,
    er_leser,
    kan_gi_innspill,
)
from tiltak.views.felles import hent_plan

# One link, or one user: so many tries in a minute, and so many innspill in a day.
FORSOK_I_MINUTTET, INNSPILL_I_DOGNET = 10, 100


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def planlenke(request, nokkel):
    """Lets in whoever has a link to a draft."""
    return lenkedor(
        request,
        nokkel,
        lenker=Planlenke.objects.select_related("plan__kommune", "horing"),
        apnet=PLANLENKER,
        mal="tiltak/planlenke.html",
        til=attrgetter("plan"),
    )


# Saying something ---------------------------------------------------------------------


@login_not_required
@never_cache
@i_malformen
@require_http_methods(["GET", "POST"])
def innspill_nytt(request, kommune, plan):
    """What somebody says of a tiltak or a chapter, or of the whole draft."""
    try:
        planen = _utkastet(request.user, kommune, plan)
    except Http404:
        # Perhaps their link was revoked, or the plan adopted, while they wrote.
        if request.method == "POST":
            return _er_borte(request, kommune)
        raise
    if kan_endre(request.user, planen.kommune):
        # They say in the draft itself what they think, and enter what others say.
        return videre(request, reverse("tiltak:innspill_for_inn", args=[kommune, plan]))
    lenke = _lenken(request, planen)
    if request.method == "GET":
        return _vis_eller_send(request, planen, lenke, hindring=_hindring(lenke))
    if for_mange(
        "innspill", _hvem(request, lenke), antall=FORSOK_I_MINUTTET, sekunder=60
    ):
        hindring = _("For mange forsøk. Vent et minutt, og send igjen.")
        return _vis_eller_send(request, planen, lenke, hindring=hindring, status=429)
    with transaction.atomic():
        # What is found now is so until it is saved.
        Kommune.objects.las(planen.kommune_id)
        hindring = _hindring_na(request, planen, lenke) or _annen_lenke(request, lenke)
        return _vis_eller_send(request, planen, lenke, hindring=hindring)


def _utkastet(bruker, kommune, slug):
    plan = hent_plan(bruker, kommune, slug)
    if not plan.er_utkast:
        raise Http404("no draft")
    return plan


def _lenken(request, plan):
    """The link by which the asker reads the plan, of several the one that was opened last
    and is still open; None for those who read it as who they are."""
    if plan.kommune.gir(request.user, Tilgang.Rolle.POLITIRAD):
        return None
    apnet = request.session.get(PLANLENKER, [])
    lenker = Planlenke.objects.gyldige().filter(pk__in=apnet, plan=plan)
    apne = set(lenker.kan_gi_innspill().values_list("pk", flat=True))
    return max(
        lenker.select_related("horing"),
        key=lambda lenke: (lenke.pk in apne, apnet.index(lenke.pk)),
        default=None,
    )


def _hvem(request, lenke):
    return f"lenke {lenke.pk}" if lenke else f"bruker {request.user.pk}"


def _hindring(lenke):
    """Why nothing more can be said by the link, or "" where something can."""
    if lenke is None or lenke.horing is None or lenke.horing.er_apen:
        return ""
    dag, i_dag = lenke.horing.fra, timezone.localdate()
    if dag > i_dag:
        tekst = _("Det kan gis innspill fra og med %s.")
    else:
        dag, tekst = lenke.horing.til, _("Fristen for innspill gikk ut %s.")
    return tekst % date_format(dag, "j. F Y")


def _hindring_na(request, plan, lenke):
    """The same, asked anew of what somebody may have changed while the asker waited."""
    utkast = Handlingsplan.objects.utkast()
    if not utkast.filter(pk=plan.pk).exists():
        return _("Planen er ikke lenger et utkast.")
    if lenke is None:
        bruker = Bruker.objects.filter(pk=request.user.pk, is_active=True).first()
        if not (bruker and utkast.synlige_for(bruker).filter(pk=plan.pk).exists()):
            return _("Du har ikke lenger tilgang til utkastet.")
        egne = Innspill.objects.filter(bruker=bruker)
    else:
        gyldige = Planlenke.objects.gyldige().select_related("horing")
        lenke = gyldige.filter(pk=lenke.pk).first()
        if lenke is None:
            return _("Lenken er trukket tilbake.")
        egne = lenke.innspill.all()
    et_dogn_siden = timezone.now() - timedelta(days=1)
    if egne.filter(mottatt__gt=et_dogn_siden).count() >= INNSPILL_I_DOGNET:
        return _("Det er sendt mange innspill det siste døgnet. Send dette i morgen.")
    return _hindring(lenke)


def _annen_lenke(request, lenke):
    """Why it is asked once more of who wrote by another link: that was revoked meanwhile,
    or a second one was opened, and the form said whom the innspill is from."""
    vist = request.POST.get("lenke")
    if not vist or (lenke and vist == str(lenke.pk)):
        return ""
    return _(
        "Lenken du skrev med, brukes ikke lenger. Se hvem innspillet sendes fra nå, og "
        "send igjen."
    )


def _vis_eller_send(request, plan, lenke, *, hindring, status=422):
    """Shows the form, or saves what was sent in it, where nothing is in the way."""
    emne = emnet(request.user, plan, request.GET)
    er_borte = emne is None
    emne = emne or Emne()
    skjema = InnspillForm(
        sendt(request),
        instance=_nytt(request, plan, lenke, emne),
        initial={"fra": _fra(request, plan)},
    )
    if request.method == "POST":
        if hindring:
            skjema.add_error(None, _("Innspillet er ikke sendt. %s") % hindring)
        elif er_borte:
            skjema.add_error(
                None,
                _(
                    "Det innspillet gjelder, er tatt ut av utkastet imens. Send igjen hvis "
                    "innspillet kan gjelde hele planen."
                ),
            )
        elif skjema.is_valid():
            return _send(request, skjema.instance, emne)
    return render(
        request,
        "tiltak/innspill_nytt.html",
        {
            "plan": plan,
            "kommune": plan.kommune,
            "skjema": skjema,
            "emne": emne,
            "er_borte": er_borte,
            "lenke": lenke,
            "hindring": hindring,
        },
        status=status if skjema.errors else 200,
    )


def _nytt(request, plan, lenke, emne):
    horing = lenke.horing if lenke else plan.horinger.apne().first()
    innspill = Innspill(plan=plan, planlenke=lenke, horing=horing, **emne.felter())
    if lenke:
        innspill.vei, innspill.fra = Innspill.Vei.LENKE, lenke.mottaker
    else:
        innspill.vei = Innspill.Vei.INNLOGGET
        # Who looks as others may see the form, and send nothing.
        innspill.bruker = request.user if request.user.is_authenticated else None
    return innspill


def _fra(request, plan):
    """What to suggest to who reads the draft as who they are: what they called themselves
    the last time."""
    siste = plan.innspill.egne(request.user).filter(planlenke=None).last()
    if siste:
        return siste.fra
    rolle = Tilgang.Rolle.POLITIRAD
    return _("Politirådet") if plan.kommune.gir(request.user, rolle) else ""


def _send(request, innspill, emne):
    """Saves it, unless the same was just sent: whoever presses twice has said it once."""
    like = innspill.plan.innspill.egne(request.user).filter(
        mottatt__gt=timezone.now() - timedelta(minutes=10),
        tekst=innspill.tekst,
        planlenke=innspill.planlenke,
        **emne.felter(),
    )
    if not like.exists():
        with spor(Dor.LENKE) if innspill.planlenke else nullcontext():
            innspill.save()
    messages.success(
        request,
        _(
            "Takk. Innspillet er sendt til SLT-koordinatoren. Svaret kommer på denne "
            "siden. Bruk lenken du fikk, når du vil se den igjen."
        )
        if innspill.planlenke
        else _(
            "Takk. Innspillet er sendt til SLT-koordinatoren. Svaret kommer på denne siden."
        ),
    )
    plan = innspill.plan
    return redirect("tiltak:innspill_mine", plan.kommune.slug, plan.slug)


def _er_borte(request, slug):
    """What was written is shown again, and nothing of a plan: it says the same whether
    there is one."""
    kommune = Kommune.objects.filter(slug=slug).first()
    if kommune is None:
        raise Http404
    return render(
        request,
        "tiltak/innspill_borte.html",
        {"kommune": kommune, "tekst": request.POST.get("tekst", "")},
        status=404,
    )


# What was said ------------------------------------------------------------------------


@login_not_required
@never_cache
@i_malformen
@require_safe
def innspill_mine(request, kommune, plan):
    """What the asker said of the plan, or was said by their link, and the answers."""
    plan = hent_plan(request.user, kommune, plan)
    egne = plan.innspill.synlige_for(request.user).egne(request.user)
    kan_gi = kan_gi_innspill(request.user, plan)
    if not (egne or kan_gi or er_leser(request.user, plan)):
        raise Http404("nothing was said")
    return render(
        request,
        "tiltak/innspill_mine.html",
        {
            "plan": plan,
            "kommune": plan.kommune,
            "innspillene": egne,
            "kan_gi_innspill": kan_gi,
        },
    )
