"""Forms of applications for compensation: beginning one, one form for each step."""

import re
import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.firforms import KeyChoice
from complaints.forms import NO_NAMES, MoveForm
from complaints.models import Person
from counselling.models import DelayReason, Paper, Scheme, helped_people
from kendras.forms import Day, PlainText
from kendras.identity import DIGITS

#: rupees that a form takes at most: ten crore
_MOST = 100_000_000


class StartForm(forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    person = KeyChoice(Person.objects.none(), label=_("For whom"), widget=forms.RadioSelect, empty_label=None)
    scheme = forms.ModelChoiceField(
        Scheme.objects.none(), label=_("Scheme"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, case, **options):
        people = helped_people(case)
        super().__init__(*args, initial={"once": uuid.uuid4(), "person": people.first()}, **options)
        self.fields["person"].queryset = people
        self.fields["scheme"].queryset = Scheme.objects.paying()


class BankForm(MoveForm):
    """Where the money goes. What is typed here is sealed and is not shown again without an entry on the trail."""

    holder = PlainText(label=_("Name as in the passbook"), max_length=80, required=False)
    bank = PlainText(label=_("Bank and branch"), max_length=120, required=False)
    account = PlainText(label=_("Account number"), max_length=20)
    ifsc = PlainText(label=_("IFSC"), max_length=11)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in ("holder", "bank", "account", "ifsc"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_account(self):
        number = re.sub(r"[\s-]", "", self.cleaned_data["account"].translate(DIGITS))
        if not re.fullmatch(r"[0-9]{9,18}", number):
            raise forms.ValidationError(_("An account number has 9 to 18 digits."))
        return number

    def clean_ifsc(self):
        code = self.cleaned_data["ifsc"].upper()
        if not re.fullmatch(r"[A-Z]{4}0[A-Z0-9]{6}", code):
            raise forms.ValidationError(_("An IFSC has eleven signs, the fifth is a zero: SBIN0001234."))
        return code

    def arguments(self):
        data = dict(self.cleaned_data)
        bank = {name: data.pop(name) for name in ("holder", "bank", "account", "ifsc")}
        return {**data, "bank": bank}


class StepForm(MoveForm):
    """What a step asks for; the fields it does not ask for fall away."""

    papers = forms.MultipleChoiceField(
        label=_("Papers at hand"), choices=Paper.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    on = Day(label=_("Date"))
    amount = forms.IntegerField(label=_("Amount (rupees)"), min_value=1, max_value=_MOST)
    number = PlainText(label=_("Number"), max_length=60, required=False)
    delay = forms.ChoiceField(label=_("Why it takes long"), choices=DelayReason.choices, widget=forms.RadioSelect)
    text = PlainText(label=_("Remark"), max_length=500, required=False, help_text=NO_NAMES)
    reason = PlainText(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_NAMES)

    #: step → the fields that it asks for
    ASKS = {
        "papers": {"papers"},
        "apply": {"on", "number"},
        "enquired": {"on"},
        "sanction": {"on", "amount", "number"},
        "refuse": {"on", "reason"},
        "instalment": {"on", "amount"},
        "pay_rest": {"on"},
        "delay": {"delay", "text"},
        "give_up": {"reason"},
    }

    def __init__(self, *args, case, step, day, **options):
        first = {"on": day, "papers": case.papers.split(), "delay": case.delay}
        super().__init__(*args, case=case, day=day, initial=first, **options)
        asked = self.ASKS[step.name] | {"once", "version"}
        for name in set(self.fields) - asked:
            del self.fields[name]
