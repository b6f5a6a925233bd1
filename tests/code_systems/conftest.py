"""Empty code tables for the tests that store lists."""

from collections.abc import Iterator

import pytest


@pytest.fixture
def code_tables(db: None) -> Iterator[None]:
    """The tables, empty. The register forgets before and after, since what a test stores is rolled back."""
    from webcert.code_systems.models import Code, CodeEdition
    from webcert.code_systems.register import REGISTER

    Code.objects.all().delete()
    CodeEdition.objects.all().delete()
    REGISTER.forget()
    yield
    REGISTER.forget()
