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
    """
    place = _of_committee(organization) if "bí thư" in position.lower() else organization
    words, place_words = position.split(), place.split()
    shared = next(
        (
            count
            for count in range(min(len(words), len(place_words)), 0, -1)
            if [word.lower() for word in words[-count:]] == [word.lower() for word in place_words[:count]]
        ),
        0,
    )
    return " ".join([*words, *place_words[shared:]])


def _of_committee(organization: str) -> str:
    for area, committee in _COMMITTEES.items():
        if organization.startswith(f"{area} "):
            return f"{committee}{organization.removeprefix(area)}"
    return organization
