"""Addresses of the politiråd's evaluations of itself, below a kommune."""

from django.urls import path

from evaluering.egenvurdering import views

urlpatterns = [
    path("egenvurderinger/", views.egenvurdering_list, name="egenvurdering_list"),
    path(
        "egenvurderinger/<int:pk>/",
        views.egenvurdering_detail,
        name="egenvurdering_detail",
    ),
    path("endre/egenvurderinger/ny/", views.egenvurdering_ny, name="egenvurdering_ny"),
    path(
        "endre/egenvurderinger/<int:pk>/",
        views.egenvurdering_endre,
        name="egenvurdering_endre",
    ),
    path(
        "endre/egenvurderinger/<int:pk>/slett/",
        views.egenvurdering_slett,
        name="egenvurdering_slett",
    ),
    path(
        "endre/egenvurderinger/<int:pk>/ferdig/",
        views.egenvurdering_ferdig,
        name="egenvurdering_ferdig",
    ),
    path(
        "endre/egenvurderinger/<int:pk>/apne/",
        views.egenvurdering_apne,
        name="egenvurdering_apne",
    ),
]
