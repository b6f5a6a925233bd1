"""Units that lie to each other in every way that matters, for tests that try everybody with everything."""

from dataclasses import replace

from clinic import unit

CARE, ROOM, SIBLING, ALIEN = "SE-CARE", "SE-ROOM", "SE-SIBLING", "SE-ALIEN"
UNITS = {
    CARE: unit(CARE, "Vårdcentralen"),
    ROOM: unit(ROOM, "Mottagningen", parent=CARE),
    SIBLING: unit(SIBLING, "Kliniken"),
    ALIEN: replace(unit(ALIEN, "Någon annans"), care_provider_id="SE-ANOTHER-PROVIDER"),
}
