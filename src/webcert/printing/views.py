"""The address of the print."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from webcert.certificates import actions
from webcert.certificates.refusals import told
from webcert.printing.pdf import certificate_pdf
from webcert.printing.queries import print_of_record
from webcert.staff.session import by, unit_required
from webcert.vocabulary import clock


@require_GET
@unit_required
@told
def certificate_print(request: HttpRequest, id: UUID, minimal: bool = False) -> HttpResponse:
    """The certificate or draft as PDF, in full or minimal, to be shown by the browser (manual S 5.6; A-071, A-074)."""
    print = print_of_record(actions.record_print(id, by=by(request), minimal=minimal), at=clock.now(), minimal=minimal)
    headers = {"Content-Disposition": f'inline; filename="{print.file_name}"'}
    return HttpResponse(certificate_pdf(print), content_type="application/pdf", headers=headers)
