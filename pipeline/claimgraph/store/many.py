"""Read and write many rows at a time, past the cost per row of the expression language.

One statement takes any number of values: SQLite reads them from a JSON list, PostgreSQL from arrays. The text of a
statement does not depend on how many there are, so that it is prepared once.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, func, select

__all__ = ["delete_rows", "insert_rows", "next_id", "rows_where", "update_rows"]

#: Rows per statement: bounds memory, and no statement holds a lock for long.
_ROWS = 20_000


def insert_rows(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]], *, new_only: bool = False
) -> None:
    """Insert rows, given as values in the order of the column names.

    new_only: rows that are there already, by primary or unique key, stay as they are.
    """
    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(map(quote, names))
    for start in range(0, len(rows), _ROWS):
        part = rows[start : start + _ROWS]
        if connection.dialect.name == "sqlite":
            verb = "INSERT OR IGNORE" if new_only else "INSERT"
            marks = ", ".join("?" * len(names))
            connection.exec_driver_sql(f"{verb} INTO {table.name} ({columns}) VALUES ({marks})", part)
        else:
            arrays = ", ".join(f"%s::{_type(connection, table, name)}[]" for name in names)
            end = " ON CONFLICT DO NOTHING" if new_only else ""
            statement = f"INSERT INTO {table.name} ({columns}) SELECT * FROM unnest({arrays}){end}"
            connection.exec_driver_sql(statement, tuple(map(list, zip(*part, strict=True))))


def update_rows(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Change rows by `id`; each is given as the new values in the order of the column names, then the id."""
    if not rows:
        return
    quote = connection.dialect.identifier_preparer.quote
    if connection.dialect.name == "sqlite":
        changes = ", ".join(f"{quote(name)} = ?" for name in names)
        connection.exec_driver_sql(f"UPDATE {table.name} SET {changes} WHERE id = ?", list(map(tuple, rows)))
        return
    changes = ", ".join(f"{quote(name)} = new.{quote(name)}" for name in names)
    arrays = ", ".join(f"%s::{_type(connection, table, name)}[]" for name in (*names, "id"))
    new = ", ".join(map(quote, (*names, "id")))
    statement = f"UPDATE {table.name} SET {changes} FROM unnest({arrays}) AS new({new}) WHERE {table.name}.id = new.id"
    connection.exec_driver_sql(statement, tuple(map(list, zip(*rows, strict=True))))


def delete_rows(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Delete rows, given as values of the columns; those that are not there are no error."""
    if not rows:
        return
    quote = connection.dialect.identifier_preparer.quote
    if connection.dialect.name == "sqlite":
        found = " AND ".join(f"{quote(name)} = ?" for name in names)
        connection.exec_driver_sql(f"DELETE FROM {table.name} WHERE {found}", list(map(tuple, rows)))
        return
    found = " AND ".join(f"{table.name}.{quote(name)} = old.{quote(name)}" for name in names)
    arrays = ", ".join(f"%s::{_type(connection, table, name)}[]" for name in names)
    statement = f"DELETE FROM {table.name} USING unnest({arrays}) AS old({', '.join(map(quote, names))}) WHERE {found}"
    connection.exec_driver_sql(statement, tuple(map(list, zip(*rows, strict=True))))


def rows_where(
    connection: Connection,
    columns: Sequence[Column[Any]],
    column: Column[Any],
    values: Iterable[object],
    *,
    most: int | None = None,
) -> list[tuple[Any, ...]]:
    """Return the columns of the rows of one table in which a column has one of the values, as plain tuples.

    most: so many rows, whichever are found first.
    """
    wanted = list(values)
    if not wanted:
        return []
    table, quote = column.table, connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(item.name) for item in columns)
    start = f"SELECT {names} FROM {table.name} WHERE {quote(column.name)} "
    end = "" if most is None else f" LIMIT {most:d}"
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql(f"{start}IN (SELECT value FROM json_each(?)){end}", (json.dumps(wanted),))
    else:
        kind = _type(connection, table, column.name)
        found = connection.exec_driver_sql(f"{start}= ANY(%s::{kind}[]){end}", (wanted,))
    rows = found.cursor.fetchall()
    found.close()
    return list(rows)


def _type(connection: Connection, table: Table, name: str) -> str:
    return table.c[name].type.compile(connection.dialect)


def next_id(connection: Connection, table: Table) -> int:
    """Return the number that the next row gets; for the one writer that numbers its rows itself."""
    return int(connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()) + 1
