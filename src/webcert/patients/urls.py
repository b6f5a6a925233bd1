"""Addresses of the search page. The patient's own page belongs to the certificates."""

from django.urls import path

from webcert.patients import views

urlpatterns = [
    path("sok", views.search, name="search"),
    path("sok/kontroll", views.check, name="check-number"),
]
