"""The directory HSA: the five services that Webcert asks, and a page with the organisation and staff."""

from collections.abc import Callable

from lxml import etree
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from simulators import organisation
from simulators.behaviour import MODES, mode_of, set_mode
from simulators.organisation import Unit
from simulators.pages import page
from simulators.people import BY_ID, STAFF, Employee
from simulators.services import Handler, service
from simulators.soap import makers
from simulators.store import Store

_DIRECTORY = "urn:riv:infrastructure:directory"
_CREDENTIALS_SERVICE = "GetCredentialsForPersonIncludingProtectedPerson"
_EMPLOYEE_SERVICE = "GetEmployeeIncludingProtectedPerson"
_CREDENTIALS = f"{_DIRECTORY}:authorizationmanagement:{_CREDENTIALS_SERVICE}Responder:2"
_EMPLOYEE = f"{_DIRECTORY}:employee:{_EMPLOYEE_SERVICE}Responder:3"
_UNIT = f"{_DIRECTORY}:organization:GetUnitResponder:4"
_CARE_UNIT = f"{_DIRECTORY}:organization:GetHealthCareUnitResponder:2"
_MEMBERS = f"{_DIRECTORY}:organization:GetHealthCareUnitMembersResponder:2"

A, AC = makers(_CREDENTIALS, f"{_DIRECTORY}:authorizationmanagement:2")
E, EC = makers(_EMPLOYEE, f"{_DIRECTORY}:employee:3")
U, UC = makers(_UNIT, f"{_DIRECTORY}:organization:3")
H, _ = makers(_CARE_UNIT, f"{_DIRECTORY}:organization:2")
M, MC = makers(_MEMBERS, f"{_DIRECTORY}:organization:2")


def get_credentials(_: Store, request: etree._Element) -> etree._Element:
    """Licences, codes and assignments of a person; empty for nobody."""
    response = A.GetCredentialsForPersonIncludingProtectedPersonResponse()
    employee = BY_ID.get(request.findtext(f"{{{_CREDENTIALS}}}personHsaId", ""))
    if employee:
        response.append(
            A.credentialInformation(
                AC.givenName(employee.given),
                AC.middleAndSurName(employee.surname),
                AC.personHsaId(employee.id),
                *(AC.healthCareProfessionalLicence(licence) for licence in employee.licences),
                *(AC.groupPrescriptionCode(code) for code in employee.prescription_groups),
                *(AC.paTitleCode(code) for code, _ in employee.positions),
                AC.protectedPerson(_boolean(employee.protected)),
                *(_assignment(number, unit_id, purpose) for number, (unit_id, purpose) in enumerate(employee.assignments)),
            )
        )
    return response


def _assignment(number: int, unit_id: str, purpose: str) -> etree._Element:
    unit = organisation.UNITS[unit_id]
    return AC.commission(
        AC.commissionName(f"{purpose}, {unit.name}"),
        AC.commissionHsaId(f"{unit.id}U{number}"),
        AC.commissionPurpose(purpose),
        AC.healthCareUnitHsaId(unit.id),
        AC.healthCareUnitName(unit.name),
        *_end(AC.healthCareUnitEndDate, unit),
        AC.healthCareProviderHsaId(unit.provider.id),
        AC.healthCareProviderName(unit.provider.name),
        AC.healthCareProviderOrgNo(unit.provider.organisation_number),
    )


def get_employee(_: Store, request: etree._Element) -> etree._Element:
    """Name, positions and specialities of a person; empty for nobody."""
    response = E.GetEmployeeIncludingProtectedPersonResponse()
    if employee := BY_ID.get(request.findtext(f"{{{_EMPLOYEE}}}personHsaId", "")):
        response.append(_employee(employee))
    return response


def _employee(employee: Employee) -> etree._Element:
    return E.personInformation(
        EC.personHsaId(employee.id),
        EC.givenName(employee.given),
        EC.middleAndSurName(employee.surname),
        EC.title(employee.title),
        *(EC.healthCareProfessionalLicence(licence) for licence in employee.licences),
        *(EC.paTitle(EC.paTitleName(name), EC.paTitleCode(code)) for code, name in employee.positions),
        *(EC.specialityName(name) for _, name in employee.specialities),
        *(EC.specialityCode(code) for code, _ in employee.specialities),
        EC.dn(f"cn={employee.name},o=Exempel,c=SE"),
        EC.protectedPerson(_boolean(employee.protected)),
        EC.gender("0"),
    )


def get_unit(_: Store, request: etree._Element) -> etree._Element:
    """Name, address, telephone and mail of a unit; empty for none."""
    response = U.GetUnitResponse()
    unit = organisation.UNITS.get(request.findtext(f"{{{_UNIT}}}unitHsaId", ""))
    if unit:
        mail = [U.mail(unit.mail)] if unit.mail else []
        response.append(
            U.unit(
                *mail,
                U.unitHsaId(unit.id),
                U.unitName(unit.name),
                U.postalAddress(*(UC.addressLine(line) for line in _address_lines(unit))),
                U.publicName(unit.name),
                U.telephoneNumber(unit.phone),
                *_end(U.unitEndDate, unit),
            )
        )
    return response


