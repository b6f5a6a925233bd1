"""FK 7802, Läkarutlåtande för aktivitetsersättning vid förlängd skolgång (LUAE_FS), version 1 (text versions 1.0–1.1).

Read it beside the paper form. Source: reference/certificates/fk7802.md and fk-common.md; the help texts are our own.
"""

from datetime import date

from webcert.certificate_types import paper_fk
from webcert.certificate_types.certificate_type import FORSAKRINGSKASSAN, CertificateType, Generation, TextVersion
from webcert.certificate_types.paper import Diagnosed, Written, frame
from webcert.certificate_types.shared_fk import ADDITIONAL, UNIT, contact, other_information, statement_basis
from webcert.forms.elements.diagnoses import Diagnoses
from webcert.forms.elements.text import TextArea
from webcert.forms.form import Form, category
from webcert.forms.wording import Wording

FORM = Form(
    (
        statement_basis("Utlåtandet är baserat på", lower_case_since="1.1", without="FORETAGSHALSOVARD"),
        category(
            "diagnos",
            "Diagnos",
            Diagnoses(
                "6",
                "Diagnos/diagnoser för sjukdom som orsakar eller har orsakat funktionsnedsättning",
                mandatory=True,
                column="Diagnoskod enligt ICD-10 SE",
                help="Börja med den sjukdom som har störst betydelse för skolgången. Ange koden med så många positioner som möjligt. Är "
                "sjukdomarna fler än tre, skriv resten under Övriga upplysningar.",
            ),
        ),
        category(
            "funktionsnedsattning",
            "Funktionsnedsättning",
            TextArea(
                "15",
                "Beskriv när och hur patientens funktionsnedsättning debuterat, utvecklats och visar sig för närvarande",
                mandatory=True,
                rows=6,
                help="När märktes den först, hur har den förändrats och vad visar undersökningen i dag? Säg varifrån uppgiften kommer.",
            ),
            TextArea(
                "16",
                "Beskriv på vilket sätt funktionsnedsättningen påverkar eller har påverkat patientens förmåga att klara sin skolgång",
                mandatory=True,
                rows=6,
                help="Visa det direkta sambandet mellan funktionsnedsättningen och att studierna tar längre tid, till exempel frånvaro, "
                "anpassad takt eller ämnen som fått läsas om. Funktionsnedsättningen behöver inte finnas kvar.",
            ),
        ),
        other_information("Övrigt", limit=2850),
        contact(),
        ADDITIONAL,
        UNIT,
    )
)

PAPER = paper_fk.form(
    "7802",
    ("Läkarutlåtande", "för aktivitetsersättning vid förlängd skolgång"),
    paper_fk.STATEMENT_BASIS,
    (
        frame("3", "", Diagnosed("6")),
        frame("4", "Funktionsnedsättning", Written("15", 29.25), Written("16", 29.25)),
        frame("5", "", Written("25", 20.5, keeps_lines=True)),
        paper_fk.contact("6", 15.5),
        paper_fk.signature("7", 22.5),
    ),
    edition=Wording({"1.0": "01", "1.1": "02"}),
    agreed_since="1.1",
    reminder=Wording({"1.0": paper_fk.IDENTITY, "1.1": ""}),
    introduced=True,
)

FK7802 = CertificateType(
    id="luae_fs",
    code="FK 7802",
    external_code="LUAE_FS",
    name="Läkarutlåtande för aktivitetsersättning vid förlängd skolgång",
    recipient=FORSAKRINGSKASSAN,
    description="Utlåtande om varför en ung person behöver längre tid i skolan, som underlag för beslut om aktivitetsersättning.",
    about=(
        "Aktivitetsersättning vid förlängd skolgång är till för unga som på grund av en funktionsnedsättning behöver längre tid för att "
        "bli klara med grundskolan eller gymnasiet: från juli det år patienten fyller 19 till månaden före 30-årsdagen. Ersättningen är "
        "alltid hel, även vid studier på deltid.",
        "Försäkringskassan bedömer om det finns ett direkt samband mellan funktionsnedsättningen och den längre skolgången. Beskriv det "
        "sambandet; andra skäl än medicinska räknas inte.",
    ),
    text_versions=(
        TextVersion("1.0", date(2016, 11, 29), "FK 7802 (001 F 001)"),
        TextVersion("1.1", date(2021, 2, 11), "FK 7802 (004 F 001)"),
    ),
    summary=("Avser diagnos", "6"),
    generations=(Generation("1.0", FORM),),
    paper=PAPER,
    file_name="lakarutlatande_aktivitetsersattning",
)
