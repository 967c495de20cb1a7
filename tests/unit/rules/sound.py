"""A registration nobody would send back, to lay the examples of the catalogue over."""

from collections.abc import Mapping
from typing import Any

from dotpha.rules.registration import Registration

ROW: Mapping[str, Any] = {
    "id": "S1",
    "owner": "Đảng bộ xã Khánh An",
    "owner_type": "organization",
    "title": "Đưa 27 trang trại lợn ra khỏi khu dân cư",
    "description": "Chăn nuôi xen trong làng gây ô nhiễm suốt 12 năm, xử phạt nhiều lần không chuyển. "
    "Năm nay di dời hết 27 trang trại vào khu chăn nuôi tập trung.",
    "responsible": "Đ/c Lý Thị Vân, Chủ tịch UBND xã",
    "responsibilities": "Chủ tịch UBND xã ký quyết định di dời; Mặt trận vận động từng hộ; "
    "thôn trưởng theo dõi từng trại.",
    "deadline": "30/9/2022",
    "deadline_iso": "2022-09-30",
    "start": "2022-01-10",
    "indicators": [
        {
            "name": "Trang trại lợn trong khu dân cư",
            "unit": "trại",
            "baseline": 27,
            "target": 0,
            "history": [["2019", 26], ["2020", 27], ["2021", 27]],
        }
    ],
}


def sound(**other: Any) -> Registration:
    """The sound registration with the given fields instead."""
    return Registration.from_json({**ROW, **other})
