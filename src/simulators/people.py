"""The invented staff that the HSA stand-in knows: one table. `TEST_USERS` is what a start script may print."""

from dataclasses import dataclass

from simulators.organisation import (
    ALVBACKENS_VARDCENTRAL,
    BJORKANGEN,
    FOLKTANDVARDEN,
    GAMLA_HAMNEN,
    KUSTHALSAN,
    MEDICIN,
    OGONHUSET,
    ORTOPEDEN,
    PSYKIATRIN,
    SJOVIKS_MOTTAGNING,
)

CARE = "Vård och behandling"


@dataclass(frozen=True)
class Employee:
    """One person in HSA. `positions` are (code, name); `assignments` are (unit, purpose); `about` says what she is good for in a test."""

    id: str
    given: str
    surname: str
    role: str
    about: str
    assignments: tuple[tuple[str, str], ...]
    licences: tuple[str, ...] = ()
    positions: tuple[tuple[str, str], ...] = ()
    prescription_groups: tuple[str, ...] = ()
    specialities: tuple[tuple[str, str], ...] = ()
    title: str = ""
    protected: bool = False

    @property
    def name(self) -> str:
        """Given name and surname."""
        return f"{self.given} {self.surname}"


SPECIALIST = ("201010", "Överläkare")
RESIDENT = ("203010", "Läkare legitimerad, specialiseringstjänstgöring")
INTERN = ("204010", "Läkare ej legitimerad, allmäntjänstgöring")
OTHER_LICENSED = ("203090", "Läkare legitimerad, annan")
NOT_LICENSED = ("204090", "Läkare ej legitimerad, annan")
SECRETARY = ("146010", "Medicinsk sekreterare")
NURSE = ("206090", "Sjuksköterska, annan")
DENTIST = ("207010", "Övertandläkare/Specialisttandläkare")
GENERAL_PRACTICE = ("1613", "Allmänmedicin")
INTERNAL_MEDICINE = ("1001", "Internmedicin")
ORTHOPAEDICS = ("1118", "Ortopedi")
PSYCHIATRY = ("1501", "Psykiatri")
OPHTHALMOLOGY = ("1205", "Ögonsjukdomar")

