"""A state's worth of made-up complaints, written by PostgreSQL itself so that three million take minutes.

For benchmarks and trials only. Skewed like the real thing: city thanas receive many times what a quiet one does, most
complaints are old and closed, a few natures make most of the work, a few outcomes hardly ever happen. The people are
drawn from a small pool of sealed identities, so every row opens and can be found by name like a real one.
"""

import random

from django.db import connection, transaction
from django.utils import timezone

from complaints.models import Account, Complaint, Deadline, Identity, NameToken, Nature, Note, Person, Serial
from kendras import identity
from kendras.models import Charge, Level, Role, Unit, User

SLOTS = 100_000
POOL = 2_000

#: relative frequency of natures (domain: demo distribution of heads), everything else shares the rest
NATURE_WEIGHTS = {
    "domestic_violence": 17,
    "dowry_harassment": 14,
    "family_dispute": 20,
    "elopement": 12,
    "missing": 8,
    "modesty": 6,
    "teasing": 10,
    "stalking": 3,
    "pocso": 4,
    "rape": 2,
    "assault": 8,
    "cyber": 2,
    "acid_attack": 0.002,
}

_GIVEN = [
    "सीमा",
    "गीता",
    "रेखा",
    "पूजा",
    "सुनीता",
    "अनीता",
    "कविता",
    "राधा",
    "मीना",
    "रीना",
    "शबनम",
    "फ़ातिमा",
    "नेहा",
    "प्रियंका",
    "ज्योति",
    "आरती",
    "लक्ष्मी",
    "किरण",
    "ममता",
    "सरोज",
]
_FAMILY = [
    "देवी",
    "कुमारी",
    "यादव",
    "वर्मा",
    "शर्मा",
    "सिंह",
    "मौर्या",
    "पाल",
    "बानो",
    "खातून",
    "गुप्ता",
    "मिश्रा",
    "तिवारी",
    "सरोज",
    "निषाद",
]

#: the tables that are filled, children after their parents
_TABLES = (Complaint, Account, Person, Identity, NameToken, Deadline, Note)


def make_state(complaints, *, at, seed=38):
    """Write `complaints` made-up complaints received in the five years before `at`. PostgreSQL only, map loaded.

    Raises ValueError where the database, the map or an empty complaint table does not allow it.
    """
    check_ground()
    if Complaint.objects.exists():
        raise ValueError("there are complaints in this database already: use an empty one")
    make_staff(at)
    dice = random.Random(seed)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [seed / 1000])
        lay_out_people(cursor, dice)
        parked = park_indexes(cursor, _TABLES)
        for statement in _FILL:
            cursor.execute(statement, {"n": complaints, "at": at, "slots": SLOTS, "pool": POOL})
        for statement in parked:
            cursor.execute(statement)
        _set_sequences(cursor)
    with connection.cursor() as cursor:
        for model in (*_TABLES, Serial):
            cursor.execute(f"VACUUM (ANALYZE) {model._meta.db_table}")


def check_ground():
    """Raise ValueError where the database is not PostgreSQL or the map and the natures are not loaded."""
    if connection.vendor != "postgresql":
        raise ValueError("the generator needs PostgreSQL: set DATABASE_URL")
    if not Unit.objects.thanas().exists() or not Nature.objects.exists():
        raise ValueError("load the map and the natures first: manage.py load_map, manage.py load_offences")


def make_staff(at):
    """An in-charge, two sub-inspectors and a desk constable, without passwords, for each kendra that has nobody."""
    taken = set(Charge.objects.filter(role=Role.INCHARGE).values_list("unit_id", flat=True))
    roles = (Role.INCHARGE, Role.SI, Role.SI, Role.DESK)
    posts = [
        (thana, role, n)
        for thana in Unit.objects.filter(level=Level.THANA, kendra__isnull=False).exclude(pk__in=taken)
        for n, role in enumerate(roles)
    ]
    users = User.objects.bulk_create(
        User(
            username=f"g{t.pk}-{n}",
            name_en=f"{role.value} {t.name_en}",
            name_hi=f"{role.label} {t.name_hi}",
            password="!",  # noqa: S106 (nobody can sign in with it)
        )
        for t, role, n in posts
    )
    day = timezone.localdate(at)
    Charge.objects.bulk_create(
        Charge(user=user, role=role, unit=thana, starts_on=day, standing=Charge.Standing.CONFIRMED)
        for user, (thana, role, _n) in zip(users, posts, strict=True)
    )


