"""The patient of a certificate, as the population register knows her now; without its answer nothing may be done (manual S 5.11.2).

Asked before anything is locked, since the register may be slow.
"""

from collections.abc import Iterable
from uuid import UUID

from webcert.certificates.errors import Denied, NotFound
from webcert.certificates.models import Certificate
from webcert.patients import actions as patients
from webcert.patients.actions import Lookup
from webcert.patients.models import Person
from webcert.vocabulary.personal_id import PersonalId

PU_UNAVAILABLE = (
    "Personuppgiftstjänsten svarar inte, så det går inte att se om patientens uppgifter är skyddade. Så länge är allt arbete med "
    "patientens intyg låst. Det öppnas av sig självt när tjänsten svarar igen. Försök igen om en stund."
)


def patient_of(id: UUID) -> Person:
    """The certificate's patient, looked up before anything is locked."""
    seen = Certificate.objects.filter(pk=id).values_list("patient_id", "protected").first()
    if seen is None:
        raise NotFound(str(id))
    return followed(*seen)


def followed(personal_id: str, protected: bool) -> Person:
    """The patient, looked up; when her protection is not what her certificates say, they follow, whatever comes of the user's wish."""
    patient = looked_up(personal_id)
    if patient.protected != protected:
        follow_protection([patient])
    return patient


def follow_protection(patients: Iterable[Person]) -> None:
    """Let all certificates of the patients say whether they are protected, as the population register does: the lists go by it."""
    for patient in patients:
        Certificate.objects.filter(patient_id=patient.personal_id).exclude(protected=patient.protected).update(protected=patient.protected)


def looked_up(personal_id: str) -> Person:
    """The person as the population register knows them now; without an answer nothing may be done (manual S 5.11.2)."""
    return certain(patients.look_up(PersonalId(personal_id)))


def certain(found: Lookup) -> Person:
    """The person that was found. Raises Denied when the population register has not answered."""
    if found.person is None or not found.certain:
        raise Denied("PU_PROBLEM", PU_UNAVAILABLE, 503)
    return found.person
