"""The three ways to do something with a certificate: the action, the address, and the button that leads there."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from lxml import html

from pen import sign
from webcert.certificates import actions, ending, following
from webcert.certificates.errors import Denied, Incomplete
from webcert.certificates.models import Certificate
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.staff.session import keep

Outcome = tuple[int, str, str]
"""Why it was refused: status, code (not known of an address) and words; `DONE` when it was done."""

DONE: Outcome = (0, "", "")
SHOWN: Outcome = (302, "INVALID_STATE", "")
"""A press too many: nothing is done, and the certificate is shown as it is."""

_CLASS = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"
_BUTTONS = f"//*[self::summary or {_CLASS.format('button')} or {_CLASS.format('menu-item')}][not(ancestor::dialog)]"


class Way(NamedTuple):
    """An action, the address that does it with what is posted there (None: it is got), and what its button says."""

    action: Callable[[Certificate, LoginContext], object]
    address: str
    posted: Callable[[], Mapping[str, Any]] | None
    button: str


def _new_id() -> Mapping[str, str]:
    return {"id": str(uuid4())}


_SAVED = {"revision": 0, "sequence": 1, "focus": "", "fields": {}}
WAYS: Mapping[str, Way] = {
    "EDIT": Way(lambda it, by: actions.save(it.id, by=by, **_SAVED), "spara", lambda: _SAVED, ""),  # type: ignore[arg-type]
    "DELETE": Way(lambda it, by: actions.delete(it.id, by=by), "radera", lambda: {"patient": uuid4(), "revision": 0}, "Radera"),
    "FORWARD": Way(
        lambda it, by: actions.mark_forwarded(it.id, forwarded=True, by=by),
        "vidarebefordra",
        lambda: {"forwarded": "true"},
        "Vidarebefordra",
    ),
    "MARK_READY": Way(lambda it, by: actions.mark_ready(it.id, by=by), "klart", dict, "Markera klart för signering"),
    "SIGN": Way(lambda it, by: sign(it.id, revision=0, by=by), "signera", lambda: {"revision": 0}, "Signera intyget"),
    "SEND": Way(lambda it, by: actions.send(it.id, by=by), "skicka", dict, "Skicka till"),
    "PRINT": Way(lambda it, by: actions.record_print(it.id, by=by), "skriv-ut", None, "Skriv ut"),
    "PRINT_MINIMAL": Way(lambda it, by: actions.record_print(it.id, by=by, minimal=True), "skriv-ut/minimalt", None, "Minimalt intyg"),
    "RENEW": Way(lambda it, by: following.renew(it.id, by=by), "fornya", _new_id, "Förnya"),
    "REPLACE": Way(lambda it, by: following.replace(it.id, by=by), "ersatt", _new_id, "Ersätt"),
    "COPY": Way(lambda it, by: following.copy(it.id, by=by), "kopiera", _new_id, "Kopiera"),
    "REVOKE": Way(
        lambda it, by: ending.revoke(it.id, reason="FEL_PATIENT", text="", by=by), "makulera", lambda: {"reason": "FEL_PATIENT"}, "Makulera"
    ),
}


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside never was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def by_action(action: str, it: Certificate, by: LoginContext) -> Outcome:
    """What comes of the action."""
    return outcome_of(lambda: WAYS[action].action(it, by))


def outcome_of(act: Callable[[], object]) -> Outcome:
    """What comes of it. That a draft lacks something is no lack of rights."""
    try:
        act()
    except Incomplete:
        return DONE
    except Denied as denied:
        return denied.status, denied.code, denied.text
    return DONE


def addresses_in(page: str, it: Certificate) -> set[str]:
    """What the page has addresses for that do something with the certificate."""
    found = set(re.findall(rf"/intyg/{it.id}/([a-z/-]+)", page))
    return {action for action, way in WAYS.items() if way.address in found}


class Browser:
    """Asks the addresses as that user, past what stands before every view."""

    def __init__(self, by: LoginContext) -> None:
        self._by, self._session = by, import_module(settings.SESSION_ENGINE).SessionStore()

    def ask(self, address: str, posted: Mapping[str, Any] | None = None, *, accept: str = "application/json") -> HttpResponse:
        """The answer to a script; with `accept` to a page."""
        make, told = RequestFactory(), {"headers": {"Accept": accept}}
        as_json = {"content_type": "application/json"} if posted and "fields" in posted else {}
        request = make.get(address, **told) if posted is None else make.post(address, dict(posted), **as_json, **told)  # type: ignore[arg-type]
        request.session = self._session
        keep(request, self._by)
        request.resolver_match = match = resolve(request.path)
        return match.func(request, *match.args, **match.kwargs)

    def page(self, address: str) -> str:
        """The page, or nothing when it does not open."""
        answer = self.ask(address, accept="text/html")
        return answer.content.decode() if answer.status_code == 200 else ""

    def outcome(self, action: str, it: Certificate) -> Outcome:
        """What comes of the address."""
        way, page = WAYS[action], f"/intyg/{it.id}"
        answer = self.ask(f"{page}/{way.address}", way.posted() if way.posted else None)
        if answer.status_code in (403, 409, 503):
            return answer.status_code, "", json.loads(answer.content)["error"]
        assert answer.status_code in (200, 302, 422), answer.content
        if action == "SIGN" and answer.headers.get("Location") == page:
            return SHOWN
        if action == "SEND" and not Certificate.objects.filter(pk=it.id).exclude(sent_at=it.sent_at).exists():
            return SHOWN
        return DONE

    def offered(self, it: Certificate) -> tuple[set[str], set[str]] | None:
        """What the certificate's page has addresses for, and what it has buttons for; None when it does not open."""
        page = self.page(f"/intyg/{it.id}")
        if not page:
            return None
        words = [" ".join(button.text_content().split()) for button in html.fromstring(page).xpath(_BUTTONS)]
        by_word = {action for action, way in WAYS.items() if way.button and any(word.startswith(way.button) for word in words)}
        return addresses_in(page, it), by_word

    def creates(self, patient: Person) -> set[str]:
        """The types that the patient's page has a button to create."""
        page = self.page(f"/patient/{patient.id}")
        return set(html.fromstring(page).xpath("//form[@action='/intyg/skapa']//input[@name='type']/@value")) if page else set()
