"""TSTRK1031, Transportstyrelsens läkarintyg, diabetes: version 4 (4.0–4.2) is issued; 2 (2.6, 2.8) may be, 3 (3.0) is only read.

Read it beside the paper form. Source of questions, labels and codes: reference/certificates/tstrk1031.md; the help texts are our own.
"""

from datetime import date

from webcert.certificate_types import shared_ts as ts
from webcert.certificate_types.certificate_type import TRANSPORTSTYRELSEN, CertificateType, Generation, TextVersion
from webcert.certificate_types.paper import AsRead
from webcert.forms.conditions import Condition, chosen, denied, older_than, ticked, written
from webcert.forms.elements.acuity import Acuity
from webcert.forms.elements.checkbox import Checkbox
from webcert.forms.elements.choice import Choice, Unsent
from webcert.forms.elements.lived_date import LivedDate
from webcert.forms.elements.notice import Notice
from webcert.forms.elements.options import Option
from webcert.forms.elements.text import TextArea
from webcert.forms.elements.ticks import Ticks
from webcert.forms.elements.year import Year
from webcert.forms.form import Form, category
from webcert.forms.rules import warning
from webcert.forms.wording import Wording
from webcert.vocabulary import oids
from webcert.vocabulary.diagnosis_codes import ICD_10_SE, SYSTEM_OIDS

# What the versions share. Question 1 has codes of its own until version 4.

IAV, VAR = (*ts.IAV_LOWER, *ts.IAV_HIGHER), (*ts.VAR_LOWER, *ts.VAR_HIGHER)
HIGHER_IAV, HIGHER_VAR = chosen("1", *ts.codes(ts.IAV_HIGHER)), chosen("1", *ts.codes(ts.VAR_HIGHER))
LOWER_IAV = chosen("1", *ts.codes(ts.IAV_LOWER))

BRAIN = ticked("37")
"""Hypoglycaemia with signs of impaired brain function, in versions 2 and 3."""

DIAGNOSED = Year(
    "35",
    "Vilket år ställdes diagnosen diabetes?",
    mandatory=True,
    help="Fyra siffror. Är året inte känt, ange det år som ligger närmast till hands.",
)

OTHER_TYPE = Option("ANNAN", "Annan")

CHAPTER_6 = (
    "Patienten uppfyller kraven enligt 6 kap. i Transportstyrelsens föreskrifter och allmänna råd (TSFS 2010:125) om medicinska krav för "
    "innehav av körkort m.m. Föreskrivna krav på läkarens specialistkompetens vid diabetessjukdom anges i 17 kap."
)


def diabetes_type(label: str, *more: Option, help: str = "") -> Choice:
    """Question 18. The contract has no code for another type than those, only its description."""
    return Choice(
        "18",
        label,
        mandatory=True,
        system=SYSTEM_OIDS[ICD_10_SE],
        unsent=Unsent(OTHER_TYPE.code, told_by="18.2") if OTHER_TYPE in more else None,
        options=(ts.TYPE_1, ts.TYPE_2, *more),
        help=help,
    )


def happened(id: str, label: str, when: Condition, days: int = 0, period: str = "") -> LivedDate:
    """When it happened last, which should lie within the period that the question names (tstrk1031.md §7)."""
    late = warning(older_than(id, days), f"Frågan gäller {period}, men datumet ligger längre tillbaka.")
    return LivedDate(id, label, visible=when, mandatory=True, rules=(late,) if days else ())


# Version 4.

RISKY = ticked("208")
"""The medication may lead to hypoglycaemia."""

