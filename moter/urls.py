"""Addresses below a kommune: its fora, their meetings and calendars."""

from django.urls import path

import tiltak.urls  # noqa: F401 (it says what a plan is in an address)
from moter.aktiviteter.urls import urlpatterns as aktiviteter
from moter.fora import rediger as forumskjema
from moter.fora import views as fora
from moter.kalender import views as kalender
from moter.lesere import views as lesere
from moter.moteplan.views import motefri, oversikt, planlegger, redigering

app_name = "moter"
urlpatterns = [
    *aktiviteter,
    # What all may read -------------------------------------------------------------
    path("moter/", fora.ForumListView.as_view(), name="forum_list"),
    path("moter/<slug:slug>/", fora.ForumDetailView.as_view(), name="forum_detail"),
    # Fora, for coordinators ----------------------------------------------------------
    path("endre/fora/ny/", forumskjema.forum_nytt, name="forum_nytt"),
    path("endre/fora/<int:pk>/", forumskjema.forum_endre, name="forum_endre"),
    path("endre/fora/<int:pk>/slett/", forumskjema.forum_slett, name="forum_slett"),
    # Calendars ---------------------------------------------------------------------
    path("moter/kalender.ics", kalender.kalender, name="kalender"),
    path(
        "moter/<slug:slug>/kalender.ics",
        kalender.forum_kalender,
        name="forum_kalender",
    ),
    path("moteplan/kalendere/", kalender.kalenderlenker, name="kalenderlenker"),
    path(
        "moteplan/kalendere/<int:pk>/trekk/",
        kalender.kalenderlenke_trekk,
        name="kalenderlenke_trekk",
    ),
    # Planning, for coordinators ----------------------------------------------------
    path("moteplan/", oversikt.moteplan, name="moteplan"),
    path("moteplan/ar/", oversikt.moteplan_ar, name="moteplan_ar"),
    path("moteplan/maned/", oversikt.moteplan_maned, name="moteplan_denne_maneden"),
    path(
        "moteplan/maned/<int:ar>/<int:maned>/",
        oversikt.moteplan_maned,
        name="moteplan_maned",
    ),
    path("moteplan/moter/flytt/", oversikt.moter_flytt, name="moter_flytt"),
    path("moteplan/moter/<int:pk>/flytt/", oversikt.mote_flytt, name="mote_flytt"),
    path("moteplan/moter/<int:pk>/behold/", oversikt.mote_behold, name="mote_behold"),
    path("moteplan/delt/<int:pk>/godta/", fora.deling_godta, name="deling_godta"),
    path("moteplan/delt/<int:pk>/avsla/", fora.deling_avsla, name="deling_avsla"),
    path("moteplan/planlegger/", planlegger.planlegger, name="planlegger"),
    path("moteplan/motefri/", motefri.motefri, name="motefri"),
    path("moteplan/motefri/les/", motefri.motefri_les, name="motefri_les"),
    path(
        "moteplan/motefri/legg-inn/",
        motefri.motefri_legg_inn,
        name="motefri_legg_inn",
    ),
    path("moteplan/motefri/<int:pk>/", motefri.motefri_endre, name="motefri_endre"),
    path(
        "moteplan/motefri/<int:pk>/slett/",
        motefri.motefri_slett,
        name="motefri_slett",
    ),
    # Who reads a draft of a plan, for coordinators -----------------------------------
    path("<plan:plan>/lesere/", lesere.lesere, name="lesere"),
    path("<plan:plan>/lesere/lenker/", lesere.planlenke_ny, name="planlenke_ny"),
    path(
        "<plan:plan>/lesere/lenker/<int:pk>/trekk/",
        lesere.planlenke_trekk,
        name="planlenke_trekk",
    ),
    path("<plan:plan>/horing/ny/", lesere.horing_ny, name="horing_ny"),
    path("<plan:plan>/horing/<int:pk>/", lesere.horing_endre, name="horing_endre"),
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
