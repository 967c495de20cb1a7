"""What the list of registrants is asked, in the address of the page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from dotpha.interfaces.web.http import SignedInRequest
from dotpha.registration.queries.coverage import STANDING_LABELS, Asked, Standing
from dotpha.rules.vietnamese.text import tidy

LONGEST_SEARCH = 120
OWING = "chua-gui"
_SLUGS = {
    Standing.SHORT: "chua-du",
    Standing.WRITING: "dang-soan",
    Standing.NOTHING: "chua-soan",
    Standing.DONE: "gui-du",
    Standing.LATE: "gui-cham",
    Standing.EXEMPT: "duoc-mien",
    Standing.FREE: "khong-bat-buoc",
}
_BY_SLUG = {slug: standing for standing, slug in _SLUGS.items()}
_KINDS = {"tap-the": False, "ca-nhan": True}


def slug_of(standing: Standing) -> str:
    return _SLUGS[standing]


@dataclass(frozen=True, slots=True)
class Filters:
    standing: str = ""
    kind: str = ""
    branch: int | None = None
    words: str = ""

    @classmethod
    def of(cls, request: SignedInRequest) -> "Filters":
        """What is not one of the choices is not asked."""
        said = request.GET
        standing, kind, branch = said.get("tinh-trang", ""), said.get("loai", ""), said.get("nhanh", "")
        return cls(
            standing=standing if standing in _BY_SLUG or standing == OWING else "",
            kind=kind if kind in _KINDS else "",
            branch=int(branch) if branch.isascii() and branch.isdigit() and len(branch) < 10 else None,
            words=tidy(said.get("tim", ""))[:LONGEST_SEARCH],
        )

    @property
    def asked(self) -> Asked:
        return Asked(
            standing=_BY_SLUG.get(self.standing), owes=self.standing == OWING, is_individual=_KINDS.get(self.kind),
            branch=self.branch, words=self.words,
        )  # fmt: skip

    @property
    def is_narrowed(self) -> bool:
        return bool(self.standing or self.kind or self.branch is not None or self.words)

    @property
    def standings(self) -> list[tuple[str, str, bool]]:
        choices = [(OWING, "Còn phải gửi"), *((slug, STANDING_LABELS[each]) for each, slug in _SLUGS.items())]
        return [(slug, label, slug == self.standing) for slug, label in choices]

    @property
    def kinds(self) -> list[tuple[str, str, bool]]:
        return [(slug, label, slug == self.kind) for slug, label in (("tap-the", "Tập thể"), ("ca-nhan", "Cá nhân"))]

    def query(self, **other: str) -> str:
        """The address behind the question mark, with something else in some places."""
        said = {
            "tinh-trang": self.standing,
            "loai": self.kind,
            "nhanh": str(self.branch or ""),
            "tim": self.words,
        }
        said |= {name.replace("_", "-"): value for name, value in other.items()}
        return urlencode({name: value for name, value in said.items() if value})
