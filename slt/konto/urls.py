"""Addresses of accounts: logging in and out, passwords, one's own page."""

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.cache import never_cache

from slt.felles.tilgang import (
    mens_man_ser_som,
)
from slt.konto.views.min_side import endringsbrev, min_side, mine_opplysninger
from slt.konto.views.passord import (
    BytteView,
    GlemtView,
    LogginnView,
    NyttPassordView,
)
from slt.konto.views.se_som import se_som, se_som_seg_selv
from slt.konto.views.tilgangslenker import glem_lenker

app_name = "konto"
urlpatterns = [
    path(
        "logg-inn/",
        LogginnView.as_view(),
        name="logg_inn",
    ),
    # Who is not logged in has nothing to lose by logging out.
    path(
        "logg-ut/",
        mens_man_ser_som(login_not_required(auth.LogoutView.as_view())),
        name="logg_ut",
    ),
    path("", min_side, name="min_side"),
    path("endringsbrev/", endringsbrev, name="endringsbrev"),
    path("mine-opplysninger.json", mine_opplysninger, name="mine_opplysninger"),
    path(
        "passord/",
        never_cache(BytteView.as_view()),
        name="passord",
    ),
    path("glemt/", login_not_required(GlemtView.as_view()), name="glemt"),
    path(
        "glemt/sendt/",
        login_not_required(
            auth.PasswordResetDoneView.as_view(template_name="konto/glemt_sendt.html")
        ),
        name="glemt_sendt",
    ),
    path(
        "nytt-passord/<uidb64>/<token>/",
        login_not_required(NyttPassordView.as_view()),
        name="nytt_passord",
    ),
    path("glem-lenker/", glem_lenker, name="glem_lenker"),
    path("se-som/", se_som, name="se_som"),
    path("se-som/slutt/", se_som_seg_selv, name="se_som_slutt"),
]
