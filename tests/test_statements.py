"""What is said by a statement that is put together once is what the model would have said."""

from datetime import timedelta
from uuid import uuid4

import pytest

from clinic import doctor, outside, patient, running_simulators, simulators  # noqa: F401
from webcert.certificates import actions
from webcert.certificates.models import Certificate, Event
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.statements import Insert, Select, Update

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(doctor: LoginContext, patient: Person) -> Certificate:
    return actions.create("lisjp", patient=patient, by=doctor)


def values(row: Certificate | Event | None) -> dict[str, object]:
    assert row is not None
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_row_is_read_as_the_model_reads_it(draft: Certificate) -> None:
    by_id = Select(Certificate, "id = %s")
    assert values(by_id.first(draft.id)) == values(Certificate.objects.get(pk=draft.id))
    assert by_id.first(uuid4()) is None


def test_what_was_not_asked_for_comes_when_it_is_looked_at(draft: Certificate) -> None:
    read = Select(Certificate, "id = %s", columns=("revision", "id")).first(draft.id)
    assert read is not None
    assert read.get_deferred_fields() == values(draft).keys() - {"id", "revision"}
    assert (read.id, read.revision, read.answers) == (draft.id, draft.revision, draft.answers)


def test_several_are_read(draft: Certificate, patient: Person, doctor: LoginContext) -> None:
    other = actions.create("luse", patient=patient, by=doctor)
    read = Select(Certificate, "id = ANY(%s)").all([draft.id, other.id, uuid4()])
    assert {one.id for one in read} == {draft.id, other.id}


def test_a_row_is_added_as_the_model_adds_it(draft: Certificate) -> None:
    twin = Certificate.objects.get(pk=draft.id)
    twin.id, twin.answers = uuid4(), {"25": 'Å, "ä" och \\ö: \u2028 \U0001f600'}
    Insert(Certificate)(twin)
    assert values(Certificate.objects.get(pk=twin.id)) == values(twin)


def test_the_database_gives_numbers(draft: Certificate) -> None:
    (event,) = Event.objects.filter(certificate_id=draft.id)
    Insert(Event)(event)
    first, second = Event.objects.filter(certificate_id=draft.id).order_by("id")
    assert values(second) == values(first) | {"id": second.id}
    assert second.id > first.id


def test_a_change_tells_how_many_rows_it_has_changed(draft: Certificate) -> None:
    change = Update(Certificate, "id = %s AND revision = %s")
    changes = {"answers": {"25": "Ändrat"}, "saved_at": draft.saved_at + timedelta(seconds=1)}
    assert change(changes, draft.id, draft.revision + 1) == 0
    assert change(changes, draft.id, draft.revision) == 1
    assert values(Certificate.objects.get(pk=draft.id)) == values(draft) | changes
