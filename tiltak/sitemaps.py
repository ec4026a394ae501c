"""The public addresses of plans and tjenester, for search engines."""

from django.contrib.sitemaps import Sitemap
from django.db.models import F
from django.urls import reverse

from slt.felles.offentlig import sees_av
from slt.models import PUBLIKUM, Kommune
from tiltak.models import Handlingsplan, Innsatsomrade, Plassering, Tiltak, Tjeneste


class Plansitemap(Sitemap):
    """The pages of each plan: front page, text, list, coverage."""

    limit = 5000

    def items(self):
        planer = Handlingsplan.objects.synlige_for(PUBLIKUM).select_related("kommune")
        sider = ["handlingsplan_detail", "plan", "tiltak_list", "dekning"]
        return [(side, plan) for plan in planer for side in sider]

    def location(self, item):
        side, plan = item
        return reverse(f"tiltak:{side}", args=[plan.kommune.slug, plan.slug])


class Innsatsomradesitemap(Sitemap):
    limit = 5000

    def items(self):
        synlige = Innsatsomrade.objects.synlige_for(PUBLIKUM)
        return synlige.select_related("plan__kommune").order_by("pk")


class Tiltaksitemap(Sitemap):
    limit = 5000

    def items(self):
        hoved = (
            Plassering.objects.synlige_for(PUBLIKUM)
            .filter(hoved=True, tiltak__plan=F("plan"))
            .order_by("pk")
        )
        return hoved.select_related("innsatsomrade", "tiltak__plan__kommune")

    def location(self, item):
        return item.url


class Tilbudsitemap(Sitemap):
    limit = 5000

    def items(self):
        synlige = Tiltak.objects.synlige_for(PUBLIKUM).tilbud().selvstendige()
        return synlige.select_related("kommune").order_by("pk")


class Tjenestesitemap(Sitemap):
    """Of the kommuner that stand on the front page."""

    limit = 5000

    def items(self):
        kommuner = Kommune.objects.filter(sees_av(PUBLIKUM)).order_by()
        synlige = Tjeneste.objects.synlige_for(PUBLIKUM).virksomme()
        synlige = synlige.i_lister(PUBLIKUM).filter(kommune__in=kommuner.values("pk"))
        return synlige.select_related("kommune").order_by("pk")


SITEMAPS = {
    "planer": Plansitemap,
    "innsatsomrader": Innsatsomradesitemap,
    "tiltak": Tiltaksitemap,
    "tilbud": Tilbudsitemap,
    "tjenester": Tjenestesitemap,
}
