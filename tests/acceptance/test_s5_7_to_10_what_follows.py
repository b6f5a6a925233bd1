"""Manual sections 5.7 to 5.10: renew, replace, copy a locked draft, revoke; by hand, by keyboard, and to axe."""

from collections.abc import Callable
from uuid import UUID

import psycopg
import pytest
from playwright.sync_api import Locator, expect

from acceptance.clinician import FK7804, SICK_LEAVE, Clinician, assert_axe_finds_nothing

OTHER = "Annat allvarligt fel."


@pytest.fixture
def locked(draft: UUID, database: psycopg.Connection) -> UUID:
    """A draft that is old enough to be locked."""
    database.execute("UPDATE certificates_certificate SET created_at = now() - interval '20 days' WHERE id = %s", [draft])
    return draft


def in_dialog(doctor: Clinician, opener: str) -> Locator:
    doctor.presses(opener)
    return doctor.dialog()


def test_A_084_A_085_a_renewal_begins_where_the_earlier_one_ended(doctor: Clinician, signed: UUID) -> None:
    doctor.opens(signed)
    dialog = in_dialog(doctor, "Förnya")
    expect(dialog).to_contain_text("Min bedömning av patientens nedsättning av arbetsförmågan")
    dialog.get_by_role("button", name="Förnya").dblclick()
    expect(doctor.page.get_by_role("form", name=FK7804)).to_be_visible()
    expect(doctor.page.locator(f"#q-{SICK_LEAVE}")).to_contain_text("Intyget som förnyas gällde till och med")
    expect(doctor.field("32.HELT_NEDSATT.from")).to_have_value("")


def test_A_082_the_renewal_asks_no_more_when_told_so(administrator: Clinician, signed: UUID) -> None:
    administrator.opens(signed)
    dialog = in_dialog(administrator, "Förnya")
    dialog.get_by_label("Visa inte igen.").check()
    dialog.get_by_role("button", name="Förnya").click()
    expect(administrator.page.get_by_role("form", name=FK7804)).to_be_visible()
    administrator.opens(signed)
    administrator.presses("Förnya")
    expect(administrator.page.get_by_role("form", name=FK7804)).to_be_visible()


def test_A_090_to_A_094_a_replacement_is_begun_gone_on_with_and_signed(doctor: Clinician, signed: UUID) -> None:
    doctor.opens(signed)
    in_dialog(doctor, "Ersätt").get_by_role("button", name="Ersätt").click()
    expect(doctor.page.get_by_role("form", name=FK7804)).to_be_visible()
    replacing = doctor.page.url
    doctor.opens(signed)
    expect(doctor.status()).to_contain_text("Det finns redan ett påbörjat utkast")
    in_dialog(doctor, "Ersätt").get_by_role("link", name="Fortsätt på utkast").click()
    assert doctor.page.url == replacing
    doctor.presses("Signera intyget")
    expect(doctor.status()).to_have_text("Intyget är signerat")
    doctor.opens(signed)
    expect(doctor.status()).to_have_text("Intyget har ersatts av detta intyg")
    for gone in ("Förnya", "Ersätt"):
        expect(doctor.button(gone)).to_have_count(0)
    doctor.follows("detta intyg")
    assert doctor.page.url == replacing


def test_A_099_to_A_103_revoking_a_replacement(doctor: Clinician, signed: UUID) -> None:
    doctor.opens(signed)
    in_dialog(doctor, "Ersätt").get_by_role("button", name="Ersätt").click()
    doctor.presses("Signera intyget")
    expect(doctor.status()).to_have_text("Intyget är signerat")
    dialog = in_dialog(doctor, "Makulera")
    revoke = dialog.get_by_role("button", name="Makulera")
    expect(revoke).to_have_attribute("aria-disabled", "true")
    dialog.get_by_label(OTHER).check()
    expect(revoke).to_have_attribute("aria-disabled", "true")
    dialog.get_by_label("Ange orsaken till felet.").fill("Diagnosen gäller någon annan.")
    expect(revoke).to_have_attribute("aria-disabled", "false")
    dialog.get_by_label("Intyget har utfärdats på fel patient.").check()
    expect(dialog.get_by_label("Ange orsak vid behov.")).to_have_value("")
    dialog.get_by_label(OTHER).check()
    expect(dialog.get_by_label("Ange orsaken till felet.")).to_have_value("Diagnosen gäller någon annan.")
    revoke.dblclick()
    expect(doctor.status()).to_have_text("Intyget är makulerat")
    expect(doctor.page.locator("[data-status='2']")).to_contain_text("Intyget ersatte ett tidigare intyg som också kan behöva makuleras.")
    expect(in_dialog(doctor, "Intyget är makulerat")).to_contain_text("Diagnosen gäller någon annan.")
    doctor.page.keyboard.press("Escape")
    doctor.follows("Öppna intyget")
    expect(doctor.status()).to_have_text("Intyget är signerat")
    expect(doctor.button("Ersätt")).to_be_visible()


def test_A_099_A_187_revoking_by_keyboard_alone(doctor: Clinician, signed: UUID) -> None:
    doctor.opens(signed)
    doctor.button("Makulera").focus()
    for key in ("Enter", "Tab", "Tab", "Space"):
        doctor.page.keyboard.press(key)
    expect(doctor.dialog().get_by_label("Intyget har utfärdats på fel patient.")).to_be_checked()
    doctor.page.keyboard.press("Tab")
    doctor.page.keyboard.type("Förväxling.")
    doctor.page.keyboard.press("Tab")
    doctor.page.keyboard.press("Enter")
    expect(doctor.status()).to_have_text("Intyget är makulerat")
    assert_axe_finds_nothing(doctor.page)


def test_A_051_A_097_a_locked_draft_is_copied_and_revoked(doctor: Clinician, locked: UUID) -> None:
    doctor.opens(locked)
    expect(doctor.status()).to_have_text("Utkastet är låst")
    expect(in_dialog(doctor, "Utkastet är låst")).to_contain_text("journalhandlingar")
    doctor.page.keyboard.press("Escape")
    in_dialog(doctor, "Kopiera").get_by_role("button", name="Kopiera").click()
    expect(doctor.page.get_by_role("form", name=FK7804)).to_be_visible()
    copy = doctor.page.url
    doctor.opens(locked)
    in_dialog(doctor, "Kopiera").get_by_role("link", name="Fortsätt på utkast").click()
    assert doctor.page.url == copy
    doctor.opens(locked)
    dialog = in_dialog(doctor, "Makulera")
    dialog.get_by_label("Utkastet har skapats på fel patient.").check()
    dialog.get_by_role("button", name="Makulera").click()
    expect(doctor.status()).to_have_text("Utkastet är makulerat")


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_A_188_axe_finds_nothing_in_the_dialogs(
    at_work: Callable[..., Clinician], signed: UUID, locked: UUID, size: tuple[int, int]
) -> None:
    doctor = at_work(width=size[0], height=size[1])
    for id, dialogs in ((signed, ("fornya", "ersatt", "makulera")), (locked, ("kopiera", "makulera", "last"))):
        doctor.opens(id)
        assert_axe_finds_nothing(doctor.page)
        assert doctor.page.evaluate("document.documentElement.scrollWidth") <= size[0]
        for name in dialogs:
            doctor.page.evaluate("name => document.getElementById(name).showModal()", name)
            assert_axe_finds_nothing(doctor.page)
            doctor.page.evaluate("name => document.getElementById(name).close()", name)
