"""A state's worth of made-up FIRs, written by PostgreSQL itself beside the complaints of reports.generator.

For benchmarks and trials only. The heads are as frequent as in the domain's demo distribution; flags, limits and clocks come
from the real code and the Rule rows, so a generated FIR looks to every list like one that was recorded. About five clocks
and four milestones each; most investigations are old and over, a few are stuck.
"""

import random

from django.db import connection, transaction

from complaints.models import Accused, Fir, FirAccount, FirDeadline, Identity, Milestone, NameToken, Offence, Person
from complaints.models.fir import FROM_THE_FIR
from complaints.models.firclock import CLOCKS, OF_INVESTIGATION
from kendras.models import Rule
from reports.generator import POOL, SLOTS, check_ground, lay_out_people, make_staff, park_indexes, temporary

#: relative frequency of charges (domain: demo distribution of FIR heads, per cent)
CHARGES = (
    (31, ("BNS85", "BNS115", "DP3")), (23, ("BNS87", "BNS137")), (16, ("BNS74",)), (11, ("POCSO4",)), (5, ("BNS64",)),
    (3, ("BNS80",)), (4, ("BNS78",)), (2, ("IT66E",)), (5, ("TRIPLE",)),
)  # fmt: skip

_TABLES = (Fir, Fir.offences.through, FirAccount, Person, Identity, NameToken, FirDeadline, Milestone, Accused)


def make_firs(firs, *, at, seed=38):
    """Write `firs` made-up FIRs registered in the five years before `at`. PostgreSQL only, map and offences loaded.

    Raises ValueError where the database, the map or FIRs that are there already do not allow it.
    """
    check_ground()
    if Fir.objects.exists():
        raise ValueError("there are FIRs in this database already: use an empty one")
    make_staff(at)
    dice = random.Random(seed)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [seed / 1000])
        lay_out_people(cursor, dice)
        _lay_out_charges(cursor, dice, at)
        cursor.execute("SELECT coalesce(max(id), 0) FROM complaints_person")
        known = {"n": firs, "at": at, "slots": SLOTS, "pool": POOL, "people": cursor.fetchone()[0]}
        parked = park_indexes(cursor, _TABLES)
        for statement in _FILL:
            cursor.execute(statement, known)
        for statement in parked:
            cursor.execute(statement)
        for model in (Fir, Fir.offences.through, Person, NameToken, FirDeadline, Milestone, Accused):
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest((SELECT max(id) FROM {table}), 1))"
            )
    with connection.cursor() as cursor:
        for model in _TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {model._meta.db_table}")


def _lay_out_charges(cursor, dice, at):
    """gen_charge: what each kind of FIR carries; gen_kind: slot → kind; gen_cited: its sections; gen_law: its clocks."""
    rules = Rule.objects.by_code()
    charges, cited, laws = [], [], []
    for kind, (_weight, codes) in enumerate(CHARGES):
        offences = list(Offence.objects.filter(code__in=codes))
        fir = Fir(informed_at=at, registered_at=at, route="thana")
        fir.work_out(offences, "", rules["investigation_2m"])
        charges.append(
            (
                kind,
                fir.head,
                fir.heads,
                fir.flags,
                fir.sections_text,
                fir.two_month,
                fir.bail_at_90,
                fir.protects_identity,
            )
        )
        cited += [(kind, offence.pk) for offence in offences]
        laws += [_law(kind, law, rules[law.clock]) for law in CLOCKS if law.starts in FROM_THE_FIR and law.fits(fir)]
        bail = "default_bail_90" if fir.bail_at_90 else "default_bail_60"
        laws.append(_remanded(kind, bail, rules[bail]))
        laws += [(kind, "follow_up", "1 day", "0", f"{n * 12} days", "", "done") for n in (1, 2)]
    columns = "kind int, head text, heads text, flags text, sections text, two_month bool, bail_90 bool, protects bool"
    temporary(cursor, "gen_charge", columns, charges)
    temporary(cursor, "gen_cited", "kind int, offence_id bigint", cited)
    temporary(
        cursor,
        "gen_law",
        "kind int, clock text, due interval, warn interval, after interval, each text, fate text",
        laws,
    )
    drawn = dice.choices(range(len(CHARGES)), [weight for weight, _codes in CHARGES], k=SLOTS)
    temporary(cursor, "gen_kind", "slot int, kind int", enumerate(drawn))


def _law(kind, law, rule):
    fate = "void" if law.clock in OF_INVESTIGATION else "report" if law.ends_with_report else "met"
    return (kind, law.clock, _span(rule), f"{rule.warn_before} hours", "0", law.each, fate)


def _remanded(kind, clock, rule):
    return (kind, clock, _span(rule), f"{rule.warn_before} hours", "13 days", "accused", "report")


