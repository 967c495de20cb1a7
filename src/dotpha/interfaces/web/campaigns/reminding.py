"""Who is to be reminded, branch by branch, and the words to send."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dotpha.interfaces.web.campaigns.branches import Branch
from dotpha.registration.models import Campaign, Registrant
from dotpha.registration.queries.coverage import STANDING_LABELS, standing_of
from dotpha.rules.vietnamese.dates import show_day
from dotpha.rules.vietnamese.posts import post_name


@dataclass(frozen=True, slots=True)
class Reminder:
    """One branch: who still owes, as many as are shown, and the letter."""

    branch: Branch
    rows: list[tuple[Registrant, str]]
    text: str

    @property
    def unshown(self) -> int:
        return self.branch.numbers.owing - len(self.rows)


def reminder(campaign: Campaign, branch: Branch, owing: Sequence[Registrant], today: date) -> Reminder:
    rows = [(each, how_far(each)) for each in owing]
    return Reminder(branch, rows, _letter(campaign, branch, rows, today))


def how_far(registrant: Registrant) -> str:
    """What is told of one who owes."""
    told = STANDING_LABELS[standing_of(registrant)].lower()
    if registrant.submitted or registrant.at_least > 1:
        told += f" ({registrant.submitted} trên {registrant.at_least})"
    return told


def _letter(campaign: Campaign, branch: Branch, rows: list[tuple[Registrant, str]], today: date) -> str:
    guidance = f" ({campaign.guidance})" if campaign.guidance else ""
    lines = [
        f"Kính gửi đồng chí {post_name('Bí thư', branch.name)},",
        f"Thực hiện “{campaign}” của {campaign.organization}{guidance}, hạn gửi là hết ngày "
        f"{show_day(campaign.closes_on)}. Đến ngày {show_day(today)} còn {branch.numbers.owing} trên "
        f"{branch.numbers.must} bên chưa gửi đủ:",
        *(f"- {each.name}{', ' + each.post if each.post else ''}: {told};" for each, told in rows),
    ]
    unshown = branch.numbers.owing - len(rows)
    if unshown:
        lines.append(f"- và {unshown} bên khác.")
    lines[-1] = lines[-1].rstrip(";.") + "."
    return "\n".join([*lines, _asked(campaign, today)])


def _asked(campaign: Campaign, today: date) -> str:
    if not campaign.is_late(today):
        return "Đề nghị đồng chí đôn đốc để gửi trước hạn. Trân trọng."
    if campaign.accepts_late:
        return "Đã qua hạn, đề nghị đồng chí đôn đốc gửi ngay; bản gửi từ nay được ghi là gửi chậm. Trân trọng."
    return "Đã qua hạn và đợt này không nhận bản gửi chậm; đề nghị đồng chí cho biết lý do. Trân trọng."
