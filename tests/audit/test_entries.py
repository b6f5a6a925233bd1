"""What is written in the access log, at what cost, and that nobody changes it afterwards."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.logbook import ELSEWHERE, LILLTOLVAN, TOLVAN, doctor, write  # noqa: F401
from webcert.audit.actions import log_access, log_list_access
from webcert.audit.models import Activity, AuditEntry, Unsealed
from webcert.audit.sealing import seal_waiting
from webcert.staff.login_context import LoginContext

pytestmark = pytest.mark.django_db


def test_an_entry_tells_who_did_what_with_whose_certificate_where_and_why(doctor: LoginContext) -> None:
    certificate_id = uuid4()
    log_access(Activity.PRINT, by=doctor, patient_id=TOLVAN, certificate_id=certificate_id, owner=ELSEWHERE, remark="Intyg utskrivet")
    entry = AuditEntry.objects.get()
    assert entry.level == str(certificate_id)
    assert (entry.activity, entry.remark, entry.purpose) == ("Utskrift", "Intyg utskrivet", "Vård och behandling")
    assert (entry.user_id, entry.user_title, entry.assignment) == (doctor.user.hsa_id, "Överläkare", doctor.unit.assignment)
    assert (entry.unit_id, entry.unit_name) == (doctor.unit.id, doctor.unit.name)
    assert (entry.care_provider_id, entry.care_provider_name) == (doctor.unit.care_provider_id, doctor.unit.care_provider_name)
    assert (entry.owner_unit_id, entry.owner_unit_name) == ("SE2321000990-1020", "Medicinkliniken")
    assert (entry.owner_care_provider_id, entry.owner_care_provider_name) == ("SE2321000990-0001", "Region Exempel")


def test_an_entry_costs_one_statement(doctor: LoginContext) -> None:
    with CaptureQueriesContext(connection) as asked:
        log_access(Activity.READ, by=doctor, patient_id=TOLVAN, certificate_id=uuid4(), owner=ELSEWHERE)
    assert len(asked) == 1


def test_a_list_is_logged_once_for_each_patient_in_one_statement(doctor: LoginContext) -> None:
    with CaptureQueriesContext(connection) as asked:
        log_list_access([TOLVAN, LILLTOLVAN, TOLVAN], by=doctor)
    assert len(asked) == 1
    entries = AuditEntry.objects.order_by("patient_id")
    assert [(entry.patient_id, entry.level, entry.activity) for entry in entries] == [(TOLVAN, "2", "Läsa"), (LILLTOLVAN, "2", "Läsa")]
    assert {entry.owner_unit_id for entry in entries} == {doctor.unit.id}


def test_an_empty_list_is_nobodys_access(doctor: LoginContext) -> None:
    with CaptureQueriesContext(connection) as asked:
        log_list_access([], by=doctor)
    assert len(asked) == 0


def test_what_is_rolled_back_leaves_no_entry_and_nothing_to_seal(doctor: LoginContext) -> None:
    with transaction.atomic():
        write(doctor)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()
    assert not Unsealed.objects.exists()


@pytest.mark.parametrize("table", ["audit_auditentry", "audit_seal"])
@pytest.mark.parametrize("change", ["UPDATE {0} SET at = now()", "DELETE FROM {0}", "DELETE FROM {0} WHERE false", "TRUNCATE {0} CASCADE"])
def test_the_database_refuses_to_change_or_remove_even_for_the_owner(doctor: LoginContext, table: str, change: str) -> None:
    write(doctor)
    seal_waiting()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_auditentry ENABLE ALWAYS TRIGGER never_emptied")
        cursor.execute("ALTER TABLE audit_seal ENABLE ALWAYS TRIGGER never_emptied")
        cursor.execute("SELECT pg_get_userbyid(relowner) = current_user FROM pg_class WHERE relname = %s", [table])
        assert cursor.fetchone() == (True,)
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_calling_oneself_a_replica_does_not_lay_the_guards_aside(doctor: LoginContext) -> None:
    write(doctor)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        with pytest.raises(DatabaseError, match="only ever added"):
            cursor.execute("DELETE FROM audit_auditentry")


def test_an_entry_that_exists_is_not_overwritten_by_writing_it_again(doctor: LoginContext) -> None:
    entry = write(doctor)
    entry.remark = "något annat"
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        AuditEntry.objects.bulk_create([entry], update_conflicts=True, unique_fields=["id"], update_fields=["remark"])
