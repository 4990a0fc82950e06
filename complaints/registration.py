"""The registration form: one page, few required fields, everything typed survives an error."""

import uuid
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.models import Nature, Person, PlaceKind, Sensitivity, Source, Urgency
from complaints.models.document import judged
from complaints.models.states import band_choices
from kendras import identity
from kendras.forms import Day, PlainText
from kendras.identity import DIGITS, phone_key


class Phone(PlainText):
    """An Indian telephone number in either script."""

    def __init__(self, **options):
        super().__init__(max_length=20, **options)
        self.widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}

    def clean(self, value):
        value = super().clean(value).translate(DIGITS).strip()
        if value and not phone_key(value):
            raise forms.ValidationError(_("A phone number has ten digits."))
        return value


class Papers(forms.FileField):
    """Several files at once, each judged by its content."""

    widget = type("Files", (forms.ClearableFileInput,), {"allow_multiple_selected": True})

    def clean(self, data, initial=None):
        """The list of uploads; empty where there are none."""
        uploads = [upload for upload in (data or []) if upload]
        for upload in uploads:
            judged(super().clean(upload, initial))
        return uploads


def _text(label, most=200, **options):
    return PlainText(label=label, max_length=most, required=False, **options)


def _ages():
    return forms.IntegerField(label=_("Age in years"), min_value=0, max_value=120, required=False)


def _gender(label, initial=Person.Gender.FEMALE):
    return forms.ChoiceField(label=label, choices=Person.Gender.choices, initial=initial, required=False)


#: up to three accused; more are named in the enquiry
_ACCUSED = (
    ("accused", _("Name of the accused, if known"), _("Phone of the accused"), _("Who he is to her")),
    ("accused2", _("Second accused: name"), _("Second accused: phone"), _("Second accused: who he is to her")),
    ("accused3", _("Third accused: name"), _("Third accused: phone"), _("Third accused: who he is to her")),
)
_ACCUSED_FIELDS = {
    f"{key}_{part}": field
    for key, name, phone, relation in _ACCUSED
    for part, field in (
        ("name", _text(name, 80)),
        ("phone", Phone(label=phone, required=False)),
        ("relation", _text(relation, 60)),
    )
}


class AccusedForm(type("AccusedFields", (forms.Form,), dict(_ACCUSED_FIELDS))):
    """Up to three accused."""

    def accused(self):
        """Those of them who are named or have a phone."""
        found = []
        for key, *_labels in _ACCUSED:
            accused = {name: self.cleaned_data[f"{key}_{name}"] for name in ("name", "phone", "relation")}
            if accused["name"] or accused["phone"]:
                found.append({"part": Person.Part.ACCUSED, "gender": Person.Gender.MALE, **accused})
        return found


