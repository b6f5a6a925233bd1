"""The threats of reference/security-and-audit.md §6, each with the tests that answer it, or with what it waits for."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


@dataclass(frozen=True)
class Threat:
    """A threat, and `file::test` for each test that answers it. `waits_for` tells what is to be built before it can be answered wholly."""

    name: str
    answers: tuple[str, ...] = ()
    waits_for: str = ""


ACCESS, CONTENT, SITES, OPERATION = (f"security/test_{name}.py" for name in ("access", "content", "sites", "operation"))
URL_MAP, LIFE, RACES, LOST = (
    "security/test_url_map.py",
    "certificates/test_life.py",
    "certificates/races/test_races.py",
    "robustness/test_nothing_lost.py",
)
TICKETS, TAMPERING = "signing/test_tickets.py", "signing/test_tampering.py"

THREATS = {
    "T1": Threat(
        "a certificate of another unit by its id",
        (
            f"{ACCESS}::test_T01_a_certificate_of_another_unit_is_refused_at_every_address",
            f"{ACCESS}::test_T01_a_protected_patient_is_closed_to_administrators_at_every_address",
            "certificates/decisions/test_table.py::test_the_table_of_access_says_what_the_manuals_say_in_every_combination",
        ),
    ),
    "T2": Threat(
        "an administrator signs past the page",
        (
            f"{ACCESS}::test_T02_an_administrator_signs_nothing_by_asking_past_the_page",
            f"{TICKETS}::test_T02_a_care_administrator_signs_by_no_way",
        ),
    ),
    "T3": Threat(
        "a version that was not seen is signed",
        (f"{ACCESS}::test_T03_a_version_that_was_not_seen_is_not_signed", f"{TICKETS}::test_T03_what_has_changed_since_is_not_signed"),
    ),
    "T4": Threat("somebody else's signing is ended", (f"{TICKETS}::test_T04_somebody_else_s_ticket_is_of_no_use",)),
    "T5": Threat(
        "a signature by another person's card",
        (
            "signing/bankid/test_evidence.py::test_whatever_is_wrong_is_seen",
            "signing/dss/test_messages.py::test_every_answer_of_the_shared_material_gets_its_verdict",
            "signing/dss/test_way.py::test_T05_T06_an_answer_that_is_not_good_signs_nothing",
            "signing/dss/test_way.py::test_T05_a_signature_of_another_digest_than_the_document_s_signs_nothing",
            f"{TICKETS}::test_a_signature_of_something_else_is_refused",
            f"{TICKETS}::test_what_is_not_byte_for_byte_what_the_draft_says_is_refused",
            f"{TAMPERING}::test_T05_a_certificate_that_somebody_else_has_signed_is_not_the_issuer_s",
        ),
    ),
    "T6": Threat(
        "a message of login or signing sent again",
        (
            "login/test_saml_login.py::test_T6_an_answer_is_good_once",
            "signing/dss/test_way.py::test_T06_an_answer_is_used_once_and_an_unknown_one_never",
        ),
    ),
    "T7": Threat(
        "a session that was planted, a login that was forged",
        (
            f"{SITES}::test_T07_a_session_that_was_planted_before_the_login_opens_nothing_afterwards",
            "login/test_saml_login.py::test_T7_an_answer_lets_in_only_the_browser_that_asked",
            "login/test_saml_login.py::test_an_unasked_answer_is_refused",
            "site/test_sessions.py::test_who_accepts_the_risk_goes_on_under_another_key",
            "site/test_sessions.py::test_a_change_of_unit_gives_the_session_another_key_and_the_old_one_opens_nothing",
        ),
    ),
    "T8": Threat("an EHR's window for another patient", waits_for="launches from EHRs"),
    "T9": Threat(
        "scripts in what people write",
        (
            f"{CONTENT}::test_T09_what_is_typed_in_any_field_stays_text_in_the_editor",
            f"{CONTENT}::test_T09_T10_a_signed_certificate_shows_prints_and_sends_it_as_text",
            f"{CONTENT}::test_T09_names_from_registers_stay_text",
            "ui/test_templates.py::test_what_a_user_typed_is_escaped_everywhere",
        ),
    ),
    "T10": Threat(
        "code in prints, and files that they fetch",
        (
            f"{CONTENT}::test_T09_T10_a_signed_certificate_shows_prints_and_sends_it_as_text",
            "printing/test_pdf.py::test_texts_are_data_and_never_run",
        ),
    ),
    "T11": Threat("formulas in exports", (f"{URL_MAP}::test_T11_nothing_is_exported_to_spreadsheets",)),
    "T12": Threat(
        "many persons are looked up",
        (
            f"{SITES}::test_T12_looking_many_up_is_slowed_down_and_told",
            "site/test_limits.py::test_a_new_browser_and_a_new_login_do_not_begin_from_zero",
        ),
    ),
    "T13": Threat(
        "ids are guessed",
        (f"{ACCESS}::test_T13_ids_cannot_be_guessed", f"{ACCESS}::test_T13_ids_that_do_not_exist_are_answered_alike"),
    ),
    "T14": Threat(
        "led elsewhere after the login",
        (
            f"{SITES}::test_T14_no_address_that_is_handed_on_leads_elsewhere",
            f"{SITES}::test_T14_after_the_choice_of_unit_nobody_is_led_elsewhere",
            "login/test_saml_login.py::test_T14_a_login_leads_to_no_page_of_others",
        ),
    ),
    "T15": Threat(
        "the signing button in a frame",
        (
            f"{SITES}::test_T15_no_page_can_be_framed_by_another_site",
            f"{SITES}::test_T15_a_page_of_another_site_can_neither_post_nor_read",
            f"{URL_MAP}::test_every_answer_is_protected_and_belongs_to_no_other_site",
        ),
    ),
    "T16": Threat(
        "protected identity leaks",
        (
            f"{ACCESS}::test_T01_a_protected_patient_is_closed_to_administrators_at_every_address",
            "certificates/test_lists.py::test_A_110_drafts_of_protected_patients_are_neither_shown_to_nor_counted_for_administrators",
            "certificates/test_lists.py::test_A_112_transport_types_of_protected_patients_are_shown_to_nobody",
            "printing/test_views.py::test_A_113_a_draft_of_a_protected_patient_is_printed_after_a_warning",
            "monitoring/test_events.py::test_no_log_line_of_a_day_at_work_names_the_patient_or_repeats_what_was_written",
        ),
    ),
    "T17": Threat(
        "an outage of PU or HSA turns checks off",
        (
            f"{LIFE}::test_A_116_nothing_can_be_done_while_the_population_register_is_down",
            "printing/test_views.py::test_nothing_is_printed_while_the_population_register_is_down",
            "patients/test_pu.py::test_when_pu_does_not_answer_what_was_known_is_kept_and_not_trusted",
            "staff/test_hsa.py::test_every_failure_is_one_kind_of_error",
            "login/test_practitioners.py::test_T17_when_a_register_does_not_answer_nobody_is_logged_in",
        ),
    ),
    "T18": Threat(
        "lost, repeated and poisoned jobs",
        (
            f"{LOST}::test_whatever_is_killed_between_sign_and_send_every_certificate_arrives_exactly_once",
            f"{LOST}::test_a_rejection_ends_visibly_and_can_be_tried_again_by_the_operator",
            "recipients/test_revocation.py::test_A_101_the_recipient_is_told_with_the_reason_in_order_and_once",
            "audit/test_delivery.py::test_a_rejected_batch_becomes_a_job_of_its_own_and_holds_nothing_up",
        ),
    ),
    "T19": Threat("forged log lines", (f"{OPERATION}::test_T19_no_text_makes_a_log_line_of_its_own",)),
    "T20": Threat(
        "secrets that are seen",
        (
            f"{OPERATION}::test_T20_no_secret_is_in_the_repository",
            f"{OPERATION}::test_T20_the_key_that_is_made_can_be_read_by_its_owner_only",
            "site/test_logs.py::test_every_way_into_the_log_is_masked",
        ),
    ),
    "T21": Threat(
        "a dependency that is not what it was",
        (
            f"{OPERATION}::test_T21_every_dependency_is_pinned_with_its_hashes",
            f"{OPERATION}::test_T21_dependencies_are_installed_by_their_hashes_only",
        ),
    ),
    "T22": Threat(
        "a login without proof in production",
        (
            f"{OPERATION}::test_T22_nothing_starts_with_stand_ins_beside_a_real_system",
            f"{OPERATION}::test_T22_every_system_with_real_people_in_it_counts",
            f"{OPERATION}::test_T22_only_a_proven_identity_begins_a_session",
        ),
    ),
    "T23": Threat("addresses that should not be there", (f"{URL_MAP}::test_T23_every_route_is_declared_and_no_other_is_open",)),
    "T24": Threat(
        "two sign at once",
        (
            f"{RACES}::test_two_signers",
            f"{RACES}::test_T24_twenty_who_sign_the_same_draft",
            f"{RACES}::test_T24_twenty_requests_that_finish_the_same_signing",
        ),
    ),
    "T25": Threat("an autosave while it is signed", (f"{RACES}::test_signer_against_editor",)),
    "T26": Threat(
        "a token from elsewhere",
        (
            "login/test_oidc.py::test_T26_a_token_that_is_not_in_order_is_refused_for_its_reason",
            "login/test_oidc.py::test_T26_what_is_no_signed_token_is_refused",
            "login/test_oidc.py::test_T26_what_is_no_word_of_the_provider_ends_nothing",
        ),
    ),
    "T27": Threat(
        "clocks that are changed",
        (
            f"{OPERATION}::test_T27_a_session_lasts_thirty_minutes_also_when_the_clocks_are_changed",
            f"{OPERATION}::test_T27_saves_in_that_night_keep_their_order_and_drafts_their_days",
        ),
    ),
    "T28": Threat(
        "too much at once",
        (
            f"{CONTENT}::test_T28_no_text_makes_the_judgement_slow",
            f"{CONTENT}::test_T28_no_number_that_is_searched_for_makes_the_search_slow",
            "site/test_limits.py::test_an_autosave_that_no_page_sends_is_refused",
            f"{URL_MAP}::test_what_is_too_large_or_of_another_kind_is_refused",
            "riv/test_xml.py::test_hostile_and_broken_documents_are_refused",
            "fuzz/test_entrances.py::test_no_message_crashes_hangs_or_eats_memory",
        ),
    ),
    "T29": Threat(
        "a signed certificate is changed in the database",
        (
            f"{TAMPERING}::test_T29_one_byte_that_is_changed_is_seen_and_told",
            f"{TAMPERING}::test_T29_wherever_it_is",
            f"{TAMPERING}::test_T29_what_the_page_is_made_from_is_what_was_signed",
            f"{TAMPERING}::test_T29_a_signature_that_is_taken_out_is_missed",
            f"{TAMPERING}::test_T29_the_document_of_another_certificate_is_not_taken_for_this_one",
        ),
    ),
    "T30": Threat(
        "a restored backup sends again",
        ("security/test_restore.py::test_T30_a_restored_installation_sends_what_was_waiting_and_nothing_again",),
    ),
}


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of the tests in the file."""
    tree = ast.parse((TESTS / file).read_text())
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def test_every_threat_of_the_table_is_here() -> None:
    assert list(THREATS) == [f"T{number}" for number in range(1, 31)]


@pytest.mark.parametrize("number", THREATS)
def test_what_answers_a_threat_exists(number: str) -> None:
    threat = THREATS[number]
    assert threat.answers or threat.waits_for
    for answer in threat.answers:
        file, _, name = answer.partition("::")
        assert name in names_in(file), answer
