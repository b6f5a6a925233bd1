"""FK 7263 filled in as it once was: in full, with as little as possible, and for who was kept from work by law."""

from typing import Any

FULL: dict[str, Any] = {
    "27": False,
    "6": {"system": "ICD_10_SE", "code": "M545"},
    "10001": "Ländryggssmärta sedan ett lyft i augusti. Samsjuklighet föreligger. F329 Depressiv episod",
    "10002": "Akut smärta den 28 augusti, först bättre av egenträning, sämre igen efter försök att arbeta heltid.",
    "35": "Kraftigt nedsatt framåtböjning, muskelspänning L3–S1. Inga bortfall. MADRS 19.",
    "1": [
        {"code": "UNDERSOKNING", "date": "2015-09-14"},
        {"code": "TELEFONKONTAKT", "date": "2015-09-10"},
        {"code": "JOURNALUPPGIFTER", "date": "2015-09-01"},
        {"code": "ANNAT", "date": "2015-09-11"},
    ],
    "1.annat": "Bedömning av fysioterapeut",
    "17": "Kan inte lyfta mer än 5 kg, inte sitta mer än en halvtimme i taget och orkar inte koncentrera sig en hel dag.",
    "10003.1": False,
    "10003.2": True,
    "10003.3": "Genomgång av arbetsställningar på arbetsplatsen",
    "10004.1": "Fysioterapi två gånger i veckan, samtalskontakt var fjortonde dag",
    "10004.2": "Promenader varje dag",
    "10005": "GAR_EJ_ATT_BEDOMA",
    "28": ["NUVARANDE_ARBETE", "FORALDRALEDIG"],
    "29": "Lagerarbetare, tunga lyft",
    "32": [
        {"code": "EN_FJARDEDEL", "from": "2015-11-02", "to": "2015-11-15"},
        {"code": "HALFTEN", "from": "2015-10-12", "to": "2015-11-01"},
        {"code": "TRE_FJARDEDEL", "from": "2015-09-28", "to": "2015-10-11"},
        {"code": "HELT_NEDSATT", "from": "2015-09-14", "to": "2015-09-27"},
    ],
    "32.arbetstid": "Halva dagar måndag till fredag",
    "37": "Två sjukdomar samtidigt ger en längre återhämtning.",
    "10006": "GAR_EJ_ATT_BEDOMA",
    "10006.fortydligande": "Beror på hur samtalskontakten faller ut",
    "34": True,
    "26": True,
    "25": "Patienten vill gärna tillbaka till sitt arbete.",
}

MINIMAL: dict[str, Any] = {
    "27": False,
    "6": {"system": "KSH_97_P", "code": "M54-P"},
    "35": "Stel rygg",
    "1": [{"code": "JOURNALUPPGIFTER", "date": "2015-09-14"}],
    "17": "Kan inte lyfta",
    "10003.1": False,
    "10003.2": False,
    "28": ["ARBETSSOKANDE"],
    "32": [{"code": "HELT_NEDSATT", "from": "2015-09-14", "to": "2015-09-27"}],
    "10005": "NEJ",
    "10006": "JA_DELVIS",
    "34": False,
    "26": False,
}

CONTAGION: dict[str, Any] = {
    "27": True,
    "10003.1": False,
    "10003.2": False,
    "32": [{"code": "HELT_NEDSATT", "from": "2015-09-14", "to": "2015-09-27"}],
    "26": False,
}

BASES = (FULL, MINIMAL, CONTAGION)
