"""A user of the running product without a browser: logs in, writes, signs and sends through the same pages and forms."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import httpx

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

    def __init__(self, url: str, hsa_id: str = DOCTOR) -> None:
        self.http = httpx.Client(base_url=url, follow_redirects=True, timeout=30, trust_env=False)
        self.page = self.http.get("/")
        self.post("/logga-in", hsa_id=hsa_id)

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
        assert self.post(f"/intyg/{id}/signera", revision=self.revision).is_success
        return id

    def send(self, id: UUID) -> httpx.Response:
        """Send the certificate to its recipient, from its page; gives the page's answer when it does not open."""
        page = self.open(id)
        return self.post(f"/intyg/{id}/skicka") if page.is_success else page


def fields_of(answers: Mapping[str, Any], form: Form = FK7804.newest_form) -> dict[str, str]:
    """What a page with these answers posts."""
    return {name: text for question in form.questions for name, text in question.encode(answers.get(question.id)).items()}
