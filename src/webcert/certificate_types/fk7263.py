"""FK 7263, Läkarintyg, which FK 7804 has replaced: it is read and printed, never written.

Source of headings, labels and codes: reference/certificates/fk7263.md §4, §5 and §7. Signed ones come as the legacy document
(`riv.mu7263`, which says them in these svar) or in the form of RIV-TA. What the form once asked and no document carries on its own
is asked only WRITING: it stands in field 13, after its field's number.
"""

from datetime import date

from webcert.certificate_types.certificate_type import FORSAKRINGSKASSAN, CertificateType, Generation, TextVersion
from webcert.certificate_types.paper import Minimal, PaperForm, Signed, Ticked, Written, frame, goes_on
from webcert.certificate_types.paper_fk import DAY, FROM, SEND_TO, TO
from webcert.forms.conditions import WRITING, chosen, ticked
from webcert.forms.elements.checkbox import Checkbox
from webcert.forms.elements.choice.flagged import Flag, FlaggedChoice
from webcert.forms.elements.choices import Choices
from webcert.forms.elements.dated_choices import DatedChoices
from webcert.forms.elements.diagnosis_code import DiagnosisCode
from webcert.forms.elements.options import Option
from webcert.forms.elements.sick_leave import Degree, SickLeave
from webcert.forms.elements.text import TextArea
from webcert.forms.elements.yes_no import YesNo
from webcert.forms.form import Form, MovedTo, category
from webcert.vocabulary.oids import STATEMENT_TYPE

ASKED = WRITING & ~ticked("27")
"""What had to be answered, unless the patient was kept from work by law. The contract of RIV-TA asks for nothing but the periods."""

COULD_NOT_TELL = "Går inte att bedöma"

