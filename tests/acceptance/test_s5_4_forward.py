"""Manual section 5.4: somebody who may not sign hands the draft over by mail."""

import re
from collections.abc import Callable
from urllib.parse import unquote
from uuid import UUID

from playwright.sync_api import expect

from acceptance.clinician import ERIK, Clinician


def test_A_062_the_mail_holds_the_link_and_nothing_about_the_patient(administrator: Clinician, draft: UUID) -> None:
    administrator.opens(draft)
    link = administrator.page.get_by_role("link", name="Vidarebefordra utkast")
    to, _, letter = unquote(link.get_attribute("href") or "").partition("?")
    assert to == "mailto:"
    assert letter.startswith("subject=Du har blivit tilldelad ett ej signerat utkast i Webcert på enhet Vårdcentralen Björkängen")
    assert letter.endswith(f"/intyg/{draft}")
    assert not re.search(r"Tolvan|1212-?1212|sjukpenning", letter)


def test_A_064_the_link_leads_by_way_of_the_login_to_the_draft_which_can_be_signed(
    somebody: Callable[..., Clinician], full_draft: UUID
) -> None:
    erik = somebody(ERIK)
    erik.opens(full_draft)
    expect(erik.page.get_by_role("heading", level=1)).to_have_text("Välkommen till Webcert")
    erik.chooses_herself()
    assert erik.page.url.endswith(f"/intyg/{full_draft}")
    expect(erik.status()).to_have_text("Klart att signera")
    erik.signs()
    expect(erik.status()).to_have_text("Intyget är signerat")
