"""The forms of the planner: what is asked about all the fora, and about each of them."""

import re
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moter.models import Forum, Moteserie
from moter.moteplan.sporsmal import Onske, Rammer
from slt.felles.forms import Dato, FlereRader
from slt.grunn.limt import forenklet
from slt.grunn.tid import Dagfelt, Klokkefelt, Ukedag, i_lokal_tid, les_klokkeslett

LENGST_AR = 3
FLEST_TIDER = 8
LENGSTE_MOTE = 12 * 60


class Klokkeslettfelt(forms.CharField):
    """Times of day, as people write them: "08.30, 12 og 14.15"."""

    default_error_messages = {
        "ugyldig": gettext_lazy(
            "«%(verdi)s» er ikke et klokkeslett. Skriv for eksempel 08.30."
        ),
        "mange": gettext_lazy("Skriv høyst %(antall)s klokkeslett."),
    }

    def to_python(self, value):
        tekst = forenklet(super().to_python(value)).lower()
        ordene = re.split(r"(?:[,; ]|\b(?:og|kl|klokken|klokka)\b\.?)+", tekst)
        tider = dict.fromkeys(self._tid(ord_) for ord_ in ordene if ord_)
        if len(tider) > FLEST_TIDER:
            raise ValidationError(
                self.error_messages["mange"], params={"antall": FLEST_TIDER}
            )
        return tuple(tider)

    def _tid(self, ord_):
        try:
            return les_klokkeslett(ord_)
        except ValidationError as feil:
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


class PlanleggerForm(forms.Form):
    """What holds for all the fora that are planned."""

    fora = FlereRader(
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
    fra = Dagfelt(label=gettext_lazy("fra og med"), widget=Dato)
    til = Dagfelt(label=gettext_lazy("til og med"), widget=Dato)
    ukedager = forms.TypedMultipleChoiceField(
        coerce=int,
        label=gettext_lazy("ukedager som passer"),
        choices=Ukedag.choices[:5],
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
        for forum in data.get("fora") or []:
            if til and forum.nedlagt and forum.nedlagt < til:
                self.add_error(
                    "til", _("%(forum)s blir nedlagt før det.") % {"forum": forum}
                )
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
            etter=timezone.make_naive(timezone.now()),
        )


def _dager(rammer, ukedager):
    """The days of the period that are one of the weekdays."""
    alle = (
        rammer.fra + timedelta(days=nr)
        for nr in range((rammer.til - rammer.fra).days + 1)
    )
    return [dag for dag in alle if dag.weekday() in ukedager]


class OnskeForm(forms.Form):
    """What the coordinator decides for one forum; what is empty, the proposal finds."""

    ukedag = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        label=gettext_lazy("ukedag"),
        required=False,
        choices=[("", gettext_lazy("som passer best")), *Ukedag.choices],
    )
    tid = Klokkefelt(label=gettext_lazy("klokkeslett"), required=False)
    forste = Dagfelt(label=gettext_lazy("første møte"), required=False, widget=Dato)

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
