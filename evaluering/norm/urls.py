"""Addresses of the checklist, below a kommune."""

from django.urls import path

from evaluering.norm import views

urlpatterns = [
    path("endre/sjekkliste/", views.sjekkliste, name="sjekkliste"),
    path("endre/sjekkliste/<slug:punkt>/", views.normsvar, name="normsvar"),
    path(
        "endre/sjekkliste/svar/<int:pk>/slett/",
        views.normsvar_slett,
        name="normsvar_slett",
    ),
]
