"""Addresses of the pages round the login. None of them tells anything of a person."""

from django.urls import path

from webcert.staff import views

urlpatterns = [
    path("", views.start, name="start"),
    path("logga-in", views.log_in, name="log-in"),
    path("logga-in/<str:method>", views.not_configured, name="not-configured"),
    path("valj-enhet", views.choose_unit, name="choose-unit"),
    path("logga-ut", views.log_out, name="log-out"),
    path("utloggad", views.logged_out, name="logged-out"),
    path("session", views.session, name="session"),
    path("hjalp", views.help_page, name="help"),
]
