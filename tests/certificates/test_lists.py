"""The lists as they leave the server: who sees what, filter, order and pages, what they cost; and what is done from a row."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from lxml import html

from clinic import TOLVAN, administrator, doctor, outside, patient, person, running_simulators, simulators, unit, working  # noqa: F401
from webcert.audit.models import AuditEntry
from webcert.certificates import actions, queries
from webcert.certificates.asked import Drafts
from webcert.certificates.models import Certificate, Event, Relation, Status
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role
from webcert.staff.session import keep
from webcert.vocabulary import clock

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
PROTECTED, DECEASED = "195401872394", "190503279812"
CARE_UNIT, REHAB = unit(), unit("SE2321000990-1002", "Rehab", parent="SE2321000990-1001")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture(autouse=True)
def remembered(outside: object, settings: Any) -> None:
    """What PU has told is good for a while, as in production."""
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"pu_cache_seconds": 3600})


def browser_of(login: LoginContext) -> Client:
    """A browser in which that person is logged in."""
    client = Client()
    request = RequestFactory().get("/")
    request.session = client.session
    keep(request, login)
    request.session["panel_hidden"] = False
    request.session.save()
    return client


@pytest.fixture
def browser(doctor: LoginContext) -> Client:
    return browser_of(doctor)


def put(about: Person, by: LoginContext, **facts: Any) -> Certificate:
    """A certificate of the patient on the unit of that person, made an hour ago, with other facts as given."""
    saved_at = facts.pop("saved_at", clock.now() - timedelta(hours=1))
    made = {"created_at": saved_at, "saved_at": saved_at, "saved_by_id": by.user.hsa_id, "saved_by_name": by.user.name} | facts
    draft = actions.new_draft(made.pop("type", "lisjp"), about, by, uuid4())
    for name, value in made.items():
        setattr(draft, name, value)
    draft.save(force_insert=True)
    return draft


def tree(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return html.fromstring(answer.content.decode())


def table(client: Client, address: str) -> list[dict[str, str]]:
    """The rows of the list: heading → text."""
    rows = tree(client, address).xpath("//*[@data-list]//tbody/tr")
    return [{cell.get("data-label"): text_of(cell) for cell in row.xpath("td[@data-label]")} for row in rows]


def text_of(element: Any) -> str:
    for hidden in element.xpath(".//*[@hidden]"):
        hidden.drop_tree()
    return " ".join(element.text_content().split())


def column(client: Client, address: str, name: str) -> list[str]:
    return [row[name] for row in table(client, address)]


# Who sees what, and the number on the tab


def badge(client: Client) -> int:
    count: int = client.get("/antal").json()["tabs"]["drafts"]["count"]
    return count


def test_A_045_the_unit_sees_its_drafts_by_anyone_and_the_tab_counts_them(browser: Client, patient: Person, doctor: LoginContext) -> None:
    colleague = working("Lena Karlsson", Role.DOCTOR)
    put(patient, doctor)
    put(patient, colleague, status=Status.LOCKED)
    put(patient, colleague, status=Status.SIGNED)
    put(patient, colleague, status=Status.LOCKED, revoked_at=NOON)
    put(patient, working("Anna Annan", Role.DOCTOR, unit("SE2321000990-1009", "Annan enhet")))
    assert sorted(column(browser, "/utkast", "Sparat av")) == ["Lena Karlsson", "Maja Lindqvist"]
    assert badge(browser) == 2


def test_drafts_on_sub_units_are_told_of_and_shown_where_they_are(patient: Person) -> None:
    on_care_unit = working("Maja Lindqvist", Role.DOCTOR, CARE_UNIT, REHAB)
    for _ in range(3):
        put(patient, on_care_unit.at(REHAB.id))
    above = tree(browser_of(on_care_unit), "/utkast")
    assert "3 ej signerade utkast finns på vårdenhetens arbetsplatser." in text_of(above)
    assert "Inga osignerade utkast" in text_of(above)
    assert above.xpath("//form[@role='search']") == []
    assert len(table(browser_of(on_care_unit.at(REHAB.id)), "/utkast")) == 3
    assert len(table(browser_of(on_care_unit), f"/patient/{patient.id}")) == 3


def test_A_110_drafts_of_protected_patients_are_neither_shown_to_nor_counted_for_administrators(
    doctor: LoginContext, administrator: LoginContext, patient: Person
) -> None:
    protected = person(PROTECTED)
    put(protected, doctor)
    put(patient, doctor)
    assert [row["Patient"] for row in table(browser_of(doctor), "/utkast?sortering=patient")] == [
        "19121212-1212",
        "19540187-2394Sekretessmarkering",
    ]
    assert column(browser_of(administrator), "/utkast", "Patient") == ["19121212-1212"]
    assert (badge(browser_of(doctor)), badge(browser_of(administrator))) == (2, 1)


def test_A_112_transport_types_of_protected_patients_are_shown_to_nobody(browser: Client, doctor: LoginContext) -> None:
    put(person(PROTECTED), doctor, type="ts-bas")
    assert table(browser, "/utkast") == []
    assert badge(browser) == 0


def test_A_014_a_dentist_sees_only_what_dentists_may_read(doctor: LoginContext, patient: Person) -> None:
    dentist = browser_of(working("Sofia Berglund", Role.DENTIST))
    put(patient, doctor, type="luse")
    put(patient, doctor)
    assert column(dentist, "/utkast", "Typ av intyg") == ["Läkarintyg för sjukpenning"]
    assert len(table(dentist, f"/patient/{patient.id}")) == badge(dentist) == 1


def test_a_patient_who_has_died_is_marked(browser: Client, doctor: LoginContext) -> None:
    put(person(DECEASED), doctor)
    assert column(browser, "/utkast", "Patient") == ["19050327-9812Avliden"]


def test_A_018_who_works_alone_is_asked_nothing_of_colleagues(patient: Person, doctor: LoginContext) -> None:
    alone = browser_of(working("Göran Lundmark", Role.PRIVATE_PRACTITIONER))
    put(patient, doctor)
    assert tree(alone, "/utkast").xpath("//form[@role='search']//select/@name") == ["utkast"]
    (row,) = table(alone, "/utkast")
    assert list(row) == ["Typ av intyg", "Status", "Senast sparat", "Patient"]
    assert [text_of(heading) for heading in tree(alone, "/utkast").xpath("//th/a")] == list(row)


# Filter, order, pages


@pytest.fixture
def shelf(patient: Person, doctor: LoginContext) -> None:
    """Five drafts that differ in everything."""
    asa, orjan = working("Åsa Berg", Role.DOCTOR), working("Örjan Alm", Role.CARE_ADMINISTRATOR)
    old = NOON - timedelta(days=15)
    put(patient, doctor, saved_at=NOON - timedelta(days=3), forwarded=True)
    put(person("199901042383"), asa, saved_at=NOON - timedelta(days=2), status=Status.COMPLETE)
    put(patient, orjan, saved_at=NOON - timedelta(days=1), type="luae_na")
    put(patient, orjan, saved_at=old, status=Status.LOCKED, type="ts-bas", forwarded=True)
    put(patient, asa, saved_at=NOON - timedelta(hours=1), created_at=old, status=Status.COMPLETE, type="luse")


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "dates"),
    [
        ("", ["11-21", "11-20", "11-19", "11-18", "11-06"]),
        ("vidarebefordrat=ja", ["11-18", "11-06"]),
        ("vidarebefordrat=nej", ["11-21", "11-20", "11-19"]),
        ("utkast=saknas", ["11-20", "11-18"]),
        ("utkast=klara", ["11-19"]),
        ("utkast=lasta", ["11-21", "11-06"]),
        ("fran=2026-11-19", ["11-21", "11-20", "11-19"]),
        ("till=2026-11-19", ["11-19", "11-18", "11-06"]),
        ("fran=2026-11-18&till=2026-11-19&vidarebefordrat=nej", ["11-19"]),
        ("vidarebefordrat=kanske&utkast=&sparat-av=okand&sida=noll&antal=7", ["11-21", "11-20", "11-19", "11-18", "11-06"]),
    ],
)
def test_the_filter(browser: Client, query: str, dates: list[str]) -> None:
    assert [saved[5:10] for saved in column(browser, f"/utkast?{query}", "Senast sparat")] == dates


@pytest.mark.usefixtures("shelf")
def test_the_filter_on_who_saved_names_the_units_people_in_order_and_nobody_in_the_address(browser: Client) -> None:
    options = tree(browser, "/utkast").xpath("//select[@name='sparat-av']/option")
    assert [option.text for option in options] == ["Visa alla", "Maja Lindqvist", "Åsa Berg", "Örjan Alm"]
    key = options[2].get("value")
    assert "SE2321000990" not in key
    assert column(browser, f"/utkast?sparat-av={key}", "Sparat av") == ["Åsa Berg", "Åsa Berg"]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("order", "name", "values"),
    [
        ("typ", "Typ av intyg", ["Läkarintyg för sjukpenning", "Läkarintyg för sjukpenning", "Läkarutlåtande"]),
        ("status", "Status", ["Utkast, kan signeras", "Utkast, låst", "Utkast, låst", "Utkast, uppgifter saknas"]),
        ("-status", "Status", ["Utkast, uppgifter saknas", "Utkast, uppgifter saknas", "Utkast, låst"]),
        ("sparat", "Senast sparat", ["2026-11-06", "2026-11-18"]),
        ("patient", "Patient", ["19121212-1212"] * 4 + ["19990104-2383"]),
        ("sparat-av", "Sparat av", ["Maja Lindqvist", "Åsa Berg", "Åsa Berg", "Örjan Alm"]),
        ("-sparat-av", "Sparat av", ["Örjan Alm", "Örjan Alm", "Åsa Berg"]),
        ("-vidarebefordrad", "Vidarebefordrad", ["Ja", "Ja", "", "", ""]),
    ],
)
def test_every_column_sorts(browser: Client, order: str, name: str, values: list[str]) -> None:
    shown = column(browser, f"/utkast?sortering={order}", name)[: len(values)]
    assert all(text.startswith(value) for text, value in zip(shown, values, strict=True))
    (heading,) = tree(browser, f"/utkast?sortering={order}").xpath("//th[@aria-sort]")
    assert heading.get("aria-sort") == ("descending" if order.startswith("-") else "ascending")
    assert text_of(heading) == name


@pytest.mark.usefixtures("shelf")
def test_a_heading_sorts_and_turns_and_keeps_the_filter(browser: Client) -> None:
    page = tree(browser, "/utkast?utkast=saknas&antal=25")
    links = {text_of(link): link.get("href") for link in page.xpath("//th/a")}
    assert links["Typ av intyg"] == "/utkast?utkast=saknas&sortering=typ&antal=25"
    assert links["Senast sparat"] == "/utkast?utkast=saknas&sortering=sparat&antal=25"


def test_pages(browser: Client, patient: Person, doctor: LoginContext) -> None:
    for minutes in range(23):
        put(patient, doctor, saved_at=NOON - timedelta(minutes=minutes))
    first = tree(browser, "/utkast")
    assert "Visar 1–10 av 23 träffar" in text_of(first)
    links = {text_of(link): link.get("href") for link in first.xpath("//*[@class='pager']//a")}
    assert links == {
        "Nästa": "/utkast?sida=2",
        "10": "/utkast",
        "25": "/utkast?antal=25",
        "50": "/utkast?antal=50",
        "100": "/utkast?antal=100",
    }
    assert "Visar 21–23 av 23" in text_of(tree(browser, "/utkast?sida=3"))
    assert "Visar 21–23 av 23" in text_of(tree(browser, "/utkast?sida=99999"))
    assert len(table(browser, "/utkast?antal=25")) == 23
    shown = [row["Senast sparat"] for page in (1, 2, 3) for row in table(browser, f"/utkast?sida={page}")]
    assert shown == sorted(shown, reverse=True)
    assert len(set(shown)) == 23


@pytest.mark.usefixtures("shelf")
def test_a_filter_without_hits_says_so_and_stays(browser: Client) -> None:
    page = tree(browser, "/utkast?fran=2026-11-21&vidarebefordrat=ja")
    assert "Inga träffar" in text_of(page)
    assert page.xpath("//form[@role='search']//input[@name='fran']/@value") == ["2026-11-21"]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "field", "told"),
    [
        ("fran=i+går", "fran", "Skriv datumet som åååå-mm-dd"),
        ("till=2026-02-30", "till", "Skriv datumet som åååå-mm-dd"),
        ("till=2026-11-22", "till", "Datumet får inte vara senare än i dag."),
        ("fran=2026-11-20&till=2026-11-19", "till", "Till-datumet är före från-datumet."),
    ],
)
def test_a_date_that_is_wrong_is_told_and_filters_nothing(browser: Client, query: str, field: str, told: str) -> None:
    page = tree(browser, f"/utkast?{query}")
    assert page.xpath(f"//input[@name='{field}']/@aria-invalid") == ["true"]
    assert told in text_of(page.get_element_by_id(f"p-{field}"))
    assert len(page.xpath("//*[@data-list]//tbody/tr")) == 5


def test_what_an_address_asks_for_can_be_written_back_to_it() -> None:
    for query in ({}, {"utkast": "klara", "sida": "3"}, {"sortering": "typ", "antal": "50", "fran": "2026-01-01", "sparat-av": "ab12"}):
        assert Drafts.parse(query).query(page=Drafts.parse(query).page) == query
    assert Drafts.parse({"sida": "7"}).query(size=25) == {"antal": "25"}


# The patient's certificates


def test_status_says_what_has_followed_only_when_that_is_signed(browser: Client, patient: Person, doctor: LoginContext) -> None:
    replaced, being_replaced, revoked = (put(patient, doctor, status=Status.SIGNED) for _ in range(3))
    put(patient, doctor, status=Status.SIGNED, parent_id=replaced.id, relation=Relation.REPLACES)
    put(patient, doctor, parent_id=being_replaced.id, relation=Relation.REPLACES)
    Certificate.objects.filter(pk=revoked.id).update(revoked_at=NOON)
    statuses = {
        row.get("data-row"): text_of(row.xpath("td[@data-label='Status']")[0])
        for row in tree(browser, f"/patient/{patient.id}?visa=alla").xpath("//*[@data-list]//tbody/tr")
    }
    assert [statuses[str(certificate.id)] for certificate in (replaced, being_replaced, revoked)] == ["Ersatt", "Signerat", "Makulerat"]


def test_the_three_views(browser: Client, patient: Person, doctor: LoginContext) -> None:
    address = f"/patient/{patient.id}"
    original = put(patient, doctor, status=Status.SIGNED)
    put(patient, doctor, status=Status.SIGNED, parent_id=original.id, relation=Relation.COMPLEMENTS, sent_at=NOON)
    put(patient, doctor, status=Status.LOCKED)
    put(patient, doctor, status=Status.SIGNED, revoked_at=NOON)
    assert column(browser, address, "Status") == ["Skickat"]
    assert sorted(column(browser, f"{address}?visa=tidigare", "Status")) == ["Kompletterat", "Makulerat", "Utkast, låst"]
    assert len(table(browser, f"{address}?visa=alla")) == 4
    assert tree(browser, address).xpath("//input[@name='visa'][@checked]/@value") == ["aktuella"]


def test_the_two_empty_texts(browser: Client, patient: Person, doctor: LoginContext) -> None:
    address = f"/patient/{patient.id}"
    assert "Inga intyg än" in text_of(tree(browser, address))
    put(patient, doctor)
    assert "Inga intyg här" in text_of(tree(browser, f"{address}?visa=tidigare"))


@pytest.mark.parametrize(
    ("order", "name", "values"),
    [
        ("typ", "Typ av intyg", ["Läkarintyg för", "Läkarutlåtande", "Transportstyrelsens"]),
        ("-sparat", "Senast sparat", ["2026-11-21", "2026-11-20", "2026-11-19"]),
        ("sparat-av", "Sparat/signerat av", ["Maja", "Åsa", "Örjan"]),
        ("status", "Status", ["Signerat", "Utkast, kan", "Utkast, uppgifter"]),
    ],
)
def test_the_patients_certificates_sort(
    browser: Client, patient: Person, doctor: LoginContext, order: str, name: str, values: list[str]
) -> None:
    put(patient, working("Örjan Alm", Role.DOCTOR), type="ts-bas", saved_at=NOON - timedelta(days=1), status=Status.COMPLETE)
    put(patient, doctor, saved_at=NOON - timedelta(days=2), status=Status.SIGNED)
    put(patient, working("Åsa Berg", Role.DOCTOR), type="luse")
    shown = column(browser, f"/patient/{patient.id}?sortering={order}", name)
    assert all(text.startswith(value) for text, value in zip(shown, values, strict=True))


# Favourites


def offered(client: Client, patient: Person) -> list[str]:
    stars = tree(client, f"/patient/{patient.id}").xpath("//button[@aria-pressed]/@aria-label")
    return [label.removeprefix("Favorit: ") for label in stars]


def test_A_056_a_star_pins_the_type_on_top_also_in_a_later_session(browser: Client, patient: Person, doctor: LoginContext) -> None:
    before = offered(browser, patient)
    pinned = next(name for name in before if name.startswith("Transportstyrelsens"))
    page = tree(browser, f"/patient/{patient.id}")
    (button,) = page.xpath("//button[@aria-label=$label]", label=f"Favorit: {pinned}")
    answer = browser.post("/intyg/favorit", {**dict(button.getparent().form_values()), "pressed": button.get("value")})
    assert answer.url == f"/patient/{patient.id}#{button.get('id')}"
    later = browser_of(doctor)
    assert offered(later, patient) == [pinned, *(name for name in before if name != pinned)]
    assert offered(browser_of(working("Lena Karlsson", Role.DOCTOR)), patient) == before
    (star,) = tree(later, f"/patient/{patient.id}").xpath("//button[@aria-pressed='true']")
    later.post("/intyg/favorit", {**dict(star.getparent().form_values()), "pressed": star.get("value")})
    assert offered(later, patient) == before


@pytest.mark.parametrize("change", [{"type": "okand"}, {"pressed": "kanske"}, {"patient": "191212121212"}])
def test_a_favourite_of_nothing_is_turned_away(browser: Client, patient: Person, change: dict[str, str]) -> None:
    fields = {"type": "lisjp", "patient": str(patient.id), "pressed": "true"}
    assert browser.post("/intyg/favorit", fields | change).status_code == 400


# Forwarding


def letters(client: Client, address: str) -> list[str]:
    return [unquote(link) for link in tree(client, address).xpath("//a[@data-forward]/@href")]


def test_A_060_and_A_062_a_doctor_forwards_from_the_lists_and_not_from_the_draft(
    browser: Client, patient: Person, doctor: LoginContext
) -> None:
    draft = put(patient, doctor)
    put(patient, doctor, status=Status.LOCKED)
    put(patient, doctor, created_at=NOON - timedelta(days=20))
    for address in ("/utkast", f"/patient/{patient.id}?visa=alla"):
        (letter,) = letters(browser, address)
        assert letter.startswith(
            "mailto:?subject=Du har blivit tilldelad ett ej signerat utkast i Webcert på enhet Björkängens vårdcentral"
        )
        assert letter.endswith(f"SITHS-kort innan du öppnar länken till utkastet:\r\nhttp://localhost:8000/intyg/{draft.id}")
        assert TOLVAN not in letter.replace("-", "")
        assert "Tolvan" not in letter
    assert letters(browser, f"/intyg/{draft.id}") == []


def test_A_061_an_administrator_forwards_from_the_draft_too_and_sees_the_mark(patient: Person, administrator: LoginContext) -> None:
    draft, browser = put(patient, administrator), browser_of(administrator)
    assert len(letters(browser, f"/intyg/{draft.id}")) == len(letters(browser, "/utkast")) == 1
    assert tree(browser, f"/intyg/{draft.id}").xpath("//input[@data-forwarded][not(@checked)]")
    Certificate.objects.filter(pk=draft.id).update(forwarded=True)
    assert tree(browser, f"/intyg/{draft.id}").xpath("//input[@data-forwarded][@checked]")


def test_A_063_the_mark_is_set_and_taken_away_without_disturbing_who_writes(browser: Client, patient: Person, doctor: LoginContext) -> None:
    draft = put(patient, doctor)
    for wanted in ("true", "true", "false"):
        answer = browser.post(f"/intyg/{draft.id}/vidarebefordra", {"forwarded": wanted})
        assert answer.json() == {"forwarded": wanted == "true"}
    kept = Certificate.objects.get(pk=draft.id)
    assert (kept.forwarded, kept.revision, kept.saved_at) == (False, draft.revision, draft.saved_at)
    assert Event.objects.filter(certificate_id=draft.id, kind="FORWARDED").count() == 2
    assert browser.post(f"/intyg/{draft.id}/vidarebefordra", {}).status_code == 400


def test_a_locked_draft_cannot_be_marked(browser: Client, patient: Person, doctor: LoginContext) -> None:
    locked = put(patient, doctor, status=Status.LOCKED)
    answer = browser.post(f"/intyg/{locked.id}/vidarebefordra", {"forwarded": "true"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (409, {"error": "Utkastet är låst."})


# The way back


def test_a_deleted_draft_leads_back_to_where_the_user_came_from(browser: Client, patient: Person, doctor: LoginContext) -> None:
    for back, target in [("/utkast?sida=2", "/utkast?sida=2"), ("", f"/patient/{patient.id}"), ("//ond.example", f"/patient/{patient.id}")]:
        draft = put(patient, doctor)
        assert browser.post(f"/intyg/{draft.id}/radera", {"patient": patient.id, "back": back, "revision": draft.revision}).url == target


# Whom it shows


def test_a_list_is_access_to_each_patient_it_shows(browser: Client, patient: Person, doctor: LoginContext) -> None:
    for _ in range(2):
        put(patient, doctor)
    browser.get("/utkast")
    browser.get(f"/patient/{patient.id}")
    assert list(AuditEntry.objects.values_list("patient_id", "certificate_id", "activity")) == [(patient.personal_id, None, "Läsa")] * 2
    browser.get("/utkast?utkast=lasta")
    assert AuditEntry.objects.count() == 2


def test_A_064_a_link_to_a_draft_of_another_unit_offers_to_change_unit_and_leads_back(patient: Person) -> None:
    login = working("Maja Lindqvist", Role.DOCTOR, CARE_UNIT, unit("SE2321000990-1009", "Annan enhet"))
    draft, browser = put(patient, login), browser_of(login.at("SE2321000990-1009"))
    refused = browser.get(f"/intyg/{draft.id}")
    assert refused.status_code == 403
    (link,) = html.fromstring(refused.content.decode()).xpath("//main//a[contains(., 'Byt vårdenhet')]/@href")
    assert unquote(link) == f"/valj-enhet?next=/intyg/{draft.id}"
    assert browser.post("/valj-enhet", {"unit_id": CARE_UNIT.id, "next": f"/intyg/{draft.id}"}).url == f"/intyg/{draft.id}"


# What it costs


def cost(visit: Callable[[], Any]) -> int:
    """SQL statements of a visit, when the session has been used before."""
    visit()
    with CaptureQueriesContext(connection) as statements:
        visit()
    return len(statements)


@pytest.mark.parametrize(
    "address", ["/utkast?antal=100&utkast=saknas&sortering=sparat-av", "/patient/{}?visa=alla&sortering=typ", "/arenden"]
)
def test_a_list_costs_six_statements_with_session_and_access_log_whatever_the_number_of_rows(
    browser: Client, patient: Person, doctor: LoginContext, address: str
) -> None:
    put(patient, doctor)
    first = cost(lambda: table(browser, address.format(patient.id)))
    for _ in range(30):
        put(patient, doctor)
    assert cost(lambda: table(browser, address.format(patient.id))) == first <= 6


def test_the_numbers_cost_two_statements(browser: Client) -> None:
    assert cost(lambda: badge(browser)) <= 2


def test_no_list_fetches_answers_or_documents(patient: Person, doctor: LoginContext) -> None:
    put(patient, doctor)
    with CaptureQueriesContext(connection) as statements:
        queries.drafts_of_unit(Drafts(), by=doctor)
    assert not any("answers" in statement["sql"] or "signed_xml" in statement["sql"] for statement in statements)
