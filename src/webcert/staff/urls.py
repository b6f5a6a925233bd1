"""Addresses of the pages round the login. None of them tells anything of a person."""

from django.urls import path

from webcert.staff import units, views

urlpatterns = [
    path("", views.start, name="start"),
    path("logga-in", views.log_in, name="log-in"),
    path("logga-in/<str:method>", views.not_configured, name="not-configured"),
    path("sekretessmarkering", views.accept_risk, name="accept-risk"),
    path("valj-enhet", units.choose_unit, name="choose-unit"),
    path("antal", units.counts, name="counts"),
    path("val", views.remember_choice, name="remember"),
    path("logga-ut", views.log_out, name="log-out"),
    path("utloggad", views.logged_out, name="logged-out"),
    path("session", views.session, name="session"),
    path("hjalp", views.help_page, name="help"),
]
