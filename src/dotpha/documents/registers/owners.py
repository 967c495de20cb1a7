"""Who registers: an organisation or a person, told by the words themselves; name and post apart."""

import re
from functools import lru_cache

from dotpha.documents.registers.cells import unmarked
from dotpha.documents.registers.words import any_of, pattern, words
from dotpha.rules.registration import OwnerType
from dotpha.rules.vietnamese.text import fold, plain

_ORGANIZATION = rf"\b{any_of('organization')}(?!\w)|^{any_of('organization_head')} "
_POST = rf"(?:{any_of('post_prefix')})*{any_of('post')}(?!\w)"
_HONORIFIC = rf"{any_of('comrade', 'rank')}(?:\s*[.:]\s*|\s+)(?=\S)"
_COMRADE = rf"{any_of('comrade')}(?:\s*[.:]\s*|\s+)"
_SMALL = "a-zđăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
_NAME = re.compile(rf"(?:[^\W\d_{_SMALL}][^\W\d_]*['’]?(?:\s+(?=\S)|$)){{2,6}}")
_SEPARATOR = re.compile(r"\s*\n\s*|\s+[-–—]+\s+|\s*[,;:]\s*|\s*\((?=[^)]*\)\s*$)|\s*/\s*(?=[^\W\d_])")
_NAME_AT_END = re.compile(
    r"(?<=\S)\s+(?:(?:[Đđ]/?[Cc]|[Đđ]ồng chí)[.:]?\s+)?(?P<name>[^\W\d_]+ (?:Văn|Thị)(?: [^\W\d_]+){1,2})$"
)
_MARKS = frozenset(("x", "✓", "✔", "√", "v", "có", "☒", "☑", "+"))
_INDIVIDUAL_WORDS = re.compile(rf"\b{any_of('individual')}\b")
_KIND = re.compile(any_of("individual", "collective"))
_ORGANIZATION_WORDS = re.compile(rf"\b{any_of('collective')}\b")


def _find(wanted: str, text: str, *, anywhere: bool = False) -> re.Match[str] | None:
    """A pattern of lower-case Vietnamese in a text, which may be typed without accents."""
    compiled = pattern(wanted, bare=text.isascii())
    return compiled.search(plain(text)) if anywhere else compiled.match(plain(text))


def type_by_words(text: str) -> OwnerType | None:
    """What a group row, a sheet's name or a column "Loại" says; None if it says both or neither.

    >>> type_by_words("II. CÁ NHÂN"), type_by_words("TẬP THỂ"), type_by_words("Tổ chức, cá nhân"), type_by_words("ORG")
    ('individual', 'organization', None, 'organization')
    """
    folded = fold(text).replace("_", " ")
    ticked = re.search(r"[☒☑✓✔]\s*([\w ]+)|\[x\]\s*([\w ]+)", folded)
    if ticked:
        folded = ticked[1] or ticked[2]
    individual = _INDIVIDUAL_WORDS.search(folded)
    organization = _ORGANIZATION_WORDS.search(folded)
    if individual and organization:
        # "Cán bộ thuộc các đơn vị" speaks of people: what comes first and is a person outweighs the rest.
        return (
            "individual" if re.match(r"\W*(?:\w{1,4}[.)]\s*)?(?:cac )?(?:can bo|dong chi|dang vien)", folded) else None
        )
    return "individual" if individual else "organization" if organization else None


def is_kind(text: str) -> bool:
    """Whether a text is nothing but a kind of owners, as in a column "Loại".

    >>> is_kind("Tập thể"), is_kind("CN"), is_kind("Tổ chức đảng xã Bằng Khê")
    (True, True, False)
    """
    return len(text) < 30 and _KIND.fullmatch(fold(text).strip(" ._-☒☐✓✔[x]()")) is not None


def is_tick(text: str) -> bool:
    """Whether a cell is a mere mark, as in columns "Tập thể" and "Cá nhân" crossed with x."""
    return text.strip().lower() in _MARKS


@lru_cache(maxsize=4096)
def looks_organization(text: str) -> bool:
    """Whether a text names an organisation.

    >>> [looks_organization(text) for text in ("Đảng bộ xã Bằng Khê", "Đoàn Văn Hậu", "Đoàn TNCS Hồ Chí Minh huyện")]
    [True, False, True]
    """
    return _find(_ORGANIZATION, unmarked(text), anywhere=True) is not None


