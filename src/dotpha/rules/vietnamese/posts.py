"""How a post is said: "Bí thư" in "Đảng bộ xã Bằng Khê" is "Bí thư Đảng ủy xã Bằng Khê"."""

# An area's organization is led by its committee, and the committee has a name of its own.
_COMMITTEES = {
    "Đảng bộ tỉnh": "Tỉnh ủy",
    "Đảng bộ thành phố": "Thành ủy",
    "Đảng bộ huyện": "Huyện ủy",
    "Đảng bộ quận": "Quận ủy",
    "Đảng bộ thị xã": "Thị ủy",
    "Đảng bộ": "Đảng ủy",
}
# Posts of the committee and its own boards; other posts belong to the area or the unit, not to its organization.
_OF_COMMITTEE = (
    "bí thư", "ban chấp hành", "ban thường vụ", "ban tổ chức", "tuyên giáo", "dân vận", "nội chính",
    "xây dựng đảng", "kiểm tra", "văn phòng", "chuyên viên",
)  # fmt: skip
_OF_UNION = "đoàn thanh niên"


def post_name(position: str, organization: str) -> str:
    """The post in words, saying nothing twice.

    >>> post_name("Bí thư", "Đảng bộ xã Bằng Khê")
    'Bí thư Đảng ủy xã Bằng Khê'
    >>> post_name("Phó Bí thư Thường trực", "Đảng bộ huyện Lạc Giang")
    'Phó Bí thư Thường trực Huyện ủy Lạc Giang'
    >>> post_name("Trưởng Ban Tổ chức", "Ban Tổ chức Huyện ủy")
    'Trưởng Ban Tổ chức Huyện ủy'
    >>> post_name("Bí thư Đảng ủy", "Đảng bộ xã Bằng Khê")
    'Bí thư Đảng ủy xã Bằng Khê'
    >>> post_name("Trưởng Ban Xây dựng Đảng", "Đảng bộ xã Lạc Giang")
    'Trưởng Ban Xây dựng Đảng Đảng ủy xã Lạc Giang'
    >>> post_name("Chủ tịch Ủy ban nhân dân", "Đảng bộ xã Bằng Khê")
    'Chủ tịch Ủy ban nhân dân xã Bằng Khê'
    >>> post_name("Trưởng phòng", "Chi bộ Phòng Kinh tế")
    'Trưởng phòng Kinh tế'
    >>> post_name("Bí thư Đoàn Thanh niên", "Đảng bộ xã Bằng Khê")
    'Bí thư Đoàn Thanh niên xã Bằng Khê'
    """
    place = _place(position.lower(), organization)
    words, place_words = position.split(), place.split()
    shared = next(
        (
            count
            for count in range(min(len(words), len(place_words)), 0, -1)
            if [word.lower() for word in words[-count:]] == [word.lower() for word in place_words[:count]] != ["đảng"]
        ),
        0,
    )
    return " ".join([*words, *place_words[shared:]])


def _place(position: str, organization: str) -> str:
    if _OF_UNION not in position and any(board in position for board in _OF_COMMITTEE):
        return _of_committee(organization)
    return organization.removeprefix("Đảng bộ ").removeprefix("Chi bộ ")


def _of_committee(organization: str) -> str:
    for area, committee in _COMMITTEES.items():
        if organization.startswith(f"{area} "):
            return f"{committee}{organization.removeprefix(area)}"
    return organization
