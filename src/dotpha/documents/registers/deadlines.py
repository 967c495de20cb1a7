"""Deadlines: kept as written, with the day they fix where they fix one."""

import re
from datetime import date
from functools import lru_cache
from typing import Any

from dotpha.documents.registers.cells import one_line, shown
from dotpha.rules.vietnamese.dates import fixed_day, from_serial, show_day

_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050  # 2000 to 2099 as Excel counts days
_FULL = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?((?:19|20)\d\d)(?!\d)")
_SHORT = re.compile(r"(\d{1,2})[.-](\d{1,2})")
_STAMP = re.compile(r"((?:19|20)\d\d)[-/](\d\d)[-/](\d\d)(?:[T ]\d\d:\d\d.*)?|((?:19|20)\d\d)(\d\d)(\d\d)")


def deadline(value: Any, year: int | None) -> tuple[str, str, bool]:
    """The text of a deadline, the day it fixes ("2022-12-31") or "", and whether it names a day that cannot be.

    `year` is the register's, for days, months and quarters without one.

    >>> deadline(date(2022, 12, 31), 2022), deadline("quý III", 2022), deadline(44926.0, None)
    (('31/12/2022', '2022-12-31', False), ('quý III', '2022-09-30', False), ('31/12/2022', '2022-12-31', False))
    >>> deadline("31/02/2022", 2022), deadline("thường xuyên", 2022)
    (('31/02/2022', '', True), ('thường xuyên', '', False))
    """
    if isinstance(value, date):
        return _of_day(value.year, value.month, value.day)
    serial = _serial(value)
    if serial is not None:
        day = from_serial(serial)
        return show_day(day), day.isoformat(), False
    return _of_text(one_line(value) if value.__class__ is str else shown(value), year)


@lru_cache(maxsize=4096)
def _of_day(year: int, month: int, day: int) -> tuple[str, str, bool]:
    return f"{day:02}/{month:02}/{year}", f"{year}-{month:02}-{day:02}", False


def _serial(value: Any) -> float | None:
    if value.__class__ is str:
        if not (len(value) == 5 and value.isdecimal() and value.isascii()):
            return None
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return float(value)
    return None


@lru_cache(maxsize=4096)
def _of_text(text: str, year: int | None) -> tuple[str, str, bool]:
    stamp = _STAMP.fullmatch(text)
    if stamp:
        return _of_numbers(text, *(part for part in stamp.groups() if part))
    short = _SHORT.fullmatch(text)
    day = fixed_day(text.replace(short[0], f"{short[1]}/{short[2]}") if short else text, year)
    impossible = any(not _exists(found[4], found[3], found[1]) for found in _FULL.finditer(text))
    return text, "" if day is None or impossible else day.isoformat(), impossible


def _of_numbers(text: str, year: str, month: str, day: str) -> tuple[str, str, bool]:
    if _exists(year, month, day):
        return text, f"{year}-{month}-{day}", False
    return text, "", True


def _exists(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
