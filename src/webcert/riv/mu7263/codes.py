"""The code values of the older FK 7263 document, and what each is in the svar of RIV-TA. Source: reference/certificates/fk7263.md §6.2."""

from webcert.vocabulary.diagnosis_codes import ICD_10_SE, KSH_97_P

CONTAGION = "Avstangning_enligt_SmL_pga_smitta"
OTHER_ADVICE = "Ovrigt"
CARE = "Planerad_eller_pagaende_behandling_eller_atgard_inom_sjukvarden"
OTHER_MEASURE = "Planerad_eller_pagaende_annan_atgard"
OTHER_TRAVEL = "Forandrat_ressatt_till_arbetsplatsen_ar_aktuellt"
NO_OTHER_TRAVEL = "Forandrat_ressatt_till_arbetsplatsen_ar_ej_aktuellt"
CANNOT_TELL = "Det_gar_inte_att_bedomma"
PRESENT_WORK = "Nuvarande_arbete"

BOXES = {
    CONTAGION: "27.1",
    "Patienten_behover_fa_kontakt_med_Arbetsformedlingen": "10003.1",
    "Patienten_behover_fa_kontakt_med_foretagshalsovarden": "10003.2",
    "Kontakt_med_Forsakringskassan_ar_aktuell": "26.1",
}
"""aktivitetskod → delsvar of a box that is ticked or not."""

ALTERNATIVES = {
    "Arbetslivsinriktad_rehabilitering_ar_aktuell": ("10005.1", "true"),
    "Arbetslivsinriktad_rehabilitering_ar_ej_aktuell": ("10005.1", "false"),
    "Gar_ej_att_bedomma_om_arbetslivsinriktad_rehabilitering_ar_aktuell": ("10005.2", "true"),
    OTHER_TRAVEL: ("34.1", "true"),
    NO_OTHER_TRAVEL: ("34.1", "false"),
}
"""aktivitetskod → delsvar and truth value; without any of them the question is not answered."""

DESCRIBED = {OTHER_ADVICE: "10003.3", CARE: "10004.1", OTHER_MEASURE: "10004.2"}
"""aktivitetskod → delsvar of its description."""

PROGNOSES = {
    "Aterstallas_helt": ("10006.1", "true"),
    "Aterstallas_delvis": ("10006.2", "true"),
    "Inte_aterstallas": ("10006.1", "false"),
    CANNOT_TELL: ("10006.3", "true"),
}
BASED_ON = {
    "Min_undersokning_av_patienten": "UNDERSOKNING",
    "Min_telefonkontakt_med_patienten": "TELEFONKONTAKT",
    "Journaluppgifter": "JOURNALUPPGIFTER",
    "Annat": "ANNAT",
}
OCCUPATIONS = {PRESENT_WORK: "NUVARANDE_ARBETE", "Arbetsloshet": "ARBETSSOKANDE", "Foraldraledighet": "FORALDRALEDIG"}
DEGREES = {
    "Nedsatt_med_1/4": "EN_FJARDEDEL",
    "Nedsatt_med_1/2": "HALFTEN",
    "Nedsatt_med_3/4": "TRE_FJARDEDEL",
    "Helt_nedsatt": "HELT_NEDSATT",
}
SYSTEMS = {"ICD-10": ICD_10_SE, "KSH97-P": KSH_97_P}
"""codeSystemName → code system."""