STAFF = (
    Employee(
        "SE2321000990-2001", "Maja", "Lindqvist", "Läkare", "flera vårdenheter hos två vårdgivare",
        ((BJORKANGEN, CARE), (MEDICIN, CARE), (SJOVIKS_MOTTAGNING, CARE)),
        licences=("Läkare",), positions=(SPECIALIST,), specialities=(GENERAL_PRACTICE, INTERNAL_MEDICINE), title="Överläkare",
    ),
    Employee(
        "SE2321000990-2002", "Erik", "Sandström", "Läkare", "en vårdenhet",
        ((BJORKANGEN, CARE),),
        licences=("Läkare",), positions=(RESIDENT,), title="ST-läkare",
    ),
    Employee(
        "SE2321000990-2003", "Leila", "Haddad", "Läkare", "AT-läkare utan legitimation",
        ((MEDICIN, CARE),),
        positions=(INTERN,), title="AT-läkare",
    ),
    Employee(
        "SE5569000002-2004", "Oskar", "Nyberg", "Läkare", "legitimerad i annat EU-land",
        ((KUSTHALSAN, CARE),),
        positions=(OTHER_LICENSED,), prescription_groups=("9300005",), title="Läkare",
    ),
    Employee(
        "SE5569000002-2005", "Elin", "Forsberg", "Läkare", "har själv skyddade personuppgifter",
        ((SJOVIKS_MOTTAGNING, CARE),),
        licences=("Läkare",), positions=(SPECIALIST,), specialities=(GENERAL_PRACTICE,), title="Överläkare", protected=True,
    ),
    Employee(
        "SE2321000990-2006", "Sofia", "Berglund", "Tandläkare", "en vårdenhet",
        ((FOLKTANDVARDEN, CARE),),
        licences=("Tandläkare",), positions=(DENTIST,), title="Tandläkare",
    ),
    Employee(
        "SE2321000990-2007", "Karin", "Ek", "Vårdadministratör", "en vårdenhet",
        ((BJORKANGEN, CARE),),
        positions=(SECRETARY,), title="Medicinsk sekreterare",
    ),
    Employee(
        "SE2321000990-2008", "Johan", "Wallin", "Vårdadministratör", "två vårdenheter",
        ((BJORKANGEN, CARE), (MEDICIN, CARE), (MEDICIN, "Administration")),
        positions=(SECRETARY,), title="Medicinsk sekreterare",
    ),
    Employee(
        "SE2321000990-2009", "Amina", "Yusuf", "Vårdadministratör", "sjuksköterska",
        ((MEDICIN, CARE),),
        licences=("Sjuksköterska",), positions=(NURSE,), title="Sjuksköterska",
    ),
    Employee(
        "SE2321000990-2010", "Per", "Hagström", "Läkare", "saknar uppdrag för vård och behandling, kan inte logga in",
        ((MEDICIN, "Administration"),),
        licences=("Läkare",), positions=(SPECIALIST,), title="Överläkare",
    ),
    Employee(
        "SE2321000990-2011", "Gunilla", "Åkesson", "Läkare", "hennes vårdenhet är nedlagd, kan inte logga in",
        ((GAMLA_HAMNEN, CARE),),
        licences=("Läkare",), positions=(SPECIALIST,), title="Överläkare",
    ),
    Employee(
        "SE2321000990-2012", "Henrik", "Ström", "Läkare", "legitimerad utanför EU/EES, väntar på svensk legitimation",
        ((ORTOPEDEN, CARE),),
        positions=(OTHER_LICENSED,), prescription_groups=("9400003",), title="Läkare",
    ),
    Employee(
        "SE2321000990-2013", "Signe", "Wikner", "Läkare", "vikarierande examinerad läkare",
        ((PSYKIATRIN, CARE),),
        positions=(NOT_LICENSED,), prescription_groups=("9100009",), title="Underläkare",
    ),
    Employee(
        "SE2321000990-2014", "Axel", "Brodin", "Läkare", "läkarstudent med vikariat",
        ((BJORKANGEN, CARE), (ORTOPEDEN, CARE)),
        positions=(NOT_LICENSED,), prescription_groups=("9200007",), title="Underläkare",
    ),
    Employee(
        "SE2321000990-2015", "Vera", "Molin", "Vårdadministratör", "läkarstudent utan förskrivarkod, är därför inte läkare här",
        ((PSYKIATRIN, CARE),),
        positions=(NOT_LICENSED,), title="Amanuens",
    ),
    Employee(
        "SE2321000990-2016", "Anders", "Hjort", "Läkare", "ortoped, en vårdenhet utan arbetsplatser",
        ((ORTOPEDEN, CARE),),
        licences=("Läkare",), positions=(SPECIALIST,), specialities=(ORTHOPAEDICS,), title="Överläkare",
    ),
    Employee(
        "SE2321000990-2017", "Birgitta", "Öman", "Läkare", "psykiater, två arbetsplatser under vårdenheten",
        ((PSYKIATRIN, CARE),),
        licences=("Läkare",), positions=(SPECIALIST,), specialities=(PSYCHIATRY,), title="Överläkare",
    ),
    Employee(
        "SE5560123456-2018", "Cecilia", "Åström", "Läkare", "vårdenheter hos alla tre vårdgivarna",
        ((ALVBACKENS_VARDCENTRAL, CARE), (OGONHUSET, CARE), (BJORKANGEN, CARE), (KUSTHALSAN, CARE)),
        licences=("Läkare",), positions=(SPECIALIST,), specialities=(GENERAL_PRACTICE,), title="Specialistläkare",
    ),
    Employee(
        "SE5560123456-2019", "David", "Ferm", "Läkare", "ögonläkare, enheten saknar arbetsplatskod",
        ((OGONHUSET, CARE),),
        licences=("Läkare",), positions=(SPECIALIST,), specialities=(OPHTHALMOLOGY,), title="Överläkare",
    ),
    Employee(
        "SE5560123456-2020", "Ebba", "Lantz", "Läkare", "både läkare och tandläkare",
        ((ALVBACKENS_VARDCENTRAL, CARE),),
        licences=("Läkare", "Tandläkare"), positions=(RESIDENT,), title="ST-läkare",
    ),
    Employee(
        "SE2321000990-2021", "Fredrik", "Norling", "Tandläkare", "två vårdenheter hos två vårdgivare",
        ((FOLKTANDVARDEN, CARE), (ALVBACKENS_VARDCENTRAL, CARE)),
        licences=("Tandläkare",), positions=(DENTIST,), title="Övertandläkare",
    ),
    Employee(
        "SE5560123456-2022", "Greta", "Sjödin", "Vårdadministratör", "vårdenheter hos två vårdgivare",
        ((ALVBACKENS_VARDCENTRAL, CARE), (SJOVIKS_MOTTAGNING, CARE)),
        positions=(SECRETARY,), title="Medicinsk sekreterare",
    ),
    Employee(
        "SE5569000002-2023", "Hassan", "Rahimi", "Vårdadministratör", "har själv skyddade personuppgifter",
        ((SJOVIKS_MOTTAGNING, CARE), (KUSTHALSAN, CARE)),
        positions=(SECRETARY,), title="Medicinsk sekreterare", protected=True,
    ),
    Employee(
        "SE2321000990-2024", "Ida", "Dahlgren", "Vårdadministratör", "sjuksköterska och barnmorska",
        ((BJORKANGEN, CARE),),
        licences=("Sjuksköterska", "Barnmorska"), positions=(NURSE,), title="Barnmorska",
    ),
    Employee(
        "SE2321000990-2025", "Jonas", "Vidmark", "Läkare", "en av hans två vårdenheter är nedlagd",
        ((GAMLA_HAMNEN, CARE), (MEDICIN, CARE)),
        licences=("Läkare",), positions=(SPECIALIST,), specialities=(INTERNAL_MEDICINE,), title="Överläkare",
    ),
    Employee(
        "SE2321000990-2026", "Kerstin", "Bodén", "Vårdadministratör", "saknar medarbetaruppdrag, kan inte logga in",
        (),
        positions=(SECRETARY,), title="Medicinsk sekreterare",
    ),
)  # fmt: skip

BY_ID = {employee.id: employee for employee in STAFF}

TEST_USERS = tuple((employee.id, employee.name, employee.role, employee.about) for employee in STAFF)
