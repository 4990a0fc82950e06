"""A small Uttar Pradesh with a named cast, for the tests.

State UP
└ Agra Zone ─ Agra Range ─┬ Agra (commissionerate) ─┬ Circle Hari Parvat: Hari Parvat (Asha), Lohamandi
  │                       │                         └ Circle Tajganj: Tajganj (Bina)
  │                       └ Mathura ─ Circle Vrindavan: Vrindavan (Kamla)
  └ Noida (commissionerate, directly under the zone) ─ Circle Dadri: Dadri
└ Lucknow Zone ─ Lucknow Range ─ Unnao ─ Circle Safipur: Safipur
"""

import copy
import uuid
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from complaints.models import Complaint, Fir, Nature, Offence
from complaints.offenceloader import load_offences
from kendras.maploader import DATA, Sheet, _add_rules
from kendras.models import Charge, Kendra, Level, Role, Unit, User
from kendras.workflow import move

INDIA = ZoneInfo("Asia/Kolkata")

#: the moment at which most tests play: a Monday morning
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=INDIA)

_UNITS = [
    # key, level, parent, English, Hindi, kind
    ("up", Level.STATE, None, "Uttar Pradesh Police", "उत्तर प्रदेश पुलिस", "state"),
    ("agra_zone", Level.ZONE, "up", "Agra Zone", "आगरा जोन", "zone"),
    ("lucknow_zone", Level.ZONE, "up", "Lucknow Zone", "लखनऊ जोन", "zone"),
    ("agra_range", Level.POLICE_RANGE, "agra_zone", "Agra Range", "आगरा परिक्षेत्र", "range"),
    ("lucknow_range", Level.POLICE_RANGE, "lucknow_zone", "Lucknow Range", "लखनऊ परिक्षेत्र", "range"),
    ("agra", Level.DISTRICT, "agra_range", "Agra", "आगरा", "commissionerate"),
    ("mathura", Level.DISTRICT, "agra_range", "Mathura", "मथुरा", "district"),
    ("noida", Level.DISTRICT, "agra_zone", "Gautam Buddha Nagar", "गौतमबुद्धनगर", "commissionerate"),
    ("unnao", Level.DISTRICT, "lucknow_range", "Unnao", "उन्नाव", "district"),
    ("c_hariparvat", Level.CIRCLE, "agra", "Circle Hari Parvat", "सर्किल हरिपर्वत", ""),
    ("c_tajganj", Level.CIRCLE, "agra", "Circle Tajganj", "सर्किल ताजगंज", ""),
    ("c_vrindavan", Level.CIRCLE, "mathura", "Circle Vrindavan", "सर्किल वृन्दावन", ""),
    ("c_dadri", Level.CIRCLE, "noida", "Circle Dadri", "सर्किल दादरी", ""),
    ("c_safipur", Level.CIRCLE, "unnao", "Circle Safipur", "सर्किल सफीपुर", ""),
    ("hariparvat", Level.THANA, "c_hariparvat", "Hari Parvat", "हरिपर्वत", "territorial"),
    ("lohamandi", Level.THANA, "c_hariparvat", "Lohamandi", "लोहामण्डी", "territorial"),
    ("tajganj", Level.THANA, "c_tajganj", "Tajganj", "ताजगंज", "territorial"),
    ("vrindavan", Level.THANA, "c_vrindavan", "Vrindavan", "वृन्दावन", "territorial"),
    ("dadri", Level.THANA, "c_dadri", "Dadri", "दादरी", "territorial"),
    ("safipur", Level.THANA, "c_safipur", "Safipur", "सफीपुर", "territorial"),
]

_CAST = [
    # key, role, unit, Hindi name
    ("hema", Role.DESK, "hariparvat", "हेमा यादव"),
    ("ila", Role.SI, "hariparvat", "इला सक्सेना"),
    ("indu", Role.SI, "hariparvat", "इन्दु राठौर"),
    ("asha", Role.INCHARGE, "hariparvat", "आशा त्यागी"),
    ("omprakash", Role.SHO, "hariparvat", "ओमप्रकाश सिंह"),
    ("bina", Role.INCHARGE, "tajganj", "बीना चौहान"),
    ("bela", Role.DESK, "tajganj", "बेला पाल"),
    ("kamla", Role.INCHARGE, "vrindavan", "कमला जाट"),
    ("charu", Role.CO, "c_hariparvat", "चारु अग्रवाल"),
    ("divya", Role.NODAL, "agra", "दिव्या मिश्रा"),
    ("esha", Role.SP, "agra", "ईशा वर्मा"),
    ("mala", Role.SP, "mathura", "माला गौतम"),
    ("farah", Role.IG, "agra_range", "फ़राह नक़वी"),
    ("zoya", Role.ADG, "agra_zone", "ज़ोया हुसैन"),
    ("hina", Role.HQ, "up", "हिना कौल"),
    ("gita", Role.COUNSELLOR, "agra", "गीता जोशी"),
    ("sysa", Role.SYSADMIN, "up", "सुमन सिस्टम"),
]

#: what makes the victim of `world.complaint()` known; a leak test looks for each of them
SECRETS = {
    "name": "सीमा गुप्ता",
    "guardian": "रमेश गुप्ता",
    "address": "१२ पीपल वाली गली",
    "village": "नगला धनी",
    "phone": "9812345678",
}
STORY = "मेरे पति शराब पीकर मारते हैं"


