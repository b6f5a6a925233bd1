"""TSTRK1007, Transportstyrelsens läkarintyg for higher licence categories and taxi: versions 6.7, 6.8 and 7.0.

Here what it concerns and sight; `tstrk1007_health` has the questions from hearing to the assessment.

Version 7 lets the values of visual acuity be sent separately and carries no address; all other questions are those of version 6.
Read it beside the paper form. Source of questions, labels and codes: reference/certificates/tstrk1007.md §1, §2, §4–6.
"""

from datetime import date

from webcert.certificate_types.certificate_type import TRANSPORTSTYRELSEN, CertificateType, Generation, TextVersion
from webcert.certificate_types.shared_ts import (
    CATEGORIES,
    CONCERNS,
    IAV_HIGHER,
    IAV_OTHER,
    PATIENT,
    PRINT,
    codes,
    identity,
    numbered,
    since_68,
    warning,
)
from webcert.certificate_types.tstrk1007_health import HEALTH
from webcert.forms.conditions import chosen, ticked
from webcert.forms.elements.acuity import Acuity, an_eye_below, binocular_below, both_eyes_below, correction_required
from webcert.forms.elements.checkbox import Checkbox
from webcert.forms.elements.choices import Choices
from webcert.forms.elements.notice import Notice
from webcert.forms.elements.yes_no import YesNo
from webcert.forms.form import Category, Form, Question, category
from webcert.forms.wording import Wording
from webcert.vocabulary import oids

HIGHER = chosen("1", *codes(IAV_HIGHER))
OTHER = chosen("1", IAV_OTHER.code)

# R33, R34 and R35: when the values with correction must be given (tstrk1007.md §4.2).
WEAK_SIGHT = (OTHER & binocular_below("8", "0.5")) | (HIGHER & (both_eyes_below("8", "0.8") | an_eye_below("8", "0.1")))

CONCERNED = category(
    "intygetavser",
    since_68("Intyg avser", "Intyget avser"),
    Choices(
        "1",
        since_68(
            "Detta intyg ska användas vid förlängd giltighet av högre behörighet, ansökan om körkortstillstånd för grupp II och III och "
            "vid ansökan om taxiförarlegitimation.",
            "Detta intyg ska användas vid förlängd giltighet av högre behörighet, ansökan om körkortstillstånd för grupp II och III och "
            "vid ansökan om taxiförarlegitimation. Intyget kan också användas när Transportstyrelsen i andra fall begärt ett läkarintyg. "
            "Markera då endast i rutan Annat nedan.",
        ),
        instruction=since_68(
            "Intyget kan också användas när Transportstyrelsen i andra fall begärt ett läkarintyg. Markera då endast i rutan Annat nedan.",
            "",
        ),
        mandatory=True,
        system=CONCERNS,
        options=(*IAV_HIGHER, IAV_OTHER),
        limit=10,
        unnumbered=True,
        across=True,
        rules=(warning(HIGHER & OTHER, "”Annat” ska markeras ensamt, när Transportstyrelsen i andra fall har begärt ett läkarintyg."),),
        help=(
            *CATEGORIES[1:],
            "Grupp II är alla behörigheter från AM till CE, grupp III dessutom D1, D1E, D och DE. Annat är AM, A1, A2, A, B, BE och "
            "traktor.",
        ),
    ),
)

IDENTITY = category("identitet", since_68("Identitet styrkt genom", "Identitet"), identity(dot="."))


def vision(*acuity: Question) -> Category:
    """Section 1, where the versions differ in how acuity is told."""
    return category(
        "syn",
        numbered("1.", "Synfunktioner"),
        YesNo(
            "3",
            since_68(
                "a) Tecken på synfältsdefekter vid undesökning enligt Donders konfrontationsmetod?",
                "Tecken på synfältsdefekter vid undersökning enligt Donders konfrontationsmetod?",
            ),
            mandatory=True,
            help="Jämför patientens synfält med ditt eget, ett öga i taget, i alla fyra kvadranterna.",
        ),
        YesNo(
            "4",
            numbered("b)", "Framkommer anamnestiska uppgifter om begränsning av seendet vid nedsatt belysning?"),
            mandatory=True,
            help="Fråga hur patienten ser i skymning och mörker och hur lång tid det tar att se efter bländning.",
        ),
        YesNo(
            "5",
            numbered("c)", "Har patienten någon progressiv ögonsjukdom?"),
            mandatory=True,
            help="En sjukdom som kan försämra synen, till exempel glaukom, retinitis pigmentosa eller makuladegeneration.",
        ),
        Notice(
            "3-5",
            visible=ticked("3") | ticked("4") | ticked("5"),
            warns=True,
            text=since_68(
                "Om någon av frågorna a-c besvaras med ja eller om det bedöms sannolikt att synfältsdefekter föreligger krävs läkarintyg "
                "av ögonspecialist.",
                "På grund av inmatade svar eller om det bedöms sannolikt att synfältsdefekter föreligger krävs läkarintyg av "
                "ögonspecialist.",
            ),
        ),
        YesNo(
            "6",
            numbered("d)", "Framkommer dubbelseende vid prövning av ögats rörlighet (prövningen ska göras i de åtta huvudmeridianerna)?"),
            mandatory=True,
            help="Låt patienten följa ett föremål uppåt, nedåt, åt sidorna och snett, med båda ögonen öppna.",
        ),
        YesNo(
            "7",
            numbered("e)", "Förekommer nystagmus?"),
            mandatory=True,
            help="Ofrivilliga rytmiska ögonrörelser, i vila eller när patienten följer ett föremål.",
        ),
        *acuity,
        Checkbox(
            "9",
            since_68("", "Korrektionsglasens styrka"),
            instruction="Högsta styrka i något av glasen överskrider plus 8 dioptrier",
            help="Gäller glasögon. Uppgiften står i ordinationen eller på intyget från optikern.",
        ),
        Notice("9.notis", visible=ticked("9"), warns=True, text="Intyg om korrektionsglasens styrka måste skickas in."),
    )


