"""The population register (PU), asked over SOAP: GetPersonsForProfile 3.1.

Source: reference/integration/03-services-consumed.md §C3, reference/roles-and-login-context.md §6.1.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from lxml import etree

from webcert.riv.client import CallFailed, SoapClient
from webcert.vocabulary.personal_id import InvalidPersonalId, PersonalId

LOGICAL_ADDRESS = "SE165565594230-1000"
LARGEST_BATCH = 500

_RESPONDER = "urn:riv:strategicresourcemanagement:persons:person:GetPersonsForProfileResponder:3"
_CORE = "urn:riv:strategicresourcemanagement:persons:person:3"
_ACTION = f"{_RESPONDER}:GetPersonsForProfile"
_PATH = "/strategicresourcemanagement/persons/person/GetPersonsForProfile/3/rivtabp21"
_PROFILE = "P2"
"""Names, address and registration; no more than is needed."""

_ATTEMPTS = 2
"""The service only reads."""

_DECEASED = "AV"


class PuUnavailable(Exception):
    """PU could not be asked: not configured, no answer, or an answer that cannot be used."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A person as PU knows her; what PU does not tell is empty."""

    personal_id: PersonalId
    given_name: str
    middle_name: str
    surname: str
    street: str
    postcode: str
    town: str
    protected: bool
    deceased: bool
    test_indicated: bool


def persons(ids: Sequence[PersonalId]) -> dict[PersonalId, Registered]:
    """Those of the persons that PU knows, asked for at most 500 at a time.

    Raises PuUnavailable.
    """
    batches = (ids[start : start + LARGEST_BATCH] for start in range(0, len(ids), LARGEST_BATCH))
    return {person.personal_id: person for batch in batches for person in _ask(batch)}


def request(ids: Iterable[PersonalId]) -> bytes:
    """The message that asks for the persons."""
    message = etree.Element(f"{{{_RESPONDER}}}GetPersonsForProfile", nsmap={"p": _RESPONDER, "c": _CORE})
    for personal_id in ids:
        identity = etree.SubElement(message, f"{{{_RESPONDER}}}personId")
        etree.SubElement(identity, f"{{{_CORE}}}root").text = personal_id.oid
        etree.SubElement(identity, f"{{{_CORE}}}extension").text = personal_id.digits
    etree.SubElement(message, f"{{{_RESPONDER}}}profile").text = _PROFILE
    etree.SubElement(message, f"{{{_RESPONDER}}}ignoreReferredIdentity").text = "false"
    return etree.tostring(message)


def _ask(ids: Sequence[PersonalId]) -> Iterator[Registered]:
    url = settings.WEBCERT.pu_url
    if url is None:
        raise PuUnavailable("no address is configured")
    try:
        answer = _client(url + _PATH).call(request(ids), action=_ACTION, logical_address=LOGICAL_ADDRESS, attempts=_ATTEMPTS)
    except CallFailed as error:
        raise PuUnavailable(f"{type(error).__name__}: {error}") from error
    if answer.tag != f"{{{_RESPONDER}}}GetPersonsForProfileResponse":
        raise PuUnavailable("another message than the answer")
    for requested in answer.findall("{*}requestedPersonRecord"):
        record = requested.find("{*}personRecord")
        if record is not None:
            yield _registered(_identity(requested), record)


@cache
def _client(url: str) -> SoapClient:
    return SoapClient(url, answer_timeout=settings.WEBCERT.outside_timeout_seconds)


def _identity(requested: etree._Element) -> PersonalId:
    """The number that was asked for, which is what the answer is about also when PU refers to a newer one."""
    try:
        return PersonalId(_text(requested, "requestedPersonalIdentity/{*}extension"))
    except InvalidPersonalId:
        raise PuUnavailable("an answer about another number") from None


def _registered(personal_id: PersonalId, record: etree._Element) -> Registered:
    address = "addressInformation/{*}residentialAddress/{*}"
    street = (_text(record, address + part) for part in ("careOf", "postalAddress1", "postalAddress2"))
    postcode = _text(record, address + "postalCode")
    return Registered(
        personal_id=personal_id,
        given_name=_text(record, "name/{*}givenName/{*}name"),
        middle_name=_text(record, "name/{*}middleName/{*}name"),
        surname=_text(record, "name/{*}surname/{*}name"),
        street=", ".join(line for line in street if line),
        # PU holds the postcode as a number, and 0 where there is none.
        postcode=postcode.zfill(5) if postcode.strip("0") else "",
        town=_text(record, address + "city"),
        protected=_true(record, "protectedPersonIndicator") or _true(record, "protectedPopulationRecord"),
        deceased=_text(record, "deregistration/{*}deregistrationReasonCode") == _DECEASED,
        test_indicated=_true(record, "testIndicator"),
    )


def _text(element: etree._Element, path: str) -> str:
    return (element.findtext(f"{{*}}{path}") or "").strip()


def _true(element: etree._Element, name: str) -> bool:
    return _text(element, name) in ("true", "1")
