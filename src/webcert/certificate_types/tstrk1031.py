"""TSTRK1031, Transportstyrelsens läkarintyg, diabetes. Here version 4 (4.0–4.2), which is issued; `tstrk1031_older` has 2 and 3.

Read it beside the paper form. Source of questions, labels and codes: reference/certificates/tstrk1031.md §1, §2, §5.
"""

from datetime import date

from webcert.certificate_types import tstrk1031_older
from webcert.certificate_types.certificate_type import TRANSPORTSTYRELSEN, CertificateType, Generation, TextVersion
from webcert.certificate_types.shared_ts import (
    CATEGORIES,
    LICENCE,
    PRINT,
    UNIT,
    VAR_HIGHER,
    VAR_LOWER,
    codes,
    identity,
    meets_requirements,
    not_concerned,
    warning,
)
from webcert.forms.conditions import chosen, denied, older_than, ticked
from webcert.forms.elements.choice import Choice, Unsent
from webcert.forms.elements.choices import Choices
from webcert.forms.elements.lived_date import LivedDate
from webcert.forms.elements.options import Option
from webcert.forms.elements.text import TextArea
from webcert.forms.elements.ticks import Ticks
from webcert.forms.elements.year import Year
from webcert.forms.elements.yes_no import YesNo
from webcert.forms.form import Form, category
from webcert.forms.rules import Rule
from webcert.forms.wording import Wording
from webcert.vocabulary import oids
from webcert.vocabulary.diagnosis_codes import ICD_10_SE, SYSTEM_OIDS

HIGHER = chosen("1", *codes(VAR_HIGHER))
RISKY = ticked("208")
"""The medication may lead to hypoglycaemia."""


def within(question: str, days: int, period: str) -> tuple[Rule, ...]:
    """A day should lie within the period that its question names (tstrk1031.md §7)."""
    return (warning(older_than(question, days), f"Frågan gäller {period}, men datumet ligger längre tillbaka."),)


