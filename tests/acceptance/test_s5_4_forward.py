"""Manual section 5.4: somebody who may not sign hands the draft over by mail."""

import re
from urllib.parse import unquote
from uuid import UUID

from acceptance.clinician import Clinician


def test_A_062_the_mail_holds_the_link_and_nothing_about_the_patient(administrator: Clinician, draft: UUID) -> None:
    administrator.opens(draft)
    link = administrator.page.get_by_role("link", name="Vidarebefordra utkast")
    to, _, letter = unquote(link.get_attribute("href") or "").partition("?")
    assert to == "mailto:"
    assert letter.startswith("subject=Du har blivit tilldelad ett ej signerat utkast i Webcert på enhet Vårdcentralen Björkängen")
    assert letter.endswith(f"/intyg/{draft}")
    assert not re.search(r"Tolvan|1212-?1212|sjukpenning", letter)
