"""Which version of a type this installation issues. Types know their versions; the operator may choose an older generation for some.

Source: reference/certificates/tstrk1007.md §9, tstrk1031.md §7.
"""

from django.conf import settings

from webcert.certificate_types import TYPES
from webcert.certificate_types.certificate_type import CertificateType
from webcert.forms.wording import major_of
from webcert.vocabulary import clock


def issued_version(type: CertificateType) -> str:
    """The text version that a new draft gets today: the newest in force of the major version that is issued here."""
    chosen = {"ts-bas": settings.WEBCERT.tstrk1007_version, "ts-diabetes": settings.WEBCERT.tstrk1031_version}.get(type.id)
    return type.version_at(clock.today(), major_of(chosen) if chosen else None)


def is_outdated(type_id: str, version: str) -> bool:
    """Whether the version has other questions than the one that is issued: it can be read, printed, deleted and revoked only."""
    return major_of(version) < major_of(issued_version(TYPES[type_id]))
