"""The recipients' own forms on paper: every type in every text version, filled in, marked on every page, and readable by machines."""

import io
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pypdf
import pytest

from printing.prints import CERTIFICATE_ID, GENERAL, ISSUER, draft_print, signed_print
from printing.structure import fonts, is_embedded, outside_structure, tags
from subjects import SUBJECTS
from webcert.certificate_types import TYPES
from webcert.certificate_types.certificate_type import CertificateType
from webcert.certificate_types.paper import AsRead, PaperForm, Signed, Written
from webcert.forms.blocks import MISSING, Items
from webcert.forms.elements.additional import Additional
from webcert.forms.elements.heading import Heading
from webcert.forms.elements.unit_address import UnitAddress
from webcert.printing.contents import Mark, Print
from webcert.printing.filled import FilledPart
from webcert.printing.pdf import certificate_pdf
from webcert.printing.room import GO_ON

ON_FORMS = sorted(name for name, subject in SUBJECTS.items() if isinstance(subject.type.paper, PaperForm))
VERSIONS = [(name, version) for name in ON_FORMS for version in SUBJECTS[name].versions]
LONG = "".join(f"{n} har svårt att hålla tråden och blir snabbt uttröttad. " for n in range(60)).strip()


def paper_of(type: CertificateType) -> PaperForm:
    assert isinstance(type.paper, PaperForm)
    return type.paper


def read(print: Print) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(certificate_pdf(print)), strict=True)


def pages_of(print: Print) -> list[str]:
    """The text of each page, with single blanks."""
    return [" ".join(page.extract_text().split()) for page in read(print).pages]


def full(name: str, version: str = "") -> Print:
    subject = SUBJECTS[name]
    return signed_print(subject.bases[0], subject.type, version=version or subject.versions[-1])


# What stands where.


@pytest.mark.parametrize("name", ON_FORMS)
def test_A_080_every_question_of_the_form_has_its_place(name: str) -> None:
    type = SUBJECTS[name].type
    form = type.newest_form
    placed = [part.question for part in paper_of(type).parts if not isinstance(part, Signed)]

    assert len(placed) == len(set(placed))
    for question in form.questions:
        elsewhere = getattr(question, "moved_to", None) or question.beside or isinstance(question, (UnitAddress, Heading, Additional))
        assert (question.id in placed) != bool(elsewhere), question.id


@pytest.mark.parametrize(("name", "version"), VERSIONS)
def test_A_080_the_pages_are_those_of_the_form(name: str, version: str) -> None:
    """The page division holds in the words of every text version: nothing runs over to a page of its own."""
    type = SUBJECTS[name].type
    pages = pages_of(full(name, version))

    assert len(pages) == len(paper_of(type).pages)
    for number, page in enumerate(pages, 1):
        assert f"{number} ({len(pages)})" in page
        assert type.text_version(version).form_id in page


@pytest.mark.parametrize(
    ("name", "version", "scan_id", "agreed"),
    [
        ("FK 7804", "1.0", "78040{}01", False),
        ("FK 7804", "1.3", "78040{}02", True),
        ("FK 7800", "1.0", "78000{}01", False),
        ("FK 7800", "1.1", "78000{}02", False),
        ("FK 7800", "1.3", "78000{}02", True),
        ("FK 7801", "1.2", "78010{}01", True),
        ("FK 7802", "1.0", "78020{}01", False),
        ("FK 7802", "1.1", "78020{}02", True),
    ],
)
def test_A_080_each_page_carries_the_scan_id_of_its_edition(name: str, version: str, scan_id: str, agreed: bool) -> None:
    """And the first page reminds of what its edition does (fk-common.md §16.4, fk7804.md §12.2)."""
    first = pages_of(full(name, version))[0]
    assert "Svar som inte ryms i sin ruta fortsätter på fortsättningsbladet." in first
    assert ("visa legitimation med foto" in first) == (name != "FK 7804" and not agreed)
    assert ("Läs om personuppgifter på" in first) == (name == "FK 7804" and agreed)

    for number, page in enumerate(pages_of(full(name, version)), 1):
        assert scan_id.format(number) in page
        assert "Fastställd av Försäkringskassan" in page
        assert ("i samråd med Socialstyrelsen" in page) == agreed


