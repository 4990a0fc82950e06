"""Forms of case work: filters, search, one form for each move, identity, the register."""

import uuid

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from complaints.models import Nature, Note, Outcome, Source, State
from complaints.models.moves import barred_outcomes
from kendras.forms import Day, PlainText
from kendras.models import Charge, Role, Unit, User

#: what stands under a text that others read
NO_NAMES = _("Write “victim”, “complainant”, “accused”; never a name.")


def _reason(label=None, required=True):
    return PlainText(
        label=label or _("Reason"),
        max_length=500,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAMES,
    )


def _words(label):
    return PlainText(
        label=label,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_NAMES,
    )


class FilterForm(forms.Form):
    """The filters a person sets by hand; links from other pages may carry more (complaints.lists.FILTERS)."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *State.choices], required=False)
    nature = forms.ModelChoiceField(Nature.objects.none(), label=_("Nature"), required=False, empty_label=_("all"))
    source = forms.ChoiceField(label=_("How it came"), choices=[("", _("all")), *Source.choices], required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", _("all")), *Outcome.choices], required=False)
    late = forms.BooleanField(label=_("Late only"), required=False)
    sensitive = forms.BooleanField(label=_("Sensitive only"), required=False)
    # "from" is a word of Python, so these two are put in by name
    locals()["from"] = Day(label=_("Received from"), required=False)
    locals()["to"] = Day(label=_("Received up to"), required=False)

    def __init__(self, *args, natures, **options):
        super().__init__(*args, **options)
        self.fields["nature"].widget = forms.Select(choices=[("", _("all")), *((n.pk, n.name) for n in natures)])


class SearchForm(forms.Form):
    number = PlainText(label=_("Number or reference"), max_length=30, required=False, help_text=_("0123/2026 or the reference of the slip"))  # fmt: skip
    name = PlainText(label=_("Name, in either script"), max_length=80, required=False)
    phone = PlainText(label=_("Phone"), max_length=20, required=False)

    def clean(self):
        data = super().clean()
        if not any(data.values()):
            raise forms.ValidationError(_("Give a number, a name or a phone."))
        return data


class MoveForm(forms.Form):
    """What a move asks for beyond the click; `arguments()` gives the arguments of `move()`."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, case, user, day, **options):
        options["initial"] = {"once": uuid.uuid4(), "version": case.version, **options.get("initial", {})}
        super().__init__(*args, **options)
        self.prepare(case, user, day)

    def prepare(self, case, user, day):
        """Fill the choices that depend on the complaint or FIR."""

    def arguments(self):
        return dict(self.cleaned_data)


class ReasonForm(MoveForm):
    reason = _reason()


class OptionalReasonForm(MoveForm):
    reason = _reason(_("Remark (needed where she was not satisfied)"), required=False)


class OfficerForm(MoveForm):
    officer = forms.ModelChoiceField(
        User.objects.none(), label=_("Officer"), widget=forms.RadioSelect, empty_label=None
    )

    def prepare(self, complaint, user, day):
        charges = Charge.objects.running(day).filter(unit=complaint.thana_id, role__in=(Role.SI, Role.INCHARGE))
        self.fields["officer"].queryset = User.objects.filter(pk__in=charges.values("user_id")).order_by("name_en")


class OutcomeSelect(forms.RadioSelect):
    """Outcomes that the law bars stay on the page, struck out of choice."""

    barred = frozenset()
    reason = ""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.barred:
            option["attrs"]["disabled"] = True
            option["label"] = format_html('<span class="barred">{} ({})</span>', option["label"], self.reason)
        return option


class DecideForm(MoveForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=OutcomeSelect)
    reason = _reason(_("Reasons"))

    def prepare(self, complaint, user, day):
        barred = barred_outcomes(complaint)
        if barred:
            widget = self.fields["outcome"].widget
            widget.barred, widget.reason = barred, _("barred by law")
            self.fields["outcome"].help_text = _(
                "Counselling and mediation cannot replace an FIR here: the law forbids it."
            )