FORM_4 = (
    category(
        "intygetavser",
        "Intyget avser",
        ts.concerns(
            "Intyget avser följande behörigheter",
            system=ts.LICENCE,
            options=VAR,
            help=("Markera både de behörigheter som patienten har och de som patienten söker.", *ts.CATEGORIES),
        ),
    ),
    category("identitet", "Identitet", ts.identity()),
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
        DIAGNOSED,
        diabetes_type(
            "Vilken typ av diabetes har patienten?",
            Option("E109", "LADA", "Diabetes mellitus typ 1-Utan komplikationer"),
            OTHER_TYPE,
            help="LADA är autoimmun diabetes som utvecklas långsamt hos vuxna.",
        ),
        ts.details("18.2", "Ange vilken", follows=chosen("18", "ANNAN"), limit=53, refused=True),
        ts.asked(
            "207",
            "Har patienten medicinering för sin diabetes?",
            help="Tabletter, insulin eller andra injektioner. Bara kost är ingen medicinering.",
        ),
        ts.asked(
            "208",
            "Har patienten medicinering som medför risk för hypoglykemi?",
            visible=ticked("207"),
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
        ts.details("209.4", "Ange vilken", chosen("209", "209.3"), limit=53, refused=True),
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
        ts.asked(
            "200",
            "Har patienten tillräcklig kontroll över sitt sjukdomstillstånd med avseende på risken för hypoglykemi?",
            visible=RISKY,
            help="Väg ihop hur behandlingen är inställd, hur den följs och hur patienten hanterar sin mätare. Allvarlig hypoglykemi i "
            "trafiken talar för att kontrollen inte är tillräcklig.",
        ),
        ts.details("200.2", "Varför?", follows=denied("200"), limit=53, refused=True),
        ts.asked(
            "201",
            "Förstår patienten riskerna med hypoglykemi och vilka konsekvenser det kan ha för förmågan att köra körkortspliktiga fordon?",
            visible=RISKY,
            help="Till exempel långsammare reaktioner, sämre omdöme i trafiken och medvetslöshet.",
        ),
        ts.asked(
            "110",
            "Har patienten förmåga att känna varningstecken (awareness) på hypoglykemi?",
            visible=RISKY,
            help="Har patienten aldrig haft hypoglykemi, bedöm utifrån övriga medicinska förhållanden.",
        ),
        ts.asked(
            "202",
            "Kan och har patienten möjlighet att vidta adekvata åtgärder vid tecken på hypoglykemi?",
            visible=RISKY,
            help="Mäta när tecken eller mätare varnar, äta eller dricka och mäta igen, och stanna fordonet tills värdet är normalt och "
            "symtomen borta.",
        ),
        ts.asked(
            "106",
            "Har patienten haft återkommande allvarlig hypoglykemi under de senaste tolv månaderna?",
            visible=RISKY,
            help="Allvarlig är en hypoglykemi som krävt hjälp av någon annan. Återkommande är fler än en på tolv månader.",
        ),
        happened("106.2", "När inträffade den senaste allvarliga hypoglykemin?", ticked("106"), 366, "de senaste tolv månaderna"),
        ts.asked("106.3", "Kontrolleras diabetessjukdomen regelbundet?", visible=ticked("106")),
        ts.asked("106.5", "Utgör tillståndet någon trafiksäkerhetsrisk?", visible=ticked("106")),
        ts.asked(
            "107",
            "Har patienten haft återkommande allvarlig hypoglykemi i vaket tillstånd under den senaste tolvmånadersperioden?",
            visible=RISKY,
            help="Räkna bara de gånger när patienten var vaken när det började.",
        ),
        ts.asked(
            "107.3", "Har i så fall den senaste allvarliga hypoglykemin inträffat under de senaste tre månaderna?", visible=ticked("107")
        ),
        happened("107.5", "När inträffade det senast?", ticked("107.3"), 92, "de senaste tre månaderna"),
        ts.asked(
            "203",
            "Har patienten haft allvarlig hypoglykemi under de senaste tolv månaderna?",
            visible=HIGHER_VAR,
            help="Frågas för lastbil, buss och taxi. En enda gång räcker för ja.",
        ),
        happened("203.2", "När inträffade det senast?", ticked("203"), 366, "de senaste tolv månaderna"),
        ts.asked(
            "204",
            "Genomför patienten regelbundna blodsockerkontroller minst två gånger om dagen och i samband med körning?",
            visible=HIGHER_VAR,
            help="Med den metod som patienten är van vid, också kontinuerlig mätning. I samband med körning är före start och, vid "
            "långa resor, med två–tre timmars mellanrum under pauser.",
        ),
        visible=RISKY | HIGHER_VAR,
    ),
    category(
        "ovrigt",
        "Övrigt",
        ts.asked(
            "206",
            "Föreligger det några komplikationer till följd av sjukdomen som var för sig eller tillsammans kan påverka patientens "
            "förmåga att framföra ett körkortspliktigt fordon på ett trafiksäkert sätt?",
            help="Tänk på synskärpa och synfält, hjärta och kärl, neuropati, och på förmågan att uppfatta omgivningen och fatta beslut.",
        ),
        ts.details("206.2", "Ange vilka komplikationer", ticked("206"), limit=189, refused=True),
        ts.specialist(label=f"{ts.SPECIALIST}:", limit=71, refused=True),
    ),
    category(
        "bedomning",
        "Bedömning",
        ts.meets_requirements(
            Wording({"4.0": f"{CHAPTER_6} Se Vägtrafik - transportstyrelsen.se", "4.1": CHAPTER_6}),
            options=VAR,
            rules=(*ts.not_concerned(ts.VAR_HIGHER, ts.VAR_HIGHER, forbidden=True), *ts.not_concerned(ts.VAR_LOWER, ts.VAR_LOWER)),
        ),
        ts.comments("Övriga upplysningar och kommentarer", limit=189, refused=True),
    ),
    ts.UNIT,
)

