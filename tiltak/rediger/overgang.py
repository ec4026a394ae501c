"""The pages on which a coordinator begins the plan for the next period, and says what
becomes of each tiltak."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from slt.felles.adminforms import AdminForm
from slt.felles.sider import for_koordinator, hent_side, las_egen, sendt
from tiltak.gjester import kan_settes_inn
from tiltak.models import Handlingsplan, Overgang, Plassering
from tiltak.overgang import (
    TILTAK_PER_SIDE,
    folg_forslagene,
    foreslatt,
    ikke_valgte,
    ny_periode,
    ta_tilbake,
    til_overs,
    utfor,
    velg,
)


class NyPlanForm(AdminForm):
    VALG = ("tittel", "fra_ar", "til_ar", "med_rammen")

    med_rammen = forms.TypedChoiceField(
        label=gettext_lazy("Den nye planen begynner"),
        choices=[
            (
                "1",
                gettext_lazy("med kapitler, innsatsområder, mål og dokumenter herfra"),
            ),
            ("", gettext_lazy("tom")),
        ],
        coerce=bool,
        empty_value=False,
        required=False,
        initial="1",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Handlingsplan
        fields = ["tittel", "fra_ar", "til_ar"]

    def vis(self, feil):
        """Says what was refused beside its field, as if the form had found it."""
        self._update_errors(feil)


class OvergangForm(forms.Form):
    """What becomes of one tiltak. It carries what the user saw, so that they write over
    nobody else's choice."""

    valg = forms.ChoiceField(
        label=gettext_lazy("Hva skjer med tiltaket?"),
        choices=[("", gettext_lazy("Ikke valgt ennå")), *Overgang.Valg.choices],
        required=False,
        show_hidden_initial=True,
    )
    sammen_med = forms.CharField(
        label=gettext_lazy("Slås sammen med (for eksempel Vold 4)"),
        max_length=60,
        required=False,
        show_hidden_initial=True,
    )
    begrunnelse = forms.CharField(
        label=gettext_lazy("Begrunnelse"),
        max_length=300,
        required=False,
        show_hidden_initial=True,
    )

    def __init__(self, *args, tiltak, valgt, merkelapper, **kwargs):
        self.tiltak, self.valgt, self.merkelapper = tiltak, valgt, merkelapper
        initial = {}
        if valgt:
            initial = {
                "valg": valgt.valg,
                "sammen_med": merkelapper.get(valgt.sammen_med_id, ""),
                "begrunnelse": valgt.begrunnelse,
            }
        super().__init__(*args, initial=initial, prefix=f"t{tiltak.pk}", **kwargs)

    def som_sett(self):
        """The hidden fields that carry what the user saw."""
        return [self[navn].as_hidden(only_initial=True) for navn in self.fields]

    def clean_sammen_med(self):
        skrevet = " ".join(self.cleaned_data["sammen_med"].split()).casefold()
        if not skrevet:
            return None
        for pk, merkelapp in self.merkelapper.items():
            if merkelapp.casefold() == skrevet:
                return pk
        raise ValidationError(_("Ingen tiltak i planen har dette nummeret."))

    def clean(self):
        renset = super().clean()
        if renset.get("valg") != Overgang.Valg.SLAS_SAMMEN:
            renset["sammen_med"] = None
        sett = self.data.get(f"initial-{self.add_prefix('valg')}", "")
        if self.has_changed() and sett != (self.valgt.valg if self.valgt else ""):
            raise ValidationError(
                _("Noen andre valgte noe her mens du skrev. Se på det og lagre igjen.")
            )
        return renset


