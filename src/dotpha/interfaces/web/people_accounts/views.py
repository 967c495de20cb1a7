"""Accounts of officials: who has one, since when it is used, made, locked and opened. No content of anybody's work."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dotpha.accounts.models import User
from dotpha.core.errors import Refused
from dotpha.directory import account_actions, grant_queries, policy, queries
from dotpha.directory.models import Official
from dotpha.directory.policy import Deed
from dotpha.interfaces.web.directory.paging import asked, page_of
from dotpha.interfaces.web.grants.doors import told, whoever_may
from dotpha.interfaces.web.http import SignedInRequest, only_posted
from dotpha.interfaces.web.people_accounts.forms import CreateForm, LockForm
from dotpha.rules.vietnamese.text import tidy

LONGEST_SEARCH = 120
MOST_OFFICIALS = 10
STATES = {
    "": "Mọi tài khoản",
    "dang-dung": "Đang dùng",
    "da-khoa": "Đã khóa",
    "chua-vao": "Chưa đăng nhập lần nào",
    "lau-khong-vao": "Sắp bị khóa vì lâu không vào",
}


@require_safe
@login_required
@whoever_may(Deed.SEE_ACCOUNTS)
def accounts(request: SignedInRequest) -> HttpResponse:
    today, words = timezone.localdate(), tidy(request.GET.get("tim", ""))[:LONGEST_SEARCH]
    state = request.GET.get("trang-thai", "")
    found = grant_queries.accounts(request.user, words, state=state, at=timezone.now(), on=today)
    page = page_of(found, asked(request))
    posts = queries.main_posts([each.official for each in page.items if hasattr(each, "official")], day=today)
    about = {
        "page": page,
        "rows": [(each, posts.get(each.official.pk, "") if hasattr(each, "official") else "") for each in page.items],
        "words": words,
        "states": [(code, label, code == state) for code, label in STATES.items()],
        "may_create": policy.may_anywhere(request.user, Deed.MANAGE_ACCOUNT, on=today),
    }
    return render(request, "people_accounts/accounts.html", about)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@whoever_may(Deed.MANAGE_ACCOUNT)
def create(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    begun = {name: value for name, value in request.GET.items() if value}
    form = CreateForm(request.POST or None, initial=begun, by=request.user, on=today)
    if request.method == "POST" and form.is_valid():
        try:
            made = account_actions.create_account(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            told(form, refusal)
        else:
            return _once(request, made)
    status = 422 if request.method == "POST" else 200
    return render(request, "people_accounts/create.html", _officials(request, form), status=status)


def _officials(request: SignedInRequest, form: CreateForm) -> dict[str, Any]:
    """People without an account, found by words; whoever is chosen stands on top."""
    said, today = request.POST if request.method == "POST" else request.GET, timezone.localdate()
    words, chosen = tidy(said.get("find", ""))[:LONGEST_SEARCH], said.get("official", "")
    people = grant_queries.officials_without_account(request.user, words, on=today)
    first: list[Official] = []
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 10:
        first = list(grant_queries.officials_without_account(request.user, "", on=today).filter(pk=int(chosen)))
    others = list(people.exclude(pk__in=[each.pk for each in first])[: MOST_OFFICIALS + 1])
    shown = first + others[:MOST_OFFICIALS]
    posts = queries.main_posts(shown, day=today)
    return {
        "form": form,
        "words": words,
        "people": [(each, posts.get(each.pk, ""), each in first) for each in shown],
        "is_more": len(others) > MOST_OFFICIALS,
    }


def _once(request: SignedInRequest, made: account_actions.NewPassword) -> HttpResponse:
    """The only page that ever shows the password: nothing keeps it, so there is no address to come back to."""
    return render(request, "people_accounts/once.html", {"account": made.account, "password": made.password})


@require_safe
@login_required
def account(request: SignedInRequest, pk: int) -> HttpResponse:
    return _account_page(request, _visible(request, pk), LockForm())


@never_cache
@only_posted
@login_required
def reset(request: SignedInRequest, pk: int) -> HttpResponse:
    this, form = _visible(request, pk), LockForm()
    try:
        made = account_actions.reset_password(account=this, by=request.user, at=timezone.now())
    except Refused as refusal:
        return _account_page(request, this, form, problem=str(refusal), status=422)
    return _once(request, made)


@only_posted
@login_required
def lock(request: SignedInRequest, pk: int) -> HttpResponse:
    this, form = _visible(request, pk), LockForm(request.POST)
    policy.require_account(request.user, this, on=timezone.localdate())
    if form.is_valid():
        try:
            account_actions.lock_account(account=this, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            told(form, refusal)
            this.refresh_from_db()
        else:
            messages.success(request, f"Đã khóa tài khoản {this.get_username()}.")
            return redirect("people-accounts-account", this.pk)
    return _account_page(request, this, form, status=422)


@only_posted
@login_required
def unlock(request: SignedInRequest, pk: int) -> HttpResponse:
    this = _visible(request, pk)
    try:
        account_actions.unlock_account(account=this, by=request.user, at=timezone.now())
    except Refused as refusal:
        this.refresh_from_db()
        return _account_page(request, this, LockForm(), problem=str(refusal), status=422)
    messages.success(request, f"Đã mở khóa tài khoản {this.get_username()}.")
    return redirect("people-accounts-account", this.pk)


def _visible(request: SignedInRequest, pk: int) -> User:
    seen = policy.accounts_visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(seen.select_related("official"), pk=pk)


def _account_page(
    request: SignedInRequest, this: User, form: LockForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    official = getattr(this, "official", None)
    about = {
        "account": this,
        "official": official,
        "post": queries.main_posts([official], day=today).get(official.pk, "") if official else "",
        "functions": list(grant_queries.functions_of(this, request.user, on=today)),
        "may_manage": this.pk != request.user.pk
        and policy.accounts_manageable_by(request.user, on=today).filter(pk=this.pk).exists(),
        "form": form,
        "problem": problem,
    }
    return render(request, "people_accounts/account.html", about, status=status)
