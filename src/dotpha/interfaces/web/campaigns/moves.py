"""What each move of a campaign means, told before it is confirmed."""

from datetime import date

from dotpha.registration.models import Campaign
from dotpha.registration.queries.campaigns import reference_day, requirements
from dotpha.registration.queries.coverage import coverage
from dotpha.registration.queries.roll import roll
from dotpha.registration.workflow import CampaignMove
from dotpha.rules.vietnamese.dates import show_day


def meaning(campaign: Campaign, move: CampaignMove, today: date) -> list[str]:
    """Sentences, the gravest first."""
    if move is CampaignMove.OPEN:
        return _of_opening(campaign, today)
    if move is CampaignMove.CLOSE:
        owing = coverage(campaign).whole.owing
        still = f"Còn {owing} bên chưa gửi đủ." if owing else "Mọi bên phải đăng ký đều đã gửi đủ."
        return ["Từ lúc này không ai gửi, rút lại hay bỏ đăng ký được nữa; bản đã gửi giữ nguyên.", still,
                "Cần thì đồng chí nhận đăng ký lại được."]  # fmt: skip
    return _TOLD[move]


def _of_opening(campaign: Campaign, today: date) -> list[str]:
    day = reference_day(campaign, today)
    listed = roll(campaign, requirements(campaign), day=day)
    people = sum(each.official is not None for each in listed.values())
    return [
        f"Danh sách phải đăng ký lập theo danh bạ ngày {show_day(day)}: {len(listed) - people} tập thể, "
        f"{people} cá nhân.",
        "Các bên trong danh sách thấy đợt ngay; gửi đăng ký được từ "
        f"{show_day(campaign.opens_on)} đến hết {show_day(campaign.closes_on)}.",
        "Bộ quy tắc rà soát và các ngưỡng của hôm nay được giữ cho cả đợt. "
        "Mẫu đăng ký sửa được đến khi có bản gửi lên.",
    ]


_TOLD = {
    CampaignMove.REOPEN: [
        "Các bên lại gửi, rút lại để sửa được. Hạn gửi vẫn như cũ; muốn lùi hạn, đồng chí sửa đợt sau khi nhận lại.",
        "Lý do được ghi vào dấu vết.",
    ],
    CampaignMove.APPRAISE: ["Việc thẩm định các bản đăng ký đã xong. Chưa quyết định thì vẫn nhận đăng ký lại được."],
    CampaignMove.DECIDE: ["Cấp ủy đã quyết định. Từ nay không sửa đợt, không nhận đăng ký lại được nữa."],
    CampaignMove.RUN: ["Các nhiệm vụ đã quyết định chuyển sang thực hiện."],
    CampaignMove.END: ["Đợt kết thúc; mọi nội dung vẫn xem được."],
}
