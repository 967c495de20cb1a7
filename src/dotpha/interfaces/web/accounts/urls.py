"""Addresses of signing in. Of allauth's pages only those this product uses: no sign-up, no e-mail, no reset by mail."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as elsewhere
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path

from dotpha.interfaces.web.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", login_not_required(account.logout), name="account_logout"),
    path("xac-nhan-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/", account.password_change, name="account_change_password"),
    path("mat-khau/dat/", account.password_set, name="account_set_password"),
    path("bao-mat/", factor.index, name="mfa_index"),
    path("buoc-hai/", factor.authenticate, name="mfa_authenticate"),
    path("buoc-hai/xac-nhan-lai/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("ung-dung/", totp.activate_totp, name="mfa_activate_totp"),
    path("ung-dung/ma-qr.svg", views.totp_picture, name="totp-picture"),
    path("ung-dung/bo/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("ma-du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("ma-du-phong/tao/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("ma-du-phong/tai-ve/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("khoa-truy-cap/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("khoa-truy-cap/them/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("khoa-truy-cap/dang-nhap/", login_not_required(passkey.login_webauthn), name="mfa_login_webauthn"),
    path("khoa-truy-cap/xac-nhan-lai/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("khoa-truy-cap/<int:pk>/bo/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("khoa-truy-cap/<int:pk>/ten/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("phien/", views.sessions, name="sessions"),
    path("phien/<int:pk>/dang-xuat/", views.end_session, name="end-session"),
    path("phien/dang-xuat-noi-khac/", views.end_other_sessions, name="end-other-sessions"),
    path("yeu-cau-buoc-hai/", views.required_factors, name="required-factors"),
]

if settings.OIDC_SERVER:
    urlpatterns += [
        path("co-quan/", include("allauth.socialaccount.providers.openid_connect.urls")),
        path("co-quan/da-dung/", elsewhere.login_cancelled, name="socialaccount_login_cancelled"),
        path("co-quan/loi/", elsewhere.login_error, name="socialaccount_login_error"),
    ]

if settings.DEMO:
    urlpatterns += [path("xem-thu/", login_not_required(views.sign_in_to_demo), name="sign-in-to-demo")]
