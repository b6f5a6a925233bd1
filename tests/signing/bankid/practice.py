"""A private practitioner with a BankID, her complete draft, and a browser in which she is logged in."""

from dataclasses import replace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client as Browser

from clinic import TOLVAN, outside, patient, running_simulators, simulators, unit, working  # noqa: F401
from example_fk7804 import FULL
from security.test_url_map import browser_of
from signing.bankid.phone import Phone, phone  # noqa: F401
from simulated import Simulators
from web_user import UNIT, fields_of
from webcert.certificates import actions as certificates
from webcert.certificates.models import Certificate
from webcert.code_systems.actions import load_starter_lists
from webcert.code_systems.register import REGISTER
from webcert.patients.models import Person
from webcert.signing.bankid import installed
from webcert.staff.identity import Method
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role

NUMBER = "195206142597"


@pytest.fixture
def practitioner() -> LoginContext:
    """Somebody who logged in with BankID."""
    practice = replace(unit("SE165565594230-WEBCERT00001", "Lundmarks läkarpraktik"), care_provider_id="SE165565594230-WEBCERT00001")
    login = working("Göran Lundmark", Role.PRIVATE_PRACTITIONER, practice, hsa_id=practice.id)
    return replace(login, user=replace(login.user, personal_id=NUMBER), method=Method.BANK_ID)


@pytest.fixture
def bankid_set_up(outside: Simulators, phone: Phone, settings: Any) -> None:
    """The product asks BankID's stand-in, and its phone has nothing to do yet."""
    installed.client.cache_clear()
    installed.authorities.cache_clear()
    files = {
        "certificate": "bankid-rp.crt",
        "key": "bankid-rp.key",
        "server_authority": "bankid-tls.crt",
        "authorities": "bankid-root.crt",
    }
    chosen = {f"bankid_{name}": outside.pki / file for name, file in files.items()}
    app = f"{outside.url}/bankid/app"
    settings.WEBCERT = settings.WEBCERT.model_copy(
        update=chosen | {"bankid_url": f"{outside.bankid_url}/rp/v6.0", "bankid_app_url": app, "pu_cache_seconds": 60}
    )


@pytest.fixture
def draft(bankid_set_up: None, patient: Person, practitioner: LoginContext) -> Certificate:
    """A draft that lacks nothing."""
    load_starter_lists()
    REGISTER.forget()
    made = certificates.create("lisjp", patient=patient, by=practitioner)
    opened = certificates.open_draft(made.id, by=practitioner).certificate
    fields = fields_of(FULL | {"unit": UNIT})
    saved = certificates.save(made.id, fields=fields, focus="", revision=opened.revision, sequence=1, by=practitioner)
    assert saved.evaluation.complete
    return saved.draft


class Signing:
    """The practitioner signs a draft in her browser."""

    def __init__(self, browser: Browser, draft: Certificate) -> None:
        self.browser, self.draft = browser, draft
        self.url = ""

    def press_sign(self) -> HttpResponse:
        """ "Signera intyget" on the draft's page."""
        answer = self.browser.post(f"/intyg/{self.draft.id}/signera", {"revision": self.draft.revision})
        self.url = answer.headers.get("Location", "")
        return answer

    def start(self, device: str = "other") -> HttpResponse:
        """Choose where BankID is."""
        return self.browser.post(f"{self.url}/starta", {"device": device})

    def page(self) -> HttpResponse:
        """The page of the signing."""
        return self.browser.get(self.url)

    def ask(self) -> HttpResponse:
        """What the page's script asks every second."""
        return self.browser.get(f"{self.url}/status", headers={"Accept": "application/json", "X-Webcert-Background": "1"})

    def cancel(self) -> HttpResponse:
        """ "Avbryt"."""
        return self.browser.post(f"{self.url}/avbryt")

    @property
    def certificate(self) -> Certificate:
        """As it is stored now."""
        return Certificate.objects.get(pk=self.draft.id)


@pytest.fixture
def signing(draft: Certificate, practitioner: LoginContext) -> Signing:
    """The draft's page is open."""
    return Signing(browser_of(practitioner), draft)
