"""Addresses below a kommune: its fora, their meetings and calendars."""

from django.urls import path

from moter import motefri, moteplan, planlegging

app_name = "moter"
urlpatterns = [
    # What all may read -------------------------------------------------------------
    # Calendars ---------------------------------------------------------------------
    # Planning, for coordinators ----------------------------------------------------
    path("moteplan/", moteplan.moteplan, name="moteplan"),
    path("moteplan/moter/<int:pk>/flytt/", moteplan.mote_flytt, name="mote_flytt"),
    path("moteplan/moter/<int:pk>/behold/", moteplan.mote_behold, name="mote_behold"),
    path("moteplan/planlegger/", planlegging.planlegger, name="planlegger"),
    path("moteplan/motefri/", motefri.motefri, name="motefri"),
    path("moteplan/motefri/<int:pk>/", motefri.motefri_endre, name="motefri_endre"),
    path(
        "moteplan/motefri/<int:pk>/slett/",
        motefri.motefri_slett,
        name="motefri_slett",
    ),
    # Series and meetings, for coordinators -----------------------------------------
]
