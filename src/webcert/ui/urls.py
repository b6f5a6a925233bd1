"""The style guide's addresses. No login: there is nothing here but the look."""

from django.urls import path

from webcert.ui import views

app_name = "ui"

urlpatterns = [
    path("stilguide", views.style_guide, name="style_guide"),
    path("stilguide/diagnoser", views.sample_codes, name="sample_codes"),
    path("stilguide/skicka", views.sample_submit, name="sample_submit"),
]
