"""FK 7804, Läkarintyg för sjukpenning, version 1 (text versions 1.0–1.3).

Read it beside the paper form. Source of questions, labels and codes: reference/certificates/fk7804.md §1, §2, §4;
the help texts are our own.
"""

from datetime import date

from webcert.certificate_types import paper_fk
from webcert.certificate_types.certificate_type import FORSAKRINGSKASSAN, CertificateType, Generation, TextVersion
from webcert.certificate_types.paper import Diagnosed, Minimal, Ticked, Written, frame, goes_on
from webcert.certificate_types.shared_fk import ADDITIONAL, MOTIVATION_LIMIT, NO_EXAMINATION, UNIT, basis, contact, other_information
from webcert.forms.conditions import answered, chosen, covers_more_than, has_gap, period_given, starts_days_ago, ticked
from webcert.forms.elements.checkbox import Checkbox
from webcert.forms.elements.choice import Choice
from webcert.forms.elements.choices import Choices
from webcert.forms.elements.dated_choices import DatedChoices
from webcert.forms.elements.diagnoses import Diagnoses
from webcert.forms.elements.icf_text import IcfText
from webcert.forms.elements.options import Option
from webcert.forms.elements.sick_leave import Degree, SickLeave
from webcert.forms.elements.text import TextArea
from webcert.forms.elements.yes_no import YesNo
from webcert.forms.form import Form, MovedTo, category
from webcert.forms.rules import warning
from webcert.forms.wording import Wording

NOT_CONTAGION = ~ticked("27")
PARTIAL = ("EN_FJARDEDEL", "HALFTEN", "TRE_FJARDEDEL")

UNUSUAL_PERIODS = (
    warning(covers_more_than("32", 184), "Intyget gäller längre tid än sex månader. Kontrollera datumen."),
    warning(has_gap("32"), "Mellan perioderna finns dagar som ingen av dem gäller. Kontrollera datumen."),
)
"""Hints that the original lacks (fk7804.md §15, 11)."""

