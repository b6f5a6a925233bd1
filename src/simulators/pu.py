"""The population register (PU): GetPersonsForProfile 3.1, and a page to look at the persons and change them."""

import sqlite3

from lxml import etree
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from simulators import population
from simulators.behaviour import MODES, mode_of, set_mode
from simulators.forms import form_of
from simulators.pages import page
from simulators.services import service
from simulators.soap import makers
from simulators.store import Store

_RESPONDER = "urn:riv:strategicresourcemanagement:persons:person:GetPersonsForProfileResponder:3"
_CORE = "urn:riv:strategicresourcemanagement:persons:person:3"
_EXTENSION = "urn:riv:strategicresourcemanagement:persons:person:3.1"

R, C, X = makers(_RESPONDER, _CORE, _EXTENSION)

EDITABLE = ("given", "middle", "surname", "care_of", "street", "postcode", "city", "protection", "deceased", "test")


def get_persons(store: Store, request: etree._Element) -> etree._Element:
    """One record for each number asked for; without a person when there is none with that number."""
    response = R.GetPersonsForProfileResponse()
    for asked in request.findall(f"{{{_RESPONDER}}}personId"):
        root, number = asked.findtext(f"{{{_CORE}}}root", ""), asked.findtext(f"{{{_CORE}}}extension", "")
        record = R.requestedPersonRecord(C.requestedPersonalIdentity(C.root(root), C.extension(number)))
        if person := store.row("SELECT * FROM person WHERE number = ?", number):
            record.append(_person(person, root))
        response.append(record)
    return response


def _person(person: sqlite3.Row, root: str) -> etree._Element:
    record = C.personRecord(
        C.personalIdentity(C.root(root), C.extension(person["number"])),
        C.protectedPersonIndicator(_boolean(person["protection"] == population.MARKING)),
        C.testIndicator(_boolean(person["test"])),
        C.primaryIdentity("true"),
        _name(person),
    )
    if person["postcode"]:
        record.append(C.addressInformation(_address(person)))
    if person["deceased"]:
        record.append(C.deregistration(C.deregistrationReasonCode("AV")))
    record.append(X.protectedPopulationRecord(_boolean(person["protection"] == population.REGISTRATION)))
    return record


def _name(person: sqlite3.Row) -> etree._Element:
    parts = (("givenName", "given"), ("middleName", "middle"), ("surname", "surname"))
    return C.name(*(getattr(C, element)(C.name(person[column])) for element, column in parts if person[column]))


def _address(person: sqlite3.Row) -> etree._Element:
    address = C.residentialAddress()
    if person["care_of"]:
        address.append(C.careOf(person["care_of"]))
    address.append(C.postalAddress2(person["street"]))
    address.append(C.postalCode(person["postcode"]))
    address.append(C.city(person["city"]))
    return address


def _boolean(value: object) -> str:
    return "true" if value else "false"


def show(request: Request) -> Response:
    """Everybody, and the ways to change them."""
    store: Store = request.app.state.store
    mode, seconds = mode_of(store, "pu")
    persons = store.rows("SELECT * FROM person ORDER BY rowid")
    protections = ("", population.MARKING, population.REGISTRATION)
    return page("pu.jinja", persons=persons, protections=protections, modes=MODES, mode=mode, seconds=seconds)


async def change_person(request: Request) -> Response:
    """Set the fields of the person `number` that the form names."""
    store: Store = request.app.state.store
    form = await form_of(request)
    changes = {column: form[column] for column in EDITABLE if column in form}
    if not changes:
        return Response("Inget att ändra.", 400, media_type="text/plain")
    columns = ", ".join(f"{column} = ?" for column in changes)
    if not store.change(f"UPDATE person SET {columns} WHERE number = ?", *map(_stored, changes.values()), form.get("number")):
        return Response("Personen finns inte.", 404, media_type="text/plain")
    return RedirectResponse("/pu", 303)


def _stored(text: str) -> str | int:
    return {"true": 1, "false": 0}.get(text, text)


async def reset(request: Request) -> Response:
    """Make everybody as at first again."""
    population.resettle(request.app.state.store)
    return RedirectResponse("/pu", 303)


async def change_mode(request: Request) -> Response:
    """Choose how the register behaves."""
    if error := await set_mode(request, "pu", MODES):
        return Response(error, 400, media_type="text/plain")
    return RedirectResponse("/pu", 303)


ROUTES = [
    service("/pu/strategicresourcemanagement/persons/person/GetPersonsForProfile/3/rivtabp21", "pu", "GetPersonsForProfile", get_persons),
    Route("/pu", show),
    Route("/pu/person", change_person, methods=["POST"]),
    Route("/pu/reset", reset, methods=["POST"]),
    Route("/pu/mode", change_mode, methods=["POST"]),
]
