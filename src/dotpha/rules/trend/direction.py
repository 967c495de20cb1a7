"""Which way is better, read from an indicator's name.

Vietnamese names say the head first: "xử lý vi phạm" is about handling, "vi phạm về xử lý rác" about violations.
So the head decides, what it is about does not, and a deed, a merit or a fault said of it later turns it round:
"vi phạm đã xử lý", "hồ sơ giải quyết quá hạn". The lists are in `indicator.toml`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dotpha.rules.reading.phrases import Hit
from dotpha.rules.vietnamese.text import fold

_LETTER = re.compile(r"[^\W_]")
_SHRINKING = frozenset(("giam", "cat giam", "rut ngan", "keo giam", "tiet kiem", "muc giam"))
# A name may open with what is to be done ("Giảm tỷ lệ hộ nghèo"); the figure is still the rate itself.
_AIMS = {"upward": 1, "downward": -1}


@dataclass(frozen=True, slots=True)
class Lean:
    """`sign` +1: more is better, −1: less is better; `strong` when figures that say otherwise are the odd ones."""

    sign: int
    strong: bool
    word: Hit
    about_time: bool = False  # said of a time itself: "thời gian lưu trú", "số ngày cắt giảm"


class _Scan:
    """One pass from left to right; each phrase may set the verdict, or is only what the head is about."""

    def __init__(self, name: str, opening: int) -> None:
        self.name = name
        self.opening = opening
        self.lean: Lean | None = None
        self.negation: Hit | None = None
        self.handled = False  # something is done to what follows: it is no burden any more
        self.burdened = False  # the head is a burden: good things after it are only its subject
        self.aside = False  # after "về", "do": only a marked merit or fault returns to the head
        self.waiting = False  # the head is a wait: only its shrinking turns it

    def take(self, word: Hit) -> None:
        getattr(self, f"_{word.says}", self._nothing)(word)

    def _nothing(self, word: Hit) -> None:
        """`neutral`: a phrase that only hides the words inside it."""

    def _set(self, sign: int, word: Hit, *, strong: bool = True) -> None:
        missing = self.negation is not None and sign > 0
        if self.negation:
            sign, strong, self.negation = -sign, True, None
        about_time = word.says == "good" or fold(self.name[word.start : word.end]) in _SHRINKING
        self.lean = Lean(sign, strong, word, about_time)
        self.handled, self.burdened, self.aside = sign > 0, missing, False

    def _negation(self, word: Hit) -> None:
        self.negation = word

    def _topic(self, word: Hit) -> None:
        self.aside = self.lean is not None

    def _delay(self, word: Hit) -> None:
        if not self.handled:
            self._set(-1, word)
            self.waiting = True

    def _burden(self, word: Hit, *, strong: bool = True) -> None:
        if self.negation or not (self.handled or self.waiting or self.aside):
            self._set(-1, word, strong=strong)
            self.burdened = not self.handled

    def _weak_burden(self, word: Hit) -> None:
        self._burden(word, strong=False)

    def _need(self, word: Hit) -> None:
        if self.negation or not (self.handled or self.burdened or self.aside):
            self._set(-1, word)

    def _fault(self, word: Hit) -> None:
        if not self.waiting:
            self._set(-1, word)
            self.burdened = not self.handled  # "mất việc làm": what was lost is no merit

    def _merit(self, word: Hit) -> None:
        if not self.waiting:
            self._set(1, word)

    def _remedy(self, word: Hit, *, strong: bool = True) -> None:
        if self.waiting and fold(self.name[word.start : word.end]) not in _SHRINKING:
            return
        if self.negation or not self.aside:
            self._set(1, word, strong=strong and word.start > self.opening)

    def _weak_remedy(self, word: Hit) -> None:
        if not (self.burdened and self.aside):
            self._remedy(word, strong=False)

    def _good(self, word: Hit) -> None:
        if self.negation or not (self.burdened or self.aside or self.waiting):
            self._set(1, word)

    def _weak(self, word: Hit) -> None:
        if self.negation or self.lean is None:
            self._set(1, word, strong=False)
            self.handled = False

    def _leftover(self, word: Hit) -> None:
        if not (self.waiting or self.handled):
            self._set(-1, word, strong=False)

    def _upward(self, word: Hit) -> None:
        self._good(word)

    def _downward(self, word: Hit) -> None:
        self._remedy(word)


def lean_of(name: str, found: Sequence[Hit]) -> Lean | None:
    """What the phrases `found` in `name` say together; None where none decides."""
    opening = _LETTER.search(name)
    at = opening.start() if opening else 0
    aim = next((word for word in found if word.start == at and word.says in _AIMS), None)
    scan = _Scan(name, at)
    for word in found:
        if aim is None or word.start >= aim.end:
            scan.take(word)
    lean = scan.lean
    if scan.negation:
        # "Số bản chưa có điện": what is missing is wanted, whatever it is. "Không" alone proves less.
        strong = not fold(name[scan.negation.start :]).startswith("khong")
        lean = Lean(-1, strong, scan.negation)
    if aim is None:
        return lean
    return Lean(lean.sign if lean else _AIMS[aim.says], False, lean.word if lean else aim)
