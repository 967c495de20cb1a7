"""What the list of a campaign's tasks is asked, in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dotpha.registration.queries.listing import Asked
from dotpha.registration.workflow import TASK_STATE_LABELS, TASK_STATE_MARKS, TaskState
from dotpha.rules.vietnamese.text import tidy

LONGEST_SEARCH = 120
WHOSE = {"tap-the": "Tập thể", "ca-nhan": "Cá nhân"}
# Addresses are unaccented Vietnamese; what is discarded is nobody's to list.
STATES: Mapping[str, TaskState] = {
    "dang-soan": TaskState.DRAFT,
    "da-gui": TaskState.SUBMITTED,
    "da-rut": TaskState.WITHDRAWN,
    "da-bo": TaskState.DISCARDED,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Unknown values count as not asked for."""

    state: str = ""
    whose: str = ""
    branch: int | None = None
    is_late: bool = False
    words: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Filters":
        branch = said.get("nhanh", "")
        return cls(
            state=said.get("trang-thai", "") if said.get("trang-thai", "") in STATES else "",
            whose=said.get("ben", "") if said.get("ben", "") in WHOSE else "",
            branch=int(branch) if branch.isascii() and branch.isdigit() and len(branch) < 10 else None,
            is_late=said.get("cham") == "1",
            words=tidy(said.get("tim", ""))[:LONGEST_SEARCH],
        )

    @property
    def asked(self) -> Asked:
        return Asked(
            state=STATES.get(self.state),
            is_individual=self.whose == "ca-nhan" if self.whose else None,
            branch=self.branch,
            is_late=self.is_late,
            words=self.words,
        )

    @property
    def is_active(self) -> bool:
        return self != Filters()

    @property
    def states(self) -> list[tuple[str, str, bool]]:
        return [
            (key, f"{TASK_STATE_MARKS[state]} {TASK_STATE_LABELS[state]}", key == self.state)
            for key, state in STATES.items()
        ]

    @property
    def kinds(self) -> list[tuple[str, str, bool]]:
        return [(key, label, key == self.whose) for key, label in WHOSE.items()]

    def query(self, **other: str) -> str:
        """The address behind the question mark, with something else in some places."""
        said = {
            "tim": self.words, "trang-thai": self.state, "ben": self.whose, "nhanh": str(self.branch or ""),
            "cham": "1" if self.is_late else "",
        }  # fmt: skip
        return urlencode({name: value for name, value in (said | other).items() if value})
