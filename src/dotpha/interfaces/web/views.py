"""Pages that belong to no room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dotpha.interfaces.web.quick import limits
from dotpha.rules.catalogue import rules
from dotpha.rules.screening.result import CRITERION_LABELS, GROUNDS_FOR, REASON_LABELS, SEVERITY_LABELS


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to read a result, written from the same labels and rules that make it."""
    grounds = [(reason in GROUNDS_FOR, label) for reason, label in REASON_LABELS.items()]
    about = {
        "criteria": CRITERION_LABELS,
        "grounds_for": [label for speaks_for, label in grounds if speaks_for],
        "grounds_against": [label for speaks_for, label in grounds if not speaks_for],
        "rules": [(rule, SEVERITY_LABELS[rule.severity]) for rule in rules().values()],
        "limits": limits.IN_WORDS,
    }
    return render(request, "help.html", about)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the server: it answers."""
    return HttpResponse("ok", content_type="text/plain")
