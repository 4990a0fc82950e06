"""A demonstration on the real map: people of Agra for every role, and three months of complaints of four kendras.

Everything goes through the real calls, so what is seen here is what the software does. Never for a system in use.
"""

import random
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from complaints.models import Complaint, Fir, Nature, Offence, Outcome, Preventive, PreventiveKind
from complaints.models.moves import barred_outcomes
from kendras.models import Charge, Level, Role, Unit, User
from kendras.workflow import Refused, move
from reports.demo_counselling import counsel, hold_mandatory
from reports.demo_firs import make_company
from reports.demo_support import make_support
from reports.ledger import month_of, shift
from reports.models import BuildRun

#: the password of every demonstration account
PASSWORD = "mission-shakti-demo"  # noqa: S105

#: user name, role, place (thana in English, or a level above Hari Parvat), English and Hindi name
PEOPLE = (
    ("hema", Role.DESK, "Hari Parvat", "Hema Yadav", "हेमा यादव"),
    ("ila", Role.SI, "Hari Parvat", "Ila Saxena", "इला सक्सेना"),
    ("indu", Role.SI, "Hari Parvat", "Indu Rathore", "इन्दु राठौर"),
    ("asha", Role.INCHARGE, "Hari Parvat", "Asha Tyagi", "आशा त्यागी"),
    ("omprakash", Role.SHO, "Hari Parvat", "Omprakash Singh", "ओमप्रकाश सिंह"),
    ("bela", Role.DESK, "Tajganj", "Bela Pal", "बेला पाल"),
    ("binu", Role.SI, "Tajganj", "Binu Sharma", "बीनू शर्मा"),
    ("bina", Role.INCHARGE, "Tajganj", "Bina Chauhan", "बीना चौहान"),
    ("neetu", Role.INCHARGE, "Lohamandi", "Neetu Solanki", "नीतू सोलंकी"),
    ("kanta", Role.INCHARGE, "Sikandara", "Kanta Verma", "कान्ता वर्मा"),
    ("charu", Role.CO, Level.CIRCLE, "Charu Agarwal", "चारु अग्रवाल"),
    ("divya", Role.NODAL, Level.DISTRICT, "Divya Mishra", "दिव्या मिश्रा"),
    ("esha", Role.SP, Level.DISTRICT, "Esha Verma", "ईशा वर्मा"),
    ("farah", Role.IG, Level.POLICE_RANGE, "Farah Naqvi", "फ़राह नक़वी"),
    ("zoya", Role.ADG, Level.ZONE, "Zoya Husain", "ज़ोया हुसैन"),
    ("hina", Role.HQ, Level.STATE, "Hina Kaul", "हिना कौल"),
    ("gita", Role.COUNSELLOR, Level.DISTRICT, "Gita Joshi", "गीता जोशी"),
    ("suman", Role.SYSADMIN, Level.STATE, "Suman Rai", "सुमन राय"),
    ("gauri", Role.COUNSELLOR, Level.DISTRICT, "Gauri Dixit", "गौरी दीक्षित"),
)

_NAMES = [
    "सीमा देवी",
    "पूजा कुमारी",
    "रुखसाना बेगम",
    "अनीता सिंह",
    "Kavita Yadav",
    "सुनीता देवी",
    "आरती शर्मा",
    "नेहा गुप्ता",
    "फ़रज़ाना",
    "मीरा पाल",
]
_STORIES = (
    "पति शराब पीकर मारपीट करते हैं और दहेज की माँग करते हैं।",
    "कोचिंग जाते समय दो लड़के रोज पीछा करते हैं और फब्तियाँ कसते हैं।",
    "ससुराल वालों ने घर से निकाल दिया है, बच्चे भी नहीं दे रहे।",
    "अनजान नम्बर से बार-बार अश्लील फोन आ रहे हैं।",
    "पड़ोसी ने रास्ते में रोककर गाली दी और जान से मारने की धमकी दी।",
)
_NATURES = [
    "domestic_violence",
    "dowry_harassment",
    "family_dispute",
    "teasing",
    "stalking",
    "phone_harassment",
    "assault",
    "modesty",
    "elopement",
    "missing",
    "cyber",
    "pocso",
    "neighbour",
    "property",
]
_SOURCES = [
    "walk_in",
    "walk_in",
    "walk_in",
    "walk_in",
    "igrs",
    "igrs",
    "1090",
    "112",
    "181",
    "office",
    "beat",
    "samadhan",
]


def make_demo(at):
    """Make the people and, where there is no complaint yet, the complaints and last month's reports of all units.

    Returns how many complaints were made.
    """
    with transaction.atomic():
        people = make_people(at)
    if Complaint.objects.exists():
        return 0
    dice = random.Random(38)
    made = 0
    for key, number in (("asha", 60), ("bina", 45), ("neetu", 20), ("kanta", 15)):
        made += _complaints_of(people[key], number, at, dice)
    for key, number in (("asha", 18), ("bina", 12), ("neetu", 6), ("kanta", 5)):
        _firs_of(people[key], number, at, dice)
    counsel(people, at, dice)
    make_support(people, at, dice)
    make_company(people, at)
    run, _made = BuildRun.objects.ask(shift(month_of(at), -1), by=None, at=at)
    while run.build_next(at=at):
        pass
    return made