class RegistrationForm(AccusedForm):
    """A complaint as the desk takes it down. `registration()` gives the arguments of Complaint.objects.register."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    nature = forms.ModelChoiceField(Nature.objects.none(), label=_("What is it about?"), empty_label=_("choose"))
    name = _text(_("Name of the complainant"), 80, help_text=_("Leave empty if she does not want to give it."))
    phone = Phone(label=_("Phone"), required=False)
    age = _ages()
    text = PlainText(
        label=_("What happened, in her words"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )

    guardian = _text(_("Name of father or husband"), 80)
    address = _text(_("Address"), 300)
    village = _text(_("Village or ward"), 80)
    other_phone = Phone(label=_("Another phone"), required=False)
    safe_contact = _text(_("When and how may we call her safely?"), 200)
    language = _text(_("Language she speaks"), 40)
    disability = forms.BooleanField(label=_("She has a disability"), required=False)

    gender = _gender(_("Complainant is a"))

    victim_name = _text(_("Name of the victim, if another person"), 80)
    victim_age = forms.IntegerField(label=_("Age of the victim"), min_value=0, max_value=120, required=False)
    victim_gender = _gender(_("Victim is a"))
    victim_disability = forms.BooleanField(label=_("The victim has a disability"), required=False)
    relation = _text(_("Relation of the complainant to her"), 60)

    source = forms.ChoiceField(label=_("How it came"), choices=Source.choices, initial=Source.WALK_IN)
    reference_from = _text(_("Number there"), 40)
    occurred_on = Day(label=_("Date it happened"), required=False)
    occurred_band = forms.TypedChoiceField(
        label=_("About what time"), choices=band_choices, coerce=int, empty_value=None, required=False
    )
    place_kind = forms.ChoiceField(
        label=_("Where it happened"), choices=[("", _("choose")), *PlaceKind.choices], required=False
    )
    place = _text(_("Place"), 200)
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=Urgency.choices, initial=Urgency.NORMAL, widget=forms.RadioSelect
    )
    sensitivity = forms.MultipleChoiceField(
        label=_("Sensitive because"), choices=Sensitivity.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    files = Papers(label=_("Papers she has brought (JPEG, PNG, PDF)"), required=False)
    confirmed = forms.BooleanField(label=_("It is a new complaint"), required=False)

    #: which fields stand together; the first group is all that most complaints need
    GROUPS = (
        ("", ("nature", "text", "name", "phone", "age", "urgency")),
        (_("More about the complainant"), ("guardian", "address", "village", "other_phone", "safe_contact", "language", "gender", "disability")),
        (_("The victim is another person"), ("victim_name", "victim_age", "victim_gender", "relation", "victim_disability")),
        (_("The accused"), tuple(name for name in _ACCUSED_FIELDS if name.startswith("accused_"))),
        (_("Second and third accused"), tuple(name for name in _ACCUSED_FIELDS if not name.startswith("accused_"))),
        (_("How it came, when and where"), ("source", "reference_from", "occurred_on", "occurred_band", "place_kind", "place", "sensitivity")),
        (_("Papers"), ("files",)),
    )  # fmt: skip

    def __init__(self, *args, at, **options):
        options.setdefault("initial", {}).setdefault("once", uuid.uuid4())
        super().__init__(*args, **options)
        self.at = at
        self.fields["nature"].queryset = Nature.objects.order_by("order")

    def groups(self):
        """(title, bound fields, whether something in it is filled in or wrong) for the page."""
        for title, names in self.GROUPS:
            fields = [self[name] for name in names]
            touched = any(
                field.errors or field.value() not in (None, "", [], False, field.field.initial) for field in fields
            )
            yield title, fields, touched

    def clean_occurred_on(self):
        day = self.cleaned_data["occurred_on"]
        if day and day > timezone.localdate(self.at):
            raise forms.ValidationError(_("This date lies in the future."))
        if day and day.year < 1950:
            raise forms.ValidationError(_("This date lies too far back."))
        return day

    def clean(self):
        data = super().clean()
        if not self.errors and identity.leaks(data["reference_from"], self.people()):
            self.add_error("reference_from", _("Give only the number: it is read far up the line, so it names nobody."))
        return data

    def facts(self):
        data = self.cleaned_data
        day = data["occurred_on"]
        facts = {
            name: data[name] for name in ("nature", "source", "reference_from", "place_kind", "urgency", "sensitivity")
        }
        facts["occurred_band"] = data["occurred_band"]
        facts["occurred_at"] = timezone.make_aware(datetime(day.year, day.month, day.day)) if day else None
        return facts

    def people(self):
        """The complainant, and the victim and the accused where they are named."""
        data = self.cleaned_data
        people = [{"part": Person.Part.COMPLAINANT, **{name: data[name] for name in self.GROUPS[1][1]}}]
        people[0] |= {name: data[name] for name in ("name", "phone", "age")}
        if data["victim_name"] or data["victim_age"] is not None:
            victim = {name: data[f"victim_{name}"] for name in ("name", "age", "gender", "disability")}
            people.append({"part": Person.Part.VICTIM, **victim})
            people[0]["relation"] = data["relation"]
        return people + self.accused()

    def account(self):
        return {"text": self.cleaned_data["text"], "place": self.cleaned_data["place"]}
