"""What happens with a ticket on its way to the signing service and back. No state but the ticket's; `signing/actions.py` ends it.

The answer comes by a POST from elsewhere, which carries no cookie of ours. It is put aside, and judged when the browser that began
comes to collect it (login-and-signing.md §4.4, §6.12).
"""

from uuid import UUID, uuid5

from webcert.certificates.models import Signature
from webcert.certificates.signing import Proof
from webcert.login.registrations import absolute, own_credential, registration
from webcert.monitoring.events import Event, tell
from webcert.signing import actions
from webcert.signing.dss import request, response
from webcert.signing.dss.names import HSA_ID, PERSONAL_NUMBER
from webcert.signing.dss.request import Asked
from webcert.signing.dss.response import NotSigned
from webcert.signing.dss.service import SigningService
from webcert.signing.models import OPEN, Ticket
from webcert.staff.login_context import LoginContext
from webcert.vocabulary import clock
from webcert.xmldsig import certificates, profile
from webcert.xmldsig.algorithms import ECDSA_SHA256

CANCELLED = "Du avbröt underskriften. Utkastet finns kvar och kan signeras när du vill."
NOT_BELIEVED = "Underskriften kunde inte godtas. Inget är signerat och utkastet finns kvar. Försök igen."
REFUSED = "Underskriftstjänsten kunde inte genomföra underskriften. Inget är signerat och utkastet finns kvar. Försök igen om en stund."


def ask(ticket: Ticket, service: SigningService, *, by: LoginContext) -> bytes:
    """The signed request for the ticket; the same each time but for its moment. Raises Ended."""
    if not ticket.is_open:
        raise actions.Ended
    tell(Event.DSS_SIGNATURE_REQUEST_CREATED, transaction=str(ticket.pk), certificate=str(ticket.certificate_id))
    return request.written(_asked(ticket, service, by), now=clock.now(), by=own_credential())


def put_aside(relay: str, document: bytes) -> UUID | None:
    """Keep what the service has sent for the ticket until its user collects it. Gives the ticket's id, None when there is none.

    What has ended already is left as it is: a browser may post the same twice.
    """
    try:
        id = UUID(relay)
    except ValueError:
        return None
    tell(Event.DSS_SIGNATURE_RESPONSE_RECEIVED, transaction=str(id))
    Ticket.objects.filter(pk=id, status__in=OPEN).update(answer=document)
    return id if Ticket.objects.filter(pk=id).exists() else None


def collect(ticket: Ticket, service: SigningService, *, by: LoginContext) -> None:
    """Judge the answer that has come, and let the certificate become signed. What is signed already stays as it is.

    A ticket whose answer is not good enough ends, and says why. Raises what `signing.actions.finish` raises.
    """
    if not ticket.is_open or ticket.answer is None:
        if ticket.status in OPEN:
            raise actions.Ended
        return
    answer, asked = bytes(ticket.answer), _asked(ticket, service, by)
    try:
        signed = response.read(answer, asked=asked, service=service.answers, now=clock.now())
    except NotSigned as problem:
        _end_unsigned(ticket, problem)
        return
    signature = certificates.signature_of(asked.signed_info, signed.value, signed.signer)
    document = certificates.with_signature(bytes(ticket.document), signature)
    (verdict,) = certificates.verify(document, service.answers.trust, known_as=(asked.signer,))
    if not verdict.valid:
        tell(Event.DSS_SIGNATURE_RESPONSE_INVALID, transaction=str(ticket.pk), reason=verdict.flaw)
        actions.fail(ticket, NOT_BELIEVED)
        return
    actions.finish(ticket, Proof(Signature.Kind.XMLDSIG, ticket.digest, answer, signature), by=by)
    tell(Event.DSS_SIGNATURE_RESPONSE_SUCCESS, transaction=str(ticket.pk), certificate=str(ticket.certificate_id))


def _end_unsigned(ticket: Ticket, problem: NotSigned) -> None:
    if problem.cancelled:
        actions.cancel(ticket, CANCELLED)
    elif problem.status:
        tell(Event.DSS_SIGNATURE_RESPONSE_ERROR_RECEIVED, transaction=str(ticket.pk), reason=problem.status)
        actions.fail(ticket, REFUSED)
    else:
        tell(Event.DSS_SIGNATURE_RESPONSE_INVALID, transaction=str(ticket.pk), reason=problem.doubt)
        actions.fail(ticket, NOT_BELIEVED)


def _asked(ticket: Ticket, service: SigningService, by: LoginContext) -> Asked:
    attribute, signer = (PERSONAL_NUMBER, by.user.personal_id) if by.method.is_e_legitimation else (HSA_ID, by.user.hsa_id)
    return Asked(
        id=str(ticket.pk),
        task=str(uuid5(ticket.pk, ticket.digest)),
        signed_info=profile.signed_info(str(ticket.certificate_id), ticket.digest, ECDSA_SHA256),
        attribute=attribute,
        signer=signer,
        type_name=ticket.type_name,
        certificate_id=str(ticket.certificate_id),
        requester=registration("siths").entity_id,
        service=service.entity_id,
        provider=service.provider_of(by),
        answer_to=absolute("sign-service-answer"),
    )
