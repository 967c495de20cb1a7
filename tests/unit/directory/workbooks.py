"""Workbooks of the directory for tests: written by us, changed cell by cell, or built from plain lists."""

import io
from datetime import date
from typing import Any

from openpyxl import Workbook, load_workbook

from dotpha.accounts.models import User
from dotpha.directory.exchange import outgoing
from dotpha.documents.directory import write
from dotpha.documents.directory.writing import About
from tests.makers_directory import DAY, NOON


def exported(by: User, *, day: date = DAY, on: date = DAY) -> bytes:
    stream = io.BytesIO()
    write(stream, outgoing(by=by, day=day, on=on), About("Lạc Giang", NOON))
    return stream.getvalue()


def changed(data: bytes, *cells: tuple[str, str, Any]) -> bytes:
    """The workbook with some cells written over: (sheet, "B3", value)."""
    book = load_workbook(io.BytesIO(data))
    for sheet, cell, value in cells:
        book[sheet][cell] = value
    return saved(book)


def built(**sheets: list[list[Any]]) -> bytes:
    """A workbook made elsewhere; underscores in names of sheets are spaces."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
