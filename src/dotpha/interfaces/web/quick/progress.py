"""How far a job is, in the words and numbers of the progress page."""

from dataclasses import dataclass
from typing import Self

from dotpha.interfaces.web.quick.jobs import Job, Stage


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` in the present step; a total of 0 means that nobody can say yet."""

    step: int  # 1 waiting, 2 reading, 3 screening
    words: str
    done: int
    total: int

    @classmethod
    def of(cls, job: Job) -> Self:
        match job.stage:
            case Stage.WAITING:
                return cls(1, "Máy chủ đang rà soát các lượt nạp trước. Lượt này sẽ tự bắt đầu.", 0, 0)
            case Stage.STARTING:
                return cls(2, "Đang bắt đầu đọc tệp", 0, 0)
            case Stage.READING:
                names = [upload.name for upload in job.uploads]
                name = names[job.place] if job.place < len(names) else ""
                words = f"Đang đọc tệp {job.place + 1} trên {len(names)}: {name}"
                return cls(2, words, job.place, len(names))
            case _:
                done = len(job.entries)
                return cls(3, f"Đã rà soát {done} trên {job.total} nhiệm vụ", done, job.total)
