"""Protected patients, and the population register when it does not answer: what is locked, what is hidden, and that it opens again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from lxml import html

from certificates.test_life import filled, kinds
from certificates.test_pages import browser, codes, draft, signed  # noqa: F401
from certificates.test_transport import signed as written_and_signed
from clinic import TOLVAN, administrator, doctor, outside, patient, person, running_simulators, simulators, unit, working  # noqa: F401
from example_transport import TSTRK1007_7
from logged_in import browser_of
from pen import sign
from simulated import Simulators
from webcert.audit.models import AuditEntry
from webcert.certificates import actions, ending, following
from webcert.certificates.errors import Denied
from webcert.certificates.models import Certificate
from webcert.patients import pu as register
from webcert.patients.models import Person
from webcert.staff.login_context import Integration, LoginContext, Origin
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db

LILLTOLVAN, VALID = "201212121212", "195401782395"


def protect(outside: Simulators, number: str = TOLVAN, protection: str = "sekretessmarkering") -> None:
    outside.post("/pu/person", number=number, protection=protection)


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content
    return " ".join(html.fromstring(answer.content.decode()).text_content().split())


# A patient becomes protected


def test_that_the_patient_is_protected_is_remembered_also_when_the_opening_is_refused(
    draft: Certificate, signed: Certificate, outside: Simulators, administrator: LoginContext
) -> None:
    other = following.renew(signed.id, by=administrator)
    protect(outside)
    with pytest.raises(Denied) as refused:
        actions.open_one(draft.id, by=administrator)
    assert refused.value.code == "AUTHORIZATION_SEKRETESS"
    assert {Certificate.objects.get(pk=id).protected for id in (draft.id, signed.id, other.id)} == {True}
    protect(outside, protection="")
    actions.open_one(other.id, by=administrator)
    assert {Certificate.objects.get(pk=id).protected for id in (draft.id, signed.id, other.id)} == {False}


def test_A_110_a_list_asks_the_register_before_it_shows_a_patient(
    draft: Certificate, outside: Simulators, administrator: LoginContext, doctor: LoginContext
) -> None:
    assert "19121212-1212" in text_of(browser_of(administrator), "/utkast")
    protect(outside)
    assert "19121212-1212" not in text_of(browser_of(administrator), "/utkast")
    assert Certificate.objects.get(pk=draft.id).protected
    assert "Inga osignerade utkast" in text_of(browser_of(administrator), "/utkast")
    assert "Sekretessmarkering" in text_of(browser_of(doctor), "/utkast")
    assert "Behörighet saknas" in text_of(browser_of(administrator), f"/patient/{draft.person_id}", 403)


@pytest.mark.parametrize("role", [Role.DOCTOR, Role.DENTIST])
def test_A_108_every_view_says_that_the_patient_is_protected(signed: Certificate, outside: Simulators, role: Role) -> None:
    protect(outside)
    by = working("Sofia Berglund", role)
    browser, draft = browser_of(by), actions.create("lisjp", patient=person(TOLVAN), by=by)
    found = browser.post("/sok", {"number": TOLVAN})["Location"]
    for address in (found, f"/intyg/{draft.id}", f"/intyg/{signed.id}"):
        page = html.fromstring(browser.get(address).content.decode())
        (red,) = page.xpath("//main//button[@class='protected'] | //*[@data-page-top]//button[@class='protected']")
        assert red.text_content() == "Patienten har en sekretessmarkering", address
        assert page.xpath("//dialog[@id=$id]", id=red.get("data-opens")), address
    (row,) = html.fromstring(browser.get("/utkast").content.decode()).xpath(f"//tr[@data-row='{draft.id}']")
    assert row.xpath("string(.//*[contains(@class, 'protected')])") == "Sekretessmarkering"


def test_A_109_certificates_to_forsakringskassan_are_written_and_to_transportstyrelsen_not(
    patient: Person, outside: Simulators, doctor: LoginContext
) -> None:
    protect(outside)
    browser = browser_of(doctor)
    page = html.fromstring(browser.get(f"/patient/{patient.id}").content.decode())
    offered = page.xpath("//form[@action='/intyg/skapa']//input[@name='type']/@value")
    assert set(offered) == {"lisjp", "luse", "luae_na", "luae_fs"}
    assert "kan inte hanteras för patienter med sekretessmarkering" in page.text_content()
    for type in (*offered, "ts-bas", "ts-diabetes"):
        answer = browser.post("/intyg/skapa", {"type": type, "patient": patient.id, "id": uuid4()})
        assert answer.status_code == (302 if type in offered else 403), type
    assert Certificate.objects.count() == len(offered)


def test_A_111_a_protected_patients_certificate_is_opened_only_on_its_own_unit(
    signed: Certificate, draft: Certificate, outside: Simulators, doctor: LoginContext
) -> None:
    protect(outside)
    elsewhere = working("Anna Alm", Role.DOCTOR, unit("SE2321000990-1009", "Annan enhet"))
    foreign = working("Ida Berg", Role.DOCTOR, replace(unit("SE556-1", "Läkargruppen"), care_provider_id="SE556-0"))
    integrated = replace(elsewhere, origin=Origin.DEEP_INTEGRATION)
    shared_record = replace(foreign, origin=Origin.DEEP_INTEGRATION, integration=Integration(shared_record=True))
    for by in (elsewhere, integrated, shared_record):
        assert "kan bara hanteras på den vårdenhet" in text_of(browser_of(by), f"/intyg/{signed.id}", 403)
    assert "Patienten har en sekretessmarkering" in text_of(browser_of(doctor), f"/intyg/{signed.id}")
    protect(outside, protection="")
    assert browser_of(shared_record).get(f"/intyg/{signed.id}").status_code == 200


def test_A_112_a_transport_certificate_is_out_of_reach_while_its_patient_is_protected(
    patient: Person, outside: Simulators, doctor: LoginContext
) -> None:
    transport = written_and_signed("ts-bas", TSTRK1007_7[0], patient, doctor)
    page = f"/patient/{patient.id}"
    assert f"/intyg/{transport.id}" in browser_of(doctor).get(page).content.decode()
    protect(outside)
    assert f"/intyg/{transport.id}" not in browser_of(doctor).get(page).content.decode()
    assert "sekretessmarkering" in text_of(browser_of(doctor), f"/intyg/{transport.id}", 403)
    protect(outside, protection="")
    assert f"/intyg/{transport.id}" in browser_of(doctor).get(page).content.decode()


# The register does not answer


LOCKED: dict[str, Callable[[Certificate, Certificate, LoginContext], Any]] = {
    "open a draft": lambda draft, signed, by: actions.open_one(draft.id, by=by),
    "delete": lambda draft, signed, by: actions.delete(draft.id, by=by),
    "forward": lambda draft, signed, by: actions.mark_forwarded(draft.id, forwarded=True, by=by),
    "mark ready": lambda draft, signed, by: actions.mark_ready(draft.id, by=by),
    "sign": lambda draft, signed, by: sign(draft.id, revision=draft.revision, by=by),
    "print a draft": lambda draft, signed, by: actions.record_print(draft.id, by=by),
    "read": lambda draft, signed, by: actions.open_one(signed.id, by=by),
    "send": lambda draft, signed, by: actions.send(signed.id, by=by),
    "print": lambda draft, signed, by: actions.record_print(signed.id, by=by),
    "print minimal": lambda draft, signed, by: actions.record_print(signed.id, by=by, minimal=True),
    "renew": lambda draft, signed, by: following.renew(signed.id, by=by),
    "replace": lambda draft, signed, by: following.replace(signed.id, by=by),
    "revoke": lambda draft, signed, by: ending.revoke(signed.id, reason="FEL_PATIENT", text="", by=by),
}


@pytest.fixture
def both(draft: Certificate, patient: Person, doctor: LoginContext) -> tuple[Certificate, Certificate]:
    """A draft, and a certificate that is signed."""
    other = actions.create("lisjp", patient=patient, by=doctor)
    filled(other, doctor)
    return draft, sign(other.id, revision=other.revision, by=doctor)


@pytest.mark.parametrize("what", LOCKED)
def test_A_116_everything_is_locked_while_the_register_is_down(
    both: tuple[Certificate, Certificate], outside: Simulators, doctor: LoginContext, what: str
) -> None:
    before = [kinds(certificate) for certificate in both]
    logged = AuditEntry.objects.count()
    outside.set_mode("pu", "down")
    with pytest.raises(Denied) as refused:
        LOCKED[what](*both, doctor)
    assert (refused.value.code, refused.value.status) == ("PU_PROBLEM", 503)
    assert [kinds(certificate) for certificate in both] == before
    assert AuditEntry.objects.count() == logged


def test_A_116_the_pages_say_so_and_open_again_by_themselves(
    draft: Certificate, outside: Simulators, doctor: LoginContext, browser: Client
) -> None:
    outside.set_mode("pu", "down")
    told = "Personuppgiftstjänsten svarar inte"
    for address in (f"/intyg/{draft.id}", f"/patient/{draft.person_id}"):
        assert told in text_of(browser, address, 503)
        page = html.fromstring(browser.get(address).content.decode())
        assert page.xpath("string(//h1)") == told
        assert page.xpath("//main//a[normalize-space()='Försök igen']/@href") == [address]
    listed = text_of(browser, "/utkast")
    assert f"{told}, så ett utkast visas inte här" in listed
    assert "19121212" not in listed
    outside.set_mode("pu", "normal")
    register._client.cache_clear()  # the quarter of a minute is over in which the register is left alone
    assert "19121212-1212" in text_of(browser, "/utkast")
    assert told not in text_of(browser, "/utkast")
    assert text_of(browser, f"/intyg/{draft.id}")


def test_what_is_being_written_is_still_saved_while_the_register_is_down(
    draft: Certificate, outside: Simulators, doctor: LoginContext
) -> None:
    outside.set_mode("pu", "down")
    filled(draft, doctor, **{"25": "skrivet så länge"})
    assert Certificate.objects.get(pk=draft.id).answers["25"] == "skrivet så länge"


def test_only_the_rows_whose_patients_are_not_known_are_hidden(
    draft: Certificate, outside: Simulators, doctor: LoginContext, browser: Client, settings: Any
) -> None:
    actions.create("lisjp", patient=person(LILLTOLVAN), by=doctor)
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"pu_cache_seconds": 60})
    Person.objects.filter(personal_id=TOLVAN).update(fetched_at="2020-01-01T00:00Z")
    outside.set_mode("pu", "down")
    listed = text_of(browser, "/utkast")
    assert "20121212-1212" in listed
    assert "19121212-1212" not in listed
    assert "Visar 1–2 av 2" in listed
    assert browser.get("/antal").json()["tabs"]["drafts"]["count"] == 2  # a number tells of nobody, and that much is to be signed


# Persons who exist for tests only


@pytest.fixture
def test_person(outside: Simulators, settings: Any) -> Person:
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"test_patients": True})
    return person(VALID)


def test_a_certificate_for_a_test_person_is_marked_never_sent_and_never_logged(
    test_person: Person, doctor: LoginContext, browser: Client
) -> None:
    draft = actions.create("lisjp", patient=test_person, by=doctor)
    assert "Patienten är en testperson" in text_of(browser, f"/patient/{test_person.id}")
    assert "Testperson" in text_of(browser, "/utkast")
    filled(actions.open_draft(draft.id, by=doctor).certificate, doctor)
    signed = sign(draft.id, revision=Certificate.objects.get(pk=draft.id).revision, by=doctor)
    actions.record_print(signed.id, by=doctor)
    with pytest.raises(Denied) as refused:
        actions.send(signed.id, by=doctor)
    assert refused.value.code == "TEST_INDICATED_PATIENT"
    page = text_of(browser, f"/intyg/{signed.id}")
    assert "Patienten är en testperson" in page
    assert "Skicka till Försäkringskassan" not in page
    renewed = following.renew(signed.id, by=doctor)
    assert renewed.test_indicated
    assert kinds(signed)[-1] == "PRINTED"
    assert AuditEntry.objects.count() == 0
