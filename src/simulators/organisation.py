"""The invented care providers and units that the HSA stand-in knows: one table each."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Provider:
    """A care provider (vårdgivare). Organisation numbers that start with 2 are public."""

    id: str
    name: str
    organisation_number: str


@dataclass(frozen=True)
class Unit:
    """A care unit (vårdenhet), or with `part_of` a sub-unit (mottagning) of one."""

    id: str
    name: str
    provider: Provider
    street: str
    town: str
    phone: str
    mail: str
    workplace_code: str = ""
    part_of: str | None = None
    closed: date | None = None


REGION = Provider("SE2321000990-1000", "Region Nordanvik", "2321000990")
SJOVIK = Provider("SE5569000002-1000", "Sjöviks Läkargrupp AB", "5569000002")

ALVBACKEN = Provider("SE5560123456-1000", "Älvbackens Vård AB", "5560123456")

PROVIDERS = (REGION, SJOVIK, ALVBACKEN)

BJORKANGEN = "SE2321000990-1010"
MEDICIN = "SE2321000990-1020"
FOLKTANDVARDEN = "SE2321000990-1030"
GAMLA_HAMNEN = "SE2321000990-1040"
ORTOPEDEN = "SE2321000990-1050"
PSYKIATRIN = "SE2321000990-1060"
SJOVIKS_MOTTAGNING = "SE5569000002-1010"
KUSTHALSAN = "SE5569000002-1020"
ALVBACKENS_VARDCENTRAL = "SE5560123456-1010"
OGONHUSET = "SE5560123456-1020"

_ALL = (
    Unit(
        BJORKANGEN, "Vårdcentralen Björkängen", REGION,
        "Björkängsvägen 4", "871 99 Nordanvik", "061177100", "bjorkangen@nordanvik.example", "8710010",
    ),
    Unit(
        "SE2321000990-1011", "Rehabmottagningen Björkängen", REGION,
        "Björkängsvägen 6", "871 99 Nordanvik", "061177110", "rehab@nordanvik.example", "8710011", BJORKANGEN,
    ),
    Unit(
        MEDICIN, "Medicinkliniken Nordanviks sjukhus", REGION,
        "Box 12\nSjukhusgatan 1", "871 98 Nordanvik", "061177200", "medicin@nordanvik.example", "8710020",
    ),
    Unit(
        "SE2321000990-1021", "Diabetesmottagningen", REGION,
        "Sjukhusgatan 1", "871 98 Nordanvik", "061177210", "diabetes@nordanvik.example", "8710021", MEDICIN,
    ),
    Unit(
        "SE2321000990-1022", "Hjärtmottagningen", REGION,
        "Sjukhusgatan 1", "871 98 Nordanvik", "061177220", "", "", MEDICIN,
    ),
    Unit(
        FOLKTANDVARDEN, "Folktandvården Björkängen", REGION,
        "Björkängsvägen 8", "871 99 Nordanvik", "061177300", "tand@nordanvik.example", "8710030",
    ),
    Unit(
        GAMLA_HAMNEN, "Vårdcentralen Gamla hamnen", REGION,
        "Hamngatan 2", "871 97 Nordanvik", "061177400", "", closed=date(2018, 12, 31),
    ),
    Unit(
        ORTOPEDEN, "Ortopedkliniken Nordanviks sjukhus", REGION,
        "Box 12\nSjukhusgatan 3", "871 98 Nordanvik", "061177500", "ortopedi@nordanvik.example", "8710050",
    ),
    Unit(
        PSYKIATRIN, "Psykiatriska kliniken Nordanviks sjukhus", REGION,
        "Parkvägen 10", "871 98 Nordanvik", "061177600", "psykiatri@nordanvik.example", "8710060",
    ),
    Unit(
        "SE2321000990-1061", "Beroendemottagningen", REGION,
        "Parkvägen 12", "871 98 Nordanvik", "061177610", "beroende@nordanvik.example", "8710061", PSYKIATRIN,
    ),
    Unit(
        "SE2321000990-1062", "Öppenvårdsmottagningen", REGION,
        "Storgatan 40", "871 99 Nordanvik", "061177620", "oppenvard@nordanvik.example", "8710062", PSYKIATRIN,
    ),
    Unit(
        "SE2321000990-1063", "Dagvården Parken", REGION,
        "Parkvägen 14", "871 98 Nordanvik", "061177630", "", "8710063", PSYKIATRIN, closed=date(2019, 3, 31),
    ),
    Unit(
        SJOVIKS_MOTTAGNING, "Sjöviks läkarmottagning", SJOVIK,
        "Storgatan 15", "872 99 Sjövik", "061288100", "info@sjoviks.example", "8720010",
    ),
    Unit(
        KUSTHALSAN, "Kusthälsan företagshälsovård", SJOVIK,
        "Varvsallén 3", "872 98 Sjövik", "061288200", "hej@kusthalsan.example", "8720020",
    ),
    Unit(
        ALVBACKENS_VARDCENTRAL, "Älvbackens vårdcentral", ALVBACKEN,
        "Älvgatan 21", "873 40 Älvbacken", "061399100", "vardcentralen@alvbacken.example", "8730010",
    ),
    Unit(
        "SE5560123456-1011", "Barnmottagningen Älvbacken", ALVBACKEN,
        "Älvgatan 23", "873 40 Älvbacken", "061399110", "barn@alvbacken.example", "8730011", ALVBACKENS_VARDCENTRAL,
    ),
    Unit(
        "SE5560123456-1012", "Åldersmottagningen Älvbacken", ALVBACKEN,
        "Älvgatan 21", "873 40 Älvbacken", "061399120", "", "8730012", ALVBACKENS_VARDCENTRAL,
    ),
    Unit(
        OGONHUSET, "Ögonhuset Sjövik", ALVBACKEN,
        "Hamnplan 2", "872 98 Sjövik", "061399200", "info@ogonhuset.example", "",
    ),
)  # fmt: skip

UNITS = {unit.id: unit for unit in _ALL}


def sub_units(unit_id: str) -> list[Unit]:
    """The sub-units of the care unit."""
    return [unit for unit in UNITS.values() if unit.part_of == unit_id]