def make_people(at):
    """The accounts of PEOPLE that are not there yet, each in its charge; Asha also acts as SHO for a while."""
    home = Unit.objects.get(level=Level.THANA, name_en="Hari Parvat", district__name_en="Agra")
    people = {}
    for n, (key, role, place, name_en, name_hi) in enumerate(PEOPLE):
        unit = _unit(home, place)
        user, made = User.objects.get_or_create(
            username=key,
            defaults={"name_en": name_en, "name_hi": name_hi, "pno": f"0920{n:05d}", "must_change_password": False},
        )
        if made:
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
            since = timezone.localdate(at) - timedelta(days=500)
            Charge(user=user, role=role, unit=unit, starts_on=since, order_number="DEMO/1").start(by=None, at=at)
            if key == "asha":
                Charge(
                    user=user, role=Role.SHO, unit=unit, kind=Charge.Kind.ACTING, starts_on=since, order_number="DEMO/2"
                ).start(by=None, at=at)
        people[key] = User.objects.select_related("charge__unit").get(pk=user.pk)
    return people


def _unit(home, place):
    if place == Level.STATE:
        return Unit.objects.get(level=Level.STATE)
    if place in Level.values:
        return getattr(home, place)
    return Unit.objects.get(level=Level.THANA, name_en=place, district=home.district)


def _complaints_of(head, number, at, dice):
    """Complaints of one kendra over a hundred days, each gone as far as its age and the officer's diligence bring it."""
    thana = head.acting.unit
    officers = list(
        User.objects.filter(charges__unit=thana, charges__role__in=(Role.SI, Role.INCHARGE)).select_related(
            "charge__unit"
        )
    )
    ages = sorted((timedelta(days=100 * dice.random() ** 1.6) for _n in range(number)), reverse=True)
    for age in ages:
        received = at - age - timedelta(minutes=1)
        complaint = _take_down(head, received, dice)
        _carry_on(complaint, head, dice.choice(officers), at, dice)
    return number


def _take_down(head, at, dice):
    nature = Nature.objects.get(code=dice.choice(_NATURES))
    age = dice.choice((14, 16)) if nature.code == "pocso" else dice.randint(18, 60)
    person = {"part": "complainant", "name": dice.choice(_NAMES), "phone": f"9{dice.randrange(10**9):09d}", "age": age}
    complaint, _pin = Complaint.objects.register(
        thana=head.acting.unit,
        by=head,
        at=at,
        once=uuid.UUID(int=dice.getrandbits(128), version=4),
        facts={
            "source": dice.choice(_SOURCES),
            "nature": nature,
            "urgency": "danger" if dice.random() < 0.06 else "urgent" if dice.random() < 0.2 else "normal",
            "place_kind": dice.choice(("home", "in_laws", "street", "school", "online", "")),
            "occurred_at": at - timedelta(hours=dice.randint(1, 40)),
            "occurred_band": dice.choice((4, 6, 7, 7, 8, 9, 10, None)),
        },
        people=[person],
        account={"text": dice.choice(_STORIES), "place": ""},
    )
    return complaint


#: sections of the demonstration's FIRs, about as frequent as the heads are (domain: scale)
_SECTIONS = (
    ("BNS85", "BNS115", "DP3"), ("BNS85", "BNS115"), ("BNS85",), ("BNS87", "BNS137"), ("BNS137",), ("BNS74", "BNS115"),
    ("BNS74",), ("BNS78",), ("BNS79",), ("POCSO8", "BNS74"), ("POCSO4", "BNS64"), ("BNS64",), ("BNS80", "DP3"), ("IT66E",),
)  # fmt: skip
_ACCUSED = ["राजू पाल", "सोनू यादव", "विकास सिंह", "इमरान", "दीपक कुमार", "Ravi Sharma", "मनोज गुप्ता"]


def _firs_of(head, number, at, dice):
    """FIRs of one kendra over five months, each gone as far as its age and the officer's diligence bring it."""
    thana = head.acting.unit
    officers = [*_of_role(thana, Role.SI), head]
    ages = sorted((timedelta(days=150 * dice.random() ** 1.4) for _n in range(number)), reverse=True)
    for n, age in enumerate(ages, start=1):
        registered = at - age - timedelta(hours=1)
        fir = _take_fir(head, n, registered, dice)
        if dice.random() < 0.92:
            fir = move(fir, "assign_fir", by=head, at=registered + timedelta(minutes=30), officer=dice.choice(officers))
        _investigate(fir, head, at, dice)
        _bind_over(fir, head, at, dice)


def _of_role(thana, role):
    rows = User.objects.filter(charges__unit=thana, charges__role=role)
    return list(rows.select_related("charge__unit"))


