"""Recording an event, the triggers that keep it, and the proof that nobody went around them."""

import os
import subprocess
import sys
from datetime import datetime

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from dotpha.core import audit, guard
from dotpha.core.chain import GENESIS, Break, Fault
from dotpha.core.models import AuditEvent
from dotpha.core.proof import prove
from tests.conftest import trail_unguarded
from tests.makers_directory import NOON, make_official, make_organization, make_tenure, make_user

pytestmark = pytest.mark.django_db


def deeds(count: int) -> list[AuditEvent]:
    return [audit.record("trail.read", target=None, by=None, at=NOON, reason=f"việc {n}") for n in range(count)]


def directly(sql: str, *values: str | int | None) -> None:
    """As who owns the database and has taken its guard away."""
    with trail_unguarded(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_event_freezes_who_in_which_post_did_what_to_whom_and_why() -> None:
    commune = make_organization("Đảng bộ xã Bằng Khê")
    clerk = make_user(last_name="Trần Thị", first_name="Hạnh")

    audit.record(
        "organization.renamed",
        target=commune,
        by=clerk,
        at=NOON,
        post="Trưởng Ban Tổ chức",
        frm={"name": "Đảng bộ xã Bằng"},
        to={"name": "Đảng bộ xã Bằng Khê"},
        reason="Nghị quyết 12",
    )

    event = AuditEvent.objects.get()
    assert (event.number, event.at, event.actor_id, event.actor_post) == (1, NOON, clerk.pk, "Trưởng Ban Tổ chức")
    assert (event.target_kind, event.target_id) == ("directory.partyorganization", str(commune.pk))
    assert event.target_name == "Đảng bộ xã Bằng Khê"
    assert event.to == '{"name": "Đảng bộ xã Bằng Khê"}'
    assert " bang khe" in event.search_key


def test_outside_a_transaction_nothing_is_recorded() -> None:
    with pytest.MonkeyPatch.context() as patch, pytest.raises(transaction.TransactionManagementError):
        patch.setattr(connections["default"], "in_atomic_block", False)
        audit.record("trail.read", target=None, by=None, at=NOON)


def test_an_instant_without_a_time_zone_is_not_recorded() -> None:
    with pytest.raises(ValueError, match="aware"):
        audit.record("trail.read", target=None, by=None, at=datetime(2027, 3, 15))  # noqa: DTZ001


def test_a_deed_that_fails_leaves_no_trace() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        deeds(1)
        _ = 1 // 0
    assert not AuditEvent.objects.exists()


def test_an_organization_is_its_own_scope_and_others_are_in_theirs() -> None:
    tenure = make_tenure()
    assert audit.record("tenure.began", target=tenure, by=None, at=NOON).scope == tenure.organization_id
    place = tenure.organization
    assert audit.record("organization.ended", target=place, by=None, at=NOON).scope == place.pk
    official = make_official()
    assert audit.record("official.changed", target=official, by=None, at=NOON).scope is None
    assert audit.record("official.changed", target=official, by=None, at=NOON, scope=place).scope == place.pk


def test_many_deeds_at_once_follow_one_another_in_the_chain() -> None:
    place = make_organization()
    deeds(1)
    audit.record_all([audit.Said("organization.founded", place), audit.Said("trail.read", None)], by=None, at=NOON)
    deeds(1)
    told = AuditEvent.objects.order_by("number").values_list("number", "verb", "scope")
    assert list(told[1:3]) == [(2, "organization.founded", place.pk), (3, "trail.read", None)]
    assert (prove().number, prove().broken) == (4, None)


def test_nothing_done_leaves_no_trace() -> None:
    assert audit.record_all([], by=None, at=NOON) == []
    assert not AuditEvent.objects.exists()


def test_what_no_database_stores_is_recorded_as_a_space() -> None:
    event = audit.record("trail.read", target=None, by=None, at=NOON, reason="một\x1fhai\x00ba\ud800")
    assert event.reason == "một hai ba "
    assert prove().broken is None


@pytest.mark.parametrize("deed", [{"reason": "khác"}, {"digest": GENESIS}, {"scope": 5}])
def test_no_event_can_be_changed(deed) -> None:
    deeds(2)
    with pytest.raises(DatabaseError, match="chỉ được thêm"), transaction.atomic():
        AuditEvent.objects.filter(number=1).update(**deed)


def test_no_event_can_be_deleted() -> None:
    deeds(2)
    with pytest.raises(DatabaseError, match="chỉ được thêm"), transaction.atomic():
        AuditEvent.objects.filter(number=2).delete()


def test_no_event_can_be_replaced() -> None:
    event = deeds(1)[0]
    columns = "number, at, verb, actor_name, actor_post, target_kind, target_id, target_name, frm, reason, search_key"
    values = "1, '2027-01-01 00:00:00', 'x', '', '', '', '', '', '', '', ''"
    sql = (
        f"INSERT OR REPLACE INTO core_auditevent (id, {columns}, \"to\", digest) VALUES ({event.pk}, {values}, '', '')"
        if connection.vendor == "sqlite"
        else f"INSERT INTO core_auditevent ({columns}, \"to\", digest) VALUES ({values}, '', '') "
        "ON CONFLICT (number) DO UPDATE SET verb = excluded.verb"
    )
    with pytest.raises(DatabaseError, match="chỉ được thêm"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


_EMPTY = {
    "sqlite": "DELETE FROM core_auditevent",
    "postgresql": "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE core_auditevent CASCADE",
}
_LESS_GUARDED = {  # what a session may say of itself to be asked less
    "sqlite": "PRAGMA recursive_triggers = OFF",
    "postgresql": "SET LOCAL session_replication_role = replica",
}


def test_the_table_cannot_be_emptied_at_once() -> None:
    deeds(1)
    with pytest.raises(DatabaseError, match="chỉ được thêm"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_EMPTY[connection.vendor])


def test_a_session_that_asks_for_fewer_triggers_is_refused_too() -> None:
    deeds(1)
    with pytest.raises(DatabaseError, match="chỉ được thêm"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LESS_GUARDED[connection.vendor])
        cursor.execute("UPDATE core_auditevent SET reason = 'khác'")


def test_the_guard_stands_after_all_migrations_and_its_absence_is_noticed() -> None:
    assert guard.is_standing(connection)
    with trail_unguarded():
        assert not guard.is_standing(connection)
    assert guard.is_standing(connection)


def test_an_empty_trail_is_whole() -> None:
    assert (prove().number, prove().digest, prove().broken) == (0, GENESIS, None)


def test_the_database_hashes_what_python_hashed() -> None:
    commune = make_organization("Đảng bộ xã “Bằng Khê”")
    user = make_user()
    audit.record("grant.given", target=commune, by=user, at=NOON, frm="a\nb\tc", to="😀 \\ ' % {x}", reason="ơ̛")
    audit.record("grant.ended", target=None, by=None, at=timezone.now())
    audit.record("grant.ended", target=commune, by=user, at=NOON.replace(microsecond=1))
    assert prove().broken is None
    assert prove().number == 3


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2027-03-15 05:00:01"),
        ("verb", "grant.given"),
        ("actor_id", None),
        ("actor_name", "Người khác"),
        ("actor_post", "Bí thư"),
        ("target_kind", "directory.official"),
        ("target_id", "7"),
        ("target_name", "Người khác"),
        ("frm", "cũ"),
        ("to", "mới"),
        ("reason", "việc 2 "),
        ("scope", 9),
        ("search_key", ""),
    ],
)
def test_whatever_is_changed_in_a_row_is_named(column, value) -> None:
    actor = make_user()
    for n in range(4):
        audit.record("trail.read", target=None, by=actor, at=NOON, reason=f"việc {n}")
    directly(f'UPDATE core_auditevent SET "{column}" = %s WHERE number = 3', value)
    assert prove().broken == Break(Fault.CHANGED, 3, 3)