FORM = Form(
    (
        category(
            "smittskydd",
            "Avstängning enligt smittskyddslagen på grund av smitta (fält 1)",
            Checkbox("27", "Avstängning enligt smittskyddslagen på grund av smitta (fält 1)"),
        ),
        category(
            "diagnos",
            "Diagnos/diagnoser för sjukdom som orsakar nedsatt arbetsförmåga (fält 2)",
            DiagnosisCode("6", "Diagnoskod enligt ICD-10 (huvuddiagnos)", mandatory=ASKED),
            TextArea("10001", "Förtydligande av diagnos/diagnoser"),
        ),
        category(
            "sjukdomsforlopp",
            "Aktuellt sjukdomsförlopp (Fält 3)",
            TextArea("10002", "Aktuellt sjukdomsförlopp (Fält 3)"),
        ),
        category(
            "funktionsnedsattning",
            "Funktionsnedsättning - observationer, undersökningsfynd och utredningsresultat (fält 4)",
            TextArea(
                "35",
                "Funktionsnedsättning - observationer, undersökningsfynd och utredningsresultat (fält 4)",
                mandatory=ASKED,
            ),
        ),
        category(
            "intygbaseratpa",
            "Intyget baseras på (fält 4b)",
            DatedChoices(
                "1",
                "Intyget baseras på (fält 4b)",
                mandatory=ASKED,
                system="KV_FKMU_0001",
                options=(
                    Option("UNDERSOKNING", "Min undersökning av patienten den", "Min undersökning av patienten"),
                    Option("TELEFONKONTAKT", "Min telefonkontakt med patienten den", "Min telefonkontakt med patienten"),
                    Option("JOURNALUPPGIFTER", "Journaluppgifter, den", "Journaluppgifter från den"),
                    Option("ANNAT", "Annat, den", "Annat"),
                ),
            ),
            TextArea("1.annat", "Annat", visible=WRITING & chosen("1", "ANNAT"), mandatory=True, moved_to=MovedTo("25", "4b: ", ". ")),
        ),
        category(
            "aktivitetsbegransning",
            "Aktivitetsbegränsning relaterat till diagnos och funktionsnedsättning (fält 5)",
            TextArea("17", "Aktivitetsbegränsning relaterat till diagnos och funktionsnedsättning (fält 5)", mandatory=ASKED),
        ),
        category(
            "rekommendationer",
            "Rekommendationer (fält 6a)",
            Checkbox("10003.1", "Kontakt med Arbetsförmedlingen"),
            Checkbox("10003.2", "Kontakt med företagshälsovården"),
            TextArea("10003.3", "Övrigt"),
        ),
        category(
            "atgarder",
            "Planerad eller pågående behandling eller åtgärd (fält 6b)",
            TextArea("10004.1", "Inom sjukvården"),
            TextArea("10004.2", "Annan åtgärd"),
        ),
        category(
            "rehabilitering",
            "Är arbetslivsinriktad rehabilitering aktuell? (fält 7)",
            FlaggedChoice(
                "10005",
                "Är arbetslivsinriktad rehabilitering aktuell? (fält 7)",
                options=(
                    Flag("JA", "Ja", delsvar="10005.1"),
                    Flag("NEJ", "Nej", delsvar="10005.1", value=False),
                    Flag("GAR_EJ_ATT_BEDOMA", COULD_NOT_TELL, delsvar="10005.2"),
                ),
            ),
        ),
        category(
            "sysselsattning",
            "Patientens arbetsförmåga bedöms i förhållande till (fält 8a)",
            Choices(
                "28",
                "Patientens arbetsförmåga bedöms i förhållande till (fält 8a)",
                mandatory=ASKED,
                system="KV_FKMU_0002",
                limit=3,
                unnumbered=True,
                options=(
                    Option("NUVARANDE_ARBETE", "Nuvarande arbete"),
                    Option(
                        "ARBETSSOKANDE",
                        "Arbetslöshet - att utföra sådant arbete som är normalt förekommande på arbetsmarknaden",
                        "Arbetssökande",
                    ),
                    Option(
                        "FORALDRALEDIG",
                        "Föräldraledighet med föräldrapenning - att vårda sitt barn",
                        "Föräldraledighet för vård av barn",
                    ),
                ),
            ),
            TextArea(
                "29",
                "Nuvarande arbete - ange aktuella arbetsuppgifter",
                visible=chosen("28", "NUVARANDE_ARBETE"),
                mandatory=ASKED,
            ),
        ),
        category(
            "nedsattning",
            "Jag bedömer att arbetsförmåga är (fält 8b)",
            SickLeave(
                "32",
                "Jag bedömer att arbetsförmåga är (fält 8b)",
                mandatory=True,
                system="KV_FKMU_0003",
                columns=("Nedsatt med", "Från och med", "Längst till och med"),
                lenient=True,
                degrees=(
                    Degree("EN_FJARDEDEL", "Nedsatt med 1/4", "25%", 25),
                    Degree("HALFTEN", "Nedsatt med hälften", "50%", 50),
                    Degree("TRE_FJARDEDEL", "Nedsatt med 3/4", "75%", 75),
                    Degree("HELT_NEDSATT", "Helt nedsatt", "100%", 100),
                ),
            ),
            TextArea("32.arbetstid", "Arbetstidsförläggning", visible=WRITING, moved_to=MovedTo("25", "8b: ", ". ")),
        ),
        category(
            "motivering",
            "Patientens arbetsförmåga bedöms nedsatt längre tid än den som det försäkringsmedicinska beslutsstödet anger, "
            "därför att: (fält 9)",
            TextArea(
                "37",
                "Patientens arbetsförmåga bedöms nedsatt längre tid än den som det försäkringsmedicinska beslutsstödet anger, "
                "därför att: (fält 9)",
            ),
        ),
        category(
            "prognos",
            "Prognos - kommer patienten att få tillbaka sin arbetsförmåga i nuvarande arbete? (Gäller inte arbetslösa) (fält 10)",
            FlaggedChoice(
                "10006",
                "Prognos - kommer patienten att få tillbaka sin arbetsförmåga i nuvarande arbete? (Gäller inte arbetslösa) (fält 10)",
                options=(
                    Flag("JA", "Ja", delsvar="10006.1"),
                    Flag("JA_DELVIS", "Ja, delvis", delsvar="10006.2"),
                    Flag("NEJ", "Nej", delsvar="10006.1", value=False),
                    Flag("GAR_EJ_ATT_BEDOMA", COULD_NOT_TELL, delsvar="10006.3"),
                ),
            ),
            TextArea(
                "10006.fortydligande",
                "Förtydligande",
                visible=WRITING & chosen("10006", "GAR_EJ_ATT_BEDOMA"),
                mandatory=True,
                moved_to=MovedTo("25", "10: ", ". "),
            ),
        ),
        category(
            "ressatt",
            "Kan resor till och från arbetet med annat färdsätt än normalt göra det möjligt för patienten att återgå i arbete? (fält 11)",
            YesNo(
                "34",
                "Kan resor till och från arbetet med annat färdsätt än normalt göra det möjligt för patienten att återgå i arbete? "
                "(fält 11)",
            ),
        ),
        category(
            "kontakt",
            "Kontakt önskas med Försäkringskassan (fält 12)",
            Checkbox("26", "Kontakt önskas med Försäkringskassan (fält 12)"),
        ),
        category(
            "ovrigt",
            "Övriga upplysningar och förtydliganden (fält 13)",
            TextArea("25", "Övriga upplysningar och förtydliganden (fält 13)"),
        ),
    )
)

