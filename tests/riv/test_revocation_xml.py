"""The message that a certificate is revoked is the one of the samples, for every type."""

from datetime import datetime

import pytest
from lxml import etree

from official import revocation_errors
from samples import Meaning, meaning
from shared import shared
from webcert.riv.intyg import Issuer, Patient, Unit
from webcert.riv.revocation_xml import Revocation, revoke_certificate
from webcert.vocabulary import oids
from webcert.vocabulary.svar import Coded

SAMPLES = [
    "lisjp/misc/revokerequest.xml",
    "luse/documents/revokerequest.xml",
    "luae_na/documents/revokerequest.xml",
    "luae_fs/documents/revokerequest.xml",
    "tstrk1031/v4/revokerequest.revokecertificate-v2.xml",
]
UNIT = Unit("hsaId", "namn", "arbetsplatskod", "postadress", "postnummer", "postort", "telefonnummer", "epost", "hsaId", "namn")
ISSUER = Issuer("hsaId", "namn", UNIT, (Coded("befattning", oids.POSITION),))


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_message_says_what_the_sample_says(sample: str) -> None:
    theirs = shared(f"data/samples/{sample}").read_bytes()
    at = datetime.fromisoformat(etree.fromstring(theirs).findtext("{*}skickatTidpunkt") or "")
    ours = revoke_certificate(Revocation("intygId", Patient(oids.PERSONAL_NUMBER, "191212121212"), "meddelande", at, ISSUER))

    assert without_blanks(meaning(ours)) == without_blanks(meaning(theirs))
    assert revocation_errors(ours) == revocation_errors(theirs) == []


def without_blanks(found: Meaning) -> Meaning:
    """The samples have a displayName without text."""
    return {path: texts for path, texts in found.items() if texts != [""]}
