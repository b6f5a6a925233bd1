"""From what an identity provider asserts to a proven identity: which attribute is the person, which method she used.

Source: reference/login-and-signing.md §2.3–2.4.
"""

from webcert.login.saml.names import EMPLOYEE_HSA_ID, SIGNING_PROVIDER
from webcert.login.saml.response import Asserted, Reason, Rejected
from webcert.staff.identity import Identity, Method, ProviderSession
from webcert.vocabulary.personal_id import InvalidPersonalId, PersonalId

HSA_ID_NAMES = (EMPLOYEE_HSA_ID, "urn:sambi:names:attribute:employeeHsaId")
"""The name of today and the one of before."""

LONGEST_HSA_ID = 31

LOGIN_METHODS = {
    **dict.fromkeys(("ccp1", "ccp2", "ccp8"), Method.NET_ID),
    **dict.fromkeys(("ccp10", "ccp12", "bankid.auto-start-token"), Method.BANK_ID),
    **dict.fromkeys(("ccp11", "ccp13", "ccp19", "ccp28", "bankid.qr-start-token"), Method.MOBILE_BANK_ID),
}

_CLASSES = "urn:oasis:names:tc:SAML:2.0:ac:classes:"


def employee(asserted: Asserted, registration: str) -> Identity:
    """Who logged in with a SITHS or Efos card. The end that the provider sets to its session is not ours. Raises Rejected."""
    hsa_id = _only(asserted, *HSA_ID_NAMES)
    if len(hsa_id) > LONGEST_HSA_ID:
        raise Rejected(Reason.ATTRIBUTE_MISSING)
    return Identity(
        Method.SITHS,
        hsa_id=hsa_id,
        level=asserted.level,
        signing_provider=next(iter(asserted.attributes.get(SIGNING_PROVIDER, ())), ""),
        session=ProviderSession(registration, asserted.name_id, asserted.session_index),
    )


def person(asserted: Asserted, registration: str) -> Identity:
    """Who logged in with an e-legitimation; our session ends with the provider's (reference §2.1). Raises Rejected."""
    number = _only(asserted, "Subject_SerialNumber")
    try:
        personal_id = PersonalId(number).digits if number.isdigit() and len(number) == 12 else ""
    except InvalidPersonalId:
        personal_id = ""
    if not personal_id:
        raise Rejected(Reason.ATTRIBUTE_MISSING)
    _require_same_level(asserted)
    methods = asserted.attributes.get("LoginMethod", ())
    if len(methods) != 1 or methods[0] not in LOGIN_METHODS:
        raise Rejected(Reason.LOGIN_METHOD)
    ends = asserted.session_ends_at
    return Identity(
        LOGIN_METHODS[methods[0]],
        personal_id=personal_id,
        level=asserted.level,
        session=ProviderSession(registration, asserted.name_id, asserted.session_index, int(ends.timestamp()) if ends else None),
    )


def _only(asserted: Asserted, *names: str) -> str:
    """The one value that is told under the names; they may all tell it."""
    told = [values for name in names if (values := asserted.attributes.get(name))]
    if not told:
        raise Rejected(Reason.ATTRIBUTE_MISSING)
    if len(set(told)) > 1 or len(told[0]) > 1:
        raise Rejected(Reason.ATTRIBUTE_AMBIGUOUS)
    return told[0][0]


def _require_same_level(asserted: Asserted) -> None:
    """The provider describes the level a second time; the two must not contradict each other."""
    described = asserted.attributes.get("SecurityLevelDescription", ())
    if asserted.level.startswith(_CLASSES) and any(f"{_CLASSES}{each}".lower() != asserted.level.lower() for each in described):
        raise Rejected(Reason.ASSURANCE_LEVEL)
