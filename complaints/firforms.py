"""Forms of the FIR record: taking one in, one form for each move, the list, the printed register."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.forms import NO_NAMES, DirectionField, MoveForm, ReasonForm
from complaints.models import FirDeadline, FirState, Note, Offence, PendingReason, Person, PlaceKind, Route
from complaints.models.document import judged
from complaints.models.fir import fir_number
from complaints.models.firclock import EXTENDABLE
from complaints.models.offence import GRAVITY
from complaints.registration import AccusedForm, Phone
from kendras import identity
from kendras.forms import Day, Moment, PlainText
from kendras.models import Charge, Role, User


def _text(label, most=200, **options):
    return PlainText(label=label, max_length=most, required=False, **options)


def officers(thana, day):
    """The officers of a thana who may investigate, on a day."""
    charges = Charge.objects.running(day).filter(unit=thana, role__in=(Role.SI, Role.INCHARGE, Role.SHO))
    return User.objects.filter(pk__in=charges.values("user_id")).order_by("name_en")


def by_gravity():
    """All offences for which an FIR is registered, the gravest first."""
    return sorted(Offence.objects.exclude(section="–"), key=lambda offence: (offence.gravity, offence.pk))


class Sections(forms.ModelMultipleChoiceField):
    """The sections of an FIR, to be ticked, the gravest first."""

    def __init__(self, **options):
        super().__init__(Offence.objects.all(), label=_("Sections"), widget=forms.CheckboxSelectMultiple, **options)

    def offer(self):
        self.choices = [(offence.pk, str(offence)) for offence in by_gravity()]


class FirForm(AccusedForm):
    """An FIR as it is taken into the record. `registration()` gives the arguments of Fir.objects.register."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    number = PlainText(label=_("FIR number"), max_length=20)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2099)
    gd_number = _text(_("GD number"), 20)
    informed_at = Moment(label=_("Information received"))
    registered_at = Moment(label=_("FIR registered"))
    offences = Sections()
    other_sections = _text(_("Other sections"), 120)
    woman_recorded = forms.BooleanField(label=_("A woman officer took the information down"), required=False)
    copy_given = forms.BooleanField(label=_("The informant got a free copy"), required=False)

    victim_name = _text(_("Name of the victim"), 80)
    victim_age = forms.IntegerField(label=_("Age of the victim"), min_value=0, max_value=120, required=False)
    victim_gender = forms.ChoiceField(label=_("Victim is a"), choices=Person.Gender.choices, required=False)
    victim_guardian = _text(_("Name of father or husband"), 80)
    victim_phone = Phone(label=_("Phone"), required=False)
    victim_address = _text(_("Address"), 300)
    victim_village = _text(_("Village or ward"), 80)
    victim_safe_contact = _text(_("When and how may we call her safely?"), 200)
    informant_name = _text(_("Name of the informant, if another person"), 80)
    informant_phone = Phone(label=_("Phone of the informant"), required=False)

    route = forms.ChoiceField(label=_("How it was registered"), choices=Route.choices, initial=Route.THANA)
    occurred_at = Moment(label=_("When it happened"), required=False)
    place_kind = forms.ChoiceField(
        label=_("Where it happened"), choices=[("", _("choose")), *PlaceKind.choices], required=False
    )
    place = _text(_("Place"), 200)
    text = PlainText(
        label=_("What the information says"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    assigned_to = forms.ModelChoiceField(User.objects.none(), label=_("Investigating officer"), required=False, empty_label=_("not named yet, or another officer"))  # fmt: skip
    officer_text = _text(_("Another officer: name and rank"), 80)
    confirmed = forms.BooleanField(label=_("The number is right as it stands"), required=False)

    _VICTIM = ("name", "age", "gender", "guardian", "phone", "address", "village", "safe_contact")

    #: which fields stand together; the first group is all that an FIR needs at once
    GROUPS = (
        ("", ("number", "year", "gd_number", "informed_at", "registered_at", "offences", "other_sections", "woman_recorded", "copy_given")),
        (_("The victim"), tuple(f"victim_{name}" for name in _VICTIM)),
        (_("The informant is another person"), ("informant_name", "informant_phone")),
        (_("The accused"), tuple(AccusedForm.base_fields)),
        (_("How, when, where, and what it says"), ("route", "occurred_at", "place_kind", "place", "text")),
        (_("The investigating officer"), ("assigned_to", "officer_text")),
    )  # fmt: skip
    PEOPLE = frozenset({1, 2, 3})

    def __init__(self, *args, at, thana, complaint=None, **options):
        initial = {"once": uuid.uuid4(), "year": timezone.localdate(at).year, "registered_at": at, "informed_at": at}
        if complaint:
            initial |= {"informed_at": complaint.received_at, "place_kind": complaint.place_kind}
            initial |= {"occurred_at": complaint.occurred_at, "assigned_to": complaint.assigned_to_id}
        super().__init__(*args, initial=initial, **options)
        self.at, self.complaint, self.odd = at, complaint, False
        self.fields["offences"].offer()
        self.fields["assigned_to"].queryset = officers(thana, timezone.localdate(at))

    def groups(self):
        """(title, bound fields, whether something in it is filled in or wrong) for the page."""
        for n, (title, names) in enumerate(self.GROUPS):
            if self.complaint and n in self.PEOPLE:
                continue
            fields = [self[name] for name in names]
            touched = self.is_bound and any(field.errors or field.data for field in fields)
            yield title, fields, touched or n == 1

    def clean(self):
        data = super().clean()
        informed, registered, happened = (data.get(k) for k in ("informed_at", "registered_at", "occurred_at"))
        for name, moment in (("informed_at", informed), ("registered_at", registered), ("occurred_at", happened)):
            if moment and moment > self.at:
                self.add_error(name, _("This lies in the future."))
        if informed and registered and informed > registered:
            self.add_error("informed_at", _("The information came after the registration: look at both times."))
        if happened and informed and happened > informed:
            self.add_error("occurred_at", _("It happened after the information came: look at both times."))
        if data.get("number"):
            data["number"], usual = fir_number(data["number"])
            self.odd = not usual
            if self.odd and not data["confirmed"]:
                self.add_error("number", _("This is not a usual number (four digits). Tick below if it is right."))
        if not self.errors:
            people = self.people()
            for name in ("gd_number", "other_sections", "officer_text"):
                if identity.leaks(data[name], people):
                    self.add_error(name, _("This names a person in the case."))
        return data

    def facts(self):
        """What Fir.objects.register takes as facts."""
        data = self.cleaned_data
        names = (
            "number", "year", "gd_number", "informed_at", "registered_at", "other_sections", "woman_recorded", "copy_given",
            "route", "occurred_at", "place_kind", "assigned_to",
        )  # fmt: skip
        facts = {name: data[name] for name in names}
        facts["offences"] = list(data["offences"])
        facts["officer_text"] = "" if data["assigned_to"] else data["officer_text"]
        return {**facts, "complaint": self.complaint} if self.complaint else facts

    def people(self):
        """The people of the form; those of the complaint it came from, where it came from one."""
        if self.complaint:
            return _as_in_an_fir(self.complaint.copied_people())
        data = self.cleaned_data
        victim = {name: data[f"victim_{name}"] for name in self._VICTIM}
        people = [{"part": Person.Part.VICTIM, **victim}] if victim["name"] or victim["age"] is not None else []
        if data["informant_name"] or data["informant_phone"]:
            informant = {"name": data["informant_name"], "phone": data["informant_phone"]}
            people.append({"part": Person.Part.COMPLAINANT, **informant})
        return people + self.accused()

    def account(self):
        return {"text": self.cleaned_data["text"], "place": self.cleaned_data["place"]}


def _as_in_an_fir(people):
    """The people of a complaint as an FIR needs them: where no victim is named, the complainant is the victim."""
    if any(person["part"] == Person.Part.VICTIM for person in people):
        return people
    turned = {Person.Part.COMPLAINANT: Person.Part.VICTIM}
    return [{**person, "part": turned.get(person["part"], person["part"])} for person in people]


# --- moves -----------------------------------------------------------------------------------------------------------


class KeyChoice(forms.ModelChoiceField):
    """A person in the case by the pseudonym."""

    def label_from_instance(self, person):
        return person.key


class MilestoneForm(MoveForm):
    """When, whom it concerns, its number, a remark: what is not asked for is left out."""

    on = Moment(label=_("When it happened"))
    person = KeyChoice(Person.objects.none(), label=_("Whom it concerns"), widget=forms.RadioSelect, empty_label=None)
    number = PlainText(label=_("Number"), max_length=60, required=False)
    text = PlainText(
        label=_("Remark"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_NAMES,
    )

    paper = forms.FileField(label=_("Paper (JPEG, PNG, PDF)"), required=False)

    def __init__(self, *args, step, at, **options):
        self.step = step
        super().__init__(*args, initial={"on": at}, **options)

    def prepare(self, fir, user, day):
        if self.step.about:
            people = fir.people.filter(part=self.step.about).order_by("id")
            self.fields["person"].queryset = people
            if len(people) == 1:
                self.initial["person"] = people[0].pk
        else:
            del self.fields["person"]
        if self.step.asks_number:
            self.fields["number"].label = self.step.asks_number
        else:
            del self.fields["number"]

    def clean_paper(self):
        if self.cleaned_data["paper"]:
            judged(self.cleaned_data["paper"])
        return self.cleaned_data["paper"]

    def arguments(self):
        data = super().arguments()
        del data["paper"]
        return data


class AssignForm(MoveForm):
    officer = forms.ModelChoiceField(User.objects.none(), label=_("Investigating officer"), required=False, empty_label=_("another officer"))  # fmt: skip
    officer_text = _text(_("Another officer: name and rank"), 80)

    def prepare(self, fir, user, day):
        self.fields["officer"].queryset = officers(fir.thana, day)
        self.initial |= {"officer": fir.assigned_to_id, "officer_text": fir.officer_text}


class SectionsForm(MoveForm):
    offences = Sections()
    other_sections = _text(_("Other sections"), 120)
    reason = PlainText(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text=NO_NAMES)

    def prepare(self, fir, user, day):
        self.fields["offences"].offer()
        self.initial |= {"offences": [row.pk for row in fir.offences.all()], "other_sections": fir.other_sections}

    def arguments(self):
        data = super().arguments()
        return {**data, "offences": list(data["offences"])}


class PersonForm(MoveForm):
    """One more person in the case."""

    part = forms.ChoiceField(label=_("Part in the case"), choices=Person.Part.choices, initial=Person.Part.ACCUSED)
    name = _text(_("Name"), 80)
    guardian = _text(_("Name of father or husband"), 80)
    phone = Phone(label=_("Phone"), required=False)
    address = _text(_("Address"), 300)
    age = forms.IntegerField(label=_("Age in years"), min_value=0, max_value=120, required=False)
    gender = forms.ChoiceField(label=_("Gender"), choices=Person.Gender.choices, initial=Person.Gender.MALE)

    def arguments(self):
        data = super().arguments()
        key = {name: data.pop(name) for name in ("once", "version")}
        return {**key, "person": data}


class PendingForm(MoveForm):
    pending_reason = forms.ChoiceField(
        label=_("Why it is pending"), choices=PendingReason.choices, widget=forms.RadioSelect
    )
    text = PlainText(label=_("Remark"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=NO_NAMES)  # fmt: skip


class FirFollowUpForm(MoveForm):
    text = PlainText(
        label=_("What was done or is to be done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), help_text=NO_NAMES
    )  # fmt: skip
    next_on = Day(label=_("Next date"), required=False)
    answers = DirectionField(Note.objects.none(), label=_("Answers the direction"), required=False)

    def prepare(self, fir, user, day):
        directions = fir.notes.filter(kind=Note.Kind.DIRECTION, answer=None).order_by("at")
        if directions:
            self.fields["answers"].queryset = directions
        else:
            del self.fields["answers"]


class FirDirectForm(MoveForm):
    text = PlainText(label=_("Direction"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), help_text=NO_NAMES)  # fmt: skip
    next_on = Day(label=_("To be done by"))


class ClockChoice(forms.ModelChoiceField):
    """A running clock of the FIR, with whom it concerns and when it falls due."""

    def label_from_instance(self, clock):
        person = f" · {clock.person.key}" if clock.person else ""
        return f"{clock}{person} · {timezone.localtime(clock.due_at):%d-%m-%Y %H:%M}"


class ExtendClockForm(MoveForm):
    clock = ClockChoice(FirDeadline.objects.none(), label=_("Clock"), widget=forms.RadioSelect, empty_label=None)
    until = Day(label=_("New date"))
    reason = PlainText(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text=NO_NAMES)

    def prepare(self, fir, user, day):
        clocks = fir.deadlines.running().filter(clock__in=EXTENDABLE).select_related("person").order_by("due_at")
        self.fields["clock"].queryset = clocks
        if len(clocks) == 1:
            self.initial["clock"] = clocks[0].pk


FIR_FORMS = {
    "assign_fir": AssignForm,
    "amend_sections": SectionsForm,
    "add_person": PersonForm,
    "pending_reason": PendingForm,
    "investigate_further": ReasonForm,
    "suspect_false": ReasonForm,
    "waive_counselling": ReasonForm,
    "extend_clock": ExtendClockForm,
    "follow_up": FirFollowUpForm,
    "direct": FirDirectForm,
}


# --- list and register -----------------------------------------------------------------------------------------------


class FirFilterForm(forms.Form):
    """The filters a person sets by hand; links from other pages may carry more (complaints.firlists.FIR_FILTERS)."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *FirState.choices], required=False)
    head = forms.ChoiceField(label=_("Head"), required=False)
    reason = forms.ChoiceField(label=_("Why it is pending"), choices=[("", _("all")), *PendingReason.choices], required=False)  # fmt: skip
    late = forms.BooleanField(label=_("Late only"), required=False)
    over_limit = forms.BooleanField(label=_("Pending over two months (BNSS 193)"), required=False)
    bail = forms.BooleanField(label=_("Default bail within ten days"), required=False)
    # "from" is a word of Python, so these two are put in by name
    locals()["from"] = Day(label=_("Registered from"), required=False)
    locals()["to"] = Day(label=_("Registered up to"), required=False)

    def __init__(self, *args, heads, **options):
        super().__init__(*args, **options)
        self.fields["head"].choices = [("", _("all")), *heads.items()]


def head_names():
    """{head code: name}, the gravest first."""
    names = {offence.head: offence.head_name for offence in Offence.objects.all()}
    return {code: names[code] for code in GRAVITY if code in names}
