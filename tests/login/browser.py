"""A browser between the product (Django's test client) and the stand-ins' identity providers (a process of its own)."""

from typing import Any

import httpx
from django.test import Client

from simulated import Simulators
from web_user import form_of

Form = dict[str, str]


class Browser:
    """Somebody at the start page. Each method is one thing that she does; messages can be held back and looked at."""

    def __init__(self, simulators: Simulators) -> None:
        self.client = Client()
        self.provider = httpx.Client(base_url=simulators.identity_url, trust_env=False)

    def chooses(self, way: str = "siths", next: str = "") -> Form:
        """Press the button of that way to log in: the fields of the provider's page."""
        answer = self.client.get(f"/saml2/authenticate/{way}", {"next": next} if next else {})
        assert answer.status_code == 302, answer.content.decode()
        page = self.provider.get(answer["Location"])
        assert page.is_success, page.text
        _, fields = form_of(page.text)
        return fields

    def proves(self, user: str, way: str = "siths", next: str = "", **chosen: str) -> tuple[str, Form]:
        """Prove to be the user (nobody: give up): where the provider's answer is to go, and what it is."""
        answer = self.provider.post(f"/{way}/login", data=self.chooses(way, next) | {"user": user} | chosen)
        return form_of(answer.text)

    def delivers(self, address: str, form: Form) -> Any:
        """Bring the provider's answer to the product, as the provider's page does: from elsewhere, so without cookies of ours."""
        return Client().post(httpx.URL(address).path, form)

    def logs_in(self, user: str, way: str = "siths", next: str = "", **chosen: str) -> Any:
        """All of it; gives where the product leads her, or why not."""
        answer = self.delivers(*self.proves(user, way, next, **chosen))
        return self.client.get(answer["Location"]) if answer.status_code == 303 else answer
