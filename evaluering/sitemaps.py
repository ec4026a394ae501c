"""The public addresses of knowledge and figures, for search engines."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from evaluering.models import Evaluering, Funn, Indikator, Kilde, Rapport
from slt.models import PUBLIKUM, Kommune


class Kunnskapssitemap(Sitemap):
    """The page of each kommune that has published something it found."""

    limit = 5000

    def items(self):
        funn = Funn.objects.synlige_for(PUBLIKUM)
        kommuner = Kommune.objects.filter(pk__in=funn.values("kilde__kommune"))
        return kommuner.order_by("pk")

    def location(self, item):
        return reverse("evaluering:kunnskap", args=[item.slug])


class Kildesitemap(Sitemap):
    limit = 5000

    def items(self):
        synlige = Kilde.objects.synlige_for(PUBLIKUM)
        return synlige.select_related("kommune").order_by("pk")


class Indikatorsitemap(Sitemap):
    limit = 5000

    def items(self):
        synlige = Indikator.objects.synlige_for(PUBLIKUM)
        return synlige.select_related("kommune").order_by("pk")


class Listesitemap(Sitemap):
    """The list of each kommune that has published one."""

    limit = 5000

    def __init__(self, modell, side):
        super().__init__()
        self.modell, self.side = modell, side

    def items(self):
        synlige = self.modell.objects.synlige_for(PUBLIKUM)
        return Kommune.objects.filter(pk__in=synlige.values("kommune")).order_by("pk")

    def location(self, item):
        return reverse(self.side, args=[item.slug])


class Rapportsitemap(Sitemap):
    limit = 5000

    def items(self):
        synlige = Rapport.objects.synlige_for(PUBLIKUM)
        return synlige.select_related("kommune").order_by("pk")


class Evalueringssitemap(Sitemap):
    limit = 5000

    def items(self):
        synlige = Evaluering.objects.synlige_for(PUBLIKUM)
        return synlige.select_related("kommune").order_by("pk")


SITEMAPS = {
    "kunnskap": Kunnskapssitemap,
    "kilder": Kildesitemap,
    "indikatorer": Indikatorsitemap,
    "evalueringslister": Listesitemap(Evaluering, "evaluering:evaluering_list"),
    "evalueringer": Evalueringssitemap,
    "rapportlister": Listesitemap(Rapport, "evaluering:rapport_list"),
    "rapporter": Rapportsitemap,
}