PAPER = PaperForm(
    title=("Läkarintyg", "enligt 3 kap. 8 § lagen om allmän försäkring"),
    scan_id=("", ""),
    approved="",
    agreed="",
    send_to=SEND_TO,
    pages=(
        (
            goes_on(Ticked("27")),
            frame("", "Diagnos/diagnoser för sjukdom som orsakar nedsatt arbetsförmåga (fält 2)", Written("6", 9), Written("10001", 13)),
            goes_on(Written("10002", 30)),
            frame("", "", Written("35", 30)),
            frame("", "", Ticked("1", values=(DAY,), row=6)),
            frame("", "", Written("17", 30)),
        ),
        (
            frame("", "Rekommendationer (fält 6a)", Ticked("10003.1", row=5), Ticked("10003.2", row=5), Written("10003.3", 10)),
            frame("", "Planerad eller pågående behandling eller åtgärd (fält 6b)", Written("10004.1", 10), Written("10004.2", 10)),
            goes_on(
                Ticked("10005", columns=3, row=5),
                Ticked("28", row=5),
                Written("29", 10),
                Ticked("32", values=(FROM, TO), row=5),
            ),
            goes_on(
                Written("37", 14),
                Ticked("10006", columns=4, row=5),
                Ticked("34", columns=4, row=5),
                Ticked("26", row=5),
                Written("25", 26),
            ),
            goes_on(
                Signed(9, {"Datum (fält 14)": "day", "Läkarens underskrift (fält 16)": "signature"}),
                Signed(26, {"Namnförtydligande, mottagningens adress och telefon (fält 15)": "name_and_unit"}),
                Signed(9, {"Förskrivarkod och arbetsplatskod (fält 17)": "workplace_code"}),
            ),
        ),
    ),
)

MINIMAL = Minimal(
    ("1", "10003.2", "28", "29", "32", "34"),
    only={"28": frozenset({"NUVARANDE_ARBETE"})},
    refused=ticked("27"),
    holds=(
        "vad intyget baseras på",
        "om patienten rekommenderas kontakt med företagshälsovården",
        "nuvarande arbete och arbetsuppgifter",
        "hur mycket arbetsförmågan är nedsatt och under vilken tid",
        "om andra resor till och från arbetet kan göra det möjligt att arbeta",
        "vårdenheten, arbetsplatskoden och datum",
    ),
)

FK7263 = CertificateType(
    id="fk7263",
    code="FK 7263",
    external_code="FK7263",
    name="Läkarintyg FK 7263",
    recipient=FORSAKRINGSKASSAN,
    description="Läkarintyg enligt 3 kap, 8 § lagen (1962:381) om allmän försäkring",
    about=(
        "Läkarintyget var underlag för Försäkringskassans beslut om sjukpenning. FK 7804 har ersatt det.",
        "De intyg som finns kan läsas och skrivas ut. Behöver patienten ett nytt, skapa ett FK 7804.",
    ),
    text_versions=(TextVersion("1.0", date.min, "RFV 7263 (009 J 003)"),),
    summary=("Gäller intygsperiod", "32"),
    generations=(Generation("1.0", FORM),),
    paper=PAPER,
    minimal=MINIMAL,
    file_name="lakarintyg_fk7263",
    type_system=STATEMENT_TYPE,
    replaced_by="lisjp",
)
