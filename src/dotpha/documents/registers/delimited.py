"""Text files of records: .csv, .tsv and their kin, in whatever letters they were saved."""

import codecs
import csv
import io
import itertools
import re
import unicodedata
from collections.abc import Iterator

from dotpha.documents.registers.cells import Repairer
from dotpha.documents.registers.grid import Grid, Row
from dotpha.documents.registers.legacy import suspicious
from dotpha.documents.registers.limits import MAX_TABLE_COLUMNS, too_big
from dotpha.documents.registers.reading import Unreadable
from dotpha.documents.registers.syllables import is_syllable

_SEPARATORS = ";,\t|"
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 200_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_MAX_FIELD = 1_000_000
_MAX_LINE = 10_000_000
_UNDEFINED = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")  # bytes Windows-1252 has no letter for


def garbage(name: str) -> Unreadable:
    return Unreadable(
        f"Tệp “{name}” không phải tệp văn bản: bên trong có ký tự nhị phân (có thể bị hỏng khi gửi). "
        "Đề nghị mở bằng Excel, lưu lại dạng .xlsx rồi gửi."
    )


def too_long(name: str) -> Unreadable:
    return Unreadable(
        f"Tệp “{name}” có một dòng hoặc một ô dài quá một triệu chữ, không bản đăng ký nào có; có lẽ tệp mất dấu "
        "xuống dòng hoặc có dấu ngoặc kép không khép. Đề nghị mở tệp gốc, kiểm tra và lưu lại rồi gửi."
    )


def coding_of(data: bytes, name: str) -> str:
    """The letters a file was saved in: UTF-8, UTF-16, Windows-1258, or Latin letters of an old font.

    Raises:
        Unreadable: binary.
    """
    for mark, coding in (
        (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    ):  # fmt: skip
        if data.startswith(mark):
            return coding
    if b"\x00" in data[:_SAMPLE]:
        return _utf16(data[:_SAMPLE], name)
    return "utf-8" if _is_utf8(data) else _one_byte(data[:_SAMPLE])


def _is_utf8(data: bytes) -> bool:
    """Whether all of it is UTF-8, but for a last letter that may be cut off."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), _SAMPLE):
            decoder.decode(data[at : at + _SAMPLE])
    except UnicodeDecodeError:
        return False
    return True


def _utf16(sample: bytes, name: str) -> str:
    """UTF-16 without a mark: half of most letters are zero, and all those at even or all at odd places."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < max(8 * min(even, odd), len(sample) * 0.15):
        raise garbage(name)
    coding = "utf-16-be" if even > odd else "utf-16-le"
    text = sample[: len(sample) // 2 * 2].decode(coding, errors="replace")
    if text.count("\ufffd") > 5 or not any(letter in text for letter in _SEPARATORS):
        raise garbage(name)
    return coding


def _one_byte(sample: bytes) -> str:
    """Windows-1258 if that reads as Vietnamese; otherwise Latin letters, for the font tables to decode."""
    latin = "latin-1" if any(code in sample for code in _UNDEFINED) else "cp1252"
    as_windows, as_latin = sample.decode("cp1258", errors="replace"), sample.decode(latin)
    return "cp1258" if _share(as_windows) > max(_share(as_latin), 0.5) else latin


def _share(text: str) -> float:
    """How many of the accented words could be Vietnamese as they stand."""
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]
    good = sum(is_syllable(word) and not suspicious(word) for word in words)
    return good / len(words) if words else 0.0


def _lines(data: bytes, coding: str, name: str) -> Iterator[str]:
    """The lines of a file, refused where one holds what no text holds."""
    lost = 0
    with io.TextIOWrapper(io.BytesIO(data), encoding=coding, errors="replace", newline="") as text:
        for number in itertools.count():
            line = text.readline(_MAX_LINE)
            if not line:
                return
            if len(line) == _MAX_LINE:
                raise too_long(name)
            if number == 0:
                line = line.removeprefix("\ufeff")
            lost += line.count("\ufffd")
            if _CONTROL.search(line) or lost > 20 + number // 10:
                raise garbage(name)
            yield line


def separator(text: str) -> str:
    """The sign between the fields: the one that most often divides lines into equally many.

    >>> separator("STT;Đơn vị;Nội dung\\n1;Chi bộ A, B;Việc\\n"), separator("a\\tb, c\\n1\\t2\\n")
    (';', '\\t')
    """
    if text[:4].lower() == "sep=" and text[4:5] in _SEPARATORS:
        return text[4]
    lines = _sample_records(text)
    best, best_score = ",", 0.0
    for sign in _SEPARATORS:
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts), key=lambda count: (counts.count(count) * (count > 0), count), default=0)
        score = counts.count(usual) * min(usual, 12) + (0.5 if sign != "," else 0.0)
        if usual and score > best_score:
            best, best_score = sign, score
    return best


def _sample_records(text: str) -> list[str]:
    """The first records without what stands in quotes, one a line."""
    bare = re.sub(r'"(?:[^"]|"")*"', '""', text)
    return [line for line in bare.splitlines()[:200] if line.strip()]


def grid(data: bytes, name: str) -> Grid:
    """The records of a file as a table. Every record counts, empty ones and those above the heading too.

    Raises:
        Unreadable: binary, or with more columns or longer fields than a register has.
    """
    coding = coding_of(data, name)
    sign = separator("".join(itertools.islice(_lines(data[:_SAMPLE], coding, name), 400)))
    csv.field_size_limit(_MAX_FIELD)
    records = csv.reader(_lines(data, coding, name), delimiter=sign, strict=False)
    return Grid(file=name, rows=_rows(records, name), width=0)


def _rows(records: Iterator[list[str]], name: str) -> Iterator[Row]:
    repairer = Repairer()
    try:
        for number, record in enumerate(records, 1):
            if len(record) > MAX_TABLE_COLUMNS and any(record[MAX_TABLE_COLUMNS:]):
                raise too_big(name)
            cells, originals = repairer.row(record[:MAX_TABLE_COLUMNS])
            yield Row(number, cells, (), originals)
    except csv.Error as error:
        raise too_long(name) from error