FORM = Form(
    (
        category(
            "smittbararpenning",
            "Smittbärarpenning",
            Checkbox(
                "27",
                instruction=Wording(
                    {
                        "1.0": "Avstängning enligt smittskyddslagen på grund av smitta. "
                        '(Fortsätt till frågorna "Diagnos" och "Nedsättning av arbetsförmåga".)',
                        "1.2": "Avstängning enligt smittskyddslagen på grund av smitta. "
                        '(Fortsätt till frågorna "Diagnos" och "Nedsättning av arbetsförmåga").',
                    }
                ),
                help="Kryssa i när patienten måste avstå från arbete för att inte sprida en allmänfarlig sjukdom: efter beslut av en "
                "smittskyddsläkare, vid undersökning för en sådan sjukdom eller när smittan hindrar arbete med livsmedel. "
                "Då frågas bara efter diagnos och perioder.",
            ),
        ),
        category(
            "grundformu",
            "Grund för medicinskt underlag",
            DatedChoices(
                "1",
                "Intyget är baserat på",
                mandatory=True,
                system="KV_FKMU_0001",
                options=(
                    basis("UNDERSOKNING", "Min undersökning av patienten", "1.1"),
                    basis("TELEFONKONTAKT", "Min telefonkontakt med patienten", "1.1"),
                    basis("JOURNALUPPGIFTER", "Journaluppgifter från den", "1.1"),
                    basis("ANNAT", "Annat", "1.1"),
                ),
                help="Bygg intyget på en egen undersökning när det går. Kryssa i alla kontakter som ligger till grund och ange dagen för "
                "var och en. Har ni setts via video, kryssa i undersökning och skriv det under Övriga upplysningar.",
            ),
            TextArea(
                "1.3",
                "Ange vad annat är",
                follows=chosen("1", "ANNAT"),
                mandatory=True,
                of="ANNAT",
                rows=2,
                help="Till exempel uppgifter från en anhörig, en arbetsgivare eller en annan vårdgivare.",
            ),
            NO_EXAMINATION,
            visible=NOT_CONTAGION,
        ),
        category(
            "sysselsattning",
            "Sysselsättning",
            Choices(
                "28",
                "I relation till vilken sysselsättning bedömer du arbetsförmågan?",
                mandatory=True,
                system="KV_FKMU_0002",
                limit=4,
                options=(
                    Option("NUVARANDE_ARBETE", "Nuvarande arbete"),
                    Option(
                        "ARBETSSOKANDE",
                        "Arbetssökande - att utföra sådant arbete som är normalt förekommande på arbetsmarknaden",
                        "Arbetssökande",
                    ),
                    Option("FORALDRALEDIG", "Föräldraledighet för vård av barn"),
                    Option("STUDIER", "Studier"),
                ),
                help="Kryssa i allt som bedömningen gäller. Skiljer sig förmågan mellan sysselsättningarna, beskriv hur under "
                "Övriga upplysningar.",
            ),
            TextArea(
                "29",
                "Ange yrke och arbetsuppgifter",
                follows=chosen("28", "NUVARANDE_ARBETE"),
                mandatory=True,
                help="Skriv yrket och de uppgifter som är svåra att utföra, så att kraven i arbetet går att förstå.",
            ),
            visible=NOT_CONTAGION,
        ),
        category(
            "diagnos",
            "Diagnos",
            Diagnoses(
                "6",
                "Diagnos/diagnoser för sjukdom som orsakar nedsatt arbetsförmåga",
                mandatory=True,
                column="Diagnoskod enligt ICD-10-SE",
                help="Börja med den diagnos som påverkar arbetsförmågan mest. Ange koden med så många positioner som möjligt. "
                "Är de fler än tre, skriv resten under Övriga upplysningar.",
            ),
        ),
        category(
            "funktionsnedsattning",
            Wording({"1.0": "Sjukdomens konsekvenser för patienten", "1.1": "Sjukdomens konsekvenser"}),
            IcfText(
                "35",
                "Funktionsnedsättning",
                instruction="Beskriv undersökningsfynd, testresultat och observationer",
                mandatory=True,
                heading="Problem som påverkar patientens möjlighet att utföra sin sysselsättning:",
                help="Skriv det du själv har funnit: status, psykiskt status, provsvar, röntgen, skattningar och tester. "
                "Ange hur uttalad nedsättningen är.",
            ),
            IcfText(
                "17",
                "Aktivitetsbegränsning",
                instruction="Beskriv vad patienten inte kan göra på grund av sin sjukdom. Ange vad uppgiften grundas på.",
                mandatory=True,
                heading="Svårigheter som påverkar patientens sysselsättning:",
                help="Ge konkreta exempel: vad går inte, hur ofta och hur svårt är det, och vad bör patienten undvika? "
                "Skriv om det bygger på din observation eller på patientens berättelse.",
            ),
            visible=NOT_CONTAGION,
        ),
        category(
            "medicinskabehandlingar",
            "Medicinsk behandling",
            TextArea(
                "19",
                Wording({"1.0": "Pågående medicinska behandlingar/åtgärder", "1.2": "Pågående medicinska behandlingar/åtgärder."}),
                instruction="Ange vad syftet är och om möjligt tidplan samt ansvarig vårdenhet.",
                help="Behandling, rehabilitering och utredningar som pågår nu, och vad de ska leda till.",
            ),
            TextArea(
                "20",
                "Planerade medicinska behandlingar/åtgärder.",
                instruction="Ange vad syftet är och om möjligt tidplan samt ansvarig vårdenhet.",
                help="Det som är bestämt men inte har börjat, till exempel operation, remiss eller återbesök.",
            ),
            visible=NOT_CONTAGION,
        ),
        category(
            "bedomning",
            "Bedömning",
            SickLeave(
                "32",
                "Min bedömning av patientens nedsättning av arbetsförmågan",
                mandatory=True,
                system="KV_FKMU_0003",
                degrees=(
                    Degree("EN_FJARDEDEL", "25 procent", "25%", 25),
                    Degree("HALFTEN", "50 procent", "50%", 50),
                    Degree("TRE_FJARDEDEL", "75 procent", "75%", 75),
                    Degree("HELT_NEDSATT", "100 procent", "100%", 100),
                ),
                rules=UNUSUAL_PERIODS,
                help="Utgå från patientens vanliga arbetstid. Perioderna får inte ha någon dag gemensam. I ”t.o.m” kan du skriva hur lång "
                "perioden ska vara: 14d eller d14 för 14 dagar, 2v för två veckor, 1m för en månad (31 dagar).",
            ),
            TextArea(
                "32.motivering",
                "Ange orsak för att starta perioden mer än 7 dagar bakåt i tiden.",
                visible=starts_days_ago("32", 7),
                moved_to=MovedTo("25", "Orsak för att starta perioden mer än 7 dagar bakåt i tiden: "),
                limit=MOTIVATION_LIMIT,
                rows=2,
                own=True,
                shown_when_empty=False,
                help="Frågan hör inte till Försäkringskassans blankett. Svaret hjälper handläggaren och flyttas till "
                "Övriga upplysningar när intyget signeras.",
            ),
            TextArea(
                "37",
                "Patientens arbetsförmåga bedöms nedsatt längre tid än den som Socialstyrelsens försäkringsmedicinska beslutsstöd anger, "
                "därför att",
                visible=NOT_CONTAGION,
                help="Fyll i om tiden är längre än rekommendationen. Skriv vad som avviker från det vanliga förloppet, till exempel "
                "komplikationer, flera sjukdomar samtidigt eller sen effekt av behandling.",
            ),
            YesNo(
                "33",
                Wording(
                    {
                        "1.0": "Finns det medicinska skäl att förlägga arbetstiden på något annat sätt än att minska arbetstiden "
                        "lika mycket varje dag?",
                        "1.3": "Kommer möjligheterna till återgång i arbete försämras om arbetstiden förläggs på annat sätt än att "
                        "arbetstiden minskas lika mycket varje dag?",
                    }
                ),
                visible=NOT_CONTAGION,
                follows=period_given("32", *PARTIAL),
                mandatory=NOT_CONTAGION,
                help="Svara bara när arbetsförmågan är delvis nedsatt. Utgångspunkten är att arbetstiden minskas lika mycket varje dag.",
            ),
            TextArea(
                "33.2",
                Wording(
                    {
                        "1.0": "Beskriv medicinska skäl till annan förläggning av arbetstiden",
                        "1.3": "Beskriv de medicinska skälen till att möjligheterna till återgång i arbete försämras",
                    }
                ),
                visible=NOT_CONTAGION,
                follows=ticked("33"),
                mandatory=True,
            ),
            Checkbox(
                "34",
                instruction="Resor till och från arbetet med annat färdmedel än normalt kan göra det möjligt för patienten att återgå till "
                "arbetet under sjukskrivningsperioden.",
                visible=NOT_CONTAGION,
                help="Kryssa i när patienten kan arbeta men inte ta sig till arbetet som vanligt. Försäkringskassan kan då ersätta "
                "merkostnaden för resan i stället för sjukpenning.",
            ),
            Choice(
                "39",
                "Prognos för arbetsförmåga utifrån aktuellt undersökningstillfälle",
                visible=NOT_CONTAGION,
                mandatory=True,
                system="KV_FKMU_0006",
                options=(
                    Option(
                        "STOR_SANNOLIKHET",
                        Wording(
                            {
                                "1.0": "Patienten kommer med stor sannolikhet att kunna återgå helt i nuvarande sysselsättning efter denna "
                                "sjukskrivning.",
                                "1.2": "Patienten förväntas kunna återgå helt i nuvarande sysselsättning efter denna sjukskrivning.",
                            }
                        ),
                        "Patienten kommer med stor sannolikhet att kunna återgå helt i nuvarande sysselsättning efter denna sjukskrivning",
                    ),
                    Option(
                        "ATER_X_ANTAL_DGR",
                        Wording(
                            {
                                "1.0": "Patienten kommer med stor sannolikhet att kunna återgå helt i nuvarande sysselsättning inom",
                                "1.2": "Patienten förväntas kunna återgå helt i nuvarande sysselsättning inom",
                            }
                        ),
                        "Patienten kommer med stor sannolikhet att återgå helt i nuvarande sysselsättning efter x antal dagar",
                    ),
                    Option(
                        "SANNOLIKT_INTE",
                        Wording(
                            {
                                "1.0": "Patienten kommer med stor sannolikhet inte att kunna återgå helt i nuvarande sysselsättning inom "
                                "12 månader.",
                                "1.2": "Patienten förväntas inte kunna återgå helt i nuvarande sysselsättning inom 12 månader.",
                            }
                        ),
                        "Patienten kan sannolikt inte återgå till nuvarande sysselsättning",
                    ),
                    Option(
                        "PROGNOS_OKLAR",
                        "Återgång i nuvarande sysselsättning är oklar.",
                        "Prognos för återgång i nuvarande sysselsättning är oklar",
                    ),
                ),
                help="Din bedömning i dag hjälper Försäkringskassan och arbetsgivaren att planera. Den får vara osäker.",
            ),
            Choice(
                "39.3",
                "Tidsperiod",
                visible=NOT_CONTAGION,
                follows=chosen("39", "ATER_X_ANTAL_DGR"),
                mandatory=True,
                beside="39",
                beside_option="ATER_X_ANTAL_DGR",
                dropdown=True,
                placeholder="Välj tidsperiod",
                system="KV_FKMU_0007",
                options=(
                    Option("TRETTIO_DGR", "1 månad.", "30 dagar"),
                    Option("SEXTIO_DGR", "2 månader.", "60 dagar"),
                    Option("NITTIO_DGR", "3 månader.", "90 dagar"),
                    Option("HUNDRAATTIO_DAGAR", "6 månader.", "180 dagar"),
                    Option("TREHUNDRASEXTIOFEM_DAGAR", "12 månader.", "365 dagar"),
                ),
            ),
        ),
        category(
            "atgarder",
            "Åtgärder",
            Choices(
                "40",
                "Här kan du ange åtgärder som du tror skulle göra det lättare för patienten att återgå i arbete",
                mandatory=True,
                system="KV_FKMU_0004",
                exclusive="EJ_AKTUELLT",
                limit=10,
                options=(
                    Option("EJ_AKTUELLT", "Inte aktuellt"),
                    Option("ARBETSTRANING", "Arbetsträning"),
                    Option("ARBETSANPASSNING", Wording({"1.0": "Arbetsanspassning", "1.1": "Arbetsanpassning"}), "Arbetsanpassning"),
                    Option("SOKA_NYTT_ARBETE", "Söka nytt arbete"),
                    Option("BESOK_ARBETSPLATS", "Besök på arbetsplatsen"),
                    Option("ERGONOMISK", "Ergonomisk bedömning"),
                    Option("HJALPMEDEL", "Hjälpmedel"),
                    Option("KONFLIKTHANTERING", "Konflikthantering"),
                    Option("KONTAKT_FHV", "Kontakt med företagshälsovård"),
                    Option("OMFORDELNING", "Omfördelning av arbetsuppgifter"),
                    Option("OVRIGA_ATGARDER", "Övrigt"),
                ),
                help="Åtgärder utanför vården. Tror du inte att någon skulle hjälpa, välj ”Inte aktuellt”.",
            ),
            TextArea(
                "44",
                "Här kan du ange fler åtgärder. Du kan också beskriva hur åtgärderna kan underlätta återgång i arbete.",
                visible=answered("40"),
                follows=~chosen("40", "EJ_AKTUELLT"),
            ),
            visible=NOT_CONTAGION,
        ),
        other_information("Övriga upplysningar", limit=2700),
        contact(full_stop=".", visible=NOT_CONTAGION),
        ADDITIONAL,
        UNIT,
    )
)

