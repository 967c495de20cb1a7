"""From bytes to a reading: what kind of file it is, and which reader takes it."""

import io
from pathlib import Path
from typing import IO

from dotpha.documents.registers import delimited
from dotpha.documents.registers.jsonl import lines_of, read_jsonl_lines
from dotpha.documents.registers.kinds import HEAD, foreign_archive, is_jsonl, refuse_foreign
from dotpha.documents.registers.limits import MAX_FILE, Archive, open_archive, too_big
from dotpha.documents.registers.reading import Reading, Remark, Unreadable, plural
from dotpha.documents.registers.sheets import read_sheets, read_workbook
from dotpha.rules.registration import Registration

_OFFICE = {".xlsx": "Excel", ".docx": "Word"}


def read(path: Path, *, name: str | None = None) -> Reading:
    """Read a register. `name` is what the file is called in the reading, its own name if not given.

    Raises:
        Unreadable: nothing can be read, with the reason and what to do, in Vietnamese.
    """
    name = name or path.name
    try:
        if path.is_dir():
            raise Unreadable(f"“{name}” là một thư mục; đề nghị chọn tệp đăng ký ở bên trong.")
        size = path.stat().st_size
        if size > MAX_FILE and not _is_jsonl_file(path):
            raise too_big(name)
        if _is_jsonl_file(path):
            with path.open("rb") as file:
                return _read_jsonl(file, name)
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(f"Không tìm thấy tệp “{name}”; đề nghị kiểm tra lại tên và thư mục.") from None
    except PermissionError:
        raise Unreadable(
            f"Không có quyền mở tệp “{name}”; đề nghị cấp quyền đọc hoặc chép sang thư mục khác."
        ) from None
    except OSError as error:
        raise Unreadable(f"Không đọc được tệp “{name}” từ ổ đĩa ({error.strerror}); đề nghị chép lại tệp.") from error
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> Reading:
    """Read a register that is in memory already.

    Raises:
        Unreadable: as `read`.
    """
    if not data:
        raise Unreadable(f"Tệp “{name}” trống (0 byte), có lẽ bị hỏng khi gửi; đề nghị gửi lại.")
    if len(data) > MAX_FILE:
        raise too_big(name)
    if data.startswith(b"PK"):
        return _read_archive(open_archive(data, name))
    refuse_foreign(data, name)
    if is_jsonl(data[:HEAD]):
        return _read_jsonl(io.BytesIO(data), name)
    try:
        return read_sheets([delimited.grid(data, name)], name)
    except Unreadable as problem:
        if (suffix := Path(name).suffix.lower()) in _OFFICE:
            raise Unreadable(
                f"Tệp “{name}” mang đuôi {suffix} nhưng không phải tệp {_OFFICE[suffix]}; "
                f"đề nghị mở tệp gốc, lưu lại dạng {suffix} rồi gửi."
            ) from problem
        raise


def _is_jsonl_file(path: Path) -> bool:
    with path.open("rb") as file:
        return is_jsonl(file.read(HEAD))


def _read_archive(archive: Archive) -> Reading:
    if "word/document.xml" in archive.parts:
        from dotpha.documents.registers.documents import read_document

        return read_document(archive)
    if "xl/workbook.xml" in archive.parts:
        return read_workbook(archive)
    raise foreign_archive(archive)


def _read_jsonl(file: IO[bytes], name: str) -> Reading:
    registrations: list[Registration] = []
    remarks: list[Remark] = []
    for each in read_jsonl_lines(lines_of(file), name):
        if isinstance(each, Registration):
            registrations.append(each)
        else:
            remarks.append(each)
    if not registrations:
        raise Unreadable(
            f"Tệp “{name}” không có bản đăng ký nào đọc được"
            + (f" (dòng {plural([each.place.row or 0 for each in remarks])} không hợp lệ)" if remarks else "")
            + "; đề nghị kiểm tra lại tệp."
        )
    return Reading(name, tuple(registrations), tuple(remarks))
