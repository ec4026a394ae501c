"""All addresses. What the site needs itself comes first: those words are refused as
the address of a kommune (slt.models.RESERVERTE_SLUGGER)."""

from django.contrib import admin
from django.urls import include, path

from slt import views

urlpatterns = [
    path("", views.forside, name="forside"),
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("konto/", include("slt.felles.konto")),
    path("<slug:kommune>/", views.kommune_detail, name="kommune"),
    path("<slug:kommune>/", include("tiltak.urls")),
]

handler403 = "slt.views.ingen_tilgang"
handler404 = "slt.views.finnes_ikke"
handler500 = "slt.views.noe_gikk_galt"
