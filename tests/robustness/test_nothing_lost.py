"""Processes are killed, the recipient is away, buttons are pressed twice: each certificate arrives exactly once and nothing is lost."""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import httpx
import pytest

from running import Part, Running, command, environment, wait_until
from web_user import ADMINISTRATOR, DOCTOR, TOLVAN, WebUser

ROUNDS = 20
PATIENCE = 60.0


@pytest.fixture
def user(running: Running) -> WebUser:
    return WebUser(running.url)


def deliveries(running: Running) -> dict[str, dict[str, object]]:
    """What Försäkringskassan's stand-in has received, by certificate id."""
    return {row["certificate_id"]: row for row in httpx.get(f"{running.simulators_url}/fk/received.json", trust_env=False).json()}


def wait_for(running: Running, *ids: UUID) -> None:
    """Wait until all the certificates have arrived."""
    wanted = {str(id) for id in ids}
    wait_until(lambda: wanted <= deliveries(running).keys(), PATIENCE, lambda: f"never arrived: {wanted - deliveries(running).keys()}")


def recipient_is(running: Running, mode: str, seconds: str = "1") -> None:
    answer = httpx.post(f"{running.simulators_url}/fk/mode", data={"mode": mode, "seconds": seconds}, trust_env=False)
    assert answer.status_code == 303, answer.text


@pytest.fixture(autouse=True)
def _recipient_behaves(running: Running) -> None:
    recipient_is(running, "normal")


def patiently(action: object, *arguments: object) -> None:
    """Do it, and do it again while the product is coming back; what is refused because it was done already is done."""

    def done() -> bool:
        try:
            answer: httpx.Response = action(*arguments)  # type: ignore[operator]
        except httpx.TransportError:
            return False
        return answer.status_code < 500

    wait_until(done, 30, lambda: "the product did not come back")


def test_whatever_is_killed_between_sign_and_send_every_certificate_arrives_exactly_once(running: Running, user: WebUser) -> None:
    victims: tuple[Part, ...] = ("web", "worker", "postgres")
    sent = []
    for round_ in range(ROUNDS):
        id = user.signed()
        with ThreadPoolExecutor(1) as killer:
            killing = killer.submit(running.kill, victims[round_ % 3])
            patiently(user.send, id)
            killing.result()
        wait_until(running.healthy, 30, running.log.read_text)
        sent.append(id)
    wait_for(running, *sent)
    arrived = deliveries(running)
    assert [arrived[str(id)]["different"] for id in sent] == [0] * ROUNDS  # never twice with different content
    for id in sent:
        assert "Intyget är skickat till Försäkringskassan" in user.open(id).text


def test_what_is_sent_while_the_recipient_is_down_arrives_when_it_is_back(running: Running, user: WebUser) -> None:
    recipient_is(running, "down")
    id = user.signed()
    assert user.send(id).is_success
    assert "Intyget är skickat till Försäkringskassan" in user.open(id).text
    assert str(id) not in deliveries(running)
    recipient_is(running, "normal")
    wait_for(running, id)


def test_a_lost_answer_does_not_make_two_certificates(running: Running, user: WebUser) -> None:
    recipient_is(running, "lost-answer")
    id = user.signed()
    user.send(id)
    wait_for(running, id)
    recipient_is(running, "normal")
    wait_until(lambda: int(str(deliveries(running)[str(id)]["deliveries"])) >= 2, PATIENCE, lambda: "it was not tried again")
    assert deliveries(running)[str(id)]["different"] == 0


def test_a_rejection_ends_visibly_and_can_be_tried_again_by_the_operator(running: Running, user: WebUser) -> None:
    """docs/operations.md, "When a delivery fails"."""
    recipient_is(running, "VALIDATION_ERROR")
    id = user.signed()
    user.send(id)
    wait_until(lambda: "Intyget har inte kommit fram" in user.open(id).text, PATIENCE, lambda: user.open(id).text)
    recipient_is(running, "normal")
    for job in re.findall(r"#(\d+) deliver_certificate", operator(running, "list_jobs", "status=failed")):
        operator(running, "retry", job)
    wait_for(running, id)
    wait_until(lambda: "Intyget är skickat till Försäkringskassan" in user.open(id).text, PATIENCE, lambda: user.open(id).text)