def get_care_unit(_: Store, request: etree._Element) -> etree._Element:
    """The care unit and the care provider above a unit; empty for none."""
    response = H.GetHealthCareUnitResponse()
    unit = organisation.UNITS.get(request.findtext(f"{{{_CARE_UNIT}}}healthCareUnitMemberHsaId", ""))
    if unit:
        above = organisation.UNITS[unit.part_of] if unit.part_of else unit
        response.append(
            H.healthCareUnit(
                H.unitIsHealthCareUnit(_boolean(above is unit)),
                H.healthCareUnitMemberHsaId(unit.id),
                H.healthCareUnitMemberName(unit.name),
                H.healthCareUnitHsaId(above.id),
                H.healthCareUnitName(above.name),
                H.healthCareUnitPublicName(above.name),
                H.healthCareProviderHsaId(unit.provider.id),
                H.healthCareProviderName(unit.provider.name),
                H.healthCareProviderPublicName(unit.provider.name),
                H.healthCareProviderOrgNo(unit.provider.organisation_number),
            )
        )
    return response


def get_members(_: Store, request: etree._Element) -> etree._Element:
    """A care unit's workplace code and its sub-units; empty for what is no care unit."""
    response = M.GetHealthCareUnitMembersResponse()
    unit = organisation.UNITS.get(request.findtext(f"{{{_MEMBERS}}}healthCareUnitHsaId", ""))
    if unit and not unit.part_of:
        response.append(
            M.healthCareUnitMembers(
                M.healthCareUnitName(unit.name),
                M.healthCareUnitPublicName(unit.name),
                M.healthCareUnitHsaId(unit.id),
                *_end(M.healthCareUnitEndDate, unit),
                *_code(M.healthCareUnitPrescriptionCode, unit),
                M.healthCareProvider(
                    M.healthCareProviderName(unit.provider.name),
                    M.healthCareProviderPublicName(unit.provider.name),
                    M.healthCareProviderHsaId(unit.provider.id),
                    M.healthCareProviderOrgNo(unit.provider.organisation_number),
                ),
                *(_member(member) for member in organisation.sub_units(unit.id)),
            )
        )
    return response


def _member(unit: Unit) -> etree._Element:
    return M.healthCareUnitMember(
        M.healthCareUnitMemberName(unit.name),
        M.healthCareUnitMemberPublicName(unit.name),
        M.healthCareUnitMemberHsaId(unit.id),
        *_end(M.healthCareUnitMemberEndDate, unit),
        *_code(M.healthCareUnitMemberPrescriptionCode, unit),
        M.healthCareUnitMemberTelephoneNumber(unit.phone),
        M.healthCareUnitMemberpostalAddress(*(MC.addressLine(line) for line in _address_lines(unit))),
    )


def _address_lines(unit: Unit) -> list[str]:
    return [*unit.street.split("\n"), unit.town]


def _code(element: Callable[..., etree._Element], unit: Unit) -> list[etree._Element]:
    return [element(unit.workplace_code)] if unit.workplace_code else []


def _end(element: Callable[..., etree._Element], unit: Unit) -> list[etree._Element]:
    return [element(f"{unit.closed}T23:59:59")] if unit.closed else []


def _boolean(value: bool) -> str:
    return "true" if value else "false"


def show(request: Request) -> Response:
    """The organisation and its staff."""
    mode, seconds = mode_of(request.app.state.store, "hsa")
    return page("hsa.jinja", units=organisation.UNITS, staff=STAFF, modes=MODES, mode=mode, seconds=seconds)


async def change_mode(request: Request) -> Response:
    """Choose how the directory behaves."""
    if error := await set_mode(request, "hsa", MODES):
        return Response(error, 400, media_type="text/plain")
    return RedirectResponse("/hsa", 303)


_SERVICES: list[tuple[str, str, Handler]] = [
    (f"authorizationmanagement/{_CREDENTIALS_SERVICE}/2", _CREDENTIALS_SERVICE, get_credentials),
    (f"employee/{_EMPLOYEE_SERVICE}/3", _EMPLOYEE_SERVICE, get_employee),
    ("organization/GetUnit/4", "GetUnit", get_unit),
    ("organization/GetHealthCareUnit/2", "GetHealthCareUnit", get_care_unit),
    ("organization/GetHealthCareUnitMembers/2", "GetHealthCareUnitMembers", get_members),
]

ROUTES = [
    *(service(f"/hsa/infrastructure/directory/{path}/rivtabp21", "hsa", name, handler) for path, name, handler in _SERVICES),
    Route("/hsa", show),
    Route("/hsa/mode", change_mode, methods=["POST"]),
]
