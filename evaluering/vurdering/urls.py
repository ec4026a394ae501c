"""Addresses of evaluations, below a kommune."""

from django.urls import path

from evaluering.vurdering import lest, views

urlpatterns = [
    # What all may read, once it is published ---------------------------------------
    path("evalueringer/", lest.EvalueringListView.as_view(), name="evaluering_list"),
    path(
        "evalueringer/<int:pk>/",
        lest.EvalueringDetailView.as_view(),
        name="evaluering_detail",
    ),
    path(
        "evalueringer/<int:pk>/evaluering.pdf",
        lest.evaluering_pdf,
        name="evaluering_pdf",
    ),
    # For coordinators ----------------------------------------------------------------
    path("endre/evalueringer/", views.evalueringene, name="evalueringene"),
    path("endre/evalueringer/ny/", views.evaluering_ny, name="evaluering_ny"),
    path(
        "endre/evalueringer/<int:pk>/",
        views.evaluering_arbeid,
        name="evaluering_arbeid",
    ),
    path(
        "endre/evalueringer/<int:pk>/helheten/",
        views.evaluering_endre,
        name="evaluering_endre",
    ),
    path(
        "endre/evalueringer/<int:pk>/tiltak/<int:tiltak>/",
        views.evaluering_tiltak,
        name="evaluering_tiltak",
    ),
    path(
        "endre/evalueringer/<int:pk>/ferdig/",
        views.evaluering_ferdig,
        name="evaluering_ferdig",
    ),
    path(
        "endre/evalueringer/<int:pk>/apne/",
        views.evaluering_apne,
        name="evaluering_apne",
    ),
    path(
        "endre/evalueringer/<int:pk>/publiser/",
        views.evaluering_publiser,
        name="evaluering_publiser",
    ),
    path(
        "endre/evalueringer/<int:pk>/slett/",
        views.evaluering_slett,
        name="evaluering_slett",
    ),
]
