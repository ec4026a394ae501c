"""Addresses below a kommune: its fora, their meetings and calendars."""

from django.urls import path

from moter import views

app_name = "moter"
urlpatterns = [
    # What all may read -------------------------------------------------------------
    path("moter/", views.ForumListView.as_view(), name="forum_list"),
    path("moter/<slug:slug>/", views.ForumDetailView.as_view(), name="forum_detail"),
    # Calendars ---------------------------------------------------------------------
    # Planning, for coordinators ----------------------------------------------------
    # Series and meetings, for coordinators -----------------------------------------
]
