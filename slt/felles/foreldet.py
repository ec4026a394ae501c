"""What somebody else changed while a form stood open, field by field: what the history
tells of it, and how both texts are shown beside the field."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.db.models import OuterRef, Subquery
from django.forms.utils import ErrorList
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from slt.felles.anonymisering import epost_til
from slt.grunn.historikk import handler_na
from slt.grunn.ordforskjell import forskjell
from slt.grunn.riktekst import ren_tekst
from slt.models import Kommune, Tilgang

# How the choice between the two texts is sent, after the name of the field.
VALG, LAGRET = "valg", "lagret"
# As long as a browser keeps what was typed.
LENGST_APEN = timedelta(days=7)


class Historien:
    """What the history tells of rows that stand on a page. Asked once for all of them.

    Args:
        merker: () -> the ids of the history rows that may be asked for.
    """

    def __init__(self, modell, merker):
        self.modell, self._merker = modell, merker

    @cached_property
    def _rader(self):
        rader = self.modell.historikk
        pk_felt = self.modell._meta.pk.attname
        neste = rader.filter(
            **{pk_felt: OuterRef(pk_felt)}, history_id__gt=OuterRef("history_id")
        ).order_by("history_id")
        funnet = (
            rader.filter(history_id__in=self._merker())
            .select_related("history_user")
            .annotate(avlost=Subquery(neste.values("history_date")[:1]))
        )
        return {str(rad.history_id): rad for rad in funnet}

    def rad_da(self, pk, merke):
        """The history row with this id, if it is one of the row."""
        rad = self._rader.get(merke)
        er_den = rad and getattr(rad, self.modell._meta.pk.attname) == pk
        return rad if er_den and self._kan_ha_sett(rad) else None

    def _kan_ha_sett(self, rad):
        """Whether a page that shows this version may still be open. Who does not read the
        history could ask for any earlier one by its mark."""
        if self._leser_historikken or rad.avlost is None:
            return True
        return timezone.now() - rad.avlost < LENGST_APEN

    @cached_property
    def _leser_historikken(self):
        """Whether the one who asks may read the history of the rows."""
        bruker = handler_na()
        if bruker is None or bruker.is_superuser:
            return bruker is not None
        kommuner = {rad.history_kommune_id for rad in self._rader.values()} - {None}
        return len(kommuner) == 1 and Kommune(pk=kommuner.pop()).gir(
            bruker, Tilgang.Rolle.KOORDINATOR
        )

    def hvem(self, rad):
        """Who made the change of a history row, and when, in words; "" where the asker may
        not see it."""
        if rad is None or not self._leser_historikken:
            return ""
        hvem = [rad.history_aktor or _("Systemet"), epost_til(rad)]
        return f"{', '.join(filter(None, hvem))}, {nar(rad.history_date)}"


def nar(tid):
    """A moment as people say it."""
    tid = timezone.localtime(tid)
    if tid.date() == timezone.localdate():
        return _("i dag kl. %s") % date_format(tid, "H.i")
    return date_format(tid, "j. F Y H.i")


class Feilliste(ErrorList):
    """What is wrong with a field, and beside it both texts, where somebody else changed it
    meanwhile. The admin draws it as it is; the pages of the site ask for `ved_siden`."""

    ved_siden = ""

    def as_ul(self):
        return mark_safe(super().as_ul() + self.ved_siden)  # noqa: S308

    __str__ = __html__ = as_ul


@dataclass(frozen=True)
class Begge:
    """What stands stored in a field, and what the user typed there: both as people read
    them, drawn as HTML.

    Attributes:
        forst: the mark of what the user saw, with which it can be drawn once more.
    """

    felt: forms.BoundField
    lagret: str
    skrevet: str
    hvem: str
    forst: str

    def __str__(self):
        navn = f"{self.felt.html_name}-{VALG}"
        return render_to_string(
            "skjema/_begge.html",
            {
                "felt": self.felt,
                "navn": navn,
                "lagret_valgt": self.felt.form.data.get(navn) == LAGRET,
                "lagret": self.lagret,
                "skrevet": self.skrevet,
                "stykker": forskjell(self.lagret, self.skrevet),
                "hvem": self.hvem,
                "forst_navn": self.felt.form.add_prefix("forst"),
                "forst": self.forst,
            },
        )


def hva_er_endret(felt, for_, na, hvem):
    """What somebody else changed in a field that the user did not touch, as HTML."""
    stykker = forskjell(for_, na)
    return render_to_string(
        "skjema/_endret.html", {"felt": felt, "stykker": stykker, "hvem": hvem}
    )


def som_sendt(widget, navn, verdi):
    """Returns {name: values} as a browser sends a widget in which the value stands."""
    widget = getattr(widget, "widget", widget)
    if isinstance(widget, forms.MultiWidget):
        deler = zip(
            widget.widgets, widget.widgets_names, widget.decompress(verdi), strict=True
        )
        return {
            del_navn: verdier
            for del_, endelse, del_verdi in deler
            for del_navn, verdier in som_sendt(
                del_, f"{navn}{endelse}", del_verdi
            ).items()
        }
    if isinstance(widget, forms.CheckboxInput):
        return {navn: ["on"] if widget.check_test(verdi) else []}
    formatert = widget.format_value(verdi)
    if formatert is None:
        return {navn: [""]}
    return {navn: formatert if isinstance(formatert, list) else [formatert]}


def som_tekst(felt, verdi):
    """Returns the value of a bound field, stored or as it was sent, as people read it."""
    if isinstance(felt.field, forms.BooleanField):
        return _("Ja") if felt.field.to_python(verdi) else _("Nei")
    if isinstance(felt.field, (forms.ChoiceField, forms.ModelChoiceField)):
        return _valgene(felt.field, verdi)
    if isinstance(felt.field, forms.MultiValueField):
        return _av_deler(felt.field, verdi)
    try:
        lest = felt.field.to_python(verdi)
    except forms.ValidationError:
        lest = verdi
    if lest is None or lest == "":
        return ""
    if hasattr(lest, "hour") and hasattr(lest, "year"):
        return date_format(timezone.localtime(lest), "j. F Y H.i")
    if hasattr(lest, "year"):
        return date_format(lest, "j. F Y")
    if hasattr(lest, "hour"):
        return date_format(lest, "H.i")
    # The text editor alone has a preset.
    return ren_tekst(lest) if hasattr(felt.field.widget, "preset") else str(lest)


def _av_deler(felt, verdi):
    if isinstance(verdi, list):
        return " ".join(str(del_) for del_ in verdi if del_)
    deler = felt.widget.decompress(verdi)
    return " ".join(str(del_) for del_ in deler if del_ is not None)


def _valgene(felt, verdi):
    """What the choices say, one on each line: as the field itself offers them."""
    flere = verdi if isinstance(verdi, (list, tuple)) else [verdi]
    flere = [str(felt.prepare_value(v)) for v in flere if v not in (None, "")]
    # A search field in a row knows what all of them are called.
    navn = getattr(getattr(felt.widget, "widget", felt.widget), "navn", None)
    navnene = navn() if navn else dict(_flate(felt.choices) if flere else ())
    ukjent = _("noe som ikke kan velges her")
    return "\n".join(str(navnene.get(v, ukjent)) for v in flere)


def _flate(valg):
    for verdi, tekst in valg:
        if isinstance(tekst, (list, tuple)):
            yield from _flate(tekst)
        else:
            yield str(verdi), tekst
