"""The rules of FK 7804 as a table for people (docs/fk7804-rules.md), kept in step with the declaration that they are read from.

After a change, write the table anew: `PYTHONPATH=src python tests/certificate_types/test_fk7804_table.py > docs/fk7804-rules.md`.
"""

from collections.abc import Iterator
from pathlib import Path

from webcert.certificate_types.fk7804 import FK7804
from webcert.forms.conditions import ALWAYS, Condition
from webcert.forms.form import Form

TABLE = Path(__file__).parents[2] / "docs" / "fk7804-rules.md"


def rules(form: Form) -> Iterator[str]:
    """The table, line by line."""
    yield f"# {FK7804.code} {FK7804.name}: when each question is asked"
    yield ""
    yield "Read from the declaration (`certificate_types/fk7804.py`). What *visible* and *follows* mean: architecture.md §3."
    yield ""
    yield "| Id | Question | Kind | Visible | Follows | Mandatory |"
    yield "|---|---|---|---|---|---|"
    for question in form.questions:
        words = question.label or question.instruction
        told = (question.id, words, question.kind, _said(question.visible), _said(question.follows), _said(question.mandatory))
        yield "| " + " | ".join(text.replace("|", "\\|") for text in told) + " |"


def _said(rule: Condition | bool) -> str:
    if isinstance(rule, bool):
        return "yes" if rule else ""
    return "" if rule is ALWAYS else f"`{rule}`"


def test_the_table_in_the_documentation_is_the_declaration() -> None:
    assert TABLE.read_text().splitlines() == list(rules(FK7804.form("1.3")))


if __name__ == "__main__":
    print("\n".join(rules(FK7804.form("1.3"))))