def lay_out_people(cursor, dice):
    """The temporary tables of thanas, natures, officers, people and accounts, of which rows are drawn."""
    _lay_out_slots(cursor, dice)
    _lay_out_pool(cursor, dice)


def _lay_out_slots(cursor, dice):
    """gen_slot: one of 100,000 slots → thana; busy thanas hold many slots, quiet ones few (log-normal)."""
    thanas = list(Unit.objects.filter(level=Level.THANA, kendra__isnull=False).values_list("pk", flat=True))
    weights = [dice.lognormvariate(0, 0.8) for _thana in thanas]
    drawn = dice.choices(thanas, weights, k=SLOTS)
    temporary(cursor, "gen_slot", "slot int, thana_id bigint", enumerate(drawn))
    natures = dict(Nature.objects.values_list("code", "pk"))
    rest = [code for code in natures if code not in NATURE_WEIGHTS]
    weights = {**NATURE_WEIGHTS, **{code: 6 / len(rest) for code in rest}}
    drawn = dice.choices([natures[code] for code in weights], list(weights.values()), k=SLOTS)
    temporary(cursor, "gen_nature", "slot int, nature_id bigint", enumerate(drawn))
    officers = Charge.objects.filter(role=Role.SI).values_list("unit_id", "user_id").order_by("pk")
    by_thana = {}
    for thana, user in officers:
        by_thana.setdefault(thana, []).append(user)
    rows = [(thana, users[0], users[-1]) for thana, users in by_thana.items()]
    temporary(cursor, "gen_officer", "thana_id bigint, first_id int, second_id int", rows)


def _lay_out_pool(cursor, dice):
    """gen_person: sealed identities and their tokens; gen_account: sealed accounts."""
    people = []
    for n in range(POOL):
        name = f"{dice.choice(_GIVEN)} {dice.choice(_FAMILY)}"
        phone = f"9{n:04d}{dice.randrange(10**5):05d}"
        tokens = sorted(identity.tokens_of(name, (phone,)))
        sealed = identity.seal({"name": name, "phone": phone, "address": "मोहल्ला नया"})
        people.append((n, sealed.hex(), "{" + ",".join(map(str, tokens)) + "}"))
    temporary(cursor, "gen_person", "n int, sealed text, tokens bigint[]", people)
    accounts = [(n, identity.seal({"text": "प्रार्थना पत्र का विवरण " * 6, "pin": "123456"}).hex()) for n in range(POOL)]
    temporary(cursor, "gen_account", "n int, sealed text", accounts)


def temporary(cursor, name, columns, rows):
    """A table for the length of the transaction, filled with rows."""
    cursor.execute(f"CREATE TEMP TABLE {name} ({columns}) ON COMMIT DROP")
    rows = list(rows)
    marks = "(" + ",".join(["%s"] * len(rows[0])) + ")"
    for start in range(0, len(rows), 1000):
        part = rows[start : start + 1000]
        cursor.execute(
            f"INSERT INTO {name} VALUES " + ",".join([marks] * len(part)), [value for row in part for value in row]
        )
    cursor.execute(f"ANALYZE {name}")


def park_indexes(cursor, models):
    """Drop foreign keys and plain indexes of the tables to fill; returns the statements that bring them back."""
    tables = [model._meta.db_table for model in models]
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])",
        [tables],
    )
    keys = cursor.fetchall()
    cursor.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisunique",
        [tables],
    )
    indexes = cursor.fetchall()
    for table, name, _definition in keys:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in indexes] + [
        f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in keys
    ]


def _set_sequences(cursor):
    for model in (Complaint, Person, NameToken, Deadline, Note, Serial):
        table = model._meta.db_table
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest((SELECT max(id) FROM {table}), 1))"
        )


