from typing import Any

from django.core.management.base import BaseCommand

from dotpha.interfaces.management import policy_page


class Command(BaseCommand):
    help = "In bảng chức năng × việc được làm, để đọc hoặc để ký (chỉ đọc)."

    def handle(self, **options: Any) -> None:
        self.stdout.write(policy_page.page(), ending="")
