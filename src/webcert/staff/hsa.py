"""The national directory HSA: five services, called over SOAP, and their answers as plain values.

What the answers mean for a login is decided in `organisation.py` and `login.py`. Source:
reference/integration/03-services-consumed.md §C2.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings
from lxml import etree

from webcert.riv.client import CallFailed, SoapClient
from webcert.staff.address import Address, address_of
from webcert.vocabulary.clock import SWEDEN

LOGICAL_ADDRESS = "SE165565594230-1000"

_DIRECTORY = "urn:riv:infrastructure:directory"
_ATTEMPTS = 2
"""All five services only read."""


class HsaUnavailable(Exception):
    """HSA could not be asked: not configured, no answer, or an answer that cannot be used."""


@dataclass(frozen=True, slots=True)
class Service:
    """One of HSA's services, in the version that we speak."""

    domain: str
    name: str
    version: int

    @property
    def namespace(self) -> str:
        """Of the messages."""
        return f"{_DIRECTORY}:{self.domain}:{self.name}Responder:{self.version}"

    @property
    def path(self) -> str:
        """Under the address of HSA, as the national service platform lays it out."""
        return f"/infrastructure/directory/{self.domain}/{self.name}/{self.version}/rivtabp21"


CREDENTIALS = Service("authorizationmanagement", "GetCredentialsForPersonIncludingProtectedPerson", 2)
EMPLOYEE = Service("employee", "GetEmployeeIncludingProtectedPerson", 3)
UNIT = Service("organization", "GetUnit", 4)
CARE_UNIT = Service("organization", "GetHealthCareUnit", 2)
MEMBERS = Service("organization", "GetHealthCareUnitMembers", 2)


@dataclass(frozen=True, slots=True)
class Validity:
    """When something in HSA is in force; an open end is None. Both ends count."""

    start: datetime | None
    end: datetime | None

    def holds(self, now: datetime) -> bool:
        """Whether `now` lies within."""
        return (self.start is None or self.start <= now) and (self.end is None or now <= self.end)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A person's assignment (medarbetaruppdrag) on a care unit."""

    name: str
    purpose: str
    unit_id: str
    care_provider_id: str
    care_provider_name: str
    unit_validity: Validity
    care_provider_validity: Validity


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a person may do: union over all records that HSA holds of her."""

    licences: frozenset[str] = frozenset()
    position_codes: frozenset[str] = frozenset()
    prescription_codes: frozenset[str] = frozenset()
    assignments: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Employee:
    """Who a person is: name from the first record, the rest from all of them."""

    name: str
    licences: frozenset[str]
    positions: frozenset[tuple[str, str]]
    specialities: frozenset[str]
    protected: bool


@dataclass(frozen=True, slots=True)
class UnitContact:
    """A unit's name and how it is reached."""

    id: str
    name: str
    address: Address
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Member:
    """A sub-unit (mottagning) of a care unit."""

    contact: UnitContact
    workplace_codes: tuple[str, ...]
    validity: Validity


@dataclass(frozen=True, slots=True)
class Members:
    """A care unit's workplace codes and its sub-units."""

    workplace_codes: tuple[str, ...] = ()
    sub_units: tuple[Member, ...] = ()


def credentials(hsa_id: str) -> Credentials:
    """Licences, codes and assignments of the person; empty when HSA does not know her. Raises HsaUnavailable."""
    records = _ask(CREDENTIALS, "personHsaId", hsa_id).findall("{*}credentialInformation")
    return Credentials(
        licences=_all(records, "healthCareProfessionalLicence"),
        position_codes=_all(records, "paTitleCode"),
        prescription_codes=_all(records, "groupPrescriptionCode") | _all(records, "personalPrescriptionCode"),
        assignments=tuple(_assignment(found) for record in records for found in record.findall("{*}commission")),
    )


def employee(hsa_id: str) -> Employee | None:
    """Name, positions and specialities of the person; None when HSA does not know her. Raises HsaUnavailable."""
    records = _ask(EMPLOYEE, "personHsaId", hsa_id).findall("{*}personInformation")
    if not records:
        return None
    titles = [title for record in records for title in record.findall("{*}paTitle")]
    return Employee(
        name=f"{_text(records[0], 'givenName')} {_text(records[0], 'middleAndSurName')}".strip(),
        licences=_all(records, "healthCareProfessionalLicence"),
        positions=frozenset((_text(title, "paTitleCode"), _text(title, "paTitleName")) for title in titles),
        specialities=_all(records, "specialityName"),
        protected="true" in _all(records, "protectedPerson"),
    )


