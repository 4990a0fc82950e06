"""What a complaint and an FIR have in common: people under pseudonyms, their sealed identities, and who may read them."""

from django.db import transaction
from django.utils.translation import gettext

from complaints.models.people import IDENTITY_FIELDS, Identity, NameToken, Person, age_band
from complaints.models.reveal import Reveal
from kendras import identity
from kendras.models import Entry, Placed
from kendras.workflow import NamesPerson, Refused, refuse_guessing, telling


class CaseFile(Placed):
    """A case with `people`, `account`, `reveals`, `notes` and `documents`; `CASE` is what their foreign keys call it."""

    CASE = ""

    class Meta:
        abstract = True

    def take_along(self, *, by, at):
        """Place the rows that go with this case where the case lies now.

        A model whose rows go along says in `GOES_WITH_CASE` how its foreign key to the case is reached ("" for its own);
        one of which something ends with the move says so in `case_arrived(case, by, at)`.
        """
        for model in Placed.tables():
            way = getattr(model, "GOES_WITH_CASE", None)
            if way is not None:
                rows = model._base_manager.filter(**{f"{way}{self.CASE}": self})
                rows.update(thana=self.thana, **self.thana.ancestor_columns())
            if hasattr(model, "case_arrived"):
                model.case_arrived(self, by=by, at=at)

    # --- people --------------------------------------------------------------------------------------------------

    def add_people(self, people):
        """Store people with their identities sealed and their look-up tokens; returns the Person rows.

        people: dicts with part, gender, age (years), disability and the fields of `Identity`.
        """
        return [self._add_person(facts) for facts in people]

    def _add_person(self, facts):
        serial = self.people.filter(part=facts["part"]).count() + 1
        accused = facts["part"] == Person.Part.ACCUSED
        person = self.people.create(
            part=facts["part"],
            serial=serial,
            gender=facts.get("gender") or Person.Gender.FEMALE,
            age_band=age_band(facts.get("age")),
            disability=facts.get("disability", False),
            who=identity.who(facts.get("name", ""), facts.get("phone", "")) if accused else None,
        )
        matter = {field: facts[field] for field in IDENTITY_FIELDS if facts.get(field)}
        Identity.objects.create(person=person, sealed=identity.seal(matter))
        tokens = identity.tokens_of(facts.get("name", ""), (facts.get("phone"), facts.get("other_phone")))
        case = {self.CASE: self}
        NameToken.objects.bulk_create(
            NameToken(token=token, thana=self.thana, person=person, **case) for token in tokens
        )
        return person

    def copied_people(self):
        """The people of this case as dicts for another case's `add_people`. Never for a page."""
        rows = self.people.select_related("identity").order_by("id")
        return [
            {
                "part": row.part,
                "gender": row.gender,
                "disability": row.disability,
                **identity.unseal(row.identity.sealed),
            }
            for row in rows
        ]

    # --- identity ------------------------------------------------------------------------------------------------

    def sealed_people(self):
        """The unsealed identities: for leak checks inside the domain, never for a page."""
        rows = Identity.objects.filter(person__in=self.people.values("pk"))
        return [identity.unseal(row.sealed) for row in rows]

    def refuse_names(self, *texts, by, at):
        """Raise NamesPerson where a text that others will read names a person in this case.

        Who must ask for the identity learns neither which word it was nor, after a few refusals, anything more.
        """
        texts = [text for text in texts if text]
        if not texts:
            return
        bounded = identity.reading(by, self) is not identity.Reading.HANDLES
        if bounded:
            refuse_guessing(self, by=by, at=at)
        if self.names_anyone(*texts):
            message = gettext(
                "The text names a person in this case. Write “victim”, “complainant” or “accused” instead."
            )
            raise NamesPerson(message, about=self, bounded=bounded)

    def names_anyone(self, *texts):
        """Whether one of the texts names a person in this case. For what is not told to whoever wrote it."""
        texts = [text for text in texts if text]
        if not texts:
            return False
        people, known = [*self.sealed_people(), self._sealed_places()], self.known_places()
        return any(identity.leaks(text, people, known) for text in texts)

    def _sealed_places(self):
        """Where it was, as an address that a text must not hold either."""
        account = self._accounts().filter(**{self.CASE: self}).first()
        return {"address": identity.unseal(account.sealed).get("place", "")} if account else {}

    def known_places(self):
        """The names of its units: a text may hold them, though a person's address does too."""
        units = [self.thana, self.circle, self.district]
        return " ".join(name for unit in units for name in (unit.name_hi, unit.name_en))

    def may_read_identity(self, user, at):
        """How far the user may go now: an agreed request counts as handling the case until it ends."""
        how_far = identity.reading(user, self)
        if how_far is identity.Reading.ASKS and self.reveals.open_to(user, at).exists():
            return identity.Reading.HANDLES
        return how_far

    @transaction.atomic
    def read_identity(self, *, by, at, purpose):
        """Unseal everything in this case for one reading, written on the trail in the same transaction.

        Returns {"people": [(Person, dict)], "account": dict}. Raises Refused unless the user may read it now.
        """
        if self.may_read_identity(by, at) is not identity.Reading.HANDLES:
            raise Refused(gettext("You may not read the identity in this case."), "right")
        details = {"purpose": purpose}
        Entry.objects.write(action=f"{self.CASE}.read_identity", by=by, at=at, subject=self, details=details)
        people = self.people.select_related("identity").order_by("id")
        account = self._accounts().filter(**{self.CASE: self}).first()
        return {
            "people": [(person, identity.unseal(person.identity.sealed)) for person in people],
            "account": identity.unseal(account.sealed) if account else {},
        }

    def ask_identity(self, *, by, at, reason):
        """Ask a second officer to agree to a reading; one request at a time. Raises Refused."""
        with telling(self, by=by, at=at):
            return self._ask_identity(by, at, reason)

    def _ask_identity(self, by, at, reason):
        if identity.reading(by, self) is not identity.Reading.ASKS:
            raise Refused(gettext("You may not ask to read the identity in this case."), "right")
        # before the names: who has asked already learns nothing from a second reason
        if self.reveals.filter(asked_by=by, state=Reveal.State.ASKED).exists():
            raise Refused(gettext("You have asked already; the answer is awaited."))
        self.refuse_names(reason, by=by, at=at)
        reveal = self.reveals.create(thana=self.thana, asked_by=by, asked_at=at, reason=reason)
        Entry.objects.write(action="reveal.ask", by=by, at=at, subject=self, reason=reason)
        return reveal

    def keep_account(self, matter):
        """Seal what was said: its text and place, and whatever else names people."""
        self._accounts().create(sealed=identity.seal(matter), **{self.CASE: self})

    @classmethod
    def _accounts(cls):
        return cls._meta.get_field("account").related_model.objects
