"""How dates, numbers and icons are written on every page."""

from datetime import datetime
from functools import cache

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def dmy(value):
    """21-09-2025, in Indian time; "–" for nothing."""
    if not value:
        return "–"
    return f"{timezone.localtime(value) if isinstance(value, datetime) else value:%d-%m-%Y}"


@register.filter
def dmyt(value):
    """21-09-2025 14:05, in Indian time; "–" for nothing."""
    return f"{timezone.localtime(value):%d-%m-%Y %H:%M}" if value else "–"


@register.filter
def indian(number):
    """1,23,456: digits grouped the Indian way; "–" for nothing."""
    if number is None or number == "":
        return "–"
    sign, digits = ("−", str(-number)) if number < 0 else ("", str(number))
    head, tail = digits[:-3], digits[-3:]
    groups = []
    while head:
        head, group = head[:-2], head[-2:]
        groups.insert(0, group)
    return sign + ",".join([*groups, tail])


@register.simple_tag
@cache
def icon(name):
    """A shape of the sprite, unseen by screen readers: the word beside it says the same."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name)


@register.filter
def left(due, at=None):
    """How far a moment lies ahead or back, in the largest fitting unit: "2 days left", "3 hours late"."""
    seconds = (due - (at or timezone.now())).total_seconds()
    days, hours = int(abs(seconds) // 86400), int(abs(seconds) // 3600)
    if seconds >= 0:
        if days:
            return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours} if hours else _("now")
    if days:
        return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
    return ngettext("%(n)s hour late", "%(n)s hours late", hours) % {"n": hours} if hours else _("just now")


#: what a badge means → its sign, so that colour never says it alone
_SIGNS = {"ok": "ok", "due": "due", "late": "late", "info": "clock", "void": "void", "sensitive": "lock"}


@register.simple_tag
def badge(tone, text, sign=""):
    """A word in a frame: ok, due, late, info, void or sensitive, with the sign of its tone or another one."""
    return format_html('<span class="badge badge-{}">{}{}</span>', tone, icon(sign or _SIGNS[tone]), text)


#: status of a clock → tone and sign of its badge
_CLOCKS = {
    "on_time": ("info", "clock"),
    "due_soon": ("due", "due"),
    "late": ("late", "late"),
    "met": ("ok", "ok"),
    "met_late": ("due", "ok"),
    "void": ("void", "void"),
}


@register.simple_tag
def deadline(status, due, clock=""):
    """The badge of a clock: what its status is, which clock, until when, and how far off that is while it runs.

    A tag and not an included template, because a list shows fifty of them.
    """
    tone, sign = _CLOCKS[str(status)]
    running = status in ("on_time", "due_soon", "late")
    return format_html(
        '<span class="deadline">{}<span class="deadline-when">{}{}{}</span></span>',
        badge(tone, status.label, sign),
        f"{clock}: " if clock else "",
        dmyt(due),
        f" ({left(due)})" if running else "",
    )
