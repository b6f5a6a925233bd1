"""What FK 7804 says in each text version, and how its texts travel. Source: reference/certificates/fk7804.md §1.2, §7.2–7.5."""

from typing import Any

import pytest

from example_fk7804 import FULL, MINIMAL, SIGNED, TODAY, WRITING
from webcert.certificate_types import TYPES
from webcert.forms.conversion import from_svar, to_svar
from webcert.forms.evaluation import evaluate
from webcert.vocabulary.svar import Coded, Svar

FK7804 = TYPES["lisjp"]
VERSIONS = ("1.0", "1.1", "1.2", "1.3")
FORM = FK7804.form("1.3")

EXAMINATION, PHONE, RECORD = "min undersökning av patienten", "min telefonkontakt med patienten", "journaluppgifter från den"
SHORTER_HOURS = "Finns det medicinska skäl att förlägga arbetstiden på något annat sätt än att minska arbetstiden lika mycket varje dag?"
HOURS_WORSEN = (
    "Kommer möjligheterna till återgång i arbete försämras om arbetstiden förläggs på annat sätt än att arbetstiden minskas lika mycket "
    "varje dag?"
)
LIKELY = "Patienten kommer med stor sannolikhet "
EXPECTED = "Patienten förväntas "

# Place → the wording in 1.0, 1.1, 1.2 and 1.3.
WORDINGS: dict[tuple[str, ...], tuple[str, str, str, str]] = {
    ("category", "funktionsnedsattning"): ("Sjukdomens konsekvenser för patienten", *("Sjukdomens konsekvenser",) * 3),
    ("option", "1", "UNDERSOKNING"): ("Min undersökning av patienten", *(EXAMINATION,) * 3),
    ("option", "1", "TELEFONKONTAKT"): ("Min telefonkontakt med patienten", *(PHONE,) * 3),
    ("option", "1", "JOURNALUPPGIFTER"): ("Journaluppgifter från den", *(RECORD,) * 3),
    ("option", "1", "ANNAT"): ("Annat", *("annat",) * 3),
    ("option", "40", "ARBETSANPASSNING"): ("Arbetsanspassning", *("Arbetsanpassning",) * 3),
    ("label", "19"): (*("Pågående medicinska behandlingar/åtgärder",) * 2, *("Pågående medicinska behandlingar/åtgärder.",) * 2),
    ("option", "39", "STOR_SANNOLIKHET"): (
        *(f"{LIKELY}att kunna återgå helt i nuvarande sysselsättning efter denna sjukskrivning.",) * 2,
        *(f"{EXPECTED}kunna återgå helt i nuvarande sysselsättning efter denna sjukskrivning.",) * 2,
    ),
    ("option", "39", "ATER_X_ANTAL_DGR"): (
        *(f"{LIKELY}att kunna återgå helt i nuvarande sysselsättning inom",) * 2,
        *(f"{EXPECTED}kunna återgå helt i nuvarande sysselsättning inom",) * 2,
    ),
    ("option", "39", "SANNOLIKT_INTE"): (
        *(f"{LIKELY}inte att kunna återgå helt i nuvarande sysselsättning inom 12 månader.",) * 2,
        *(f"{EXPECTED}inte kunna återgå helt i nuvarande sysselsättning inom 12 månader.",) * 2,
    ),
    ("label", "33"): (*(SHORTER_HOURS,) * 3, HOURS_WORSEN),
    ("label", "33.2"): (
        *("Beskriv medicinska skäl till annan förläggning av arbetstiden",) * 3,
        "Beskriv de medicinska skälen till att möjligheterna till återgång i arbete försämras",
    ),
}


def wording(version: str, kind: str, id: str, code: str = "") -> str:
    form: Any = FK7804.form(version)
    if kind == "category":
        return next(str(category.title) for category in form.categories if category.id == id)
    question = form.by_id[id]
    return str(question.label if kind == "label" else next(option.label for option in question.options if option.code == code))


@pytest.mark.parametrize("place", WORDINGS, ids=" ".join)
def test_each_text_version_has_its_words(place: tuple[str, ...]) -> None:
    assert tuple(wording(version, *place) for version in VERSIONS) == WORDINGS[place]


def test_the_bracket_of_question_27_closes_elsewhere_since_1_2() -> None:
    assert [FK7804.form(version).by_id["27"].instruction[-3:] for version in VERSIONS] == ['".)', '".)', '").', '").']


def test_all_other_words_are_the_same_in_all_versions() -> None:
    changed = {place[1] for place in WORDINGS} | {"27"}
    for first, last in zip(FK7804.form("1.0").questions, FK7804.form("1.3").questions, strict=True):
        if first.id not in changed:
            assert (first.label, first.instruction) == (last.label, last.instruction)


def test_an_unknown_minor_version_has_the_words_of_the_nearest_older() -> None:
    assert FK7804.form("1") == FK7804.form("1.0")
    assert FK7804.form("1.9") == FK7804.form("1.3")
    assert FK7804.form("1.10") == FK7804.form("1.3")


def test_a_new_draft_gets_the_newest_version_in_force() -> None:
    days = {"2019-06-01": "1.0", "2020-02-16": "1.0", "2020-02-17": "1.1", "2021-03-22": "1.2", "2022-01-31": "1.2", "2022-02-01": "1.3"}
    assert {day: FK7804.version_at(TODAY.fromisoformat(day)) for day in days} == days


# Transport.


def parts(answers: dict[str, Any]) -> dict[str, Any]:
    """Delsvar id → value, of what is written of a draft."""
    svar = to_svar(FORM, evaluate(FORM, answers, WRITING).answers, WRITING)
    return {id: value for one in svar for id, value in one.parts}


