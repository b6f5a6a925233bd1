"""The recipients' own forms on paper: every type in every text version, filled in, marked on every page, and readable by machines."""

import io
import re
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from printing.prints import CERTIFICATE_ID, draft_print, signed_print
from printing.structure import tags
from subjects import SUBJECTS
from webcert.certificate_types import TYPES
from webcert.certificate_types.certificate_type import CertificateType
from webcert.certificate_types.paper import AsRead, PaperForm, Signed, Written
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


# The layout of those who want no form.


@pytest.mark.parametrize("name", sorted(name for name, subject in SUBJECTS.items() if isinstance(subject.type.paper, AsRead)))
def test_A_080_transportstyrelsens_certificates_are_printed_as_they_are_read(name: str) -> None:
    pages = pages_of(full(name))

    assert all("Fastställd av Transportstyrelsen" in page for page in pages)
    assert all("Elektroniskt signerat av Arnold Johansson" in page for page in pages)
    assert "Skicka intyg till mottagare" in pages[-1]
    for section in full(name).sections:
        assert any(" ".join(section.title.split()) in page for page in pages)


# For machines.


@pytest.mark.parametrize("name", sorted(SUBJECTS))
def test_every_print_is_for_archives_and_screen_readers(name: str) -> None:
    reader = read(full(name))
    root, kinds = reader.root_object, [tag for tag, _ in tags(reader)]
    about = reader.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]

    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in re.sub(r"\s", "", about)
    assert "<pdfuaid:part>1</pdfuaid:part>" in re.sub(r"\s", "", about)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv-SE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert SUBJECTS[name].type.name in str(reader.metadata.title)  # type: ignore[union-attr]
    assert "1212" not in str(reader.metadata)
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") > 1
    assert kinds.count("/TH") >= 2 * kinds.count("/Table")
    assert not {"/Figure", "/Formula"} & set(kinds)


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
