"""TSTRK1007, Transportstyrelsens läkarintyg for higher licence categories and taxi: versions 6.7, 6.8 and 7.0.

Version 7 lets the values of visual acuity be sent separately and carries no address; all other questions are those of version 6,
of which 6.7 has other words. Read it beside the paper form. Source of questions, labels and codes:
reference/certificates/tstrk1007.md §1, §2, §4–6; the help texts are our own.
"""

from datetime import date

from webcert.certificate_types import shared_ts as ts
from webcert.certificate_types.certificate_type import TRANSPORTSTYRELSEN, CertificateType, Generation, TextVersion
from webcert.certificate_types.paper import AsRead
from webcert.forms.conditions import ALWAYS, WRITING, Condition, chosen, ticked
from webcert.forms.elements.acuity import Acuity, lens_without_value
from webcert.forms.elements.checkbox import Checkbox
from webcert.forms.elements.choice import Choice
from webcert.forms.elements.notice import Notice
from webcert.forms.elements.options import Option
from webcert.forms.elements.text import TextArea
from webcert.forms.elements.ticks import Ticks
from webcert.forms.form import Category, Form, Question, category
from webcert.forms.rules import warning
from webcert.forms.wording import Wording
from webcert.vocabulary import oids
from webcert.vocabulary.diagnosis_codes import ICD_10_SE, SYSTEM_OIDS

HIGHER = chosen("1", *ts.codes(ts.IAV_HIGHER))
OTHER = chosen("1", ts.IAV_OTHER.code)

PASSENGERS = chosen("1", "IAV5", "IAV6", "IAV7", "IAV8", "IAV9")
"""Bus or taxi."""

USED_FOR = (
    "Detta intyg ska användas vid förlängd giltighet av högre behörighet, ansökan om körkortstillstånd för grupp II och III och vid "
    "ansökan om taxiförarlegitimation."
)
USED_ELSE = "Intyget kan också användas när Transportstyrelsen i andra fall begärt ett läkarintyg. Markera då endast i rutan Annat nedan."

CONCERNED = category(
    "intygetavser",
    ts.since_68("Intyg avser", "Intyget avser"),
    ts.concerns(
        ts.since_68(USED_FOR, f"{USED_FOR} {USED_ELSE}"),
        instruction=ts.since_68(USED_ELSE, ""),
        system=ts.CONCERNS,
        options=(*ts.IAV_HIGHER, ts.IAV_OTHER),
        limit=10,
        rules=(warning(HIGHER & OTHER, "”Annat” ska markeras ensamt, när Transportstyrelsen i andra fall har begärt ett läkarintyg."),),
        help=(
            *ts.CATEGORIES[1:],
            "Grupp II är alla behörigheter från AM till CE, grupp III dessutom D1, D1E, D och DE. Annat är AM, A1, A2, A, B, BE och "
            "traktor.",
        ),
    ),
)

IDENTITY = category("identitet", ts.since_68("Identitet styrkt genom", "Identitet"), ts.identity(dot="."))


def vision(*acuity: Question) -> Category:
    """Section 1, where the versions differ in how acuity is told."""
    return category(
        "syn",
        ts.numbered("1.", "Synfunktioner"),
        ts.asked(
            "3",
            ts.since_68(
                "a) Tecken på synfältsdefekter vid undesökning enligt Donders konfrontationsmetod?",
                "Tecken på synfältsdefekter vid undersökning enligt Donders konfrontationsmetod?",
            ),
            help="Jämför patientens synfält med ditt eget, ett öga i taget, i alla fyra kvadranterna.",
        ),
        ts.asked(
            "4",
            ts.numbered("b)", "Framkommer anamnestiska uppgifter om begränsning av seendet vid nedsatt belysning?"),
            help="Fråga hur patienten ser i skymning och mörker och hur lång tid det tar att se efter bländning.",
        ),
        ts.asked(
            "5",
            ts.numbered("c)", "Har patienten någon progressiv ögonsjukdom?"),
            help="En sjukdom som kan försämra synen, till exempel glaukom, retinitis pigmentosa eller makuladegeneration.",
        ),
        ts.demand(
            "3-5",
            ticked("3") | ticked("4") | ticked("5"),
            ts.since_68(
                "Om någon av frågorna a-c besvaras med ja eller om det bedöms sannolikt att synfältsdefekter föreligger krävs läkarintyg "
                "av ögonspecialist.",
                "På grund av inmatade svar eller om det bedöms sannolikt att synfältsdefekter föreligger krävs läkarintyg av "
                "ögonspecialist.",
            ),
        ),
        ts.asked(
            "6",
            ts.numbered(
                "d)", "Framkommer dubbelseende vid prövning av ögats rörlighet (prövningen ska göras i de åtta huvudmeridianerna)?"
            ),
            help="Låt patienten följa ett föremål uppåt, nedåt, åt sidorna och snett, med båda ögonen öppna.",
        ),
        ts.asked(
            "7",
            ts.numbered("e)", "Förekommer nystagmus?"),
            help="Ofrivilliga rytmiska ögonrörelser, i vila eller när patienten följer ett föremål.",
        ),
        *acuity,
        Checkbox(
            "9",
            ts.since_68("", "Korrektionsglasens styrka"),
            instruction="Högsta styrka i något av glasen överskrider plus 8 dioptrier",
            help="Gäller glasögon. Uppgiften står i ordinationen eller på intyget från optikern.",
        ),
        ts.demand("9.notis", ticked("9"), "Intyg om korrektionsglasens styrka måste skickas in."),
    )