@pytest.mark.parametrize("name", ON_FORMS)
def test_A_080_the_frames_stand_in_the_forms_order(name: str) -> None:
    print = full(name)
    assert print.paper
    frames = [frame.heading for page in print.paper.pages for frame in page if frame.heading]
    headings = [element["/T"] for tag, element in tags(read(print)) if tag == "/H2"]

    assert headings == frames
    numbers = [int(heading.split(".")[0]) for heading in headings if heading[0].isdigit()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_A_080_fk_7804_has_the_thirteen_fields() -> None:
    print = full("FK 7804")
    assert print.paper
    pages = [[frame.heading for frame in page] for page in print.paper.pages]

    assert pages == [
        [
            "1. Smittbärarpenning",
            "2. Intyget är baserat på",
            "3. I relation till vilken sysselsättning bedömer du arbetsförmågan?",
            "4. Diagnos/diagnoser för sjukdom som orsakar nedsatt arbetsförmåga",
        ],
        [
            "5. Funktionsnedsättning",
            "6. Aktivitetsbegränsning",
            "7. Medicinsk behandling",
            "8. Min bedömning av patientens nedsättning av arbetsförmågan",
        ],
        ["", "9. Prognos för arbetsförmåga utifrån aktuellt undersökningstillfälle", "10. Åtgärder", "11. Övriga upplysningar"],
        ["12. Kontakt med Försäkringskassan", "13. Underskrift"],
    ]


@pytest.mark.parametrize("name", ON_FORMS)
def test_A_071_every_answer_stands_on_the_form(name: str) -> None:
    subject = SUBJECTS[name]
    text = re.sub(r"\s", "", " ".join(pages_of(full(name))))

    for written in words_in({id: answer for id, answer in subject.bases[0].items() if id not in ("unit", "patient")}):
        assert re.sub(r"\s", "", written) in text


def words_in(answer: Any) -> list[str]:
    """The texts and dates in the answers, without codes."""
    match answer:
        case dict():
            return [word for key, inner in answer.items() if key not in ("code", "type", "system") for word in words_in(inner)]
        case list():
            return [word for inner in answer if not isinstance(inner, str) for word in words_in(inner)]
        case str() if answer.isupper() and "_" in answer:
            return []
        case str():
            return answer.splitlines()
    return []


def test_the_boxes_tell_what_is_ticked() -> None:
    text = pages_of(full("FK 7804"))

    for ticked in ("Nuvarande arbete", "Studier", "min telefonkontakt med patienten"):
        assert f"☑ {ticked}" in text[0]
    for empty in ("min undersökning av patienten", "Arbetssökande", "Avstängning enligt smittskyddslagen"):
        assert f"☐ {empty}" in text[0]
    assert "☑ 6 månader." in text[2]
    assert "☐ 12 månader." in text[2]
    assert "☑ Ja. Fyll i nedan." in text[2]


def test_motivations_stand_first_in_other_information() -> None:
    page = pages_of(full("FK 7804"))[2]

    first = page.index("Motivering till varför utlåtandet inte baseras på undersökning av patienten: Patienten orkade inte")
    second = page.index("Orsak för att starta perioden mer än 7 dagar bakåt i tiden: Telefontiden")
    assert first < second < page.index("Patienten är införstådd med planen")


def test_an_answer_without_a_frame_is_printed_on_a_page_of_its_own() -> None:
    base = SUBJECTS["FK 7802"].bases[0]
    pages = pages_of(signed_print(base | {"9000": [{"id": "9001", "text": "Svaret på tilläggsfrågan."}]}, TYPES["luae_fs"]))

    assert len(pages) == 3
    assert "Tilläggsfrågor" in pages[2]
    assert "Svaret på tilläggsfrågan." in pages[2]


# Long texts.


LONG_ANSWERS = [(name, id) for name in ON_FORMS for id in ("17", "25", "16", "37", "23") if id in SUBJECTS[name].form.by_id]


@pytest.mark.parametrize(("name", "question"), LONG_ANSWERS)
def test_a_text_without_room_goes_on_at_the_continuation_sheet(name: str, question: str) -> None:
    subject = SUBJECTS[name]
    long = {"text": LONG, "categories": []} if isinstance(subject.bases[0].get(question), dict) else LONG
    answers = {id: answer for id, answer in subject.bases[0].items() if not getattr(subject.form.by_id[id], "moved_to", None)}
    print = signed_print(answers | {question: long}, subject.type)
    part = written(print)[question]
    pages = pages_of(print)
    form, sheet = " ".join(pages[: len(paper_of(subject.type).pages)]), pages[-1]

    assert f"{part.text} {part.rest}" == LONG
    assert f"{part.text} {GO_ON}" in form
    assert form.count(GO_ON) == 1
    assert "Fortsättningsblad, svar med hänvisning fortsätter nedan" in sheet
    assert part.rest in sheet


def test_every_continuation_sheet_tells_whose_form_it_goes_on_from() -> None:
    subject = SUBJECTS["FK 7800"]
    long = {id: LONG if isinstance(answer, str) and " " in answer else answer for id, answer in subject.bases[0].items()}
    pages = pages_of(signed_print(long, subject.type))

    assert len(pages) > 5
    for number, page in enumerate(pages[4:], 5):
        assert f"19121212-1212 {number} ({len(pages)}) Försäkringskassan Läkarutlåtande för sjukersättning" in page
        assert f"7800{number:02}02" in page


def written(print: Print) -> dict[str, FilledPart]:
    """Question → the part of the form where its text stands."""
    assert print.paper
    parts = (part for page in print.paper.pages for frame in page for part in frame.parts)
    return {part.layout.question: part for part in parts if isinstance(part.layout, Written)}


def test_line_breaks_are_kept_where_the_form_keeps_them() -> None:
    answers = {**SUBJECTS["FK 7804"].bases[0], "25": "en\ntvå", "44": "en\ntvå"}
    parts = written(signed_print(answers))

    assert parts["25"].text.endswith("en\ntvå")
    assert parts["44"].text == "en två"


# Marks.


@pytest.mark.parametrize("name", ON_FORMS)
@pytest.mark.parametrize("mark", Mark)
def test_A_072_every_page_of_a_form_tells_what_it_is_and_of_whom(name: str, mark: Mark) -> None:
    answers, type = SUBJECTS[name].bases[0], SUBJECTS[name].type
    print = replace(signed_print(answers, type), mark=mark) if mark is Mark.SIGNED else draft_print(answers, mark, type)
    told = {
        Mark.DRAFT: ("Utkast – inte signerat", "UTKAST"),
        Mark.LOCKED: ("Låst utkast – inte signerat", "LÅST UTKAST"),
        Mark.SIGNED: ("Elektroniskt signerat av Arnold Johansson 2026-11-21 10:31 · Fullständigt intyg", f"Intygs-ID: {CERTIFICATE_ID}"),
        Mark.REVOKED: ("Makulerat – gäller inte", "MAKULERAT"),
    }
    for page in pages_of(print):
        assert "19121212-1212" in page
        assert all(words in page for words in told[mark])
        assert [word for word in ("UTKAST", "MAKULERAT") if word in page] == [w for w in ("UTKAST", "MAKULERAT") if w in told[mark][1]]


@pytest.mark.parametrize("name", ON_FORMS)
def test_A_072_the_form_of_a_draft_names_no_issuer(name: str) -> None:
    text = " ".join(pages_of(draft_print(SUBJECTS[name].bases[0], type=SUBJECTS[name].type)))

    assert "Björkhagens vårdcentral" in text
    for absent in ("Arnold Johansson", "TSTNMT2321000156-1079", "1627", "Överläkare", "Allmänmedicin", "lektroniskt signerat", "Intygs-ID"):
        assert absent not in text


def test_the_address_is_for_a_signed_certificate_that_has_not_been_sent() -> None:
    address = "Skicka blanketten till Försäkringskassans inläsningscentral 839 88 Östersund"
    sent = signed_print()

    assert address in pages_of(replace(sent, sent=""))[0]
    assert address not in pages_of(sent)[0]
    assert address not in pages_of(draft_print())[0]
    assert address not in pages_of(replace(signed_print(minimal=True), sent=""))[0]


# Transportstyrelsen's: as they are read, in the layout of tstrk1007.md §8.

AS_READ = sorted(name for name, subject in SUBJECTS.items() if isinstance(subject.type.paper, AsRead))
READ_VERSIONS = [(name, version) for name in AS_READ for version in SUBJECTS[name].versions]


@pytest.mark.parametrize(("name", "version"), READ_VERSIONS)
def test_A_080_transportstyrelsens_certificates_follow_the_form_in_every_version(name: str, version: str) -> None:
    print, form = full(name, version), SUBJECTS[name].type.form(version)
    headings = [(tag, element["/T"]) for tag, element in tags(read(print)) if tag in ("/H1", "/H2", "/H3")]

    expected = [("/H1", print.type_name)]
    for section in print.sections:
        expected.append(("/H2", section.title))
        expected += [("/H3", entry.label or entry.instruction) for entry in section.entries]
    assert headings == [*expected, ("/H2", "Underskrift"), ("/H2", print.type_name), ("/H2", "Skicka intyg till mottagare")]
    titles = [category.title for category in form.categories]
    assert [section.title for section in print.sections] == [title for title in titles if title != "Vårdenhetens adress"]


@pytest.mark.parametrize(("name", "version"), READ_VERSIONS)
@pytest.mark.parametrize("mark", Mark)
def test_A_072_every_page_for_transportstyrelsen_tells_what_it_is_and_of_whom(name: str, version: str, mark: Mark) -> None:
    answers, type = SUBJECTS[name].bases[0], SUBJECTS[name].type
    draft = replace(draft_print(answers, mark, type, version=version), issuer=ISSUER)
    pages = pages_of(signed_print(answers, type, version=version) if mark is Mark.SIGNED else draft)
    told = {
        Mark.DRAFT: ("Utkast – inte signerat", "UTKAST"),
        Mark.LOCKED: ("Låst utkast – inte signerat", "LÅST UTKAST"),
        Mark.SIGNED: ("Elektroniskt signerat av Arnold Johansson 2026-11-21 10:31 · Fullständigt intyg", f"Intygs-ID: {CERTIFICATE_ID}"),
        Mark.REVOKED: ("Makulerat – gäller inte", "MAKULERAT"),
    }
    code = {"ts-bas": f"TSTRK1007 v{version}", "ts-diabetes": "TSTRK1031"}[type.id]
    for number, page in enumerate(pages, 1):
        head = f"Transportstyrelsen Utskriftsdatum 2026-11-22 08:05 {type.name} ({code}) Person-/samordningsnr 19121212-1212"
        assert head in page
        assert f"{type.code} – Fastställd av Transportstyrelsen" in page
        assert f"Utskriften skapades med Webcert 2026-11-22 08:05. Sida {number} ({len(pages)})" in page
        assert all(words in page for words in told[mark])
    assert ("Det ska INTE skickas till Transportstyrelsen." in pages[0]) == (mark is not Mark.SIGNED)
    assert ("Intygsutfärdare: Arnold Johansson" in pages[-2]) == (mark is Mark.SIGNED)
    assert "Kontaktuppgifter: Björkhagens vårdcentral Storgatan 12 123 45 Björkhagen 08-123 45 67" in pages[-2]


@pytest.mark.parametrize("name", AS_READ)
def test_A_071_every_answer_for_transportstyrelsen_is_printed(name: str) -> None:
    print = full(name)
    text = " ".join(pages_of(print))

    for section in print.sections:
        for entry in section.entries:
            for block in entry.blocks:
                assert ", ".join(block.items) in text if isinstance(block, Items) else True
                assert " ".join(getattr(block, "text", "").split()) in text
                assert all(" ".join(row) in text for row in getattr(block, "rows", ()))


def test_the_print_tells_what_the_answers_call_for_and_leaves_out_what_is_for_the_writer() -> None:
    text = " ".join(pages_of(full("TSTRK1007 7")))

    assert "krävs läkarintyg av ögonspecialist" in text
    assert "Intyg om korrektionsglasens styrka måste skickas in." in text
    assert "Uppgifterna från tidigare utförd undersökning" not in text
    assert "Höger öga 0,1 0,8 Ja" in text
    assert "Binokulärt 0,1 1,0 –" in text


def test_a_long_text_for_transportstyrelsen_is_never_cut() -> None:
    long = " ".join(f"{n}." for n in range(130))
    pages = pages_of(signed_print(SUBJECTS["TSTRK1007 7"].bases[0] | {"32": long, "34": "x" * 130}, TYPES["ts-bas"]))

    assert long in " ".join(pages)
    assert GO_ON not in " ".join(pages)


def test_version_4_of_the_diabetes_certificate_is_printed_with_the_questions_that_were_not_asked() -> None:
    answers = {id: answer for id, answer in SUBJECTS["TSTRK1031 4"].bases[0].items() if id in ("1", "2", "35", "18", "205")}
    printed = [entry for section in signed_print(answers | {"207": False}, TYPES["ts-diabetes"]).sections for entry in section.entries]
    asked = {entry.question: entry.blocks for entry in printed}

    assert asked["208"] == asked["200"] == asked["203.2"] == (MISSING,)
    assert len(asked) == len([q for q in TYPES["ts-diabetes"].newest_form.questions if not isinstance(q, UnitAddress)])


# For machines.


EVERY_LAYOUT = {name: full(name) for name in SUBJECTS} | {"general layout": signed_print(type=GENERAL)}


@pytest.mark.parametrize("name", EVERY_LAYOUT)
def test_every_print_is_for_archives_and_screen_readers(name: str) -> None:
    """PDF/A-2a and PDF/UA-1 as far as a reader of the file can tell: what it says it is, language, title, all of it in the structure."""
    print = EVERY_LAYOUT[name]
    reader = read(print)
    root = reader.root_object
    about = re.sub(r"\s", "", reader.xmp_metadata.stream.get_data().decode())  # type: ignore[union-attr]

    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv-SE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert print.type_name in str(reader.metadata.title)  # type: ignore[union-attr]
    assert "1212" not in str(reader.metadata)
    assert [outside_structure(page) for page in reader.pages] == [0] * len(reader.pages)
    assert all(is_embedded(font) for font in fonts(reader).values())
    assert {*"åäö"} <= {*reader.pages[0].extract_text()}


@pytest.mark.parametrize("name", EVERY_LAYOUT)
def test_a_screen_reader_finds_headings_and_the_headers_of_tables_and_needs_no_eyes(name: str) -> None:
    found = tags(read(EVERY_LAYOUT[name]))
    kinds = [tag for tag, _ in found]
    levels = [int(tag[2]) for tag in kinds if re.fullmatch(r"/H\d", tag)]
    headers = [element for tag, element in found if tag == "/TH"]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(then <= now + 1 for now, then in pairwise(levels))
    assert len(headers) >= 2 * kinds.count("/Table")
    assert all(any(attributes.get("/Scope") == "/Column" for attributes in element["/A"]) for element in headers)
    assert all("/Alt" in element for tag, element in found if tag in ("/Figure", "/Formula"))


@pytest.mark.parametrize(
    ("type_id", "stem"),
    [
        ("lisjp", "lakarintyg_sjukpenning"),
        ("luse", "lakarutlatande_sjukersattning"),
        ("luae_na", "lakarutlatande_aktivitetsersattning"),
        ("luae_fs", "lakarutlatande_aktivitetsersattning"),
        ("fk7263", "lakarintyg_fk7263"),
        ("ts-bas", "lakarintyg_transportstyrelsen"),
        ("ts-diabetes", "lakarintyg_transportstyrelsen"),
    ],
)
def test_the_file_is_named_after_type_and_time(type_id: str, stem: str) -> None:
    assert draft_print({}, type=TYPES[type_id]).file_name == f"{stem}_26-11-22_0805.pdf"
