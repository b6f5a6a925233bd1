"""XML signatures, each profile by code of our own: nothing that a document says is executed, no key that it carries is trusted.

`enveloped` for messages between systems (SAML, metadata, the signing service), on top of `algorithms` and `keys`.
"""
