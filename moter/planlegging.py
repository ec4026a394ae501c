"""The page on which a coordinator plans meetings for several fora at once: what is asked,
the proposal, and putting it into the calendar."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from moter.hinder import VINDU, hinder
from moter.kollisjoner import felles, last_motekalender
from moter.models import Forum, Moteserie
from moter.models.moter import i_lokal_tid
from moter.moteplan import egen_kommune, sidens_kontekst
from moter.planlegger import Grunn, Onske, Opptatt, Planlegger, Rammer
from moter.rytme import Regel
from moter.serier import fyll, las
from slt.felles.bevart import i_malformen

EN_DAG = timedelta(days=1)
LENGST_AR = 3
FLEST_TIDER = 8
LENGSTE_MOTE = 12 * 60
DATOFELT = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


# What is asked ------------------------------------------------------------------------


class Klokkeslettfelt(forms.CharField):
    """Times of day, as people write them: "08.30, 12 og 14.15"."""

    default_error_messages = {
        "ugyldig": gettext_lazy(
            "«%(verdi)s» er ikke et klokkeslett. Skriv for eksempel 08.30."
        ),
        "mange": gettext_lazy("Skriv høyst %(antall)s klokkeslett."),
    }

    def to_python(self, value):
        ordene = re.split(r"[,;\s]+|\bog\b", super().to_python(value))
        tider = dict.fromkeys(self._tid(ord_) for ord_ in ordene if ord_)
        if len(tider) > FLEST_TIDER:
            raise ValidationError(
                self.error_messages["mange"], params={"antall": FLEST_TIDER}
            )
        return tuple(tider)

    def _tid(self, ord_):
        treff = re.fullmatch(r"(?a:(\d{1,2})(?:[.:](\d{2}))?)", ord_)
        try:
            return time(int(treff[1]), int(treff[2] or 0))
        except (TypeError, ValueError) as feil:
            raise ValidationError(
                self.error_messages["ugyldig"], params={"verdi": ord_[:20]}
            ) from feil


def sjekk_tid(tid, varighet, dager):
    """Checks that meetings at that time, on those days, can be held.

    Raises:
        ValidationError: they would last past midnight, or the clock is changed then.
    """
    for dag in dager:
        slutt = datetime.combine(dag, tid) + varighet
        if slutt.date() != dag:
            raise ValidationError(_("Møtet ville vart til over midnatt."))
        i_lokal_tid(dag, tid)
        i_lokal_tid(dag, slutt.time())


class Planform(forms.Form):
    """What holds for all the fora that are planned."""

    fora = forms.ModelMultipleChoiceField(
        Forum.objects.none(),
        label=gettext_lazy("fora"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Velg minst ett forum.")},
    )
    uker = forms.IntegerField(
        label=gettext_lazy("uker mellom møtene"),
        min_value=1,
        max_value=52,
        initial=6,
        help_text=gettext_lazy("6 for «hver 6. uke»."),
    )
    fra = forms.DateField(label=gettext_lazy("fra og med"), widget=DATOFELT)
    til = forms.DateField(label=gettext_lazy("til og med"), widget=DATOFELT)
    ukedager = forms.TypedMultipleChoiceField(
        coerce=int,
        label=gettext_lazy("ukedager som passer"),
        choices=Moteserie.Ukedag.choices[:5],
        initial=[1, 2, 3],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Velg minst én ukedag.")},
    )
    tider = Klokkeslettfelt(
        label=gettext_lazy("når møtene kan begynne"),
        initial="08.30, 12.00, 14.00",
        max_length=100,
        help_text=gettext_lazy(
            "Klokkeslett med komma mellom. Det første prøves først."
        ),
    )
    varighet = forms.IntegerField(
        label=gettext_lazy("varighet i minutter"),
        min_value=1,
        max_value=LENGSTE_MOTE,
        initial=90,
        error_messages={
            "max_value": gettext_lazy(
                "Et møte kan vare i høyst 12 timer (720 minutter)."
            )
        },
    )
    sted = Moteserie._meta.get_field("sted").formfield(
        help_text=gettext_lazy("Valgfritt. Det samme for alle, og kan endres etterpå.")
    )

    def __init__(self, *args, fora, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fora"].queryset = fora

    def clean_fra(self):
        fra = self.cleaned_data["fra"]
        if fra < timezone.localdate():
            raise ValidationError(_("Datoen er passert."))
        if fra > timezone.localdate() + relativedelta(years=LENGST_AR):
            raise ValidationError(_("Datoen er mer enn tre år fram i tid."))
        return fra

    def clean(self):
        data = super().clean()
        fra, til = data.get("fra"), data.get("til")
        if fra and til and til < fra:
            self.add_error("til", _("Den siste dagen kan ikke være før den første."))
        elif fra and til and til > fra + relativedelta(years=LENGST_AR):
            self.add_error("til", _("Planlegg for høyst tre år om gangen."))
        if not self.errors:
            rammer = self.rammer()
            try:
                for tid in rammer.tider:
                    sjekk_tid(tid, rammer.varighet, _dager(rammer, rammer.ukedager))
            except ValidationError as feil:
                self.add_error("tider", feil)
        return data

    def rammer(self):
        data = self.cleaned_data
        return Rammer(
            uker=data["uker"],
            fra=data["fra"],
            til=data["til"],
            ukedager=tuple(data["ukedager"]),
            tider=data["tider"],
            varighet=timedelta(minutes=data["varighet"]),
        )


def _dager(rammer, ukedager):
    """The days of the period that are one of the weekdays."""
    alle = (
        rammer.fra + timedelta(days=nr)
        for nr in range((rammer.til - rammer.fra).days + 1)
    )
    return [dag for dag in alle if dag.weekday() in ukedager]


class Onskeform(forms.Form):
    """What the coordinator decides for one forum; what is empty, the proposal finds."""

    ukedag = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        label=gettext_lazy("ukedag"),
        required=False,
        choices=[("", gettext_lazy("som passer best")), *Moteserie.Ukedag.choices],
    )
    tid = forms.TimeField(
        label=gettext_lazy("klokkeslett"),
        required=False,
        input_formats=["%H.%M", "%H:%M", "%H"],
        widget=forms.TimeInput(format="%H.%M"),
        error_messages={
            "invalid": gettext_lazy("Skriv et klokkeslett, for eksempel 08.30.")
        },
    )
    forste = forms.DateField(
        label=gettext_lazy("første møte"), required=False, widget=DATOFELT
    )

    def __init__(self, *args, forum, rammer, **kwargs):
        super().__init__(*args, prefix=f"forum-{forum.pk}", **kwargs)
        self.forum, self.rammer = forum, rammer

    def clean(self):
        data = super().clean()
        if self.rammer is None or not any(
            data.get(felt) is not None for felt in self.fields
        ):
            return data  # nothing that the form for all fora has not seen to
        forste, ukedag = data.get("forste"), data.get("ukedag")
        if forste and not self.rammer.fra <= forste <= self.rammer.til:
            self.add_error("forste", _("Datoen er utenfor perioden."))
        elif forste and ukedag not in {None, forste.weekday()}:
            self.add_error("forste", _("Datoen er ikke på den ukedagen du valgte."))
        try:
            self._sjekk_tidene()
        except ValidationError as feil:
            self.add_error("tid", feil)
        return data

    def _sjekk_tidene(self):
        """All that the proposal may come to, given what is decided here."""
        data, rammer = self.cleaned_data, self.rammer
        forste, ukedag = data.get("forste"), data.get("ukedag")
        if forste:
            ukedager = [forste.weekday()]
        else:
            ukedager = rammer.ukedager if ukedag is None else [ukedag]
        tider = [data["tid"]] if data.get("tid") else rammer.tider
        for tid in tider:
            sjekk_tid(tid, rammer.varighet, _dager(rammer, ukedager))

    def onske(self):
        data = self.cleaned_data
        return Onske(self.forum.pk, data["ukedag"], data["tid"], data["forste"])


# The proposal -------------------------------------------------------------------------


@dataclass(frozen=True)
class Moteforslag:
    """One date of a proposal, why it is no good, and where it could go instead."""

    dag: date
    hinder: str
    forslag: list[date]


@dataclass(frozen=True)
class Forumsforslag:
    """When a forum would meet."""

    forum: Forum
    start_kl: time
    slutt_kl: time
    moter: list[Moteforslag]

    @property
    def forste(self):
        return self.moter[0].dag

    @property
    def antall_hinder(self):
        return sum(bool(mote.hinder) for mote in self.moter)


class Forslag:
    """A proposal for the fora, made from what stands in the database now: 3 queries.

    Attributes:
        fora: the fora that found room, with their dates.
        uten_plass: [(forum, why not, in words)].
        merke: stands for exactly this proposal, so that what is put in is what was seen.
    """

    def __init__(self, bruker, kommune, onsker, rammer, fora):
        self.rammer = rammer
        rundt = Forum.objects.synlige_for(bruker).i(kommune)
        fra, til = rammer.fra - VINDU, rammer.til + VINDU
        self.kalender = last_motekalender(rundt, fra, til)
        self.hinder = hinder(kommune, fra, til)
        self._fora = {mote.forum_id: mote.forum for mote in self.kalender.moter}
        self._fora |= {forum.pk: forum for forum in fora}
        sok = Planlegger(
            onsker,
            rammer,
            felles=self._har_felles,
            opptatt=[_opptatt(mote) for mote in self.kalender.moter],
            hinder=self.hinder,
        )
        plasserte, uplasserte = sok.planlegg()
        self.fora = [self._forumsforslag(sok, plassert) for plassert in plasserte]
        self.uten_plass = [
            (self._fora[u.forum], self._hvorfor_ikke(u)) for u in uplasserte
        ]
        self.merke = self._merke()

    def _har_felles(self, en, annet):
        seter, rammer = self.kalender.seter, self.rammer
        return bool(
            felles(seter.get(en, []), seter.get(annet, []), rammer.fra, rammer.til)
        )

    def _forumsforslag(self, sok, plassert):
        luke = plassert.luke
        slutt = datetime.combine(luke.forste, luke.tid) + self.rammer.varighet
        moter = [
            Moteforslag(
                dag,
                plassert.hinder.get(dag, ""),
                sok.forslag_til(plassert.forum, dag) if dag in plassert.hinder else [],
            )
            for dag in luke.datoer
        ]
        forum = self._fora[plassert.forum]
        return Forumsforslag(forum, luke.tid, slutt.time(), moter)

    def _hvorfor_ikke(self, uplassert):
        navn = ", ".join(str(self._fora[pk]) for pk in uplassert.i_veien)
        match uplassert.grunn:
            case Grunn.INGEN_DATO:
                return _("Ingen dag i perioden passer med ukedagene og datoen.")
            case Grunn.OPPTATT:
                return _("Alle tidene er opptatt av møter i: %s.") % navn
            case Grunn.FULLT:
                return _("De ledige tidene er tatt av: %s.") % navn

    def _merke(self):
        deler = [
            f"{f.forum.pk} {m.dag} {f.start_kl} {f.slutt_kl}"
            for f in self.fora
            for m in f.moter
        ]
        return hashlib.blake2b("\n".join(deler).encode(), digest_size=16).hexdigest()

    @property
    def antall_moter(self):
        return sum(len(forum.moter) for forum in self.fora)

    @property
    def ukedager(self):
        """The weekdays on which somebody meets, as numbers."""
        return sorted({m.dag.weekday() for f in self.fora for m in f.moter})

    @property
    def ukedagsnavn(self):
        return [WEEKDAYS[dag] for dag in self.ukedager]

    @property
    def uker(self):
        """[(the Monday, [(the day, why it is no good, the fora that meet)])] for each week
        of the period in which somebody meets."""
        pa_dagen = {}
        for forum in self.fora:
            for mote in forum.moter:
                pa_dagen.setdefault(mote.dag, []).append(forum)
        mandager = sorted({dag - dag.weekday() * EN_DAG for dag in pa_dagen})
        return [
            (
                mandag,
                [
                    (dag, self.hinder.get(dag, ""), pa_dagen.get(dag, []))
                    for dag in (mandag + nr * EN_DAG for nr in self.ukedager)
                ],
            )
            for mandag in mandager
        ]


def _opptatt(mote):
    return Opptatt(
        mote.forum_id,
        timezone.make_naive(mote.start),
        timezone.make_naive(mote.slutt),
    )


@transaction.atomic
def legg_inn(*, forslag: Forslag, uker: int, til: date, sted: str) -> int:
    """Makes a series of each forum's dates, and its meetings. Returns how many meetings
    there are so far; a period of more than a year gets the rest as time goes."""
    antall = 0
    for forum in forslag.fora:
        serie = Moteserie.objects.create(
            forum=forum.forum,
            regel=Regel.UKER,
            antall=uker,
            ukedag=forum.forste.weekday(),
            fra=forum.forste,
            til=til,
            start_kl=forum.start_kl,
            slutt_kl=forum.slutt_kl,
            sted=sted,
        )
        antall += len(fyll(serie=serie))
    return antall


# The page -----------------------------------------------------------------------------


def _foraene(bruker, kommune):
    return (
        Forum.objects.holdes_av(bruker)
        .filter(kommune=kommune)
        .virksomme()
        .select_related("kommune")
    )


def _forvalg(fora):
    """Twelve months from the next Monday, for the områdemøter that have no series."""
    i_dag = timezone.localdate()
    fra = i_dag + timedelta(days=7 - i_dag.weekday())
    gar = Moteserie.objects.filter(Q(til=None) | Q(til__gte=i_dag))
    valgte = fora.filter(type=Forum.Type.OMRADEMOTE).exclude(
        pk__in=gar.order_by().values("forum")
    )
    return {
        "fora": [forum.pk for forum in valgte],
        "fra": fra,
        "til": i_dag + relativedelta(months=12),
    }


@never_cache
@require_http_methods(["GET", "POST"])
@i_malformen
def planlegger(request, kommune):
    """Asks, shows the proposal, and puts it into the calendar once it is seen."""
    kommune = egen_kommune(request, kommune)
    fora = _foraene(request.user, kommune)
    if request.method == "GET":
        skjema = Planform(initial=_forvalg(fora), fora=fora)
        return _side(request, kommune, skjema)
    skjema = Planform(request.POST, fora=fora)
    rammer = skjema.rammer() if skjema.is_valid() else None
    onskeformer = _onskeformer(request.POST, skjema, fora, rammer)
    # All of them are asked, so that each says what is wrong with it.
    gyldige = [form.is_valid() for form in onskeformer]
    if rammer is None or not all(gyldige):
        return _side(request, kommune, skjema, onskeformer, status=422)
    onsker = [form.onske() for form in onskeformer]
    valgte = [form.forum for form in onskeformer]
    with transaction.atomic():
        las(*valgte)
        forslag = Forslag(request.user, kommune, onsker, rammer, valgte)
        skal_inn = request.POST.get("handling") == "legg_inn"
        er_sett = request.POST.get("sett") == forslag.merke
        if skal_inn and er_sett and forslag.fora:
            antall = legg_inn(
                forslag=forslag,
                uker=rammer.uker,
                til=rammer.til,
                sted=skjema.cleaned_data["sted"],
            )
            messages.success(request, _kvittering(forslag, antall))
            return redirect("moter:moteplan", kommune.slug)
    return _side(
        request,
        kommune,
        skjema,
        onskeformer,
        forslag=forslag,
        er_endret=skal_inn and not er_sett,
        status=409 if skal_inn else 200,
    )


def _kvittering(forslag, antall):
    fora = len(forslag.fora)
    return ngettext(
        "Lagt inn: %(moter)s møter i %(fora)s forum.",
        "Lagt inn: %(moter)s møter i %(fora)s fora.",
        fora,
    ) % {"moter": antall, "fora": fora}


def _onskeformer(sendt, skjema, fora, rammer):
    """A form for each of the fora that were chosen, in their order."""
    valgte = set(sendt.getlist(skjema.add_prefix("fora")))
    return [
        Onskeform(sendt, forum=forum, rammer=rammer)
        for forum in fora
        if str(forum.pk) in valgte
    ]


def _side(
    request,
    kommune,
    skjema,
    onskeformer=(),
    *,
    forslag=None,
    er_endret=False,
    status=200,
):
    funnet = {f.forum.pk: f for f in forslag.fora} if forslag else {}
    return render(
        request,
        "moter/planlegger.html",
        {
            **sidens_kontekst(kommune),
            "har_motefri": kommune.motefri.filter(
                til__gte=timezone.localdate()
            ).exists(),
            "skjema": skjema,
            "onskeformer": onskeformer,
            "med_feil": [form for form in onskeformer if form.errors],
            "forslag": forslag,
            "er_endret": er_endret,
            "foraene": [(form, funnet.get(form.forum.pk)) for form in onskeformer],
        },
        status=status,
    )
