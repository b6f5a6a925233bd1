"""FK 7801, Läkarutlåtande för aktivitetsersättning vid nedsatt arbetsförmåga (LUAE_NA), version 1 (text versions 1.0–1.2).

Read it beside the paper form. Source: reference/certificates/fk7801.md and fk-common.md; the help texts are our own.
"""

from datetime import date

from webcert.certificate_types import paper_fk
from webcert.certificate_types.certificate_type import FORSAKRINGSKASSAN, AgeLimit, CertificateType, Generation, TextVersion
from webcert.certificate_types.paper import Written, frame
from webcert.certificate_types.shared_fk import (
    ADDITIONAL,
    BACKGROUND,
    UNIT,
    activity_limitations,
    contact,
    diagnosis_at_work,
    disabilities,
    other_information,
    statement_basis,
    treatment,
    work_prospects,
)
from webcert.forms.elements.text import TextArea
from webcert.forms.form import Form
from webcert.forms.wording import Wording

FORM = Form(
    (
        statement_basis("Underlaget är baserat på", lower_case_since="1.1"),
        diagnosis_at_work(full_stop="."),
        BACKGROUND,
        disabilities(renamed_since="1.1"),
        activity_limitations(question_mark="?"),
        treatment(substances_since="1.2"),
        work_prospects(
            TextArea(
                "24",
                "Beskriv eller lämna förslag på vad som kan underlätta för patienten att komma ut i arbete",
                help="Till exempel arbetsförberedelse, fysisk eller social träning, samverkan med kommunen eller Arbetsförmedlingen, "
                "utbildning eller hjälpmedel.",
            ),
            abilities="Särskilda resurser och förmågor som går att ta till vara. Försäkringskassan samordnar rehabiliteringen och behöver "
            "veta vad den kan bygga på.",
        ),
        other_information("Övrigt", limit=2700),
        contact(),
        ADDITIONAL,
        UNIT,
    )
)

PAPER = paper_fk.form(
    "7801",
    ("Läkarutlåtande", "för aktivitetsersättning vid nedsatt arbetsförmåga"),
    paper_fk.STATEMENT_BASIS,
    paper_fk.DISEASE,
    paper_fk.LIMITATIONS,
    (
        frame("8", "Medicinska förutsättningar för arbete", Written("22", 27), Written("23", 27), Written("24", 27)),
        frame("9", "", Written("25", 22.5, keeps_lines=True)),
        paper_fk.contact("10", 15.5),
        paper_fk.signature("11", 30),
    ),
    edition="01",
    agreed_since="1.1",
    reminder=Wording({"1.0": paper_fk.IDENTITY, "1.1": ""}),
    introduced=True,
)

FK7801 = CertificateType(
    id="luae_na",
    code="FK 7801",
    external_code="LUAE_NA",
    name="Läkarutlåtande för aktivitetsersättning vid nedsatt arbetsförmåga",
    recipient=FORSAKRINGSKASSAN,
    description="Utlåtande om en ung persons nedsatta arbetsförmåga, som underlag för Försäkringskassans beslut om aktivitetsersättning.",
    about=(
        "Aktivitetsersättning är en tidsbegränsad ersättning för unga med nedsatt arbetsförmåga: från juli det år patienten fyller 19 till "
        "månaden före 30-årsdagen. Arbetsförmågan ska vara nedsatt med minst en fjärdedel under minst ett år.",
        "Försäkringskassan bedömer arbetsförmågan mot arbeten på hela arbetsmarknaden, även anställningar med stöd. Beskriv kedjan från "
        "diagnos till funktionsnedsättning och aktivitetsbegränsning, och vad som kan hjälpa patienten ut i arbete.",
        "Patienten skickar med utlåtandet till sin ansökan. Försäkringskassan kan också själv begära det när någon har sjukpenning.",
    ),
    text_versions=(
        TextVersion("1.0", date(2016, 11, 29), "FK 7801 (001 F 001)"),
        TextVersion("1.1", date(2021, 2, 11), "FK 7801 (003 F 001)"),
        TextVersion("1.2", date(2022, 9, 27), "FK 7801 (004 F 001)"),
    ),
    summary=("Avser diagnos", "6"),
    generations=(Generation("1.0", FORM),),
    oldest=AgeLimit(
        30 * 12 + 2,
        "Patienten är äldre än 30 år och två månader. Aktivitetsersättning lämnas längst till månaden före 30-årsdagen; för den som är "
        "äldre finns sjukersättning, FK 7800. Vill du ändå skapa intyget?",
    ),
    paper=PAPER,
    file_name="lakarutlatande_aktivitetsersattning",
)
