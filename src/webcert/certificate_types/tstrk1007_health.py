"""TSTRK1007 from section 2, hearing, to the assessment. All versions ask the same; only 6.7 has other words.

Read it beside the paper form. Source: reference/certificates/tstrk1007.md §2, §4; the help texts are our own.
"""

from webcert.certificate_types.shared_ts import (
    IAV_HIGHER,
    IAV_OTHER,
    UNIT,
    VAR_HIGHER,
    VAR_OTHER,
    colon,
    meets_requirements,
    not_concerned,
    numbered,
    since_68,
)
from webcert.forms.conditions import WRITING, chosen, ticked
from webcert.forms.elements.choice import Choice
from webcert.forms.elements.notice import Notice
from webcert.forms.elements.options import Option
from webcert.forms.elements.text import TextArea
from webcert.forms.elements.ticks import Ticks
from webcert.forms.elements.yes_no import YesNo
from webcert.forms.form import category
from webcert.forms.wording import Wording
from webcert.vocabulary.diagnosis_codes import ICD_10_SE, SYSTEM_OIDS

PASSENGERS = chosen("1", "IAV5", "IAV6", "IAV7", "IAV8", "IAV9")
"""Bus or taxi."""

HEALTH = (
    category(
        "horselbalans",
        numbered("2.", "Hörsel och balanssinne"),
        YesNo(
            "10",
            numbered("a)", "Har patienten överraskande anfall av balansrubbningar eller yrsel?"),
            mandatory=True,
            help="Anfall som kommer utan förvarning, till exempel vid Ménières sjukdom.",
        ),
        YesNo(
            "11",
            numbered("b)", "Har patienten svårt att uppfatta vanlig samtalsstämma på fyra meters avstånd (hörapparat får användas)?"),
            visible=PASSENGERS,
            mandatory=WRITING,
            help="Frågas för buss och taxi. Tala i normal samtalston fyra meter bort, utan att patienten ser din mun.",
        ),
    ),
    category(
        "rorelseorganen",
        numbered("3.", "Rörelseorganens funktioner"),
        YesNo(
            "12",
            numbered(
                "a)",
                "Har patienten någon sjukdom eller funktionsnedsättning som påverkar rörligheten och som medför att fordon inte kan "
                "köras på ett trafiksäkert sätt?",
            ),
            mandatory=True,
            help="Bedöm om patienten kan styra, bromsa, växla och vrida på huvudet som körningen kräver.",
        ),
        TextArea(
            "12.2",
            colon("Ange vilken typ av nedsättning eller sjukdom"),
            visible=ticked("12"),
            mandatory=True,
            limit=180,
            rows=2,
        ),
        YesNo(
            "13",
            since_68(
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
        numbered("4.", "Hjärt- och kärlsjukdomar"),
        YesNo(
            "14",
            numbered(
                "a)",
                "Föreligger hjärt- eller kärlsjukdom som kan medföra en påtaglig risk för att hjärnans funktioner akut försämras eller "
                "som i övrigt innebär en trafiksäkerhetsrisk?",
            ),
            mandatory=True,
            help="Till exempel arytmi med svimning, instabil angina eller svår hjärtsvikt.",
        ),
        YesNo(
            "15",
            numbered("b)", "Finns tecken på hjärnskada efter trauma, stroke eller annan sjukdom i centrala nervsystemet?"),
            mandatory=True,
            help="Tänk också på kvarstående svårigheter med uppmärksamhet, tempo, omdöme och synfält.",
        ),
        YesNo(
            "16",
            numbered(
                "c)",
                "Föreligger viktiga riskfaktorer för stroke (tidigare stroke eller TIA, förhöjt blodtryck, förmaksflimmer eller "
                "kärlmissbildning)?",
            ),
            mandatory=True,
            help="Svara ja också när riskfaktorn är behandlad.",
        ),
        TextArea("16.2", colon("Typ av sjukdom"), visible=ticked("16"), mandatory=True, limit=180, rows=2),
    ),
    category(
        "diabetes",
        numbered("5.", "Diabetes"),
        YesNo("17", "Har patienten diabetes?", mandatory=True, help="Alla typer, också den som behandlas med bara kost."),
        Choice(
            "18",
            "Vilken typ?",
            visible=ticked("17"),
            mandatory=True,
            system=SYSTEM_OIDS[ICD_10_SE],
            options=(Option("E10", "Typ 1", "Diabetes mellitus typ 1"), Option("E11", "Typ 2", "Diabetes mellitus typ 2")),
        ),
        Ticks(
            "19",
            Wording({"6.7": "Ange behandling:", "6.8": "Ange behandling"}),
            visible=chosen("18", "E11"),
            mandatory=True,
            options=(Option("19.1", "Kost"), Option("19.2", "Tabletter"), Option("19.3", "Insulin")),
            help="Kryssa i alla behandlingar som pågår.",
        ),
        Notice(
            "19.notis",
            visible=chosen("19", "19.2", "19.3"),
            warns=True,
            text=Wording(
                {
                    "6.7": "Har patienten tablett- eller insulinbehandlad diabetes krävs ett läkarintyg gällande sjukdomen",
                    "7.0": "Har patienten tablett- eller insulinbehandlad diabetes krävs ett läkarintyg gällande sjukdomen.",
                }
            ),
        ),
    ),
    category(
        "neurologi",
        numbered("6.", "Neurologiska sjukdomar"),
        YesNo(
            "20",
            "Finns tecken på neurologisk sjukdom?",
            mandatory=True,
            help="Till exempel Parkinsons sjukdom, MS eller muskelsjukdom.",
        ),
    ),
    category(
        "epilepsi",
        numbered("7.", "Epilepsi, epileptiskt anfall och annan medvetandestörning"),
        YesNo(
            "21",
            "Har eller har patienten haft epilepsi, epileptiskt anfall eller annan medvetandestörning?",
            mandatory=True,
            help="Svara ja också för ett enda anfall och för svimning utan klar orsak.",
        ),
        TextArea(
            "21.2",
            colon("Om det är frågan om annan medvetandestörning, ange när den inträffade och orsak"),
            visible=ticked("21"),
            limit=180,
            rows=2,
        ),
    ),
    category(
        "njursjukdomar",
        numbered("8.", "Njursjukdomar"),
        YesNo(
            "22",
            "Föreligger allvarligt nedsatt njurfunktion som kan innebära en trafiksäkerhetsrisk?",
            mandatory=True,
            help="Tänk på trötthet, yrsel och påverkan av dialys.",
        ),
    ),
    category(
        "demens",
        numbered("9.", "Demens och andra kognitiva störningar"),
        YesNo(
            "23",
            "Finns tecken på sviktande kognitiv funktion?",
            mandatory=True,
            help="Väg in anhörigas iakttagelser och kognitiva tester, om de finns.",
        ),
    ),
    category(
        "somnvakenhet",
        numbered("10.", "Sömn- och vakenhetsstörningar"),
        YesNo(
            "24",
            "Finns tecken på, eller anamnestiska uppgifter som talar för sömn- eller vakenhetsstörning?",
            mandatory=True,
            help="Fråga om snarkning, andningsuppehåll, dagsömnighet och insomning vid ratten.",
        ),
    ),
    category(
        "alkohol",
        numbered("11.", "Alkohol, narkotika och läkemedel"),
        YesNo(
            "25.1",
            numbered(
                "a)",
                "Finns journaluppgifter, anamnestiska uppgifter, resultat av laboratorieprover eller andra tecken på missbruk eller "
                "beroende av alkohol, narkotika eller läkemedel?",
            ),
            mandatory=True,
            help="Svara på det som är känt nu, oavsett om det finns en diagnos.",
        ),
        YesNo(
            "25.2",
            numbered(
                "b)",
                "Har patienten vid något tillfälle varit föremål för vårdinsatser för missbruk eller beroende av alkohol, narkotika "
                "eller läkemedel?",
            ),
            mandatory=WRITING,
            help="Gäller hela livet.",
        ),
        YesNo(
            "25.3",
            since_68(
                "Om någon av frågorna 11a) eller 11b) besvaras med ja, behövs det provtagning avseende aktuellt bruk av alkohol eller "
                "narkotika?",
                "Behövs det provtagning avseende aktuellt bruk av alkohol eller narkotika?",
            ),
            visible=ticked("25.1") | ticked("25.2"),
            mandatory=True,
        ),
        Notice("25.notis", visible=ticked("25.3"), warns=True, text="Om provtagning görs ska resultatet redovisas separat."),
        YesNo(
            "26",
            numbered("c)", "Pågår regelbundet läkarordinerat bruk av läkemedel som kan innebära en trafiksäkerhetsrisk?"),
            mandatory=True,
            help="Till exempel opioider, bensodiazepiner, sömnmedel och centralstimulerande medel.",
        ),
        TextArea(
            "26.2",
            colon("Läkemedel och ordinerad dos"),
            visible=ticked("26"),
            mandatory=True,
            limit=180,
            rows=2,
        ),
    ),
    category(
        "psykiska",
        numbered("12.", "Psykiska sjukdomar och störningar"),
        YesNo(
            "27",
            "Har eller har patienten haft psykisk sjukdom eller störning, till exempel schizofreni, annan psykos eller bipolär "
            "(manodepressiv) sjukdom?",
            mandatory=True,
            help="Svara ja också för en sjukdom som har gått över.",
        ),
    ),
    category(
        "utveckling",
        numbered("13.", "ADHD, autismspektrumtillstånd och likartade tillstånd samt psykisk utvecklingsstörning"),
        YesNo(
            "28",
            numbered("a)", "Har patienten någon psykisk utvecklingsstörning?"),
            mandatory=True,
            help="Det som i dag oftast kallas intellektuell funktionsnedsättning.",
        ),
        YesNo(
            "29",
            numbered("b)", "Har patienten till exempel ADHD, ADD, DAMP, Aspergers syndrom eller Tourettes syndrom?"),
            mandatory=True,
            help="Svara ja när diagnosen är ställd, också om patienten mår bra med behandling.",
        ),
    ),
    category(
        "sjukhusvard",
        numbered("14.", "Sjukhusvård"),
        YesNo(
            "30",
            since_68(
                "Har patienten vårdats på sjukhus eller haft kontakt med läkare med anledning av fälten 1-13?",
                "Har patienten vårdats på sjukhus eller haft kontakt med läkare med anledning av något som efterfrågats i tidigare "
                "frågor i intyget?",
            ),
            mandatory=True,
            help="Gäller de sjukdomar och tillstånd som du har svarat ja på ovan.",
        ),
        TextArea("30.2", "Om frågan besvarats med ja, när?", visible=ticked("30"), mandatory=True, limit=40, rows=1, refused=True),
        TextArea(
            "30.3",
            colon("Vårdinrättningens namn och klinik/er"),
            visible=ticked("30"),
            mandatory=True,
            limit=40,
            rows=1,
            refused=True,
        ),
        TextArea("30.4", "För vad?", visible=ticked("30"), mandatory=True, limit=50, rows=1, refused=True),
    ),
    category(
        "medicinering",
        numbered("15.", "Övrig medicinering"),
        YesNo("31", "Har patienten någon stadigvarande medicinering?", mandatory=True, help="Det som tas regelbundet, också utan recept."),
        TextArea("31.2", "Vilken eller vilka mediciner?", visible=ticked("31"), mandatory=True, limit=180, rows=2),
    ),
    category(
        "kommentar",
        numbered("16.", "Övrig kommentar"),
        TextArea(
            "32",
            Wording(
                {
                    "6.7": "Övriga kommentarer som är relevant ur trafiksäkerhetssynpunkt:",
                    "7.0": "Övriga kommentarer som är relevant ur trafiksäkerhetssynpunkt.",
                }
            ),
            limit=500,
            help="Sådant som Transportstyrelsen behöver veta och som inte har frågats efter ovan.",
        ),
    ),
    category(
        "bedomning",
        "Bedömning",
        meets_requirements(
            since_68(
                "Patienten uppfyller kraven enligt Transportstyrelsens föreskrifter och allmänna råd om medicinska krav för innehav av "
                "körkort m.m. (TSFS 2010:125, senast ändrade genom TSFS 2013:2) för:",
                "Ange för vilka behörigheter som patienten uppfyller kraven enligt Transportstyrelsens föreskrifter och allmänna råd om "
                "medicinska krav för innehav av körkort m.m.(TSFS 2010:125)",
            ),
            options=(*VAR_HIGHER, VAR_OTHER),
            rules=not_concerned((*VAR_HIGHER, VAR_OTHER), (*IAV_HIGHER, IAV_OTHER)),
            limit=10,
        ),
        TextArea(
            "34",
            colon("Patienten bör före ärendets avgörande undersökas av läkare med specialistkompetens i"),
            limit=130,
            rows=2,
            help="Skriv specialiteten, till exempel ögonsjukdomar eller neurologi.",
        ),
    ),
    UNIT,
)
