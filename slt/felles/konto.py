"""Logging in and out."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

app_name = "konto"
urlpatterns = [
    path(
        "logg-inn/",
        LoginView.as_view(template_name="konto/logg_inn.html"),
        name="logg_inn",
    ),
    # Who is not logged in has nothing to lose by logging out.
    path("logg-ut/", login_not_required(LogoutView.as_view()), name="logg_ut"),
]