@require_http_methods(["GET", "POST"])
@for_koordinator
def ny_plan(request, kommune, plan):
    """Begins the plan for the next period."""
    forrige = get_object_or_404(kommune.planer.gjeldende(), slug=plan)
    lengde = forrige.til_ar - forrige.fra_ar
    utkast = forrige.avlost_av.filter(status=Handlingsplan.Status.UTKAST).first()
    skjema = NyPlanForm(
        sendt(request),
        instance=Handlingsplan(
            kommune=kommune, rekke=forrige.rekke, bygger_pa=forrige, status="utkast"
        ),
        initial={
            "tittel": forrige.tittel,
            # A plan for one year is followed by that for the next.
            "fra_ar": forrige.til_ar + (not lengde),
            "til_ar": forrige.til_ar + (lengde or 1),
        },
    )
    if request.method == "POST" and skjema.is_valid():
        try:
            with transaction.atomic():
                las_egen(request, kommune)
                # Perhaps another one took its place meanwhile.
                forrige = get_object_or_404(kommune.planer.gjeldende(), pk=forrige.pk)
                valgt = {f: skjema.cleaned_data[f] for f in NyPlanForm.VALG}
                ny = ny_periode(forrige=forrige, **valgt)
        except ValidationError as feil:
            skjema.vis(feil)
        else:
            messages.success(request, _("Utkastet til den nye planen er laget."))
            return redirect("tiltak:overgang", kommune.slug, ny.slug)
    return render(
        request,
        "tiltak/ny_plan.html",
        {"kommune": kommune, "plan": forrige, "skjema": skjema, "utkast": utkast},
        status=422 if skjema.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@for_koordinator
def overgang(request, kommune, plan):
    """What becomes of each tiltak of the plan before: chosen, saved, done."""
    plan = _utkastet(kommune, plan)
    if request.method == "GET":
        return _siden(request, plan)
    with transaction.atomic():
        las_egen(request, kommune)
        # Perhaps somebody adopted it meanwhile.
        plan = _utkastet(kommune, plan.slug)
        skjemaer, _side, _gjort = _skjemaer(request, plan)
        lagret = _lagre(plan, skjemaer)
        transaction.set_rollback(not lagret)
    if not lagret:
        return _siden(request, plan, skjemaer=skjemaer, status=422)
    if request.POST.get("handling") == "utfor":
        _utfor(request, plan)
    elif request.POST.get("handling") == "resten":
        _viderefor_resten(request, plan)
    elif request.POST.get("handling") == "forslag":
        _folg_forslagene(request, plan)
    else:
        messages.success(request, _("Valgene er lagret."))
    return redirect(request.get_full_path())


def _folg_forslagene(request, plan):
    with transaction.atomic():
        las_egen(request, plan.kommune)
        antall = folg_forslagene(_utkastet(plan.kommune, plan.slug))
    messages.success(
        request,
        ngettext(
            "%d forslag er valgt. Det er ikke utført ennå.",
            "%d forslag er valgt. Det er ikke utført ennå.",
            antall,
        )
        % antall,
    )


def _viderefor_resten(request, plan):
    with transaction.atomic():
        las_egen(request, plan.kommune)
        resten = list(ikke_valgte(plan))
        for tiltak in resten:
            velg(plan=plan, fra=tiltak, valg=Overgang.Valg.VIDEREFORES)
    messages.success(
        request,
        ngettext(
            "%d tiltak til skal videreføres. Det er ikke utført ennå.",
            "%d tiltak til skal videreføres. Det er ikke utført ennå.",
            len(resten),
        )
        % len(resten),
    )


def _oppsummert(plan):
    """[(what becomes of them, how many)] of what is chosen and stands in the new plan in
    no way yet."""
    antall = plan.overganger.filter(til=None).order_by().values_list("valg")
    antall = dict(antall.annotate(n=Count("pk")))
    return [(v.label, antall[v]) for v in Overgang.Valg if v in antall]


def _utfor(request, plan):
    try:
        with transaction.atomic():
            las_egen(request, plan.kommune)
            antall = utfor(_utkastet(plan.kommune, plan.slug))
    except ValidationError as feil:
        messages.warning(request, " ".join(feil.messages))
    else:
        _si_fra(request, antall)


def _si_fra(request, antall):
    messages.success(
        request,
        ngettext(
            "%(antall)d valg er utført. Det som kom inn i planen, kan tas tilbake.",
            "%(antall)d valg er utført. Det som kom inn i planen, kan tas tilbake.",
            antall,
        )
        % {"antall": antall},
    )


@require_POST
@for_koordinator
def overgang_ta_tilbake(request, kommune, plan, pk):
    """Takes back what was done with one tiltak."""
    plan = _utkastet(kommune, plan)
    with transaction.atomic():
        las_egen(request, kommune)
        plan = _utkastet(kommune, plan.slug)
        # The button stands among what is chosen for the others.
        skjemaer, _side, _gjort = _skjemaer(request, plan)
        if not _lagre(plan, skjemaer):
            transaction.set_rollback(True)
            return _siden(request, plan, skjemaer=skjemaer, status=422)
        fulgte = ta_tilbake(get_object_or_404(plan.overganger, pk=pk))
        ut, blir = (", ".join(map(str, rader)) for rader in (fulgte.ut, fulgte.blir))
    messages.success(request, _("Det er tatt tilbake."))
    if ut:
        messages.info(request, _("Det som fulgte med, er fjernet: %s.") % ut)
    if blir:
        messages.info(
            request,
            _(
                "Dette fulgte også med, men står igjen, fordi det er endret siden eller hører "
                "til flere: %s."
            )
            % blir,
        )
    return redirect("tiltak:overgang", kommune.slug, plan.slug)


def _utkastet(kommune, slug):
    planer = kommune.planer.filter(status=Handlingsplan.Status.UTKAST)
    planer = planer.exclude(bygger_pa=None).select_related("kommune", "bygger_pa")
    return get_object_or_404(planer, slug=slug)


def _skjemaer(request, plan):
    """Returns the forms of a page of tiltak, the page, and {id of a tiltak: what was done
    with it}."""
    alle = list(til_overs(plan).select_related("plan__kommune"))
    merkelapper = {t.pk: t.merkelapp for t in alle}
    ventende, gjort = {}, {}
    valgt = plan.overganger.select_related("til__plan__kommune").prefetch_related(
        Prefetch(
            "til__plasseringer", Plassering.objects.select_related("innsatsomrade")
        )
    )
    for rad in valgt:
        if rad.til_id:
            gjort.setdefault(rad.fra_id, []).append(rad)
        else:
            ventende[rad.fra_id] = rad
    side = hent_side(request, alle, TILTAK_PER_SIDE)
    skjemaer = [
        OvergangForm(
            sendt(request),
            tiltak=tiltak,
            valgt=ventende.get(tiltak.pk),
            merkelapper=merkelapper,
        )
        for tiltak in side.object_list
        if tiltak.pk not in gjort
    ]
    return skjemaer, side, gjort


def _lagre(plan, skjemaer):
    """Saves what was chosen; says in the forms what cannot be. Returns whether all of it
    can."""
    tiltakene = {skjema.tiltak.pk: skjema.tiltak for skjema in skjemaer}
    # Asked all of them, so that each says what is wrong with it.
    gyldige = sum(skjema.is_valid() for skjema in skjemaer) == len(skjemaer)
    for skjema in skjemaer:
        if not (skjema.is_valid() and skjema.has_changed()):
            continue
        valg = skjema.cleaned_data
        annet = valg["sammen_med"]
        try:
            velg(
                plan=plan,
                fra=skjema.tiltak,
                valg=valg["valg"],
                begrunnelse=valg["begrunnelse"],
                sammen_med=tiltakene.get(annet)
                or (annet and plan.bygger_pa.tiltak.get(pk=annet)),
            )
        except ValidationError as feil:
            skjema.add_error(None, feil.messages)
            gyldige = False
    return gyldige


def _siden(request, plan, *, skjemaer=None, status=200):
    nye, side, gjort = _skjemaer(request, plan)
    per_tiltak = {skjema.tiltak.pk: skjema for skjema in skjemaer or nye}
    forslagene = foreslatt(plan)
    rader = [
        (t, per_tiltak.get(t.pk), gjort.get(t.pk, []), forslagene.get(t.pk))
        for t in side.object_list
    ]
    ikke_valgt = set(ikke_valgte(plan).order_by().values_list("pk", flat=True))
    return render(
        request,
        "tiltak/overgang.html",
        {
            "kommune": plan.kommune,
            "plan": plan,
            "rader": rader,
            "page_obj": side,
            "har_feil": any(skjema.errors for skjema in skjemaer or ()),
            "gjester_igjen": kan_settes_inn(plan)
            .filter(plasseringer__plan=plan.bygger_pa)
            .exists(),
            "oppsummert": _oppsummert(plan),
            "antall_ikke_valgt": len(ikke_valgt),
            "antall_foreslatt": len(ikke_valgt & forslagene.keys()),
            "antall_ventende": plan.overganger.ventende().count(),
        },
        status=status,
    )
