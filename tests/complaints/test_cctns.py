"""CCTNS sheets: what is taken, what is refused, what is found, and that no name leaves its seal."""

import io
import json
import uuid
import zipfile
from datetime import date, datetime, timedelta

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from complaints import cctnssheet
from complaints.cctnssections import Charges, NoAct
from complaints.models import CctnsMismatch, CctnsRun, Fir, FirDeadline, Offence, Person
from complaints.tasks import forget_sheets
from kendras.models import Entry, Rule
from kendras.spreadsheet import Unreadable
from kendras.workflow import Refused, move
from tests.world import INDIA, NOW, SECRETS

HEAD = ["FIR No", "Police Station", "FIR Date", "Acts and Sections", "GD No", "IO Name", "Victim Name", "Victim Age", "Victim Gender", "Accused Name", "Status", "Report Date"]  # fmt: skip
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 23)
EARLY, LATE = "05-11-2026 11:00", "22-11-2026 18:30"


def line(number="0101", thana="Hari Parvat", on=EARLY, sections="BNS 85", **more):
    facts = {"gd": "12", "io": "SI Verma", "victim": "सीमा गुप्ता", "age": "22", "gender": "F", "accused": "राजू पाल; सोनू यादव", "status": "Under Investigation", "reported": ""}  # fmt: skip
    return [number, thana, on, sections, *{**facts, **more}.values()]


def xlsx(*rows, head=HEAD, name="sheet.xlsx"):
    book = Workbook()
    for row in (head, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def csv(*rows, head=HEAD, encoding="utf-8"):
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in (head, *rows))
    return SimpleUploadedFile("sheet.csv", text.encode(encoding))


def look(world, upload, *, by=None, unit=None, letters="judge", at=NOW):
    by = by or world.asha
    return CctnsRun.objects.look(
        upload, unit=unit or by.acting.unit, first=FIRST, last=LAST, letters=letters, by=by, at=at
    )


def take(run, name="take", **more):
    return move(run, name, by=run.by, at=NOW, once=uuid.uuid4(), **more)


def found(run):
    return sorted((kind, number) for kind, _thana, number, _year, _fields in run.found)


def wrong(run):
    return {(row, column, error) for row, column, error in run.errors}


# --- sections --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes", "others"),
    [
        ("BNS 2023 64(1), 351(2); POCSO 3/4", {"BNS64", "BNS115", "POCSO4"}, ""),
        ("64(1), 351(2) BNS, 3/4 POCSO", {"BNS64", "BNS115", "POCSO4"}, ""),
        ("धारा 376, 506 भा0द0वि0 व 7/8 पॉक्सो एक्ट", {"BNS64", "BNS115", "POCSO8"}, ""),
        ("धारा ८५, ११५(२) बीएनएस व 3/4 दहेज प्रतिषेध अधिनियम 1961", {"BNS85", "BNS115", "DP3"}, ""),
        ("498A, 304B IPC", {"BNS85", "BNS80"}, ""),
        ("BNS 303(2)", set(), "303(2) BNS"),
        ("BNS 64, 62", {"BNS64r62"}, "62 BNS"),
        ("BNS 74, SC/ST Act 3(1)", {"BNS74"}, "3(1)"),
        ("IPC 1860 376D", {"BNS70"}, ""),
        ("BNS 90", {"BNS88"}, ""),
    ],
)
def test_sections_are_read_as_sheets_write_them(world, text, codes, others):
    charge = Charges(list(Offence.objects.exclude(section="–"))).read(text)
    assert {offence.code for offence in charge.offences} == codes
    assert charge.others == others


def test_sections_without_an_act_are_not_guessed_at(world):
    with pytest.raises(NoAct):
        Charges(list(Offence.objects.all())).read("354, 506")


@pytest.mark.parametrize(
    ("sections", "gender", "taken"),
    [
        ("BNS 85", "", True), ("BNS 303(2)", "F", False), ("BNS 115(2), 351(2)", "F", False), ("BNS 103", "M", False),
        ("BNS 103", "", False), ("BNS 103", "F", True), ("BNS 137(2)", "M", False), ("BNS 137(2), 87", "", True),
    ],
)  # fmt: skip
def test_only_crimes_against_women_are_taken_and_the_rest_is_counted(world, sections, gender, taken):
    run = take(look(world, csv(line(sections=sections, gender=gender, age=""))))
    assert Fir.objects.exists() is taken
    assert run.counts.get("skipped", 0) == (not taken)


