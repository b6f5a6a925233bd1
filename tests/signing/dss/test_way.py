"""The whole way to the signing service and back, in real processes: what is stored, what the user meets, and that nothing is lost."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from running import Running
from web_user import ADMINISTRATOR, WebUser, form_of
from webcert.xmldsig.certificates import Trust, verify
from webcert.xmldsig.keys import certificates


@pytest.fixture
def user(running: Running) -> WebUser:
    return WebUser(running.url)


@pytest.fixture
def ready(user: WebUser) -> UUID:
    """A draft that can be signed, on the user's page."""
    id = user.create_draft()
    assert user.save(id).json()["complete"]
    return id


@pytest.fixture
def service(running: Running) -> Iterator[httpx.Client]:
    """The stand-in, which behaves well again afterwards."""
    client = httpx.Client(base_url=f"http://localhost:{running.settings['WEBCERT_SIMULATOR_IDENTITY_PORT']}", trust_env=False)
    yield client
    set_mode(client, "normal")


def set_mode(service: httpx.Client, mode: str) -> None:
    assert service.post("/sign-service/mode", data={"mode": mode, "seconds": "5"}).status_code == 303


def stored(running: Running, id: UUID) -> tuple[bytes | None, str]:
    with psycopg.connect(running.database_url) as database:
        row = database.execute("SELECT signed_xml, status FROM certificates_certificate WHERE id = %s", [id]).fetchone()
        assert row
        return row[0] and bytes(row[0]), row[1]


@pytest.mark.parametrize("mode", ["normal", "der"])
def test_A_053_what_is_stored_is_signed_by_the_user_herself(
    running: Running, user: WebUser, ready: UUID, service: httpx.Client, mode: str
) -> None:
    set_mode(service, mode)
    page = user.sign(ready)
    assert page.url.path == f"/intyg/{ready}"
    assert "Intyget är signerat" in page.text
    document, _ = stored(running, ready)
    assert document
    authorities = certificates(running.data_folder / "simulators" / "pki" / "signers.crt")
    (verdict,) = verify(document, Trust(authorities))
    assert verdict.valid, verdict.checks
    with psycopg.connect(running.database_url) as database:
        row = database.execute(
            "SELECT kind, method, length(evidence) FROM certificates_signature WHERE certificate_id = %s", [ready]
        ).fetchone()
    assert row is not None
    assert row[:2] == ("XMLDSIG", "SITHS")
    assert row[2] > 1000


def test_who_would_not_sign_has_her_draft_and_can_sign_it_then(running: Running, user: WebUser, ready: UUID) -> None:
    page = user.sign(ready, "cancel")
    assert page.status_code == 409
    assert "Underskriften avbröts" in page.text
    assert stored(running, ready) == (None, "DRAFT_COMPLETE")
    user.open(ready)
    assert "Intyget är signerat" in user.sign(ready).text


@pytest.mark.parametrize("mode", ["wrong-user", "tampered", "late"])
def test_T05_T06_an_answer_that_is_not_good_signs_nothing(
    running: Running, user: WebUser, ready: UUID, service: httpx.Client, mode: str
) -> None:
    set_mode(service, mode)
    page = user.sign(ready)
    assert page.status_code == 409
    assert "kunde inte godtas" in page.text
    assert stored(running, ready) == (None, "DRAFT_COMPLETE")


def test_a_service_that_is_down_loses_nothing(running: Running, user: WebUser, ready: UUID, service: httpx.Client) -> None:
    set_mode(service, "down")
    address, asked = form_of(user.post(f"/intyg/{ready}/signera", revision=user.revision).text)
    assert user.http.post(address, data=asked).status_code == 503
    set_mode(service, "normal")
    user.open(ready)
    assert "Intyget är signerat" in user.sign(ready).text


def test_T04_somebody_else_s_signing_cannot_be_collected(running: Running, user: WebUser, ready: UUID) -> None:
    address, answer = user.answered(ready)
    other = WebUser(running.url, ADMINISTRATOR)
    assert other.http.post(address, data=answer).status_code == 403
    assert stored(running, ready) == (None, "DRAFT_COMPLETE")


def test_T06_an_answer_is_used_once_and_an_unknown_one_never(user: WebUser, ready: UUID) -> None:
    address, answer = user.answered(ready)
    assert user.http.post(address, data=answer).url.path == f"/intyg/{ready}"
    assert user.http.post(address, data=answer).url.path == f"/intyg/{ready}"
    assert user.http.post(address, data=answer | {"RelayState": str(uuid4())}).status_code == 400
    assert user.http.post(address, data=answer | {"RelayState": "x", "EidSignResponse": "åäö"}).status_code == 400


def test_T03_a_draft_that_changes_while_it_is_being_signed_is_not_signed(running: Running, user: WebUser, ready: UUID) -> None:
    address, answer = user.answered(ready)
    other = WebUser(running.url, ADMINISTRATOR)
    other.open(ready)
    assert other.save(ready, sequence=1, **{"25": "Skrivet under tiden."}).is_success
    page = user.http.post(address, data=answer)
    assert page.status_code == 409
    assert stored(running, ready) == (None, "DRAFT_COMPLETE")


def test_T05_a_signature_of_another_digest_than_the_document_s_signs_nothing(running: Running, user: WebUser, ready: UUID) -> None:
    asked = user.http.post(
        f"/intyg/{ready}/signera", data={"csrfmiddlewaretoken": user.token, "revision": user.revision}, follow_redirects=False
    )
    with psycopg.connect(running.database_url) as database:
        database.execute("UPDATE signing_ticket SET digest = reverse(digest) WHERE certificate_id = %s", [ready])
    address, answer = user.signed_there(user.http.get(asked.headers["Location"]))
    page = user.http.post(address, data=answer)
    assert page.status_code == 409
    assert "kunde inte godtas" in page.text
    assert stored(running, ready) == (None, "DRAFT_COMPLETE")


def test_nothing_of_the_patient_is_in_what_is_sent_to_be_shown(user: WebUser, ready: UUID) -> None:
    address, asked = form_of(user.post(f"/intyg/{ready}/signera", revision=user.revision).text)
    page = user.http.post(address, data=asked)
    assert "Läkarintyg för sjukpenning" in page.text
    assert str(ready) in page.text
    assert "19121212" not in page.text
    assert "Tolvan" not in page.text
