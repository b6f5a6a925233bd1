"""The invented doctors who have signed the examples, as the stand-ins know them."""

from webcert.riv.intyg import Issuer, Unit
from webcert.vocabulary import oids
from webcert.vocabulary.svar import Coded

_BJORKANGEN = Unit(
    id="SE2321000990-1010",
    name="Vårdcentralen Björkängen",
    workplace_code="8710010",
    address="Björkängsvägen 4",
    postcode="87199",
    town="Nordanvik",
    phone="061177100",
    email="bjorkangen@nordanvik.example",
    care_provider_id="SE2321000990-1000",
    care_provider_name="Region Nordanvik",
)

ISSUERS = {
    issuer.hsa_id: issuer
    for issuer in (
        Issuer(
            "SE2321000990-2001",
            "Maja Lindqvist",
            _BJORKANGEN,
            (Coded("201010", oids.POSITION, "Överläkare"),),
            ("Allmänmedicin", "Internmedicin"),
        ),
        Issuer(
            "SE2321000990-2002",
            "Erik Sandström",
            _BJORKANGEN,
            (Coded("203010", oids.POSITION, "Läkare legitimerad, specialiseringstjänstgöring"),),
        ),
    )
}
"""HSA-id → the issuer."""
