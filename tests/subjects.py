"""The forms that are put to the test as a whole: what good answers look like, and who else judges them. A new type is a new row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hypothesis import strategies as st

import example_fk7263
import example_fk7804
import example_statements
import example_transport
import rules_tstrk1031_2
from differences import OF_FK7263, UNTRIMMED_EXCLUSIVE, Difference, of_forsakringskassan
from differences_ts import OF_TSTRK1007_6, OF_TSTRK1007_7, OF_TSTRK1031_3, OF_TSTRK1031_4
from generated import Fields, sent_svar, typed_fields
from official import schematron_accepts
from webcert.certificate_types import TYPES
from webcert.certificate_types.certificate_type import CertificateType
from webcert.forms.form import Form
from webcert.vocabulary.svar import Svar


@dataclass(frozen=True)
class Subject:
    """A type in the text versions that ask the same questions, oldest first.

    `judge` is the official schematron's name, or what judges where there is none."""

    type: CertificateType
    versions: tuple[str, ...]
    judge: str | Callable[[bytes], bool]
    bases: Sequence[dict[str, Any]]
    differences: Sequence[Difference]

    def is_accepted(self, document: bytes) -> bool:
        """Whether the judge finds nothing."""
        return schematron_accepts(document, self.judge) if isinstance(self.judge, str) else self.judge(document)

    @property
    def form(self) -> Form:
        """The form in the newest of the versions."""
        return self.type.form(self.versions[-1])

    @cached_property
    def typed(self) -> st.SearchStrategy[Fields]:
        """What may be typed into the form."""
        return typed_fields(self.form, self.bases)

    @cached_property
    def sent(self) -> st.SearchStrategy[tuple[Svar, ...]]:
        """What may be sent by somebody else."""
        return sent_svar(self.form, self.bases)


STATEMENT = of_forsakringskassan("1.2", "2.1", "4.2")

SUBJECTS = {
    "FK 7263": Subject(TYPES["fk7263"], ("1.0",), "fk7263sit", example_fk7263.BASES, OF_FK7263),
    "FK 7800": Subject(TYPES["luse"], ("1.0", "1.1", "1.2", "1.3"), "luse.v1", example_statements.LUSE, STATEMENT),
    "FK 7801": Subject(TYPES["luae_na"], ("1.0", "1.1", "1.2"), "luae_na.v1", example_statements.LUAE_NA, STATEMENT),
    "FK 7802": Subject(TYPES["luae_fs"], ("1.0", "1.1"), "luae_fs.v1", example_statements.LUAE_FS, STATEMENT),
    "FK 7804": Subject(
        TYPES["lisjp"],
        ("1.0", "1.1", "1.2", "1.3"),
        "lisjp.v1",
        example_fk7804.BASES,
        (*of_forsakringskassan("1.2", "32.2"), UNTRIMMED_EXCLUSIVE),
    ),
    "TSTRK1007 6": Subject(TYPES["ts-bas"], ("6.7", "6.8"), "tstrk1007.v6", example_transport.TSTRK1007_6, OF_TSTRK1007_6),
    "TSTRK1007 7": Subject(TYPES["ts-bas"], ("7.0",), "tstrk1007.v7", example_transport.TSTRK1007_7, OF_TSTRK1007_7),
    "TSTRK1031 2": Subject(TYPES["ts-diabetes"], ("2.6", "2.8"), rules_tstrk1031_2.accepts, example_transport.TSTRK1031_2, ()),
    "TSTRK1031 3": Subject(TYPES["ts-diabetes"], ("3.0",), "tstrk1031.v3", example_transport.TSTRK1031_3, OF_TSTRK1031_3),
    "TSTRK1031 4": Subject(TYPES["ts-diabetes"], ("4.0", "4.1", "4.2"), "tstrk1031.v4", example_transport.TSTRK1031_4, OF_TSTRK1031_4),
}