# Version 3.

RISKY_3 = chosen("109", "109.3") | ticked("109.7")
"""The treatment may lead to hypoglycaemia."""

FORM_3 = (
    category("intygetavser", "Intyget avser", ts.concerns("Intyget avser följande behörigheter", system=ts.CONCERNS, options=IAV)),
    category("identitet", "Identitet", ts.identity()),
    category(
        "allmant",
        "Allmänt",
        DIAGNOSED,
        diabetes_type("Patienten har diabetes", OTHER_TYPE),
        ts.details("18.2", "Beskriv annan", follows=chosen("18", "ANNAN"), limit=53, refused=True),
        Ticks(
            "109",
            "Behandling",
            mandatory=True,
            options=(
                Option("109.1", "Endast kost"),
                Option("109.2", "Tabletter"),
                Option("109.3", "Insulin"),
                Option("109.5", "Annan behandling"),
            ),
        ),
        Year("109.4", "Insulin sedan år", visible=chosen("109", "109.3"), mandatory=True),
        ts.details("109.6", "Annan behandling, vilken?", chosen("109", "109.5"), limit=53, refused=True),
        ts.asked("109.7", "Har patienten behandling som kan medföra risk för hypoglykemi?", visible=chosen("109", "109.2", "109.5")),
    ),
    category(
        "hypoglykemi",
        "Hypoglykemier",
        ts.asked("41", "Gör patienten egenkontroller av blodsocker?", visible=RISKY_3),
        ts.asked(
            "37",
            "Förekommer hypoglykemier med tecken på nedsatt hjärnfunktion (neuroglukopena symptom) som bedöms kunna innebära en "
            "trafiksäkerhetsrisk?",
            visible=RISKY_3,
        ),
        ts.asked(
            "100",
            "Är patientens diabetessjukdom under godtagbar kontroll med avseende på risken för hypoglykemi?",
            visible=RISKY_3 | BRAIN,
            mandatory=BRAIN,
        ),
        ts.asked("110", "Har patienten förmåga att känna varningstecken på hypoglykemi?", visible=BRAIN),
        ts.asked("106", "Har patienten haft återkommande allvarlig hypoglykemi under det senaste året?", visible=BRAIN),
        happened("106.2", "När inträffade det senast?", ticked("106")),
        ts.asked(
            "107", "Har patienten haft återkommande allvarlig hypoglykemi i vaket tillstånd under de senaste tre månaderna?", visible=BRAIN
        ),
        happened("107.2", "När inträffade det senast?", ticked("107")),
        ts.asked("108", "Har patienten haft allvarlig hypoglykemi i trafiken under det senaste året?", visible=BRAIN),
        happened("108.2", "När inträffade det senast?", ticked("108")),
    ),
    category(
        "syn",
        "Synfunktion",
        ts.asked(
            "103",
            "Har patienten proliferativ retinopati, genomgången laserbehandling av retinopati, signifikant makulaödem, annan "
            "ögonsjukdom eller inger ögonbottenfoto misstanke om sådan ögonsjukdom?",
        ),
        ts.demand(
            "103.notis",
            ticked("103"),
            "Baserat på tidigare besvarade frågor krävs, utöver det här intyget, ett Läkarintyg synfunktioner (TSTRK1032) "
            "utfärdat av läkare med specialistkompetens i ögonsjukdomar. Blankett finns på Transportstyrelsens hemsida. Ange gärna "
            "vilken diagnos patienten har under Övriga upplysningar och kommentarer nedan.",
        ),
        Checkbox("8.1", instruction="Uppgifter om synskärpa skickas separat", silent=True, shown_when_empty=False),
        Acuity(
            "8",
            "Värden för synskärpa",
            follows=~ticked("8.1"),
            mandatory=denied("103"),
            first=2,
            lenses=False,
            rules=ts.correction_rules(LOWER_IAV, HIGHER_IAV),
        ),
        Notice(
            "8.notis",
            label="Om synskärpa",
            text="Uppgifterna om synskärpa med och utan korrektion kan grundas på aktuellt intyg av bl.a. legitimerad optiker eller "
            "den som är anställd hos optiker. Alternativt kan kopia av sådant intyg bifogas. Uppgifter från ögonbottenfoto kan också "
            "användas.",
        ),
    ),
    category("ovrigt", "Övrigt", ts.comments("Övriga upplysningar och kommentarer", limit=189, refused=True)),
    category(
        "bedomning",
        "Bedömning",
        ts.meets_requirements(ts.MEETS, options=VAR),
        ts.asked(
            "45",
            "Är patienten lämplig att inneha behörighet för C1, C1E, C, CE, D1, D1E, D, DE eller taxi med hänsyn till de körningar och "
            "arbetsformer som är aktuella vid sådant innehav? (Se 6 kap. 16 §)",
            visible=HIGHER_IAV,
        ),
        ts.specialist(limit=71, refused=True),
    ),
    ts.UNIT,
)