def acuity(*, first: int, follows: Condition = ALWAYS) -> tuple[Question, ...]:
    """The values of visual acuity, whose first delsvar has that number, and what there is to know about them."""
    return (
        Acuity(
            "8",
            ts.numbered("f)", "Värden för synskärpa"),
            follows=follows,
            mandatory=True,
            first=first,
            rules=(*ts.correction_rules(OTHER, HIGHER), *lens_without_value("8")),
            help=(ts.ACUITY_HELP, "Värden med korrektion behövs när synskärpan utan korrektion är låg; då sätts en stjärna vid dem."),
        ),
        Notice(
            "8.notis",
            label="Om synskärpa",
            text=ts.since_68(
                "Alla bokstäver ska kunna läsas på den rad som anger synskärpa. Är synskärpan sämre än 0,1 ska den anges som 0,0 OBS! "
                "Uppgifterna om synskärpa och korrektion kan grundas på tidigare utförd undersökning av bland annat legitimerad optiker. "
                "Uppgifterna ska då ingå som underlag vid läkarens samlade bedömning.",
                "Uppgifterna från tidigare utförd undersökning ska ingå som underlag vid läkarens samlade bedömning.",
            ),
        ),
    )


SENT_SEPARATELY = Checkbox(
    "8.1",
    instruction="Uppgifter om synskärpa skickas separat",
    shown_when_empty=False,
    help="Kryssa i när ett intyg om synskärpan skickas för sig, till exempel från en optiker. Då ska inga värden anges här.",
)

VISION_6 = vision(*acuity(first=1))
VISION_7 = vision(SENT_SEPARATELY, *acuity(first=2, follows=~ticked("8.1")))

DIABETES = "Har patienten tablett- eller insulinbehandlad diabetes krävs ett läkarintyg gällande sjukdomen"
COMMENTS = "Övriga kommentarer som är relevant ur trafiksäkerhetssynpunkt"

