"""The stand-ins from the outside: what they answer is what the official contracts allow, and what they are told they do."""

import asyncio
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import etree

from shared import SHARED
from simulators.app import StandIns
from simulators.contracts import Contracts
from simulators.organisation import PROVIDERS, UNITS
from simulators.people import CARE, INTERN, STAFF
from simulators.soap import message_of

SCHEMAS = SHARED / "rivta"
SERVICES = "/hsa/infrastructure/directory/"
PU = "/pu/strategicresourcemanagement/persons/person/GetPersonsForProfile/3/rivtabp21"
FK = "/fk/register-certificate/v3.0"
ENVELOPE = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body>%s</s:Body></s:Envelope>'

HSA_CALLS = [
    ("authorizationmanagement", "GetCredentialsForPersonIncludingProtectedPerson", 2, "personHsaId", [e.id for e in STAFF]),
    ("employee", "GetEmployeeIncludingProtectedPerson", 3, "personHsaId", [e.id for e in STAFF]),
    ("organization", "GetUnit", 4, "unitHsaId", list(UNITS)),
    ("organization", "GetHealthCareUnit", 2, "healthCareUnitMemberHsaId", list(UNITS)),
    ("organization", "GetHealthCareUnitMembers", 2, "healthCareUnitHsaId", list(UNITS)),
]


