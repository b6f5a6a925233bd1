"""What the types to Försäkringskassan share: the basis for the statement, documents, diagnoses, disabilities, treatment, contact.

What differs between the types is an argument. Source of questions, labels and codes: reference/certificates/fk-common.md §4–9 and
fk7800.md §2; the help texts are our own.
"""

from webcert.forms.conditions import ALWAYS, WRITING, Condition, answered, chosen, dated_before, ticked, written
from webcert.forms.elements.additional import Additional
from webcert.forms.elements.checkbox import Checkbox
from webcert.forms.elements.date import Date
from webcert.forms.elements.dated_choices import DatedChoices
from webcert.forms.elements.diagnoses import Diagnoses
from webcert.forms.elements.documents import Documents
from webcert.forms.elements.heading import Heading
from webcert.forms.elements.options import Option
from webcert.forms.elements.text import TextArea
from webcert.forms.elements.unit_address import UnitAddress
from webcert.forms.elements.yes_no import YesNo
from webcert.forms.form import Category, MovedTo, category
from webcert.forms.problems import Kind
from webcert.forms.rules import Rule
from webcert.forms.wording import Wording

MOTIVATION_LIMIT = 150
"""The merged answer 25 may hold 3,500 characters, so its parts are limited as in the original since 2026 (fk-common.md §6)."""

# The basis for the certificate.


def basis(code: str, label: str, lower_case_since: str) -> Option:
    """An alternative of question 1, which begins with a small letter since that text version."""
    return Option(code, Wording({"1.0": label, lower_case_since: label[0].lower() + label[1:]}), label)


NO_EXAMINATION = TextArea(
    "1.motivering",
    "Motivering till varför det medicinska underlaget inte baseras på en undersökning av patienten",
    visible=~chosen("1", "UNDERSOKNING") & answered("1"),
    moved_to=MovedTo("25", "Motivering till varför utlåtandet inte baseras på undersökning av patienten: "),
    limit=MOTIVATION_LIMIT,
    rows=2,
    own=True,
    shown_when_empty=False,
    help="Frågan hör inte till Försäkringskassans blankett. Svaret hjälper handläggaren och flyttas till Övriga upplysningar när intyget "
    "signeras.",
)

DOCUMENTS = {
    "NEUROPSYKIATRISKT": "Neuropsykiatriskt utlåtande",
    "HABILITERING": "Underlag från habiliteringen",
    "ARBETSTERAPEUT": "Underlag från arbetsterapeut",
    "FYSIOTERAPEUT": "Underlag från fysioterapeut",
    "LOGOPED": "Underlag från logoped",
    "PSYKOLOG": "Underlag från psykolog",
    "FORETAGSHALSOVARD": "Underlag från företagshälsovård",
    "SKOLHALSOVARD": "Underlag från skolhälsovård",
    "SPECIALISTKLINIK": "Utredning av annan specialistklinik",
    "VARD_UTOMLANDS": "Utredning från vårdinrättning utomlands",
    "OVRIGT_UTLATANDE": "Övrigt",
}


