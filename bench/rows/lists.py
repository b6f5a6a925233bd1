"""The patient's list and the unit's drafts, at a thousand certificates and at a million: the pages' server time may grow to 1.5 times."""

from collections.abc import Iterator
from statistics import median

from bench.product import product
from bench.table import Row, spread
from web_user import WebUser

_MOST_TIMES = 1.5
_VISITS = 30

_MADE_UP = {
    "id": "gen_random_uuid()",
    "unit_id": "'SE2321000990-9' || mod(n, 200)",
    "patient_id": "to_char(190000000000 + mod(n, 100000), 'FM000000000000')",
    "saved_at": "now() - n * interval '1 minute'",
    "created_at": "now() - n * interval '1 minute'",
    "status": "CASE WHEN mod(n, 4) = 0 THEN 'DRAFT_INCOMPLETE' ELSE 'SIGNED' END",
    "answers": "'{}'::jsonb",
}
"""What differs from the draft that all are made after, `n` being the number of the certificate."""


def rows() -> Iterator[Row]:
    """Both lists measured before and after the rest of the million is there."""
    user = WebUser(product().url)
    draft = user.create_draft()
    patient = user.open(draft).text.partition("/patient/")[2][:36]
    lists = {"patient's list": (f"/patient/{patient}", "patient/<uuid:id>"), "list of drafts": ("/utkast", "utkast")}
    _fill(1, 1_000)
    few = {name: _times(user, *where) for name, where in lists.items()}
    _fill(1_001, 1_000_000)
    for name, where in lists.items():
        many = _times(user, *where)
        growth = median(many) / median(few[name])
        measured = f"{spread(few[name])} → {spread(many)}; {growth:.2f} times"
        yield Row(f"{name} at 1,000 → 1,000,000 certificates", measured, f"≤ {_MOST_TIMES} times", growth <= _MOST_TIMES)


def _fill(first: int, last: int) -> None:
    database, table = product().database, "certificates_certificate"
    columns = [column.name for column in database.execute(f"SELECT * FROM {table} LIMIT 0").description or ()]
    database.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(_MADE_UP.get(column, column) for column in columns)}"
        f" FROM generate_series(%s::bigint, %s::bigint) n, (SELECT * FROM {table} WHERE status <> 'SIGNED' LIMIT 1) draft",
        [first, last],
    )
    database.execute(f"ANALYZE {table}")


def _times(user: WebUser, path: str, route: str) -> list[float]:
    for _ in range(3):
        user.http.get(path)
    return product().server_ms(route, lambda: user.http.get(path), _VISITS)