def unit(unit_id: str) -> UnitContact | None:
    """The unit's name and how it is reached; None when HSA does not know it. Raises HsaUnavailable."""
    found = _ask(UNIT, "unitHsaId", unit_id).find("{*}unit")
    if found is None:
        return None
    return _contact(found, id="unitHsaId", name="unitName", phone="telephoneNumber", address="postalAddress", postcode="postalCode")


def care_unit_of(unit_id: str) -> str | None:
    """The id of the care unit that the unit is, or is part of; None when HSA does not know it. Raises HsaUnavailable."""
    return _ask(CARE_UNIT, "healthCareUnitMemberHsaId", unit_id).findtext("{*}healthCareUnit/{*}healthCareUnitHsaId")


def members(care_unit_id: str) -> Members:
    """The care unit's workplace codes and sub-units; empty when HSA does not know it. Raises HsaUnavailable."""
    found = _ask(MEMBERS, "healthCareUnitHsaId", care_unit_id).find("{*}healthCareUnitMembers")
    if found is None:
        return Members()
    codes = tuple(_texts(found, "healthCareUnitPrescriptionCode"))
    return Members(codes, tuple(_member(member) for member in found.findall("{*}healthCareUnitMember")))


def request(service: Service, field: str, value: str) -> bytes:
    """The message that asks the service about one id."""
    message = etree.Element(f"{{{service.namespace}}}{service.name}", nsmap={"h": service.namespace})
    etree.SubElement(message, f"{{{service.namespace}}}{field}").text = value
    return etree.tostring(message)


def _ask(service: Service, field: str, value: str) -> etree._Element:
    url = settings.WEBCERT.hsa_url
    if url is None:
        raise HsaUnavailable("no address is configured")
    action = f"{service.namespace}:{service.name}"
    try:
        message = request(service, field, value)
        answer = _client(url + service.path).call(message, action=action, logical_address=LOGICAL_ADDRESS, attempts=_ATTEMPTS)
    except CallFailed as error:
        raise HsaUnavailable(f"{service.name}: {type(error).__name__}: {error}") from error
    if answer.tag != f"{{{service.namespace}}}{service.name}Response":
        raise HsaUnavailable(f"{service.name}: another message than the answer")
    return answer


@cache
def _client(url: str) -> SoapClient:
    return SoapClient(url, answer_timeout=settings.WEBCERT.outside_timeout_seconds)


def _assignment(found: etree._Element) -> Assignment:
    return Assignment(
        name=_text(found, "commissionName"),
        purpose=_text(found, "commissionPurpose"),
        unit_id=_text(found, "healthCareUnitHsaId"),
        care_provider_id=_text(found, "healthCareProviderHsaId"),
        care_provider_name=_text(found, "healthCareProviderName"),
        unit_validity=_validity(found, "healthCareUnit"),
        care_provider_validity=_validity(found, "healthCareProvider"),
    )


def _member(found: etree._Element) -> Member:
    prefix = "healthCareUnitMember"
    return Member(
        contact=_contact(
            found,
            id=f"{prefix}HsaId",
            name=f"{prefix}Name",
            phone=f"{prefix}TelephoneNumber",
            address=f"{prefix}postalAddress",
            postcode=f"{prefix}postalCode",
        ),
        workplace_codes=tuple(_texts(found, f"{prefix}PrescriptionCode")),
        validity=_validity(found, prefix),
    )


def _contact(found: etree._Element, *, id: str, name: str, phone: str, address: str, postcode: str) -> UnitContact:
    lines = _texts(found, f"{address}/{{*}}addressLine")
    return UnitContact(
        id=_text(found, id),
        name=_text(found, name),
        address=address_of(lines, _text(found, postcode)),
        phone=", ".join(_texts(found, phone)),
        email=_text(found, "mail"),
    )


def _validity(found: etree._Element, prefix: str) -> Validity:
    return Validity(_moment(_text(found, f"{prefix}StartDate")), _moment(_text(found, f"{prefix}EndDate")))


def _moment(text: str) -> datetime | None:
    """HSA writes Swedish time without a zone. What is no time at all means that HSA's answer cannot be used."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise HsaUnavailable("a time that cannot be read") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=SWEDEN)


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(f"{{*}}{name}") or "").strip()


def _texts(element: etree._Element, path: str) -> list[str]:
    found = (each.text or "" for each in element.findall(f"{{*}}{path}"))
    return [text.strip() for text in found if text.strip()]


def _all(records: list[etree._Element], name: str) -> frozenset[str]:
    return frozenset(text for record in records for text in _texts(record, name))
