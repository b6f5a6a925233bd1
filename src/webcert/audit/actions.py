"""Writing the access log. Called in the transaction of what is logged, so that neither exists without the other."""

from uuid import UUID

from webcert.audit.models import Activity, AuditEntry
from webcert.staff.login_context import LoginContext
from webcert.vocabulary import clock


def log_access(
    activity: Activity,
    *,
    by: LoginContext,
    patient_id: str,
    certificate_id: UUID,
    owner_unit_id: str,
    owner_care_provider_id: str,
    remark: str = "",
) -> None:
    """Add a row to the access log (reference/access-and-lifecycle.md §9.1)."""
    AuditEntry.objects.create(
        at=clock.now(),
        activity=activity,
        remark=remark,
        certificate_id=certificate_id,
        patient_id=patient_id,
        user_id=by.user.hsa_id,
        unit_id=by.unit.id,
        unit_name=by.unit.name,
        care_provider_id=by.unit.care_provider_id,
        care_provider_name=by.unit.care_provider_name,
        owner_unit_id=owner_unit_id,
        owner_care_provider_id=owner_care_provider_id,
    )