def _span(rule):
    return f"{rule.amount} {rule.time_unit}"


_FIRS = """
CREATE TEMP TABLE gen_fir ON COMMIT DROP AS
WITH dice AS MATERIALIZED (
    SELECT %(at)s::timestamptz - make_interval(days => floor(power(random(), 1.15) * 1826)::int)
               - make_interval(secs => random() * 36000 + 3600) AS registered_at,
           floor(random() * %(slots)s)::int AS thana_slot, floor(random() * %(slots)s)::int AS kind_slot,
           floor(random() * %(pool)s)::int AS victim_n, floor(random() * %(pool)s)::int AS accused_n,
           random() AS fate, random() AS pace, random() AS luck, random() AS mood
    FROM generate_series(1, %(n)s)
), placed AS (
    SELECT dice.*, s.thana_id, u.circle_id, u.district_id, u.police_range_id, u.zone_id, k.kind,
           extract(year FROM registered_at AT TIME ZONE 'Asia/Kolkata')::int AS year,
           CASE WHEN fate < 0.01 THEN NULL
                WHEN registered_at + make_interval(secs => 86400 * (15 + 75 * pace)) < %(at)s
                THEN registered_at + make_interval(secs => 86400 * (15 + 75 * pace)) END AS reported_at
    FROM dice
    JOIN gen_slot s ON s.slot = thana_slot
    JOIN gen_kind k ON k.slot = kind_slot
    JOIN kendras_unit u ON u.id = s.thana_id
)
SELECT row_number() OVER (ORDER BY registered_at) AS id,
       row_number() OVER (PARTITION BY thana_id, year ORDER BY registered_at) AS number,
       placed.*, mood < 0.7 AND registered_at + interval '13 days' < %(at)s AS arrested
FROM placed
"""

_CLOCKS = """
CREATE TEMP TABLE gen_clock ON COMMIT DROP AS
WITH started AS (
    SELECT f.*, l.clock, l.fate AS ends, random() AS chance,
           f.registered_at + l.after AS started_at, f.registered_at + l.after + l.due AS due_at, l.warn,
           CASE l.each WHEN 'victim' THEN %(people)s + 2 * f.id - 1 WHEN 'accused' THEN %(people)s + 2 * f.id END AS person_id
    FROM gen_fir f JOIN gen_law l ON l.kind = f.kind
    WHERE l.after = '0' OR (f.registered_at + l.after < %(at)s AND (l.clock NOT LIKE 'default%%' OR f.arrested))
)
SELECT started.*,
       CASE WHEN ends = 'report' THEN reported_at
            WHEN ends = 'done' THEN least(due_at, %(at)s)
            WHEN chance < 0.85 AND started_at + (due_at - started_at) * 0.6 < %(at)s THEN started_at + (due_at - started_at) * 0.6
            WHEN reported_at IS NOT NULL AND ends = 'met' THEN least(due_at + interval '5 days', %(at)s) END AS met_at,
       CASE WHEN ends = 'void' AND chance >= 0.85 THEN reported_at END AS void_at
FROM started
"""

