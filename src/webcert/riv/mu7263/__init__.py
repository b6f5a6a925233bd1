"""FK 7263 as the older contract carries it (`lakarutlatande` of RegisterMedicalCertificate 3), read into the nouns of `riv.intyg`.

The document has an element for each field of the paper; here they become the svar of the RIV-TA form of the same certificate, so that
one declaration reads both. Nothing is written in this form. Source: reference/certificates/fk7263.md §6.
"""

from lxml import etree

from webcert.riv.intyg import Fault, Intyg, Issuer, Patient
from webcert.riv.mu7263.document import STAFF, UNIT, Document
from webcert.riv.mu7263.faults import FAULTS
from webcert.riv.mu7263.svar import svar_of
from webcert.riv.older import unit_of
from webcert.vocabulary import oids

NAMES = ("lakarutlatande",)
MU7263 = "urn:riv:insuranceprocess:healthreporting:mu7263:3"


def is_document(element: etree._Element) -> bool:
    """Whether the element is such a certificate, and not a reference to one, which has the same name."""
    return element.tag.endswith("}lakarutlatande") and element.find(f"{{{MU7263}}}typAvUtlatande") is not None


def read(element: etree._Element) -> Intyg:
    """The certificate. What is missing reads as empty text and is told in `faults`; nothing is refused."""
    document = Document(element)
    number = document.id_of("patient/person-id").replace("-", "")
    return Intyg(
        id=document.text("lakarutlatande-id").strip(),
        type_code="FK7263",
        type_name="Läkarintyg FK 7263",
        type_system=oids.STATEMENT_TYPE,
        version="1.0",
        signed_at=document.moment("signeringsdatum"),
        patient=Patient(document.attribute("patient/person-id", "root"), number),
        issuer=_issuer(document),
        svar=tuple(svar_of(document)),
        faults=tuple(Fault(where, text) for where, text, broken in FAULTS if broken(document)),
    )


def _issuer(document: Document) -> Issuer:
    return Issuer(
        hsa_id=document.id_of(f"{STAFF}/personal-id"),
        name=document.text(f"{STAFF}/fullstandigtNamn"),
        unit=unit_of(document, UNIT),
        prescriber_code=document.text(f"{STAFF}/forskrivarkod").strip(),
    )
