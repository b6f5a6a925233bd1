"""Where Transportstyrelsen's schematrons say otherwise than the reference, and we follow the reference.

We are the stricter judge. Each row names a reason to refuse that the schematron does not have; a document that we alone refuse must have
no other reason.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from differences import Difference, values
from example_fk7804 import TODAY
from webcert.certificate_types import TYPES
from webcert.certificate_types.received import judge
from webcert.forms.problems import Problem
from webcert.vocabulary.svar import Coded, PartialDate, Svar
from written import document


@dataclass(frozen=True)
class Stricter:
    """`problem` is what we say, as "question: text"."""

    reference: str
    why: str
    problem: str

    def is_why(self, problem: Problem) -> bool:
        return re.match(self.problem, f"{problem.question}: {problem.text}") is not None


COMMON = (
    Stricter("tstrk1007.md §5.2, svar 1 and 33: one for each chosen option", "the same code may be repeated", "(1|33): Samma alternativ"),
    Stricter(
        "tstrk1007.md §9, tstrk1031.md §7: values without correction are needed; negative ones are refused",
        "one value of any kind is enough, and the sign is left out",
        "8: (Ange ett svar|Ange synskärpa i intervallet)",
    ),
    Stricter(
        "tstrk1007.md §5.3: svar ids are 1–34; tstrk1031.md §2.4", "the expression has loose ends", r"\d+: Svaret hör inte till formuläret"
    ),
    Stricter("tstrk1007.md §5.2: a delsvar is given once", "it is counted for few of them only", r"\d+: Delsvar [\d.]+ finns flera gånger"),
    Stricter(
        "tstrk1007.md §5.3: texts are not empty",
        "a no-break space is text to XPath, and some texts are not looked at",
        r"[\d.]+: (Ange ett|Skriv ett) svar",
    ),
)

OF_1007_ALONE = (
    Stricter("tstrk1007.md §9: ”Kan inte ta ställning” stands alone", "nothing is said of it", "33: ”Kan inte ta ställning”"),
    Stricter(
        "tstrk1007.md §5.2: 0–1 of svar 9, 11, 13, 18, 19, 32 and 34",
        "how many there are is not counted",
        r"(9|11|13|18|19|32|34): (Frågan är besvarad flera gånger|Delsvar [\d.]+ hör inte till frågan)",
    ),
    Stricter(
        "tstrk1007.md §5.2: svar 18, 32 and 33 have their one delsvar and no other",
        "svar without it, or with another, pass",
        r"(18|32|33): Delsvar [\d.]+ (saknas|hör inte till frågan)",
    ),
    Stricter(
        "tstrk1007.md §5.3, known defects: the checks of 25.2 and 25.3 are applied to 25.1; §5.2: 19.1–19.3 are boolean, 18.1 is E10 or "
        "E11",
        "their contents are not looked at",
        r"(18|19|25): Delsvar (18\.1|19\.\d|25\.[23]) (ska vara true eller false|har en okänd kod|har fel datatyp)",
    ),
    Stricter("(follows from the row above)", "what cannot be read is missing", r"(18|19|25\.3|33): Välj"),
    Stricter(
        "tstrk1007.md §5.2: 12.2, 16.2 and 21.2 are text",
        "their contents are not looked at",
        r"(12|16|21): Delsvar \d+\.2 har fel datatyp",
    ),
)

OF_1031_ALONE = (
    Stricter("tstrk1031.md §2.5: instans is positive", "there is no such rule", r"\d+: Instansnumret är fel"),
    Stricter(
        "tstrk1031.md §2.5, known defect: question 2 (and 37 in version 3)", "the rule names a misspelt element", "(2|37): (Delsvar|Välj)"
    ),
    Stricter("tstrk1031.md §2.4: 0–1 of svar 34", "it is not counted", r"34: (Frågan är besvarad flera|Delsvar 34\.1 hör inte)"),
    Stricter(
        "tstrk1031.md §2.5: the format element must match", "only the value is looked at", r"[\d.]+: Delsvar [\d.]+ har fel form för datum"
    ),
    Stricter(
        "tstrk1031.md §2.5: partialDate is yyyy-mm-dd",
        "a time zone may follow, and the year of a date is not compared",
        r"[\d.]+: Ange (datum i formatet|ett giltigt datum|ett giltigt årtal)",
    ),
)


def _only_because_of(rows: Sequence[Stricter], type: str, version: str) -> Difference:
    def applies(svar: Sequence[Svar]) -> bool:
        problems = judge(document(svar, version, TYPES[type]), today=TODAY).problems
        return all(any(row.is_why(problem) for row in rows) for problem in problems)

    return Difference("the rows above", "we refuse for a reason of the table and for no other", False, applies)


def _untrimmed(svar: Sequence[Svar]) -> bool:
    return any(isinstance(value, Coded) and value.code != value.code.strip() for value in values(svar, ""))


UNTRIMMED = Difference("06-rivta-model-and-codes.md: codes are trimmed", "XPath does not trim a no-break space", True, _untrimmed)
CLOCK = Difference(
    "tstrk1031.md §2.5: dates are compared with today",
    "the schematron asks the clock of the machine, the tests have a day of their own",
    False,
    lambda svar: any(isinstance(value, PartialDate) and value.value > TODAY.isoformat() for value in values(svar, "")),
)
EMPTY_TREATMENT = Difference(
    "tstrk1031.md R4",
    "the schematron refuses a svar 209 in which every box is false, also when nobody asked for it; to us it says nothing",
    True,
    lambda svar: any(one.id == "209" for one in svar),
)

OF_VERSION_6 = (
    Stricter("tstrk1007.md §4.2: at most 2,0", "version 6 has no upper limit", "8: Ange synskärpa"),
    Stricter("tstrk1007.md §2: 30.2 and 30.3 have at most 40 characters, 30.4 has 50", "version 6 does not count", r"30\.\d: Texten är"),
)
OF_TSTRK1007_6 = (_only_because_of((*COMMON, *OF_1007_ALONE, *OF_VERSION_6), "ts-bas", "6.8"), UNTRIMMED)
OF_TSTRK1007_7 = (_only_because_of((*COMMON, *OF_1007_ALONE), "ts-bas", "7.0"), UNTRIMMED)
OF_TSTRK1031_3 = (_only_because_of((*COMMON, *OF_1031_ALONE), "ts-diabetes", "3.0"), UNTRIMMED, CLOCK)
OF_TSTRK1031_4 = (_only_because_of((*COMMON, *OF_1031_ALONE), "ts-diabetes", "4.2"), UNTRIMMED, CLOCK, EMPTY_TREATMENT)
