"""What others oblige or bring, as a text says it: the law's deadline, the ministry's project, the sponsor's money.

All patterns read folded text, so that text typed without accents is read alike; spans are those of the field.
"""

import re
from collections.abc import Iterator

from dotpha.rules.reading.reach import Said
from dotpha.rules.vietnamese.text import fold

_ABOVE = (
    r"(?:luat|nghi dinh|thong tu|van ban|quy dinh|chinh phu|trung uong|thu tuong|bo|tinh|ubnd tinh|tinh uy|so|nganh"
    r"|cap tren|de an|ke hoach|huyen|thanh pho)"
)
_OBLIGED = re.compile(
    rf"(?<!\w)(?:{_ABOVE}(?: \w+){{0,6}}? (?:bat buoc|buoc|yeu cau moi|yeu cau tat ca|quy dinh phai|giao cho moi)"
    r"|bat buoc|thuoc dien phai|buoc phai|moi (?:dia phuong|xa|phuong|huyen|don vi)(?: \w+){0,2} (?:phai|deu phai)"
    r"|(?:dia phuong|xa|phuong|noi) nao cung phai|ca nuoc (?:cung|deu) (?:lam|phai)|han (?:chot|cuoi)"
    r"|theo (?:yeu cau|chi dao|quy dinh) cua (?:chinh phu|trung uong|thu tuong|luat|bo)|muc toi thieu|muc phai dat"
    r"|yeu cau moi \w+"
    r"|(?:trong|dung) (?:thoi )?han(?: \w+){0,3} (?:luat|luat dinh|an dinh)"
    r"|cham nhat (?:phai|la)|dat tieu chi so|tieu chi bat buoc)(?!\w)"
)


# A pattern is tried only where one of its words occurs: most registrations have none.
_OBLIGED_WORDS = (
    "buoc",
    "phai",
    "han ch",
    "han cu",
    "toi thieu",
    "tieu chi",
    "yeu cau",
    "cham nhat",
    "luat",
    "ca nuoc",
)


def obliged(text: str, *, bare: bool) -> Iterator[Said]:
    """ "Luật buộc thực hiện chậm nhất 31/12", "thuộc diện phải áp dụng": nobody may choose otherwise.

    >>> [said.share for said in obliged("luật Bảo vệ môi trường buộc thực hiện chậm nhất 31/12/2024", bare=False)]
    [1.0]
    >>> list(obliged("luật còn mới, từng bước làm", bare=False))
    []
    """
    folded = fold(text)
    if not any(map(folded.__contains__, _OBLIGED_WORDS)):
        return
    for found in _OBLIGED.finditer(folded):
        if bare or "buoc" not in found[0] or "buộc" in text[slice(*found.span())]:  # and not "bước"
            yield Said(1.0, *found.span())


_OTHERS = (
    r"(?:tong cong ty|cong ty|doanh nghiep|nha dau tu|tap doan|to chuc phi chinh phu|mot to chuc|du an|chuong trinh"
    r"|trung uong|cap tren|nganh dien|dien luc|nha tai tro)"
)
_GIVES = r"(?:ghi von|bo tri|phan bo|tai tro|dau tu|cap(?! uy| xa| huyen| tinh| tren| so)|trang cap|lam chu dau tu)"
_BROUGHT = re.compile(
    rf"(?<!\w)(?:(?<!noi )(?:tinh|trung uong|bo|so|nganh) (?:da |se |vua )?{_GIVES}"
    rf"|{_OTHERS}(?: \w+){{0,6}}? (?:ghi von|bo tri von|bo tri du von|da bo tri|phan bo|tai tro|dau tu|cap von"
    r"|trang cap|da cap|cap phat|lap dat|dua ong|lam chu dau tu|se trong|lo)"
    r"|quy (?:cua )?(?:tinh|trung uong)(?: \w+){0,2} (?:chi|cap|tra)|chi tron|tai tro"
    r"|von (?:doanh nghiep|tai tro|trung uong|cua tinh|tinh|chuong trinh|nha nuoc cap)"
    r"|(?:da |duoc )?(?:ghi von|phan bo von|duyet von|bo tri du von|tai tro (?:toan bo|tron goi))"
    r"|(?:chon xong|da chon|da co) nha thau|nha thau (?:da )?tap ket|thiet ke mau cua tinh"
    r"|hop dong (?:\w+ ){0,5}da ky|da ky hop dong|chi con (?:cap phat|lap danh sach|nghiem thu|ban giao))(?!\w)"
)


_BROUGHT_WORDS = (
    " von", "von ", "tai tro", "nha thau", "dau tu", "cap", "bo tri", "phan bo", "hop dong", "chi con", "chi tron",
    "thiet ke mau", "lap dat", "dua ong", "se trong", " lo",
)  # fmt: skip


def brought(text: str) -> Iterator[Said]:
    """ "Tổng công ty Điện lực đã ghi vốn", "doanh nghiệp đầu tư": the step comes from others' money and work.

    >>> [said.share for said in brought("Tổng công ty Điện lực đã ghi vốn 11,2 tỷ đồng")]
    [1.0]
    """
    folded = fold(text)
    if any(map(folded.__contains__, _BROUGHT_WORDS)):
        for found in _BROUGHT.finditer(folded):
            yield Said(1.0, *found.span())
