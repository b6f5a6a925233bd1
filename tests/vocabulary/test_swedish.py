"""Swedish alphabetical order."""

from webcert.vocabulary.swedish import swedish_order


def test_names_are_sorted_as_swedish_readers_expect() -> None:
    assert sorted(["Öst", "ange", "Ål", "Zeta", "Ärla", "Idé"], key=swedish_order) == ["ange", "Idé", "Zeta", "Ål", "Ärla", "Öst"]