FORM_4 = Form(
    (
        category(
            "intygetavser",
            "Intyget avser",
            Choices(
                "1",
                "Intyget avser följande behörigheter",
                mandatory=True,
                system=LICENCE,
                options=(*VAR_LOWER, *VAR_HIGHER),
                limit=16,
                unnumbered=True,
                across=True,
                help=("Markera både de behörigheter som patienten har och de som patienten söker.", *CATEGORIES),
            ),
        ),
        category("identitet", "Identitet", identity()),
        category(
            "allmant",
            "Allmänt",
            Choice(
                "205",
                "Patienten följs avseende sin diabetessjukdom regelbundet av:",
                mandatory=True,
                system="1.2.752.129.5.1.28",
                options=(Option("VN1", "Primärvård"), Option("VN2", "Specialistvård")),
                help="I primärvården ska intyget utfärdas av en läkare med specialistkompetens som känner patientens sjukdom väl. I "
                "specialistvården ska läkaren vara specialist i internmedicin, endokrinologi och diabetologi eller barn- och "
                "ungdomsmedicin.",
            ),
            Year(
                "35",
                "Vilket år ställdes diagnosen diabetes?",
                mandatory=True,
                help="Fyra siffror. Är året inte känt, ange det år som ligger närmast till hands.",
            ),
            Choice(
                "18",
                "Vilken typ av diabetes har patienten?",
                mandatory=True,
                system=SYSTEM_OIDS[ICD_10_SE],
                unsent=Unsent("ANNAN", told_by="18.2"),
                options=(
                    Option("E10", "Typ 1", "Diabetes mellitus typ 1"),
                    Option("E11", "Typ 2", "Diabetes mellitus typ 2"),
                    Option("E109", "LADA", "Diabetes mellitus typ 1-Utan komplikationer"),
                    Option("ANNAN", "Annan"),
                ),
                help="LADA är autoimmun diabetes som utvecklas långsamt hos vuxna.",
            ),
            TextArea("18.2", "Ange vilken", follows=chosen("18", "ANNAN"), mandatory=True, limit=53, rows=1, refused=True),
            YesNo(
                "207",
                "Har patienten medicinering för sin diabetes?",
                mandatory=True,
                help="Tabletter, insulin eller andra injektioner. Bara kost är ingen medicinering.",
            ),
            YesNo(
                "208",
                "Har patienten medicinering som medför risk för hypoglykemi?",
                visible=ticked("207"),
                mandatory=True,
                help="Insulin, vissa tabletter (till exempel sulfonylurea) och vissa andra injektioner.",
            ),
            Ticks(
                "209",
                "Ange vilken behandling patienten har:",
                visible=RISKY,
                mandatory=True,
                options=(Option("209.1", "Insulin"), Option("209.2", "Tabletter"), Option("209.3", "Annan")),
                help="Kryssa i allt som ges.",
            ),
            TextArea("209.4", "Ange vilken", visible=chosen("209", "209.3"), mandatory=True, limit=53, rows=1, refused=True),
            LivedDate(
                "210",
                "Ange när patienten började medicineringen som medför risk för hypoglykemi",
                visible=RISKY,
                mandatory=True,
                help="Är dagen inte känd, ange den första i månaden.",
            ),
        ),
        category(
            "hypoglykemi",
            "Hypoglykemi",
            YesNo(
                "200",
                "Har patienten tillräcklig kontroll över sitt sjukdomstillstånd med avseende på risken för hypoglykemi?",
                visible=RISKY,
                mandatory=True,
                help="Väg ihop hur behandlingen är inställd, hur den följs och hur patienten hanterar sin mätare. Allvarlig hypoglykemi i "
                "trafiken talar för att kontrollen inte är tillräcklig.",
            ),
            TextArea("200.2", "Varför?", follows=denied("200"), mandatory=True, limit=53, rows=1, refused=True),
            YesNo(
                "201",
                "Förstår patienten riskerna med hypoglykemi och vilka konsekvenser det kan ha för förmågan att köra körkortspliktiga "
                "fordon?",
                visible=RISKY,
                mandatory=True,
                help="Till exempel långsammare reaktioner, sämre omdöme i trafiken och medvetslöshet.",
            ),
            YesNo(
                "110",
                "Har patienten förmåga att känna varningstecken (awareness) på hypoglykemi?",
                visible=RISKY,
                mandatory=True,
                help="Har patienten aldrig haft hypoglykemi, bedöm utifrån övriga medicinska förhållanden.",
            ),
            YesNo(
                "202",
                "Kan och har patienten möjlighet att vidta adekvata åtgärder vid tecken på hypoglykemi?",
                visible=RISKY,
                mandatory=True,
                help="Mäta när tecken eller mätare varnar, äta eller dricka och mäta igen, och stanna fordonet tills värdet är normalt och "
                "symtomen borta.",
            ),
            YesNo(
                "106",
                "Har patienten haft återkommande allvarlig hypoglykemi under de senaste tolv månaderna?",
                visible=RISKY,
                mandatory=True,
                help="Allvarlig är en hypoglykemi som krävt hjälp av någon annan. Återkommande är fler än en på tolv månader.",
            ),
            LivedDate(
                "106.2",
                "När inträffade den senaste allvarliga hypoglykemin?",
                visible=ticked("106"),
                mandatory=True,
                rules=within("106.2", 366, "de senaste tolv månaderna"),
            ),
            YesNo("106.3", "Kontrolleras diabetessjukdomen regelbundet?", visible=ticked("106"), mandatory=True),
            YesNo("106.5", "Utgör tillståndet någon trafiksäkerhetsrisk?", visible=ticked("106"), mandatory=True),
            YesNo(
                "107",
                "Har patienten haft återkommande allvarlig hypoglykemi i vaket tillstånd under den senaste tolvmånadersperioden?",
                visible=RISKY,
                mandatory=True,
                help="Räkna bara de gånger när patienten var vaken när det började.",
            ),
            YesNo(
                "107.3",
                "Har i så fall den senaste allvarliga hypoglykemin inträffat under de senaste tre månaderna?",
                visible=ticked("107"),
                mandatory=True,
            ),
            LivedDate(
                "107.5",
                "När inträffade det senast?",
                visible=ticked("107.3"),
                mandatory=True,
                rules=within("107.5", 92, "de senaste tre månaderna"),
            ),
            YesNo(
                "203",
                "Har patienten haft allvarlig hypoglykemi under de senaste tolv månaderna?",
                visible=HIGHER,
                mandatory=True,
                help="Frågas för lastbil, buss och taxi. En enda gång räcker för ja.",
            ),
            LivedDate(
                "203.2",
                "När inträffade det senast?",
                visible=ticked("203"),
                mandatory=True,
                rules=within("203.2", 366, "de senaste tolv månaderna"),
            ),
            YesNo(
                "204",
                "Genomför patienten regelbundna blodsockerkontroller minst två gånger om dagen och i samband med körning?",
                visible=HIGHER,
                mandatory=True,
                help="Med den metod som patienten är van vid, också kontinuerlig mätning. I samband med körning är före start och, vid "
                "långa resor, med två–tre timmars mellanrum under pauser.",
            ),
            visible=RISKY | HIGHER,
        ),
        category(
            "ovrigt",
            "Övrigt",
            YesNo(
                "206",
                "Föreligger det några komplikationer till följd av sjukdomen som var för sig eller tillsammans kan påverka patientens "
                "förmåga att framföra ett körkortspliktigt fordon på ett trafiksäkert sätt?",
                mandatory=True,
                help="Tänk på synskärpa och synfält, hjärta och kärl, neuropati, och på förmågan att uppfatta omgivningen och fatta "
                "beslut.",
            ),
            TextArea("206.2", "Ange vilka komplikationer", visible=ticked("206"), mandatory=True, limit=189, rows=2, refused=True),
            TextArea(
                "34",
                "Patienten bör före ärendets avgörande undersökas av läkare med specialistkompetens i:",
                limit=71,
                rows=1,
                refused=True,
                help="Skriv specialiteten, till exempel ögonsjukdomar.",
            ),
        ),
        category(
            "bedomning",
            "Bedömning",
            meets_requirements(
                Wording(
                    {
                        "4.0": "Patienten uppfyller kraven enligt 6 kap. i Transportstyrelsens föreskrifter och allmänna råd (TSFS "
                        "2010:125) om medicinska krav för innehav av körkort m.m. Föreskrivna krav på läkarens specialistkompetens vid "
                        "diabetessjukdom anges i 17 kap. Se Vägtrafik - transportstyrelsen.se",
                        "4.1": "Patienten uppfyller kraven enligt 6 kap. i Transportstyrelsens föreskrifter och allmänna råd (TSFS "
                        "2010:125) om medicinska krav för innehav av körkort m.m. Föreskrivna krav på läkarens specialistkompetens vid "
                        "diabetessjukdom anges i 17 kap.",
                    }
                ),
                options=(*VAR_LOWER, *VAR_HIGHER),
                rules=(*not_concerned(VAR_HIGHER, VAR_HIGHER, forbidden=True), *not_concerned(VAR_LOWER, VAR_LOWER)),
                limit=16,
            ),
            TextArea(
                "32",
                "Övriga upplysningar och kommentarer",
                limit=189,
                rows=2,
                refused=True,
                help="Sådant som Transportstyrelsen behöver veta och som inte har frågats efter ovan.",
            ),
        ),
        UNIT,
    )
)

