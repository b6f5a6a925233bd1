"""Finding codes: what is found, and in which order."""

import random
import time

import pytest

from shared import shared
from webcert.code_systems.lists import Entry, read_list
from webcert.code_systems.search import Index
from webcert.code_systems.systems import ICD_10_SE, KSH_97_P

INDEX = Index(
    [
        Entry("F32", "Depressiv episod"),
        Entry("F320", "Lindrig depressiv episod"),
        Entry("F321", "Medelsvår depressiv episod"),
        Entry("F328", "Andra depressiva episoder", synonyms=("Förstämning, maskerad",)),
        Entry("F329", "Depressiv episod, ospecificerad"),
        Entry("F438A", "Utmattningssyndrom", synonyms=("Utbrändhet UNS",)),
        Entry("G01", "Meningit vid bakteriesjukdomar", marker="*"),
        Entry("H810", "Ménières sjukdom"),
        Entry("I21", "Akut hjärtinfarkt"),
        Entry("I63", "Cerebral infarkt"),
        Entry("W00", "Fall på samma nivå", not_main=True),
        Entry("W0001", "Fall i samma plan i hjärtat av staden", not_main=True),
        Entry("Z73", "Problem som har samband med svårigheter att kontrollera livssituationen"),
        Entry("Z730", "Utbrändhet"),
    ]
)


def by_text(query: str, limit: int = 10) -> list[str]:
    return [hit.code for hit in INDEX.by_text(query, limit).hits]


def by_code(query: str, limit: int = 10) -> list[str]:
    return [hit.code for hit in INDEX.by_code(query, limit).hits]


def test_A_118_two_characters_of_a_code_give_no_suggestions_three_do() -> None:
    assert by_code("F3") == []
    assert by_code("F32") == ["F32", "F320", "F321", "F328", "F329"]


@pytest.mark.parametrize("typed", ["f438", "F43.8", " f 43.8a "])
def test_a_code_is_found_in_any_case_with_and_without_dot_and_blanks(typed: str) -> None:
    assert by_code(typed) == ["F438A"]


def test_text_finds_no_code_in_the_code_field() -> None:
    assert by_code("depressiv") == []


def test_A_119_one_character_of_text_gives_suggestions() -> None:
    assert by_text("m")[0] == "G01"


def test_codes_come_before_titles_that_begin_so_before_other_titles_before_synonyms() -> None:
    assert by_text("f32")[0] == "F32"
    assert by_text("depressiv") == ["F329", "F32", "F320", "F321", "F328"], "first what begins so; of those, last what may not be chosen"
    assert by_text("utbrändhet") == ["Z730", "F438A"]


def test_every_word_must_begin_some_word() -> None:
    assert by_text("epi lind") == ["F320"]
    assert by_text("lindrig episod svår") == []
    assert by_text("pressiv") == []


def test_a_compound_word_is_found_by_its_last_part_after_the_word_itself() -> None:
    assert by_text("infarkt") == ["I63", "I21"]


def test_synonyms_are_searched_word_by_word() -> None:
    assert by_text("maskerad förstämning") == ["F328"]


def test_swedish_letters_are_letters_and_other_accents_are_not() -> None:
    assert by_text("MENIERE") == by_text("ménière") == by_text("me\u0301nie\u0300re") == ["H810"]
    assert by_text("hjärt") == by_text("HJÄRT") == by_text("hja\u0308rt") == ["I21", "W0001"]
    assert by_text("hjart") == []


def test_the_same_code_is_found_once() -> None:
    assert by_text("F32 ") == ["F32", "F320", "F321", "F328", "F329"]


def test_more_tells_that_there_are_other_hits() -> None:
    assert (len(by_text("episod", 5)), INDEX.by_text("episod", 5).more) == (5, False)
    assert (len(by_text("episod", 4)), INDEX.by_text("episod", 4).more) == (4, True)


@pytest.mark.parametrize("query", ["", "  ", "-", "*†", "xyz", "a" * 100, "☃ depressiv xyz"])
def test_nothing_is_found_for_nothing(query: str) -> None:
    assert INDEX.by_text(query, 10).hits == ()


def test_three_positions_of_f_and_z73_are_found_but_not_selectable() -> None:
    notes = {hit.code: (hit.selectable, hit.note) for query in ("F32", "Z73") for hit in INDEX.by_code(query, 10).hits}
    assert notes["F32"] == notes["Z73"] == (False, "Koden måste anges med minst fyra positioner.")
    assert notes["F320"] == notes["Z730"] == (True, None)


def test_markers_and_external_causes_give_a_hint_and_never_block() -> None:
    asterisk, external = INDEX.by_code("G01", 1).hits[0], INDEX.by_code("W00", 1).hits[0]
    assert (asterisk.selectable, external.selectable) == (True, True)
    assert asterisk.note == "Manifestationskod (*): anges tillsammans med koden för grundsjukdomen."
    assert external.note == "Bör inte anges som huvuddiagnos."


def test_an_empty_index_finds_nothing() -> None:
    assert Index(()).by_text("a", 10).hits == Index(()).by_code("A00", 10).hits == ()


def test_A_120_ksh97p_is_found_by_its_own_codes_and_synonyms() -> None:
    files = [(name, shared(f"data/diagnosis-codes/ksh97p/{name}").read_bytes()) for name in ("KSH97P_KOD.ANS", "KSH97P_SFAMALT.ANS")]
    index = Index(read_list(KSH_97_P, files).entries)
    assert [hit.code for hit in index.by_code("a09", 10).hits] == ["A09-P"]
    assert [hit.code for hit in index.by_text("hudcancer", 10).hits] == ["C44-"]
    assert all(hit.selectable for hit in index.by_code("F32", 10).hits)


def test_the_whole_list_is_searched_in_less_than_half_a_millisecond() -> None:
    """The bound is generous, so that a busy machine does not fail; `make bench` measures."""
    files = [(name, shared(f"data/diagnosis-codes/2022/{name}").read_bytes()) for name in ("digit3.txt", "digit4.txt", "digit5.txt")]
    entries = read_list(ICD_10_SE, files).entries
    index = Index(entries)
    dice = random.Random(7804)
    queries = [*"abcdefghijklmnopqrstuvwxyzåäö", "a b c d", "och med i av", "x" * 100, "F32", "e11.9"]
    queries += [" ".join(word[: dice.randint(1, 4)] for word in entry.title.split()) for entry in dice.sample(entries, 300)]
    times = []
    for query in queries:
        started = time.perf_counter()
        index.by_text(query, 10)
        times.append(time.perf_counter() - started)
    assert sorted(times)[len(times) * 95 // 100] < 0.002
