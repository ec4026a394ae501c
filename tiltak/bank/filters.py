"""The filters of what other kommuner share."""

import django_filters as filters
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from slt.models import Kommune
from tiltak.bank.temaene import om_det_samme
from tiltak.filters import TiltakFilter, sier_selv_ordet, valgfilter
from tiltak.models import Tema, delt_med_alle


class BankFilter(TiltakFilter):
    """Narrows what other kommuner share, by what is shared of it: nothing is found by its
    tjenester, or by where it stands."""

    omrade = kontakt = tjeneste = lokalomrade = bti = status = nytt = None
    tema = valgfilter(
        _("Tema"),
        choices=[(emne.value, capfirst(emne.label)) for emne in Tema.Emne],
        method="om_tema",
    )
    kommune = valgfilter(_("Kommune"), method="i_kommunen")

    def __init__(self, *args, kommune, **kwargs):
        filters.FilterSet.__init__(self, *args, **kwargs)
        self.plan, self.kommune = None, kommune
        andre = Kommune.objects.filter(deler_tiltak=True).exclude(pk=kommune.pk)
        valg = list(andre.values_list("slug", "navn"))
        self.filters["kommune"].extra["choices"] = valg

    def om_tema(self, tiltakene, navn, emne):
        """Each kommune has words of its own for its temaer; what they are about is the
        same everywhere, whether they say so or not."""
        andres = Tema.objects.filter(kommune__deler_tiltak=True)
        andres = andres.exclude(kommune=self.kommune)
        temaer = om_det_samme(andres, emne, list(self.kommune.temaer.all()))
        return self._selv_eller_del(tiltakene, Q(temavalg__tema__in=temaer))

    def i_kommunen(self, tiltakene, navn, slug):
        return tiltakene.filter(kommune__slug=slug)

    def _som_sier(self, et_ord):
        return sier_selv_ordet(et_ord)

    def _hvor(self):
        return delt_med_alle()
