"""Forms of the reports: which month and unit, remarks, directions of the crime meeting, what to print."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from kendras.forms import DateInput, Day, PlainText, read_day
from reports.ledger import month_of, shift

#: how far back a month can be chosen
MONTHS = 36


def read_month(text, at, latest, otherwise=None):
    """The first day of "YYYY-MM"; `otherwise` (else `latest`) for anything else and for months after `latest`."""
    otherwise = otherwise or latest
    month = read_day(text)
    return month if month and month.day == 1 and shift(latest, -MONTHS) < month <= latest else otherwise


def months_before(at, *, running):
    """The months that can be chosen, newest first, with the running one or without."""
    first = month_of(at) if running else shift(month_of(at), -1)
    return [shift(first, -n) for n in range(MONTHS)]


def _remark(label):
    return PlainText(
        label=label,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is read up to the state: name no victim, complainant or accused."),
    )


class StepForm(forms.Form):
    """A step that needs no words: `once` and `version` only."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, row, **options):
        options["initial"] = {"once": uuid.uuid4(), "version": row.version}
        super().__init__(*args, **options)


class SubmitForm(StepForm):
    text = _remark(_("Remarks: what was hard this month, what is needed"))


class ReviewForm(StepForm):
    text = _remark(_("What the review found"))


class AnswerForm(StepForm):
    text = PlainText(
        label=_("What was done, or why not"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is read up to the state: name no victim, complainant or accused."),
    )


#: step → its form
STEP_FORMS = {"submit": SubmitForm, "review": ReviewForm, "done": AnswerForm, "not_done": AnswerForm}


class PrintForm(forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    language = forms.ChoiceField(label=_("Language of the paper"), choices=[("hi", _("Hindi")), ("en", _("English"))])


class DirectionForm(forms.Form):
    """The direction to one kendra; left empty it gives none."""

    text = PlainText(max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "input"}))
    due_on = Day(required=False, widget=DateInput(attrs={"class": "input"}))

    def __init__(self, *args, kendra, **options):
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs["aria-label"] = _("Direction: %(kendra)s") % {"kendra": kendra}
        self.fields["due_on"].widget.attrs["aria-label"] = _("To be done by: %(kendra)s") % {"kendra": kendra}

    def clean(self):
        data = super().clean()
        if data.get("text") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Give a date, today or later, by which it is to be done."))
        return data
