"""Journeys in Debian's Chromium against a live server; run by `make test-browser`."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from dotpha.interfaces.web.quick.jobs import JOBS
from tests.web.conftest import register

__all__ = ["register"]

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop of its own in this thread


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The live server brings a database, which the quick screening never asks for anything."""
    for item in items:
        item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"), "args": root}


@pytest.fixture(scope="session")
def browser_context_args():
    return {"viewport": {"width": 1366, "height": 768}, "locale": "vi-VN", "accept_downloads": True}


@pytest.fixture(autouse=True)
def no_job_is_left():
    yield
    for token in list(JOBS._jobs):
        JOBS.drop(token)


@pytest.fixture
def plain(browser: Browser):
    """A page without script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def quiet_console(page: Page):
    """Fails the test if the page complains: an error of script, or of the content policy."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield
    assert said == []


def accessible(page: Page) -> None:
    """No violation of WCAG 2.2 AA that axe can find."""
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=rules)
    assert found.violations_count == 0, found.generate_report()