# --- what is found ---------------------------------------------------------------------------------------------------


def test_new_changed_conflicting_and_missing_firs_are_told_apart_and_nothing_is_taken_before_the_confirmation(world):
    at = datetime(2026, 11, 5, 11, tzinfo=INDIA)
    world.fir("BNS85", number="0001", at=at, gd_number="12", officer_text="SI Verma")  # alike
    world.fir("BNS85", number="0002", at=at)  # GD number and officer are missing
    world.fir("BNS74", number="0003", at=at, gd_number="12", officer_text="SI Verma")  # another section
    world.fir("BNS85", number="0004", at=at)  # not in the sheet
    world.fir("BNS85", number="0005", at=datetime(2026, 10, 31, tzinfo=INDIA))  # before its days
    sheet = csv(*(line(number) for number in ("0001", "0002", "0003", "0006")), line("0007", on=LATE))
    before = Fir.objects.count()
    run = look(world, sheet)
    assert Fir.objects.count() == before
    assert found(run) == [
        ("changed", "0002"), ("conflict", "0003"), ("missing_here", "0006"), ("missing_there", "0004"), ("new", "0007"),
    ]  # fmt: skip
    assert run.counts["same"] == 1
    take(run)
    assert Fir.objects.count() == before + 2
    filled = Fir.objects.get(number="0002")
    assert (filled.gd_number, filled.officer_text) == ("12", "SI Verma")
    assert Fir.objects.get(number="0003").sections_text == "74 BNS"
    rows = {row.number: (row.kind, row.fields, row.open) for row in CctnsMismatch.objects.all()}
    assert rows == {
        "0003": ("differs", "sections", True), "0004": ("only_here", "", True), "0006": ("only_there", "", False),
    }  # fmt: skip


@pytest.mark.parametrize(("hours", "kind"), [(-1, "new"), (0, "missing_here"), (1, "missing_here")])
def test_an_fir_is_missing_here_once_the_days_of_the_rule_are_over(world, hours, kind):
    moment = NOW - timedelta(days=3, minutes=hours)
    run = look(world, csv(line(on=f"{moment:%d-%m-%Y %H:%M}")))
    assert found(run) == [(kind, "0101")]


def test_only_the_list_is_kept_where_nothing_is_to_be_taken_in(world):
    run = take(look(world, csv(line())), "list")
    assert not Fir.objects.exists()
    [row] = run.mismatches.all()
    assert (row.kind, row.open, row.fir) == ("only_there", True, None)


def test_a_later_sheet_of_the_same_days_settles_the_list(world):
    world.fir("BNS85", number="0101", at=datetime(2026, 11, 5, 11, tzinfo=INDIA))
    take(look(world, csv(line("0102"))), "list")
    assert CctnsMismatch.objects.filter(open=True).count() == 2
    take(look(world, csv(line("0101"), line("0102"))))
    assert not CctnsMismatch.objects.filter(open=True).exists()


def test_what_is_taken_in_is_as_if_it_had_been_recorded_by_hand(world):
    take(look(world, csv(line(sections="POCSO 3/4; BNS 64", age="14"))))
    taken = Fir.objects.get()
    people = [{"part": "victim", "age": 14, "name": SECRETS["name"]}, *({"part": "accused", "gender": "male", "name": name} for name in ("राजू पाल", "सोनू यादव"))]  # fmt: skip
    at = datetime(2026, 11, 5, 11, tzinfo=INDIA)
    typed = world.fir("POCSO4", "BNS64", number="0102", at=at, people=people, gd_number="12", officer_text="SI Verma")
    columns = ("head", "heads", "flags", "sections_text", "two_month", "bail_at_90", "protects_identity", "limit_at", "due_at", "warn_at", "due_clock", "state", "gd_number", "officer_text", "informed_at", "registered_at", "district_id", "zone_id")  # fmt: skip
    assert [getattr(taken, name) for name in columns] == [getattr(typed, name) for name in columns]

    def clocks(fir):
        rows = fir.deadlines.select_related("person").order_by("clock", "person")
        return [
            (c.clock, c.person and c.person.key_code, c.due_at, c.warn_at, c.first_due_at, c.met_at, c.void_at)
            for c in rows
        ]

    assert clocks(taken) == clocks(typed)
    keys = ("part", "serial", "gender", "age_band", "who")
    assert list(taken.people.order_by("id").values_list(*keys)) == list(typed.people.order_by("id").values_list(*keys))
    assert set(taken.tokens.values_list("token", flat=True)) == set(typed.tokens.values_list("token", flat=True))
    assert set(taken.offences.all()) == set(typed.offences.all())
    assert Entry.objects.about(taken).get().action == "fir.register"
    matters = taken.read_identity(by=world.asha, at=NOW, purpose="case")["people"]
    assert [matter["name"] for _person, matter in matters] == [SECRETS["name"], "राजू पाल", "सोनू यादव"]


