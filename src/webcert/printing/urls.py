"""The address of the print, below the certificate's own."""

from django.urls import path

from webcert.printing import views

urlpatterns = [
    path("intyg/<uuid:id>/skriv-ut", views.certificate_print, name="print"),
    path("intyg/<uuid:id>/skriv-ut/minimalt", views.certificate_print, {"minimal": True}, name="print-minimal"),
]
