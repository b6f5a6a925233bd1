"""Manual sections 5.7 to 5.10: renew, replace, copy a locked draft, revoke; by hand, by keyboard, and to axe."""

from uuid import UUID

import psycopg
import pytest
from playwright.sync_api import Locator, expect

from acceptance.clinician import FK7804, SICK_LEAVE, Clinician, assert_axe_finds_nothing, assert_well_made

OTHER = "Annat allvarligt fel."
SICK_LEAVE_FROM = "32.HELT_NEDSATT.from"


@pytest.fixture
def locked(draft: UUID, database: psycopg.Connection) -> UUID:
    """A draft that is old enough to be locked."""
    database.execute("UPDATE certificates_certificate SET created_at = now() - interval '20 days' WHERE id = %s", [draft])
    return draft


def in_dialog(doctor: Clinician, opener: str) -> Locator:
    doctor.presses(opener)
    return doctor.dialog()


def test_A_081_A_086_a_renewal_is_begun_in_the_list_or_in_the_certificate_and_tells_where_the_earlier_one_ended(
    doctor: Clinician, signed: UUID
) -> None:
    doctor.looks_up()
    doctor.page.locator(f'[data-row="{signed}"]').get_by_role("button", name="Förnya").press("Enter")
    doctor.dialog("Förnya intyg").get_by_role("button", name="Förnya").press("Enter")
    expect(doctor.page.get_by_role("form", name=FK7804)).to_be_visible()
    from_list = doctor.page.url
    doctor.opens(signed)
    dialog = in_dialog(doctor, "Förnya")
    expect(dialog).to_contain_text("Min bedömning av patientens nedsättning av arbetsförmågan")
    dialog.get_by_role("button", name="Förnya").dblclick()
    expect(doctor.page.get_by_role("form", name=FK7804)).to_be_visible()
    assert doctor.page.url != from_list
    expect(doctor.page.locator(f"#q-{SICK_LEAVE}")).to_contain_text("Intyget som förnyas gällde till och med")
    expect(doctor.field(SICK_LEAVE_FROM)).to_have_value("")


def test_the_renewal_asks_no_more_when_told_so(administrator: Clinician, signed: UUID) -> None:
    administrator.opens(signed)
    dialog = in_dialog(administrator, "Förnya")
    dialog.get_by_label("Visa inte igen.").check()
    dialog.get_by_role("button", name="Förnya").click()
    expect(administrator.page.get_by_role("form", name=FK7804)).to_be_visible()
    administrator.opens(signed)
    administrator.presses("Förnya")
    expect(administrator.page.get_by_role("form", name=FK7804)).to_be_visible()


def test_A_090_to_A_093_a_replacement_is_begun_gone_on_with_and_signed(doctor: Clinician, signed: UUID) -> None:
    doctor.opens(signed)
    in_dialog(doctor, "Ersätt").get_by_role("button", name="Ersätt").click()
    expect(doctor.page.get_by_role("form", name=FK7804)).to_be_visible()
    expect(doctor.field(SICK_LEAVE_FROM)).to_have_value("2026-11-05")
    replacing = doctor.page.url
    doctor.opens(signed)
    expect(doctor.status()).to_contain_text("Det finns redan ett påbörjat utkast")
    in_dialog(doctor, "Ersätt").get_by_role("button", name="Avbryt").click()
    expect(doctor.dialog()).to_be_hidden()
    in_dialog(doctor, "Ersätt").get_by_role("link", name="Fortsätt på utkast").click()
    assert doctor.page.url == replacing
    doctor.signs()
    expect(doctor.status()).to_have_text("Intyget är signerat")
    doctor.opens(signed)
    expect(doctor.status()).to_have_text("Intyget har ersatts av detta intyg")
    for gone in ("Förnya", "Ersätt"):
        expect(doctor.button(gone)).to_have_count(0)
    expect(doctor.page.get_by_text("Skriv ut", exact=True)).to_be_visible()
    doctor.follows("detta intyg")
    assert doctor.page.url == replacing


def test_A_099_A_100_A_103_A_106_revoking_a_replacement(doctor: Clinician, signed: UUID) -> None:
    doctor.opens(signed)
    in_dialog(doctor, "Ersätt").get_by_role("button", name="Ersätt").click()
    doctor.signs()
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
    answer = doctor.page.locator(".read .answer", has_text="Psykiskt status").first
    grey = answer.evaluate("element => getComputedStyle(element).color")
    expect(doctor.page.locator("main :is(input:not([type=hidden]), textarea, select)")).to_have_count(0)
    doctor.follows("Öppna intyget")
    expect(doctor.status()).to_have_text("Intyget är signerat")
    assert answer.evaluate("element => getComputedStyle(element).color") != grey
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


def test_A_188_axe_finds_nothing_in_the_dialogs(doctor: Clinician, signed: UUID, locked: UUID) -> None:
    for id, dialogs in ((signed, ("fornya", "ersatt", "makulera")), (locked, ("kopiera", "makulera", "last"))):
        doctor.opens(id)
        assert_well_made(doctor.page)
        for name in dialogs:
            doctor.page.evaluate("name => document.getElementById(name).showModal()", name)
            assert_well_made(doctor.page)
            doctor.page.evaluate("name => document.getElementById(name).close()", name)
