"""A user of the running product without a browser: logs in by way of the identity provider, writes, signs and sends through the same
pages and forms."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import httpx
from lxml import html

from example_fk7804 import FULL
from webcert.certificate_types import FK7804
from webcert.forms.form import Form

DOCTOR = "SE2321000990-2002"
DENTIST = "SE2321000990-2006"
ADMINISTRATOR = "SE2321000990-2007"
TOLVAN = "19121212-1212"

UNIT = {"address": "Björkvägen 1", "postcode": "123 45", "town": "Björkhagen", "phone": "010-123 45 67"}

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_REVISION = re.compile(r'"revision":\s*(\d+)|name="revision" value="(\d+)"|data-revision="(\d+)"')


class WebUser:
    """Logged in as one of the invented staff. Each method is one thing that the user does."""

    def __init__(self, url: str, user: str = DOCTOR, way: str = "siths") -> None:
        self.http = httpx.Client(base_url=url, follow_redirects=True, timeout=30, trust_env=False)
        self.log_in(user, way)

    def log_in(self, user: str, way: str = "siths") -> None:
        """By way of the identity provider, to the first page."""
        address, answer = proven(self.http, user, way)
        self.page = self.http.post(address, data=answer)

    @property
    def is_logged_in(self) -> bool:
        return self.http.get("/session", headers={"Accept": "application/json"}).is_success

    def post(self, path: str, *, accept: str = "text/html", **fields: str) -> httpx.Response:
        """Post a form as the page that was got last would."""
        answer = self.http.post(path, data={"csrfmiddlewaretoken": self.token, **fields}, headers={"Accept": accept})
        if _TOKEN.search(answer.text):
            self.page = answer
        return answer

    def ask_for_draft(self, number: str = TOLVAN, type: str = "lisjp") -> httpx.Response:
        """Ask for a new draft for the patient, an FK 7804 when nothing else is said; gives the page that comes of it."""
        self.page = self.http.get("/sok")
        patient = self.post("/sok", number=number)
        return self.post("/intyg/skapa", type=type, patient=patient.url.path.rpartition("/")[2], id=str(uuid4()))

    def create_draft(self, number: str = TOLVAN, type: str = "lisjp") -> UUID:
        """A new draft for the patient; gives its id."""
        answer = self.ask_for_draft(number, type)
        assert answer.is_success, answer.text[:500]
        return UUID(answer.url.path.rpartition("/")[2])

    def open(self, id: UUID) -> httpx.Response:
        """The certificate's page."""
        answer = self.http.get(f"/intyg/{id}")
        if answer.is_success:
            self.page = answer
        return answer

    @property
    def token(self) -> str:
        """The page's token against forged requests."""
        found = _TOKEN.search(self.page.text)
        assert found, self.page.text[:500]
        return found[1]

    @property
    def revision(self) -> int:
        """The revision of the draft whose page was got last."""
        found = _REVISION.search(self.page.text)
        assert found, "no draft is open"
        return int(next(group for group in found.groups() if group))

    def save(self, id: UUID, sequence: int = 1, **changes: Any) -> httpx.Response:
        """Save a full set of answers in the FK 7804 whose page was got last."""
        return self.save_fields(id, fields_of(FULL | {"unit": UNIT} | changes), sequence)

    def save_fields(self, id: UUID, fields: Mapping[str, str], sequence: int = 1, revision: int | None = None) -> httpx.Response:
        """Save what stands in the fields of the draft whose page was got last, or with that revision."""
        sent = {"revision": self.revision if revision is None else revision, "sequence": sequence, "focus": "", "fields": dict(fields)}
        return self.http.post(f"/intyg/{id}/spara", json=sent, headers={"Accept": "application/json", "X-CSRFToken": self.token})

    def signed(self) -> UUID:
        """A new certificate that is signed; gives its id."""
        id = self.create_draft()
        assert self.save(id).json()["complete"]
        assert self.sign(id).is_success
        return id

    def sign(self, id: UUID, act: str = "sign") -> httpx.Response:
        """Sign the draft whose page was got last, by way of the signing service (or `cancel` there); gives the page that comes of it."""
        address, answer = self.answered(id, act)
        self.page = self.http.post(address, data=answer)
        return self.page

    def answered(self, id: UUID, act: str = "sign") -> tuple[str, dict[str, str]]:
        """What the signing service answers when the user has signed there, and where that is to be posted."""
        sent = self.post(f"/intyg/{id}/signera", revision=self.revision)
        assert sent.is_success, sent.text[:500]
        return self.signed_there(sent, act)

    def signed_there(self, sent: httpx.Response, act: str = "sign") -> tuple[str, dict[str, str]]:
        """The same, when the page that sends the browser to the signing service has come already."""
        address, asked = form_of(sent.text)
        page = self.http.post(address, data=asked)
        action, fields = form_of(page.text)
        return form_of(self.http.post(str(page.url.join(action)), data=fields | {"act": act}).text)

    def send(self, id: UUID) -> httpx.Response:
        """Send the certificate to its recipient, from its page; gives the page's answer when it does not open."""
        page = self.open(id)
        return self.post(f"/intyg/{id}/skicka") if page.is_success else page


def proven(http: httpx.Client, user: str, way: str = "siths") -> tuple[str, dict[str, str]]:
    """Choose the way on the start page and oneself at the identity provider: where its answer is to be posted, and what it is."""
    chooser = http.get(f"/saml2/authenticate/{way}")
    action, fields = form_of(chooser.text)
    return form_of(http.post(str(chooser.url.join(action)), data=fields | {"user": user}).text)


def form_of(page: str) -> tuple[str, dict[str, str]]:
    """Where the form of a page goes, and its fields that nobody sees."""
    (form,) = html.fromstring(page).forms
    return str(form.action), {str(field.name): field.get("value", "") for field in form.xpath(".//input[@type='hidden']")}


def fields_of(answers: Mapping[str, Any], form: Form = FK7804.newest_form) -> dict[str, str]:
    """What a page with these answers posts."""
    return {name: text for question in form.questions for name, text in question.encode(answers.get(question.id)).items()}