class ActionForm(MoveForm):
    number = PlainText(label=_("FIR, NCR or letter number"), max_length=40, required=False)
    text = _words(_("What was done"))

    def prepare(self, complaint, user, day):
        self.fields["number"].required = complaint.outcome in (Outcome.FIR, Outcome.NCR)


class DisposeForm(MoveForm):
    reason = _reason(_("Disposal, in a sentence"))


class FeedbackForm(MoveForm):
    satisfied = forms.TypedChoiceField(
        label=_("Is she satisfied?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )
    text = _words(_("What she said"))


class MissedCallForm(MoveForm):
    text = PlainText(label=_("Remark"), max_length=500, required=False)


class DirectionField(forms.ModelChoiceField):
    def label_from_instance(self, note):
        return f"{timezone.localtime(note.at):%d-%m-%Y}: {Truncator(note.text).chars(60)}"


class FollowUpForm(MoveForm):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(k.value, k.label) for k in (Note.Kind.FOLLOW_UP, Note.Kind.CALL, Note.Kind.VISIT, Note.Kind.ENQUIRY)],
    )
    text = _words(_("What was done or is to be done"))
    next_on = Day(label=_("Next date"), required=False)
    answers = DirectionField(Note.objects.none(), label=_("Answers the direction"), required=False)

    def prepare(self, complaint, user, day):
        directions = complaint.notes.filter(kind=Note.Kind.DIRECTION, answer=None).order_by("at")
        if directions:
            self.fields["answers"].queryset = directions
        else:
            del self.fields["answers"]


class DirectForm(MoveForm):
    text = _words(_("Direction"))
    next_on = Day(label=_("To be done by"))


class ExtendForm(MoveForm):
    until = Day(label=_("New date"))
    reason = _reason()


class HandOverForm(MoveForm):
    """The other police station is named as people name it; a name that stands twice is told apart by its code."""

    thana = PlainText(
        label=_("Name or code of the other police station"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "thanas", "autocomplete": "off"}),
    )
    reason = _reason()

    def prepare(self, complaint, user, day):
        near = Unit.objects.thanas().filter(district=complaint.district_id).exclude(pk=complaint.thana_id)
        self.suggestions = sorted(near, key=lambda thana: thana.name)

    def clean_thana(self):
        text = self.cleaned_data["thana"].strip()
        named = Q(code__iexact=text) | Q(name_hi=text) | Q(name_en__iexact=text)
        found = list(Unit.objects.thanas().filter(named).select_related("district").order_by("code")[:10])
        if not found:
            raise forms.ValidationError(_("There is no police station with this name or code."))
        if len(found) > 1:
            which = "; ".join(f"{thana.name}, {thana.district.name}: {thana.code}" for thana in found)
            raise forms.ValidationError(_("There are several. Give the code: %(which)s") % {"which": which})
        return found[0]

    def arguments(self):
        data = super().arguments()
        return {**data, "to_thana": data.pop("thana")}


#: move → its form; a move that is not named here asks for nothing but the click
MOVE_FORMS = {
    "assign": OfficerForm,
    "reassign": OfficerForm,
    "decide": DecideForm,
    "fir_at_once": ReasonForm,
    "carry_out": ActionForm,
    "dispose": DisposeForm,
    "feedback": FeedbackForm,
    "missed_call": MissedCallForm,
    "close": OptionalReasonForm,
    "close_unreached": ReasonForm,
    "reopen": ReasonForm,
    "follow_up": FollowUpForm,
    "direct": DirectForm,
    "extend": ExtendForm,
    "hand_over": HandOverForm,
    "suspect_false": ReasonForm,
    "waive_counselling": ReasonForm,
}


class AskIdentityForm(forms.Form):
    reason = _reason(_("Why do you need it?"))


class RegisterRangeForm(forms.Form):
    """The days of the printed register, at most a month."""

    first = Day(label=_("From"))
    last = Day(label=_("To"))

    def clean(self):
        data = super().clean()
        first, last = data.get("first"), data.get("last")
        if first and last and not 0 <= (last - first).days <= 31:
            raise forms.ValidationError(_("Choose at most 31 days, the first before the last."))
        return data
