"""The official schemas of the services, read from a folder outside the repository; without the folder nothing is checked."""

from functools import cache
from pathlib import Path

from lxml import etree

_AUTHORIZATION = "infrastructure-directory/authorizationmanagement/2.4.3"
_EMPLOYEE = "infrastructure-directory/employee/3.0.1"
_ORGANIZATION = "infrastructure-directory/organization/4.1"
_PERSON = "strategicresourcemanagement-persons-person/3.1"
_CERTIFICATE = "clinicalprocess-healthcond-certificate/schemas"
_PRACTITIONER = "intyg/infrastructure-directory-privatepractitioner/schemas"
_LOG = "informationsecurity-auditing-log/schemas"
_SCHEMAS = {
    "GetPersonsForProfile": (_PERSON, "3.1"),
    "GetCredentialsForPersonIncludingProtectedPerson": (_AUTHORIZATION, "2.2"),
    "GetEmployeeIncludingProtectedPerson": (_EMPLOYEE, "3.0"),
    "GetUnit": (_ORGANIZATION, "4.1"),
    "GetHealthCareUnit": (_ORGANIZATION, "2.0"),
    "GetHealthCareUnitMembers": (_ORGANIZATION, "2.0"),
    "RegisterCertificate": (_CERTIFICATE, "3.1"),
    "RevokeCertificate": (_CERTIFICATE, "2.1"),
    "StoreLog": (_LOG, "2.0"),
    "ValidatePrivatePractitioner": (_PRACTITIONER, "1.0"),
    "GetPrivatePractitioner": (_PRACTITIONER, "1.0"),
}


class Contracts:
    """Judges messages by the schemas in `folder`, when it exists."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder if folder.is_dir() else None

    @property
    def known(self) -> bool:
        """Whether there are schemas to judge by."""
        return self._folder is not None

    def flaws(self, message: etree._Element) -> list[str]:
        """What the schema of the message's service has against it."""
        service = etree.QName(message).localname.removesuffix("Response")
        if self._folder is None or service not in _SCHEMAS:
            return []
        domain, version = _SCHEMAS[service]
        schema = _schema(self._folder / domain / "interactions" / f"{service}Interaction" / f"{service}Responder_{version}.xsd")
        if schema.validate(message):
            return []
        return [f"line {error.line}: {error.message}" for error in schema.error_log]  # type: ignore[attr-defined]  # the stubs lack its iterator


@cache
def _schema(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(path))
