"""The pages by which a coordinator gets a table of figures in: send, look, put in, and
perhaps undo."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evaluering.innlesing import (
    KOLONNER,
    Innlest,
    Tolker,
    rader_i_csv,
    rader_i_regneark,
    rader_i_tekst,
)
from evaluering.models import Indikator, Kilde, Tallimport
from evaluering.tallimport import angre, forkast, legg_inn, malinger, ta_vare_pa
from slt.felles.bevart import i_malformen
from slt.felles.opplasting import slag
from slt.felles.tilgang import egen_kommune
from slt.models import Lokalomrade, Sted
from tiltak.models import Handlingsplan

VISES = 50
# In letters; Django takes 2.5 MB of a form that is no file.
LENGST_LIMT_INN = 1_000_000
SISTE_IMPORTER = 20


class Tallform(forms.Form):
    """A table, as a file or pasted. What is wrong with its rows stands in `innlest`."""

    fil = forms.FileField(
        label=gettext_lazy("Fil"),
        required=False,
        help_text=gettext_lazy("Regneark (XLSX) eller CSV."),
        widget=forms.FileInput({"accept": ".xlsx,.csv,text/csv"}),
    )
    limt_inn = forms.CharField(
        label=gettext_lazy("Eller lim inn tabellen"),
        required=False,
        max_length=LENGST_LIMT_INN,
        strip=False,
        help_text=gettext_lazy("Merk radene i regnearket, overskriftene også."),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )

    def __init__(self, kommune, *args):
        super().__init__(*args)
        self.kommune, self.innlest = kommune, Innlest()

    @property
    def navn(self):
        fil = self.cleaned_data.get("fil")
        return fil.name[:120] if fil else _("Limt inn")

    def clean_fil(self):
        fil = self.cleaned_data["fil"]
        if fil:
            # What it is called is kept, and is a text as any other.
            Tallimport._meta.get_field("navn").clean(fil.name[:120], None)
        return fil

    def clean(self):
        super().clean()
        fil, tekst = self.cleaned_data.get("fil"), self.cleaned_data.get("limt_inn", "")
        if "fil" in self.errors:
            return
        if bool(fil) == bool(tekst.strip()):
            raise ValidationError(
                _("Velg en fil eller lim inn en tabell, én av delene.")
            )
        felt = "fil" if fil else "limt_inn"
        try:
            self.innlest = Tolker(self.kommune).tolk(self._rader(fil, tekst))
        except ValidationError as feil:
            self.add_error(felt, feil)
            return
        if self.innlest.feil:
            self.add_error(
                felt,
                _("Noen rader har feil, og ingen tall er lagt inn. Se listen over."),
            )

    def _rader(self, fil, tekst):
        if not fil:
            return rader_i_tekst(tekst)
        les = {"csv": rader_i_csv, "xlsx": rader_i_regneark}[slag(fil)]
        return les(fil.read())


def _kontekst(kommune):
    plan = Handlingsplan.objects.gjeldende_i(kommune)
    return {"kommune": kommune, "plan": plan, "vis_meldinger": True}


@never_cache
@require_http_methods(["GET", "POST"])
@i_malformen
def tallimport_ny(request, kommune):
    """The form that takes a table, and what was sent before."""
    kommune = egen_kommune(request, kommune)
    sendt = (request.POST, request.FILES) if request.method == "POST" else ()
    skjema = Tallform(kommune, *sendt)
    if request.method == "POST" and skjema.is_valid():
        if not skjema.innlest.malinger:
            messages.info(
                request, _("Alle tallene i tabellen er skjult. Ingen å legge inn.")
            )
            return redirect("evaluering:tallimport_ny", kommune.slug)
        tatt_vare_pa = ta_vare_pa(
            kommune=kommune,
            bruker=request.user,
            navn=skjema.navn,
            malinger=skjema.innlest.malinger,
        )
        if skjema.innlest.hoppet_over:
            messages.info(
                request,
                _("Hoppet over fordi tallet er skjult: %d.")
                % skjema.innlest.hoppet_over,
            )
        return redirect("evaluering:tallimport", kommune.slug, tatt_vare_pa.pk)
    return render(
        request,
        "evaluering/tallimport_ny.html",
        {
            **_kontekst(kommune),
            "skjema": skjema,
            "kolonner": KOLONNER,
            "indikatorer": kommune.indikatorer.all(),
            "importer": kommune.tallimporter.select_related("bruker").defer("rader")[
                :SISTE_IMPORTER
            ],
        },
        status=422 if skjema.errors else 200,
    )


def _importen(request, kommune, pk):
    kommune = egen_kommune(request, kommune)
    synlige = Tallimport.objects.synlige_for(request.user)
    return get_object_or_404(synlige.select_related("kommune"), kommune=kommune, pk=pk)


@never_cache
@require_safe
@i_malformen
def tallimport(request, kommune, pk):
    """What a table was understood as, before it is put in; what came of it, after."""
    rad = _importen(request, kommune, pk)
    if rad.lagt_inn:
        alle = rad.malinger.select_related("indikator", "sted", "lokalomrade", "kilde")
        vises = list(alle.order_by("pk")[:VISES])
    else:
        vises = _med_navn(malinger(rad)[:VISES])
    return render(
        request,
        "evaluering/tallimport.html",
        {**_kontekst(rad.kommune), "importen": rad, "vises": vises},
    )


def _med_navn(tallene):
    """Gives figures that are not saved the rows that they point to: 4 queries."""
    for navn, modell in {
        "indikator": Indikator,
        "sted": Sted,
        "lokalomrade": Lokalomrade,
        "kilde": Kilde,
    }.items():
        rader = modell.objects.in_bulk({getattr(m, f"{navn}_id") for m in tallene})
        for maling in tallene:
            if rad := rader.get(getattr(maling, f"{navn}_id")):
                setattr(maling, navn, rad)
    return [m for m in tallene if _er_hel(m)]


def _er_hel(maling):
    """Whether what it points to is still there."""
    return all(
        navn in maling._state.fields_cache or not getattr(maling, f"{navn}_id")
        for navn in ("indikator", "sted", "lokalomrade", "kilde")
    )


@require_POST
@i_malformen
def tallimport_legg_inn(request, kommune, pk):
    """Puts the figures in."""
    rad = _importen(request, kommune, pk)
    try:
        antall = legg_inn(tallimport=rad, bruker=request.user)
    except ValidationError as feil:
        messages.warning(request, " ".join(feil.messages))
        return redirect("evaluering:tallimport", rad.kommune.slug, rad.pk)
    messages.success(request, _("%d tall er lagt inn.") % antall)
    return redirect("evaluering:tallimport", rad.kommune.slug, rad.pk)


@require_POST
@i_malformen
def tallimport_forkast(request, kommune, pk):
    """Drops a table that was looked at and not put in."""
    rad = _importen(request, kommune, pk)
    try:
        forkast(tallimport=rad)
    except ValidationError as feil:
        raise Http404("put in already") from feil
    messages.success(request, _("Tabellen er forkastet. Ingen tall er lagt inn."))
    return redirect("evaluering:tallimport_ny", rad.kommune.slug)


@require_POST
@i_malformen
def tallimport_angre(request, kommune, pk):
    """Takes the figures of an import out again."""
    rad = _importen(request, kommune, pk)
    try:
        antall = angre(tallimport=rad, bruker=request.user)
    except ValidationError as feil:
        raise Http404("nothing to undo") from feil
    messages.success(request, _("Importen er angret: %d tall er tatt ut.") % antall)
    return redirect("evaluering:tallimport_ny", rad.kommune.slug)