def test_a_case_reported_to_the_court_comes_in_with_its_report_and_ended_clocks(world):
    take(look(world, csv(line(sections="BNS 64", status="Charge Sheeted", reported="20-11-2026"))))
    fir = Fir.objects.get()
    assert (fir.state, fir.reported_at.astimezone(INDIA).date()) == ("charge_sheeted", date(2026, 11, 20))
    assert fir.milestones.get().kind == "charge_sheet"
    assert fir.deadlines.get(clock="investigation_2m").met_at == fir.reported_at
    assert fir.deadlines.get(clock="medical_sent").void_at == fir.reported_at
    move(fir, "cognizance", by=world.asha, at=NOW, on=NOW)


# --- errors and what is refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "column", "error"),
    [
        ({"number": ""}, "number", "empty"), ({"number": "12A"}, "number", "number"), ({"number": "0101/2024"}, "number", "year"),
        ({"on": "31-02-2026"}, "registered", "day"), ({"on": "24-11-2026"}, "registered", "future"),
        ({"on": "31-10-2026"}, "registered", "outside_days"), ({"on": ""}, "registered", "empty"),
        ({"thana": "Tajganj"}, "thana", "thana"), ({"thana": "कहीं नहीं"}, "thana", "thana"),
        ({"sections": ""}, "sections", "empty"), ({"sections": "354"}, "sections", "no_act"), ({"age": "200"}, "victim_age", "age"),
        ({"gender": "?x"}, "victim_gender", "gender"), ({"status": "Sleeping"}, "status", "status"),
        ({"status": "FR"}, "reported", "no_report_day"), ({"status": "FR", "reported": "01-11-2026"}, "reported", "order"),
        ({"io": "x" * 81}, "officer", "long"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_row_and_column_and_nothing_is_taken(world, change, column, error):
    run = look(world, csv(line("0100"), line(**change)))
    assert (3, column, error) in wrong(run)
    with pytest.raises(Refused, match="त्रुटि"):
        take(run)
    assert not Fir.objects.exists()
    text = world.client(world.asha).get(reverse("complaints:cctns_run", args=[run.pk])).content.decode()
    assert "पंक्ति 3" in text


def test_the_same_fir_twice_in_a_sheet_is_an_error(world):
    assert wrong(look(world, csv(line(), line("101")))) == {(3, "number", "twice")}


def test_a_sheet_of_a_circle_names_the_thana_of_each_row(world):
    run = look(world, csv(line(), line("0102", thana="थाना लोहामण्डी"), line("0103", thana="Vrindavan")), by=world.charu)
    assert wrong(run) == {(4, "thana", "thana")}
    take(look(world, csv(line(), line("0102", thana="थाना लोहामण्डी")), by=world.charu))
    assert set(Fir.objects.values_list("thana", flat=True)) == {world.hariparvat.pk, world.lohamandi.pk}


def _raw(text, name="xl/worksheets/sheet1.xml", upload=None):
    """A workbook with one part of it written anew."""
    source = zipfile.ZipFile(io.BytesIO((upload or xlsx(line())).read()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            content = source.read(part)
            archive.writestr(part, text(content) if part == name else content)
    return SimpleUploadedFile("sheet.xlsx", out.getvalue())


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (lambda: SimpleUploadedFile("a.pdf", b"%PDF-"), "XLSX"),
        (lambda: SimpleUploadedFile("a.xlsx", b"no archive"), "XLSX"),
        (lambda: csv(line(), encoding="utf-16"), "UTF-8"),
        (lambda: SimpleUploadedFile("a.csv", "थाना".encode() + b"\xe0\xa4"), "UTF-8"),
        (lambda: SimpleUploadedFile("a.csv", b"FIR No\x00,FIR Date"), "UTF-8"),
        (lambda: csv(line(io="x" * 4001)), "पंक्ति 2"),
        (lambda: csv(line(io="=1+1")), "सूत्र"),
        (lambda: xlsx(line(io="=1+1")), "सूत्र"),
        (lambda: csv(line(), head=["FIR No", "FIR No", *HEAD[2:]]), "दो बार"),
        (lambda: csv(line(), head=["x", *HEAD[1:]]), "एफ.आई.आर. संख्या"),
        (lambda: csv(["x"] * 61, head=["x"] * 61), "स्तम्भ"),
        (lambda: SimpleUploadedFile("a.csv", b""), "एफ.आई.आर. संख्या"),
        (lambda: _raw(lambda page: page + b" " * cctnssheet.UNPACKED_BYTES), "बड़ी"),
        (lambda: _raw(lambda page: page.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A2:B3"/></mergeCells>')), "A2:B3"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_taken_is_refused_with_the_reason(world, upload, says):
    with pytest.raises(Unreadable, match=says):
        look(world, upload())
    sent = {"file": upload(), "unit": world.hariparvat.pk, "first": FIRST, "last": LAST, "letters": "judge"}
    answer = world.client(world.asha).post(reverse("complaints:cctns"), sent)
    assert answer.status_code == 422
    assert not CctnsRun.objects.exists()


def test_a_million_rows_are_refused_at_the_bound_without_being_read(world):
    drawn = 0

    class Endless(io.RawIOBase):
        """A CSV file that goes on for ever and counts what is drawn from it."""

        def __init__(self):
            self.rows = iter(range(1_000_000))
            self.rest = (",".join(HEAD) + "\n").encode()

        def seekable(self):
            return True

        def seek(self, *_where):
            return 0

        def tell(self):
            return 0

        def readable(self):
            return True

        def read(self, size=-1):
            nonlocal drawn
            if size > 0 and len(self.rest) < size:
                self.rest += b"".join(f"{next(self.rows):04d},x,{EARLY},BNS 85\n".encode() for _n in range(1000))
                drawn += 1000
            out, self.rest = self.rest[:size], self.rest[size:]
            return out

    with pytest.raises(Unreadable, match="पंक्तियाँ"):
        for _line in cctnssheet.lines_of(Endless(), "a.csv", most=5000):
            pass
    assert drawn < 10_000


# --- replay, change in between, expiry --------------------------------------------------------------------------------


def test_the_same_confirmation_twice_takes_the_sheet_in_once(world):
    run, once = look(world, csv(line())), uuid.uuid4()
    for _n in range(2):
        move(run, "take", by=world.asha, at=NOW, once=once)
    assert Fir.objects.count() == 1
    with pytest.raises(Refused):
        take(run)


def test_where_the_record_has_changed_since_the_preview_nothing_is_taken(world):
    run = look(world, csv(line("0101"), line("0102")))
    world.fir("BNS85", number="0102", at=datetime(2026, 11, 5, 11, tzinfo=INDIA))
    with pytest.raises(Refused, match="बदल"):
        take(run)
    assert Fir.objects.count() == 1
    assert not CctnsMismatch.objects.exists()
    run.refresh_from_db()
    assert run.state == "shown"


def test_only_who_took_the_sheet_up_confirms_it(world):
    run = look(world, csv(line()), unit=world.hariparvat)
    with pytest.raises(Refused):
        move(run, "take", by=world.charu, at=NOW)


@pytest.mark.parametrize(("minutes", "state"), [(59, "shown"), (60, "lapsed"), (61, "lapsed")])
def test_the_sheet_is_kept_for_the_hour_of_the_rule_and_then_gone(
    world, monkeypatch, minutes, state, django_capture_on_commit_callbacks
):
    run = look(world, csv(line()))
    name = run.file.name
    moment = NOW + timedelta(minutes=minutes)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    with django_capture_on_commit_callbacks(execute=True):
        forget_sheets()
    run.refresh_from_db()
    assert run.state == state
    assert storages["private"].exists(name) is (state == "shown")
    if state == "lapsed":
        assert run.cells is None
        with pytest.raises(Refused):
            move(run, "take", by=world.asha, at=moment)


def test_a_confirmation_after_the_hour_is_refused_even_before_the_sweeper_came(world):
    run = look(world, csv(line()))
    with pytest.raises(Refused, match="शीट"):
        move(run, "take", by=world.asha, at=run.until)


def test_a_kept_sheet_that_was_exchanged_is_not_taken(world):
    run, other = look(world, csv(line())), look(world, csv(line("0999")))
    CctnsRun.objects.filter(pk=run.pk).update(file=other.file.name)
    run.refresh_from_db()
    with pytest.raises(Refused, match="बदल"):
        take(run)


def test_the_confirmed_sheet_is_deleted(world, django_capture_on_commit_callbacks):
    run = look(world, csv(line()))
    name = run.file.name
    with django_capture_on_commit_callbacks(execute=True):
        run = take(run)
    assert not storages["private"].exists(name)
    assert (run.file.name, run.cells) == ("", None)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(sorted(CctnsRun.MOVES)), max_size=5))
def test_whatever_the_order_a_sheet_is_decided_once(world, walk):
    Fir.objects.filter(number="0101").delete()
    run, done = look(world, csv(line())), 0
    for name in walk:
        try:
            run = take(run, name)
            done += 1
        except Refused:
            run.refresh_from_db()
        assert done <= 1
        assert bool(run.file) is (run.state == "shown")
    assert Entry.objects.about(run).count() == done + 1


# --- old letters ------------------------------------------------------------------------------------------------------


def test_old_letters_are_converted_shown_by_a_recorded_click_and_only_then_confirmed(world):
    run = look(world, xlsx(line(victim="lhek xqIrk", accused="jktw iky", thana="gfjioZr")))
    assert run.converted == 3
    client = world.client(world.asha)
    address = reverse("complaints:cctns_run", args=[run.pk])
    text = client.get(address).content.decode()
    assert "सीमा" not in text
    assert "lhek" not in text
    with pytest.raises(Refused, match="पुराने"):
        take(run)
    cells = reverse("complaints:cctns_cells", args=[run.pk])
    shown = client.post(cells).content.decode()
    assert "सीमा गुप्ता" in shown
    assert "lhek xqIrk" in shown
    assert Entry.objects.filter(action="cctnsrun.cells", by=world.asha).count() == 1
    assert "सीमा" not in world.client(world.charu).post(cells, follow=True).content.decode()
    sent = {"once": uuid.uuid4()}
    assert client.post(reverse("complaints:cctns_move", args=[run.pk, "take"]), sent).url == address
    matters = Fir.objects.get().read_identity(by=world.asha, at=NOW, purpose="case")["people"]
    assert [matter["name"] for _person, matter in matters] == ["सीमा गुप्ता", "राजू पाल"]


def test_the_officer_may_say_that_a_doubtful_sheet_is_in_old_letters_or_not(world):
    doubtful = line(victim="nsok", accused="")
    assert look(world, csv(doubtful)).converted == 0
    assert (
        look(
            world, csv(line(victim="nsok", accused="", thana="gfjioZr", io="mi fujh{kd", status="")), letters="old"
        ).converted
        == 3
    )
    assert look(world, csv(line(victim="lhek nsoh")), letters="unicode").converted == 0


# --- who, and what leaks ----------------------------------------------------------------------------------------------


def test_no_name_of_a_sheet_lies_open_in_a_row_a_session_or_a_file(world):
    run = look(world, csv(line(victim="सीमा गुप्ता", accused="राजू पाल"), line("0102", accused="lksuw ;kno")))
    with storages["private"].open(run.file.name) as stored:
        assert "सीमा".encode() not in stored.read()
    take(CctnsRun.objects.get(pk=_seen(run).pk))
    for table in (
        "complaints_cctnsrun",
        "complaints_cctnsmismatch",
        "complaints_fir",
        "kendras_entry",
        "complaints_person",
        "django_session",
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            text = json.dumps(
                cursor.fetchall(),
                default=lambda value: (
                    value.hex()
                    if isinstance(value, bytes)
                    else str(bytes(value))
                    if isinstance(value, memoryview)
                    else str(value)
                ),
                ensure_ascii=False,
            )
        for secret in ("सीमा", "राजू", "सोनू", "lksuw"):
            assert secret not in text, (table, secret)


def _seen(run):
    if run.converted:
        run.converted_cells(by=run.by, at=NOW)
    return run


def test_an_officer_who_sounds_like_a_person_in_the_case_does_not_stand_in_the_open(world):
    take(look(world, csv(line(io="SI राजू शर्मा"))))
    assert Fir.objects.get().officer_text == ""


def test_the_lists_name_nobody_and_show_only_the_own_unit(world):
    world.fir("BNS85", number="0004", at=datetime(2026, 11, 5, 11, tzinfo=INDIA))
    take(look(world, csv(line())))
    for key in ("hema", "asha", "omprakash", "charu", "esha", "hina"):
        text = world.client(getattr(world, key)).get(reverse("complaints:mismatches"), {"all": "1"}).content.decode()
        assert "0004/2026" in text
        for secret in (*SECRETS.values(), "राजू"):
            assert secret not in text
    assert (
        "0004/2026" not in world.client(world.bina).get(reverse("complaints:mismatches"), {"all": "1"}).content.decode()
    )


def test_what_does_not_match_waits_on_the_pages_of_in_charge_and_sho(world):
    world.fir("BNS85", number="0004", at=datetime(2026, 11, 5, 11, tzinfo=INDIA))
    take(look(world, csv(line()), by=world.charu))
    for user in (world.asha, world.omprakash):
        blocks = {block.work.code: block for block in world.client(user).get("/").context["busy"]}
        assert blocks["mismatches"].count == 1
    assert "mismatches" not in {b.work.code for b in world.client(world.bina).get("/").context["busy"]}


def test_the_list_costs_the_same_queries_for_one_row_and_for_thirty(world):
    at = datetime(2026, 11, 5, 11, tzinfo=INDIA)
    world.fir("BNS85", number="0001", at=at)
    client = world.client(world.charu)

    def queries():
        take(look(world, csv(line("0500"))), "list")
        client.get(reverse("complaints:mismatches"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("complaints:mismatches"))
        return len(seen)

    first = queries()
    for n in range(30):
        world.fir("BNS85", number=f"{n + 2:04d}", at=at)
    assert queries() == first <= 6


def test_taking_a_sheet_in_costs_no_query_for_each_row(world):
    def queries(first, number):
        run = look(world, csv(*(line(f"{n:04d}") for n in range(first, first + number))))
        with CaptureQueriesContext(connection) as seen:
            take(run)
        return len(seen)

    few = queries(1, 2)
    assert queries(100, 60) <= few + 10  # SQLite takes fewer columns at a time


def test_a_role_that_supervises_only_takes_no_sheet_up(world):
    for key in ("hema", "ila", "omprakash", "esha", "farah", "hina", "gita", "sysa"):
        assert world.client(getattr(world, key)).get(reverse("complaints:cctns")).status_code == 403
    sent = {"file": csv(line()), "unit": world.tajganj.pk, "first": FIRST, "last": LAST, "letters": "judge"}
    assert world.client(world.asha).post(reverse("complaints:cctns"), sent).status_code == 422
    assert not CctnsRun.objects.exists()


def test_a_sheet_is_taken_up_by_the_form_and_leads_to_its_page(world):
    sent = {"file": xlsx(line()), "unit": world.hariparvat.pk, "first": FIRST, "last": LAST, "letters": "judge"}
    answer = world.client(world.asha).post(reverse("complaints:cctns"), sent)
    run = CctnsRun.objects.get()
    assert answer.url == reverse("complaints:cctns_run", args=[run.pk])
    assert world.client(world.bina).get(answer.url).status_code == 404
    assert "0101/2026" in world.client(world.asha).get(answer.url).content.decode()
    assert Rule.objects.get(code="cctns_keep").due(NOW) == run.until
    assert not FirDeadline.objects.exists()
    assert not Person.objects.exists()


def test_a_gap_is_not_filled_with_a_name_that_the_record_knows_and_the_sheet_does_not(world):
    fir = world.fir(
        "BNS85", number="0101", at=NOW - timedelta(days=2), people=[{"part": "victim", "age": 22, **SECRETS}]
    )
    sheet = csv(line(victim="", accused="", io="सीमा गुप्ता के घर", on=f"{fir.registered_at:%d-%m-%Y %H:%M}"))
    take(look(world, sheet))
    fir.refresh_from_db()
    assert (fir.officer_text, fir.gd_number) == ("", "")
