"""A certificate that was signed elsewhere: taken in once, read and printed as the document says, and never written here."""

import io
from typing import Any

import pypdf
import pytest
from django.http import HttpRequest
from django.test import Client

from clinic import TOLVAN, administrator, doctor, outside, patient, running_simulators, simulators, unit, working  # noqa: F401
from example_fk7263 import FULL
from simulated import Simulators
from webcert.audit.models import AuditEntry
from webcert.certificate_types import TYPES
from webcert.certificates import actions, following, taking_in
from webcert.certificates.errors import Denied, IdTaken, NotValid
from webcert.certificates.models import Certificate, Event, Status
from webcert.patients.models import Person
from webcert.riv.soap import envelope
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role
from webcert.staff.session import keep
from written import document, svar_of

pytestmark = pytest.mark.django_db

FK7263 = TYPES["fk7263"]
RIV = document(svar_of(FK7263.newest_form, FULL), "1.0", FK7263)
ON_UNIT = unit("SE1", "Björkhagens vårdcentral")

OLDER = """
<lakarutlatande xmlns="urn:riv:insuranceprocess:healthreporting:mu7263:3" xmlns:c="urn:riv:insuranceprocess:healthreporting:2">
  <lakarutlatande-id>intyg-17</lakarutlatande-id>
  <typAvUtlatande>Läkarintyg enligt 3 kap, 8 § lagen (1962:381) om allmän försäkring</typAvUtlatande>
  <signeringsdatum>2015-09-14T10:20:00</signeringsdatum>
  <skickatDatum>2015-09-14T10:20:00</skickatDatum>
  <patient><c:person-id root="1.2.752.129.2.1.3.1" extension="19121212-1212"/></patient>
  <skapadAvHosPersonal>
    <c:personal-id root="1.2.752.129.2.1.4.1" extension="SE3"/>
    <c:fullstandigtNamn>Åsa Öhrn</c:fullstandigtNamn>
    <c:forskrivarkod>9876543</c:forskrivarkod>
    <c:enhet>
      <c:enhets-id root="1.2.752.129.2.1.4.1" extension="SE1"/>
      <c:arbetsplatskod root="1.2.752.29.4.71" extension="12345"/>
      <c:enhetsnamn>Björkhagens vårdcentral</c:enhetsnamn>
      <c:postadress>Gatan 1</c:postadress><c:postnummer>12345</c:postnummer><c:postort>Björkhagen</c:postort>
      <c:telefonnummer>08123</c:telefonnummer>
      <c:vardgivare>
        <c:vardgivare-id root="1.2.752.129.2.1.4.1" extension="SE2"/><c:vardgivarnamn>Region Björk</c:vardgivarnamn>
      </c:vardgivare>
    </c:enhet>
  </skapadAvHosPersonal>
  <aktivitet><aktivitetskod>Avstangning_enligt_SmL_pga_smitta</aktivitetskod></aktivitet>
  <funktionstillstand>
    <typAvFunktionstillstand>Aktivitet</typAvFunktionstillstand>
    <arbetsformaga>
      <arbetsformagaNedsattning>
        <varaktighetFrom>2015-09-14</varaktighetFrom><varaktighetTom>2015-09-27</varaktighetTom>
        <nedsattningsgrad>Helt_nedsatt</nedsattningsgrad>
      </arbetsformagaNedsattning>
    </arbetsformaga>
  </funktionstillstand>
</lakarutlatande>
""".encode()


def get(login: LoginContext, path: str) -> Any:
    client = Client()
    request = HttpRequest()
    request.session = client.session
    keep(request, login)
    request.session.save()
    return client.get(path)


@pytest.fixture
def reader() -> LoginContext:
    """Somebody on the unit of the documents."""
    return working("Karin Ek", Role.CARE_ADMINISTRATOR, ON_UNIT)


@pytest.mark.parametrize("content", [RIV, OLDER, envelope(RIV, logical_address="x")], ids=["RIV-TA", "older", "envelope"])
def test_what_is_taken_in_is_signed_and_has_the_bytes_of_the_document(outside: Simulators, content: bytes) -> None:
    taken = taking_in.take_in(content)

    kept = Certificate.objects.get(pk=taken.id)
    assert (kept.type, kept.version, kept.status, kept.patient_id) == ("fk7263", "1.0", Status.SIGNED, TOLVAN)
    assert (kept.unit_id, kept.care_provider_id, kept.signed_by_id, kept.signed_by_name) == ("SE1", "SE2", "SE3", "Åsa Öhrn")
    assert bytes(kept.signed_xml or b"") == content
    assert kept.summary.startswith("2015-09-14 – ")
    assert kept.signed_at
    assert [(event.kind, event.by_id) for event in Event.objects.filter(certificate_id=kept.id)] == [("TAKEN_IN", "")]
    assert not AuditEntry.objects.exists()


