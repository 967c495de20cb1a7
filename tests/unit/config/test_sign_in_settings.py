"""Settings of signing in as the environment sets them, each in a process of its own."""

import os
import subprocess
import sys

import pytest

SHOW = """
import django
from django.conf import settings
django.setup()
for name in {names}: print(getattr(settings, name))
"""


def shown(tmp_path, *names, **environment):
    clean = {key: value for key, value in os.environ.items() if not key.startswith("DOTPHA_")}
    given = {"DJANGO_SETTINGS_MODULE": "dotpha.config.settings", "DOTPHA_VAR": str(tmp_path), **environment}
    run = [sys.executable, "-c", SHOW.format(names=list(names))]
    return subprocess.run(run, env=clean | given, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_cookies_carry_the_host_prefix_and_secure_under_https(tmp_path):
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "DEMO")
    said = shown(tmp_path, *names, DOTPHA_HTTPS="1", DOTPHA_HOSTS="dotpha.tinh.vn").stdout.split()
    assert said == ["__Host-dotpha", "__Host-dotpha-csrf", "True", "True", "False"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "real", [{"DOTPHA_HTTPS": "1"}, {"DOTPHA_HOSTS": "dotpha.tinh.vn"}, {"DOTPHA_PROXIES": "1"}, {"DOTPHA_HOSTS": "*"}]
)
def test_the_demo_never_starts_on_a_real_server(tmp_path, real):
    said = shown(tmp_path, "DEMO", DOTPHA_DEMO="1", **real)
    assert said.returncode
    assert "chỉ dùng để xem thử ngay trên máy này" in said.stderr.splitlines()[-1]


@pytest.mark.slow
def test_the_office_server_is_named_once_and_the_policy_lets_forms_lead_there(tmp_path):
    server = "https://dang-nhap.tinh.vn/realms/tinh/.well-known/openid-configuration"
    said = shown(tmp_path, "OIDC_ORIGINS", "CONTENT_SECURITY_POLICY", DOTPHA_OIDC_SERVER=server).stdout
    assert said.count("'https://dang-nhap.tinh.vn'") == 2


@pytest.mark.slow
def test_an_office_server_that_is_no_address_stops_the_start(tmp_path):
    assert "không phải địa chỉ máy chủ" in shown(tmp_path, "DEMO", DOTPHA_OIDC_SERVER="tinh.vn").stderr
