"""Names as the database must know them: found without accents, sorted as a Vietnamese list is."""

from dotpha.rules.vietnamese.text import fold, sort_key, tidy

_SORTED_LETTERS = 40  # of a name; longer ones differ before that
KEY_LENGTH = 255


def search_key(*texts: str) -> str:
    """What a search looks in: folded words of every name, each with a space before it.

    >>> search_key("Đảng bộ xã Bằng Khê", "TC01")
    ' dang bo xa bang khe tc01'
    """
    return "".join(f" {word}" for text in texts for word in fold(tidy(text)).split())


def order_key(name: str) -> str:
    """A string of digits that sorts as `sort_key` does under any collation of any database.

    >>> sorted(["Đồng Vang", "Bằng Khê", "Bản Cỏi"], key=order_key)
    ['Bản Cỏi', 'Bằng Khê', 'Đồng Vang']
    """
    letters, tones = sort_key(tidy(name)[:_SORTED_LETTERS])
    return ("".join(f"{letter:04d}" for letter in letters) + "0000" + "".join(map(str, tones)))[:KEY_LENGTH]


def person_order_key(full_name: str) -> str:
    """As `order_key`, given name first: Vietnamese lists of people are sorted by it.

    >>> sorted(["Vũ Đức Mạnh", "Trần Thị Hạnh"], key=person_order_key)
    ['Trần Thị Hạnh', 'Vũ Đức Mạnh']
    """
    words = tidy(full_name).split()
    return order_key(" ".join([*words[-1:], *words[:-1]]))
