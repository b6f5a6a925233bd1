"""Manual I 4.2.1: a care administrator who works through her EHR marks a draft ready to be signed.

The link from the EHR is no part of the product yet: her session is told by hand that she has come by it.
"""

from collections.abc import Callable
from uuid import UUID

import psycopg
from playwright.sync_api import expect

from acceptance.clinician import KARIN, Clinician
from web_user import WebUser

READY = "Markera klart för signering"
MARKED = "sparat och markerat klart för signering"


def comes_by_her_ehr(clinician: Clinician, database: psycopg.Connection) -> None:
    (session,) = (cookie["value"] for cookie in clinician.page.context.cookies() if cookie["name"] == "session")
    changed = database.execute(
        "UPDATE django_session SET session_data = jsonb_set(session_data::jsonb, '{login,origin}', '\"DJUPINTEGRATION\"') "
        "WHERE session_key = %s",
        [session],
    )
    assert changed.rowcount == 1


def test_A_055_what_is_missing_is_told_before_the_draft_is_marked_and_a_complete_one_is_marked_at_once(
    somebody: Callable[..., Clinician], draft: UUID, earlier: WebUser, database: psycopg.Connection
) -> None:
    administrator = somebody(KARIN)
    administrator.logs_in()
    comes_by_her_ehr(administrator, database)
    administrator.opens(draft)
    expect(administrator.page.locator(".tabs")).to_have_count(0)
    dialog = administrator.dialog("Markera utkast som klart för signering")
    for choice in ("Avbryt", READY):
        administrator.button(READY).press("Enter")
        expect(dialog).to_contain_text("Utkastet saknar obligatoriska uppgifter.")
        dialog.get_by_role("button", name=choice).press("Enter")
        expect(dialog).to_be_hidden()
    administrator.sees(MARKED)
    expect(administrator.button(READY)).to_have_count(0)
    complete = earlier.create_draft()
    assert earlier.save(complete).json()["complete"]
    administrator.opens(complete)
    administrator.presses(READY)
    administrator.sees(MARKED)