PAPER = paper_fk.form(
    "7804",
    ("Läkarintyg", "för sjukpenning"),
    (
        frame("1", "Smittbärarpenning", Ticked("27")),
        frame("2", "", Ticked("1", values=(paper_fk.DAY,), row=8), Written("1.3", 10, beside=True)),
        frame("3", "", Ticked("28"), Written("29", 22.5)),
        frame("4", "", Diagnosed("6")),
    ),
    (
        frame("5", "", Written("35", 43, keeps_lines=True)),
        frame("6", "", Written("17", 43, keeps_lines=True)),
        frame("7", "Medicinsk behandling", Written("19", 36), Written("20", 36)),
        frame("8", "", Ticked("32", values=(paper_fk.FROM, paper_fk.TO), backwards=True), Written("37", 22.5)),
    ),
    (
        goes_on(Ticked("34"), Ticked("33", words=paper_fk.FILL_IN, columns=2), Written("33.2", 23)),
        frame("9", "", Ticked("39")),
        frame("10", "Åtgärder", Ticked("40", columns=3), Written("44", 40.5)),
        frame("11", "", Written("25", 40.5, keeps_lines=True)),
    ),
    (paper_fk.contact("12", 13.5), paper_fk.signature("13", 30)),
    edition=Wording({"1.0": "01", "1.1": "02"}),
    agreed_since="1.1",
    reminder=Wording({"1.0": "", "1.1": paper_fk.PRIVACY}),
)

