"""The register of private practitioners: ValidatePrivatePractitioner and GetPrivatePractitioner 1.0, and its table of invented doctors."""

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from simulators.behaviour import MODES, mode_of, set_mode
from simulators.pages import page
from simulators.services import service
from simulators.soap import makers
from simulators.store import Store

_DOMAIN = "urn:riv:infrastructure:directory:privatepractitioner"
_VALIDATE = f"{_DOMAIN}:ValidatePrivatePractitionerResponder:1"
_GET = f"{_DOMAIN}:GetPrivatePractitionerResponder:1"

V, _ = makers(_VALIDATE, f"{_DOMAIN}:1")
G, C = makers(_GET, f"{_DOMAIN}:1")

_HSA_ID, _WORKPLACE, _PERSON = "1.2.752.129.2.1.4.1", "1.2.752.29.4.71", "1.2.752.129.2.1.3.1"
_COORDINATION = "1.2.752.129.2.1.3.3"


@dataclass(frozen=True)
class Practitioner:
    """A doctor with a practice of her own. `licensed` is whether the register of health personnel says that she is a doctor."""

    number: str
    hsa_number: str
    name: str
    practice: str
    about: str
    licensed: bool = True
    workplace_code: str = ""
    specialities: tuple[tuple[str, str], ...] = ()

    @property
    def hsa_id(self) -> str:
        """Person, unit and care provider in one."""
        return f"SE165565594230-WEBCERT{self.hsa_number}"


PRACTITIONERS = (
    Practitioner(
        "195206142597", "00001", "Göran Lundmark", "Lundmarks läkarpraktik", "läkare med egen verksamhet",
        workplace_code="8719001", specialities=(("1613", "Allmänmedicin"),),
    ),
    Practitioner("195401875769", "00002", "Ingrid Nowak", "Nowak Medicin", "läkare med egen verksamhet, utan arbetsplatskod"),
    Practitioner(
        "198001910002", "00003", "Lina Svedin", "Svedins mottagning", "läkare med egen verksamhet, har själv skyddade personuppgifter",
    ),
    Practitioner(
        "196707183130", "00004", "Christer Holm", "Holms praktik", "har konto men ingen legitimation, kan inte logga in", licensed=False,
    ),
)  # fmt: skip

BY_NUMBER = {practitioner.number: practitioner for practitioner in PRACTITIONERS}
BY_HSA_ID = {practitioner.hsa_id: practitioner for practitioner in PRACTITIONERS}

NO_ACCOUNT = ("199901042383", "Alva Bergström", "har inget konto, kan inte logga in")
"""Somebody with an e-legitimation whom the register does not know."""

TEST_USERS = (*((each.number, each.name, each.about) for each in PRACTITIONERS), NO_ACCOUNT)
"""Who can be logged in as with an e-legitimation: number, name, what she is good for in a test."""


def validate(_: Store, request: etree._Element) -> etree._Element:
    """Whether the practitioner may use Webcert."""
    found = _asked_for(request, _VALIDATE)
    if found and found.licensed:
        return V.ValidatePrivatePractitionerResponse(V.resultCode("OK"))
    reason = "NOT_AUTHORIZED_IN_HOSP: Private practitioner is not authorized" if found else "NO_ACCOUNT: No private practitioner exists"
    return V.ValidatePrivatePractitionerResponse(V.resultCode("ERROR"), V.resultText(reason))


def get(_: Store, request: etree._Element) -> etree._Element:
    """What is registered of the practitioner."""
    found = _asked_for(request, _GET)
    if found is None:
        return G.GetPrivatePractitionerResponse(G.resultCode("ERROR"), G.resultText("No private practitioner exists"))
    return G.GetPrivatePractitionerResponse(_person(found), G.resultCode("OK"))


def _asked_for(request: etree._Element, namespace: str) -> Practitioner | None:
    number = request.findtext(f"{{{namespace}}}personalIdentityNumber", "").replace("-", "")
    return BY_NUMBER.get(number) or BY_HSA_ID.get(request.findtext(f"{{{namespace}}}personHsaId", ""))


def _person(found: Practitioner) -> etree._Element:
    root = _COORDINATION if int(found.number[6:8]) > 60 else _PERSON
    return G.hoSPerson(
        _identity(C.hsaId, _HSA_ID, found.hsa_id),
        _identity(C.personId, root, f"{found.number[:8]}-{found.number[8:]}"),
        C.fullstandigtNamn(found.name),
        C.befattning(C.kod("201011"), C.namn("Distriktsläkare/Specialist allmänmedicin")),
        *(C.specialitet(C.kod(code), C.namn(name)) for code, name in found.specialities),
        *([C.legitimeradYrkesgrupp(C.kod("LK"), C.namn("Läkare"))] if found.licensed else []),
        C.forskrivarkod("0000000"),
        C.godkandAnvandare("true" if found.licensed else "false"),
        _unit(found),
    )


def _unit(found: Practitioner) -> etree._Element:
    return C.enhet(
        _identity(getattr(C, "enhets-id"), _HSA_ID, found.hsa_id),
        C.enhetsnamn(found.practice),
        _identity(C.arbetsplatskod, _WORKPLACE, found.workplace_code or found.hsa_id),
        C.agarform("Privat"),
        C.postadress("Praktikgatan 4"),
        C.postnummer("87197"),
        C.postort("Nordanvik"),
        C.telefonnummer("0611-12 34 56"),
        C.epost("praktiken@example.invalid"),
        C.geografiskIndelning(),
        C.verksamhetstyp(C.verksamhet(), C.vardform()),
        C.vardgivare(_identity(getattr(C, "vardgivare-id"), _HSA_ID, found.hsa_id), C.vardgivarenamn(found.practice)),
    )


def _identity(element: Callable[..., etree._Element], root: str, extension: str) -> etree._Element:
    made = element()
    made.set("root", root)
    made.set("extension", extension)
    return made


def show(request: Request) -> Response:
    """The table."""
    mode, seconds = mode_of(request.app.state.store, "practitioners")
    return page("practitioners.jinja", practitioners=PRACTITIONERS, modes=MODES, mode=mode, seconds=seconds)


async def change_mode(request: Request) -> Response:
    """Choose how the register behaves."""
    if error := await set_mode(request, "practitioners", MODES):
        return Response(error, 400, media_type="text/plain")
    return RedirectResponse("/practitioners", 303)


_PATH = "/practitioners/infrastructure/directory/privatepractitioner/{}/1/rivtabp21"

ROUTES = [
    service(_PATH.format("ValidatePrivatePractitioner"), "practitioners", "ValidatePrivatePractitioner", validate),
    service(_PATH.format("GetPrivatePractitioner"), "practitioners", "GetPrivatePractitioner", get),
    Route("/practitioners", show),
    Route("/practitioners/mode", change_mode, methods=["POST"]),
]
