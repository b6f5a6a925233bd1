"""The certificate types, one declaration each, and the registry of them. A declaration holds no code of its own."""

from webcert.certificate_types.certificate_type import CertificateType
from webcert.certificate_types.fk7263 import FK7263
from webcert.certificate_types.fk7800 import FK7800
from webcert.certificate_types.fk7801 import FK7801
from webcert.certificate_types.fk7802 import FK7802
from webcert.certificate_types.fk7804 import FK7804
from webcert.certificate_types.tstrk1007 import TSTRK1007
from webcert.certificate_types.tstrk1031 import TSTRK1031

_ALL = (FK7263, FK7800, FK7801, FK7802, FK7804, TSTRK1007, TSTRK1031)

TYPES: dict[str, CertificateType] = {type.id: type for type in _ALL}
"""Internal id → type."""

BY_EXTERNAL_CODE: dict[str, CertificateType] = {code: type for type in _ALL for code in (type.external_code, *type.former_codes)}
"""Code in the contracts, also a former one → type."""
