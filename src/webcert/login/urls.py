"""Addresses of the protocols, under the names that federations know them by (reference/login-and-signing.md §2.2)."""

from django.urls import path

from webcert.login import logout, views

urlpatterns = [
    path("saml2/authenticate/<str:name>", views.authenticate, name="authenticate"),
    path("saml2/service-provider-metadata/<str:name>", views.our_metadata, name="our-metadata"),
    path("login/saml2/sso/<str:name>", views.assertion_consumer, name="assertion-consumer"),
    path("login/oauth2/code/<str:name>", views.oidc_callback, name="oidc-callback"),
    path("login/klar/<str:relay>", views.collect, name="collect-login"),
    path("logout/saml2/slo", logout.single_logout, name="single-logout"),
    path("logout/oauth2/<str:name>", logout.back_channel_logout, name="back-channel-logout"),
    path("logga-ut", logout.log_out, name="log-out"),
]