_DICE = """
CREATE TEMP TABLE gen_row ON COMMIT DROP AS
WITH dice AS MATERIALIZED (
    SELECT %(at)s::timestamptz - make_interval(days => floor(power(random(), 1.15) * 1826)::int)
               - make_interval(secs => random() * 36000 + 3600) AS received_at,
           floor(random() * %(slots)s)::int AS thana_slot, floor(random() * %(slots)s)::int AS nature_slot,
           floor(random() * %(pool)s)::int AS person_n, floor(random() * %(pool)s)::int AS accused_n,
           random() AS fate, random() AS pace, random() AS kind, random() AS mood
    FROM generate_series(1, %(n)s)
), aged AS (
    SELECT dice.*, s.thana_id, k.nature_id, u.circle_id, u.district_id, u.police_range_id, u.zone_id,
           extract(year FROM received_at AT TIME ZONE 'Asia/Kolkata')::int AS year,
           received_at + make_interval(secs => 86400 * (0.5 + 16 * pace * pace)) AS could_end,
           CASE WHEN fate < 0.004 THEN 'stuck' WHEN fate < 0.03 THEN 'slow' ELSE 'usual' END AS course
    FROM dice
    JOIN gen_slot s ON s.slot = thana_slot
    JOIN gen_nature k ON k.slot = nature_slot
    JOIN kendras_unit u ON u.id = s.thana_id
), ended AS (
    SELECT aged.*, CASE WHEN course = 'stuck' THEN NULL
                        WHEN course = 'slow' AND could_end + interval '60 days' <= %(at)s
                            THEN could_end + interval '60 days'
                        WHEN course = 'usual' AND could_end <= %(at)s THEN could_end END AS disposed_at
    FROM aged
)
SELECT row_number() OVER (ORDER BY received_at) AS id,
       row_number() OVER (PARTITION BY thana_id, year ORDER BY received_at) AS serial,
       ended.*,
       CASE WHEN disposed_at + interval '2 days' <= %(at)s
                 AND (mood < 0.93 OR disposed_at + interval '45 days' <= %(at)s AND mood < 0.998)
            THEN disposed_at + make_interval(secs => 172800 * pace) END AS feedback_at
FROM ended
"""

_FILL_COMPLAINTS = """
INSERT INTO complaints_complaint (id, thana_id, circle_id, district_id, police_range_id, zone_id, serial, year,
    reference, once, pin_token, received_at, registered_by_id, source, reference_from, nature_id, urgency, sensitivity,
    protects_identity, occurred_at, place_kind, state, version, assigned_to_id, handover_pending, outcome,
    outcome_number, first_action_at, decided_at, disposed_at, disposal_due_at, feedback_at, satisfied, closed_at,
    reopened_at, reopened, next_on, due_at, warn_at, due_clock)
SELECT r.id, r.thana_id, r.circle_id, r.district_id, r.police_range_id, r.zone_id, r.serial, r.year,
    upper(lpad(to_hex((r.id * 2654435761) %% 1099511627776), 10, '0')), gen_random_uuid(), (random() * 9e18)::bigint, r.received_at, o.first_id,
    (ARRAY['walk_in','walk_in','walk_in','walk_in','igrs','igrs','1090','112','112','181','office','samadhan','beat',
           'chaupal','post'])[1 + floor(r.kind * 15)::int],
    '', r.nature_id, CASE WHEN r.mood < 0.05 THEN 'danger' WHEN r.mood < 0.2 THEN 'urgent' ELSE 'normal' END, '',
    n.protects_identity, r.received_at - interval '1 day',
    (ARRAY['home','home','in_laws','street','market','school','online','other'])[1 + floor(r.pace * 8)::int],
    CASE WHEN r.feedback_at IS NOT NULL AND r.pace < 0.98 THEN 'closed' WHEN r.feedback_at IS NOT NULL THEN 'fed_back'
         WHEN r.disposed_at IS NOT NULL THEN 'disposed' WHEN r.kind < 0.2 THEN 'registered'
         WHEN r.kind < 0.45 THEN 'assigned' WHEN r.kind < 0.8 THEN 'enquiry' WHEN r.kind < 0.92 THEN 'decided'
         ELSE 'carried_out' END,
    CASE WHEN r.disposed_at IS NULL THEN 2 ELSE 7 END,
    CASE WHEN r.disposed_at IS NULL AND r.kind < 0.2 THEN NULL WHEN r.mood < 0.5 THEN o.first_id ELSE o.second_id END,
    false,
    CASE WHEN r.disposed_at IS NULL AND r.kind < 0.8 THEN ''
         WHEN n.bars_settlement THEN (ARRAY['fir','fir','fir','ncr','no_action','other_dept'])[1 + floor(r.mood * 6)::int]
         WHEN r.mood < 0.0005 THEN 'mediation'
         ELSE (ARRAY['counselling','counselling','counselling','ppk','ncr','fir','no_action','other_dept'])
              [1 + floor(r.mood * 8)::int] END,
    '', r.received_at + interval '5 hours',
    CASE WHEN r.disposed_at IS NOT NULL THEN r.received_at + (r.disposed_at - r.received_at) * 0.7 END,
    r.disposed_at, r.received_at + interval '10 days', r.feedback_at,
    CASE WHEN r.feedback_at IS NOT NULL THEN r.mood < 0.7 END,
    CASE WHEN r.feedback_at IS NOT NULL AND r.pace < 0.98 THEN r.feedback_at + interval '1 hour' END,
    NULL, 0, NULL,
    CASE WHEN r.disposed_at IS NULL THEN r.received_at + interval '10 days'
         WHEN r.feedback_at IS NULL THEN r.disposed_at + interval '3 days' END,
    CASE WHEN r.disposed_at IS NULL THEN r.received_at + interval '8 days'
         WHEN r.feedback_at IS NULL THEN r.disposed_at + interval '2 days' END,
    CASE WHEN r.disposed_at IS NULL THEN 'complaint_disposal' WHEN r.feedback_at IS NULL THEN 'feedback_call' ELSE '' END
FROM gen_row r
JOIN gen_officer o ON o.thana_id = r.thana_id
JOIN complaints_nature n ON n.id = r.nature_id
ORDER BY r.id
"""

