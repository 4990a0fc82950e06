"""Forms of the ground floor: signing in, passwords, units, rules, accounts and charges."""

import re
import unicodedata
from datetime import date

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from kendras.identity import DIGITS
from kendras.models import ROLE_LEVEL, Charge, Role, Unit, User
from kendras.models.units import PARENT_LEVELS

#: what no text of ours holds: controls except line breaks and tabs
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def plain(text, most=None):
    """Text as we take it in: without control characters, in composed form, trimmed, cut after `most` signs."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text or "")).strip()[:most]


class PlainText(forms.CharField):
    """Text without control characters, in composed form; refuses what is longer than its field."""

    def to_python(self, value):
        return plain(super().to_python(value))


class DateInput(forms.DateInput):
    """A date as every browser asks for it."""

    input_type = "date"

    def __init__(self, **options):
        super().__init__(format="%Y-%m-%d", **options)


class Day(forms.DateField):
    """A day in a time that a case or a charge can lie in; a slip of the finger in the year is refused."""

    widget = DateInput
    FIRST, LAST = date(1900, 1, 1), date(2099, 12, 31)

    def clean(self, value):
        day = super().clean(value)
        if day and not self.FIRST <= day <= self.LAST:
            raise forms.ValidationError(_("Look at the year of this date."))
        return day


class Moment(forms.DateTimeField):
    """A day and an hour in Indian time, as every browser asks for them."""

    def __init__(self, **options):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], widget=widget, **options)

    def to_python(self, value):
        try:
            moment = super().to_python(value)
        except OverflowError:
            raise forms.ValidationError(_("Look at the year of this date.")) from None
        if moment and not Day.FIRST.year <= moment.year <= Day.LAST.year:
            raise forms.ValidationError(_("Look at the year of this date."))
        return moment


def read_day(text):
    """The day "YYYY-MM-DD" or the first day of "YYYY-MM" of an address; None for anything else and for odd years."""
    text = text or ""
    try:
        day = date.fromisoformat(f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        return None
    return day if Day.FIRST <= day <= Day.LAST else None


class LoginForm(forms.Form):
    username = forms.CharField(label=_("PNO, user name or mobile"), max_length=150)
    password = forms.CharField(label=_("Password"), strip=False, max_length=200, widget=forms.PasswordInput)

    def clean_username(self):
        return self.cleaned_data["username"].translate(DIGITS)


class PasswordForm(forms.Form):
    """A new password of one's own, twice; the old one proves who is sitting there."""

    old = forms.CharField(label=_("Present password"), strip=False, max_length=200, widget=forms.PasswordInput)
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput,
        help_text=_("At least 10 characters: three words that only you think of are good."),
    )
    again = forms.CharField(label=_("New password once more"), strip=False, max_length=200, widget=forms.PasswordInput)

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user = user

    def clean_old(self):
        if not self.user.check_password(self.cleaned_data["old"]):
            raise forms.ValidationError(_("The present password is not right."))
        return self.cleaned_data["old"]

    def clean_new(self):
        validate_password(self.cleaned_data["new"], self.user)
        return self.cleaned_data["new"]

    def clean(self):
        data = super().clean()
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("The two do not match."))
        if data.get("new") and data.get("new") == data.get("old"):
            self.add_error("new", _("The new password must be another one."))
        return data


class UnitForm(forms.ModelForm):
    class Meta:
        model = Unit
        fields = ["name_hi", "name_en", "provisional"]
        field_classes = {"name_hi": PlainText, "name_en": PlainText}


class MoveUnitForm(forms.Form):
    parent = forms.ModelChoiceField(Unit.objects.none(), label=_("Under"))
    on = Day(label=_("from the date"))
    reason = PlainText(label=_("Reason or order"), max_length=500)

    def __init__(self, *args, unit, **options):
        super().__init__(*args, **options)
        levels = PARENT_LEVELS[unit.level]
        self.fields["parent"].queryset = Unit.objects.filter(level__in=levels).order_by("level", "name_en")


class RuleForm(forms.Form):
    amount = forms.IntegerField(label=_("New value"), min_value=1, max_value=10_000)
    reason = PlainText(label=_("Reason or order"), max_length=500, widget=forms.Textarea)


class AccountForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["username", "name_hi", "name_en", "pno", "mobile"]
        field_classes = {"name_hi": PlainText, "name_en": PlainText, "pno": PlainText, "mobile": PlainText}
        help_texts = {"username": _("Letters, digits and . _ - only.")}

    def clean_pno(self):
        return self.cleaned_data["pno"] or None

    def clean_mobile(self):
        mobile = (self.cleaned_data["mobile"] or "").translate(DIGITS)
        if mobile and not re.fullmatch(r"[6-9][0-9]{9}", mobile):
            raise forms.ValidationError(_("A mobile number has ten digits and begins with 6 to 9."))
        return mobile or None


class ChargeForm(forms.ModelForm):
    """A charge; the unit is named by its code, which the list of units shows."""

    unit = forms.CharField(label=_("Code of the unit"), max_length=16)

    class Meta:
        model = Charge
        fields = ["role", "unit", "kind", "starts_on", "ends_on", "order_number"]
        field_classes = {"starts_on": Day, "ends_on": Day, "order_number": PlainText}
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}

    def clean_unit(self):
        unit = Unit.objects.filter(code__iexact=self.cleaned_data["unit"].strip()).first()
        if unit is None:
            raise forms.ValidationError(_("There is no unit with this code."))
        return unit

    def clean(self):
        data = super().clean()
        role, unit = data.get("role"), data.get("unit")
        if role and unit and unit.level != ROLE_LEVEL[Role(role)]:
            self.add_error("unit", _("This role sits at another level of unit."))
        return data


class EndChargeForm(forms.Form):
    on = Day(label=_("Last day"))
    reason = PlainText(label=_("Reason or order"), max_length=500)


class AnswerForm(forms.Form):
    """The answer to a charge that waits: "confirm", or "refuse" with the reason."""

    charge = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=[("confirm", ""), ("refuse", "")], widget=forms.HiddenInput)
    reason = PlainText(label=_("Why not"), max_length=500, required=False)

    def clean(self):
        data = super().clean()
        if data.get("answer") == "refuse" and not data.get("reason"):
            self.add_error("reason", _("Say why you do not confirm the charge."))
        return data
