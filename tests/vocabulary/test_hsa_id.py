"""The form of HSA-ids: reference/roles-and-login-context.md §6.6."""

import pytest

from webcert.vocabulary.hsa_id import is_hsa_id, is_hsa_id_or_test_id


@pytest.mark.parametrize("text", ["SE5565594230-B31", "SE165565594230-1000", "SE2321000016-1003", "SE5565594230-A B(1)'+,./:=?"])
def test_real_ids(text: str) -> None:
    assert is_hsa_id(text)
    assert is_hsa_id_or_test_id(text)


@pytest.mark.parametrize("text", ["IFV5565594230-1042", "TST5565594230-1", "AB165565594230-1"])
def test_test_ids_are_told_apart(text: str) -> None:
    assert not is_hsa_id(text)
    assert is_hsa_id_or_test_id(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SE5565594231-B31",
        "SE5565594230",
        "SE5565594230-",
        "se5565594230-B31",
        "SE5565594230-Å",
        "SE5565594230-" + "x" * 19,
        "ABCDE5565594230-1",
    ],
)
def test_no_ids(text: str) -> None:
    assert not is_hsa_id(text)
    assert not is_hsa_id_or_test_id(text)
