"""Addresses of signing."""

from django.urls import path

from webcert.signing import views
from webcert.signing.bankid import views as bankid
from webcert.signing.dss import views as dss

urlpatterns = [
    path("intyg/<uuid:id>/signera", views.start, name="sign"),
    path("signering/<uuid:ticket_id>", dss.pass_on, name="sign-with-service"),
    path("signering/<uuid:ticket_id>/klart", dss.collect, name="collect-signature"),
    path("signering/svar", dss.answer, name="sign-service-answer"),
    path("signering/<uuid:ticket_id>/bankid", bankid.page, name="bankid"),
    path("signering/<uuid:ticket_id>/bankid/starta", bankid.start, name="start-bankid"),
    path("signering/<uuid:ticket_id>/bankid/status", bankid.status, name="bankid-status"),
    path("signering/<uuid:ticket_id>/bankid/avbryt", bankid.cancel, name="cancel-bankid"),
]
