"""Delivering entries to the national or regional log service: StoreLog 2.0, one message for a batch, one log for each entry.

Names of users and patients are left blank. Source: reference/security-and-audit.md §1, reference/integration/03-services-consumed.md §C4.
"""

from collections.abc import Iterable
from functools import cache, partial

from django.conf import settings
from lxml import etree

from webcert.audit.models import AuditEntry
from webcert.riv.client import CallFailed, SoapClient
from webcert.riv.retrying import Rejected, Temporary
from webcert.vocabulary.clock import SWEDEN
from webcert.vocabulary.personal_id import PersonalId

RESPONDER = "urn:riv:informationsecurity:auditing:log:StoreLogResponder:2"
ACTION = f"{RESPONDER}:StoreLog"
PATH = "/informationsecurity/auditing/log/StoreLog/2/rivtabp21"

SYSTEM_NAME = "Webcert"
RESOURCE_TYPE = "Intyg"

_LOG = "urn:riv:informationsecurity:auditing:log:2"
_FINAL = ("VALIDATION_ERROR", "ACCESSDENIED")
"""Result codes that no repetition changes."""


def _element(namespace: str, name: str, *content: etree._Element | str) -> etree._Element:
    element = etree.Element(f"{{{namespace}}}{name}", nsmap={"r": RESPONDER, "l": _LOG})
    for part in content:
        if isinstance(part, str):
            element.text = part
        else:
            element.append(part)
    return element


R, L = partial(_element, RESPONDER), partial(_element, _LOG)


def deliver(entries: Iterable[AuditEntry]) -> None:
    """Send the entries. Returns when the log service has them, also when it had them before: it knows an entry by its id.

    Raises Temporary or Rejected, for the whole batch.
    """
    config = settings.WEBCERT
    if config.log_url is None:
        raise Temporary("no address is configured for the log service")
    message = store_log(entries, system_id=config.log_system_id)
    try:
        answer = _client(config.log_url).call(message, action=ACTION, logical_address=config.log_address)
    except CallFailed as error:
        raise Temporary(f"{type(error).__name__}: {error}") from error
    _understand(answer)


def store_log(entries: Iterable[AuditEntry], *, system_id: str) -> bytes:
    """The message with the entries in their order."""
    return etree.tostring(R("StoreLog", *(_log(entry, system_id) for entry in entries)), encoding="utf-8")


def _log(entry: AuditEntry, system_id: str) -> etree._Element:
    patient = PersonalId(entry.patient_id)
    activity = L(
        "activity",
        L("activityType", entry.activity),
        L("activityLevel", entry.level),
        *_if_told("activityArgs", entry.remark),
        L("startDate", entry.at.astimezone(SWEDEN).isoformat(timespec="milliseconds")),
        L("purpose", entry.purpose),
    )
    user = L(
        "user",
        L("userId", entry.user_id),
        *_if_told("assignment", entry.assignment),
        *_if_told("title", entry.user_title),
        _provider(entry.care_provider_id, entry.care_provider_name),
        _unit(entry.unit_id, entry.unit_name),
    )
    resource = L(
        "resource",
        L("resourceType", RESOURCE_TYPE),
        L("patient", L("patientId", L("root", patient.oid), L("extension", patient.digits))),
        _provider(entry.owner_care_provider_id, entry.owner_care_provider_name),
        _unit(entry.owner_unit_id, entry.owner_unit_name),
    )
    system = L("system", L("systemId", system_id), L("systemName", SYSTEM_NAME))
    return R("log", L("logId", str(entry.id)), system, activity, user, L("resources", resource))


def _provider(id: str, name: str) -> etree._Element:
    return L("careProvider", L("careProviderId", id), *_if_told("careProviderName", name))


def _unit(id: str, name: str) -> etree._Element:
    return L("careUnit", L("careUnitId", id), *_if_told("careUnitName", name))


def _if_told(name: str, text: str) -> list[etree._Element]:
    return [L(name, text)] if text else []


@cache
def _client(url: str) -> SoapClient:
    return SoapClient(url + PATH, answer_timeout=settings.WEBCERT.outside_timeout_seconds)


def _understand(answer: etree._Element) -> None:
    code = answer.findtext("{*}result/{*}resultCode")
    if code in ("OK", "INFO"):
        return
    if code in _FINAL:
        raise Rejected(code)
    raise Temporary(code or "no result code")