def statement_basis(based_on: str, *, lower_case_since: str, without: str = "") -> Category:
    """Questions 1–4. `based_on` is the label of question 1; `without` the one kind of document that the type does not have."""
    return category(
        "grundformu",
        "Grund för medicinskt underlag",
        DatedChoices(
            "1",
            based_on,
            mandatory=True,
            system="KV_FKMU_0001",
            options=(
                basis("UNDERSOKNING", "Min undersökning av patienten", lower_case_since),
                basis("JOURNALUPPGIFTER", "Journaluppgifter från den", lower_case_since),
                basis("ANHORIG", "Anhörigs beskrivning av patienten", lower_case_since),
                basis("ANNAT", "Annat", lower_case_since),
            ),
            help="Kryssa i alla kontakter som ligger till grund och ange dagen för var och en. Bygg utlåtandet på en egen undersökning när "
            "det går.",
        ),
        TextArea(
            "1.3",
            "Ange vad annat är:",
            follows=chosen("1", "ANNAT"),
            mandatory=True,
            of="ANNAT",
            rows=2,
            help="Till exempel uppgifter från skolan, arbetsgivaren eller en annan vårdgivare.",
        ),
        NO_EXAMINATION,
        Date(
            "2",
            "Jag har känt patienten sedan den",
            mandatory=True,
            rules=(
                Rule(
                    dated_before("1", "UNDERSOKNING", "2"),
                    "Ange ett datum som inte är senare än det för din undersökning av patienten.",
                    Kind.OTHER,
                ),
                Rule(
                    dated_before("1", "ANHORIG", "2"),
                    "Ange ett datum som inte är senare än det för anhörigs beskrivning av patienten.",
                    Kind.OTHER,
                ),
            ),
            help="Dagen då du träffade patienten första gången. Det kan vara samma dag som undersökningen.",
        ),
        YesNo(
            "3",
            "Är utlåtandet även baserat på andra medicinska utredningar eller underlag?",
            mandatory=True,
            help="Svara ja när någon annans utredning har betydelse för din bedömning och Försäkringskassan kan behöva läsa den.",
        ),
        Documents(
            "4",
            "Ange utredning eller underlag",
            follows=ticked("3"),
            mandatory=True,
            system="KV_FKMU_0005",
            options=tuple(Option(code, label) for code, label in DOCUMENTS.items() if code != without),
            source="Från vilken vårdgivare kan Försäkringskassan hämta information om utredningen/underlaget?",
            source_limit=53,
            help="Fyll i uppifrån. Skriv klinikens och sjukhusets namn, eller att patienten själv skickar med utredningen.",
        ),
    )


# Illness and what it does, in the statements about work capacity.


def diagnosis_at_work(full_stop: str = "") -> Category:
    """Questions 6, 7 and 45. `full_stop` ends the label of 45.2 in one of the types."""
    return category(
        "diagnos",
        "Diagnos",
        Diagnoses(
            "6",
            "Diagnos/diagnoser för sjukdom som orsakar nedsatt arbetsförmåga",
            mandatory=True,
            column="Diagnoskod enligt ICD-10 SE",
            help="Börja med den sjukdom som påverkar arbetsförmågan mest. Ange koden med så många positioner som möjligt, bara bokstäver "
            "och siffror. Är sjukdomarna fler än tre, skriv resten under Övriga upplysningar.",
        ),
        TextArea(
            "7",
            "När och var ställdes diagnosen/diagnoserna?",
            mandatory=True,
            help="Ange år och vårdenhet för varje diagnos, till exempel ”2019, psykiatriska mottagningen i Björkhagen”.",
        ),
        YesNo(
            "45",
            "Finns skäl till att revidera/uppdatera tidigare satt diagnos?",
            mandatory=True,
            help="Skäl kan vara att utredningen är gammal, att ett tidigare utlåtande har rådit till en ny bedömning eller att det du ser "
            "inte stämmer med diagnosen.",
        ),
        TextArea(
            "45.2",
            f"Beskriv vilken eller vilka diagnoser som avses{full_stop}",
            follows=ticked("45"),
            mandatory=True,
            rows=2,
        ),
    )


BACKGROUND = category(
    "bakgrund",
    "Bakgrund",
    TextArea(
        "5",
        "Bakgrund - beskriv kortfattat förloppet för aktuella sjukdomar",
        mandatory=True,
        help="Börja med insjuknandet och ta med det som har haft betydelse: vårdtillfällen, behandlingar som har ändrat förloppet och hur "
        "det har varit det senaste året.",
    ),
)

FINDINGS = "Beskriv eventuella undersökningsfynd och grad av funktionsnedsättning (lätt, måttlig, stor, total)"
DISABILITIES = ("8", "9", "10", "11", "12", "13", "14")


