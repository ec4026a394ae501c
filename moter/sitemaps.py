"""The public addresses of the meeting structure, for search engines."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from moter.models import Aktivitet, Forum
from slt.models import PUBLIKUM, Kommune


class Motestruktursitemap(Sitemap):
    """The list of fora of each kommune that has some of its own."""

    limit = 5000

    def items(self):
        fora = Forum.objects.synlige_for(PUBLIKUM).virksomme()
        return Kommune.objects.filter(pk__in=fora.values("kommune")).order_by("pk")

    def location(self, item):
        return reverse("moter:forum_list", args=[item.slug])


class Forumsitemap(Sitemap):
    limit = 5000

    def items(self):
        synlige = Forum.objects.synlige_for(PUBLIKUM).virksomme()
        return synlige.select_related("kommune").order_by("pk")


class Aktivitetssitemap(Sitemap):
    limit = 5000

    def items(self):
        synlige = Aktivitet.objects.synlige_for(PUBLIKUM)
        return synlige.select_related("kommune").order_by("pk")


class Aktivitetslistesitemap(Sitemap):
    """The list of activities of each kommune that has some for all."""

    limit = 5000

    def items(self):
        rader = Aktivitet.objects.synlige_for(PUBLIKUM)
        return Kommune.objects.filter(pk__in=rader.values("kommune")).order_by("pk")

    def location(self, item):
        return reverse("moter:aktivitet_list", args=[item.slug])


class Kalendersitemap(Sitemap):
    """The forebyggingskalender of each kommune that shows it to all."""

    limit = 5000

    def items(self):
        apne = Kommune.objects.filter(forebyggingskalender_er_apen=True)
        return apne.order_by("pk")

    def location(self, item):
        return reverse("moter:forebyggingskalender", args=[item.slug])


SITEMAPS = {
    "moter": Motestruktursitemap,
    "fora": Forumsitemap,
    "aktivitetslister": Aktivitetslistesitemap,
    "aktiviteter": Aktivitetssitemap,
    "forebyggingskalendere": Kalendersitemap,
}
