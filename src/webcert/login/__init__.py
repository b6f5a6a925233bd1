"""How a user proves who she is, by the protocols of Swedish care: SAML 2.0 or OpenID Connect, and e-legitimation for private practitioners.

Every way ends in one `staff.identity.Identity`. What it opens is decided by `staff` (employees) and `practitioners` (doctors of their own).
"""
