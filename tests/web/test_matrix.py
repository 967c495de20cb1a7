"""Every function at every page and deed: inside its scope, beside it, and on the day it is over."""

import ast
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

import dotpha
from dotpha.core.models import AuditEvent
from dotpha.directory.models import Function
from dotpha.interfaces.powers import ROOMS
from tests.makers_directory import make_grant, make_user
from tests.matrix import FORMS, OPEN, OWN, ROUTES, World, finished, sign_in

pytestmark = pytest.mark.django_db
PACKAGE = Path(dotpha.__file__).parent
WRITES = ("grant.", "account.created", "account.password_reset", "account.locked", "account.unlocked", "organization.",
          "official.", "tenure.", "membership.", "body.", "term.", "management.", "directory.", "campaign.", "task.",
          "register.", "screening.")  # fmt: skip


@pytest.fixture
def world():
    return World.make()


def holding(function, where, world):
    user = make_user()
    over = {"valid_until": timezone.localdate()} if where == "over" else {}
    make_grant(user, function, world.beside if where == "beside" else world.district, **over)
    return user


def answer(client, route, world):
    """The status, and what was written; nothing of it stays."""
    address = reverse(route.name, args=route.args(world) if route.args else None, query=route.query(world) or None)
    last = AuditEvent.objects.order_by("-number").values_list("number", flat=True).first() or 0
    with transaction.atomic():
        response = finished(client.get(address) if route.method == "get" else client.post(address, route.data(world)))
        new = AuditEvent.objects.filter(number__gt=last).values_list("verb", flat=True)
        written = [verb for verb in new if verb.startswith(WRITES)]
        transaction.set_rollback(True)
    return response.status_code, written


@pytest.mark.slow
@pytest.mark.parametrize("where", ["inside", "beside", "over"])
@pytest.mark.parametrize("function", list(Function))
def test_every_function_gets_what_the_table_says(function, where, world):
    client = Client()
    wrong: dict[str, tuple[object, ...]] = {}
    sign_in(client, holding(function, where, world))
    for route in ROUTES:
        if where == "over" and not route.lets(function):
            continue  # refused while it held, above; the answer is the same page
        status, written = answer(client, route, world)
        expected = route.expected(function, where)
        if status != expected or (written and status in (403, 404, 422)):
            wrong[str(route)] = (status, expected, written)
    reachable = [route for route in FORMS if function in route.reached_by or route.also in ("", "clerk")]
    for route in reachable:  # who never reaches a form is refused alike whatever it says: once is enough
        status, written = answer(client, route, world)
        if where == "inside" and route.lets(function):
            is_right = status == route.done and written
        elif where != "over" and function in route.reached_by:
            is_right = status == 422 and not written
        else:
            is_right = status == 403 and not written
        if not is_right:
            wrong[str(route)] = (status, written)
    assert wrong == {}


def names(patterns=None, prefix=""):
    """Every name of the resolver, with its address; an address without a name fails here too."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLPattern):
            yield each.name or f"{prefix}{each.pattern}"
        else:
            yield from names(each.url_patterns, f"{prefix}{each.pattern}")


def test_every_address_has_a_declared_row():
    declared = {route.name for route in (*ROUTES, *FORMS)} | set(OPEN) | set(OWN)
    assert set(names()) - declared == set(), "name it in tests/matrix.py, with the deed that lets in"
    assert declared - set(names()) == set(), "no such address any more"


def test_every_address_that_takes_a_form_has_a_row_that_sends_one(world):
    """Asked of the running pages: what does not refuse POST must say in the matrix who may."""
    sends = {route.name for route in (*ROUTES, *FORMS) if route.method == "post"}
    client, silent = Client(), set()
    sign_in(client, make_user(*((function, world.district) for function in Function)))
    for route in ROUTES:
        address = reverse(route.name, args=route.args(world) if route.args else None)
        if finished(client.post(address)).status_code != 405 and route.name not in sends:
            silent.add(route.name)
    assert silent == set()


def test_every_row_that_writes_names_its_deed():
    assert [str(route) for route in (*ROUTES, *FORMS) if route.method == "post" and route.deed is None] == []


def test_every_deed_is_used_outside_the_table():
    used = set()
    for path in PACKAGE.rglob("*.py"):
        if path.name == "policy.py" or "management" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and _is_deeds(node.value):
                used.add(node.attr)
    # These are asked by the filters of the rooms' policies, whose default or whole purpose they are.
    used |= {"SEE_DIRECTORY", "MANAGE_ACCOUNT", "SEE_CAMPAIGN", "SEE_TASKS", "WRITE_TASK"}
    assert {deed.name for room in ROOMS for deed in room.deeds} - used == set()


def _is_deeds(node):
    """`Deed`, or `appraisal.Deed` where a file knows the deeds of two rooms."""
    return getattr(node, "id", getattr(node, "attr", "")) == "Deed"


def test_who_is_not_signed_in_gets_nowhere(world):
    client, got_in = Client(), {}
    for route in (*ROUTES, *FORMS):
        address = reverse(route.name, args=route.args(world) if route.args else None)
        response = client.get(address) if route.method == "get" else client.post(address, route.data(world))
        if response.status_code != 302 or not response.headers["Location"].startswith(reverse("account_login")):
            got_in[str(route)] = response.status_code
    assert got_in == {}
