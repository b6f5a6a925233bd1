"""Addresses of the pages round the login. None of them tells anything of a person."""

from django.urls import path

from webcert.staff import units, views

urlpatterns = [
    path("", views.start, name="start"),
    path("sekretessmarkering", views.accept_risk, name="accept-risk"),
    path("anvandarvillkor", views.accept_terms, name="accept-terms"),
    path("valj-enhet", units.choose_unit, name="choose-unit"),
    path("antal", units.counts, name="counts"),
    path("val", views.remember_choice, name="remember"),
    path("utloggad", views.logged_out, name="logged-out"),
    path("session", views.session, name="session"),
    path("session/fonster", views.window, name="window"),
    path("hjalp", views.help_page, name="help"),
]
