"""Two who write for one registrant at the same moment, each on a connection of its own: one after the other."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).parents[3]
ROUNDS = 12
# Prints what each round of a race said, and what stands in the database afterwards.
RACE = """
import json, sys, threading
import django
django.setup()
from django.db import connection
from dotpha.directory.models import Function
from dotpha.registration import actions
from dotpha.registration.actions import imports
from dotpha.registration.exchange.known import state_of
from dotpha.registration.exchange.planning import plan
from dotpha.registration.exchange.register import Register
from dotpha.registration.models import RegisterImport, TaskVersion
from dotpha.registration.models.imports import ImportState
from dotpha.rules.registration import Registration
from tests.makers_directory import NOON, make_organization, make_user
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

district = make_organization("Đảng bộ huyện")
campaign = make_campaign(district)
numbers = iter(range(1, 1000))

def new(**fields):
    registrant = make_registrant(campaign, make_organization(f"Đảng bộ xã {next(numbers)}", district), **fields)
    return registrant, [make_user((Function.REGISTRANT, registrant.organization)) for _ in range(2)]

def at_once(*deeds):
    together, said = threading.Barrier(len(deeds)), []
    def carried_out(deed):
        connection.ensure_connection()
        together.wait()
        try:
            deed()
            said.append("done")
        except Exception as error:
            said.append(type(error).__name__)
        finally:
            connection.close()
    threads = [threading.Thread(target=carried_out, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)

def two_tasks_sent():
    registrant, (one, other) = new()
    first, second = (make_task(registrant, ROAD) for _ in range(2))
    said = at_once(
        lambda: actions.submit(task=first, version=first.version, by=one, at=NOON),
        lambda: actions.submit(task=second, version=second.version, by=other, at=NOON),
    )
    registrant.refresh_from_db()
    return [said, registrant.submitted, registrant.drafts]

def one_task_sent_twice():
    registrant, (one, other) = new()
    task = make_task(registrant, ROAD)
    deeds = [lambda by=by: actions.submit(task=task, version=task.version, by=by, at=NOON) for by in (one, other)]
    said = at_once(*deeds)
    return [said, TaskVersion.objects.filter(task=task).count()]

def the_last_place_taken():
    registrant, both = new(at_most=1)
    said = at_once(*(lambda by=by: actions.begin_task(registrant=registrant, by=by, at=NOON) for by in both))
    registrant.refresh_from_db()
    return [said, registrant.tasks.count(), registrant.drafts]

def a_button_pressed_twice():
    registrant, (one, _) = new()
    said = at_once(*[lambda: actions.begin_task(registrant=registrant, by=one, at=NOON)] * 2)
    return [said, registrant.tasks.count()]

def a_draft_begun_while_a_register_is_written():
    registrant, (one, _) = new(at_most=1)
    clerk = make_user((Function.CLERK, district))
    made = plan(Register((Registration(owner=registrant.name, title="Di dời trang trại lợn"),)), campaign, {})
    waiting = RegisterImport.objects.create(
        campaign=campaign, user=clerk, file_name="so.xlsx", state=ImportState.WRITING, created_at=NOON, expires_at=NOON
    )
    state = state_of(campaign)
    said = at_once(
        lambda: actions.begin_task(registrant=registrant, by=one, at=NOON),
        lambda: imports.import_register(waiting=waiting, made=made, state=state, by=clerk, at=NOON),
    )
    return [said, registrant.tasks.count()]

print(json.dumps([globals()[sys.argv[1]]() for _ in range(int(sys.argv[2]))]))
"""


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory):
    """A directory with a migrated SQLite file; on PostgreSQL the database of the tests is used."""
    kept = tmp_path_factory.mktemp("races")
    if connection.vendor == "sqlite":
        run(kept, "-m", "django", "migrate", "--verbosity=0")
    return kept


@pytest.fixture
def race(empty_database, tmp_path):
    def raced(name):
        here = shutil.copytree(empty_database, tmp_path / "var")
        return json.loads(run(here, "-c", RACE, name, str(ROUNDS)))

    return raced


def run(var, *arguments):
    own = dict(os.environ, DJANGO_SETTINGS_MODULE="dotpha.config.settings_test", DOTPHA_VAR=str(var))
    if connection.vendor == "postgresql":
        server = "{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
        own["DOTPHA_DATABASE_URL"] = f"postgres://{server}"
    else:
        own.pop("DOTPHA_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, *arguments], env=own, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_two_tasks_of_one_registrant_sent_at_once_are_both_counted(race):
    assert race("two_tasks_sent") == [[["done", "done"], 2, 0]] * ROUNDS


def test_a_task_sent_twice_at_once_is_sent_once_and_the_second_is_told(race):
    for said, versions in race("one_task_sent_twice"):
        assert said in (["Conflict", "done"], ["IllegalMove", "done"])
        assert versions == 1


def test_the_last_place_is_taken_once(race):
    assert race("the_last_place_taken") == [[["Refused", "done"], 1, 1]] * ROUNDS


def test_a_button_pressed_twice_at_once_makes_one_draft(race):
    assert race("a_button_pressed_twice") == [[["done", "done"], 1]] * ROUNDS


def test_a_register_and_a_draft_do_not_both_take_the_last_place(race):
    for said, tasks in race("a_draft_begun_while_a_register_is_written"):
        assert said in (["CampaignChanged", "done"], ["Refused", "done"])
        assert tasks == 1