MINIMAL = Minimal(
    ("1", "1.3", "28", "29", "32", "34", "33", "39", "39.3", "40", "44"),
    only={"28": frozenset({"NUVARANDE_ARBETE"})},
    refused=ticked("27"),
    holds=(
        "vad intyget är baserat på",
        "yrke och arbetsuppgifter, om bedömningen gäller nuvarande arbete",
        "hur mycket arbetsförmågan är nedsatt och under vilken tid",
        "resor till och från arbetet, arbetstidens förläggning, prognos och åtgärder",
        "vem som har utfärdat intyget, och när",
    ),
)

FK7804 = CertificateType(
    id="lisjp",
    code="FK 7804",
    external_code="LISJP",
    name="Läkarintyg för sjukpenning",
    recipient=FORSAKRINGSKASSAN,
    description="Intyg om nedsatt arbetsförmåga på grund av sjukdom, som underlag för Försäkringskassans beslut om sjukpenning.",
    about=(
        "Läkarintyget beskriver hur patientens sjukdom påverkar funktioner och aktiviteter och därmed förmågan att arbeta. "
        "Försäkringskassan använder det för att bedöma rätten till sjukpenning, och arbetsgivaren kan behöva det för rehabiliteringen.",
        "Beskriv kedjan från diagnos till funktionsnedsättning, aktivitetsbegränsning och arbetsförmåga så att någon som inte har träffat "
        "patienten kan följa den.",
        "Tala om för patienten att ansökan om sjukpenning görs hos Försäkringskassan. Patienten kan läsa och skicka intyget i Mina intyg.",
    ),
    text_versions=(
        TextVersion("1.0", date(2016, 10, 25), "FK 7804 (001 F 001)"),
        TextVersion("1.1", date(2020, 2, 17), "FK 7804 (003 F 001)"),
        TextVersion("1.2", date(2021, 3, 22), "FK 7804 (003 F 001)"),
        TextVersion("1.3", date(2022, 2, 1), "FK 7804 (005 F 001)"),
    ),
    summary=("Gäller intygsperiod", "32"),
    # More than the manual lists (S 5.7): what is judged anew each time goes too (reference fk7804.md §10.1), and the dialog says so.
    not_renewed=("1", "1.3", "1.motivering", "32", "32.motivering", "33", "33.2", "39", "39.3", "26", "26.2"),
    generations=(Generation("1.0", FORM),),
    paper=PAPER,
    minimal=MINIMAL,
    file_name="lakarintyg_sjukpenning",
)
