"""FK 7800, Läkarutlåtande för sjukersättning (LUSE), version 1 (text versions 1.0–1.3).

Read it beside the paper form. Source: reference/certificates/fk7800.md and fk-common.md; the help texts are our own.
"""

from datetime import date

from webcert.certificate_types import paper_fk
from webcert.certificate_types.certificate_type import FORSAKRINGSKASSAN, CertificateType, Generation, TextVersion
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
from webcert.forms.form import Form
from webcert.forms.wording import Wording

FORM = Form(
    (
        statement_basis("Utlåtandet är baserat på", lower_case_since="1.2", without="SKOLHALSOVARD"),
        diagnosis_at_work(),
        BACKGROUND,
        disabilities(renamed_since="1.2"),
        activity_limitations(),
        treatment(substances_since="1.3"),
        work_prospects(
            abilities="Förmågor som går att ta till vara, också utanför arbetet. Försäkringskassan samordnar rehabiliteringen och behöver "
            "veta vad den kan bygga på.",
        ),
        other_information("Övrigt", limit=2700),
        contact(),
        ADDITIONAL,
        UNIT,
    )
)

PAPER = paper_fk.form(
    "7800",
    ("Läkarutlåtande", "för sjukersättning"),
    paper_fk.STATEMENT_BASIS,
    paper_fk.DISEASE,
    paper_fk.LIMITATIONS,
    (
        frame("8", "Medicinska förutsättningar för arbete", Written("22", 27), Written("23", 27)),
        frame("9", "", Written("25", 27, keeps_lines=True)),
        paper_fk.contact("10", 15.5),
        paper_fk.signature("11", 30),
    ),
    edition=Wording({"1.0": "01", "1.1": "02"}),
    agreed_since="1.2",
    reminder=Wording({"1.0": paper_fk.IDENTITY, "1.2": ""}),
    introduced=True,
)

FK7800 = CertificateType(
    id="luse",
    code="FK 7800",
    external_code="LUSE",
    name="Läkarutlåtande för sjukersättning",
    recipient=FORSAKRINGSKASSAN,
    description="Utlåtande om varaktigt nedsatt arbetsförmåga, som underlag för Försäkringskassans beslut om sjukersättning.",
    about=(
        "Sjukersättning är till för den som troligen inte kommer att kunna arbeta helt eller delvis för all överskådlig framtid, och där "
        "möjligheterna till rehabilitering är uttömda. Från juli det år patienten fyller 19 kan den som inte kan arbeta alls få hel "
        "ersättning; från 30 års ålder finns också delar av den.",
        "Försäkringskassan bedömer arbetsförmågan mot arbeten på hela arbetsmarknaden, även anställningar med stöd. Beskriv kedjan från "
        "diagnos till funktionsnedsättning och aktivitetsbegränsning så att den går att följa för någon som inte har träffat patienten.",
        "Patienten skickar med utlåtandet till sin ansökan. Försäkringskassan kan också själv begära det när någon har sjukpenning.",
    ),
    text_versions=(
        TextVersion("1.0", date(2016, 9, 23), "FK 7800 (001 F 001)"),
        TextVersion("1.1", date(2016, 12, 19), "FK 7800 (002 F 001)"),
        TextVersion("1.2", date(2021, 2, 11), "FK 7800 (006 F 001)"),
        TextVersion("1.3", date(2022, 9, 27), "FK 7800 (007 F 001)"),
    ),
    summary=("Avser diagnos", "6"),
    generations=(Generation("1.0", FORM),),
    paper=PAPER,
    file_name="lakarutlatande_sjukersattning",
)
