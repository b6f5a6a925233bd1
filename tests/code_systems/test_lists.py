"""Reading code lists: every published layout, and broken files that are refused whole."""

from datetime import date
from pathlib import Path

import pytest

from shared import shared
from webcert.code_systems.lists import CodeList, Entry, Refused, read_list
from webcert.code_systems.systems import ICD_10_SE, KSH_97_P, CodeSystem
from webcert.vocabulary.diagnosis_codes import needs_more_positions, normalise_code

HEADER = (
    '"Kod"\t"Giltig från"\t"Överordnad kod"\t"Titel"\t"Latin"\t"Beskrivning"\t"Exempel"\t"Innefattar"\t"Utesluter"\t"Anmärkning"\t'
    '"Kodningsinformation"\t"Innehåll"\t"Manifestation(*)/Etiologi(†)"\t"Koppling"\t"Ej huvuddiagnos"\t"Kodnivå - kodspecifikation"\n'
)
DIGITS = "\ufeffF43\t\tReaktion på svår stress\nF438\t\tAndra reaktioner på svår stress\nG01\t*\tMeningit\nA170\t†\tTuberkulös meningit"
ANS = "F32-   Depressiv episod\nF32-   Nedstämdhet\nA09-P  Diarré\nR05-   Hosta på natten\n"


def official(code: str, since: str, title: str, example: str = "", marker: str = "", not_main: str = "") -> str:
    cells = [code, since, "", title, "", "", example, "", "", "", "", "", marker, "", not_main, ""]
    return "\t".join(f'"{cell}"' for cell in cells) + "\n"


WHOLE = HEADER + official("F21", "1997-01-01", "Schizotyp störning")


def read(system: CodeSystem, *contents: bytes) -> CodeList:
    return read_list(system, [(f"{number}.txt", content) for number, content in enumerate(contents, 1)])


def folder(path: str) -> list[tuple[str, bytes]]:
    return [(file.name, file.read_bytes()) for file in sorted(shared(f"data/diagnosis-codes/{path}").iterdir())]


def titles(code_list: CodeList) -> set[tuple[str, str]]:
    return {(entry.code, entry.title) for entry in code_list.entries}


def test_digit_files_give_codes_markers_and_titles() -> None:
    read_in = read(ICD_10_SE, DIGITS.encode())
    assert read_in.entries == (
        Entry("A170", "Tuberkulös meningit", marker="†"),
        Entry("F43", "Reaktion på svår stress"),
        Entry("F438", "Andra reaktioner på svår stress"),
        Entry("G01", "Meningit", marker="*"),
    )
    assert [(report.layout, report.rows) for report in read_in.files] == [("columns", 4)]


def test_ans_files_are_windows_1252_and_repeat_ksh_codes_with_synonyms() -> None:
    read_in = read(KSH_97_P, (ANS + "K358   Blindtarm \u2013 annan\n").encode("cp1252"))
    assert Entry("F32-", "Depressiv episod", ("Nedstämdhet",)) in read_in.entries
    assert Entry("K358", "Blindtarm – annan") in read_in.entries
    assert read_in.files[0].outcomes == {"kept": 4, "synonym": 1}


def test_the_first_file_gives_the_title_and_later_ones_synonyms() -> None:
    read_in = read(KSH_97_P, b"F32-   Depressiv sjukdom\n", ANS.encode("cp1252"))
    assert Entry("F32-", "Depressiv sjukdom", ("Depressiv episod", "Nedstämdhet")) in read_in.entries


def test_the_official_file_gives_examples_as_synonyms_without_html() -> None:
    text = (
        "\ufeff"
        + HEADER
        + official("05", "1997-01-01", "Kapitel")
        + official("F21", "1997-01-01", "Schizotyp störning", "Första")
        + official("F21", "", "", 'Schizofreni:<ul><li>borderline</li></ul> &amp; <b style=\\"x\\">latent</b>')
        + official("F20-F29", "1997-01-01", "Avsnitt")
        + official("F21.9", "2023-01-01", 'Kallad \\"märklig\\"', marker="*", not_main="Ej huvuddiagnos")
    )
    read_in = read(ICD_10_SE, text.encode())
    assert read_in.entries == (
        Entry("F21", "Schizotyp störning", ("Första", "Schizofreni: borderline & latent"), date(1997, 1, 1)),
        Entry("F219", 'Kallad "märklig"', (), date(2023, 1, 1), "*", not_main=True),
    )
    assert read_in.files[0].outcomes == {"chapter": 1, "kept": 2, "continuation row": 1, "block": 1}


def test_the_official_sample_gives_its_expected_codes() -> None:
    sample = dict(folder("official-tsv-sample"))
    expected = sample["icd-10-se-sample.expected.csv"].decode("utf-8-sig").splitlines()[1:]
    read_in = read(ICD_10_SE, sample["icd-10-se-sample.tsv"])
    assert [f"{entry.code};{entry.title}" for entry in read_in.entries] == expected


@pytest.mark.parametrize(("edition", "codes", "foreign"), [("2022", 35_684, 0), ("2019", 35_509, 131)])
def test_whole_editions_are_read_and_unusable_codes_told(edition: str, codes: int, foreign: int) -> None:
    unwanted = ("KSH97_AVS.ANS", "KSH97_KAP.ANS", "diagnoskapitel.txt")
    read_in = read_list(ICD_10_SE, [(name, content) for name, content in folder(edition) if name not in unwanted])
    assert len(read_in.entries) == codes
    assert sum(len(report.foreign) for report in read_in.files) == foreign


