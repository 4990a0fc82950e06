"""People in a case: a pseudonym that everyone may read, and apart from it the sealed identity."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kendras import identity
from kendras.models import Unit


def one_case(name):
    """The constraint that a row belongs to a complaint or to an FIR, and not to both."""
    either = models.Q(complaint=None, fir__isnull=False) | models.Q(complaint__isnull=False, fir=None)
    return models.CheckConstraint(condition=either, name=name)


class Person(models.Model):
    """One person in a complaint, as far as everyone who sees the case may know: a key such as «पीड़िता-1»."""

    class Part(models.TextChoices):
        COMPLAINANT = "complainant", _("Complainant")
        VICTIM = "victim", _("Victim")
        ACCUSED = "accused", _("Accused")
        WITNESS = "witness", _("Witness")

    class Gender(models.TextChoices):
        FEMALE = "female", _("Woman or girl")
        MALE = "male", _("Man or boy")
        OTHER = "other", _("Other")

    class AgeBand(models.TextChoices):
        CHILD = "0-11", _("under 12 years")
        TEEN = "12-15", _("12 to 15 years")
        MINOR = "16-17", _("16 or 17 years")
        YOUNG = "18-24", _("18 to 24 years")
        ADULT = "25-44", _("25 to 44 years")
        MIDDLE = "45-59", _("45 to 59 years")
        ELDER = "60+", _("60 years or more")
        UNKNOWN = "", _("age not known")

    complaint = models.ForeignKey("complaints.Complaint", models.CASCADE, null=True, related_name="people")
    fir = models.ForeignKey("complaints.Fir", models.CASCADE, null=True, related_name="people")
    part = models.CharField(_("part in the case"), max_length=12, choices=Part.choices)
    serial = models.PositiveSmallIntegerField(default=1)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender.choices, default=Gender.FEMALE)
    age_band = models.CharField(_("age"), max_length=6, choices=AgeBand.choices, blank=True, default="")
    disability = models.BooleanField(_("person with a disability"), default=False)
    #: of an accused: the same number for the same phone, or the same name of two words or more, in every case
    who = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("person in a case")
        verbose_name_plural = _("people in a case")
        constraints = [
            models.UniqueConstraint(fields=["complaint", "part", "serial"], name="person_one_key"),
            models.UniqueConstraint(fields=["fir", "part", "serial"], name="person_one_key_in_fir"),
            one_case("person_one_case"),
        ]
        indexes = [models.Index(fields=["who"], condition=models.Q(who__isnull=False), name="person_who")]

    def __str__(self):
        return self.key

    @property
    def key(self):
        """The pseudonym: «पीड़िता-1»."""
        return f"{self.get_part_display()}-{self.serial}"

    @property
    def key_code(self):
        """The pseudonym as the trail keeps it, in no language: victim-1."""
        return f"{self.part}-{self.serial}"

    @property
    def is_minor(self):
        return self.age_band in (self.AgeBand.CHILD, self.AgeBand.TEEN, self.AgeBand.MINOR)


def age_band(years):
    """The band for an age in whole years; unknown for None."""
    bands = Person.AgeBand
    if years is None:
        return bands.UNKNOWN
    limits = ((12, bands.CHILD), (16, bands.TEEN), (18, bands.MINOR), (25, bands.YOUNG), (45, bands.ADULT))
    for limit, band in (*limits, (60, bands.MIDDLE)):
        if years < limit:
            return band
    return bands.ELDER


#: what is sealed of a person
IDENTITY_FIELDS = (
    "name", "guardian", "relation", "address", "village", "phone", "other_phone", "safe_contact", "age", "language",
)  # fmt: skip


class Identity(models.Model):
    """Everything that could make a person known, sealed: read only through `CaseFile.read_identity`.

    The sealed dict: name, guardian, relation, address, village, phone, other_phone, safe_contact, age, language.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="identity")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")


class Account(models.Model):
    """What she said, in her words, and where it was: sealed like an identity, because it names people.

    The sealed dict: text, place, accused_known, pin.
    """

    complaint = models.OneToOneField("complaints.Complaint", models.CASCADE, primary_key=True, related_name="account")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("account of a case")
        verbose_name_plural = _("accounts of cases")


class FirAccount(models.Model):
    """What the information says, sealed. The sealed dict: text, place."""

    fir = models.OneToOneField("complaints.Fir", models.CASCADE, primary_key=True, related_name="account")
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("account of an FIR")
        verbose_name_plural = _("accounts of FIRs")


class NameTokenQuerySet(models.QuerySet):
    def bearing(self, *, name="", phone=""):
        """Tokens of persons who carry `phone`, else of those who bear every word of `name`, within this set."""
        number = identity.phone_key(phone)
        if number:
            return self.filter(token=identity.token("phone", number))
        keys = identity.name_keys(name)
        if not keys:
            return self.none()
        first, *others = sorted(identity.token("name", key) for key in keys)
        found = self.filter(token=first)
        for other in others:
            found = found.filter(person_id__in=self.filter(token=other).values("person_id"))
        return found

    def matching(self, *, name="", phone="", thanas):
        """Ids of complaints in `thanas` where one person bears every word of `name`, or that carry `phone`.

        Matches across scripts and spellings; never says whose name matched.
        """
        found = self.filter(thana__in=thanas).bearing(name=name, phone=phone)
        return found.filter(complaint__isnull=False).values("complaint_id")


class NameToken(models.Model):
    """A keyed token of a name word or phone, for finding a case without storing the name in the clear."""

    token = models.BigIntegerField()
    thana = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    complaint = models.ForeignKey("complaints.Complaint", models.CASCADE, null=True, related_name="tokens")
    fir = models.ForeignKey("complaints.Fir", models.CASCADE, null=True, related_name="tokens")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)

    objects = NameTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("look-up token")
        verbose_name_plural = _("look-up tokens")
        indexes = [
            models.Index(fields=["token", "thana", "complaint"], name="nametoken_lookup"),
            models.Index(fields=["token", "thana", "fir"], name="nametoken_lookup_fir"),
        ]
        constraints = [one_case("nametoken_one_case")]