def test_words_hidden_behind_a_nul_are_found_where_a_database_stores_them_at_all() -> None:
    deeds(3)
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError), transaction.atomic():
            directly("UPDATE core_auditevent SET reason = reason || chr(0) || 'thêm' WHERE number = 2")
        assert prove().broken is None
    else:
        directly("UPDATE core_auditevent SET reason = reason || char(0) || 'thêm' WHERE number = 2")
        assert prove().broken == Break(Fault.CHANGED, 2, 2)


def test_a_removed_row_is_named() -> None:
    deeds(5)
    directly("DELETE FROM core_auditevent WHERE number IN (2, 3)")
    assert prove().broken == Break(Fault.MISSING, 2, 3)


def test_rows_that_changed_places_are_named() -> None:
    deeds(5)
    for old, new in ((2, 99), (4, 2), (99, 4)):
        directly("UPDATE core_auditevent SET number = %s WHERE number = %s", new, old)
    assert prove().broken == Break(Fault.REORDERED, 2, 4)


def test_an_inserted_row_is_named() -> None:
    deeds(4)
    for number in (4, 3):
        directly("UPDATE core_auditevent SET number = %s WHERE number = %s", number + 1, number)
    AuditEvent.objects.create(number=3, at=NOON, verb="grant.given", actor_name="Ai đó", digest="a" * 64)
    assert prove().broken == Break(Fault.INSERTED, 3, 3)


def test_the_proof_costs_the_same_statements_for_one_and_for_many(django_assert_max_num_queries) -> None:
    for count in (1, 40):
        deeds(count)
        with django_assert_max_num_queries(6):
            prove()


WRITER = """
import django, sys, time
django.setup()
from django.db import connection, transaction
from django.utils import timezone
from dotpha.core import audit
for n in range(25):
    with transaction.atomic():
        audit.record("trail.read", target=None, by=None, at=timezone.now(), reason=f"{sys.argv[1]} {n}")
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_make_one_chain(tmp_path) -> None:
    """Two processes on one database: no number twice, none left out, every digest follows."""
    settings, database = connection.settings_dict, tmp_path / "dotpha.sqlite3"
    own = dict(os.environ, DJANGO_SETTINGS_MODULE="dotpha.config.settings_test", DOTPHA_VAR=str(tmp_path))
    if connection.vendor == "postgresql":
        server = "{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings)
        own["DOTPHA_DATABASE_URL"] = f"postgres://{server}"
    else:
        own.pop("DOTPHA_DATABASE_URL", None)
        _run(own, "-m", "django", "migrate", "--verbosity=0")
        assert database.exists()
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, name], env=own) for name in ("một", "hai")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    proved = _run(own, "-c", "import django; django.setup(); from dotpha.core.proof import prove; print(prove())")
    assert "number=50" in proved
    assert "broken=None" in proved


def _run(env: dict[str, str], *arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
