"""The settings of a kommune: each app says at start what it has of them, and the page that
leads to them knows none; and a page of rows of the kommune that are changed in place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slt.felles.forms import BareTegnes, Begrunnelse
from slt.felles.sider import koordinerer_fremdeles
from slt.felles.skjemaside import Del, Skjema, skjemaside
from slt.models import Kommune


@dataclass(frozen=True)
class Innstilling:
    """Something that is kept for the kommune, what it is for, and where it is changed: in
    the administration where it has no address."""

    tittel: str
    tekst: str
    adresse: str = ""


# (heading, what finds the settings of a kommune without asking the database), in the order
# of the apps.
INNSTILLINGER: list[tuple[str, Callable[[Kommune], Iterable[Innstilling]]]] = []


class RaderForm(BareTegnes, forms.ModelForm):
    """The form above rows of the kommune: changes nothing of the kommune itself."""

    begrunnelse = Begrunnelse(label=gettext_lazy("Hvorfor endres dette?"))
    # What somebody else changed, each row says of itself.
    er_endret_av_andre = False

    class Meta:
        model = Kommune
        fields = ()

    def _post_clean(self):
        """Asks nothing of the kommune, which stays as it is."""

    def save(self, commit=True):
        return self.instance


def side_med_rader(request, kommune, bygg, *, overskrift, ingress=""):
    """A page with rows of the kommune, right below the one that leads to all settings.
    When they are saved, it is shown anew.

    Args:
        bygg: (kommune, what was sent or None) -> Skjema.
    """

    def ferdig(_kommune):
        messages.success(request, _("Endringene er lagret."))
        return redirect(request.path)

    return skjemaside(
        request,
        kommune,
        hent=lambda: hent_egen(request, kommune),
        bygg=bygg,
        mal="skjema/endre.html",
        ferdig=ferdig,
        kontekst=lambda _kommune: {
            "kommune": kommune,
            "overskrift": overskrift,
            "ingress": ingress,
            "tilbake": urljoin(request.path, "../"),
        },
    )


def hent_egen(request, kommune):
    """The kommune as it is now, as long as the asker coordinates it."""
    koordinerer_fremdeles(request, kommune)
    return get_object_or_404(Kommune, pk=kommune.pk)


def radskjema(navn, rader, *, form=RaderForm, over=()):
    """Returns what builds the Skjema of such a page.

    Args:
        navn: of the rows, as the kommune has them.
        rader: (kommune, what was sent) -> the set of rows.
        over: names of the fields that the form has above them.
    """

    def bygg(kommune, data):
        deler = [Del("", [*over, navn, "begrunnelse"])]
        hoved = form(data, instance=kommune)
        return Skjema(hoved, {navn: rader(kommune, data)}, deler)

    return bygg