HEALTH = (
    category(
        "horselbalans",
        ts.numbered("2.", "Hörsel och balanssinne"),
        ts.asked(
            "10",
            ts.numbered("a)", "Har patienten överraskande anfall av balansrubbningar eller yrsel?"),
            help="Anfall som kommer utan förvarning, till exempel vid Ménières sjukdom.",
        ),
        ts.asked(
            "11",
            ts.numbered("b)", "Har patienten svårt att uppfatta vanlig samtalsstämma på fyra meters avstånd (hörapparat får användas)?"),
            visible=PASSENGERS,
            mandatory=WRITING,
            help="Frågas för buss och taxi. Tala i normal samtalston fyra meter bort, utan att patienten ser din mun.",
        ),
    ),
    category(
        "rorelseorganen",
        ts.numbered("3.", "Rörelseorganens funktioner"),
        ts.asked(
            "12",
            ts.numbered(
                "a)",
                "Har patienten någon sjukdom eller funktionsnedsättning som påverkar rörligheten och som medför att fordon inte kan "
                "köras på ett trafiksäkert sätt?",
            ),
            help="Bedöm om patienten kan styra, bromsa, växla och vrida på huvudet som körningen kräver.",
        ),
        ts.details("12.2", ts.colon("Ange vilken typ av nedsättning eller sjukdom"), ticked("12"), limit=180),
        ts.asked(
            "13",
            ts.since_68(
                "b) Är rörelseförmågan otillräcklig för att kunna hjälpa passagerare in och ut ur fordonet samt med bilbälte?",
                "Finns en nedsättning av rörelseförmågan som gör att patienten inte kan hjälpa passagerare in och ut ur fordonet samt med "
                "bilbälte?",
            ),
            visible=PASSENGERS,
            mandatory=WRITING,
            help="Frågas för buss och taxi.",
        ),
    ),
    category(
        "hjartkarl",
        ts.numbered("4.", "Hjärt- och kärlsjukdomar"),
        ts.asked(
            "14",
            ts.numbered(
                "a)",
                "Föreligger hjärt- eller kärlsjukdom som kan medföra en påtaglig risk för att hjärnans funktioner akut försämras eller "
                "som i övrigt innebär en trafiksäkerhetsrisk?",
            ),
            help="Till exempel arytmi med svimning, instabil angina eller svår hjärtsvikt.",
        ),
        ts.asked(
            "15",
            ts.numbered("b)", "Finns tecken på hjärnskada efter trauma, stroke eller annan sjukdom i centrala nervsystemet?"),
            help="Tänk också på kvarstående svårigheter med uppmärksamhet, tempo, omdöme och synfält.",
        ),
        ts.asked(
            "16",
            ts.numbered(
                "c)",
                "Föreligger viktiga riskfaktorer för stroke (tidigare stroke eller TIA, förhöjt blodtryck, förmaksflimmer eller "
                "kärlmissbildning)?",
            ),
            help="Svara ja också när riskfaktorn är behandlad.",
        ),
        ts.details("16.2", ts.colon("Typ av sjukdom"), ticked("16"), limit=180),
    ),
    category(
        "diabetes",
        ts.numbered("5.", "Diabetes"),
        ts.asked("17", "Har patienten diabetes?", help="Alla typer, också den som behandlas med bara kost."),
        Choice("18", "Vilken typ?", visible=ticked("17"), mandatory=True, system=SYSTEM_OIDS[ICD_10_SE], options=(ts.TYPE_1, ts.TYPE_2)),
        Ticks(
            "19",
            ts.colon("Ange behandling"),
            visible=chosen("18", "E11"),
            mandatory=True,
            options=(Option("19.1", "Kost"), Option("19.2", "Tabletter"), Option("19.3", "Insulin")),
            help="Kryssa i alla behandlingar som pågår.",
        ),
        ts.demand("19.notis", chosen("19", "19.2", "19.3"), Wording({"6.7": DIABETES, "7.0": f"{DIABETES}."})),
    ),
    category(
        "neurologi",
        ts.numbered("6.", "Neurologiska sjukdomar"),
        ts.asked("20", "Finns tecken på neurologisk sjukdom?", help="Till exempel Parkinsons sjukdom, MS eller muskelsjukdom."),
    ),
    category(
        "epilepsi",
        ts.numbered("7.", "Epilepsi, epileptiskt anfall och annan medvetandestörning"),
        ts.asked(
            "21",
            "Har eller har patienten haft epilepsi, epileptiskt anfall eller annan medvetandestörning?",
            help="Svara ja också för ett enda anfall och för svimning utan klar orsak.",
        ),
        TextArea(
            "21.2",
            ts.colon("Om det är frågan om annan medvetandestörning, ange när den inträffade och orsak"),
            visible=ticked("21"),
            limit=180,
            rows=2,
        ),
    ),
    category(
        "njursjukdomar",
        ts.numbered("8.", "Njursjukdomar"),
        ts.asked(
            "22",
            "Föreligger allvarligt nedsatt njurfunktion som kan innebära en trafiksäkerhetsrisk?",
            help="Tänk på trötthet, yrsel och påverkan av dialys.",
        ),
    ),
    category(
        "demens",
        ts.numbered("9.", "Demens och andra kognitiva störningar"),
        ts.asked(
            "23", "Finns tecken på sviktande kognitiv funktion?", help="Väg in anhörigas iakttagelser och kognitiva tester, om de finns."
        ),
    ),
    category(
        "somnvakenhet",
        ts.numbered("10.", "Sömn- och vakenhetsstörningar"),
        ts.asked(
            "24",
            "Finns tecken på, eller anamnestiska uppgifter som talar för sömn- eller vakenhetsstörning?",
            help="Fråga om snarkning, andningsuppehåll, dagsömnighet och insomning vid ratten.",
        ),
    ),
    category(
        "alkohol",
        ts.numbered("11.", "Alkohol, narkotika och läkemedel"),
        ts.asked(
            "25.1",
            ts.numbered(
                "a)",
                "Finns journaluppgifter, anamnestiska uppgifter, resultat av laboratorieprover eller andra tecken på missbruk eller "
                "beroende av alkohol, narkotika eller läkemedel?",
            ),
            help="Svara på det som är känt nu, oavsett om det finns en diagnos.",
        ),
        ts.asked(
            "25.2",
            ts.numbered(
                "b)",
                "Har patienten vid något tillfälle varit föremål för vårdinsatser för missbruk eller beroende av alkohol, narkotika "
                "eller läkemedel?",
            ),
            mandatory=WRITING,
            help="Gäller hela livet.",
        ),
        ts.asked(
            "25.3",
            ts.since_68(
                "Om någon av frågorna 11a) eller 11b) besvaras med ja, behövs det provtagning avseende aktuellt bruk av alkohol eller "
                "narkotika?",
                "Behövs det provtagning avseende aktuellt bruk av alkohol eller narkotika?",
            ),
            visible=ticked("25.1") | ticked("25.2"),
        ),
        ts.demand("25.notis", ticked("25.3"), "Om provtagning görs ska resultatet redovisas separat."),
        ts.asked(
            "26",
            ts.numbered("c)", "Pågår regelbundet läkarordinerat bruk av läkemedel som kan innebära en trafiksäkerhetsrisk?"),
            help="Till exempel opioider, bensodiazepiner, sömnmedel och centralstimulerande medel.",
        ),
        ts.details("26.2", ts.colon("Läkemedel och ordinerad dos"), ticked("26"), limit=180),
    ),
    category(
        "psykiska",
        ts.numbered("12.", "Psykiska sjukdomar och störningar"),
        ts.asked(
            "27",
            "Har eller har patienten haft psykisk sjukdom eller störning, till exempel schizofreni, annan psykos eller bipolär "
            "(manodepressiv) sjukdom?",
            help="Svara ja också för en sjukdom som har gått över.",
        ),
    ),
    category(
        "utveckling",
        ts.numbered("13.", "ADHD, autismspektrumtillstånd och likartade tillstånd samt psykisk utvecklingsstörning"),
        ts.asked(
            "28",
            ts.numbered("a)", "Har patienten någon psykisk utvecklingsstörning?"),
            help="Det som i dag oftast kallas intellektuell funktionsnedsättning.",
        ),
        ts.asked(
            "29",
            ts.numbered("b)", "Har patienten till exempel ADHD, ADD, DAMP, Aspergers syndrom eller Tourettes syndrom?"),
            help="Svara ja när diagnosen är ställd, också om patienten mår bra med behandling.",
        ),
    ),
    category(
        "sjukhusvard",
        ts.numbered("14.", "Sjukhusvård"),
        ts.asked(
            "30",
            ts.since_68(
                "Har patienten vårdats på sjukhus eller haft kontakt med läkare med anledning av fälten 1-13?",
                "Har patienten vårdats på sjukhus eller haft kontakt med läkare med anledning av något som efterfrågats i tidigare "
                "frågor i intyget?",
            ),
            help="Gäller de sjukdomar och tillstånd som du har svarat ja på ovan.",
        ),
        ts.details("30.2", "Om frågan besvarats med ja, när?", ticked("30"), limit=40, refused=True),
        ts.details("30.3", ts.colon("Vårdinrättningens namn och klinik/er"), ticked("30"), limit=40, refused=True),
        ts.details("30.4", "För vad?", ticked("30"), limit=50, refused=True),
    ),
    category(
        "medicinering",
        ts.numbered("15.", "Övrig medicinering"),
        ts.asked("31", "Har patienten någon stadigvarande medicinering?", help="Det som tas regelbundet, också utan recept."),
        ts.details("31.2", "Vilken eller vilka mediciner?", ticked("31"), limit=180),
    ),
    category(
        "kommentar", ts.numbered("16.", "Övrig kommentar"), ts.comments(Wording({"6.7": f"{COMMENTS}:", "7.0": f"{COMMENTS}."}), limit=500)
    ),
    category(
        "bedomning",
        "Bedömning",
        ts.meets_requirements(
            ts.since_68(
                "Patienten uppfyller kraven enligt Transportstyrelsens föreskrifter och allmänna råd om medicinska krav för innehav av "
                "körkort m.m. (TSFS 2010:125, senast ändrade genom TSFS 2013:2) för:",
                ts.MEETS,
            ),
            options=(*ts.VAR_HIGHER, ts.VAR_OTHER),
            rules=ts.not_concerned((*ts.VAR_HIGHER, ts.VAR_OTHER), (*ts.IAV_HIGHER, ts.IAV_OTHER)),
            limit=10,
        ),
        ts.specialist(label=ts.colon(ts.SPECIALIST), limit=130),
    ),
    ts.UNIT,
)


FORM_ID = "TSTRK1007 – Fastställd av Transportstyrelsen"

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
        TextVersion("6.7", date(2016, 4, 1), FORM_ID),
        TextVersion("6.8", date(2016, 4, 1), FORM_ID),
        TextVersion("7.0", date(2020, 8, 1), FORM_ID),
    ),
    summary=("Avser behörighet", "1"),
    generations=(
        Generation("6.7", Form((ts.PATIENT, CONCERNED, IDENTITY, VISION_6, *HEALTH))),
        Generation("7.0", Form((CONCERNED, IDENTITY, VISION_7, *HEALTH))),
    ),
    paper=AsRead("TSTRK1007 v{version}", ts.SENDING),
    file_name="lakarintyg_transportstyrelsen",
)
