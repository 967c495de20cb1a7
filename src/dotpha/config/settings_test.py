"""The settings, made fast for tests: nothing here changes what the application does."""

import os
import tempfile

os.environ.setdefault("DOTPHA_VAR", tempfile.mkdtemp(prefix="dotpha-test-"))
os.environ.setdefault("DOTPHA_SECRET_KEY", "only-for-tests")

from dotpha.config.settings import *  # noqa: F403  the whole point of this file
from dotpha.config.settings import STATIC_ROOT, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # no worker beside a test
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a missing folder; warnings are errors here