# Version 2.

HERE = denied("43")
"""No certificate by an eye specialist is sent: the eyes are examined here."""

CONCERNED_2 = Wording({"2.6": "Intyg avser", "2.8": "Intyget avser"})

FORM_2 = (
    ts.PATIENT,
    category("intygetavser", CONCERNED_2, ts.concerns(CONCERNED_2, system=ts.CONCERNS, options=IAV)),
    category("identitet", "Identitet styrkt genom", ts.identity(dot=".")),
    category(
        "allmant",
        "1. Allmänt",
        DIAGNOSED,
        diabetes_type("Patienten har diabetes", help="Ange den typ som diagnosen gäller i dag."),
        Ticks(
            "19",
            "Behandling",
            mandatory=~written("19.5"),
            options=(Option("19.1", "Endast kost"), Option("19.2", "Tabletter"), Option("19.3", "Insulin")),
            help="Kryssa i allt som ges, eller beskriv en annan behandling.",
        ),
        Year("19.4", "Insulin sedan år", visible=chosen("19", "19.3"), mandatory=True, help="Fyra siffror."),
        TextArea("19.5", "Annan behandling, vilken?", limit=53, rows=1, help="Räknas som en behandling även när ingen ruta är ikryssad."),
    ),
    category(
        "hypoglykemi",
        "2. Hypoglykemier (lågt blodsocker)",
        ts.asked(
            "36",
            "a) Har patienten kunskap om lämpliga åtgärder vid hypoglykemi?",
            help="Till exempel att stanna, mäta och äta eller dricka något sött.",
        ),
        ts.asked(
            "37",
            "b) Förekommer hypoglykemier med tecken på nedsatt hjärnfunktion (neuroglukopena symtom) som bedöms kunna innebära en "
            "trafiksäkerhetsrisk?",
            help="Tecken som förvirring, sluddrigt tal eller medvetslöshet, så ofta eller plötsligt att det kan bli farligt i trafiken.",
        ),
        ts.asked(
            "38",
            'c) Saknar patienten förmåga att känna varningstecken på hypoglykemi ("unawareness")?',
            visible=BRAIN,
            help="Svara ja när patienten inte märker att blodsockret sjunker. Har det aldrig hänt, bedöm utifrån övriga medicinska "
            "förhållanden.",
        ),
        ts.asked(
            "39",
            "d) Har patienten haft allvarlig hypoglykemi (som krävt hjälp av annan för att hävas) under det senaste året?",
            visible=BRAIN,
            help="Räkna bara de gånger då någon annan måste hjälpa till.",
        ),
        ts.details("39.2", "Hur många sådana episoder?", ticked("39"), limit=35),
        ts.asked(
            "40",
            "e) Har patienten haft allvarlig hypoglykemi i trafiken under det senaste året?",
            visible=BRAIN,
            help="Gäller alla fordon som patienten har kört.",
        ),
        ts.details("40.2", "Hur många sådana episoder och när inträffade de?", ticked("40"), limit=40),
        ts.asked(
            "41",
            "f) Genomför patienten egenkontroller av blodsocker?",
            visible=HIGHER_IAV,
            help="Frågas för lastbil, buss och taxi. Kontinuerlig mätning räknas också.",
        ),
        ts.asked(
            "42",
            "g) Har patienten haft allvarlig hypoglykemi (som krävt hjälp av annan för att hävas) under vaken tid det senaste året?",
            visible=HIGHER_IAV,
            help="Frågas för lastbil, buss och taxi. Räkna bara de gånger då patienten var vaken.",
        ),
        LivedDate(
            "42.2", "När?", visible=ticked("42"), mandatory=True, recent=True, plain=True, help="Datumet ska ligga inom det senaste året."
        ),
    ),
    category(
        "syn",
        "3. Synintyg",
        ts.asked("43", "a) Ögonläkarintyg kommer att skickas in separat", help="Svara nej om du själv redovisar synen här."),
        ts.asked(
            "44",
            "b) Är synfältsprövning enligt Donders konfrontationsmetod utan anmärkning?",
            visible=HERE,
            help="Svara ja när synfältet är normalt.",
        ),
        Acuity("8", "c) Värden för synskärpa", visible=HERE, mandatory=True, first=1, lenses=False, help=ts.ACUITY_HELP),
        ts.asked(
            "6", "d) Förekommer dubbelseende?", visible=HERE, help="Pröva ögonens rörlighet i alla riktningar, med båda ögonen öppna."
        ),
    ),
    category(
        "bedomning",
        "4. Bedömning",
        ts.meets_requirements(
            Wording(
                {
                    "2.6": "Patienten uppfyller kraven enligt 6 kap. i Transportstyrelsens föreskrifter och allmänna råd om medicinska "
                    "krav för innehav av körkort m.m. (TSFS 2010:125, senast ändrade genom TSFS 2013:2). Föreskrivna krav på läkarens "
                    "specialistkompetens vid diabetessjukdom anges i 17 kap. Se www.transportstyrelsen.se.",
                    "2.8": f"{CHAPTER_6} Se www.transportstyrelsen.se.",
                }
            ),
            options=VAR,
            rules=ts.not_concerned(VAR, IAV),
        ),
        ts.asked(
            "45",
            "Om patienten söker behörighet C1, C1E, C, CE, D1, D1E, D, DE eller Taxi, är han eller hon lämplig att inneha sådan "
            "behörighet med hänsyn till de körningar och arbetsformer som är aktuella vid sådant innehav? (Se 6 kap. 16 §)",
            visible=HIGHER_IAV,
            help="Väg in arbetstider, skift, ensamarbete och långa körningar.",
        ),
        ts.comments("Övriga kommentarer och upplysningar", limit=189),
        ts.specialist(limit=71),
    ),
    ts.UNIT,
)

# The type.

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
    generations=(Generation("2.6", Form(FORM_2)), Generation("3.0", Form(FORM_3)), Generation("4.0", Form(FORM_4))),
    paper=AsRead("TSTRK1031", ts.SENDING, whole_since="4.0"),
    file_name="lakarintyg_transportstyrelsen",
)
