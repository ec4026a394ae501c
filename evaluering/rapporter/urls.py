"""Addresses of reports, below a kommune."""

from django.urls import path

from evaluering.rapporter import views

DEN = "endre/rapporter/<int:pk>"

urlpatterns = [
    # What all may read, once it is published ---------------------------------------
    path("rapporter/", views.RapportListView.as_view(), name="rapport_list"),
    path(
        "rapporter/<int:pk>/", views.RapportDetailView.as_view(), name="rapport_detail"
    ),
    path("rapporter/<int:pk>/rapport.pdf", views.rapport_pdf, name="rapport_pdf"),
    # For coordinators ----------------------------------------------------------------
    path("endre/rapporter/", views.rapportene, name="rapportene"),
    path("endre/rapporter/ny/", views.rapport_ny, name="rapport_ny"),
    path(f"{DEN}/", views.rapport_arbeid, name="rapport_arbeid"),
    path(f"{DEN}/endre/", views.rapport_endre, name="rapport_endre"),
    path(f"{DEN}/rapport.docx", views.rapport_word, name="rapport_word"),
    path(f"{DEN}/rapport.pptx", views.rapport_lysbilder, name="rapport_lysbilder"),
    path(f"{DEN}/ferdig/", views.rapport_ferdig, name="rapport_ferdig"),
    path(f"{DEN}/apne/", views.rapport_apne, name="rapport_apne"),
    path(f"{DEN}/publiser/", views.rapport_publiser, name="rapport_publiser"),
    path(f"{DEN}/slett/", views.rapport_slett, name="rapport_slett"),
]