_FILL = (
    _FIRS,
    _CLOCKS,
    """CREATE TEMP TABLE gen_due ON COMMIT DROP AS
       SELECT DISTINCT ON (id) id, clock, due_at, due_at - warn AS warn_at FROM gen_clock
       WHERE met_at IS NULL AND void_at IS NULL ORDER BY id, due_at""",
    """INSERT INTO complaints_fir (id, thana_id, circle_id, district_id, police_range_id, zone_id, number, year, once, gd_number,
           route, occurred_at, informed_at, registered_at, recorded_at, registered_by_id, place_kind, other_sections, head,
           heads, flags, sections_text, two_month, bail_at_90, protects_identity, state, version, assigned_to_id,
           officer_text, pending_reason, limit_at, reported_at, first_reported_at, transferred_at, recovered_at, decided_at,
           due_at, warn_at, due_clock)
       SELECT f.id, f.thana_id, f.circle_id, f.district_id, f.police_range_id, f.zone_id, lpad(f.number::text, 4, '0'), f.year,
           gen_random_uuid(), (1 + floor(f.luck * 60))::int::text, 'thana', f.registered_at - interval '1 day',
           f.registered_at, f.registered_at, f.registered_at, o.first_id, '', '', c.head, c.heads, c.flags, c.sections,
           c.two_month, c.bail_90, c.protects,
           CASE WHEN f.reported_at IS NULL THEN 'investigation' WHEN f.luck < 0.18 THEN 'final_report'
                WHEN f.luck < 0.5 THEN 'charge_sheeted' WHEN f.luck < 0.85 THEN 'trial' ELSE 'decided' END,
           3, CASE WHEN f.mood < 0.5 THEN o.first_id WHEN f.mood < 0.97 THEN o.second_id END, '',
           CASE WHEN f.reported_at IS NULL AND f.luck < 0.3 THEN 'fsl' ELSE '' END,
           CASE WHEN c.two_month THEN f.registered_at + interval '2 months' END,
           f.reported_at, f.reported_at, NULL, CASE WHEN c.flags LIKE '%%missing%%' AND f.luck < 0.9
               AND f.registered_at + interval '20 days' < %(at)s THEN f.registered_at + interval '20 days' END,
           CASE WHEN f.reported_at IS NOT NULL AND f.luck >= 0.85 THEN least(f.reported_at + interval '200 days', %(at)s) END,
           d.due_at, d.warn_at, coalesce(d.clock, '')
       FROM gen_fir f JOIN gen_charge c ON c.kind = f.kind JOIN gen_officer o ON o.thana_id = f.thana_id
       LEFT JOIN gen_due d ON d.id = f.id ORDER BY f.id""",
    """INSERT INTO complaints_fir_offences (fir_id, offence_id)
       SELECT f.id, c.offence_id FROM gen_fir f JOIN gen_cited c ON c.kind = f.kind""",
    """INSERT INTO complaints_firaccount (fir_id, sealed)
       SELECT f.id, decode(a.sealed, 'hex') FROM gen_fir f JOIN gen_account a ON a.n = f.victim_n""",
    """INSERT INTO complaints_person (id, fir_id, part, serial, gender, age_band, disability, who)
       SELECT %(people)s + 2 * f.id - 1, f.id, 'victim', 1, 'female',
              CASE WHEN c.flags LIKE '%%pocso%%' THEN '12-15' ELSE '18-24' END, false, NULL
       FROM gen_fir f JOIN gen_charge c ON c.kind = f.kind
       UNION ALL SELECT %(people)s + 2 * id, id, 'accused', 1, 'male', '', false, accused_n FROM gen_fir""",
    """INSERT INTO complaints_identity (person_id, sealed)
       SELECT %(people)s + 2 * f.id - 1, decode(p.sealed, 'hex') FROM gen_fir f JOIN gen_person p ON p.n = f.victim_n
       UNION ALL SELECT %(people)s + 2 * f.id, decode(p.sealed, 'hex') FROM gen_fir f JOIN gen_person p ON p.n = f.accused_n""",
    """INSERT INTO complaints_nametoken (token, thana_id, fir_id, person_id)
       SELECT unnest(p.tokens), f.thana_id, f.id, %(people)s + 2 * f.id - 1 FROM gen_fir f JOIN gen_person p ON p.n = f.victim_n
       UNION ALL
       SELECT unnest(p.tokens), f.thana_id, f.id, %(people)s + 2 * f.id FROM gen_fir f JOIN gen_person p ON p.n = f.accused_n""",
    """INSERT INTO complaints_firdeadline (fir_id, person_id, thana_id, circle_id, district_id, police_range_id, zone_id, clock,
           started_at, due_at, warn_at, first_due_at, met_at, void_at, extended_why)
       SELECT id, person_id, thana_id, circle_id, district_id, police_range_id, zone_id, clock, started_at, due_at,
           due_at - warn, due_at, met_at, void_at, '' FROM gen_clock""",
    """INSERT INTO complaints_milestone (fir_id, kind, "on", person_id, number, text, by_id, at)
       SELECT f.id, m.kind, f.registered_at + m.after, CASE WHEN m.accused THEN %(people)s + 2 * f.id END, '', '', o.first_id,
           f.registered_at + m.after
       FROM gen_fir f JOIN gen_officer o ON o.thana_id = f.thana_id
       JOIN (VALUES ('scene_visit', interval '1 day', false, false), ('arrest', interval '12 days', true, true),
                    ('remand', interval '13 days', true, true)) AS m (kind, after, accused, arrested)
         ON f.registered_at + m.after < %(at)s AND (f.arrested OR NOT m.arrested)
       UNION ALL
       SELECT f.id, CASE WHEN f.luck < 0.18 THEN 'final_report' ELSE 'charge_sheet' END, f.reported_at, NULL, '', '',
           o.first_id, f.reported_at
       FROM gen_fir f JOIN gen_officer o ON o.thana_id = f.thana_id WHERE f.reported_at IS NOT NULL""",
    """INSERT INTO complaints_accused (fir_id, person_id, thana_id, circle_id, district_id, police_range_id, zone_id, named_at,
           arrested_at, nbw_at)
       SELECT id, %(people)s + 2 * id, thana_id, circle_id, district_id, police_range_id, zone_id, registered_at,
           CASE WHEN arrested THEN registered_at + interval '12 days' END,
           CASE WHEN NOT arrested AND registered_at + interval '30 days' < %(at)s THEN registered_at + interval '30 days' END
       FROM gen_fir""",
)
