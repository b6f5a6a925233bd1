"""The private practitioner as a user: what the register of private practitioners and the population register know of her.

Source: reference/login-and-signing.md §3.2, reference/integration/03-services-consumed.md §C6.
"""

from functools import cache

import structlog
from django.conf import settings
from lxml import etree

from webcert.patients import pu
from webcert.patients.pu import PuUnavailable
from webcert.riv.client import CallFailed, SoapClient
from webcert.staff.identity import Identity
from webcert.staff.login import LoginRefused, Refusal
from webcert.staff.login_context import LoginContext, Position, Unit, User
from webcert.staff.roles import Role
from webcert.vocabulary.personal_id import PersonalId

log = structlog.get_logger("webcert.login")

_DOMAIN = "urn:riv:infrastructure:directory:privatepractitioner"
_PATH = "/infrastructure/directory/privatepractitioner/{name}/1/rivtabp21"
_ATTEMPTS = 2
"""Both services only read."""

DOCTOR = "Läkare"
"""The licensed profession that an account must have."""


def context_of(identity: Identity) -> LoginContext:
    """The login context of a private practitioner: one care provider with one unit, both herself. Raises LoginRefused."""
    validated = _ask("ValidatePrivatePractitioner", identity.personal_id)
    if validated.findtext("{*}resultCode") != "OK":
        unauthorised = "NOT_AUTHORIZED" in (validated.findtext("{*}resultText") or "")
        raise LoginRefused(Refusal.NOT_AUTHORISED if unauthorised else Refusal.NO_ACCOUNT)
    person = _ask("GetPrivatePractitioner", identity.personal_id).find("{*}hoSPerson")
    if person is None:
        raise LoginRefused(Refusal.NO_ACCOUNT)
    if person.findtext("{*}godkandAnvandare") not in ("true", "1") or DOCTOR not in _texts(person, "legitimeradYrkesgrupp/{*}namn"):
        raise LoginRefused(Refusal.NOT_AUTHORISED)
    unit = _unit(person)
    user = User(
        hsa_id=unit.id,
        name=_text(person, "fullstandigtNamn"),
        role=Role.PRIVATE_PRACTITIONER,
        positions=tuple(Position(_text(found, "kod"), _text(found, "namn")) for found in person.findall("{*}befattning")),
        specialities=tuple(sorted(_texts(person, "specialitet/{*}namn"))),
        protected=_protected(identity.personal_id),
        personal_id=identity.personal_id,
    )
    return LoginContext(user, (unit,), unit.id, method=identity.method)


def _unit(person: etree._Element) -> Unit:
    """Provider and unit have the practitioner's own HSA-id; without a workplace code of her own it stands for that too."""
    hsa_id, found = _extension(person, "hsaId"), person.find("{*}enhet")
    if not hsa_id or found is None:
        log.warning("private practitioner without id or unit")
        raise LoginRefused(Refusal.REGISTER_UNAVAILABLE)
    name = _text(found, "enhetsnamn")
    return Unit(
        id=hsa_id,
        name=name,
        care_provider_id=hsa_id,
        care_provider_name=_text(found, "vardgivare/{*}vardgivarenamn") or name,
        address=_text(found, "postadress"),
        postcode=_text(found, "postnummer"),
        town=_text(found, "postort"),
        phone=_text(found, "telefonnummer"),
        email=_text(found, "epost"),
        workplace_code=_extension(found, "arbetsplatskod") or hsa_id,
    )


def _protected(personal_id: str) -> bool:
    """Whether her own data are protected. Somebody whom the population register does not know is not logged in."""
    number = PersonalId(personal_id)
    try:
        found = pu.persons([number]).get(number)
    except PuUnavailable as error:
        log.warning("PU cannot be asked", error=str(error))
        raise LoginRefused(Refusal.PU_UNAVAILABLE) from error
    if found is None:
        raise LoginRefused(Refusal.PU_UNAVAILABLE)
    return found.protected


def _ask(name: str, personal_id: str) -> etree._Element:
    namespace = f"{_DOMAIN}:{name}Responder:1"
    message = etree.Element(f"{{{namespace}}}{name}", nsmap={"p": namespace})
    etree.SubElement(message, f"{{{namespace}}}personalIdentityNumber").text = personal_id
    url = settings.WEBCERT.practitioners_url
    if url is None:
        log.warning("register of private practitioners has no address")
        raise LoginRefused(Refusal.REGISTER_UNAVAILABLE)
    try:
        answer = _client(url + _PATH.format(name=name)).call(
            etree.tostring(message),
            action=f"{namespace}:{name}",
            logical_address=settings.WEBCERT.practitioners_address,
            attempts=_ATTEMPTS,
        )
    except CallFailed as error:
        log.warning("register of private practitioners cannot be asked", service=name, error=f"{type(error).__name__}: {error}")
        raise LoginRefused(Refusal.REGISTER_UNAVAILABLE) from error
    if answer.tag != f"{{{namespace}}}{name}Response":
        log.warning("register of private practitioners answered with another message", service=name)
        raise LoginRefused(Refusal.REGISTER_UNAVAILABLE)
    return answer


@cache
def _client(url: str) -> SoapClient:
    return SoapClient(url, answer_timeout=settings.WEBCERT.outside_timeout_seconds)


def _text(element: etree._Element, path: str) -> str:
    return (element.findtext(f"{{*}}{path}") or "").strip()


def _texts(element: etree._Element, path: str) -> list[str]:
    return [text for found in element.findall(f"{{*}}{path}") if (text := (found.text or "").strip())]


def _extension(element: etree._Element, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return "" if found is None else found.get("extension", "").strip()
