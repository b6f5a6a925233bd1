"""The style guide's addresses. No login: there is nothing here but the look."""

from django.urls import path

from webcert.ui import views

urlpatterns = [
    path("stilguide", views.style_guide, name="style-guide"),
    path("stilguide/diagnoser", views.sample_codes, name="style-guide-codes"),
    path("stilguide/skicka", views.sample_submit, name="style-guide-submit"),
]