def test_the_same_certificate_again_changes_nothing(outside: Simulators) -> None:
    first = taking_in.take_in(OLDER)
    assert taking_in.take_in(OLDER).id == taking_in.take_in(envelope(OLDER, logical_address="x")).id == first.id
    assert (Certificate.objects.count(), Event.objects.count()) == (1, 1)


def test_another_certificate_with_the_same_id_is_refused(outside: Simulators) -> None:
    taking_in.take_in(OLDER)
    with pytest.raises(IdTaken):
        taking_in.take_in(OLDER.replace(b"2015-09-27", b"2015-09-28"))
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"<a/>", "dokument"),
        (b"<list>" + RIV * 2 + b"</list>", "dokument"),
        (OLDER.replace("Åsa Öhrn".encode(), b""), "skapadAv"),
        (OLDER.replace(b"Helt_nedsatt", b"Lite_nedsatt"), "32"),
        (OLDER.replace(b"2015-09-14T10:20:00", b""), "signeringsdatum"),
        (RIV.replace(b">191212121212<", b">19121299121x<"), "patient"),
        (RIV.replace(b">1.0<", b">9.0<"), "version"),
    ],
)
def test_what_is_no_valid_certificate_is_refused_and_leaves_no_trace(outside: Simulators, content: bytes, where: str) -> None:
    with pytest.raises(NotValid) as refused:
        taking_in.take_in(content)
    assert where in {problem.question for problem in refused.value.problems}
    assert "1212" not in str(refused.value)
    assert not Certificate.objects.exists()


def test_without_the_population_register_nothing_is_taken_in(outside: Simulators) -> None:
    outside.set_mode("pu", "down")
    with pytest.raises(Denied):
        taking_in.take_in(OLDER)
    assert not Certificate.objects.exists()


def test_A_015_an_fk_7263_is_read_and_printed_by_any_role(outside: Simulators) -> None:
    taken = taking_in.take_in(OLDER)
    for role in Role:
        login = working("Någon", role, ON_UNIT)
        page = get(login, f"/intyg/{taken.id}").content.decode()
        assert get(login, f"/intyg/{taken.id}/skriv-ut").content.startswith(b"%PDF-")
        assert "Intygstypen har ersatts av FK 7804" in page
        assert "Intygs-ID: intyg-17" in page
        assert "Avstängning enligt smittskyddslagen på grund av smitta (fält 1)" in page
        assert "Längst till och med" in page
        assert "9876543 - 12345" in page
        assert "Skicka till" not in page


def test_A_073_A_074_A_078_an_fk_7263_offers_the_minimal_print_unless_the_law_kept_the_patient_from_work(
    outside: Simulators, reader: LoginContext
) -> None:
    in_full, contagion = taking_in.take_in(RIV), taking_in.take_in(OLDER)

    assert ">Minimalt intyg<" in get(reader, f"/intyg/{in_full.id}").content.decode()
    answer = get(reader, f"/intyg/{in_full.id}/skriv-ut/minimalt")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert 'filename="minimalt_lakarintyg_fk7263_' in answer.headers["Content-Disposition"]
    assert FULL["29"] in text
    assert FULL["10001"][:15] not in text

    assert "Minimalt intyg" not in get(reader, f"/intyg/{contagion.id}").content.decode()
    refused = get(reader, f"/intyg/{contagion.id}/skriv-ut/minimalt")
    assert (refused.status_code, "smittskyddslagen" in refused.content.decode()) == (409, True)


def test_A_015_no_fk_7263_can_be_created_renewed_or_replaced(patient: Person, reader: LoginContext) -> None:
    taken = taking_in.take_in(OLDER)
    for follow in (following.renew, following.replace):
        with pytest.raises(Denied) as refused:
            follow(taken.id, by=reader)
        assert refused.value.code == "AUTHORIZATION_VALIDATION"
    assert "Förnya" not in get(reader, f"/intyg/{taken.id}").content.decode()
    with pytest.raises(Denied) as denied:
        actions.create("fk7263", patient=patient, by=reader)
    assert denied.value.code == "DEPRECATED_TYPE"
    page = get(reader, f"/patient/{patient.id}").content.decode()
    assert "Har ersatts av FK 7804." in page
    assert 'name="type" value="fk7263"' not in page
    assert 'name="type" value="lisjp"' in page


def test_the_reasons_of_the_document_are_read_as_the_form_says(outside: Simulators, reader: LoginContext) -> None:
    page = get(reader, f"/intyg/{taking_in.take_in(RIV).id}").content.decode()
    for words in ("M545", "Ja, delvis", "Går inte att bedöma", "4b: Bedömning av fysioterapeut. 8b: Halva dagar"):
        assert (words in page) == (words != "Ja, delvis")
