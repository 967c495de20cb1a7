"""`dotpha audit`: proves the trail, names what was done to it, writes and compares signed heads."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction

from dotpha.config import command
from dotpha.core import audit
from dotpha.core.models import AuditEvent
from tests.conftest import trail_unguarded
from tests.makers_directory import NOON, make_organization

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path) -> Path:
    settings.VAR = tmp_path / "var"
    return Path(settings.VAR)


@pytest.fixture
def trail() -> None:
    with transaction.atomic():
        place = make_organization("Đảng bộ xã Bằng Khê")
        for verb in ("organization.founded", "organization.renamed", "organization.moved", "organization.ended"):
            audit.record(verb, target=place, by=None, at=NOON, reason="Nghị quyết 12")


def directly(sql: str) -> None:
    with trail_unguarded(), connection.cursor() as cursor:
        cursor.execute(sql)


def run(capsys, *arguments: str) -> tuple[int, str]:
    try:
        status = command.main(["audit", *arguments])
    except SystemExit as end:
        status = int(end.code or 0)
    said = capsys.readouterr()
    return status, said.out + said.err


def test_a_whole_trail_is_told_with_its_length_and_head(capsys, trail) -> None:
    status, said = run(capsys, "verify")
    assert status == 0
    assert "Dấu vết còn nguyên: 4 dòng" in said
    assert AuditEvent.objects.get(number=4).digest in said


def test_an_empty_trail_is_whole(capsys) -> None:
    assert run(capsys, "verify")[0] == 0


@pytest.mark.parametrize(
    ("done", "told"),
    [
        ("UPDATE core_auditevent SET reason = 'Nghị quyết 21' WHERE number = 2", "Dòng số 2 đã bị sửa nội dung."),
        ("UPDATE core_auditevent SET digest = '' WHERE number = 3", "Mã băm của dòng số 3 đã bị thay."),
        ("DELETE FROM core_auditevent WHERE number IN (2, 3)", "Thiếu dòng từ số 2 đến số 3."),
        ("UPDATE core_auditevent SET number = 9 WHERE number = 2", "Dòng số 2 đã bị đổi chỗ: nay đứng ở số 9."),
    ],
)
def test_the_first_bad_row_is_named(capsys, trail, done, told) -> None:
    directly(done)
    status, said = run(capsys, "verify")
    assert status == 1
    assert told in said


def test_what_the_changed_row_says_now_is_told(capsys, trail) -> None:
    directly("UPDATE core_auditevent SET target_name = 'Đảng bộ xã Khác' WHERE number = 2")
    said = run(capsys, "verify")[1]
    assert "Dòng số 2 nay ghi: Hệ thống đổi tên Đảng bộ xã Khác." in said
    assert "Các dòng từ số 1 đến số 1 còn nguyên" in said


def test_a_missing_guard_is_told(capsys, trail) -> None:
    with trail_unguarded():
        status, said = run(capsys, "verify")
    assert status == 0
    assert "thiếu khóa chống sửa" in said


def test_a_checkpoint_is_signed_with_a_key_made_once_and_kept_private(capsys, trail, var, tmp_path) -> None:
    first, second = tmp_path / "một.json", tmp_path / "hai.json"
    assert run(capsys, "checkpoint", str(first))[0] == 0
    assert run(capsys, "checkpoint", str(second))[0] == 0
    made = json.loads(first.read_text())
    assert (made["number"], made["digest"]) == (4, AuditEvent.objects.get(number=4).digest)
    assert made["key"] == json.loads(second.read_text())["key"]
    assert stat.S_IMODE((var / "trail-key").stat().st_mode) == 0o600


def test_a_trail_that_grew_still_fits_its_checkpoint(capsys, trail, tmp_path) -> None:
    kept = tmp_path / "mốc.json"
    run(capsys, "checkpoint", str(kept))
    audit.record("trail.read", target=None, by=None, at=NOON)
    status, said = run(capsys, "verify", "--checkpoint", str(kept))
    assert status == 0
    assert "4 dòng đầu chưa hề bị viết lại" in said


def test_a_tail_cut_off_after_the_checkpoint_is_told(capsys, trail, tmp_path) -> None:
    kept = tmp_path / "mốc.json"
    run(capsys, "checkpoint", str(kept))
    directly("DELETE FROM core_auditevent WHERE number > 2")
    assert run(capsys, "verify")[0] == 0  # nothing in what is left tells of it
    status, said = run(capsys, "verify", "--checkpoint", str(kept))
    assert status == 1
    assert "Phần cuối đã bị cắt" in said
    assert "thiếu từ số 3" in said


def test_a_trail_written_again_as_a_whole_is_told(capsys, trail, tmp_path) -> None:
    kept = tmp_path / "mốc.json"
    run(capsys, "checkpoint", str(kept))
    directly("DELETE FROM core_auditevent")
    for _ in range(5):
        audit.record("trail.read", target=None, by=None, at=NOON)
    assert run(capsys, "verify")[0] == 0
    status, said = run(capsys, "verify", "--checkpoint", str(kept))
    assert status == 1
    assert "Dấu vết đã bị viết lại: mã băm của dòng số 4" in said


@pytest.mark.parametrize("change", [{"number": 3}, {"digest": "0" * 64}, {"at": "2027-01-01T00:00:00+00:00"}])
def test_a_forged_checkpoint_is_told(capsys, trail, tmp_path, change) -> None:
    kept = tmp_path / "mốc.json"
    run(capsys, "checkpoint", str(kept))
    kept.write_text(json.dumps(json.loads(kept.read_text()) | change))
    status, said = run(capsys, "verify", "--checkpoint", str(kept))
    assert status == 1
    assert "chữ ký không khớp" in said


def test_a_checkpoint_signed_with_another_key_is_told(capsys, trail, tmp_path, var) -> None:
    kept = tmp_path / "mốc.json"
    run(capsys, "checkpoint", str(kept))
    (var / "trail-key").unlink()
    run(capsys, "checkpoint", str(tmp_path / "khác.json"))
    status, said = run(capsys, "verify", "--checkpoint", str(kept))
    assert status == 1
    assert "khóa khác" in said


def test_where_no_key_is_the_fingerprint_is_told_to_compare(capsys, trail, tmp_path, var) -> None:
    kept = tmp_path / "mốc.json"
    fingerprint = run(capsys, "checkpoint", str(kept))[1].partition("Vân tay khóa ký: ")[2].splitlines()[0]
    (var / "trail-key").unlink()
    status, said = run(capsys, "verify", "--checkpoint", str(kept))
    assert status == 0
    assert fingerprint in said


@pytest.mark.parametrize("text", ["", "{}", "[]", "không phải", '{"number": true}', "\x00", "[" * 100_000])
def test_a_file_that_is_no_checkpoint_is_told(capsys, trail, tmp_path, text) -> None:
    kept = tmp_path / "mốc.json"
    kept.write_text(text, encoding="utf-8")
    status, said = run(capsys, "verify", "--checkpoint", str(kept))
    assert status == 2
    assert "không phải tệp mốc" in said


def test_a_checkpoint_that_is_not_there_is_told(capsys, trail, tmp_path) -> None:
    status, said = run(capsys, "verify", "--checkpoint", str(tmp_path / "không-có.json"))
    assert status == 2
    assert "Không đọc được mốc" in said


def test_an_older_checkpoint_is_never_written_over(capsys, trail, tmp_path) -> None:
    kept = tmp_path / "mốc.json"
    kept.write_text("cũ")
    status, said = run(capsys, "checkpoint", str(kept))
    assert (status, kept.read_text()) == (2, "cũ")
    assert "chọn tên khác" in said


def test_no_checkpoint_is_made_of_a_broken_trail(capsys, trail, tmp_path) -> None:
    directly("UPDATE core_auditevent SET reason = '' WHERE number = 2")
    assert run(capsys, "checkpoint", str(tmp_path / "mốc.json"))[0] == 1
    assert not (tmp_path / "mốc.json").exists()


def test_a_folder_that_is_not_there_is_told(capsys, trail, tmp_path) -> None:
    status, said = run(capsys, "checkpoint", str(tmp_path / "không-có" / "mốc.json"))
    assert status == 2
    assert "Không ghi được" in said


def test_a_spoilt_key_is_told(capsys, trail, tmp_path, var) -> None:
    var.mkdir()
    (var / "trail-key").write_text("hỏng")
    status, said = run(capsys, "checkpoint", str(tmp_path / "mốc.json"))
    assert status == 2
    assert "tệp khóa đã hỏng" in said


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ([], 2, "còn thiếu VIỆC"),
        (["xóa"], 2, "“xóa” không nằm trong"),
        (["checkpoint"], 2, "còn thiếu TỆP"),
        (["verify", "--checkpoint"], 2, "phải có một giá trị"),
        (["--help"], 0, "dotpha audit"),
        (["verify", "--help"], 0, "Mã kết thúc"),
        (["checkpoint", "--help"], 0, "Mã kết thúc"),
    ],
)
def test_arguments_are_read_before_anything_starts(capsys, arguments, status, told) -> None:
    assert run(capsys, *arguments)[0] == status
    assert told in run(capsys, *arguments)[1]


@pytest.mark.slow
def test_a_long_trail_is_proved_in_parts_and_its_bad_row_named(tmp_path, monkeypatch) -> None:
    """Over processes of their own, against a file: parts of three rows, broken inside a part and where two meet."""
    env = dict(os.environ, DJANGO_SETTINGS_MODULE="dotpha.config.settings_test", DOTPHA_VAR=str(tmp_path))
    env.pop("DOTPHA_DATABASE_URL", None)
    done = subprocess.run([sys.executable, "-c", IN_PARTS], env=env, capture_output=True, text=True, check=False)
    assert done.stdout.split("\n")[:-1] == ["None", "changed 4", "changed 5", "missing 3", "missing 4"], done.stderr


IN_PARTS = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from dotpha.core import audit, proof

def main():
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        audit.record_all([audit.Said("trail.read", None)] * 9, by=None, at=timezone.now())
    proof._PART = 3
    with connection.cursor() as cursor:
        for trigger in ("update", "delete", "replace"):
            cursor.execute(f"DROP TRIGGER core_auditevent_no_{trigger}")
        tell()
        for number in (4, 5):
            cursor.execute("UPDATE core_auditevent SET reason = 'x' WHERE number = %s", [number])
            tell()
            cursor.execute("UPDATE core_auditevent SET reason = '' WHERE number = %s", [number])
        for number in (3, 4):
            cursor.execute("CREATE TABLE kept AS SELECT * FROM core_auditevent WHERE number = %s", [number])
            cursor.execute("DELETE FROM core_auditevent WHERE number = %s", [number])
            tell()
            cursor.execute("INSERT INTO core_auditevent SELECT * FROM kept")
            cursor.execute("DROP TABLE kept")

def tell():
    broken = proof.prove(processes=3).broken
    print(broken and f"{broken.fault} {broken.number}", flush=True)

if __name__ == "__main__":
    main()
"""
