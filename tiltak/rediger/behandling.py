"""The pages on which a coordinator registers how a plan was treated, and sees the document
that is frozen then."""

from copy import copy
from hashlib import sha256

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import fields_for_model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from slt.felles.dokument import dokumentsvar, skadet, tegnet
from slt.felles.forms import Dato
from slt.felles.sider import for_koordinator, las_egen, sendt
from slt.grunn import pdflager
from tiltak.arkiv import arkivpakke
from tiltak.behandling import Vedtaksutgave, registrer
from tiltak.mangler import antall_mangler
from tiltak.models import Handlingsplan, Registrering, Tiltak
from tiltak.overgang import til_overs
from tiltak.publisering import antall_upubliserte

BEHANDLING = "behandling"  # in the session: {id of a plan: what was written of it}
UTEN_FORM = gettext_lazy(
    "Velg også hvordan planen ble behandlet: vedtatt, sluttet seg til eller tatt til "
    "etterretning."
)


class BehandlingForm(forms.Form):
    """How a plan was treated, as far as that is known; and a tick for each thing that one
    might not have thought of."""

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        felter = fields_for_model(
            Handlingsplan, Handlingsplan.BEHANDLINGEN, widgets={"vedtatt_dato": Dato}
        )
        for navn, felt in felter.items():
            felt.initial = getattr(plan, navn)
            self.fields[navn] = felt
        form = self.fields["vedtaksform"]
        form.choices = [("", _("Ikke kjent")), *Handlingsplan.Vedtaksform.choices]
        form.help_text = _("Hva organet gjorde med planen.")
        self.fields["vedtatt_av"].help_text = _(
            "For eksempel «kommunestyret» eller «politirådet». La det stå tomt når det "
            "ikke er kjent."
        )
        self.sporsmal = list(_sporsmal(plan))
        for navn, tekst in self.sporsmal:
            self.fields[navn] = forms.BooleanField(
                label=tekst,
                error_messages={
                    "required": _("Kryss av hvis det er slik det skal være.")
                },
            )

    def clean_vedtatt_dato(self):
        dato = self.cleaned_data["vedtatt_dato"]
        # The field of a form knows no end of time.
        Handlingsplan._meta.get_field("vedtatt_dato").run_validators(dato)
        if dato and dato > timezone.localdate():
            raise ValidationError(_("Dagen er ikke kommet ennå."))
        return dato

    def clean(self):
        renset = super().clean()
        andre = [renset.get(n) for n in ("vedtatt_av", "vedtatt_dato", "vedtatt_sak")]
        if any(andre) and not renset.get("vedtaksform", True):
            self.add_error("vedtaksform", UTEN_FORM)
        return renset

    @property
    def behandling(self):
        """What the plan says of it, as pairs: a key of the document that is shown."""
        return tuple((n, self.cleaned_data[n]) for n in Handlingsplan.BEHANDLINGEN)


def _sporsmal(plan):
    """Yields (name, question) of what is asked once more before the plan holds."""
    if not plan.er_utkast:
        return
    i_ar, forrige = timezone.localdate().year, plan.gjeldende_i_rekken
    # Where none is superseded by it, a plan is adopted ahead of its period, and says so.
    if plan.fra_ar > i_ar and forrige:
        yield (
            "fra_i_dag",
            _(
                "Planen er for %(periode)s. Registrerer du nå, avløses «%(forrige)s» "
                "allerede i dag, ikke 1. januar %(fra_ar)d"
            )
            % {"periode": plan.periode, "forrige": forrige, "fra_ar": plan.fra_ar},
        )
    elif plan.til_ar < i_ar:
        yield (
            "er_over",
            _("Perioden %s er over. La planen likevel gjelde fra i dag") % plan.periode,
        )
    if forrige:
        yield from _om_den_forrige(plan, forrige)


def _om_den_forrige(plan, forrige):
    if plan.bygger_pa_id != forrige.pk:
        yield (
            "annen_avloses",
            _("«%s» gjelder nå. Den avløses, selv om denne planen ikke bygger på den")
            % forrige,
        )
        glemt = forrige.tiltak.i_kraft().selvstendige().count()
    else:
        valgte = plan.overganger.values("fra")
        glemt = til_overs(plan).exclude(pk__in=valgte).count()
    if glemt:
        yield (
            "faller_ut",
            ngettext(
                "%d tiltak i den forrige planen er ikke valgt på siden «Overgang», og "
                "faller ut",
                "%d tiltak i den forrige planen er ikke valgt på siden «Overgang», og "
                "faller ut",
                glemt,
            )
            % glemt,
        )
    if venter := antall_upubliserte(forrige).nye:
        yield (
            "upublisert",
            ngettext(
                "%d del av den forrige planen er aldri publisert, og blir ikke med",
                "%d deler av den forrige planen er aldri publisert, og blir ikke med",
                venter,
            )
            % venter,
        )


