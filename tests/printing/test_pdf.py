"""The general layout as a reader meets it: its text, its marks, and what a screen reader and an archive ask of the file."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest

from printing import prints
from printing.prints import CERTIFICATE_ID, FULL, GENERAL, ISSUER, UNIT
from printing.structure import fonts, tags
from webcert.forms.blocks import Items, Missing, Table, Text
from webcert.forms.reading import Entry, Section
from webcert.printing.characters import UNKNOWN, covered
from webcert.printing.contents import Mark, Print
from webcert.printing.pdf import certificate_pdf

signed_print = partial(prints.signed_print, type=GENERAL)
draft_print = partial(prints.draft_print, type=GENERAL)


def pages_of(print: Print) -> list[str]:
    """The text of each page, with single blanks."""
    reader = pypdf.PdfReader(io.BytesIO(certificate_pdf(print)), strict=True)
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def text_of(print: Print) -> str:
    return " ".join(pages_of(print))


def with_blocks(*blocks: Any) -> Print:
    return replace(signed_print(), sections=(Section("a", "Avsnitt", (Entry("1", "Fråga", "", False, blocks),)),))


# What the paper says.


def test_A_071_every_answer_of_a_signed_certificate_stands_on_the_print() -> None:
    print = signed_print()
    text = text_of(print)

    for section in print.sections:
        assert section.title in text
        for entry in section.entries:
            for block in entry.blocks:
                for written in _texts(block):
                    for line in written.splitlines():
                        assert " ".join(line.split()) in text


def test_A_071_the_print_says_who_signed_when_and_for_whom() -> None:
    text = text_of(signed_print())

    assert "signerats elektroniskt av Arnold Johansson 2026-11-21 10:31. Skickat till Försäkringskassan 2026-11-21 10:35." in text
    for fact in (
        "Läkarintyg för sjukpenning",
        "FK 7804",
        "Tolvan Tolvansson",
        "Överläkare, 999999",
        "Allmänmedicin, Arbetsmedicin",
        "TSTNMT2321000156-1079",
        "1627",
        "Björkhagens vårdcentral Storgatan 12 123 45 Björkhagen",
        "08-123 45 67",
        "Region Exempel",
        "Utskrivet 2026-11-22 08:05.",
    ):
        assert fact in text


def test_A_071_an_empty_draft_can_be_printed() -> None:
    text = text_of(draft_print({}))

    assert text.count("Ej angivet") == 15


@pytest.mark.parametrize(
    ("print", "header", "watermark"),
    [
        (signed_print(), "Elektroniskt signerat av Arnold Johansson 2026-11-21 10:31 · Fullständigt intyg", ""),
        (draft_print(), "Utkast – inte signerat", "UTKAST"),
        (draft_print(mark=Mark.LOCKED), "Låst utkast – inte signerat", "LÅST UTKAST"),
        (replace(signed_print(), mark=Mark.REVOKED), "Makulerat – gäller inte", "MAKULERAT"),
        (draft_print(mark=Mark.REVOKED), "Makulerat – gäller inte", "MAKULERAT"),
    ],
)
def test_A_072_every_page_tells_what_it_is_of_whom_and_which_page(print: Print, header: str, watermark: str) -> None:
    pages = pages_of(print)

    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert header in page
        assert "19121212-1212" in page
        assert f"Sida {number} av {len(pages)}" in page
        assert watermark in page
        assert [word for word in ("UTKAST", "MAKULERAT") if word in page] == watermark.split()[-1:]


def test_A_072_a_draft_names_no_issuer_and_claims_no_signature() -> None:
    text = text_of(draft_print())

    assert "Inte signerat." in text
    assert "gäller inte som intyg" in text
    for absent in (ISSUER.name, ISSUER.hsa_id, UNIT.workplace_code, "Överläkare", "Allmänmedicin", "elektronisk", "Intygs-ID"):
        assert absent not in text


def test_A_072_a_signed_print_carries_the_certificates_id_on_every_page() -> None:
    for page in pages_of(signed_print()):
        assert f"Intygs-ID: {CERTIFICATE_ID}. Intyget är utskrivet från Webcert." in page


def test_without_a_name_the_patient_is_the_number() -> None:
    text = text_of(replace(signed_print(), patient_name=""))

    assert "19121212-1212" in text
    assert "Patient " not in text.split("Smittbärarpenning")[0]


# Whatever somebody wrote.


@pytest.mark.parametrize(
    "written",
    [
        '#import "general.typ": *',
        "#panic()",
        "$x^2$ *inte fet* _inte kursiv_ `kod`",
        "] ) } \\ \\u{41} // kommentar /* <etikett> @referens",
        "= Rubrik? - punkt + ett / term: nej",
        'Citat " och \\" och \\n som text',
        "http://exempel.se/#ankare ~ -- --- ...",
    ],
)
def test_texts_are_data_and_never_run(written: str) -> None:
    text = text_of(replace(with_blocks(Text(written), Items((written,)), Table((written,), ((written,),))), patient_name=written))

    assert text.count(written) >= 5


def test_line_breaks_and_empty_lines_are_kept() -> None:
    reader = pypdf.PdfReader(io.BytesIO(certificate_pdf(with_blocks(Text("en\r\ntvå\n\n\ntre")))))

    assert "en\ntvå\ntre" in reader.pages[0].extract_text().replace("\n\n", "\n")
    assert [tag for tag, _ in tags(reader)].count("/P") == [tag for tag, _ in tags(_read(with_blocks(Text("en"))))].count("/P") + 1


@pytest.mark.parametrize("block", [Text(""), Text("\n\n  \n"), Items(()), Items(("",)), Table(("Kod", ""), ()), Table(("Kod",), (("",),))])
def test_blocks_with_nothing_in_them_do_not_stop_the_print(block: Any) -> None:
    assert "Underskrift" in text_of(with_blocks(block))


@pytest.mark.parametrize("unknown", ["🤒", "医生", "طبيب", "👩🏽‍⚕️", "\ue000", "\U000f0000", "\ud800", "a\u20e3"])
def test_characters_without_a_glyph_do_not_stop_the_print(unknown: str) -> None:
    text = text_of(with_blocks(Text(f"före {unknown} efter")))

    assert "före" in text
    assert "efter" in text


def test_a_replaced_character_is_told() -> None:
    note = f"{UNKNOWN} står för ett tecken som inte kan skrivas ut."

    assert note in text_of(with_blocks(Text("feber 🤒")))
    assert note not in text_of(signed_print())


def test_every_character_that_is_called_covered_can_be_printed() -> None:
    every = " ".join(map(chr, sorted(covered())))

    assert len(covered()) > 1000
    certificate_pdf(replace(with_blocks(Text(every)), patient_name=every))


def test_a_word_without_end_stays_on_the_paper() -> None:
    reader = _read(with_blocks(Text("a" * 3500)))
    lines = [line for page in reader.pages for line in page.extract_text().splitlines() if line.startswith("aaa")]

    assert max(map(len, lines)) < 120
    assert sum(line.count("a") for line in lines) == 3500


def test_long_texts_flow_over_several_pages() -> None:
    sentence = "Patienten har svårt att koncentrera sig och blir snabbt uttröttad. "
    long = "".join(f"{n}. {sentence}" for n in range(300))
    pages = pages_of(signed_print({**FULL, "19": long}))

    assert len(pages) > 5
    text = " ".join(pages)
    assert all(f" {n}. Patienten" in text for n in range(1, 300))


@pytest.mark.parametrize("mark", Mark)
def test_a_table_may_cross_a_page_break_whatever_the_mark(mark: Mark) -> None:
    table = Table(("Kod", "Text"), tuple((f"A{n}", "Ord " * 30) for n in range(40)))
    kinds = [tag for tag, _ in tags(_read(replace(with_blocks(table), mark=mark)))]

    assert kinds.count("/Table") == 1
    assert kinds.count("/TD") == 80


# What a screen reader and an archive ask.


@pytest.mark.parametrize("print", [signed_print(), draft_print({})])
def test_the_file_says_that_it_is_PDF_A_2a_and_PDF_UA_1(print: Print) -> None:
    reader = _read(print)
    xmp = ElementTree.fromstring(reader.xmp_metadata.stream.get_data())  # type: ignore[union-attr]
    said = {element.tag: element.text for element in xmp.iter()}

    assert said["{http://www.aiim.org/pdfa/ns/id/}part"] == "2"
    assert said["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
    assert said["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert reader.root_object["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"


def test_the_file_is_tagged_and_tells_its_language_title_and_author() -> None:
    reader = _read(signed_print())
    root = reader.root_object

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv-SE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Läkarintyg för sjukpenning (FK 7804) – elektroniskt signerat intyg"
    assert reader.metadata.author == "Arnold Johansson"
    assert _read(draft_print()).metadata.author == UNIT.name  # type: ignore[union-attr]
    assert "/Encrypt" not in reader.trailer


def test_the_metadata_carry_no_personal_number() -> None:
    reader = _read(signed_print())

    assert "1212" not in str(reader.metadata)
    assert b"1212" not in reader.xmp_metadata.stream.get_data()  # type: ignore[union-attr]


def test_only_our_own_fonts_are_used() -> None:
    assert {name.split("+")[1] for name in fonts(_read(signed_print()))} == {"SourceSansPro-Regular", "SourceSansPro-Semibold"}


def test_headings_follow_the_form() -> None:
    print = signed_print()
    headings = [(tag, element["/T"]) for tag, element in tags(_read(print)) if tag in ("/H1", "/H2", "/H3")]

    expected = [("/H1", print.type_name)]
    for section in print.sections:
        expected.append(("/H2", section.title))
        expected += [("/H3", entry.label or entry.instruction) for entry in section.entries]
    assert headings == [*expected, ("/H2", "Underskrift")]


def test_tables_have_column_headers() -> None:
    elements = tags(_read(signed_print()))
    headers = [element for tag, element in elements if tag == "/TH"]

    assert [tag for tag, _ in elements].count("/Table") == 2
    assert len(headers) == 2 + 3
    assert all(any(attributes.get("/Scope") == "/Column" for attributes in element["/A"]) for element in headers)
    assert [tag for tag, _ in elements].count("/TD") == 2 * 3 + 3 * 4


def test_all_content_stands_in_paragraphs_lists_tables_and_headings() -> None:
    kinds = {tag for tag, _ in tags(_read(signed_print()))}

    assert kinds == {
        "/Document",
        "/H1",
        "/H2",
        "/H3",
        "/P",
        "/L",
        "/LI",
        "/Lbl",
        "/LBody",
        "/Table",
        "/THead",
        "/TBody",
        "/TR",
        "/TH",
        "/TD",
        "/Div",
    }


# How it is made.


def test_the_same_contents_give_the_same_bytes() -> None:
    assert certificate_pdf(signed_print()) == certificate_pdf(signed_print())


def test_threads_print_at_the_same_time() -> None:
    prints = [replace(signed_print(), patient_name=f"Patient nummer {n}") for n in range(24)]
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(certificate_pdf, prints))

    for n, pdf in enumerate(made):
        assert f"Patient nummer {n}" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_a_print_does_not_show_the_patient_in_logs() -> None:
    assert "1212" not in repr(signed_print())


def _read(print: Print) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(certificate_pdf(print)), strict=True)


def _texts(block: Text | Items | Table | Missing) -> tuple[str, ...]:
    match block:
        case Items(items):
            return items
        case Table(columns, rows):
            return columns + tuple(cell for row in rows for cell in row)
    return (block.text,)
