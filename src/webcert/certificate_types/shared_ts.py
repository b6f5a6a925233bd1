"""What Transportstyrelsen's certificates have in common: licence categories, the check of identity, addresses, and their rules.

Source: reference/certificates/tstrk1007.md §2, §6; tstrk1031.md §1, §5. The help texts are our own.
"""

from webcert.forms.conditions import ALWAYS, WRITING, Condition, chosen
from webcert.forms.elements.acuity import an_eye_below, binocular_below, both_eyes_below, correction_required
from webcert.forms.elements.choice import Choice
from webcert.forms.elements.choices import Choices
from webcert.forms.elements.notice import Notice
from webcert.forms.elements.options import Option
from webcert.forms.elements.patient_address import PatientAddress
from webcert.forms.elements.text import TextArea
from webcert.forms.elements.unit_address import UnitAddress
from webcert.forms.elements.yes_no import YesNo
from webcert.forms.form import category
from webcert.forms.rules import Rule, warning
from webcert.forms.wording import Wording

CONCERNS = "24c41b8d-258a-46bf-a08a-b90738b28770"
IDENTITY = "e7cc8f30-a353-4c42-b17a-a189b6876647"
LICENCE = "e889fa20-1dee-4f79-8b37-03853e75a9f8"
"""Code systems: what the certificate concerns (IAV), how the identity was checked (IDK), licence categories (VAR)."""

_HIGHER = ("C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE", "Taxi")
_LOWER = ("AM", "A1", "A2", "A", "B", "BE", "Traktor")

IAV_HIGHER = tuple(Option(f"IAV{number}", name) for number, name in enumerate(_HIGHER, 1))
IAV_LOWER = tuple(Option(f"IAV{number}", name) for number, name in enumerate(_LOWER, 11))
IAV_OTHER = Option("IAV10", "Annat")
VAR_HIGHER = tuple(Option(f"VAR{number}", name) for number, name in enumerate(_HIGHER, 1))
VAR_LOWER = tuple(Option(f"VAR{number}", name) for number, name in enumerate(_LOWER, 12))
VAR_OTHER = Option("VAR10", "Annat", "Annat (AM, A1, A2, A, B, BE eller Traktor)")
UNDECIDED = Option("VAR11", "Kan inte ta ställning")

TYPE_1, TYPE_2 = Option("E10", "Typ 1", "Diabetes mellitus typ 1"), Option("E11", "Typ 2", "Diabetes mellitus typ 2")
"""Types of diabetes."""

CATEGORIES = (
    "AM: moped klass I. A1, A2, A: motorcykel, från lätt till tung. B och BE: personbil och lätt lastbil, med lätt respektive tyngre släp.",
    "C1, C1E, C, CE: lastbil, medeltung och tung; E betyder tungt släp. D1, D1E, D, DE: buss, mellanstor och större. "
    "Taxi: taxiförarlegitimation.",
)
"""What the letters mean, for help texts."""

ACUITY_HELP = "Skriv en siffra från 0,0 till 2,0 med en decimal. Kan patienten inte läsa raden för 0,1 skrivs 0,0."


def codes(*groups: tuple[Option, ...]) -> tuple[str, ...]:
    """The codes of all the options."""
    return tuple(option.code for group in groups for option in group)


def not_concerned(meets: tuple[Option, ...], concerns: tuple[Option, ...], *, forbidden: bool = False) -> tuple[Rule, ...]:
    """Question 33 says that the patient meets the requirements of a category that question 1 does not name: a rule for each category.

    Source: tstrk1007.md §9, tstrk1031.md R35 and §7.
    """

    def rule(met: Option, concerned: Option) -> Rule:
        when = chosen("33", met.code) & ~chosen("1", concerned.code)
        text = f"Vald behörighet ({met.label}) överensstämmer inte med vilken behörighet intyget avser."
        return Rule(when, text) if forbidden else warning(when, text)

    return tuple(rule(met, concerned) for met, concerned in zip(meets, concerns, strict=True))


def correction_rules(ordinary: Condition, higher: Condition) -> tuple[Rule, ...]:
    """When question 8 must have values with correction; the two conditions say that categories of that kind are chosen in question 1.

    Source: tstrk1007.md §4.2, R33–R35; tstrk1031.md §4.2, R13–R15.
    """
    weak = (ordinary & binocular_below("8", "0.5")) | (higher & (both_eyes_below("8", "0.8") | an_eye_below("8", "0.1")))
    return correction_required("8", weak)


def rows(limit: int) -> int:
    """How high the field of a text is that may be so long."""
    return 1 if limit <= 100 else 2 if limit <= 200 else 4


def asked(id: str, label: str, *, visible: Condition = ALWAYS, mandatory: bool | Condition = True, help: str = "") -> YesNo:
    """A question that must be answered with yes or no."""
    return YesNo(id, label, visible=visible, mandatory=mandatory, help=help)