_FILL = (
    _DICE,
    _FILL_COMPLAINTS,
    """INSERT INTO complaints_serial (thana_id, year, last)
       SELECT thana_id, year, max(serial) FROM gen_row GROUP BY thana_id, year""",
    """INSERT INTO complaints_account (complaint_id, sealed)
       SELECT r.id, decode(a.sealed, 'hex') FROM gen_row r JOIN gen_account a ON a.n = r.person_n""",
    """INSERT INTO complaints_person (id, complaint_id, part, serial, gender, age_band, disability)
       SELECT 2 * id - 1, id, 'complainant', 1, 'female',
              (ARRAY['18-24','25-44','25-44','45-59','60+'])[1 + floor(pace * 5)::int], false FROM gen_row
       UNION ALL SELECT 2 * id, id, 'accused', 1, 'male', '', false FROM gen_row WHERE mood < 0.6""",
    """INSERT INTO complaints_identity (person_id, sealed)
       SELECT 2 * r.id - 1, decode(p.sealed, 'hex') FROM gen_row r JOIN gen_person p ON p.n = r.person_n
       UNION ALL SELECT 2 * r.id, decode(p.sealed, 'hex') FROM gen_row r JOIN gen_person p ON p.n = r.accused_n
       WHERE r.mood < 0.6""",
    """INSERT INTO complaints_nametoken (token, thana_id, complaint_id, person_id)
       SELECT unnest(p.tokens), r.thana_id, r.id, 2 * r.id - 1
       FROM gen_row r JOIN gen_person p ON p.n = r.person_n""",
    """INSERT INTO complaints_deadline (complaint_id, clock, started_at, due_at, warn_at, first_due_at, met_at, void_at)
       SELECT id, 'complaint_disposal', received_at, received_at + interval '10 days', received_at + interval '8 days',
              received_at + interval '10 days', disposed_at, NULL::timestamptz FROM gen_row
       UNION ALL SELECT id, 'feedback_call', disposed_at, disposed_at + interval '3 days',
              disposed_at + interval '2 days', disposed_at + interval '3 days', feedback_at, NULL::timestamptz
       FROM gen_row WHERE disposed_at IS NOT NULL""",
    """INSERT INTO complaints_note (complaint_id, kind, at, by_id, role, text)
       SELECT r.id, 'action', r.disposed_at, o.first_id, 'si', 'दोनों पक्षों को सुनकर विधिक कार्यवाही की गयी।'
       FROM gen_row r JOIN gen_officer o ON o.thana_id = r.thana_id WHERE r.disposed_at IS NOT NULL""",
)