def operator(running: Running, *words: str) -> str:
    """What an operator's command prints."""
    whole = command("django", "procrastinate", "shell", *words)
    done = subprocess.run(whole, env=environment(running.data_folder), capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


def test_a_double_click_creates_one_and_signs_once_and_sends_once(running: Running, user: WebUser) -> None:
    patient = user.post("/sok", number=TOLVAN)
    asked = form(user, type="lisjp", patient=patient.url.path.rpartition("/")[2], id=str(uuid4()))
    with ThreadPoolExecutor(4) as clicks:
        created = list(clicks.map(lambda _: user.http.post("/intyg/skapa", data=asked), range(4)))
    assert {(answer.status_code, answer.url.path) for answer in created} == {(200, f"/intyg/{asked['id']}")}
    id = UUID(asked["id"])
    user.open(id)
    user.save(id)
    with ThreadPoolExecutor(4) as clicks:
        signed = list(clicks.map(lambda _: user.http.post(f"/intyg/{id}/signera", data=form(user, revision=user.revision)), range(4)))
    assert {answer.status_code for answer in signed} == {200}
    user.open(id)
    address, answered = user.answered(id)
    with ThreadPoolExecutor(4) as clicks:
        collected = list(clicks.map(lambda _: user.http.post(address, data=answered), range(4)))
    assert {(answer.status_code, answer.url.path) for answer in collected} == {(200, f"/intyg/{id}")}
    user.open(id)
    with ThreadPoolExecutor(4) as clicks:
        sent = list(clicks.map(lambda _: user.http.post(f"/intyg/{id}/skicka", data=form(user)), range(4)))
    assert {answer.status_code for answer in sent} == {200}
    wait_for(running, id)
    assert deliveries(running)[str(id)]["deliveries"] == 1


def test_two_users_on_one_draft_the_one_who_opened_last_has_it(running: Running, user: WebUser) -> None:
    """A-058: nothing that the first one types overwrites the other's, and she is told who has it."""
    id = user.create_draft()
    other = WebUser(running.url, ADMINISTRATOR)
    other.open(id)
    refused = user.save(id, **{"25": "skrivs av den som öppnade först"})
    assert refused.status_code == 409
    assert "Karin Ek" in refused.json()["error"]
    assert other.save(id, **{"25": "skrivs av den som öppnade sist"}).is_success
    assert "skrivs av den som öppnade sist" in WebUser(running.url, DOCTOR).open(id).text


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b'{"fields": {"25": "' + b"x" * 3_000_000 + b'"}}', "application/json", 413),
        (b'{"revision": 1, "sequence": 2, "focus": "", "fields": {"25": "\xff\xfe"}}', "application/json", 400),
        (b'{"revision": "ett", "sequence": 2, "focus": "", "fields": {}}', "application/json", 400),
        (b'{"revision": 1, "sequence": 99999999999, "focus": "", "fields": {}}', "application/json", 400),
        (b'{"revision": 1, "sequence": 2, "focus": "", "fields": {"25": ["x"]}}', "application/json", 400),
        (b"revision=1&sequence=2&focus=", "application/x-www-form-urlencoded", 415),
    ],
    ids=["oversized", "wrong charset", "no number", "too large a number", "no text", "wrong type"],
)
def test_a_malformed_save_is_refused_calmly_and_changes_nothing(user: WebUser, content: bytes, kind: str, status: int) -> None:
    id = user.create_draft()
    user.save(id, **{"25": "ska stå kvar"})
    headers = {"Content-Type": kind, "X-CSRFToken": form(user)["csrfmiddlewaretoken"]}
    answer = user.http.post(f"/intyg/{id}/spara", content=content, headers=headers)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert "ska stå kvar" in user.open(id).text


def form(user: WebUser, **fields: str) -> dict[str, str]:
    """The fields of a form on the page that was got last, with its token."""
    token = user.page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    return {"csrfmiddlewaretoken": token, **fields}
