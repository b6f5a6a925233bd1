"""RIV-TA building blocks: safe XML parsing (`xml`), SOAP envelopes (`soap`), the client that all calls outside use (`client`)
and the certificate document that the contracts share (`intyg`).

Nothing here knows a certificate type, a particular service or a framework.
"""
