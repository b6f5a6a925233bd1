"""Manual section 2: what each role may write and sign."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import expect

from acceptance.clinician import ERIK, FK7804, KARIN, SOFIA, Clinician
from running import Running
from web_user import ADMINISTRATOR, DENTIST, WebUser

WRITTEN = {
    "lisjp": "FK 7804",
    "luse": "FK 7800",
    "luae_na": "FK 7801",
    "luae_fs": "FK 7802",
    "ts-bas": "TSTRK1007",
    "ts-diabetes": "TSTRK1031",
}
"""Types that can be created, with the codes that the user sees."""


def codes_to_create(clinician: Clinician) -> set[str]:
    """The codes in the rows that have "Skapa intyg"."""
    offers = clinician.page.locator(".types tr").filter(has=clinician.page.get_by_role("button", name=re.compile("^Skapa intyg")))
    return {match[0] for text in offers.all_inner_texts() if (match := re.search(r"FK \d{4}|TSTRK\d{4}", text))}


@pytest.mark.parametrize("name", [ERIK, KARIN])
def test_A_013_doctors_and_administrators_can_create_all_types(at_work: Callable[..., Clinician], name: str) -> None:
    clinician = at_work(name)
    clinician.looks_up()
    assert codes_to_create(clinician) == set(WRITTEN.values())


def test_A_013_each_type_opens_as_a_draft(earlier: WebUser) -> None:
    for type, code in WRITTEN.items():
        page = earlier.open(earlier.create_draft(type=type)).text
        assert f"<small>{code}</small>" in page
        assert "Obligatoriska uppgifter saknas" in page


def test_A_014_a_dentist_can_create_fk_7804_only(at_work: Callable[..., Clinician], running: Running) -> None:
    dentist = at_work(SOFIA)
    dentist.looks_up()
    assert codes_to_create(dentist) == {"FK 7804"}
    past_the_pages = WebUser(running.url, DENTIST)
    for type in WRITTEN.keys() - {"lisjp"}:
        assert past_the_pages.ask_for_draft(type=type).status_code == 403


def test_A_016_an_administrator_can_not_sign(administrator: Clinician, full_draft: UUID, running: Running) -> None:
    administrator.opens(full_draft)
    expect(administrator.status()).to_have_text("Klart att signera")
    expect(administrator.button("Signera intyget")).to_have_count(0)
    past_the_pages = WebUser(running.url, ADMINISTRATOR)
    past_the_pages.open(full_draft)
    refused = past_the_pages.post(f"/intyg/{full_draft}/signera", revision=past_the_pages.revision)
    assert refused.status_code == 403
    assert "Din roll har inte rätt" in refused.text
    administrator.page.reload()
    expect(administrator.page.get_by_role("heading", level=1)).to_contain_text(FK7804)
    expect(administrator.status()).to_have_text("Klart att signera")