def details(id: str, label: str, when: Condition = ALWAYS, *, follows: Condition = ALWAYS, limit: int, refused: bool = False) -> TextArea:
    """A text that must be written when an answer before it says so."""
    return TextArea(id, label, visible=when, follows=follows, mandatory=True, limit=limit, rows=rows(limit), refused=refused)


def demand(id: str, when: Condition, text: str) -> Notice:
    """What more Transportstyrelsen demands when the answers say so."""
    return Notice(id, visible=when, warns=True, text=text)


def identity(*, dot: str = "") -> Choice:
    """How the identity was checked. `dot` ends one of the labels in TSTRK1007."""
    return Choice(
        "2",
        "Identitet styrkt genom",
        mandatory=True,
        system=IDENTITY,
        columns=True,
        options=(
            Option("IDK1", "ID-kort"),
            Option("IDK3", "Svenskt körkort"),
            Option("IDK5", "Försäkran enligt 18 kap 4 §", "Försäkran enligt 18 kap. 4 §"),
            Option("IDK2", f"Företagskort eller tjänstekort{dot}", "Företagskort eller tjänstekort"),
            Option("IDK4", "Personlig kännedom"),
            Option("IDK6", "Pass"),
        ),
        help=(
            "ID-kort är SIS-märkta kort, det nationella ID-kortet och Skatteverkets kort. Företagskort och tjänstekort ska vara "
            "SIS-märkta.",
            "Försäkran lämnas av en anhörig eller annan som kan styrka identiteten, enligt 18 kap. 4 § i TSFS 2010:125.",
            "Pass är svenska pass, pass från EU-land och pass från Norge, Island, Schweiz och Liechtenstein.",
        ),
    )


PATIENT = category(
    "patient",
    "Patientens adressuppgifter",
    PatientAddress(
        "patient",
        "Patientens adressuppgifter",
        visible=WRITING,
        mandatory=True,
        help="Uppgifterna kommer från folkbokföringen. Ändra bara om de är fel; rättelsen gäller detta intyg.",
    ),
)

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


def concerns(
    label: str,
    *,
    system: str,
    options: tuple[Option, ...],
    limit: int = 16,
    instruction: str = "",
    rules: tuple[Rule, ...] = (),
    help: tuple[str, ...] = CATEGORIES,
) -> Choices:
    """Question 1: the categories that the certificate concerns."""
    return Choices(
        "1",
        label,
        instruction=instruction,
        mandatory=True,
        system=system,
        options=options,
        limit=limit,
        unnumbered=True,
        across=True,
        rules=rules,
        help=help,
    )


SPECIALIST = "Patienten bör före ärendets avgörande undersökas av läkare med specialistkompetens i"
MEETS = (
    "Ange för vilka behörigheter som patienten uppfyller kraven enligt Transportstyrelsens föreskrifter och allmänna råd om medicinska "
    "krav för innehav av körkort m.m.(TSFS 2010:125)"
)


def meets_requirements(label: str, *, options: tuple[Option, ...], rules: tuple[Rule, ...] = (), limit: int = 16) -> Choices:
    """Question 33: the categories whose requirements the patient meets, or that the doctor cannot tell."""
    return Choices(
        "33",
        label,
        mandatory=True,
        system=LICENCE,
        options=(*options, UNDECIDED),
        exclusive=UNDECIDED.code,
        limit=limit,
        unnumbered=True,
        across=True,
        rules=rules,
        help=("Kan du inte bedöma någon av behörigheterna, välj bara ”Kan inte ta ställning”.", *CATEGORIES),
    )


def specialist(*, label: str = SPECIALIST, limit: int, refused: bool = False) -> TextArea:
    """Question 34: which specialist should examine the patient."""
    return TextArea(
        "34", label, limit=limit, rows=rows(limit), refused=refused, help="Skriv specialiteten, till exempel ögonsjukdomar eller neurologi."
    )


def comments(label: str, *, limit: int, refused: bool = False) -> TextArea:
    """Question 32: what else there is to say."""
    return TextArea(
        "32",
        label,
        limit=limit,
        rows=rows(limit),
        refused=refused,
        help="Sådant som Transportstyrelsen behöver veta och som inte har frågats efter ovan.",
    )


def since_68(old: str, new: str) -> Wording:
    """The words of TSTRK1007 6.7, and those from 6.8 on."""
    return Wording({"6.7": old, "6.8": new})


def numbered(number: str, text: str) -> Wording:
    """TSTRK1007 6.7 numbers the heading or question; from 6.8 on there are no numbers."""
    return since_68(f"{number} {text}", text)


def colon(text: str) -> Wording:
    """TSTRK1007 6.7 ends the words with a colon, later versions do not."""
    return since_68(f"{text}:", text)


SENDING = (
    "Vårdenheten kan skicka intyget elektroniskt till Transportstyrelsen. Den som själv vill skicka det gör det i Mina intyg, eller lämnar "
    "en utskrift till Transportstyrelsen. Mer finns att läsa på transportstyrelsen.se."
)
"""How the patient sends the certificate, on the last page of the print."""