def is_name(text: str) -> bool:
    """Whether a text has the shape of a person's name: two to six capitalised words, no organisation's.

    >>> is_name("Y Blơm Niê"), is_name("LÒ THỊ MAI"), is_name("Chánh Văn phòng"), is_name("Công An Xã")
    (True, True, False, False)
    """
    text = text.strip(" .,;")
    return _NAME.fullmatch(text) is not None and not looks_organization(text) and not is_post(text)


def is_post(text: str) -> bool:
    """Whether a text begins like a post.

    >>> is_post("Phó Bí thư Thường trực"), is_post("PCT UBND xã"), is_post("Đảng bộ xã")
    (True, True, False)
    """
    return _find(_POST, unmarked(text)) is not None


def has_family_name(text: str) -> bool:
    first = plain(text).split(maxsplit=1)[:1]
    return bool(first) and first[0] in words("family_names")


@lru_cache(maxsize=8192)
def split_person(text: str) -> tuple[str, str] | None:
    """The name and the post in a cell about one person; None if no name is found.

    >>> split_person("Đ/c Nguyễn Văn A (Bí thư chi bộ)"), split_person("Lò Văn Chung\\nTrưởng Công an xã")
    (('Nguyễn Văn A', 'Bí thư chi bộ'), ('Lò Văn Chung', 'Trưởng Công an xã'))
    >>> split_person("Bí thư Đảng ủy xã - Vũ Đức Mạnh"), split_person("Thượng tá Đinh Công Hiển")
    (('Vũ Đức Mạnh', 'Bí thư Đảng ủy xã'), ('Đinh Công Hiển', ''))
    >>> split_person("Văn phòng HĐND - UBND huyện") is None
    True
    """
    text = without_honorifics(unmarked(text))
    if is_name(text):
        return text.strip(" .,;"), ""
    for found in _SEPARATOR.finditer(text):
        before, after = text[: found.start()].strip(" .,;"), text[found.end() :].strip()
        after = _closed(after)
        if is_name(before) and after:
            return before, _one_line(after[1:-1] if after.startswith("(") and after.endswith(")") else after)
        name = without_honorifics(after)
        if is_post(before) and is_name(name):
            return name.strip(" .,;"), _one_line(before)
    found_last = list(_SEPARATOR.finditer(text))
    if found_last and is_post(text):  # "Bí thư Đảng ủy, Chủ tịch UBND xã - Lý A Dính": the name comes last
        name = without_honorifics(_closed(text[found_last[-1].end() :].strip()))
        if is_name(name):
            return name.strip(" .,;"), _one_line(text[: found_last[-1].start()])
    return _name_at_end(text)


def _name_at_end(text: str) -> tuple[str, str] | None:
    """A name that follows its post with no sign between them, where "Văn" or "Thị" in it shows it is no place's."""
    found = _NAME_AT_END.search(text)
    if found is None or not is_post(text) or not has_family_name(found["name"]):
        return None
    return found["name"], _one_line(text[: found.start()])


def without_honorifics(text: str) -> str:
    """A name without "Đ/c", "Đồng chí", "Ông", or a rank before it.

    >>> [without_honorifics(text) for text in ("Đ/c: Thiếu tá Lò Văn Chung", "Bà Rịa", "Đ/c Hùng")]
    ['Lò Văn Chung', 'Bà Rịa', 'Hùng']
    """
    while found := _find(_HONORIFIC, text):
        rest = text[found.end() :]
        if len(rest.split()) < 2 and text[:1] not in "Đđ":  # "Bà Rịa" is a place, "Đ/c Hùng" a person
            return text
        text = rest
    return text


def is_comrade(text: str) -> bool:
    """Whether a text opens as one speaks of a person: "Đ/c", "Ông"."""
    return _find(_COMRADE, unmarked(text)) is not None


def _closed(text: str) -> str:
    return text[:-1].rstrip() if text.endswith(")") and text.count(")") > text.count("(") else text


def _one_line(text: str) -> str:
    return " ".join(text.split()).strip(" ,;-")
