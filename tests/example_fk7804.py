"""Good answers to FK 7804, for tests and measurements: `FULL` has every question asked that can be asked at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from webcert.certificate_types.received import received_context

TODAY = date(2026, 11, 21)
SIGNED = received_context(TODAY)
WRITING = replace(SIGNED, received=False, born=date(1912, 12, 12))

FULL: dict[str, Any] = {
    "1": [
        {"code": "TELEFONKONTAKT", "date": "2026-11-18"},
        {"code": "JOURNALUPPGIFTER", "date": "2026-10-02"},
        {"code": "ANNAT", "date": "2026-11-19"},
    ],
    "1.3": "Samtal med patientens närmaste chef på förskolan, med patientens medgivande.",
    "1.motivering": "Patienten orkade inte ta sig till mottagningen i tisdags; undersökning är bokad till den 2 december.",
    "28": ["NUVARANDE_ARBETE", "STUDIER"],
    "29": "Förskollärare, heltid. Leder barngrupp om 18 barn, planerar verksamheten, lyfter barn upp till 15 kg och håller "
    "utvecklingssamtal. Studerar dessutom specialpedagogik på kvartsfart.",
    "6": {
        "system": "ICD_10_SE",
        "rows": [
            {"code": "F438A", "text": "Utmattningssyndrom"},
            {"code": "F510", "text": "Icke organisk sömnlöshet"},
            {"code": "M545", "text": "Ländryggssmärta, ”lumbago”, med utstrålning i höger ben vid långvarigt stående"},
        ],
    },
    "35": {
        "categories": ["Energi och drift", "Uppmärksamhet", "Sömnfunktioner", "Minnesfunktioner"],
        "text": "Psykiskt status: trött och långsam i tal och rörelser, blekt ansikte, lätt till tårar. Tappar tråden efter några minuter "
        "och får börja om. Neutralt stämningsläge, inga psykotiska symtom, ingen suicidalitet.\n\n"
        "KEDS 31 poäng (gräns för utmattning ≥ 19). ISI 22. MADRS 18. Kontroll av Hb, TSH, B-12 och P-glukos utan anmärkning.\n"
        "Rygg: palpationsöm L4–L5, Lasègue negativ, inga neurologiska bortfall.",
    },
    "17": {
        "categories": ["Att hantera stress och andra psykologiska krav", "Att genomföra daglig rutin"],
        "text": "Kan inte leda en barngrupp: tål inte ljud och avbrott, blir yr och får hjärtklappning inom en halvtimme. Kan läsa högst "
        "tio minuter i sträck och glömmer det lästa. Klarar att laga en enkel måltid men måste sedan vila i två timmar. Kan inte stå mer "
        "än en kvart och inte lyfta mer än 5 kg.\n\nUppgifterna grundas på patientens berättelse, chefens iakttagelser och funktionstest "
        "den 2 oktober.",
    },
    "19": "Samtal hos psykolog Åsa Öhrn varje vecka sedan den 5 oktober, mål: sömn och dygnsrytm. Fysioterapeut varannan vecka. "
    "Melatonin 2 mg till natten. Ansvarig: Björkhagens vårdcentral.",
    "20": "Multimodal stressrehabilitering i grupp, tolv veckor, start den 11 januari 2027. Återbesök hos läkare den 2 december.",
    "32": [
        {"code": "HELT_NEDSATT", "from": "2026-11-05", "to": "2026-12-04"},
        {"code": "TRE_FJARDEDEL", "from": "2026-12-05", "to": "2027-01-10"},
        {"code": "HALFTEN", "from": "2027-01-11", "to": "2027-02-10"},
        {"code": "EN_FJARDEDEL", "from": "2027-02-11", "to": "2027-03-10"},
    ],
    "32.motivering": "Telefontiden den 5 november ställdes in på grund av sjukdom hos läkaren.",
    "37": "Långvarig sömnstörning och ryggsmärta samtidigt med utmattningen; tidigare försök att återgå på 50 procent efter fyra veckor "
    "ledde till försämring.",
    "33": True,
    "33.2": "Patienten behöver hela vilodagar mellan arbetsdagarna: två halva dagar i rad har gett tydlig försämring av sömn och minne. "
    "Arbete måndag, onsdag och fredag är att föredra.",
    "34": True,
    "39": "ATER_X_ANTAL_DGR",
    "39.3": "HUNDRAATTIO_DAGAR",
    "40": ["ARBETSANPASSNING", "KONTAKT_FHV", "OMFORDELNING"],
    "44": "Mindre barngrupp, inga lyft och en egen tyst plats för planering under de första tre månaderna. Företagshälsovården kan leda "
    "ett trepartssamtal i december.",
    "25": "Patienten är införstådd med planen och vill tillbaka till sitt arbete.",
    "26": True,
    "26.2": "Gärna avstämning före den 11 januari, helst per telefon kl. 13–14.",
}

ADDRESS = {"address": "Björkvägen 1", "postcode": "123 45", "town": "Björkhagen", "phone": "08-123 45 67"}
CONTAGION = {"27": True, "6": FULL["6"], "32": FULL["32"][:1], "25": "Smitta."}
MINIMAL: dict[str, Any] = {
    "1": [{"code": "UNDERSOKNING", "date": "2026-11-20"}],
    "28": ["STUDIER"],
    "6": {"system": "KSH_97_P", "rows": [{"code": "M54-P", "text": "Ryggvärk"}]},
    "35": {"text": "Stel rygg", "categories": []},
    "17": {"text": "Kan inte lyfta", "categories": []},
    "32": [{"code": "HELT_NEDSATT", "from": "2026-11-20", "to": "2026-12-03"}],
    "39": "PROGNOS_OKLAR",
    "40": ["EJ_AKTUELLT"],
}
BASES: Sequence[dict[str, Any]] = [{**answers, "unit": ADDRESS} for answers in (FULL, MINIMAL, CONTAGION)]
