"""The nouns of the intyg document of RIV-TA v3: who, whom, what and the svar. `intyg_xml` writes and reads it as XML.

Source: reference/integration/06-rivta-model-and-codes.md §F2, reference/certificates/fk7804.md §7.1.
"""

from dataclasses import dataclass
from datetime import datetime

from webcert.vocabulary import oids
from webcert.vocabulary.svar import Coded, Svar


@dataclass(frozen=True, slots=True)
class Unit:
    """The care unit where the certificate was written, with its care provider. Ids are HSA-ids."""

    id: str
    name: str
    workplace_code: str
    address: str
    postcode: str
    town: str
    phone: str
    email: str
    care_provider_id: str
    care_provider_name: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """The person who signs. `positions` are coded titles (befattningar); `specialities` are names, since HSA's are not mapped to codes."""

    hsa_id: str
    name: str
    unit: Unit
    positions: tuple[Coded, ...] = ()
    specialities: tuple[str, ...] = ()
    prescriber_code: str = oids.NO_PRESCRIBER_CODE


@dataclass(frozen=True, slots=True)
class Relation:
    """How the certificate relates to an earlier one: `code` is ERSATT, FRLANG, KOMPLT or KOPIA."""

    code: str
    unit_id: str
    certificate_id: str


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient's identity number (12 digits) with its root. Name and address are empty where the type does not carry them."""

    root: str
    personal_id: str
    given_name: str = ""
    middle_name: str = ""
    surname: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that the contract asks for and the document lacks: where (a svar, or the name of an element), and what in words."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Intyg:
    """One certificate as the contracts carry it. `signed_at` is local Swedish time without zone; None in a document without it.

    `type_system` is the list of types that `type_code` stands in. `faults` are known of a received document whose svar do not tell."""

    id: str
    type_code: str
    type_name: str
    version: str
    signed_at: datetime | None
    patient: Patient
    issuer: Issuer
    svar: tuple[Svar, ...]
    relations: tuple[Relation, ...] = ()
    type_system: str = oids.CERTIFICATE_TYPE
    faults: tuple[Fault, ...] = ()