def disabilities(*, renamed_since: str) -> Category:
    """Questions 8–14, of which at least one is answered. Question 9 got its present name in that text version."""

    def disability(id: str, label: str, help: str, instruction: str = FINDINGS) -> TextArea:
        return TextArea(id, label, instruction=instruction, folded=True, help=help)

    return category(
        "funktionsnedsattning",
        "Funktionsnedsättningar",
        Heading(
            "8-14",
            "Beskriv minst en funktionsnedsättning",
            mandatory=~written(*DISABILITIES),
            missing="Beskriv minst en funktionsnedsättning.",
            help="Skriv det som har observerats: avvikelser i kroppsligt och psykiskt status och hur uttalade de är, provsvar, röntgen, "
            "kliniskt fysiologiska och neuropsykologiska undersökningar. Vid psykisk sjukdom, ta också med det i anamnesen som talar för "
            "tillståndet. Säg varifrån uppgiften kommer.",
        ),
        disability(
            "8",
            "Intellektuell funktion",
            "Att tänka logiskt och lösa problem i tanken. Den som har klarat skolan och vardagen är oftast normalbegåvad; nivån avgörs av "
            "psykologtest.",
            "Beskriv eventuella iakttagelser alternativt testresultat från psykologutredning",
        ),
        disability(
            "9",
            Wording({"1.0": "Kommunikation och social interaktion", renamed_since: "Övergripande psykosociala funktioner"}),
            "Känslomässig kontakt, ömsesidighet och samspel, och att förstå hur andra tänker och känner. Svårigheter kan visa sig som "
            "missförstånd och konflikter hemma och i arbetet.",
        ),
        disability(
            "10",
            "Uppmärksamhet, koncentration och exekutiv funktion",
            "Att rikta, fördela och hålla kvar uppmärksamheten, och att planera, påbörja, genomföra och avsluta det man gör. Vanligt vid "
            "adhd, men också vid till exempel utmattning, depression och hjärnskada.",
        ),
        disability(
            "11",
            "Annan psykisk funktion",
            "Till exempel stämningsläge och ångest, energi och drivkraft, omdöme och insikt, minne, sömn, tankeinnehåll, språk och "
            "orientering.",
        ),
        disability(
            "12",
            "Sinnesfunktioner och smärta",
            "Syn, hörsel, känsel, lukt och smak, också när patienten är ovanligt känslig. För smärta: var, när och hur den visar sig, och "
            "vad som utlöser den.",
        ),
        disability(
            "13",
            "Balans, koordination och motorik",
            "Balans och kroppsuppfattning, samordning av öga och hand eller av armar och ben, gång, grov- och finmotorik.",
        ),
        disability(
            "14",
            "Annan kroppslig funktion",
            "Följder av kroppslig sjukdom, till exempel i hjärta, lungor, mage eller leder: avvikelser i status, provsvar, röntgen och "
            "fysiologiska undersökningar.",
        ),
    )


def activity_limitations(question_mark: str = "") -> Category:
    """Question 17. `question_mark` ends its label in one of the types."""
    return category(
        "aktivitetsbegransning",
        "Aktivitetsbegränsningar",
        TextArea(
            "17",
            "Aktivitetsbegränsningar - beskriv vad har patienten svårt att göra på grund av den eller de funktionsnedsättningar som "
            f"beskrivs ovan{question_mark}",
            instruction="Ge konkreta exempel",
            mandatory=True,
            rows=6,
            help="Tänk igenom lärande, krav och stress, kommunikation, förflyttning, personlig vård, hemliv, relationer, arbete och "
            "studier, och fritid. Säg om du har sett svårigheten själv eller om den bygger på patientens eller någon annans berättelse. "
            "Nämn också sådant som patienten bör undvika för att det är farligt.",
        ),
    )


PURPOSE = "Ange vad syftet är och om möjligt tidplan samt ansvarig vårdenhet"


