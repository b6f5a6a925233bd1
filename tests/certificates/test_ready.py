"""Mark ready to sign: what a care administrator who works through her EHR does instead of forwarding (manual I 4.2.1)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from lxml import html

from certificates.test_life import kinds
from certificates.test_pages import codes, draft, filled, remembered  # noqa: F401
from clinic import administrator, doctor, outside, patient, running_simulators, simulators  # noqa: F401
from logged_in import browser_of
from pen import sign
from webcert.audit.models import AuditEntry
from webcert.certificates import actions, following
from webcert.certificates.errors import Denied
from webcert.certificates.models import Certificate
from webcert.staff.login_context import Integration, LoginContext, Origin

pytestmark = pytest.mark.django_db

READY = "Markera klart för signering"


@pytest.fixture
def integrated(administrator: LoginContext) -> LoginContext:
    said = Integration(responsible_doctor="Maja Lindqvist")
    return replace(administrator, origin=Origin.DEEP_INTEGRATION, integration=said)


def page_of(browser: Client, id: UUID) -> Any:
    return html.fromstring(browser.get(f"/intyg/{id}").content.decode())


def finishing(page: Any) -> list[str]:
    """The buttons at the end of the draft."""
    return [button.text_content().strip() for button in page.xpath("//*[@class='finish']//*[contains(@class, 'button ')]")]


def test_A_055_the_draft_is_marked_once_also_when_something_is_missing(draft: Certificate, integrated: LoginContext) -> None:
    marked = actions.mark_ready(draft.id, by=integrated)
    again = actions.mark_ready(draft.id, by=integrated)
    assert marked.ready_at
    assert (again.ready_at, again.ready_by_name) == (marked.ready_at, "Karin Ek")
    assert kinds(draft) == ["CREATED", "MARKED_READY"]


def test_marking_is_no_access_to_what_stands_in_the_draft(draft: Certificate, integrated: LoginContext) -> None:
    before = AuditEntry.objects.count()
    actions.mark_ready(draft.id, by=integrated)
    assert AuditEntry.objects.count() == before


def test_nobody_else_marks_and_nothing_else_is_marked(
    draft: Certificate, integrated: LoginContext, administrator: LoginContext, doctor: LoginContext
) -> None:
    for by in (administrator, doctor, replace(doctor, origin=Origin.DEEP_INTEGRATION)):
        with pytest.raises(Denied) as refused:
            actions.mark_ready(draft.id, by=by)
        assert refused.value.code == "AUTHORIZATION_VALIDATION"
    opened = actions.open_draft(draft.id, by=doctor).certificate
    filled(opened, doctor)
    sign(draft.id, revision=opened.revision, by=doctor)
    with pytest.raises(Denied) as late:
        actions.mark_ready(draft.id, by=integrated)
    assert late.value.text == "Intyget är redan signerat."


def test_A_055_the_button_stands_at_the_end_and_gives_way_to_a_notice(draft: Certificate, integrated: LoginContext) -> None:
    browser = browser_of(integrated)
    page = page_of(browser, draft.id)
    assert READY in finishing(page)
    assert not {"Signera intyget", "Vidarebefordra utkast"} & set(finishing(page))
    assert "Maja Lindqvist" in page.xpath("string(//main//dl)")
    assert page.xpath("//dialog[@id='klart']")
    assert browser.post(f"/intyg/{draft.id}/klart").headers["Location"] == f"/intyg/{draft.id}"
    page = page_of(browser, draft.id)
    assert READY not in finishing(page)
    assert "markerat klart för signering" in page.xpath("string(//*[@class='finish'])")
    assert not page.xpath("//dialog[@id='klart']")


def test_A_054_stand_alone_the_administrator_forwards_instead(draft: Certificate, administrator: LoginContext) -> None:
    browser = browser_of(administrator)
    assert READY not in finishing(page_of(browser, draft.id))
    assert "Vidarebefordra utkast" in finishing(page_of(browser, draft.id))
    assert browser.post(f"/intyg/{draft.id}/klart").status_code == 403


@pytest.mark.parametrize("way", [following.renew, following.copy])
def test_A_089_A_098_what_is_renewed_or_copied_ends_as_every_draft_does(
    draft: Certificate, doctor: LoginContext, administrator: LoginContext, integrated: LoginContext, way: Callable[..., Certificate]
) -> None:
    if way is following.renew:
        filled(draft, doctor)
        sign(draft.id, revision=draft.revision, by=doctor)
    else:
        Certificate.objects.filter(pk=draft.id).update(created_at=datetime.now(UTC) - timedelta(days=20))
    new = way(draft.id, by=administrator)
    ends = {"Signera intyget": doctor, "Vidarebefordra utkast": administrator, READY: integrated}
    for end, by in ends.items():
        shown = finishing(page_of(browser_of(by), new.id))
        assert ends.keys() & set(shown) == {end}
        filled(Certificate.objects.get(pk=new.id), by)
    assert sign(new.id, revision=Certificate.objects.get(pk=new.id).revision, by=doctor).is_signed


def test_a_draft_of_another_unit_is_read_and_not_written_by_who_is_integrated(draft: Certificate, doctor: LoginContext) -> None:
    elsewhere = replace(doctor.unit, id="SE2321000990-1777")
    by = replace(doctor, units=(elsewhere,), unit_id=elsewhere.id, origin=Origin.DEEP_INTEGRATION)
    page = page_of(browser_of(by), draft.id)
    assert not page.xpath("//form[@data-draft]")
    assert [slot.text_content().strip() for slot in page.xpath("//*[@data-status]")] == ["Utkast, uppgifter saknas"]
    assert not page.xpath("//*[@data-opens='makulera' or @data-opens='fornya']")
    assert browser_of(replace(by, origin=Origin.NORMAL)).get(f"/intyg/{draft.id}").status_code == 403
