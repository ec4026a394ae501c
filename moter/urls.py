"""Addresses below a kommune: its fora, their meetings and calendars."""

from django.urls import path

from moter import kalendersider

app_name = "moter"
urlpatterns = [
    # What all may read -------------------------------------------------------------
    # Calendars ---------------------------------------------------------------------
    path("moter/kalender.ics", kalendersider.kalender, name="kalender"),
    path(
        "moter/<slug:slug>/kalender.ics",
        kalendersider.forum_kalender,
        name="forum_kalender",
    ),
    path("moteplan/kalendere/", kalendersider.kalenderlenker, name="kalenderlenker"),
    path(
        "moteplan/kalendere/<int:pk>/trekk/",
        kalendersider.kalenderlenke_trekk,
        name="kalenderlenke_trekk",
    ),
    # Planning, for coordinators ----------------------------------------------------
    # Series and meetings, for coordinators -----------------------------------------
]
