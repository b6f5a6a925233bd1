"""The intyg document written and read: every part of it both ways, and what is missing or odd in one from elsewhere."""

from dataclasses import replace
from datetime import datetime

import pytest

from official import schema_errors
from webcert.riv import xml
from webcert.riv.documents import documents
from webcert.riv.intyg import Intyg, Issuer, Patient, Relation, Unit
from webcert.riv.intyg_xml import register_certificate
from webcert.riv.soap import envelope
from webcert.riv.xml import UnreadableXml
from webcert.vocabulary import oids
from webcert.vocabulary.svar import Coded, Odd, PeriodText, Svar

UNIT = Unit(
    id="TSTNMT2321000156-1077",
    name="Björkhagens <vårdcentral> & mottagning",
    workplace_code="1234567890123",
    address="Gatan 1",
    postcode="123 45",
    town="Björkhagen",
    phone="08-123",
    email="post@example.se",
    care_provider_id="TSTNMT2321000156-102Q",
    care_provider_name="Region Björk",
)
POSITIONS = (Coded("203010", oids.POSITION, "Läkare legitimerad"),)
ISSUER = Issuer("TSTNMT2321000156-1079", "Åsa Öhrn", UNIT, POSITIONS, ("Allmänmedicin", "Psykiatri"))
INTYG = Intyg(
    id="9f2c6f4e-7f51-4b3a-9d35-1c1d7b4b2a10",
    type_code="LISJP",
    type_name="Läkarintyg för sjukpenning",
    version="1.3",
    signed_at=datetime.fromisoformat("2026-11-21T10:31:00"),
    patient=Patient(oids.PERSONAL_NUMBER, "191212121212"),
    issuer=ISSUER,
    svar=(
        Svar("1", (("1.1", Coded("ANNAT", "KV_FKMU_0001", "Annat")), ("1.2", "2026-11-20"), ("1.3", "Två\nrader ")), 1),
        Svar("32", (("32.2", PeriodText("2026-11-20", "2026-11-30")),), 2),
        Svar("27", (("27.1", "false"),)),
    ),
    relations=(Relation("FRLANG", "SE1", "4711"),),
)


def read(document: bytes) -> Intyg:
    (intyg,) = documents(xml.parse(document))
    return intyg


def changed(old: str, new: str) -> bytes:
    document = register_certificate(INTYG).decode()
    assert old in document
    return document.replace(old, new).encode()


def test_what_is_written_is_read_back_whole_and_fits_the_official_schema() -> None:
    assert read(register_certificate(INTYG)) == INTYG
    assert schema_errors(register_certificate(INTYG)) == []


def test_what_need_not_be_there_may_be_left_out() -> None:
    bare = replace(INTYG, issuer=Issuer("SE3", "Åsa", replace(UNIT, email="")), relations=())
    assert read(register_certificate(bare)) == bare
    assert schema_errors(register_certificate(bare)) == []


def test_a_missing_workplace_code_is_written_as_zeros() -> None:
    without = replace(INTYG, issuer=replace(ISSUER, unit=replace(UNIT, workplace_code="")))
    assert read(register_certificate(without)).issuer.unit.workplace_code == "0000000"


def test_a_certificate_is_found_in_an_envelope_and_in_any_message() -> None:
    assert read(envelope(register_certificate(INTYG), logical_address="2021005521")) == INTYG
    listed = b"<list>" + register_certificate(INTYG) * 2 + b"</list>"
    assert list(documents(xml.parse(listed))) == [INTYG, INTYG]
    assert list(documents(xml.parse(b"<intyg/>"))) == []


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("patient>", "patienten>", "intyg has no patient"),
        ("skapadAv>", "skapatAv>", "intyg has no skapadAv"),
        ("vardgivare>", "givare>", "enhet has no vardgivare"),
        ("intygs-id>", "id>", "intyg has no intygs-id"),
        ("2026-11-21T10:31:00", "i går", "no time"),
    ],
)
def test_a_certificate_that_lacks_what_all_have_is_unreadable(old: str, new: str, reason: str) -> None:
    with pytest.raises(UnreadableXml, match=reason):
        read(changed(old, new))


def test_the_type_is_read_in_any_case_and_the_patient_with_or_without_dash() -> None:
    assert read(changed(">LISJP<", "> lisjp <")).type_code == "LISJP"
    assert read(changed(">191212121212<", ">19121212-1212<")).patient.personal_id == "191212121212"


@pytest.mark.parametrize(
    ("text", "instance"), [("1", 1), (" 7 ", 7), ("01", 1), ("0", 0), ("-1", 0), ("ett", 0), ("", 0), ("1.5", 0), ("٣", 0), ("9" * 5000, 0)]
)
def test_an_instance_number_that_is_none_reads_as_zero(text: str, instance: int) -> None:
    assert read(changed("<c:instans>1</c:instans>", f"<c:instans>{text}</c:instans>")).svar[0].instance == instance


CV = "<t:cv><t:code>ANNAT</t:code><t:codeSystem>KV_FKMU_0001</t:codeSystem><t:displayName>Annat</t:displayName></t:cv>"


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("", ""),
        ("text", "text"),
        ("<t:cv><t:code>A</t:code><t:codeSystem>S</t:codeSystem></t:cv>", Coded("A", "S", None)),
        ("<t:cv><t:code>A</t:code></t:cv>", Odd("cv")),
        ("<t:cv><t:code>A</t:code><t:code>B</t:code><t:codeSystem>S</t:codeSystem></t:cv>", Odd("cv")),
        (CV + CV, Odd("flera värden")),
        ("<t:datePeriod><t:start>2026-11-20</t:start></t:datePeriod>", Odd("datePeriod")),
        ("<t:pq><t:value>1</t:value></t:pq>", Odd("pq")),
    ],
)
def test_the_content_of_a_delsvar(content: str, value: object) -> None:
    assert read(changed(CV, content)).svar[0].parts[0] == ("1.1", value)
