from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.core.errors import Refused
from dotpha.directory.account_actions import reset_password


class Command(BaseCommand):
    help = "Đặt lại mật khẩu của một tài khoản ngay trên máy chủ; để lại dấu vết như mọi việc."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="TÊN-ĐĂNG-NHẬP")

    def handle(self, **options: Any) -> None:
        account = User.objects.filter(username=options["username"].strip().lower()).first()
        if account is None:
            raise CommandError(f"Chưa có tài khoản “{options['username']}”. Đồng chí xem lại tên đăng nhập.")
        try:
            made = reset_password(account=account, by=None, at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Mật khẩu mới của {account.get_username()}, chỉ hiện một lần: {made.password}")