def _take_fir(head, n, at, dice):
    codes = dice.choice(_SECTIONS)
    minor = codes[0].startswith(("POCSO", "BNS137"))
    girl = {
        "part": "victim",
        "name": dice.choice(_NAMES),
        "age": dice.choice((14, 16)) if minor else dice.randint(19, 45),
    }
    man = {
        "part": "accused",
        "gender": "male",
        "name": dice.choice(_ACCUSED),
        "phone": f"97000000{dice.randrange(30):02d}",
    }
    return Fir.objects.register(
        thana=head.acting.unit,
        by=head,
        at=at,
        once=uuid.UUID(int=dice.getrandbits(128), version=4),
        facts={
            "number": f"{40 + 3 * n:04d}", "year": timezone.localtime(at).year, "informed_at": at - timedelta(minutes=50),
            "registered_at": at, "offences": list(Offence.objects.filter(code__in=codes)), "gd_number": f"{dice.randint(1, 60)}",
            "place_kind": dice.choice(("home", "in_laws", "street", "school", "online", "")),
            "woman_recorded": dice.random() < 0.9, "copy_given": dice.random() < 0.9,
        },
        people=[girl, man],
        account={"text": dice.choice(_STORIES), "place": ""},
    )  # fmt: skip


def _investigate(fir, head, at, dice):
    """The milestones of an investigation, each after its usual time, until one would lie in the future."""
    people = {person.part: person for person in fir.people.all()}
    steps = (
        ("cwc_told", 0.6), ("medical_sent", 0.7), ("scene_visit", 1), ("statement_police", 2), ("statement_magistrate", 4),
        ("medical_report", 7), ("arrest", 12), ("remand", 13), ("fsl_sent", 15), ("recovered", 20), ("progress_told", 40),
        ("fsl_received", 45), ("charge_sheet", 62), ("cognizance", 90),
    )  # fmt: skip
    for name, days in steps:
        moment = fir.registered_at + timedelta(days=days * (0.5 + 0.8 * dice.random()))
        if moment > at or dice.random() < 0.12 or (name.startswith("medical") and "medical" not in fir.flags):
            continue
        try:
            fir = move(fir, name, by=head, at=moment, on=moment, person=people.get(Fir.MOVES[name].about))
        except Refused:  # not of these sections, or what it follows did not happen
            continue


def _bind_over(fir, head, at, dice):
    """Preventive action against some of the accused, part of it bound by a bond."""
    on = timezone.localdate(fir.registered_at + timedelta(days=dice.randint(2, 20)))
    if on > timezone.localdate(at) or dice.random() > 0.4:
        return
    man = fir.people.get(part="accused")
    kind = dice.choice((PreventiveKind.PEACE, PreventiveKind.PEACE, PreventiveKind.GOONDA, PreventiveKind.WARNING))
    terms = {"authority": "सहायक पुलिस आयुक्त", "by": head, "at": at}
    action = Preventive.objects.start(fir, man, kind=kind, on=on, **terms)
    if kind == PreventiveKind.PEACE and dice.random() < 0.6:
        until = on + timedelta(days=dice.choice((150, 180, 365)))
        move(action, "bind", by=head, at=at, on=on, amount=50_000, until=until)


def _carry_on(complaint, head, officer, at, dice):
    """Take the steps one after the other until one would lie in the future, or nobody cares."""
    outcome = dice.choice([o for o in Outcome if o not in barred_outcomes(complaint)])
    steps = (
        ("assign", head, 0.6, {"officer": officer}),
        ("start_enquiry", officer, 1.0, {}),
        ("decide", officer, 4.0, {"outcome": outcome, "reason": "दोनों पक्षों को सुना गया, साक्ष्य देखे गये।"}),
        ("carry_out", officer, 2.0, {"text": "निर्णय के अनुसार विधिक कार्यवाही की गयी।", "number": f"{dice.randint(1, 400):04d}/{at.year}"}),
        ("dispose", officer, 1.0, {"reason": "प्रकरण का विधिवत निस्तारण किया गया।"}),
        ("feedback", head, 2.0, {"satisfied": dice.random() < 0.78, "text": "आवेदिका ने फोन पर अपनी बात विस्तार से बतायी।"}),
        ("close", head, 1.0, {"reason": "पर्यवेक्षण के पश्चात बन्द किया गया।"}),
    )  # fmt: skip
    moment = complaint.received_at
    for name, by, days, data in steps:
        moment += timedelta(days=days * (0.2 + 2 * dice.random()))
        if moment > at or dice.random() < 0.06:
            return
        if name == "dispose" and complaint.owes_counselling:
            if dice.random() < 0.4:
                return
            hold_mandatory(complaint, head, moment)
        if name == "close" and not complaint.satisfied:
            name, data = "reopen", {"reason": "आवेदिका सन्तुष्ट नहीं है, पुनः जाँच की जायेगी।"}
        complaint = move(complaint, name, by=by, at=moment, **data)
