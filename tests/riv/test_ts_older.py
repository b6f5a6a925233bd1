"""The older contracts of Transportstyrelsen, read from small documents of our own. What the samples say is in `test_transport_samples`."""

import pytest

from webcert.riv import xml
from webcert.riv.documents import documents
from webcert.riv.intyg import Intyg
from webcert.vocabulary.diagnosis_codes import ICD_10_SE, SYSTEM_OIDS
from webcert.vocabulary.svar import Coded, PartialDate, Value

UTLATANDE = """
<r:RegisterCertificate xmlns:r="urn:riv:clinicalprocess:healthcond:certificate:RegisterCertificateResponder:1"
  xmlns="urn:riv:clinicalprocess:healthcond:certificate:1" xmlns:x="urn:riv:clinicalprocess:healthcond:certificate:ts-diabetes:1">
<r:utlatande>
  <utlatande-id root="1.2.752.129.2.1.2.1" extension="intyg-31"/>
  <typAvUtlatande code="TSTRK1031" codeSystem="f6fb361a-e31d-48b8-8657-99b63912dd9b"/>
  <kommentar>Väl reglerad.</kommentar><kommentar>Ny pump.</kommentar>
  <signeringsdatum>2019-05-06T10:20:00</signeringsdatum>
  <patient>
    <person-id root="1.2.752.129.2.1.3.1" extension="19121212-1212"/><fornamn>Tolvan</fornamn><fornamn>Test</fornamn>
    <efternamn>Tolvansson</efternamn><postadress>Gatan 1</postadress><postnummer>12345</postnummer><postort>Björkhagen</postort>
  </patient>
  <skapadAv>
    <personal-id root="1.2.752.129.2.1.4.1" extension="SE3"/><fullstandigtNamn>Åsa Öhrn</fullstandigtNamn>
    <enhet>
      <enhets-id root="1.2.752.129.2.1.4.1" extension="SE1"/><enhetsnamn>Björkhagens vårdcentral</enhetsnamn>
      <vardgivare><vardgivare-id root="1.2.752.129.2.1.4.1" extension="SE2"/><vardgivarnamn>Region Björk</vardgivarnamn></vardgivare>
    </enhet>
  </skapadAv>
  <vardkontakt><idKontroll code="IDK3"/></vardkontakt>
  <rekommendation><rekommendationskod code="REK8"/><x:varde code="VAR16"/><x:varde code="VAR1"/></rekommendation>
  <rekommendation><rekommendationskod code="REK10"/><x:varde>false</x:varde></rekommendation>
  <observation>
    <observationskod code="E10"/><observationsperiod><from>2009</from></observationsperiod><forekomst>true</forekomst>
  </observation>
  <observation>
    <observationskod code="170747006"/><observationsperiod><from>2010</from></observationsperiod><forekomst>true</forekomst>
  </observation>
  <observation><observationskod code="OBS22"/><beskrivning>Två</beskrivning><forekomst>true</forekomst></observation>
  <observation><observationskod code="OBS24"/><observationstid>2019-01-02</observationstid><forekomst>true</forekomst></observation>
  <observation><observationskod code="420050001"/><varde value="0.8"/><x:lateralitet code="7771000"/></observation>
  <observation><observationskod code="397535007"/><varde value="1.0"/><x:lateralitet code="51440002"/></observation>
  <x:intygAvser code="IAV15"/><x:intygAvser code="IAV1"/>
  <x:bilaga><bilagetyp code="BIL1"/><forekomst>false</forekomst></x:bilaga>
  <x:utgava>08</x:utgava><x:version>02</x:version>
</r:utlatande>
</r:RegisterCertificate>
"""


def read(document: str) -> Intyg:
    (intyg,) = documents(xml.parse(document.encode()))
    return intyg


def said(intyg: Intyg) -> dict[str, Value | list[Value]]:
    """Delsvar → value; the values of those that are repeated, in order."""
    found: dict[str, list[Value]] = {}
    for svar in intyg.svar:
        for id, value in svar.parts:
            found.setdefault(id, []).append(value)
    return {id: values[0] if len(values) == 1 else values for id, values in found.items()}


def test_each_statement_is_the_answer_to_its_question() -> None:
    intyg = read(UTLATANDE)
    concerns, identity, licence = (
        "24c41b8d-258a-46bf-a08a-b90738b28770",
        "e7cc8f30-a353-4c42-b17a-a189b6876647",
        "e889fa20-1dee-4f79-8b37-03853e75a9f8",
    )
    assert (intyg.id, intyg.type_code, intyg.version, intyg.faults) == ("intyg-31", "TSTRK1031", "2.8", ())
    assert (intyg.patient.personal_id, intyg.patient.given_name) == ("191212121212", "Tolvan Test")
    assert (intyg.issuer.name, intyg.issuer.unit.name, intyg.issuer.unit.care_provider_id) == ("Åsa Öhrn", "Björkhagens vårdcentral", "SE2")
    assert said(intyg) == {
        "1.1": [Coded("IAV15", concerns), Coded("IAV1", concerns)],
        "2.1": Coded("IDK3", identity),
        "33.1": [Coded("VAR16", licence), Coded("VAR1", licence)],
        "45.1": "false",
        "18.1": Coded("E10", SYSTEM_OIDS[ICD_10_SE]),
        "35.1": PartialDate("YYYY", "2009"),
        "19.3": "true",
        "19.4": PartialDate("YYYY", "2010"),
        "39.1": "true",
        "39.2": "Två",
        "42.1": "true",
        "42.2": "2019-01-02",
        "8.2": "0.8",
        "8.6": "1.0",
        "43.1": "false",
        "32.1": "Väl reglerad.\nNy pump.",
    }


FAULTS = [
    ('extension="intyg-31"', 'extension=""', "utlatande-id"),
    ("2019-05-06T10:20:00", "2019-05-06", "signeringsdatum"),
    ("Åsa Öhrn", "", "fullstandigtNamn"),
    ("1.2.752.129.2.1.3.1", "1.2.3", "person-id"),
    ('1.2.752.129.2.1.4.1" extension="SE1"', '1.2.3" extension="SE1"', "enhets-id"),
    ('code="OBS22"', 'code="OBS99"', "utlatande"),
]


@pytest.mark.parametrize(("good", "bad", "where"), FAULTS, ids=[where for _, _, where in FAULTS])
def test_what_the_contract_refuses_is_a_fault_and_hides_nothing(good: str, bad: str, where: str) -> None:
    intyg = read(UTLATANDE.replace(good, bad, 1))
    assert [fault.where for fault in intyg.faults] == [where]
    assert len(said(intyg)) >= 14


def test_what_does_not_occur_is_no_type_of_diabetes() -> None:
    none = UTLATANDE.replace("</observationsperiod><forekomst>true", "</observationsperiod><forekomst>false", 1)
    assert "18.1" not in said(read(none))


def test_a_statement_of_another_type_is_read_without_its_answers() -> None:
    intyg = read(UTLATANDE.replace("TSTRK1031", "FK7263"))
    assert (intyg.type_code, intyg.faults) == ("FK7263", ())
    assert said(intyg).keys() == {"1.1", "2.1", "33.1", "32.1"}


def test_news_of_a_certificate_is_no_certificate() -> None:
    """CertificateStatusUpdateForCare 1 tells of it under the same name: who, whom and what has happened, but nothing of the visit."""
    news = UTLATANDE.replace('<vardkontakt><idKontroll code="IDK3"/></vardkontakt>', "")
    assert list(documents(xml.parse(news.encode()))) == []
