"""The rows on the form of an indicator that say what it serves: goals, innsatsområder and
tiltak, each with what it takes to succeed."""

from django.forms import Textarea
from django.utils.translation import gettext_lazy as _

from evaluering.models import (
    Indikator,
    Malsettingsindikator,
    Omradeindikator,
    Tiltaksindikator,
)
from evaluering.tall.celler import Tallfelt
from slt.felles.forms import Dato
from slt.felles.skjemarader import ValgtRad, radsett
from slt.felles.skjemaside import Del
from tiltak.planvalg import i_planene, tiltakene

KRITERIET = ["kriterium", "maltall", "innen"]


class MetaMedKriteriet:
    """What is asked of each of them in the same way."""

    widgets = {"kriterium": Textarea({"rows": 2}), "innen": Dato}
    localized_fields = ["maltall"]
    field_classes = {"maltall": Tallfelt}


class MalsettingRad(ValgtRad):
    VALGET = "malsetting"

    class Meta(MetaMedKriteriet):
        model = Malsettingsindikator
        fields = ["malsetting", *KRITERIET]


class OmradeRad(ValgtRad):
    VALGET = "innsatsomrade"

    class Meta(MetaMedKriteriet):
        model = Omradeindikator
        fields = ["innsatsomrade", *KRITERIET]


class TiltakRad(ValgtRad):
    VALGET = "tiltak"

    class Meta(MetaMedKriteriet):
        model = Tiltaksindikator
        fields = ["tiltak", *KRITERIET]


MALSETTINGER = radsett(
    Indikator,
    Malsettingsindikator,
    MalsettingRad,
    navn=_("målsettinger"),
    radnavn=_("målsetting"),
    leggtil=_("Legg til en målsetting"),
)
OMRADER = radsett(
    Indikator,
    Omradeindikator,
    OmradeRad,
    navn=_("innsatsområder"),
    radnavn=_("innsatsområde"),
    leggtil=_("Legg til et innsatsområde"),
)
TILTAK = radsett(
    Indikator,
    Tiltaksindikator,
    TiltakRad,
    navn=_("tiltak"),
    radnavn=_("tiltak"),
    leggtil=_("Legg til et tiltak"),
    hjelp=_("Siden til tiltaket viser tallet før og etter at det begynte."),
)
BRUK = Del(
    _("Hva tallet skal vise"), ["malsettinger", "omrader", "tiltak"], lukket=True
)


def brukrader(indikator, data):
    """{name: rows} of what the indicator serves."""
    kommune = indikator.kommune
    valgene = {
        "malsettinger": (MALSETTINGER, _planens(indikator)),
        "omrader": (OMRADER, _planens(indikator)),
        "tiltak": (TILTAK, lambda _felt, egne: tiltakene(kommune, egne)),
    }
    return {
        navn: _rader(sett, finn, indikator, data)
        for navn, (sett, finn) in valgene.items()
    }


def _planens(indikator):
    return lambda felt, egne: i_planene(felt.related_model, indikator.kommune, egne)


def _rader(sett, finn, indikator, data):
    valget = sett.form.VALGET
    bruk = sett.model.objects.select_related(valget)
    egne = bruk.filter(indikator=indikator.pk).values(valget)
    valgene = finn(sett.model._meta.get_field(valget), egne)
    return sett(
        data, instance=indikator, queryset=bruk, form_kwargs={"valgene": valgene}
    )
