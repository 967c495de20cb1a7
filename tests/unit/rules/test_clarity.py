"""Each "rõ", one table a criterion: what is written, whether it is met, which rule is raised if not."""

from datetime import date

import pytest

from dotpha.rules import clarity
from dotpha.rules.clarity import Judged
from dotpha.rules.reading.fields import Reading, read
from tests.unit.rules.sound import sound

ON = date(2022, 1, 26)


def reading(**fields: object) -> Reading:
    return read(sound(**fields), on=ON)


def rule_of(judged: Judged) -> str:
    """The rule raised, "" when the criterion is met; both must agree."""
    assert (judged.rule == "") is (judged.criterion.met is not False)
    return judged.rule


@pytest.mark.parametrize(
    ("responsible", "rule"),
    [
        ("Đ/c Vũ Đức Mạnh, Bí thư Đảng ủy xã", ""),
        ("Chủ tịch UBND xã Khánh Thiện", ""),
        ("Bí thư Đảng ủy, Chủ tịch UBND xã", ""),  # two posts of one person
        ("Thiếu tá Lò Văn Chung, Trưởng Công an xã", ""),
        ("Đ/c Và Bá Chò, Phó Bí thư Thường trực", ""),  # Và is a surname here
        ("Đ/c K' Brếp, Phó Giám đốc Sở", ""),
        ("Chánh Văn phòng HĐND và UBND huyện", ""),  # one office
        ("Công chức Văn hóa - Xã hội Mai Thị Thêu", ""),
        ("Chủ trì: Phó Chủ tịch UBND xã Võ Văn Sanh; phối hợp: Chủ tịch Hội Nông dân", ""),
        ("Bí thư chi bộ chủ trì và các đoàn thể phối hợp", ""),
        ("PBT TT Đảng ủy", ""),
        ("Pho Bi thu Dang uy, Chu tich UBND xa", ""),
        ("Tập thể chi ủy", "person.collective"),
        ("UBND xã", "person.collective"),
        ("Ban Thường vụ Đảng ủy", "person.collective"),
        ("UBND xã, Mặt trận và các ngành, đoàn thể", "person.collective"),
        ("Cả hệ thống chính trị", "person.collective"),
        ("Bí thư Đảng ủy và Chủ tịch UBND xã", "person.several"),
        ("Các đồng chí ủy viên Ban Thường vụ", "person.several"),
        ("Bí thư Đảng ủy hai xã", "person.several"),
        ("đ/c Hùng", "person.given_name"),
        ("sẽ phân công sau", "person.unclear"),
        ("Công an xã phối hợp", "person.missing"),
    ],
)
def test_exactly_one_lead_is_a_clear_person(responsible: str, rule: str) -> None:
    assert rule_of(clarity.person(reading(responsible=responsible))) == rule


def test_an_individual_who_names_nobody_is_the_person() -> None:
    own = reading(owner_type="individual", owner="Lê Văn Khoa", responsible="")
    assert clarity.person(own).criterion.met


def test_an_organization_that_names_a_lead_among_the_duties_is_clear() -> None:
    told = reading(responsible="", responsibilities="Bí thư chủ trì, đối thoại từng hộ; Mặt trận vận động 7 hộ")
    assert clarity.person(told).criterion.met


@pytest.mark.parametrize(
    ("responsibilities", "rule"),
    [
        ("Bí thư đối thoại 7 hộ; Chủ tịch UBND xã hoàn thiện hồ sơ nguồn gốc đất", ""),
        ("Tôi ký hợp đồng bốc dỡ, kiểm tra hiện trường hằng tuần; công chức địa chính đo đạc", ""),
        ("Bí thư chịu trách nhiệm, báo cáo Thường trực Huyện ủy ngày 25 hằng tháng", ""),
        ("Tự tôi thăm 10 gia đình; báo cáo đ/c Bí thư vào thứ sáu cuối tháng", ""),
        ("Ông Tuấn ký hợp đồng phối hợp; Bưu điện huyện lập lịch đến nhà", ""),
        ("", "responsibility.missing"),
        ("Công chức địa chính đo đạc toàn bộ thửa đất", "responsibility.single"),
        ("PBT TT chủ trì, Văn phòng Đảng ủy phối hợp chặt chẽ", "responsibility.empty"),
        ("Các cơ quan, đơn vị phối hợp chặt chẽ trong quá trình thực hiện", "responsibility.empty"),
        ("Các đồng chí theo chức năng, nhiệm vụ được phân công", "responsibility.empty"),
    ],
)
def test_two_concrete_duties_or_a_rhythm_of_reporting_are_clear(responsibilities: str, rule: str) -> None:
    assert rule_of(clarity.responsibility(reading(responsibilities=responsibilities))) == rule


