"""Identifiers of code systems and roots, as the contracts write them.

Source: reference/integration/06-rivta-model-and-codes.md §F4.
"""

from typing import Final

HSA_ID: Final = "1.2.752.129.2.1.4.1"
PERSONAL_NUMBER: Final = "1.2.752.129.2.1.3.1"
COORDINATION_NUMBER: Final = "1.2.752.129.2.1.3.3"
WORKPLACE_CODE: Final = "1.2.752.29.4.71"
POSITION: Final = "1.2.752.129.2.2.1.4"
CERTIFICATE_TYPE: Final = "b64ea353-e8f6-4832-b563-fc7d46f29548"
STATEMENT_TYPE: Final = "f6fb361a-e31d-48b8-8657-99b63912dd9b"
"""The older list of types, which the certificates to Transportstyrelsen still name."""
RELATION: Final = "c2362fcd-eda0-4f9a-bd13-b3bbaf7f2146"
PART: Final = "769bb12b-bd9f-4203-a5cd-fd14f2eb3b80"

NO_WORKPLACE_CODE: Final = "0000000"
NO_PRESCRIBER_CODE: Final = "0000000"
