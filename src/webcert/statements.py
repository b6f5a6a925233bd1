"""Statements that are put together once and said again and again, for what nearly every request reads and writes.

The models' own way puts each together anew, which costs more than saying it. Everything that is seldom said is said through the models.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Field, JSONField, Model
from psycopg.types.json import Jsonb
from pydantic_core import from_json, to_json

M = TypeVar("M", bound=Model)


class Select(Generic[M]):
    """Reads rows of the model; `where` is SQL in which `%s` stands for what is asked. Only the named columns, if any are."""

    def __init__(self, model: type[M], where: str, columns: Sequence[str] = ()) -> None:
        fields = [field for field in model._meta.concrete_fields if not columns or field.attname in columns]
        self._model, self._columns = model, [field.attname for field in fields]
        self._documents = [place for place, field in enumerate(fields) if isinstance(field, JSONField)]
        self._sql = f"SELECT {_listed(fields)} FROM {_table(model)} WHERE {where}"

    def first(self, *asked: Any) -> M | None:
        """The row, or None."""
        return next(iter(self.all(*asked)), None)

    def all(self, *asked: Any) -> list[M]:
        """All rows."""
        with connection.cursor() as cursor:
            cursor.execute(self._sql, asked)
            return [self._model.from_db(connection.alias, self._columns, self._read(row)) for row in cursor.fetchall()]

    def _read(self, row: Sequence[Any]) -> Sequence[Any]:
        if not self._documents:
            return row
        read = list(row)
        for place in self._documents:
            read[place] = from_json(read[place])
        return read


class Insert(Generic[M]):
    """Adds rows of the model. Those whose key is a number are numbered by the database."""

    def __init__(self, model: type[M]) -> None:
        fields = [field for field in model._meta.concrete_fields if not field.db_returning]
        self._columns = [field.attname for field in fields]
        self.sql = f"INSERT INTO {_table(model)} ({_listed(fields)}) VALUES ({', '.join(['%s'] * len(fields))})"

    def __call__(self, row: M) -> None:
        """Add the row."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values(row))

    def values(self, row: M) -> list[Any]:
        """What `%s` stands for in the statement."""
        return [_said(getattr(row, column)) for column in self._columns]


class Update:
    """Changes rows of the model; which columns, is said each time. `where` is as in a Select."""

    def __init__(self, model: type[Model], where: str) -> None:
        self._table, self._where = _table(model), where

    def __call__(self, changes: Mapping[str, Any], *asked: Any) -> int:
        """Change the rows, and give how many there were."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql(changes), [*self.values(changes), *asked])
            return int(cursor.rowcount)

    def sql(self, columns: Iterable[str]) -> str:
        """The statement that changes these columns."""
        return f"UPDATE {self._table} SET {', '.join(f'{column} = %s' for column in columns)} WHERE {self._where}"

    def values(self, changes: Mapping[str, Any]) -> list[Any]:
        """What `%s` stands for in the first part of the statement."""
        return [_said(value) for value in changes.values()]


def _said(value: Any) -> Any:
    return Jsonb(value, to_json) if isinstance(value, dict) else value


def _listed(fields: Iterable["Field[Any, Any]"]) -> str:
    return ", ".join(str(field.column) for field in fields)


def _table(model: type[Model]) -> str:
    return model._meta.db_table
