"""A campaign whose tasks are tied as they should be, wrongly, and not at all; for the map and its pictures."""

from dataclasses import dataclass
from typing import Any

from dotpha.appraisal.actions import screen_version
from dotpha.directory.models import Function, PartyOrganization
from dotpha.registration.models import BreakthroughTask, Campaign, Registrant
from dotpha.registration.workflow import TaskState
from tests.makers_directory import NOON, make_grant, make_official, make_organization, make_user
from tests.makers_registration import make_campaign, make_registrant, make_task

LANDFILL = {
    "title": "Đóng cửa bãi rác Đồng Mả, phân loại rác tại nguồn",
    "description": "Bãi rác tự phát Đồng Mả tồn tại 15 năm. Xã chấm dứt đổ rác tại đây, hoàn nguyên mặt bằng.",
}
DUMPING = {
    "title": "Chấm dứt đổ rác tại bãi Đồng Mả và hoàn nguyên mặt bằng",
    "description": "Tôi phụ trách đóng bãi, bốc dỡ khoảng 4.800 m3 rác cũ, trồng cây phủ xanh 0,6 ha.",
}
OFFICE = {
    "title": "Cải tạo khuôn viên trụ sở và phòng tiếp dân",
    "description": "Tôi đăng ký chỉnh trang phòng tiếp dân, lắp 3 máy tra cứu thủ tục, hoàn thành trước 30/6.",
}


@dataclass
class Linked:
    """A commune of a district: one collective task carried, one nobody carries, three people's tasks."""

    campaign: Campaign
    commune: PartyOrganization
    other: PartyOrganization
    landfill: BreakthroughTask  # collective, carried
    market: BreakthroughTask  # collective, carried by nobody
    fits: BreakthroughTask
    unfit: BreakthroughTask  # names the landfill, says nothing of it
    untied: BreakthroughTask
    clerk: Any

    @classmethod
    def make(cls) -> "Linked":
        district = make_organization("Đảng bộ huyện Lạc Giang")
        commune = make_organization("Đảng bộ xã Hòa Lạc Hạ", district)
        campaign = make_campaign(district)
        registrant = make_registrant(campaign, commune)
        landfill = make_sent(registrant, LANDFILL)
        clerk = make_user(username="tham.dinh", first_name="Ngô Thị Hạnh")
        make_grant(clerk, Function.APPRAISER, district)
        return cls(
            campaign=campaign,
            commune=commune,
            other=make_organization("Đảng bộ xã Đồng Vang", district),
            landfill=landfill,
            market=make_sent(registrant),
            fits=make_person(campaign, commune, "Mai Văn Tuyển", DUMPING, landfill),
            unfit=make_person(campaign, commune, "Trịnh Công Minh", OFFICE, landfill),
            untied=make_person(campaign, commune, "Bùi Thị Nhàn", {"title": "Vận động hội viên giữ gìn vệ sinh"}),
            clerk=clerk,
        )


def make_sent(registrant: Registrant, content: dict[str, Any] | None = None) -> BreakthroughTask:
    """Sent, and screened as the board would."""
    task = make_task(registrant, content, state=TaskState.SUBMITTED)
    assert task.current is not None
    screen_version(version=task.current, at=NOON)
    return task


def make_person(
    campaign: Campaign,
    organization: PartyOrganization,
    name: str,
    content: dict[str, Any],
    supports: BreakthroughTask | None = None,
    **fields: Any,
) -> BreakthroughTask:
    """An individual's task that was sent, tied to `supports`."""
    fields.setdefault("branch", organization)
    fields.setdefault("post", "Công chức xã")
    registrant = make_registrant(campaign, organization, make_official(name), **fields)
    return make_sent(registrant, content | ({"supports": supports.pk} if supports else {}))
