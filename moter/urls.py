"""Addresses below a kommune: its fora, their meetings and calendars."""

from django.urls import path

from moter import (
    deling,
    kalendersider,
    motefri,
    moteplan,
    planlegging,
    redigering,
    views,
)

app_name = "moter"
urlpatterns = [
    # What all may read -------------------------------------------------------------
    path("moter/", views.ForumListView.as_view(), name="forum_list"),
    path("moter/<slug:slug>/", views.ForumDetailView.as_view(), name="forum_detail"),
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
    path("moteplan/", moteplan.moteplan, name="moteplan"),
    path("moteplan/moter/<int:pk>/flytt/", moteplan.mote_flytt, name="mote_flytt"),
    path("moteplan/moter/<int:pk>/behold/", moteplan.mote_behold, name="mote_behold"),
    path("moteplan/delt/<int:pk>/godta/", deling.deling_godta, name="deling_godta"),
    path("moteplan/delt/<int:pk>/avsla/", deling.deling_avsla, name="deling_avsla"),
    path("moteplan/planlegger/", planlegging.planlegger, name="planlegger"),
    path("moteplan/motefri/", motefri.motefri, name="motefri"),
    path("moteplan/motefri/<int:pk>/", motefri.motefri_endre, name="motefri_endre"),
    path(
        "moteplan/motefri/<int:pk>/slett/",
        motefri.motefri_slett,
        name="motefri_slett",
    ),
    # Series and meetings, for coordinators -----------------------------------------
    path("moteplan/serier/ny/", redigering.serie_ny, name="serie_ny"),
    path("moteplan/serier/<int:pk>/", redigering.serie_endre, name="serie_endre"),
    path(
        "moteplan/serier/<int:pk>/avslutt/",
        redigering.serie_avslutt,
        name="serie_avslutt",
    ),
    path("moteplan/moter/ny/", redigering.mote_ny, name="mote_ny"),
    path("moteplan/moter/<int:pk>/", redigering.mote_endre, name="mote_endre"),
    path("moteplan/moter/<int:pk>/slipp/", redigering.mote_slipp, name="mote_slipp"),
    path("moteplan/moter/<int:pk>/avlys/", redigering.mote_avlys, name="mote_avlys"),
    path(
        "moteplan/moter/<int:pk>/gjenopprett/",
        redigering.mote_gjenopprett,
        name="mote_gjenopprett",
    ),
]
