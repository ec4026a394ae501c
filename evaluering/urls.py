"""Addresses below a kommune: what is known there, and the figures."""

from django.urls import path

from evaluering import importsider, pdf, views

app_name = "evaluering"
urlpatterns = [
    # What all may read -------------------------------------------------------------
    path("kunnskap/", views.KunnskapView.as_view(), name="kunnskap"),
    path("kunnskap.pdf", pdf.kunnskap_pdf, name="kunnskap_pdf"),
    path("indikatorer/", views.IndikatorListView.as_view(), name="indikator_list"),
    path("indikatorer/tall.csv", views.tallfil, {"som": "csv"}, name="tall_csv"),
    path("indikatorer/tall.xlsx", views.tallfil, {"som": "xlsx"}, name="tall_xlsx"),
    path("indikatorer/mal.csv", views.tallmal, {"som": "csv"}, name="mal_csv"),
    path("indikatorer/mal.xlsx", views.tallmal, {"som": "xlsx"}, name="mal_xlsx"),
    path(
        "indikatorer/<slug:slug>/",
        views.IndikatorDetailView.as_view(),
        name="indikator_detail",
    ),
    path(
        "indikatorer/<slug:slug>/tall.csv",
        views.tallfil,
        {"som": "csv"},
        name="indikator_csv",
    ),
    path(
        "indikatorer/<slug:slug>/tall.xlsx",
        views.tallfil,
        {"som": "xlsx"},
        name="indikator_xlsx",
    ),
    # Getting figures in, for coordinators ------------------------------------------
    path("tallimport/", importsider.tallimport_ny, name="tallimport_ny"),
    path("tallimport/<int:pk>/", importsider.tallimport, name="tallimport"),
    path(
        "tallimport/<int:pk>/legg-inn/",
        importsider.tallimport_legg_inn,
        name="tallimport_legg_inn",
    ),
    path(
        "tallimport/<int:pk>/forkast/",
        importsider.tallimport_forkast,
        name="tallimport_forkast",
    ),
    path(
        "tallimport/<int:pk>/angre/",
        importsider.tallimport_angre,
        name="tallimport_angre",
    ),
]