class World(SimpleNamespace):
    """Units and people by name, and what they do most."""

    def complaint(self, *, at=NOW, by=None, nature="domestic_violence", people=None, facts=None, text=STORY):
        """Register one complaint through the real call; by default Hema takes down Seema's at Hari Parvat."""
        by = by or self.hema
        complaint, _pin = Complaint.objects.register(
            thana=by.acting.unit,
            by=by,
            at=at,
            once=uuid.uuid4(),
            facts={"source": "walk_in", "nature": Nature.objects.get(code=nature), **(facts or {})},
            people=people or [{"part": "complainant", "age": 30, **SECRETS}],
            account={"text": text, "place": "घर"},
        )
        return complaint

    def at_state(self, state, *, at=NOW, by=None, outcome="counselling", satisfied=True, **facts):
        """A complaint brought to `state` by the people of its kendra, an hour a step."""
        complaint = self.complaint(at=at, by=by, **facts)
        here = {charge.role: charge.user for charge in Charge.objects.filter(unit=complaint.thana).order_by("-pk")}
        head, officer = here[Role.INCHARGE], here.get(Role.SI, here[Role.INCHARGE])
        steps = [
            ("assigned", "assign", head, {"officer": officer}),
            ("enquiry", "start_enquiry", officer, {}),
            ("decided", "decide", officer, {"outcome": outcome, "reason": "दोनों पक्ष सुने गये हैं"}),
            ("carried_out", "carry_out", officer, {"text": "दोनों पक्षों को समझाया गया", "number": "0001/2026"}),
            ("disposed", "dispose", officer, {"reason": "प्रकरण का निस्तारण किया गया"}),
            ("fed_back", "feedback", head, {"satisfied": satisfied, "text": "उसने कहा कि वह सन्तुष्ट है"}),
            ("closed", "close", head, {"reason": "पर्यवेक्षण के बाद बन्द किया"}),
        ]
        for reached, name, by_whom, data in steps:
            if complaint.state == state:
                break
            at += timedelta(hours=1)
            complaint = move(complaint, name, by=by_whom, at=at, **data)
            assert complaint.state == reached
        return complaint

    def fir(self, *codes, at=NOW, by=None, people=None, number=None, informed=None, **facts):
        """Take an FIR under the sections `codes` into the record at `at`; by default POCSO 4 with a girl of 14 and one accused."""
        by = by or self.asha
        people = people or [
            {"part": "victim", "age": 14, **SECRETS},
            {"part": "accused", "gender": "male", "name": "राजू पाल", "phone": "9700000001"},
        ]
        made = Fir.objects.filter(thana=by.acting.unit).count()
        return Fir.objects.register(
            thana=by.acting.unit,
            by=by,
            at=at,
            once=uuid.uuid4(),
            facts={
                "number": number or f"{made + 1:04d}",
                "year": at.year,
                "informed_at": informed or at,
                "registered_at": at,
                "offences": list(Offence.objects.filter(code__in=codes or ["POCSO4"])),
                **facts,
            },
            people=people,
            account={"text": STORY, "place": "घर"},
        )

    def client(self, user):
        """A signed-in browser without JavaScript."""
        client = Client()
        client.force_login(user, backend="kendras.jurisdiction.LoginBackend")
        return client

    def fresh(self, user):
        """The user as the next request would see her."""
        return User.objects.select_related("charge__unit").get(pk=user.pk)


def build():
    """Store the small state and its cast. Needs an empty database inside a test."""
    world = World(now=NOW)
    for key, level, parent, name_en, name_hi, kind in _UNITS:
        unit = Unit.objects.create(
            level=level,
            code=key,
            name_en=name_en,
            name_hi=name_hi,
            kind=kind,
            parent=getattr(world, parent or "", None),
        )
        setattr(world, key, unit)
    Kendra.objects.bulk_create(Kendra(thana=thana) for thana in Unit.objects.thanas())
    _add_rules(Sheet.read(DATA / "rules.csv", ("code",)))
    load_offences()
    for n, (key, role, unit, name_hi) in enumerate(_CAST):
        setattr(world, key, person(key, role, getattr(world, unit), name_hi, pno=f"2026000{n:02d}"))
    world.root = User.objects.create_superuser(
        "root", "", "a root password", name_en="Root", name_hi="रूट", must_change_password=False
    )
    return world


def person(key, role, unit, name_hi, pno=None):
    """An account that acts in one charge; its password is "<key> password"."""
    user = User(username=key, name_en=key.title(), name_hi=name_hi, pno=pno, must_change_password=False)
    user.set_password(f"{key} password")
    user.save()
    charge = Charge(user=user, role=role, unit=unit, starts_on=NOW.date() - timedelta(days=400), standing="confirmed")
    charge.save()
    user.charge = charge
    user.save(update_fields=["charge"])
    return user


@pytest.fixture
def world(db, monkeypatch):
    """The small state at NOW: the clock stands still for views too."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return build()


@contextmanager
def laid_out_once(blocker, add):
    """The small state with what `add(world)` lays out in it, once for all tests of a module, each of which rolls back to it.

    For a fixture of the module's; `blocker` is pytest-django's. Yields (world, what add gave): tests take copies.
    """
    with blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(timezone, "now", lambda: NOW)
        world = build()
        yield world, add(world)
        transaction.set_rollback(True)


def copied(laid_out, monkeypatch):
    """The world of `laid_out_once` and what lies in it for one test, which may change its copy."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return copy.deepcopy(laid_out)
