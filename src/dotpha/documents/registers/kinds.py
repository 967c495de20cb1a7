"""Files that are no registers: what they are and what to do, in a sentence."""

from dotpha.documents.registers.limits import Archive
from dotpha.documents.registers.reading import Unreadable

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
HEAD = 4096  # bytes that tell what a file is


def refuse_foreign(data: bytes, name: str) -> None:
    """Say what a file is that we know and do not read."""
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(_COMPOUND):
        raise _compound(data, name)
    if head.startswith(b"%PDF"):
        raise Unreadable(f"Tệp “{name}” là PDF, phần mềm không đọc bảng từ PDF; đề nghị gửi tệp Word hoặc Excel gốc.")
    # "BM" may as well open a text: "BM 01: …".
    if data.startswith(_PICTURES) or (data.startswith(b"BM") and data[6:10] == bytes(4)):
        raise Unreadable(f"Tệp “{name}” là ảnh chụp, không có chữ để đọc; đề nghị gửi tệp Word hoặc Excel đã gõ.")
    if head.startswith(b"{\\rtf"):
        raise Unreadable(f"Tệp “{name}” ở dạng RTF; đề nghị mở bằng Word, lưu lại dạng .docx rồi gửi.")
    if head[:200].lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version")):
        raise Unreadable(
            f"Tệp “{name}” là trang web hoặc XML đặt tên như bảng tính; "
            "đề nghị mở bằng Excel, lưu lại dạng .xlsx rồi gửi."
        )
    if head.startswith(b"[") and head[1:].lstrip().startswith((b"{", b"]")):
        raise Unreadable(
            f"Tệp “{name}” là một mảng JSON; đề nghị ghi mỗi bản đăng ký thành một dòng (JSON lines) rồi gửi."
        )
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise Unreadable(f"Tệp “{name}” là tệp nén; đề nghị giải nén rồi gửi tệp Word hoặc Excel bên trong.")


def _compound(data: bytes, name: str) -> Unreadable:
    """The container of old Office files, and of new ones locked with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable(f"Tệp “{name}” được đặt mật khẩu nên không đọc được; đề nghị bỏ mật khẩu rồi gửi lại.")
    if "WordDocument".encode("utf-16-le") in data:
        return Unreadable(f"Tệp “{name}” ở dạng Word cũ (.doc); đề nghị mở bằng Word, lưu lại dạng .docx rồi gửi.")
    return Unreadable(f"Tệp “{name}” ở dạng Excel cũ (.xls); đề nghị mở bằng Excel, lưu lại dạng .xlsx rồi gửi.")


def foreign_archive(archive: Archive) -> Unreadable:
    """What a zip file is that is neither a document nor a workbook of today."""
    name, parts = archive.name, archive.parts
    if "xl/workbook.bin" in parts:
        return Unreadable(f"Tệp “{name}” ở dạng Excel nhị phân (.xlsb); đề nghị lưu lại dạng .xlsx rồi gửi.")
    if "mimetype" in parts or "content.xml" in parts:
        return Unreadable(f"Tệp “{name}” ở dạng LibreOffice; đề nghị lưu lại dạng .xlsx hoặc .docx rồi gửi.")
    if "ppt/presentation.xml" in parts:
        return Unreadable(f"Tệp “{name}” là bài trình chiếu, không phải bản đăng ký; đề nghị gửi tệp Word hoặc Excel.")
    return Unreadable(f"Tệp “{name}” là tệp nén, không phải Word hay Excel; đề nghị giải nén rồi gửi tệp bên trong.")


def is_jsonl(head: bytes) -> bool:
    """Whether a file that begins like this holds JSON lines."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return first.startswith(b"{") and not first.startswith(b"{\\rtf")