def test_svar_come_in_the_order_of_the_form_and_repeated_ones_are_numbered() -> None:
    svar = to_svar(FORM, evaluate(FORM, FULL, WRITING).answers, WRITING)

    order = "1 1 1 28 28 29 6 35 17 19 20 32 32 32 32 37 33 34 39 40 40 40 44 25 26"
    assert [one.id for one in svar] == order.split()
    assert [one.instance for one in svar if one.id == "32"] == [1, 2, 3, 4]
    assert {one.instance for one in svar if one.id not in ("1", "28", "32", "40")} == {None}


def test_icf_categories_stand_before_the_text_under_a_heading() -> None:
    assert parts({**MINIMAL, "35": {"text": "Trött.", "categories": ["Energi och drift", "Sömnfunktioner"]}})["35.1"] == (
        "Problem som påverkar patientens möjlighet att utföra sin sysselsättning:\nEnergi och drift - Sömnfunktioner\n\nTrött."
    )
    assert parts({**MINIMAL, "17": {"text": "Kan inte läsa.", "categories": ["Att läsa"]}})["17.1"] == (
        "Svårigheter som påverkar patientens sysselsättning:\nAtt läsa\n\nKan inte läsa."
    )
    assert parts(MINIMAL)["35.1"] == "Stel rygg"


def test_the_motivations_go_into_other_information() -> None:
    by_phone = {"1": [{"code": "TELEFONKONTAKT", "date": "2026-11-20"}], "1.motivering": "Kunde inte komma."}
    early = {"32": [{"code": "HELT_NEDSATT", "from": "2026-11-01", "to": "2026-12-01"}], "32.motivering": "Sjuk läkare."}
    first = "Motivering till varför utlåtandet inte baseras på undersökning av patienten: Kunde inte komma."
    second = "Orsak för att starta perioden mer än 7 dagar bakåt i tiden: Sjuk läkare."

    assert parts({**MINIMAL, **by_phone, **early, "25": "Övrigt."})["25.1"] == f"{first}\n{second}\nÖvrigt."
    assert parts({**MINIMAL, **by_phone, **early, "25": " "})["25.1"] == f"{first}\n{second}"
    assert parts({**MINIMAL, **by_phone, "1.motivering": " "}).get("25.1") is None
    assert parts({**MINIMAL, "1.motivering": "Kunde inte komma.", "25": "Övrigt."})["25.1"] == "Övrigt.", "what is not asked is not sent"


def test_gap_9_the_merged_answer_fits_the_receivers_limit() -> None:
    longest = {id: "å" * FORM.by_id[id].limit for id in ("1.motivering", "32.motivering", "25")}  # type: ignore[attr-defined]
    assert len(parts({**FULL, **longest})["25.1"]) <= 3500


def test_display_names_are_the_contracts_whatever_the_text_version_says() -> None:
    old = FK7804.form("1.0")
    svar = to_svar(old, evaluate(old, FULL, WRITING).answers, WRITING)
    displays = {value.code: value.display for one in svar for _, value in one.parts if isinstance(value, Coded)}
    assert displays["ARBETSANPASSNING"] == "Arbetsanpassning"
    assert displays["TELEFONKONTAKT"] == "Min telefonkontakt med patienten"
    assert displays["ATER_X_ANTAL_DGR"] == f"{LIKELY}att återgå helt i nuvarande sysselsättning efter x antal dagar"
    assert (displays["HALFTEN"], displays["HUNDRAATTIO_DAGAR"]) == ("50%", "180 dagar")


def test_an_invalid_diagnosis_leaves_a_hole() -> None:
    rows = [{"code": "M545", "text": "Rygg"}, {"code": "F3", "text": "Fel"}, {"code": "m54.6", "text": "Bröstrygg"}]
    written = parts({**MINIMAL, "6": {"system": "ICD_10_SE", "rows": rows}})
    assert {id for id in written if id.startswith("6.")} == {"6.1", "6.2", "6.5", "6.6"}
    assert written["6.6"] == Coded("M546", "1.2.752.116.1.1.1.1.3", None)


def test_what_is_read_back_has_the_merged_texts_and_no_categories() -> None:
    svar = to_svar(FORM, evaluate(FORM, FULL, WRITING).answers, WRITING)
    answers, problems = from_svar(FORM, svar)

    assert problems == ()
    assert evaluate(FORM, answers, SIGNED).complete
    assert answers["35"]["categories"] == []
    assert answers["25"].count("\n") == 2
    assert not {"1.motivering", "32.motivering", "unit"} & answers.keys()
    same = FULL.keys() - {"35", "17", "25", "1.motivering", "32.motivering"}
    assert {id: answers[id] for id in same} == {id: FULL[id] for id in same}


def test_supplementary_questions_are_kept() -> None:
    svar = (*to_svar(FORM, MINIMAL, SIGNED), Svar("9001", (("9001.1", "Jodå"),)))
    answers, problems = from_svar(FORM, svar)
    assert problems == ()
    assert answers["9000"] == [{"id": "9001", "text": "Jodå"}]
    assert to_svar(FORM, answers, SIGNED)[-1] == svar[-1]


def test_a_problem_repeats_no_identity_number_that_stands_as_an_id() -> None:
    svar = (Svar("191212121212", (("1.1", "x"),)), Svar("19", (("191212121212.1", "x"),)))
    _, problems = from_svar(FORM, svar)
    assert problems
    assert "191212121212" not in str(problems)
