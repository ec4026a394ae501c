"""Addresses of what happens on a day, below a kommune."""

from django.urls import path

from moter.aktiviteter import kalendersiden, rediger, views

urlpatterns = [
    path("aktiviteter/", views.AktivitetListView.as_view(), name="aktivitet_list"),
    path(
        "aktiviteter/<int:pk>/",
        views.AktivitetDetailView.as_view(),
        name="aktivitet_detail",
    ),
    path(
        "forebyggingskalender/",
        kalendersiden.ForebyggingskalenderView.as_view(),
        name="forebyggingskalender",
    ),
    path("endre/aktiviteter/", rediger.aktiviteter_endre, name="aktiviteter_endre"),
    path("endre/aktiviteter/ny/", rediger.aktivitet_ny, name="aktivitet_ny"),
    path(
        "endre/aktiviteter/gjenta/",
        rediger.aktiviteter_gjenta,
        name="aktiviteter_gjenta",
    ),
    path(
        "endre/aktiviteter/etterpa/",
        rediger.aktiviteter_etterpa,
        name="aktiviteter_etterpa",
    ),
    path(
        "endre/aktiviteter/<int:pk>/", rediger.aktivitet_endre, name="aktivitet_endre"
    ),
    path(
        "endre/aktiviteter/<int:pk>/slett/",
        rediger.aktivitet_slett,
        name="aktivitet_slett",
    ),
]