def apart(coroutine: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
    """Run it in a thread of its own: a browser may have an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


class Web:
    """Talks to the stand-ins without a port."""

    def __init__(self, folder: Path) -> None:
        self._app = StandIns(folder, SCHEMAS).services()

    def get(self, path: str) -> httpx.Response:
        return apart(self._send("GET", path))

    def post(self, path: str, **sent: Any) -> httpx.Response:
        return apart(self._send("POST", path, **sent))

    async def _send(self, method: str, path: str, **sent: Any) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url="http://simulators") as client:
            return await client.request(method, path, **sent)


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return Web(tmp_path)


def ask_pu(web: Web, *numbers: str) -> etree._Element:
    ids = "".join(f"<p:personId><c:root>1.2.752.129.2.1.3.1</c:root><c:extension>{number}</c:extension></p:personId>" for number in numbers)
    message = (
        '<p:GetPersonsForProfile xmlns:p="urn:riv:strategicresourcemanagement:persons:person:GetPersonsForProfileResponder:3" '
        f'xmlns:c="urn:riv:strategicresourcemanagement:persons:person:3">{ids}<p:profile>P2</p:profile>'
        "<p:ignoreReferredIdentity>false</p:ignoreReferredIdentity></p:GetPersonsForProfile>"
    )
    return message_of(web.post(PU, content=(ENVELOPE % message).encode()).content)


def register(web: Web, message: str | bytes) -> tuple[str, str]:
    """The result code and text of the answer."""
    text = message.decode() if isinstance(message, bytes) else message
    answer = message_of(web.post(FK, content=(ENVELOPE % text).encode()).content)
    assert Contracts(SCHEMAS).flaws(answer) == []
    return answer.findtext(".//{*}resultCode", ""), answer.findtext(".//{*}resultText", "")


def sample() -> str:
    """A RegisterCertificate that the official schema accepts."""
    path = SHARED / "data" / "samples" / "lisjp" / "scenarios"
    if not path.is_dir():
        pytest.skip("the shared samples are not here")
    for file in sorted(path.rglob("*.xml")):
        root = etree.parse(file).getroot()
        if etree.QName(root).localname == "RegisterCertificate" and not Contracts(SCHEMAS).flaws(root):
            return etree.tostring(root, encoding="unicode")
    raise AssertionError("no sample")


@pytest.mark.parametrize(("domain", "name", "version", "field", "ids"), HSA_CALLS)
def test_every_hsa_answer_keeps_the_contract(web: Web, domain: str, name: str, version: int, field: str, ids: list[str]) -> None:
    namespace = f"urn:riv:infrastructure:directory:{domain}:{name}Responder:{version}"
    for id in [*ids, "SE0000000000-nobody"]:
        message = f'<h:{name} xmlns:h="{namespace}"><h:{field}>{id}</h:{field}></h:{name}>'
        response = web.post(f"{SERVICES}{domain}/{name}/{version}/rivtabp21", content=(ENVELOPE % message).encode())
        answer = message_of(response.content)
        assert response.status_code == 200
        assert answer.tag == f"{{{namespace}}}{name}Response"
        assert Contracts(SCHEMAS).flaws(answer) == []
        assert len(answer) == (0 if id.endswith("nobody") or (name.endswith("Members") and UNITS[id].part_of) else 1)


def test_every_pu_answer_keeps_the_contract_and_tells_what_is_known(web: Web) -> None:
    answer = ask_pu(web, "191212121212", "190503279812", "198001910002", "195401872394", "195401782395", "190001010101")
    assert Contracts(SCHEMAS).flaws(answer) == []
    tolvan, deceased, marked, registered, test, nobody = answer
    assert tolvan.findtext(".//{*}surname/{*}name") == "Tolvansson"
    assert deceased.findtext(".//{*}deregistrationReasonCode") == "AV"
    assert marked.findtext(".//{*}protectedPersonIndicator") == "true"
    assert registered.findtext(".//{*}protectedPopulationRecord") == "true"
    assert test.findtext(".//{*}testIndicator") == "true"
    assert nobody.find("{*}personRecord") is None


def test_a_person_can_be_changed_and_everybody_made_as_before(web: Web) -> None:
    assert web.post("/pu/person", data={"number": "191212121212", "deceased": "true", "surname": "Å'b\"<"}).status_code == 303
    changed = ask_pu(web, "191212121212")
    assert (changed.findtext(".//{*}deregistrationReasonCode"), changed.findtext(".//{*}surname/{*}name")) == ("AV", "Å'b\"<")
    assert web.get("/pu").status_code == 200
    web.post("/pu/reset")
    assert ask_pu(web, "191212121212").findtext(".//{*}surname/{*}name") == "Tolvansson"
    assert web.post("/pu/person", data={"number": "1", "deceased": "true"}).status_code == 404
    assert web.post("/pu/person", data={"number": "191212121212"}).status_code == 400


def test_a_request_against_the_contract_is_refused(web: Web) -> None:
    if not SCHEMAS.is_dir():
        pytest.skip("the official schemas are not here")
    assert ask_pu(web).tag.endswith("Fault")
    assert web.post(PU, content=b"hej").status_code == 500
    assert b"Fault" in web.post(PU, content=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>").content


@pytest.mark.parametrize(("mode", "status"), [("down", 503), ("error", 500), ("fault", 500), ("garbage", 200)])
@pytest.mark.parametrize(("stand_in", "path"), [("pu", PU), ("hsa", SERVICES + "organization/GetUnit/4/rivtabp21"), ("fk", FK)])
def test_each_stand_in_can_fail_in_each_way(web: Web, stand_in: str, path: str, mode: str, status: int) -> None:
    assert web.post(f"/{stand_in}/mode", data={"mode": mode}).status_code == 303
    assert web.post(path, content=b"").status_code == status
    assert web.get(f"/{stand_in}").status_code == 200


def test_a_stand_in_can_be_slow(web: Web) -> None:
    web.post("/pu/mode", data={"mode": "slow", "seconds": "0,2"})
    begun = time.monotonic()
    ask_pu(web, "191212121212")
    assert time.monotonic() - begun >= 0.2


@pytest.mark.parametrize("fields", [{}, {"mode": "odd"}, *({"mode": "slow", "seconds": odd} for odd in ("x", "-1", "1e9", "nan"))])
def test_an_odd_mode_is_refused(web: Web, fields: dict[str, str]) -> None:
    assert web.post("/fk/mode", data=fields).status_code == 400


def test_a_certificate_is_kept_as_received_and_once(web: Web) -> None:
    message = sample()
    body = (ENVELOPE % message).encode()
    assert register(web, message) == ("OK", "")
    assert register(web, message) == ("INFO", "Certificate already exists")
    (row,) = web.get("/fk/received.json").json()
    assert (row["type"], row["verdict"], row["deliveries"], row["different"]) == ("LISJP", "OK", 2, 0)
    assert web.get(f"/fk/received/{row['certificate_id']}.xml").content == body
    assert "LISJP" in web.get("/fk").text


def test_each_recipient_keeps_its_own(web: Web) -> None:
    body = (ENVELOPE % sample()).encode()
    assert b">OK<" in web.post("/ts/register-certificate/v3.0", content=body).content
    assert web.get("/fk/received.json").json() == []
    (row,) = web.get("/ts/received.json").json()
    assert web.get(f"/ts/received/{row['certificate_id']}.xml").content == body
    assert web.get(f"/fk/received/{row['certificate_id']}.xml").status_code == 404
    assert "Transportstyrelsen" in web.get("/ts").text


def test_another_content_under_the_same_id_is_told_apart(web: Web) -> None:
    message = sample()
    register(web, message)
    assert register(web, message.replace("</", " </", 1))[0] == "INFO"
    person = etree.fromstring(message).findtext(".//{*}patient/{*}person-id/{*}extension", "")
    assert register(web, message.replace(person, "201212121212")) == ("ERROR", "Certificate with this id belongs to another person")
    assert [(row["deliveries"], row["different"]) for row in web.get("/fk/received.json").json()] == [(3, 2)]


def test_an_invalid_certificate_is_refused_with_what_is_wrong_and_may_come_again(web: Web) -> None:
    good = sample()
    bad = good.replace("signeringstidpunkt>", "signerat>")
    code, text = register(web, bad)
    assert code == "ERROR"
    assert "signerat" in text
    assert register(web, good)[0] == "OK"
    assert register(web, "<a/>") == ("ERROR", "No certificate with an id in the message")


@pytest.mark.parametrize("mode", ["VALIDATION_ERROR", "APPLICATION_ERROR", "TECHNICAL_ERROR"])
def test_forsakringskassan_can_be_told_to_refuse(web: Web, mode: str) -> None:
    web.post("/fk/mode", data={"mode": mode})
    assert register(web, sample())[0] == "ERROR"
    assert web.get("/fk/received.json").json() == []


def test_an_answer_can_get_lost_after_the_certificate_was_received(web: Web) -> None:
    web.post("/fk/mode", data={"mode": "lost-answer"})
    assert web.post(FK, content=(ENVELOPE % sample()).encode()).status_code == 500
    web.post("/fk/mode", data={"mode": "normal"})
    assert register(web, sample())[0] == "INFO"


def test_what_was_received_and_changed_survives_a_restart(tmp_path: Path) -> None:
    before = Web(tmp_path)
    register(before, sample())
    before.post("/pu/person", data={"number": "191212121212", "protection": "sekretessmarkering"})
    after = Web(tmp_path)
    assert len(after.get("/fk/received.json").json()) == 1
    assert ask_pu(after, "191212121212").findtext(".//{*}protectedPersonIndicator") == "true"


def test_the_organisation_is_as_large_as_it_has_to_be() -> None:
    """Who is in it, for all that depends on roles, units and assignments."""
    care_units = [unit for unit in UNITS.values() if unit.part_of is None]
    assert len(PROVIDERS) >= 3
    assert {unit.provider for unit in care_units} == set(PROVIDERS)
    assert len(care_units) >= 8
    assert len(UNITS) - len(care_units) >= 3
    assert any(unit.closed for unit in UNITS.values())
    assert len({person.id for person in STAFF}) == len(STAFF) >= 25
    kinds = {
        "licensed": [person for person in STAFF if "Läkare" in person.licences],
        "general service": [person for person in STAFF if INTERN in person.positions],
        "licensed elsewhere in the EU": [person for person in STAFF if "9300005" in person.prescription_groups],
        "licensed outside the EU": [person for person in STAFF if "9400003" in person.prescription_groups],
        "graduated, substitute": [person for person in STAFF if "9100009" in person.prescription_groups],
        "students": [person for person in STAFF if "9200007" in person.prescription_groups],
        "dentists": [person for person in STAFF if person.role == "Tandläkare"],
        "administrators": [person for person in STAFF if person.role == "Vårdadministratör"],
        "several assignments": [person for person in STAFF if len([1 for _, purpose in person.assignments if purpose == CARE]) > 1],
        "no assignment": [person for person in STAFF if not person.assignments],
        "no assignment for care": [person for person in STAFF if CARE not in {purpose for _, purpose in person.assignments}],
        "protected identity": [person for person in STAFF if person.protected],
    }
    assert [kind for kind, people in kinds.items() if not people] == []


def test_pages(web: Web) -> None:
    for path in ("/", "/pu", "/hsa", "/practitioners", "/fk", "/ts", "/style.css"):
        assert web.get(path).status_code == 200
