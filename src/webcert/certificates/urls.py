"""Addresses of the patient's page and of certificates, those first that are asked most. No identity number stands in any of them."""

from django.urls import path

from webcert.certificates import life_views, lists, views

urlpatterns = [
    path("intyg/<uuid:id>/spara", views.save, name="save"),
    path("intyg/<uuid:id>/lage", views.held, name="held"),
    path("utkast", lists.drafts, name="drafts"),
    path("arenden", lists.unhandled, name="unhandled"),
    path("patient/<uuid:id>", lists.patient, name="patient"),
    path("intyg/favorit", lists.favourite, name="favourite"),
    path("intyg/skapa", views.create, name="create"),
    path("intyg/raderat", views.deleted, name="deleted"),
    path("intyg/nyckel", views.token, name="page-token"),
    path("intyg/<uuid:id>", views.certificate, name="certificate"),
    path("intyg/<uuid:id>/vidarebefordra", lists.forward, name="forward"),
    path("intyg/<uuid:id>/klart", views.mark_ready, name="mark-ready"),
    path("intyg/<uuid:id>/radera", views.delete, name="delete"),
    path("intyg/<uuid:id>/skicka", views.send, name="send"),
    path("intyg/<uuid:id>/fornya", life_views.renew, name="renew"),
    path("intyg/<uuid:id>/ersatt", life_views.replace, name="replace"),
    path("intyg/<uuid:id>/kopiera", life_views.copy, name="copy"),
    path("intyg/<uuid:id>/makulera", life_views.revoke, name="revoke"),
]
