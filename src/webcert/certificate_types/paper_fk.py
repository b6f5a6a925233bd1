"""What the paper forms of Försäkringskassan share: the address, the words beside the boxes, and the frames that several have.

Source: reference/certificates/fk-common.md §16, fk7800.md §6, fk7804.md §12.2.
"""

from webcert.certificate_types.paper import Diagnosed, Frame, Listed, Page, PaperForm, Signed, Ticked, Written, frame, goes_on
from webcert.forms.wording import Wording

DAY = "datum (år, månad, dag)"
FROM, TO = "från och med (år, månad, dag)", "till och med (år, månad, dag)"
SEND_TO = ("Skicka blanketten till", "Försäkringskassans inläsningscentral", "839 88 Östersund")
FILL_IN = {"true": "Ja. Fyll i nedan."}
CONTINUES = "Svar som inte ryms i sin ruta fortsätter på fortsättningsbladet."
IDENTITY = "Okänd patient ska visa legitimation med foto (SOSFS 2005:29)."
PRIVACY = "Läs om personuppgifter på forsakringskassan.se."


def form(
    number: str, title: tuple[str, str], *pages: Page, edition: str, agreed_since: str, reminder: str, introduced: bool = False
) -> PaperForm:
    """The paper form with that number. `edition` ends the scan id; `agreed_since`: from that text version in agreement with
    Socialstyrelsen. `reminder` is a second one, beside that about the continuation sheet."""
    return PaperForm(
        title=title,
        scan_id=(number, edition),
        approved="Fastställd av Försäkringskassan",
        agreed=Wording({"1.0": "", agreed_since: "i samråd med Socialstyrelsen"}),
        send_to=SEND_TO,
        pages=pages,
        reminders=(CONTINUES, reminder),
        introduced=introduced,
    )


STATEMENT_BASIS: Page = (
    frame("1", "", Ticked("1", values=(DAY,), row=8), Written("1.3", 10, beside=True), Written("2", 9, beside=True)),
    frame(
        "2",
        "",
        Ticked("3", words={"true": "Ja, fyll i nedan."}, backwards=True, columns=2),
        Listed("4", to_tick=("Bifogas", "Ja", "Nej")),
    ),
)
"""The first page of a statement."""

DISEASE: Page = (
    frame(
        "3",
        "",
        Diagnosed("6"),
        Written("7", 25),
        Ticked("45", words=FILL_IN, backwards=True, columns=2, row=6),
        Written("45.2", 12),
    ),
    frame("4", "", Written("5", 22.5)),
    frame(
        "5",
        "Beskriv eventuella undersökningsfynd och grad av funktionsnedsättning (lätt, måttlig, stor, total)",
        *(Written(question, 33.5) for question in ("8", "9", "10", "11")),
    ),
)
"""The second page of a statement about work: diagnoses, background, and the first disabilities."""

LIMITATIONS: Page = (
    goes_on(*(Written(question, 33.5) for question in ("12", "13", "14"))),
    frame("6", "", Written("17", 29.2)),
    frame("7", "Medicinsk behandling", Written("18", 29), Written("19", 27), Written("20", 27), Written("21", 27)),
)
"""The third page of a statement about work: the other disabilities, limitations and treatment."""


def contact(number: str, height: float) -> Frame:
    """Whether and why the doctor wants to be contacted."""
    return frame(number, "", Ticked("26"), Written("26.2", height))


def signature(number: str, unit_height: float) -> Frame:
    """Who signed, when and where (fk-common.md §16.6)."""
    return frame(
        number,
        "Underskrift",
        Signed(11, {"Datum": "day", "Läkarens namnteckning": "signature"}),
        Signed(11, {"Namnförtydligande": "name"}),
        Signed(13, {"Befattning": "positions", "Eventuell specialistkompetens": "specialities"}),
        Signed(9, {"Läkarens HSA-id": "hsa_id", "Arbetsplatskod": "workplace_code"}),
        Signed(9, {"Läkarens personnummer. Anges endast om du som läkare saknar HSA-id.": ""}),
        Signed(unit_height, {"Vårdenhetens namn, adress och telefon.": "unit"}),
        Signed(6, {"Underskriften omfattar samtliga uppgifter i intyget": ""}),
    )
