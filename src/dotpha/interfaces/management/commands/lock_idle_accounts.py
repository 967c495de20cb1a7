from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from dotpha.accounts import actions, security
from dotpha.directory.account_actions import home_of


class Command(BaseCommand):
    help = f"Khóa tài khoản không đăng nhập quá {security.IDLE_DAYS} ngày; chạy mỗi ngày một lần."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", help="thời điểm xét, như 2027-03-15T06:00:00+07:00 (mặc định: bây giờ)")
        parser.add_argument("--dry-run", action="store_true", help="chỉ kể ra, không khóa")

    def handle(self, **options: Any) -> None:
        at = parse_datetime(options["on"]) if options["on"] else timezone.now()
        if at is None:
            raise SystemExit("Chưa hiểu thời điểm; viết như 2027-03-15T06:00:00+07:00.")
        idle = list(actions.idle_accounts(at=at))
        for account in idle:
            if options["dry_run"] or actions.lock_if_idle(account=account, at=at, scope=home_of(account)):
                self.stdout.write(account.get_username())
        self.stdout.write(f"{len(idle)} tài khoản{' sẽ khóa' if options['dry_run'] else ' đã khóa'}.")
