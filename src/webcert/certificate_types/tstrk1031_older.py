"""TSTRK1031 as it was: version 2 (2.6, 2.8), which an operator may choose to issue, and version 3 (3.0), which is only read.

Their questions differ too much from those of version 4 to be shared. Source: reference/certificates/tstrk1031.md §3, §4.
"""

from webcert.certificate_types.shared_ts import (
    CATEGORIES,
    CONCERNS,
    IAV_HIGHER,
    IAV_LOWER,
    PATIENT,
    UNIT,
    VAR_HIGHER,
    VAR_LOWER,
    codes,
    identity,
    meets_requirements,
    not_concerned,
)
from webcert.forms.conditions import chosen, denied, ticked, written
from webcert.forms.elements.acuity import Acuity, an_eye_below, binocular_below, both_eyes_below, correction_required
from webcert.forms.elements.checkbox import Checkbox
from webcert.forms.elements.choice import Choice, Unsent
from webcert.forms.elements.choices import Choices
from webcert.forms.elements.lived_date import LivedDate
from webcert.forms.elements.notice import Notice
from webcert.forms.elements.options import Option
from webcert.forms.elements.text import TextArea
from webcert.forms.elements.ticks import Ticks
from webcert.forms.elements.year import Year
from webcert.forms.elements.yes_no import YesNo
from webcert.forms.form import Form, category
from webcert.forms.wording import Wording
from webcert.vocabulary.diagnosis_codes import ICD_10_SE, SYSTEM_OIDS

HIGHER = chosen("1", *codes(IAV_HIGHER))
LOWER = chosen("1", *codes(IAV_LOWER))
TYPE_1, TYPE_2 = Option("E10", "Typ 1", "Diabetes mellitus typ 1"), Option("E11", "Typ 2", "Diabetes mellitus typ 2")


def concerned(label: str) -> Choices:
    """Question 1, of which only the words differ."""
    return Choices(
        "1",
        label,
        mandatory=True,
        system=CONCERNS,
        options=(*IAV_LOWER, *IAV_HIGHER),
        limit=16,
        unnumbered=True,
        across=True,
        help=CATEGORIES,
    )


# Version 2.

BRAIN = ticked("37")
HERE = denied("43")
"""No certificate by an eye specialist is sent: the eyes are examined here."""

CONCERNED_2 = Wording({"2.6": "Intyg avser", "2.8": "Intyget avser"})

