import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from dotpha.interfaces.demo.load import load
from dotpha.interfaces.web.quick.jobs import JOBS


@pytest.fixture(autouse=True)
def no_job_is_left():
    yield
    for token in list(JOBS._jobs):
        JOBS.drop(token)


HEAD = ["TT", "Tên tổ chức đảng", "Nhiệm vụ đột phá", "Người chịu trách nhiệm", "Thời hạn hoàn thành"]
ROWS = [
    [1, "Đảng bộ xã Bằng Khê", "Hoàn thành 3,2 km đường trục xã", "Đ/c Hoàng Văn Thịnh, Bí thư", "31/12/2022"],
    [2, "Đảng bộ xã Tân Lộc", "Di dời 27 trang trại lợn ra khỏi khu dân cư", "Chủ tịch UBND xã", "quý IV/2022"],
]


@pytest.fixture
def register():
    """A small register as an office would send it; a new upload at every call."""

    def upload(name="dang-ky.xlsx", rows=ROWS):
        book, stream = openpyxl.Workbook(), io.BytesIO()
        sheet = book.worksheets[0]
        sheet.append(["ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022"])
        for row in (HEAD, *rows):
            sheet.append(row)
        book.save(stream)
        return SimpleUploadedFile(name, stream.getvalue())

    return upload


@pytest.fixture(scope="class")
def loaded(django_db_setup, django_db_blocker):
    """The demo committee, written once for the tests of a class, then taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)
