"""What Transportstyrelsen's certificates have in common: licence categories, the check of identity, addresses, and their rules.

Source: reference/certificates/tstrk1007.md §2, §6; tstrk1031.md §1, §5. The help texts are our own.
"""

from webcert.certificate_types.paper import AsRead
from webcert.forms.conditions import WRITING, Condition, chosen
from webcert.forms.elements.choice import Choice
from webcert.forms.elements.choices import Choices
from webcert.forms.elements.options import Option
from webcert.forms.elements.patient_address import PatientAddress
from webcert.forms.elements.unit_address import UnitAddress
from webcert.forms.form import category
from webcert.forms.problems import Kind
from webcert.forms.rules import Rule
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

CATEGORIES = (
    "AM: moped klass I. A1, A2, A: motorcykel, från lätt till tung. B och BE: personbil och lätt lastbil, med lätt respektive tyngre släp.",
    "C1, C1E, C, CE: lastbil, medeltung och tung; E betyder tungt släp. D1, D1E, D, DE: buss, mellanstor och större. "
    "Taxi: taxiförarlegitimation.",
)
"""What the letters mean, for help texts."""


def codes(*groups: tuple[Option, ...]) -> tuple[str, ...]:
    """The codes of all the options."""
    return tuple(option.code for group in groups for option in group)


def warning(when: Condition, text: str) -> Rule:
    """Asks the writer to think again; stops nothing."""
    return Rule(WRITING & when, text, Kind.WARNING)


def not_concerned(meets: tuple[Option, ...], concerns: tuple[Option, ...], *, forbidden: bool = False) -> tuple[Rule, ...]:
    """Question 33 says that the patient meets the requirements of a category that question 1 does not name: a rule for each category.

    Source: tstrk1007.md §9, tstrk1031.md R35 and §7.
    """

    def rule(met: Option, concerned: Option) -> Rule:
        when = chosen("33", met.code) & ~chosen("1", concerned.code)
        text = f"Vald behörighet ({met.label}) överensstämmer inte med vilken behörighet intyget avser."
        return Rule(when, text) if forbidden else warning(when, text)

    return tuple(rule(met, concerned) for met, concerned in zip(meets, concerns, strict=True))


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


def meets_requirements(label: str, *, options: tuple[Option, ...], rules: tuple[Rule, ...], limit: int) -> Choices:
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


def since_68(old: str, new: str) -> Wording:
    """The words of TSTRK1007 6.7, and those from 6.8 on."""
    return Wording({"6.7": old, "6.8": new})


def numbered(number: str, text: str) -> Wording:
    """TSTRK1007 6.7 numbers the heading or question; from 6.8 on there are no numbers."""
    return since_68(f"{number} {text}", text)


def colon(text: str) -> Wording:
    """TSTRK1007 6.7 ends the words with a colon, later versions do not."""
    return since_68(f"{text}:", text)


PRINT = AsRead(
    sending="Vårdenheten kan skicka intyget elektroniskt till Transportstyrelsen. Den som själv vill skicka det gör det i Mina intyg, "
    "eller lämnar en utskrift till Transportstyrelsen. Mer finns att läsa på transportstyrelsen.se.",
)
"""How the certificates are printed (tstrk1007.md §8): as they are read, without a form of its own."""
