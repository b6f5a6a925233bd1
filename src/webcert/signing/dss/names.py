"""The names of the messages between us and the signing service.

Source: OASIS DSS 1.0 with the Swedish e-ID extension, version 1.4; reference/login-and-signing.md §6.12.
"""

DSS = "urn:oasis:names:tc:dss:1.0:core:schema"
CSIG = "http://id.elegnamnden.se/csig/1.1/dss-ext/ns"
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
D, C, A = f"{{{DSS}}}", f"{{{CSIG}}}", f"{{{SAML}}}"

PROFILE = "http://id.elegnamnden.se/csig/1.1/dss-ext/profile"
VERSION = "1.4"
BINDING = "POST/XML/1.0"
SUCCESS = "urn:oasis:names:tc:dss:1.0:resultmajor:Success"
USER_CANCEL = "http://id.elegnamnden.se/sig-status/1.0/user-cancel"

HSA_ID = "http://sambi.se/attributes/1/employeeHsaId"
PERSONAL_NUMBER = "urn:oid:1.2.752.29.4.13"
"""The attribute by which the signer is known: of who logged in with a card from her employer, and with an e-legitimation."""