FORM_2 = Form(
    (
        PATIENT,
        category("intygetavser", CONCERNED_2, concerned(CONCERNED_2)),
        category("identitet", "Identitet styrkt genom", identity(dot=".")),
        category(
            "allmant",
            "1. Allmänt",
            Year("35", "Vilket år ställdes diagnosen diabetes?", mandatory=True, help="Fyra siffror."),
            Choice(
                "18",
                "Patienten har diabetes",
                mandatory=True,
                system=SYSTEM_OIDS[ICD_10_SE],
                options=(TYPE_1, TYPE_2),
                help="Ange den typ som diagnosen gäller i dag.",
            ),
            Ticks(
                "19",
                "Behandling",
                mandatory=~written("19.5"),
                options=(Option("19.1", "Endast kost"), Option("19.2", "Tabletter"), Option("19.3", "Insulin")),
                help="Kryssa i allt som ges, eller beskriv en annan behandling.",
            ),
            Year("19.4", "Insulin sedan år", visible=chosen("19", "19.3"), mandatory=True, help="Fyra siffror."),
            TextArea(
                "19.5", "Annan behandling, vilken?", limit=53, rows=1, help="Räknas som en behandling även när ingen ruta är ikryssad."
            ),
        ),
        category(
            "hypoglykemi",
            "2. Hypoglykemier (lågt blodsocker)",
            YesNo(
                "36",
                "a) Har patienten kunskap om lämpliga åtgärder vid hypoglykemi?",
                mandatory=True,
                help="Till exempel att stanna, mäta och äta eller dricka något sött.",
            ),
            YesNo(
                "37",
                "b) Förekommer hypoglykemier med tecken på nedsatt hjärnfunktion (neuroglukopena symtom) som bedöms kunna innebära en "
                "trafiksäkerhetsrisk?",
                mandatory=True,
                help="Tecken som förvirring, sluddrigt tal eller medvetslöshet, så ofta eller plötsligt att det kan bli farligt i "
                "trafiken.",
            ),
            YesNo(
                "38",
                'c) Saknar patienten förmåga att känna varningstecken på hypoglykemi ("unawareness")?',
                visible=BRAIN,
                mandatory=True,
                help="Svara ja när patienten inte märker att blodsockret sjunker. Har det aldrig hänt, bedöm utifrån övriga medicinska "
                "förhållanden.",
            ),
            YesNo(
                "39",
                "d) Har patienten haft allvarlig hypoglykemi (som krävt hjälp av annan för att hävas) under det senaste året?",
                visible=BRAIN,
                mandatory=True,
                help="Räkna bara de gånger då någon annan måste hjälpa till.",
            ),
            TextArea("39.2", "Hur många sådana episoder?", visible=ticked("39"), mandatory=True, limit=35, rows=1),
            YesNo(
                "40",
                "e) Har patienten haft allvarlig hypoglykemi i trafiken under det senaste året?",
                visible=BRAIN,
                mandatory=True,
                help="Gäller alla fordon som patienten har kört.",
            ),
            TextArea("40.2", "Hur många sådana episoder och när inträffade de?", visible=ticked("40"), mandatory=True, limit=40, rows=1),
            YesNo(
                "41",
                "f) Genomför patienten egenkontroller av blodsocker?",
                visible=HIGHER,
                mandatory=True,
                help="Frågas för lastbil, buss och taxi. Kontinuerlig mätning räknas också.",
            ),
            YesNo(
                "42",
                "g) Har patienten haft allvarlig hypoglykemi (som krävt hjälp av annan för att hävas) under vaken tid det senaste året?",
                visible=HIGHER,
                mandatory=True,
                help="Frågas för lastbil, buss och taxi. Räkna bara de gånger då patienten var vaken.",
            ),
            LivedDate(
                "42.2",
                "När?",
                visible=ticked("42"),
                mandatory=True,
                recent=True,
                plain=True,
                help="Datumet ska ligga inom det senaste året.",
            ),
        ),
        category(
            "syn",
            "3. Synintyg",
            YesNo(
                "43",
                "a) Ögonläkarintyg kommer att skickas in separat",
                mandatory=True,
                help="Svara nej om du själv redovisar synen här.",
            ),
            YesNo(
                "44",
                "b) Är synfältsprövning enligt Donders konfrontationsmetod utan anmärkning?",
                visible=HERE,
                mandatory=True,
                help="Svara ja när synfältet är normalt.",
            ),
            Acuity(
                "8",
                "c) Värden för synskärpa",
                visible=HERE,
                mandatory=True,
                first=1,
                lenses=False,
                help="Skriv en siffra från 0,0 till 2,0 med en decimal. Kan patienten inte läsa raden för 0,1 skrivs 0,0.",
            ),
            YesNo(
                "6",
                "d) Förekommer dubbelseende?",
                visible=HERE,
                mandatory=True,
                help="Pröva ögonens rörlighet i alla riktningar, med båda ögonen öppna.",
            ),
        ),
        category(
            "bedomning",
            "4. Bedömning",
            meets_requirements(
                Wording(
                    {
                        "2.6": "Patienten uppfyller kraven enligt 6 kap. i Transportstyrelsens föreskrifter och allmänna råd om medicinska "
                        "krav för innehav av körkort m.m. (TSFS 2010:125, senast ändrade genom TSFS 2013:2). Föreskrivna krav på läkarens "
                        "specialistkompetens vid diabetessjukdom anges i 17 kap. Se www.transportstyrelsen.se.",
                        "2.8": "Patienten uppfyller kraven enligt 6 kap. i Transportstyrelsens föreskrifter och allmänna råd (TSFS "
                        "2010:125) om medicinska krav för innehav av körkort m.m. Föreskrivna krav på läkarens specialistkompetens vid "
                        "diabetessjukdom anges i 17 kap. Se www.transportstyrelsen.se.",
                    }
                ),
                options=(*VAR_LOWER, *VAR_HIGHER),
                rules=not_concerned((*VAR_LOWER, *VAR_HIGHER), (*IAV_LOWER, *IAV_HIGHER)),
                limit=16,
            ),
            YesNo(
                "45",
                "Om patienten söker behörighet C1, C1E, C, CE, D1, D1E, D, DE eller Taxi, är han eller hon lämplig att inneha sådan "
                "behörighet med hänsyn till de körningar och arbetsformer som är aktuella vid sådant innehav? (Se 6 kap. 16 §)",
                visible=HIGHER,
                mandatory=True,
                help="Väg in arbetstider, skift, ensamarbete och långa körningar.",
            ),
            TextArea(
                "32",
                "Övriga kommentarer och upplysningar",
                limit=189,
                rows=2,
                help="Sådant som Transportstyrelsen behöver veta och som inte har frågats efter ovan.",
            ),
            TextArea(
                "34",
                "Patienten bör före ärendets avgörande undersökas av läkare med specialistkompetens i",
                limit=71,
                rows=1,
                help="Skriv specialiteten, till exempel ögonsjukdomar.",
            ),
        ),
        UNIT,
    )
)

# Version 3.

RISKY = chosen("109", "109.3") | ticked("109.7")
"""The treatment may lead to hypoglycaemia."""

EYES = ticked("103")

# R13, R14 and R15: when the values with correction must be given.
WEAK_SIGHT = (LOWER & binocular_below("8", "0.5")) | (HIGHER & (both_eyes_below("8", "0.8") | an_eye_below("8", "0.1")))