@pytest.mark.parametrize(
    ("deadline", "rule"),
    [
        ("31/12/2022", ""),
        ("trước ngày 15/12", ""),
        ("quý III/2022", ""),
        ("6 tháng đầu năm 2022", ""),
        ("tháng 8", ""),
        ("cuối năm 2022", ""),
        ("ngày 10 hằng tháng đến hết tháng 12/2022", ""),
        ("trước Tết (10/02/2024)", ""),
        ("", "schedule.missing"),
        ("thường xuyên trong năm", "schedule.open"),
        ("giai đoạn 2021 - 2025", "schedule.open"),
        ("hằng tuần", "schedule.open"),
        ("trước Tết", "schedule.open"),
        ("khi đủ điều kiện", "schedule.open"),
        ("2022", "schedule.year_only"),
        ("Năm 2022", "schedule.year_only"),
    ],
)
def test_a_deadline_fixes_a_day_month_quarter_or_half_year(deadline: str, rule: str) -> None:
    assert rule_of(clarity.schedule(reading(deadline=deadline, deadline_iso="", start=""))) == rule


@pytest.mark.parametrize(("start", "met"), [("2022-09-29", True), ("2022-09-30", False), ("2022-10-01", False)])
def test_a_deadline_lies_after_the_start(start: str, met: bool) -> None:
    assert clarity.schedule(reading(deadline="30/9/2022", start=start)).criterion.met is met


def test_a_deadline_told_only_in_the_description_counts() -> None:
    told = reading(deadline="", deadline_iso="", description="Đến 30/6 không còn hộ nào ngồi ngoài lòng đường.")
    assert clarity.schedule(told).criterion.met


def test_a_date_of_the_past_or_of_a_paper_is_no_deadline() -> None:
    told = reading(
        deadline="", deadline_iso="", description="Theo Nghị quyết 18-NQ/TW ngày 25/10/2017, dự án khởi công 12/3/2017."
    )
    assert rule_of(clarity.schedule(told)) == "schedule.missing"


@pytest.mark.parametrize(
    ("title", "description", "rule"),
    [
        ("Kết nạp 11 đảng viên", "", ""),
        ("Tổ chức 01 hội nghị đối thoại", "", ""),
        ("Giữ vệ sinh đường làng", "Vận động 100% hộ dân tham gia.", ""),
        ("Giám sát dự toán", "Tổ chức giám sát mỗi năm 02 cuộc.", ""),
        ("Nâng chất lượng hồ sơ", "Từ 95% trở lên hồ sơ đúng hạn.", ""),
        ("Lập chi bộ ở hai công ty may", "Đến 30/9/2022 cả 02 công ty ký biên bản.", ""),
        ("Chấm dứt mất đoàn kết nội bộ", "Từ năm 2016 nội bộ chia hai nhóm.", "quantified.missing"),
        ("Dồn điền đổi thửa thôn Hạ", "Thôn còn 96 ha manh mún.", "quantified.state_only"),
        ("Xử lý hồ sơ tồn", "Tôi đang giữ 96 bộ hồ sơ.", "quantified.state_only"),
        ("Nâng cấp trang thiết bị", "Được bố trí 1.250 triệu đồng.", "quantified.resource_only"),
        ("Thực hiện Nghị quyết 18-NQ/TW", "Theo Kế hoạch 07-KH/TU giai đoạn 2021 - 2025.", "quantified.missing"),
        ("Xử lý đơn trong 3 ngày", "", "quantified.state_only"),
    ],
)
def test_only_a_number_to_be_reached_is_quantified(title: str, description: str, rule: str) -> None:
    assert rule_of(clarity.quantified(reading(title=title, description=description, indicators=[]))) == rule


