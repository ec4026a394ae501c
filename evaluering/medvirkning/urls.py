"""Addresses of who was asked, below a kommune."""

from django.urls import path

from evaluering.medvirkning import views

urlpatterns = [
    path("endre/medvirkning/", views.medvirkning, name="medvirkning"),
    path(
        "endre/medvirkning/ny/<slug:til>/<int:pk>/",
        views.medvirkning_ny,
        name="medvirkning_ny",
    ),
    path(
        "endre/medvirkning/<int:pk>/", views.medvirkning_endre, name="medvirkning_endre"
    ),
    path(
        "endre/medvirkning/<int:pk>/slett/",
        views.medvirkning_slett,
        name="medvirkning_slett",
    ),
]