FORM_3 = Form(
    (
        category("intygetavser", "Intyget avser", concerned("Intyget avser följande behörigheter")),
        category("identitet", "Identitet", identity()),
        category(
            "allmant",
            "Allmänt",
            Year("35", "Vilket år ställdes diagnosen diabetes?", mandatory=True),
            Choice(
                "18",
                "Patienten har diabetes",
                mandatory=True,
                system=SYSTEM_OIDS[ICD_10_SE],
                unsent=Unsent("ANNAN", told_by="18.2"),
                options=(TYPE_1, TYPE_2, Option("ANNAN", "Annan")),
            ),
            TextArea("18.2", "Beskriv annan", follows=chosen("18", "ANNAN"), mandatory=True, limit=53, rows=1, refused=True),
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
            TextArea(
                "109.6",
                "Annan behandling, vilken?",
                visible=chosen("109", "109.5"),
                mandatory=True,
                limit=53,
                rows=1,
                refused=True,
            ),
            YesNo(
                "109.7",
                "Har patienten behandling som kan medföra risk för hypoglykemi?",
                visible=chosen("109", "109.2", "109.5"),
                mandatory=True,
            ),
        ),
        category(
            "hypoglykemi",
            "Hypoglykemier",
            YesNo("41", "Gör patienten egenkontroller av blodsocker?", visible=RISKY, mandatory=True),
            YesNo(
                "37",
                "Förekommer hypoglykemier med tecken på nedsatt hjärnfunktion (neuroglukopena symptom) som bedöms kunna innebära en "
                "trafiksäkerhetsrisk?",
                visible=RISKY,
                mandatory=True,
            ),
            YesNo(
                "100",
                "Är patientens diabetessjukdom under godtagbar kontroll med avseende på risken för hypoglykemi?",
                visible=RISKY | ticked("37"),
                mandatory=ticked("37"),
            ),
            YesNo("110", "Har patienten förmåga att känna varningstecken på hypoglykemi?", visible=ticked("37"), mandatory=True),
            YesNo(
                "106",
                "Har patienten haft återkommande allvarlig hypoglykemi under det senaste året?",
                visible=ticked("37"),
                mandatory=True,
            ),
            LivedDate("106.2", "När inträffade det senast?", visible=ticked("106"), mandatory=True),
            YesNo(
                "107",
                "Har patienten haft återkommande allvarlig hypoglykemi i vaket tillstånd under de senaste tre månaderna?",
                visible=ticked("37"),
                mandatory=True,
            ),
            LivedDate("107.2", "När inträffade det senast?", visible=ticked("107"), mandatory=True),
            YesNo(
                "108",
                "Har patienten haft allvarlig hypoglykemi i trafiken under det senaste året?",
                visible=ticked("37"),
                mandatory=True,
            ),
            LivedDate("108.2", "När inträffade det senast?", visible=ticked("108"), mandatory=True),
        ),
        category(
            "syn",
            "Synfunktion",
            YesNo(
                "103",
                "Har patienten proliferativ retinopati, genomgången laserbehandling av retinopati, signifikant makulaödem, annan "
                "ögonsjukdom eller inger ögonbottenfoto misstanke om sådan ögonsjukdom?",
                mandatory=True,
            ),
            Notice(
                "103.notis",
                visible=EYES,
                warns=True,
                text="Baserat på tidigare besvarade frågor krävs, utöver det här intyget, ett Läkarintyg synfunktioner (TSTRK1032) "
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
                rules=correction_required("8", WEAK_SIGHT),
            ),
            Notice(
                "8.notis",
                label="Om synskärpa",
                text="Uppgifterna om synskärpa med och utan korrektion kan grundas på aktuellt intyg av bl.a. legitimerad optiker eller "
                "den som är anställd hos optiker. Alternativt kan kopia av sådant intyg bifogas. Uppgifter från ögonbottenfoto kan också "
                "användas.",
            ),
        ),
        category(
            "ovrigt",
            "Övrigt",
            TextArea("32", "Övriga upplysningar och kommentarer", limit=189, rows=2, refused=True),
        ),
        category(
            "bedomning",
            "Bedömning",
            meets_requirements(
                "Ange för vilka behörigheter som patienten uppfyller kraven enligt Transportstyrelsens föreskrifter och allmänna råd om "
                "medicinska krav för innehav av körkort m.m.(TSFS 2010:125)",
                options=(*VAR_LOWER, *VAR_HIGHER),
                rules=(),
                limit=16,
            ),
            YesNo(
                "45",
                "Är patienten lämplig att inneha behörighet för C1, C1E, C, CE, D1, D1E, D, DE eller taxi med hänsyn till de körningar och "
                "arbetsformer som är aktuella vid sådant innehav? (Se 6 kap. 16 §)",
                visible=HIGHER,
                mandatory=True,
            ),
            TextArea(
                "34",
                "Patienten bör före ärendets avgörande undersökas av läkare med specialistkompetens i",
                limit=71,
                rows=1,
                refused=True,
            ),
        ),
        UNIT,
    )
)
