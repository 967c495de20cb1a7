"""Doors that keep hostile and broken archives out, before a parsing library sees them.

Sizes a zip file declares are checked first; then every part is really unpacked, in pieces that are counted
and thrown away, because the libraries that come after trust what the archive says about itself.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from dotpha.documents.registers.reading import Unreadable

MAX_FILE = 300 * 1024 * 1024  # bytes of one file on disk
MAX_PARTS = 5_000
MAX_UNPACKED = 1024 * 1024 * 1024  # all parts together; 100,000 rows of 20 columns unpack to 150 MB
SMALL_PART = 20 * 1024 * 1024  # below this no ratio is suspicious
MAX_RATIO = 100  # sheets shrink 8 to 25 times; a bomb a thousand times
MAX_WORD_TEXT = 20 * 1024 * 1024  # a Word document is held in memory as a tree, ten times its size
MAX_CELLS = 4_000_000  # of one sheet, empty ones between the first and the last included
MAX_SHEET_COLUMNS = 16_384  # what Excel itself allows
MAX_SHEET_ROWS = 300_000  # two and a half times the largest register we promise to read
MAX_SHARED_TEXTS = 128 * 1024 * 1024  # of a workbook; they are all held in memory
MAX_TABLE_COLUMNS = 400  # of a register; more is a matrix of something else
MAX_MERGES = 200_000
_PIECE = 1 << 20
_SLICE = 1 << 16  # of packed bytes: what is left over is copied each time, so it must stay short


def _spaced(text: bytes) -> bytes:
    return rb"\0{0,3}".join(text[place : place + 1] for place in range(len(text)))


# Up to three zero bytes between the letters are those of UTF-16 and UTF-32.
_DECLARES = re.compile(b"|".join(_spaced(text) for text in (b"<!DOCTYPE", b"<!ENTITY")))
_LONGEST = 4 * len("<!DOCTYPE")


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip file whose declared sizes are sane. `data` is the whole file."""

    name: str
    data: bytes
    parts: dict[str, zipfile.ZipInfo]

    def pieces(self, part: str) -> Iterator[bytes]:
        """The unpacked bytes of a part, about a megabyte at a time, refused once they exceed their size.

        Raises:
            Unreadable: cut off, damaged, larger than declared, or XML that defines entities.
        """
        tail = b""
        is_xml = not part.lower().endswith((".png", ".jpeg", ".jpg", ".emf", ".wmf", ".bin"))
        for piece in _unpack(self, self.parts[part]):
            if is_xml and (_declares(piece) or _declares(tail + piece[:_LONGEST])):
                raise with_entities(self.name)
            tail = (tail + piece[-_LONGEST:])[-_LONGEST:]  # a piece may be shorter than that
            yield piece

    def whole(self, part: str, limit: int = SMALL_PART) -> bytes:
        """A part at once, for the small ones.

        Raises:
            Unreadable: as `pieces`, or larger than `limit` bytes.
        """
        if self.parts[part].file_size > limit:
            raise too_big(self.name)
        return b"".join(self.pieces(part))


def _declares(text: bytes) -> bool:
    return b"!" in text and _DECLARES.search(text) is not None  # the quick search settles it for nearly every piece


def with_entities(name: str) -> Unreadable:
    return Unreadable(
        f"Tệp “{name}” chứa khai báo thực thể XML, thứ mà Word và Excel không bao giờ ghi; "
        "vì an toàn, phần mềm không đọc. Đề nghị mở tệp bằng Word hoặc Excel, lưu lại rồi gửi."
    )


def too_big(name: str) -> Unreadable:
    return Unreadable(
        f"Tệp “{name}” quá lớn so với một bản đăng ký khi mở ra (có thể là tệp hỏng hoặc tệp nén cố ý gây hại) "
        "nên không đọc. Đề nghị chép riêng bảng đăng ký sang một tệp mới rồi gửi lại."
    )


def cut_off(name: str) -> Unreadable:
    return Unreadable(
        f"Tệp “{name}” bị hỏng hoặc bị cắt giữa chừng khi gửi nên không mở được. Đề nghị kiểm tra tệp gốc và gửi lại."
    )


def open_archive(data: bytes, name: str) -> Archive:
    """The parts of a zip file, after the checks that cost nothing.

    Raises:
        Unreadable: not a whole zip file, locked, or declaring absurd sizes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            infos = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, UnicodeDecodeError) as error:
        raise cut_off(name) from error
    parts = {info.filename: info for info in infos}
    if len(infos) > MAX_PARTS or len(parts) != len(infos):
        raise too_big(name)
    if any(info.flag_bits & 0x1 for info in infos):
        raise Unreadable(f"Tệp “{name}” được đặt mật khẩu nên không đọc được. Đề nghị bỏ mật khẩu rồi gửi lại.")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MAX_UNPACKED or _swells(unpacked, len(data)):
        raise too_big(name)
    if any(_swells(info.file_size, info.compress_size) for info in infos):
        raise too_big(name)
    return Archive(name, data, parts)


def _swells(unpacked: int, packed: int) -> bool:
    return unpacked > SMALL_PART and unpacked > MAX_RATIO * max(packed, 1)


def _unpack(archive: Archive, info: zipfile.ZipInfo) -> Iterator[bytes]:
    start = _start_of(archive, info)
    packed = memoryview(archive.data)[start : start + info.compress_size]
    if len(packed) < info.compress_size:
        raise cut_off(archive.name)
    if info.compress_type == zipfile.ZIP_STORED:
        source: Iterator[bytes] = (bytes(packed[at : at + _PIECE]) for at in range(0, len(packed), _PIECE))
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        source = _inflate(archive, packed)
    else:
        raise cut_off(archive.name)
    size, check = 0, 0
    for piece in source:
        size += len(piece)
        check = zlib.crc32(piece, check)
        if size > info.file_size:
            raise too_big(archive.name)
        yield piece
    if size != info.file_size or check != info.CRC:
        raise cut_off(archive.name)


def _start_of(archive: Archive, info: zipfile.ZipInfo) -> int:
    """Where the packed bytes begin: the local header repeats name and extra field, often of other lengths."""
    head = archive.data[info.header_offset : info.header_offset + 30]
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise cut_off(archive.name)
    return info.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")


def _inflate(archive: Archive, packed: memoryview) -> Iterator[bytes]:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), _SLICE):
            rest: bytes | memoryview = packed[at : at + _SLICE]
            while rest and not engine.eof:
                yield engine.decompress(rest, _PIECE)
                rest = engine.unconsumed_tail
    except zlib.error as error:
        raise cut_off(archive.name) from error
    if not engine.eof:
        raise cut_off(archive.name)
