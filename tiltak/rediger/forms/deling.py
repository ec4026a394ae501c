"""The rows by which one kommune offers another a tjeneste."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from slt.felles.delingsrader import Delingsrad, Delingsrader
from slt.felles.skjemarader import radsett
from tiltak.models import Tjeneste, Tjenestekommune


class TjenestekommuneRad(Delingsrad):
    class Meta:
        model = Tjenestekommune
        fields = ["kommune"]

    @property
    def om_fjerning(self):
        """How many tiltak there lose the way to it. Which they are is theirs to tell."""
        # Where nobody accepted it, none has a way to it.
        antall = self.instance.godtatt and self.instance.antall_tiltak
        if not antall:
            return ""
        tekst = ngettext(
            "%(antall)d tiltak i %(kommune)s nevner tjenesten.",
            "%(antall)d tiltak i %(kommune)s nevner tjenesten.",
            antall,
        )
        return tekst % {"antall": antall, "kommune": self.instance.kommune}


class Tjenestekommunerader(Delingsrader):
    def _tilbudt(self, rad):
        delte = reverse("tiltak:delte_tjenester", args=[self.instance.kommune.slug])
        lenke = format_html(
            '<a class="ds-link" href="{}">{}</a>', delte, _("Delte tjenester")
        )
        return format_html("{} {}", super()._tilbudt(rad), lenke)


TJENESTEKOMMUNER = radsett(
    Tjeneste,
    Tjenestekommune,
    TjenestekommuneRad,
    formset=Tjenestekommunerader,
    navn=gettext_lazy("andre kommuner som tjenesten er for"),
    leggtil=gettext_lazy("Legg til en kommune"),
    hjelp=gettext_lazy(
        "Tas en kommune bort, forsvinner tjenesten fra sidene der med en gang, og tiltak som "
        "nevner den, viser verken lenke eller kontakt."
    ),
)
