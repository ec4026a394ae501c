"""Addresses below a kommune. Those of a plan carry its period; the short forms lead to
the plan in force."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from tiltak import views


class PeriodeConverter(StringConverter):
    """The years of a plan as one part of an address: 2024-2028."""

    regex = r"[0-9]{4}-[0-9]{4}"


class NummerConverter(StringConverter):
    """The number of a tiltak; short enough for every database."""

    regex = r"[1-9][0-9]{0,3}"


register_converter(PeriodeConverter, "periode")
register_converter(NummerConverter, "nummer")

app_name = "tiltak"
urlpatterns = [
    path("tjenester/", views.TjenesteListView.as_view(), name="tjeneste_list"),
    path(
        "tjenester/<slug:slug>/",
        views.TjenesteDetailView.as_view(),
        name="tjeneste_detail",
    ),
    # In force ---------------------------------------------------------------------
    path(
        "tiltak/", views.til_gjeldende, {"resten": "tiltak/"}, name="gjeldende_tiltak"
    ),
    path(
        "tiltak/<slug:innsatsomrade>/<nummer:nummer>/",
        views.til_gjeldende_tiltak,
        name="gjeldende_tiltak_detail",
    ),
    path("plan.pdf", views.til_gjeldende, {"resten": "plan.pdf"}, name="gjeldende_pdf"),
    # Of a period ------------------------------------------------------------------
    path(
        "<periode:periode>/",
        views.HandlingsplanDetailView.as_view(),
        name="handlingsplan_detail",
    ),
    path(
        "<periode:periode>/tiltak/", views.TiltakListView.as_view(), name="tiltak_list"
    ),
    path(
        "<periode:periode>/tiltak/<slug:innsatsomrade>/<nummer:nummer>/",
        views.TiltakDetailView.as_view(),
        name="tiltak_detail",
    ),
    path("<periode:periode>/plan.pdf", views.plan_pdf, name="plan_pdf"),
]
