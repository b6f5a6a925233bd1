"""Somebody who is logged in, for tests of what comes after: past the identity provider, which has tests of its own."""

from typing import Any

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from webcert.login.views import enter
from webcert.site.middleware import prolong_session
from webcert.staff.identity import Identity, Method
from webcert.staff.login_context import LoginContext
from webcert.staff.session import keep


def log_in(client: Client, hsa_id: str, next: str = "") -> Any:
    """What the product answers when the provider has proven the HSA-id; the client is then logged in, if it let her in."""
    return log_in_as(client, Identity(Method.SITHS, hsa_id=hsa_id), next)


def log_in_as(client: Client, identity: Identity, next: str = "") -> Any:
    """The same for any identity."""

    def entering(request: HttpRequest) -> HttpResponse:
        return enter(request, identity, next)

    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    response: HttpResponseBase = SessionMiddleware(prolong_session(entering))(request)  # type: ignore[arg-type]
    client.cookies.update(response.cookies)
    return response


def browser_of(login: LoginContext, **options: Any) -> Client:
    """A browser in which that person is logged in."""
    client = Client(**options)
    request = RequestFactory().get("/")
    request.session = client.session
    keep(request, login)
    request.session.save()
    return client
