"""How far a job is, in the words of its page."""

from datetime import datetime, timedelta

from dotpha.core.models import Job, JobState

NEXT = "Việc này đang chờ đến lượt và sẽ tự bắt đầu."
BEGUN = "Đang bắt đầu."
NOT_TAKEN = (
    "Việc này đã chờ khá lâu. Máy chủ có thể đang làm việc của người khác; nếu vài phút nữa vẫn chưa bắt đầu, đồng chí "
    "báo quản trị kỹ thuật."
)
LONG = timedelta(minutes=1)


def words(job: Job, *, at: datetime) -> str:
    """Empty when it is over: then the page says how it ended."""
    match job.state:
        case JobState.WAITING:
            return NEXT if at - job.created_at < LONG else NOT_TAKEN
        case JobState.RUNNING:
            return job.words or BEGUN
        case _:
            return ""