def treatment(*, substances_since: str) -> Category:
    """Questions 18–21. The instruction of 21 was rewritten in that text version."""
    return category(
        "medicinskabehandlingar",
        "Medicinsk behandling",
        TextArea(
            "18",
            "Avslutade medicinska behandlingar/åtgärder",
            instruction="Ange under vilka perioder de pågick och vilka resultat de gav. Ange även erbjudna men inte genomförda/avböjda "
            "behandlingar/åtgärder.",
            help="Det som är avslutat och har haft betydelse för arbetsförmågan, och om det hjälpte. Skriv varför något avböjdes.",
        ),
        TextArea(
            "19",
            "Pågående medicinska behandlingar/åtgärder",
            instruction=PURPOSE,
            help="Behandling, rehabilitering och utredningar som pågår nu, och vad de ska leda till.",
        ),
        TextArea(
            "20",
            "Planerade medicinska behandlingar/åtgärder",
            instruction=PURPOSE,
            help="Det som är bestämt men inte har börjat, till exempel operation, remiss eller återbesök.",
        ),
        TextArea(
            "21",
            "Substansintag",
            instruction=Wording(
                {
                    "1.0": "Ordinerade läkemedel, alkohol, tobak och övriga substansintag",
                    substances_since: "Substansintag (ordinerade läkemedel och övriga eventuella substansintag, exempelvis narkotika eller "
                    "överkonsumtion av alkohol)",
                }
            ),
            help="Ta med det som påverkar förmågan att arbeta, också biverkningar av läkemedel som patienten behöver.",
        ),
    )


def work_prospects(*more: TextArea, abilities: str) -> Category:
    """Questions 22 and 23, and what the type asks more. `abilities` is the help of 23."""
    return category(
        "medicinskaforutsattningarforarbete",
        "Medicinska förutsättningar för arbete",
        TextArea(
            "22",
            "Hur bedömer du att patientens medicinska förutsättningar för arbete, helt eller delvis, kan utvecklas över tid? Beskriv även "
            "om det finns medicinska skäl till särskilda arbetstider.",
            mandatory=True,
            help="Skriv vad som kan bli bättre, vad som består och på hur lång sikt du bedömer det. Särskilda arbetstider är när "
            "arbetstiden behöver läggas på ett annat sätt än att bli lika mycket kortare varje dag.",
        ),
        TextArea("23", "Beskriv vad patienten kan göra trots sin sjukdom eller sina begränsningar", help=abilities),
        *more,
    )


# The end of every form.


def other_information(title: str, limit: int) -> Category:
    """Question 25, under that title."""
    return category(
        "ovrigt",
        title,
        TextArea(
            "25",
            "Övriga upplysningar",
            limit=limit,
            help="Sådant som inte ryms under någon annan rubrik men som har betydelse för bedömningen.",
        ),
    )


def contact(full_stop: str = "", *, visible: Condition = ALWAYS) -> Category:
    """Question 26. `full_stop` ends its texts in one of the types."""
    return category(
        "kontakt",
        "Kontakt",
        Checkbox(
            "26",
            "Kontakt med Försäkringskassan",
            instruction=f"Jag önskar att Försäkringskassan kontaktar mig{full_stop}",
            help="Handläggaren hör av sig till dig när ärendet har kommit i gång.",
        ),
        TextArea("26.2", f"Ange gärna varför du vill ha kontakt{full_stop}", follows=ticked("26"), rows=2),
        visible=visible,
    )


ADDITIONAL = category("tillaggsfragor", "Tilläggsfrågor", Additional("9000", "Tilläggsfrågor", visible=~WRITING, shown_when_empty=False))

UNIT = category(
    "vardenhet",
    "Vårdenhetens adress",
    UnitAddress(
        "unit",
        "Vårdenhetens adress",
        visible=WRITING,
        mandatory=True,
        help="Uppgifterna kommer från HSA-katalogen. Ändra bara om de är fel; rättelsen gäller detta intyg.",
    ),
)
