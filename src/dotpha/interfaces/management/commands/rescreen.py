from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from dotpha.appraisal import actions, queries
from dotpha.appraisal.reading import rules_of
from dotpha.appraisal.screening import screen_board
from dotpha.registration.models import Campaign


class Command(BaseCommand):
    help = (
        "Rà soát lại các đợt đang nhận hoặc vừa thôi nhận đăng ký khi bộ quy tắc đã đổi; chạy sau mỗi lần nâng cấp. "
        "Kết quả cũ giữ lại."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--campaign", type=int, help="chỉ một đợt, theo mã số; kể cả khi bộ quy tắc không đổi")
        parser.add_argument("--dry-run", action="store_true", help="chỉ kể ra, không ghi")

    def handle(self, **options: Any) -> None:
        campaigns = _named(options["campaign"]) if options["campaign"] else _of_other_rules()
        for campaign in campaigns:
            self.stdout.write(_foretold(campaign) if options["dry_run"] else _renewed(campaign))
        if not campaigns:
            self.stdout.write("Không có đợt nào cần rà soát lại.")


def _named(key: int) -> list[Campaign]:
    found = Campaign.objects.select_related("organization").filter(pk=key)
    if not found:
        raise SystemExit(f"Không có đợt đăng ký nào mang mã số {key}; mã số đứng trong địa chỉ trang của đợt.")
    return list(found)


def _of_other_rules() -> list[Campaign]:
    return [each for each in queries.campaigns_to_rescreen() if queries.of_other_rules(each, rules_of(each))]


def _foretold(campaign: Campaign) -> str:
    of_all = queries.on_board(campaign)
    other = queries.of_other_rules(campaign, rules_of(campaign)) or of_all
    return f"{campaign}: {other} trên {of_all} nhiệm vụ sẽ được rà soát lại."


def _renewed(campaign: Campaign) -> str:
    done = actions.rescreen(campaign=campaign, screened=screen_board(campaign), by=None, at=timezone.now())
    return f"{campaign}: đã rà soát lại {done.screened} nhiệm vụ, {done.changed} đổi nhận định."