FORM_ID = "TSTRK1031 – Fastställd av Transportstyrelsen"

TSTRK1031 = CertificateType(
    id="ts-diabetes",
    code="TSTRK1031",
    external_code="TSTRK1031",
    name="Transportstyrelsens läkarintyg diabetes",
    contract_name="Transportstyrelsens läkarintyg, diabetes",
    type_system=oids.STATEMENT_TYPE,
    former_codes=("TSTRK1031-002", "TS-DIABETES"),
    recipient=TRANSPORTSTYRELSEN,
    description="Intyg om diabetes och hur den påverkar förmågan att köra, för den som har eller söker körkort eller taxilegitimation.",
    about=(
        "Läkarintyget används när en patient med diabetes har eller söker körkort, körkortstillstånd eller taxiförarlegitimation. Det "
        "handlar om behandlingen, om risken för hypoglykemi och om komplikationer som kan påverka körningen.",
        "De medicinska kraven för diabetes står i 6 kap. TSFS 2010:125, och kraven på läkarens specialistkompetens i 17 kap.",
    ),
    text_versions=(
        TextVersion("2.6", date(2016, 4, 1), FORM_ID),
        TextVersion("2.8", date(2016, 4, 1), FORM_ID),
        TextVersion("3.0", date(2020, 9, 1), FORM_ID),
        TextVersion("4.0", date(2022, 1, 10), FORM_ID),
        TextVersion("4.1", date(2023, 4, 12), FORM_ID),
        TextVersion("4.2", date(2023, 12, 5), FORM_ID),
    ),
    summary=("Avser behörighet", "1"),
    generations=(
        Generation("2.6", tstrk1031_older.FORM_2),
        Generation("3.0", tstrk1031_older.FORM_3),
        Generation("4.0", FORM_4),
    ),
    paper=PRINT,
    file_name="lakarintyg_transportstyrelsen",
)
