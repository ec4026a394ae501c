"""Addresses below a kommune: what is known there, and the figures."""

from django.urls import path

from evaluering.egenvurdering import urls as egenvurdering
from evaluering.kunnskap import kildesiden, planstartsider, rediger
from evaluering.kunnskap import views as kunnskap
from evaluering.medvirkning import urls as medvirkning
from evaluering.norm import urls as norm
from evaluering.rapporter import urls as rapporter
from evaluering.tall.views import importen, lest, svar
from evaluering.vurdering import urls as vurdering

app_name = "evaluering"
urlpatterns = [
    # What all may read -------------------------------------------------------------
    path("kunnskap/", kunnskap.KunnskapView.as_view(), name="kunnskap"),
    path("kunnskap.pdf", kunnskap.kunnskap_pdf, name="kunnskap_pdf"),
    path(
        "kunnskap/<slug:slug>/",
        kildesiden.KildeDetailView.as_view(),
        name="kilde_detail",
    ),
    path("indikatorer/", lest.IndikatorListView.as_view(), name="indikator_list"),
    path("indikatorer/tall.csv", lest.tallfil, {"som": "csv"}, name="tall_csv"),
    path("indikatorer/tall.xlsx", lest.tallfil, {"som": "xlsx"}, name="tall_xlsx"),
    path("indikatorer/mal.csv", lest.tallmal, {"som": "csv"}, name="mal_csv"),
    path("indikatorer/mal.xlsx", lest.tallmal, {"som": "xlsx"}, name="mal_xlsx"),
    path(
        "indikatorer/<slug:slug>/",
        lest.IndikatorDetailView.as_view(),
        name="indikator_detail",
    ),
    path(
        "indikatorer/<slug:slug>/tall.csv",
        lest.tallfil,
        {"som": "csv"},
        name="indikator_csv",
    ),
    path(
        "indikatorer/<slug:slug>/tall.xlsx",
        lest.tallfil,
        {"som": "xlsx"},
        name="indikator_xlsx",
    ),
    # What is known, for coordinators -------------------------------------------------
    path("endre/kilder/ny/", rediger.kilde_ny, name="kilde_ny"),
    path("endre/kilder/<int:pk>/", rediger.kilde_endre, name="kilde_endre"),
    path("endre/kilder/<int:pk>/slett/", rediger.kilde_slett, name="kilde_slett"),
    path("endre/kilder/<int:kilde>/funn/ny/", rediger.funn_nytt, name="funn_nytt"),
    path("endre/funn/<int:pk>/", rediger.funn_endre, name="funn_endre"),
    path("endre/funn/<int:pk>/slett/", rediger.funn_slett, name="funn_slett"),
    path(
        "endre/kilder/<int:kilde>/anbefalinger/ny/",
        rediger.anbefaling_ny,
        name="anbefaling_ny",
    ),
    path(
        "endre/anbefalinger/<int:pk>/",
        rediger.anbefaling_endre,
        name="anbefaling_endre",
    ),
    path(
        "endre/anbefalinger/<int:pk>/slett/",
        rediger.anbefaling_slett,
        name="anbefaling_slett",
    ),
    path("endre/indikatorer/ny/", rediger.indikator_ny, name="indikator_ny"),
    path(
        "endre/indikatorer/<int:pk>/", rediger.indikator_endre, name="indikator_endre"
    ),
    path(
        "endre/indikatorer/<int:pk>/slett/",
        rediger.indikator_slett,
        name="indikator_slett",
    ),
    # A plan that begins with what a survey recommends, for coordinators -------------
    path(
        "kunnskap/<slug:slug>/plan/",
        planstartsider.plan_fra_kilde,
        name="plan_fra_kilde",
    ),
    path(
        "kunnskap/<slug:slug>/plan/<slug:plan>/",
        planstartsider.anbefalinger_til_plan,
        name="anbefalinger",
    ),
    # For the one who answers for a tjeneste -----------------------------------------
    path("svar/<int:pk>/tall/<int:indikator>/", svar.svar_tall, name="svar_tall"),
    # Getting figures in, for coordinators ------------------------------------------
    path("tallimport/", importen.tallimport_ny, name="tallimport_ny"),
    path("tallimport/<int:pk>/", importen.tallimport, name="tallimport"),
    path(
        "tallimport/<int:pk>/oppsett/",
        importen.tallimport_oppsett,
        name="tallimport_oppsett",
    ),
    path(
        "tallimport/<int:pk>/navn/",
        importen.tallimport_navn,
        name="tallimport_navn",
    ),
    path(
        "tallimport/<int:pk>/legg-inn/",
        importen.tallimport_legg_inn,
        name="tallimport_legg_inn",
    ),
    path(
        "tallimport/<int:pk>/forkast/",
        importen.tallimport_forkast,
        name="tallimport_forkast",
    ),
    path(
        "tallimport/<int:pk>/angre/",
        importen.tallimport_angre,
        name="tallimport_angre",
    ),
    *medvirkning.urlpatterns,
    *egenvurdering.urlpatterns,
    *norm.urlpatterns,
    *vurdering.urlpatterns,
    *rapporter.urlpatterns,
]
