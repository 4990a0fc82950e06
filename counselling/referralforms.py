"""Forms of referrals: sending one, one form for each step."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.firforms import KeyChoice
from complaints.forms import NO_NAMES, MoveForm
from complaints.models import Person
from counselling.models import (
    ANSWERS,
    HER_WILL,
    Agency,
    AgencyKind,
    Answer,
    Consent,
    Handed,
    Need,
    helped_people,
    reported_by_law,
)
from kendras.forms import PlainText

_WILL = [(c.value, c.label) for c in Consent if c in HER_WILL]


class ReferralForm(forms.Form):
    """A referral as it is sent. `arguments()` gives what Referral.objects.refer takes besides the case."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    person = KeyChoice(Person.objects.none(), label=_("For whom"), widget=forms.RadioSelect, empty_label=None)
    need = forms.ChoiceField(label=_("What is needed"), choices=Need.choices)
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"))
    consent = forms.ChoiceField(
        label=_("Her consent"),
        choices=[*_WILL, (Consent.MISSING.value, Consent.MISSING.label)],
        widget=forms.RadioSelect,
    )
    hands_over = forms.MultipleChoiceField(
        label=_("She allows to hand over"), choices=Handed.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    text = PlainText(
        label=_("Message to the agency"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAMES,
    )

    def __init__(self, *args, case, user, initial=None, **options):
        people = helped_people(case)
        first = {"once": uuid.uuid4(), "person": people.first(), **(initial or {})}
        super().__init__(*args, initial=first, **options)
        self.fields["person"].queryset = people
        self.fields["consent"].required = (self.data or first).get("need") != Need.REPORT
        agencies = Agency.objects.visible_to(user).serving(case.thana).in_use().order_by("kind", "name_en")
        self.fields["agency"].queryset = agencies
        self.fields["agency"].choices = [("", _("choose")), *_by_kind(agencies)]
        if not reported_by_law(case):
            self.fields["need"].choices = [pair for pair in Need.choices if pair[0] != Need.REPORT]

    def arguments(self):
        return dict(self.cleaned_data)


def _by_kind(agencies):
    groups = {}
    for agency in agencies:
        groups.setdefault(AgencyKind(agency.kind).label, []).append((agency.pk, agency.name))
    return list(groups.items())


class StepForm(MoveForm):
    """What a step of a referral asks for: how she consented, an answer, a reason; the rest falls away."""

    consent = forms.ChoiceField(label=_("Her consent"), choices=_WILL, widget=forms.RadioSelect)
    answer = forms.ChoiceField(label=_("Answer"), choices=(), widget=forms.RadioSelect)
    text = PlainText(
        label=_("Remark"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=NO_NAMES
    )
    reason = PlainText(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_NAMES)

    #: step → the fields that it asks for
    ASKS = {
        "consent": {"consent"},
        "override": {"reason"},
        "decline": {"answer", "text"},
        "complete": {"answer", "text"},
        "fail": {"answer", "text"},
        "leave": {"reason"},
        "withdraw": {"reason"},
    }

    def __init__(self, *args, step, **options):
        super().__init__(*args, **options)
        for name in {"consent", "answer", "text", "reason"} - self.ASKS.get(step.name, set()):
            del self.fields[name]
        if "answer" in self.fields:
            self.fields["answer"].choices = [(code, Answer(code).label) for code in ANSWERS[step.name]]