ACUITY_HELP = (
    "Skriv en siffra från 0,0 till 2,0 med en decimal. Kan patienten inte läsa raden för 0,1 skrivs 0,0.",
    "Värden med korrektion behövs när synskärpan utan korrektion är låg; då sätts en stjärna vid dem.",
)
ACUITY_LABEL = numbered("f)", "Värden för synskärpa")
ACUITY_NOTICE = Notice(
    "8.notis",
    label="Om synskärpa",
    text=Wording(
        {
            "6.7": "Alla bokstäver ska kunna läsas på den rad som anger synskärpa. Är synskärpan sämre än 0,1 ska den anges som 0,0 OBS! "
            "Uppgifterna om synskärpa och korrektion kan grundas på tidigare utförd undersökning av bland annat legitimerad optiker. "
            "Uppgifterna ska då ingå som underlag vid läkarens samlade bedömning.",
            "6.8": "Uppgifterna från tidigare utförd undersökning ska ingå som underlag vid läkarens samlade bedömning.",
        }
    ),
)

VISION_6 = vision(
    Acuity("8", ACUITY_LABEL, mandatory=True, first=1, rules=correction_required("8", WEAK_SIGHT), help=ACUITY_HELP), ACUITY_NOTICE
)
VISION_7 = vision(
    Checkbox(
        "8.1",
        instruction="Uppgifter om synskärpa skickas separat",
        shown_when_empty=False,
        help="Kryssa i när ett intyg om synskärpan skickas för sig, till exempel från en optiker. Då ska inga värden anges här.",
    ),
    Acuity(
        "8",
        ACUITY_LABEL,
        follows=~ticked("8.1"),
        mandatory=True,
        first=2,
        rules=correction_required("8", WEAK_SIGHT),
        help=ACUITY_HELP,
    ),
    ACUITY_NOTICE,
)

TSTRK1007 = CertificateType(
    id="ts-bas",
    code="TSTRK1007",
    external_code="TSTRK1007",
    name="Transportstyrelsens läkarintyg högre körkortsbehörighet",
    contract_name="Transportstyrelsens läkarintyg",
    type_system=oids.STATEMENT_TYPE,
    former_codes=("TS-BAS",),
    recipient=TRANSPORTSTYRELSEN,
    description="Intyg om hälsa och syn för högre körkortsbehörighet eller taxiförarlegitimation, och när Transportstyrelsen annars ber "
    "om det.",
    about=(
        "Läkarintyget används när en högre behörighet ska förlängas, när någon söker körkortstillstånd för grupp II eller III och när "
        "någon söker taxiförarlegitimation. Transportstyrelsen kan också begära det i andra fall.",
        "Intyget får vara högst två månader gammalt när ansökan kommer in till Transportstyrelsen. De medicinska kraven står i TSFS "
        "2010:125; 17 kapitlet säger vilken läkare som får utfärda intyget. Ett ja på en fråga betyder inte att kraven inte är uppfyllda.",
        "För bland annat diabetes, synfunktioner, alkohol och läkemedel finns särskilda intyg.",
    ),
    text_versions=(
        TextVersion("6.7", date(2016, 4, 1), "TSTRK1007 – Fastställd av Transportstyrelsen"),
        TextVersion("6.8", date(2016, 4, 1), "TSTRK1007 – Fastställd av Transportstyrelsen"),
        TextVersion("7.0", date(2020, 8, 1), "TSTRK1007 – Fastställd av Transportstyrelsen"),
    ),
    summary=("Avser behörighet", "1"),
    generations=(
        Generation("6.7", Form((PATIENT, CONCERNED, IDENTITY, VISION_6, *HEALTH))),
        Generation("7.0", Form((CONCERNED, IDENTITY, VISION_7, *HEALTH))),
    ),
    paper=PRINT,
    file_name="lakarintyg_transportstyrelsen",
)
