"""The identity providers, on a port of their own: SITHS and e-legitimation by SAML 2.0, and SITHS by OpenID Connect as well.

Signed metadata, real signatures (by another library than the product's), a page to choose whom to log in as, single logout.
"""
