"""All addresses. What the site needs itself comes first: those words are refused as
the address of a kommune (slt.models.RESERVERTE_SLUGGER)."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path

from slt import views
from tiltak.sitemaps import SITEMAPS

urlpatterns = [
    path("", views.forside, name="forside"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path(
        "sitemap.xml",
        login_not_required(index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"},
        name="sitemap_index",
    ),
    path(
        "sitemap-<section>.xml",
        login_not_required(sitemap),
        {"sitemaps": SITEMAPS},
        name="sitemap",
    ),
    path("admin/", admin.site.urls),
    path("konto/", include("slt.felles.konto")),
    path("<slug:kommune>/", views.kommune_detail, name="kommune"),
    path("<slug:kommune>/", include("tiltak.urls")),
]

handler403 = "slt.views.ingen_tilgang"
handler404 = "slt.views.finnes_ikke"
handler500 = "slt.views.noe_gikk_galt"
