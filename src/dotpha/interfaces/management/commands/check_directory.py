"""`dotpha manage check_directory`: does the tree agree with its histories?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dotpha.directory.models import PartyOrganization
from dotpha.directory.proof import disagreements


class Command(BaseCommand):
    help = "Kiểm tra danh bạ: đường dẫn, tên, nơi trực thuộc, khóa tìm kiếm có khớp với lịch sử không (chỉ đọc)."

    def handle(self, **options: Any) -> None:
        count = 0
        for each in disagreements():
            self.stdout.write(str(each))
            count += 1
        if count:
            raise CommandError(f"Danh bạ có {count} điểm không khớp; xem các dòng ở trên.")
        self.stdout.write(f"Danh bạ khớp với lịch sử: {PartyOrganization.objects.count()} tổ chức.")