def test_the_digest_is_that_of_the_content_not_of_the_files() -> None:
    first, second = DIGITS.encode(), "J20\t\tAkut bronkit på våren".encode()
    assert read(ICD_10_SE, first, second).digest == read(ICD_10_SE, second, first.replace(b"\n", b"\r\n")).digest
    assert read(ICD_10_SE, first, second).digest != read(ICD_10_SE, first).digest


@pytest.mark.parametrize(
    ("system", "content", "told"),
    [
        pytest.param(ICD_10_SE, DIGITS.encode("latin-1", "replace"), "line 1: wrong character encoding", id="latin-1 instead of UTF-8"),
        pytest.param(ICD_10_SE, DIGITS.encode("utf-16"), "line 1: wrong character encoding", id="UTF-16"),
        pytest.param(ICD_10_SE, DIGITS.replace("å", "Ã¥").encode(), "line 1: damaged characters", id="encoded twice"),
        pytest.param(ICD_10_SE, DIGITS.replace("å", "\ufffd").encode(), "line 1: damaged characters", id="replacement characters"),
        pytest.param(KSH_97_P, ANS.encode(), "line 2: damaged characters", id="UTF-8 instead of latin-1"),
        pytest.param(KSH_97_P, ANS.encode("cp850"), "unknown character encoding", id="DOS"),
        pytest.param(ICD_10_SE, (DIGITS + "\nJ20\tBronkit").encode(), "line 5: 2 columns", id="too few columns"),
        pytest.param(ICD_10_SE, (DIGITS + "\nJ20\t\tBronkit\tx").encode(), "line 5: 4 columns", id="too many columns"),
        pytest.param(ICD_10_SE, (DIGITS + "\nJ20\tx\tBronkit").encode(), "line 5: unknown marker 'x'", id="unknown marker"),
        pytest.param(ICD_10_SE, (DIGITS + "\nJ20\t\t ").encode(), "line 5: code J20 has no title", id="no title"),
        pytest.param(ICD_10_SE, (DIGITS + "\nF43\t\tNågot annat").encode(), "line 5: code F43 stands twice", id="two titles"),
        pytest.param(ICD_10_SE, b"", "no ICD-10-SE codes found", id="empty"),
        pytest.param(ICD_10_SE, "A00-B99Vissa sjukdomar på sjukhus\n".encode("cp1252"), "no ICD-10-SE codes found", id="chapters"),
        pytest.param(ICD_10_SE, ANS.encode("cp1252"), "4 of 4 rows are no ICD-10-SE codes, the first on line 1: F32-", id="KSH97-P as ICD"),
        pytest.param(KSH_97_P, DIGITS.encode(), "rows are no KSH97-P", id="ICD as KSH97-P"),
        pytest.param(ICD_10_SE, "F438\t\tReaktion på stress".encode(), "three positions", id="categories missing"),
        pytest.param(ICD_10_SE, "F43\t\tReaktion på stress".encode(), "four positions", id="sub-categories missing"),
        pytest.param(KSH_97_P, ANS[:-2].encode("cp1252"), "line 4: the file ends in the middle", id="ANS cut off"),
        pytest.param(ICD_10_SE, WHOLE[:-2].encode(), "ends too early", id="official cut off in a cell"),
        pytest.param(ICD_10_SE, WHOLE[:-6].encode(), "line 2: 15 columns", id="official cut between cells"),
        pytest.param(ICD_10_SE, (HEADER + official("F21", "1 jan", "Å")).encode(), "line 2: '1 jan' is no date", id="no date"),
        pytest.param(ICD_10_SE, HEADER.replace("Titel", "Namn").encode(), "line 1: the column “Titel” is missing", id="other columns"),
        pytest.param(ICD_10_SE, HEADER.encode(), "no ICD-10-SE codes found", id="header only"),
    ],
)
def test_a_broken_list_is_refused_with_place_and_reason(system: CodeSystem, content: bytes, told: str) -> None:
    with pytest.raises(Refused) as refused:
        read(system, content)
    assert told in str(refused.value)


def test_one_broken_file_refuses_the_whole_list() -> None:
    with pytest.raises(Refused, match=r"^2\.txt, line 1: "):
        read(ICD_10_SE, DIGITS.encode(), "J20\t\tAkut bronkit på våren".encode("latin-1"))


def test_starter_lists_are_large_and_say_what_the_official_lists_say() -> None:
    starter = Path(__file__).parents[2] / "src/webcert/code_systems/starter"
    icd = read_list(ICD_10_SE, [("icd10.tsv", (starter / "icd10.tsv").read_bytes())]).entries
    ksh = read_list(KSH_97_P, [("ksh97p.tsv", (starter / "ksh97p.tsv").read_bytes())]).entries
    assert len(icd) >= 700
    assert len(ksh) >= 100
    known = {entry.code for entry in icd}
    assert {entry.code[:3] for entry in icd} <= known, "every code has its category"
    assert {(entry.code, entry.title) for entry in icd} <= titles(read_list(ICD_10_SE, folder("2022")))
    assert {(entry.code, entry.title) for entry in ksh} <= titles(read(KSH_97_P, dict(folder("ksh97p"))["KSH97P_KOD.ANS"]))


@pytest.mark.parametrize("typed", ["f43.8a", " F 43 8A ", "F438A"])
def test_codes_are_compared_in_upper_case_without_dot_and_blanks(typed: str) -> None:
    assert normalise_code(typed) == "F438A"


@pytest.mark.parametrize(
    ("code", "coarse"), [("F32", True), ("Z73", True), ("F320", False), ("Z730", False), ("Z72", False), ("F32-", False)]
)
def test_f_and_z73_need_four_positions(code: str, coarse: bool) -> None:
    assert needs_more_positions(code) is coarse
