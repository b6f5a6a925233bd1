"""Roles: every vector of reference/roles-and-login-context.md §1.5 (2019), and the pairs of the manual's table 1."""

import pytest

from webcert.staff.roles import Role, role_of

D, T, V = Role.DOCTOR, Role.DENTIST, Role.CARE_ADMINISTRATOR


@pytest.mark.parametrize(
    ("licences", "positions", "codes", "role"),
    [
        pytest.param(["Läkare"], [], [], D, id="R1"),
        pytest.param(["Tandläkare"], [], [], T, id="R2"),
        pytest.param(["Läkare", "Tandläkare"], [], [], D, id="R3"),
        pytest.param([], ["204010"], [], D, id="R4"),
        pytest.param([], ["203020"], [], V, id="R5"),
        pytest.param([], ["203090"], ["9300005"], D, id="R6"),
        pytest.param([], ["203090"], ["9100009"], V, id="R7"),
        pytest.param([], ["204090"], ["9200007"], D, id="R8"),
        pytest.param([], ["204090", "203090"], ["9300005"], D, id="R9"),
        pytest.param(["Sjuksköterska"], [], [], V, id="R10"),
        pytest.param(["Sjuksköterska", "Barnmorska"], [], [], V, id="R11"),
        pytest.param(["Sjuksköterska"], ["204090"], ["9100009"], D, id="R12"),
        pytest.param(["Tandläkare"], ["204010"], [], T, id="R13"),
        pytest.param([], [], [], V, id="R14"),
        pytest.param(["läkare"], [], [], V, id="licences are compared exactly"),
    ],
)
def test_role(licences: list[str], positions: list[str], codes: list[str], role: Role) -> None:
    assert role_of(licences, positions, codes) is role


@pytest.mark.parametrize("position", ["203090", "204090"])
@pytest.mark.parametrize("code", ["9300005", "9400003", "9100009", "9200007", "1234567"])
def test_position_and_prescription_code_make_a_doctor_only_in_pairs(position: str, code: str) -> None:
    expected = (position == "203090" and code in ("9300005", "9400003")) or (position == "204090" and code in ("9100009", "9200007"))
    assert (role_of([], [position], [code]) is D) == expected


def test_labels() -> None:
    assert [role.label for role in Role] == ["Läkare", "Tandläkare", "Vårdadministratör", "Privatläkare"]
