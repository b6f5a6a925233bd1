"""Importing lists: all or nothing, repeatable, and old codes keep their titles."""

from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from shared import shared
from webcert.code_systems.actions import import_edition, load_starter_lists
from webcert.code_systems.lists import Refused
from webcert.code_systems.models import Code, CodeEdition
from webcert.code_systems.register import REGISTER

pytestmark = pytest.mark.usefixtures("code_tables")

ICD = "ICD_10_SE"
OLD = {"J20": "Akut bronkit", **{f"J20{n}": f"Bronkit på grund av orsak {n}" for n in range(10)}}
NEW = {code: title for code, title in OLD.items() if code != "J209"} | {"J20": "Akut luftrörskatarr", "J21": "Akut bronkiolit"}


ListFile = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def list_file(tmp_path: Path) -> ListFile:
    """Writes a list (code → title) as a file."""

    def write(codes: Mapping[str, str]) -> Path:
        file = tmp_path / f"list-{len(list(tmp_path.iterdir()))}.tsv"
        file.write_text("".join(f"{code}\t{title}\n" for code, title in codes.items()), encoding="utf-8")
        return file

    return write


def stored() -> list[tuple[str, bool, int]]:
    return [(edition.name, edition.active, edition.codes.count()) for edition in CodeEdition.objects.order_by("id")]


def test_an_import_tells_what_it_changed(list_file: ListFile) -> None:
    first = import_edition(ICD, [list_file(OLD)], "2025")
    assert (first.edition, first.codes, len(first.added), first.removed, first.retitled) == ("2025", 11, 11, (), ())
    second = import_edition(ICD, [list_file(NEW)], "2026")
    assert (second.added, second.removed, second.retitled, second.unchanged) == (("J21",), ("J209",), ("J20",), False)
    assert stored() == [("2025", False, 11), ("2026", True, 11)]


def test_new_drafts_use_the_edition_in_force_and_old_codes_keep_their_titles(list_file: ListFile) -> None:
    import_edition(ICD, [list_file(OLD)])
    assert REGISTER.knows(ICD, "J209")
    import_edition(ICD, [list_file(NEW)])
    REGISTER.forget()
    assert (REGISTER.knows(ICD, "J209"), REGISTER.title(ICD, "J209")) == (False, "Bronkit på grund av orsak 9")
    assert (REGISTER.knows(ICD, "J20"), REGISTER.title(ICD, "J20")) == (True, "Akut luftrörskatarr")
    assert (REGISTER.knows(ICD, "J99"), REGISTER.title(ICD, "J99")) == (False, None)
    assert [hit.code for hit in REGISTER.by_code(ICD, "J20", 20).hits] == sorted(NEW.keys() - {"J21"})


def test_an_unknown_code_system_is_an_empty_list() -> None:
    assert (REGISTER.knows("SNOMED", "J20"), REGISTER.title("", "J20"), REGISTER.by_text("SNOMED", "a", 10).hits) == (False, None, ())


def test_importing_the_same_again_changes_nothing_and_says_so(list_file: ListFile) -> None:
    import_edition(ICD, [list_file(OLD)], "2025")
    again = import_edition(ICD, [list_file(dict(reversed(OLD.items())))], "another name")
    assert (again.unchanged, again.edition, again.codes) == (True, "2025", 11)
    assert stored() == [("2025", True, 11)]


def test_an_earlier_list_comes_into_force_again_without_a_copy(list_file: ListFile) -> None:
    for codes, name in [(OLD, "2025"), (NEW, "2026"), (OLD, "once more")]:
        report = import_edition(ICD, [list_file(codes)], name)
    assert (report.edition, report.unchanged) == ("2025", False)
    assert stored() == [("2025", True, 11), ("2026", False, 11)]


def test_a_broken_file_changes_nothing(list_file: ListFile, tmp_path: Path) -> None:
    import_edition(ICD, [list_file(OLD)], "2025")
    broken = tmp_path / "broken.tsv"
    broken.write_bytes("J22\tAkut infektion på annat ställe".encode("latin-1"))
    with pytest.raises(Refused, match=r"^broken\.tsv, line 1: wrong character encoding"):
        import_edition(ICD, [list_file(NEW), broken])
    assert stored() == [("2025", True, 11)]


@pytest.mark.parametrize("name", ["missing.tsv", "."])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match=r"No such file|Is a directory"):
        import_edition(ICD, [tmp_path / name])


def test_a_list_that_lacks_much_of_what_is_in_force_is_refused(list_file: ListFile) -> None:
    import_edition(ICD, [list_file(OLD)], "2025")
    cut_off = dict(list(OLD.items())[:6])
    with pytest.raises(Refused, match="5 of the 11 codes in force are not in the list"):
        import_edition(ICD, [list_file(cut_off)])
    assert stored() == [("2025", True, 11)]


def test_a_failure_half_way_leaves_the_old_edition_in_force(list_file: ListFile) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE code_systems_code ADD CONSTRAINT disk_full CHECK (code <> 'J21')")
    import_edition(ICD, [list_file(OLD)], "2025")
    with pytest.raises(psycopg.IntegrityError):
        import_edition(ICD, [list_file(NEW)], "2026")
    assert stored() == [("2025", True, 11)]


def test_starter_lists_are_loaded_once_and_never_over_an_import(list_file: ListFile) -> None:
    import_edition(ICD, [list_file(OLD)], "2025")
    load_starter_lists()
    load_starter_lists()
    assert [(edition.system, edition.name) for edition in CodeEdition.objects.order_by("id")] == [(ICD, "2025"), ("KSH_97_P", "Startlista")]
    assert REGISTER.title("KSH_97_P", "F32-") == "Depressiv episod"


def test_the_official_file_is_stored_with_synonyms_dates_and_flags() -> None:
    import_edition(ICD, [shared("data/diagnosis-codes/official-tsv-sample/icd-10-se-sample.tsv")])
    code = Code.objects.get(code="P800")
    assert (code.synonyms[0], str(code.valid_from), code.not_main) == ("Cold injury syndrome", "1997-01-01", False)
    assert [hit.code for hit in REGISTER.by_text(ICD, "cold injury", 10).hits] == ["P800"]
