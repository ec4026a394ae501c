"""Addresses of the help."""

from django.urls import path

from slt.hjelp import views

urlpatterns = [
    path("", views.hjelp, name="hjelp"),
    path("ord/", views.ord_og_uttrykk, name="hjelp_ord"),
    path("maler/<slug:navn>/", views.papirmal, name="hjelp_mal"),
    path("<slug:kapittel>/", views.kapittel, name="hjelp_kapittel"),
]