# Registering ------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@for_koordinator
def registrer_behandling(request, kommune, plan):
    """Asks how the plan was treated. Nothing is saved yet."""
    plan = _planen(kommune, plan)
    if _er_registrert(request, plan):
        return redirect(plan)
    skrevet = sendt(request)
    if skrevet is None:
        skrevet = _skrevet(request, plan)
    skjema = BehandlingForm(skrevet, plan=plan)
    if request.method == "POST" and skjema.is_valid():
        alt = request.session.get(BEHANDLING, {})
        skrevet = {n: v for n, v in request.POST.items() if n in skjema.fields}
        request.session[BEHANDLING] = alt | {str(plan.pk): skrevet}
        return redirect("tiltak:behandling_bekreft", kommune.slug, plan.slug)
    return render(
        request,
        "tiltak/behandling/registrer.html",
        {
            "kommune": kommune,
            "plan": plan,
            "skjema": skjema,
            "ubesvarte": plan.innspill.ubesvarte().count(),
            "antall_mangler": antall_mangler(plan),
            "uskrevne": list(plan.kapitler.uskrevne()),
            "forrige": plan.er_utkast and plan.gjeldende_i_rekken,
            "gjelder_fra": _som_gjeldende(plan).gjelder_fra,
        },
        status=422 if request.method == "POST" else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_koordinator
def behandling_bekreft(request, kommune, plan):
    """Shows what will be, with the very document that is frozen; and does it."""
    planen = _planen(kommune, plan)
    if _er_registrert(request, planen):
        return redirect(planen)
    try:
        if request.method == "POST":
            return _registrer(request, kommune, plan)
        utgave, innhold, venteside = tegnet(
            request, lambda: _utgaven(request, _planen(kommune, plan))
        )
    except ValidationError as feil:
        return _gjelder_ikke(request, planen, feil)
    return venteside or render(
        request,
        "tiltak/behandling/bekreft.html",
        {
            "kommune": kommune,
            "plan": planen,
            "blir": _som_den_blir(utgave),
            "avloses": planen.er_utkast and planen.gjeldende_i_rekken,
            "antall": _antall_tiltak(planen),
            "uskrevne": list(planen.kapitler.uskrevne()),
            "sjekksum": sha256(innhold).hexdigest(),
            "storrelse": len(innhold),
            "dokumentet": _merke(utgave, innhold),
        },
    )


@require_safe
@for_koordinator
def behandling_pdf(request, kommune, plan):
    """The document that would be frozen."""
    try:
        return dokumentsvar(request, lambda: _utgaven(request, _planen(kommune, plan)))
    except ValidationError as feil:
        if not feil.messages:
            raise Http404("nothing was written of the treatment") from feil
        return _gjelder_ikke(request, _planen(kommune, plan), feil)


@require_safe
@for_koordinator
def dokument_arkiv(request, kommune, sjekksum):
    """What the archive of the kommune gets, as a zip."""
    registreringer = Registrering.objects.synlige_for(request.user).filter(
        plan__kommune=kommune
    )
    registrering = registreringer.med_sjekksum(sjekksum).first()
    if registrering is None:
        raise Http404("no such document")
    if not registrering.dokument.er_uskadd:
        return skadet(request, registrering.dokument, kommune=kommune)
    navn = registrering.dokument.filnavn.removesuffix(".pdf")
    return HttpResponse(
        arkivpakke(registrering),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{navn}-arkiv.zip"'},
    )


def _registrer(request, kommune, slug):
    """Registers what was shown, if that is still what there is.

    Raises:
        ValidationError: when the plan cannot hold as it is now; nothing is saved.
    """
    with transaction.atomic():
        las_egen(request, kommune)
        plan = _planen(kommune, slug)
        if _er_registrert(request, plan):
            return redirect(plan)
        utgave = _utgaven(request, plan)
        innhold = pdflager.lagret(pdflager.nokkel(*utgave.innhold))
        vist = request.POST.get("dokumentet")
        if not innhold or _merke(utgave, innhold) != vist:
            messages.warning(
                request,
                _(
                    "Noe ble endret etter at du så dokumentet. Ingenting er registrert. "
                    "Se på det på nytt."
                ),
            )
            return redirect("tiltak:behandling_bekreft", kommune.slug, plan.slug)
        registrering = registrer(utgave, innhold)
    _glem(request, plan)
    messages.success(
        request, _("Behandlingen er registrert, og dokumentet er frosset.")
    )
    return redirect("tiltak:dokument", kommune.slug, registrering.dokument.sha256)


def _planen(kommune, slug):
    planer = kommune.planer.exclude(status=Handlingsplan.Status.AVLOST)
    return get_object_or_404(planer.select_related("kommune", "rekke"), slug=slug)


def _er_registrert(request, plan):
    registrert = plan.registreringer.som_star().exists()
    if registrert:
        messages.info(request, _("Behandlingen av planen er registrert allerede."))
    return registrert


def _skrevet(request, plan):
    return request.session.get(BEHANDLING, {}).get(str(plan.pk))


def _glem(request, plan):
    alt = request.session.get(BEHANDLING, {})
    request.session[BEHANDLING] = {n: v for n, v in alt.items() if n != str(plan.pk)}


def _utgaven(request, plan):
    """The document as it would be, by what was written.

    Raises:
        ValidationError: where that does not hold (any more); its form says why.
    """
    skjema = BehandlingForm(_skrevet(request, plan), plan=plan)
    if not skjema.is_valid():
        raise ValidationError([])
    return Vedtaksutgave(plan, behandling=skjema.behandling)


def _antall_tiltak(plan):
    """How many tiltak the document shows, guests too, without their parts."""
    return Tiltak.objects.i_kraft(plan).i_planens_orden(plan).order_by().count()


def _gjelder_ikke(request, plan, feil):
    """Says why the plan cannot hold, where that is written."""
    for melding in feil.messages:
        messages.error(request, melding)
    return redirect("tiltak:registrer_behandling", plan.kommune.slug, plan.slug)


def _merke(utgave, innhold):
    """What tells the document that was shown, of the plan as it was, from all others."""
    return f"{pdflager.nokkel(*utgave.innhold)}-{sha256(innhold).hexdigest()}"


def _som_gjeldende(plan):
    """The plan, not saved, as if it held."""
    blir = copy(plan)
    blir.status = Handlingsplan.Status.GJELDENDE
    return blir


def _som_den_blir(utgave):
    """The plan as it will be, not saved: for what it says of its treatment."""
    blir = _som_gjeldende(utgave.plan)
    for felt, verdi in utgave.behandling:
        setattr(blir, felt, verdi)
    return blir
