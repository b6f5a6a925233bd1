"""What happens in a login: it begins in a browser, the identity provider answers, the same browser collects what was proven.

The answer comes by a POST from elsewhere, which carries no cookie of ours. It is judged and put aside; then the browser is sent back with
a GET, which carries the cookie that it got when it began. Nobody can be logged in by somebody else's answer (threats T6, T7).
Source: reference/login-and-signing.md §2.5 step 10, §4.4.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from pydantic import TypeAdapter

from webcert.login import practitioners
from webcert.login.models import Attempt, SeenAssertion
from webcert.login.providers import provider_of
from webcert.login.registrations import Registration, longest_age, skew
from webcert.login.saml.names import new_id
from webcert.login.saml.response import Expected, Reason, Rejected, validated
from webcert.monitoring.events import Event, tell
from webcert.staff import login as staff_login
from webcert.staff.identity import Identity
from webcert.staff.login import LoginRefused, Refusal
from webcert.vocabulary import clock

LASTS = timedelta(minutes=15)
"""From the beginning of a login until it must be finished."""

MOST_AT_ONCE = 10
"""Logins that one browser may have begun and not finished; older ones give way."""

_IDENTITY: TypeAdapter[Identity] = TypeAdapter(Identity)


def begin(registration: str, *, browser: str, target: str, verifier: str = "") -> Attempt:
    """A login that begins in the browser that holds the secret `browser`; it is to lead to the page `target`."""
    digest = _digest(browser)
    older = Attempt.objects.filter(browser=digest).order_by("-begun_at").values_list("relay", flat=True)
    Attempt.objects.filter(relay__in=list(older[MOST_AT_ONCE - 1 :])).delete()
    return Attempt.objects.create(
        relay=secrets.token_urlsafe(32),
        registration=registration,
        request_id=new_id(),
        browser=digest,
        target=target,
        begun_at=clock.now(),
        verifier=verifier,
    )


def waiting(registration: str, relay: str) -> Attempt:
    """The login that the provider's answer belongs to. Raises Rejected when there is none that waits for an answer."""
    since = clock.now() - LASTS
    found = Attempt.objects.filter(relay=relay, registration=registration, identity__isnull=True, begun_at__gt=since).first()
    if found is None:
        raise Rejected(Reason.IN_RESPONSE_TO)
    return found


def answer(registration: Registration, relay: str, document: bytes) -> None:
    """Judge the SAML response and put aside what it proves, for the browser that began. Raises Rejected, ProviderUnavailable."""
    attempt = waiting(registration.name, relay)
    provider = provider_of(registration)
    expected = Expected(
        entity_id=registration.entity_id,
        acs=registration.acs,
        provider=provider.entity_id,
        certificates=provider.certificates,
        request_id=attempt.request_id,
        contexts=frozenset(registration.contexts),
        skew=skew(),
        longest_age=longest_age(),
    )
    asserted = validated(document, expected, clock.now())
    identity = registration.kind.identity(asserted, registration.name)
    with transaction.atomic():
        _require_new(provider.entity_id, asserted.id, until=asserted.good_until)
        put_aside(attempt, identity)


def put_aside(attempt: Attempt, identity: Identity) -> None:
    """Keep what was proven until the browser collects it. Raises Rejected when the login has been answered meanwhile."""
    proven = _IDENTITY.dump_python(identity, mode="json", exclude_defaults=True)
    if not Attempt.objects.filter(relay=attempt.relay, identity__isnull=True).update(identity=proven):
        raise Rejected(Reason.REPLAY)


def collect(relay: str, *, browser: str) -> tuple[Identity, str]:
    """What was proven in the login that began in this browser, once, and the page it was to lead to. Raises Rejected."""
    since = clock.now() - LASTS
    with transaction.atomic():
        begun = Attempt.objects.select_for_update().filter(relay=relay, begun_at__gt=since, identity__isnull=False).first()
        if begun is None or not secrets.compare_digest(begun.browser, _digest(browser)):
            raise Rejected(Reason.IN_RESPONSE_TO)
        begun.delete()
    return _IDENTITY.validate_python(begun.identity), begun.target


def log_in(request: HttpRequest, identity: Identity) -> None:
    """Begin a session for whose identity has been proven. Raises LoginRefused; nobody is logged in then."""
    request.session.flush()
    of_whom = practitioners.context_of if identity.method.is_e_legitimation else staff_login.context_of
    try:
        login = of_whom(identity)
    except LoginRefused as refused:
        event = Event.USER_MISSING_MIU if refused.refusal is Refusal.NO_ASSIGNMENT else Event.LOGIN_FAILED
        tell(event, user=identity.hsa_id or None, scheme=identity.method, reason=refused.refusal.value)
        raise
    staff_login.begin(request, login, identity.session)


def clear_away() -> None:
    """Forget logins that were never finished, and assertions that nobody could deliver again."""
    now = clock.now()
    Attempt.objects.filter(begun_at__lte=now - LASTS).delete()
    SeenAssertion.objects.filter(good_until__lte=now).delete()


def _require_new(provider: str, assertion_id: str, *, until: datetime) -> None:
    try:
        with transaction.atomic():
            SeenAssertion.objects.create(provider=provider, assertion_id=assertion_id, good_until=until)
    except IntegrityError:
        raise Rejected(Reason.REPLAY) from None


def _digest(browser: str) -> str:
    return hashlib.sha256(browser.encode()).hexdigest()
