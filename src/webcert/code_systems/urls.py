"""Address of the diagnosis search."""

from django.urls import path

from webcert.code_systems import views

urlpatterns = [path("diagnoser", views.search, name="diagnoses")]