def test_an_indicator_with_a_target_is_quantified_and_one_without_is_not() -> None:
    aimed = {"name": "Hộ dùng nước sạch", "unit": "%", "target": 100}
    unaimed = {"name": "Hộ dùng nước sạch", "unit": "%", "baseline": 0}
    bare = {"title": "Đưa nước sạch về thôn", "description": ""}

    assert clarity.quantified(reading(**bare, indicators=[aimed])).criterion.met
    assert rule_of(clarity.quantified(reading(**bare, indicators=[unaimed]))) == "quantified.state_only"


@pytest.mark.parametrize(
    ("title", "description", "rule"),
    [
        ("Đưa 27 trang trại lợn ra khỏi khu dân cư", "", ""),
        ("Chấm dứt mất đoàn kết nội bộ trong Ban Chấp hành", "", ""),
        ("Kết luận xong vụ tố cáo ở xã Liên Mạc", "Đơn viết năm 2012, ba nhiệm kỳ chuyển qua lại.", ""),
        ("Tăng cường nâng cao chất lượng sinh hoạt chi bộ", "Tiếp tục quan tâm, phát huy vai trò.", "work.vague"),
        ("Dân vận khéo trong thu hồi đất", "Đẩy mạnh tuyên truyền, kịp thời giải thích.", "work.vague"),
        ("Chấp hành nghiêm giờ giấc", "Luôn đi làm đúng giờ, thái độ hòa nhã.", "work.vague"),
        ("Xây dựng xã thông minh, tạo bước đột phá", "Ứng dụng công nghệ vào đời sống.", "work.slogan"),
        ("Gỡ các vụ tranh chấp phức tạp", "Gỡ dần từng việc, việc nào chín thì làm trước.", "work.open_end"),
        ("", "Nạo vét 1,2 km cống.", "work.missing"),
    ],
)
def test_work_is_clear_when_its_end_can_be_seen(title: str, description: str, rule: str) -> None:
    assert rule_of(clarity.work(reading(title=title, description=description, indicators=[]))) == rule


COLLECTIVE = "Đóng bãi rác Đồng Mả, phân loại rác tại hộ"


@pytest.mark.parametrize(
    ("title", "parent_title", "rule"),
    [
        ("Bốc dỡ rác cũ tại bãi rác Đồng Mả", COLLECTIVE, ""),
        ("Sơn lại phòng họp, thay ghế hội trường", COLLECTIVE, "linked.elsewhere"),
        ("Bốc dỡ rác cũ tại bãi rác Đồng Mả", "", "linked.missing"),
    ],
)
def test_an_individuals_task_serves_the_collective_one_it_names(title: str, parent_title: str, rule: str) -> None:
    own = reading(owner_type="individual", title=title, description="", parent_title=parent_title)
    assert rule_of(clarity.linked(own, None)) == rule


def test_a_collective_task_known_only_by_its_id_is_not_judged_by_content() -> None:
    own = reading(owner_type="individual", parent_id="P020", title="Xóa 3 tụ điểm ma túy")
    assert clarity.linked(own, None).criterion.met


def test_an_organization_is_not_asked_what_it_serves() -> None:
    assert clarity.linked(reading(), None).criterion.met is None


def test_every_quotation_is_the_words_at_its_span() -> None:
    told = reading()
    judged = [
        clarity.work(told),
        clarity.person(told),
        clarity.responsibility(told),
        clarity.schedule(told),
        clarity.quantified(told),
    ]
    for each in judged:
        for evidence in each.criterion.evidence:
            if evidence.end:
                assert getattr(told.registration, evidence.field)[evidence.start : evidence.end] == evidence.text
