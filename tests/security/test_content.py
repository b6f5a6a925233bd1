"""T9, T10, T28: what people write is text, wherever it is shown, and no text is too much."""

import io
import time
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.test import Client
from lxml import html

from certificates.test_pages import codes, remembered  # noqa: F401
from clinic import doctor, outside, patient, running_simulators, simulators, unit, working  # noqa: F401
from example_fk7804 import FULL
from logged_in import browser_of
from pen import sign
from simulated import Simulators
from web_user import UNIT, fields_of
from webcert.certificate_types import TYPES
from webcert.certificates import actions
from webcert.certificates.models import Certificate
from webcert.patients.models import Person
from webcert.riv import xml
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db

PAYLOADS = (
    "<script>owned()</script>",
    '"><img src=x onerror=owned()>',
    "' autofocus onfocus='owned()",
    "</textarea><script>owned()</script>",
    "</script><svg onload=owned()>",
    "{{7*7}}{% include 'x' %}",
    "javascript:owned()",
    "<!--<p>",
    "&lt;script&gt;owned()&lt;/script&gt;",
    "]]><x xmlns='urn:owned'/>",
)
ALL = " ".join(PAYLOADS)

ISSUED = [type for type in TYPES if TYPES[type].issued]


def texts_of(draft: Certificate, text: str) -> dict[str, str]:
    """The text in every field of the form that takes one."""
    form = actions.form_of(draft)
    return {name: text for question in form.questions for name in question.encode(None)} | {
        f"{question.id}.{part}": text for question in form.questions for part in ("text", "", "code", "0.code", "0.text", "motivering")
    }


def assert_harmless(page: str) -> None:
    """Only what we wrote runs: no script of theirs, no handler, no address that is code, no element that a text has closed or opened."""
    root = html.fromstring(page)
    for script in root.iter("script"):
        assert script.get("src", "").startswith("/static/")
        assert not (script.text or "").strip()
    for element in root.iter():
        if isinstance(element.tag, str):
            assert element.tag not in ("iframe", "object", "x")
            assert element.tag != "img" or element.get("src", "").startswith("/static/")
            for name, value in element.attrib.items():
                assert not name.startswith("on"), (element.tag, name)
                assert name not in ("href", "src", "action", "formaction") or not value.startswith("javascript:")
    assert "{{7*7}}" in page or "7*7" not in page


@pytest.mark.parametrize("type", ISSUED)
def test_T09_what_is_typed_in_any_field_stays_text_in_the_editor(patient: Person, doctor: LoginContext, type: str) -> None:
    draft, browser = actions.create(type, patient=patient, by=doctor), browser_of(doctor)
    revision = actions.open_draft(draft.id, by=doctor).certificate.revision
    sent = {"revision": revision, "sequence": 1, "focus": "", "fields": texts_of(draft, ALL)}
    saved = browser.post(f"/intyg/{draft.id}/spara", sent, content_type="application/json")
    assert saved.status_code == 200
    assert saved["Content-Type"] == "application/json"
    page = browser.get(f"/intyg/{draft.id}").content.decode()
    assert "owned()" in html.fromstring(page).text_content()
    assert_harmless(page)
    for address in ("/utkast", f"/patient/{patient.id}"):
        assert_harmless(browser.get(address).content.decode())


def test_T09_T10_a_signed_certificate_shows_prints_and_sends_it_as_text(patient: Person, doctor: LoginContext) -> None:
    local = 'file:///etc/passwd <img src="http://127.0.0.1:9/x"> #image("/etc/passwd") #include "/etc/passwd" $x$ \\u{41} @x <x>'
    draft = actions.create("lisjp", patient=patient, by=doctor)
    fields = fields_of(FULL | {"unit": UNIT, "25": f"{ALL} {local}", "19": ALL, "29": ALL})
    saved = actions.save(draft.id, fields=fields, focus="", revision=draft.revision, sequence=1, by=doctor).draft
    signed = sign(draft.id, revision=saved.revision, by=doctor)
    browser = browser_of(doctor)
    page = browser.get(f"/intyg/{signed.id}").content.decode()
    assert_harmless(page)
    assert f"{ALL} {local}" in " ".join(html.fromstring(page).text_content().split())
    root = xml.parse(bytes(signed.signed_xml or b""))
    assert [text for element in root.iter("{*}delsvar") if f"{ALL} {local}" in (text := element.text or "")]
    assert not root.findall(".//{urn:owned}x")
    pdf = pypdf.PdfReader(io.BytesIO(browser.get(f"/intyg/{signed.id}/skriv-ut").content))
    printed = "".join(part.extract_text() for part in pdf.pages)
    assert "root:x:0" not in printed
    for shown in ("file:///etc/passwd", '#image("/etc/passwd")', "{{7*7}}"):
        assert shown in " ".join(printed.split())


def test_T09_names_from_registers_stay_text(outside: Simulators, doctor: LoginContext) -> None:
    patient = Person(
        id=uuid4(), personal_id="191212121212", given_name=PAYLOADS[0], middle_name="", surname=PAYLOADS[1], street=PAYLOADS[2]
    )
    patient.postcode, patient.town, patient.protected, patient.deceased = "12345", PAYLOADS[4], False, False
    hostile = working(PAYLOADS[1], Role.DOCTOR, unit(name=PAYLOADS[3]), unit("SE-2", PAYLOADS[0]))
    browser = browser_of(hostile)
    for address in ("/sok", "/valj-enhet", "/utkast", "/arenden", "/hjalp"):
        page = browser.get(address).content.decode()
        assert_harmless(page)
    from webcert.vocabulary import clock

    patient.fetched_at = clock.now()
    patient.save()
    draft = actions.create("ts-bas", patient=patient, by=hostile)
    for address in (f"/patient/{patient.id}", f"/intyg/{draft.id}"):
        page = browser.get(address).content.decode()
        assert_harmless(page)
        assert PAYLOADS[0] in html.fromstring(page).text_content()


NASTY = (
    "1" * 30_000,
    " " * 30_000,
    "2026-" * 6_000,
    "d" * 30_000 + "9",
    "((" * 15_000,
    "å̈" * 15_000,
    "F32." * 7_500,
    "\r\n" * 15_000,
    "1,1,",
)


@pytest.mark.parametrize("type", ISSUED)
def test_T28_no_text_makes_the_judgement_slow(patient: Person, doctor: LoginContext, type: str) -> None:
    draft = actions.create(type, patient=patient, by=doctor)
    for sequence, text in enumerate(NASTY, start=1):
        fields = texts_of(draft, text)
        begun = time.thread_time()
        actions.save(draft.id, fields=fields, focus="", revision=draft.revision, sequence=sequence, by=doctor)
        assert time.thread_time() - begun < 1, text[:10]


@pytest.mark.parametrize("text", NASTY)
def test_T28_no_number_that_is_searched_for_makes_the_search_slow(doctor: LoginContext, outside: Simulators, text: str) -> None:
    browser: Client = browser_of(doctor)
    begun = time.thread_time()
    answers: list[Any] = [browser.post("/sok", {"number": text}), browser.post("/sok/kontroll", {"number": text})]
    answers.append(browser.get("/diagnoser", {"kodverk": "ICD_10_SE", "falt": "text", "q": text[:100]}))
    assert time.thread_time() - begun < 1
    assert {answer.status_code for answer in answers} == {200}
