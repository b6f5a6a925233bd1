"""Good answers to the statements FK 7800, FK 7801 and FK 7802: full ones, and the least that can be signed."""

from typing import Any

from example_fk7804 import ADDRESS

Answers = dict[str, Any]

BASIS: Answers = {
    "1": [
        {"code": "JOURNALUPPGIFTER", "date": "2026-09-14"},
        {"code": "ANHORIG", "date": "2026-11-02"},
        {"code": "ANNAT", "date": "2026-11-19"},
    ],
    "1.3": "Telefonsamtal med patientens boendestödjare, med patientens medgivande.",
    "1.motivering": "Patienten vågar inte lämna hemmet; hembesök är bokat till den 3 december.",
    "2": "2021-03-08",
    "3": True,
    "4": [
        {"type": "NEUROPSYKIATRISKT", "date": "2023-05-17", "source": "Neuropsykiatriska kliniken, Björkhagens sjukhus"},
        {"type": "ARBETSTERAPEUT", "date": "2026-02-11", "source": "Björkhagens vårdcentral"},
        {"type": "OVRIGT_UTLATANDE", "date": "2026-10-30", "source": "Patienten skickar med intyget till sin ansökan"},
    ],
}
END: Answers = {
    "25": "Patientens syster hjälper till med ansökan och får gärna vara med vid samtal.",
    "26": True,
    "26.2": "Jag berättar gärna mer om arbetsprövningen 2025. Säkrast tisdagar kl. 13–15.",
    "unit": ADDRESS,
}
DIAGNOSES = {
    "system": "ICD_10_SE",
    "rows": [
        {"code": "F840", "text": "Autism i barndomen"},
        {"code": "F900", "text": "Aktivitets- och uppmärksamhetsstörning (ADHD)"},
        {"code": "G442", "text": "Huvudvärk av spänningstyp"},
    ],
}
ILLNESS: Answers = {
    "6": DIAGNOSES,
    "7": "Autism och adhd 2023, neuropsykiatriska kliniken. Spänningshuvudvärk 2022, vårdcentralen.",
    "45": True,
    "45.2": "Depression som ställdes 2019 bör prövas på nytt sedan autism har utretts.",
    "5": "Svårigheter i skolan från tio års ålder. Gymnasium med anpassad studiegång. Tre anställningar på sammanlagt elva månader, alla "
    "avslutade på grund av utmattning. Sjukskriven sedan mars 2024, arbetsprövning på 25 procent avbröts efter sex veckor 2025.",
    "8": "WAIS-IV 2023: ojämn profil, processhastighet 71, övriga index 92–104.",
    "9": "Stor: talar bara med en person i taget, missförstår indirekta uppmaningar, går därifrån vid oväntade frågor.",
    "10": "Stor: tappar tråden efter tio minuter, kan inte påbörja en uppgift utan att någon säger det. Conners CPT-3 avvikande.",
    "11": "Måttlig: sömn fyra till fem timmar, ångest vid ändrade planer. MADRS 17.",
    "12": "Måttlig: plågas av ljud och lysrör, bär hörselskydd. Huvudvärk tre dagar i veckan.",
    "13": "Lätt: nedsatt finmotorik i höger hand, i övrigt utan anmärkning.",
    "14": "Inget avvikande i kroppsligt status. Hb, TSH och B-12 normala 2026-09-14.",
    "17": "Kan inte åka buss ensam, handlar bara tidigt på morgonen och äter samma tre rätter. Behöver en dags vila efter varje besök. "
    "Läser tekniska texter i timmar men kan inte svara i telefon. Uppgifterna grundas på boendestödjarens iakttagelser och "
    "på mitt hembesök.",
    "18": "Sertralin 2019–2021 utan effekt. KBT 12 gånger 2020, viss effekt på ångest. Dagverksamhet erbjöds 2024 men avböjdes på grund av "
    "ljudmiljön.",
    "19": "Metylfenidat sedan augusti 2023, boendestöd tre gånger i veckan, arbetsterapeut varannan vecka. Ansvarig: Björkhagens "
    "vårdcentral.",
    "20": "Sömnutredning i februari 2027 vid sömnmottagningen.",
    "21": "Metylfenidat 54 mg. Ingen alkohol, inga narkotiska preparat.",
    "22": "Förmågan bedöms inte öka mer än marginellt. Två timmar om dagen hemifrån kan på sikt vara möjligt; arbetstiden behöver då börja "
    "samma klockslag varje dag.",
    "23": "Noggrann och uthållig med teknik som intresserar: lagar datorer åt grannar och för register över vädret.",
}
LEAST: Answers = {
    "1": [{"code": "UNDERSOKNING", "date": "2026-11-20"}],
    "2": "2026-11-20",
    "3": False,
    "6": {"system": "KSH_97_P", "rows": [{"code": "M54-P", "text": "Ryggvärk"}]},
    "26": False,
    "unit": ADDRESS,
}
LEAST_AT_WORK: Answers = {
    **LEAST,
    "7": "2020, vårdcentralen.",
    "45": False,
    "5": "Ryggskott som inte har gått över.",
    "12": "Ont i ryggen.",
    "17": "Kan inte lyfta.",
    "22": "Oförändrade.",
}

LUSE: list[Answers] = [{**BASIS, **ILLNESS, **END}, LEAST_AT_WORK]
SUGGESTION = "Arbetsträning i lugn miljö med en enda handledare, och hjälp med tidig start på morgonen."
LUAE_NA: list[Answers] = [{**LUSE[0], "24": SUGGESTION}, LEAST_AT_WORK]
LUAE_FS: list[Answers] = [
    {
        **BASIS,
        "6": DIAGNOSES,
        "15": "Märktes i årskurs fyra: trött efter skolan, ensam på raster. I dag stora svårigheter med samspel och att komma i gång.",
        "16": "Frånvaro 60 procent i årskurs två. Läser två ämnen i taget och behöver ytterligare ett och ett halvt år.",
        **END,
    },
    {**LEAST, "15": "Medfödd.", "16": "Orkar halva dagar."},
]
