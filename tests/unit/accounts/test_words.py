"""What others' code says to people is Vietnamese."""

import gettext
import re
from pathlib import Path

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.password_validation import get_default_password_validators
from django.utils.translation import override

import dotpha

CATALOGUE = Path(dotpha.__file__).parent / "locale" / "vi" / "LC_MESSAGES"
# Of e-mail, phone and sign-up, which have no page here.
NOT_SHOWN = {
    "cannot_remove_primary_email", "duplicate_email", "phone_password_mismatch", "email_taken",
    "invalid_password_reset",
    "max_email_addresses", "phone_taken", "unknown_email", "unknown_phone", "unverified_primary_email",
    "username_blacklisted", "select_only_one", "add_email_blocked",
}  # fmt: skip


def written():
    text = (CATALOGUE / "django.po").read_text()
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', text, flags=re.MULTILINE)
    return {key.replace('\\"', '"'): value.replace('\\"', '"') for key, value in pairs}


def test_the_compiled_catalogue_is_the_written_one():
    with (CATALOGUE / "django.mo").open("rb") as compiled:
        messages = gettext.GNUTranslations(compiled)
    assert {key: messages.gettext(key) for key in written()} == written()


@pytest.mark.parametrize("adapter", [DefaultAccountAdapter, DefaultMFAAdapter])
def test_every_error_that_can_be_shown_has_vietnamese_words(adapter):
    with override("vi"):
        shown = {key: str(words) for key, words in adapter.error_messages.items() if key not in NOT_SHOWN}
    with override("en"):
        english = {key: str(adapter.error_messages[key]) for key in shown}
    assert {key for key in shown if shown[key] == english[key]} == set()


def test_every_rule_of_passwords_is_told_in_vietnamese():
    told = " ".join(str(each.get_help_text()) for each in get_default_password_validators())
    assert not re.search(r"\b(password|your|the)\b", told, flags=re.IGNORECASE)
