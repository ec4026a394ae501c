"""The public addresses of the meeting structure, for search engines."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from moter.models import Forum
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


SITEMAPS = {"moter": Motestruktursitemap, "fora": Forumsitemap}
