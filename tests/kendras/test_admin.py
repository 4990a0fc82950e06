"""Master data: who reaches it, and sheets that are taken whole or not at all (security: imports and exports)."""

import csv
import io
import re
import zipfile

import pytest
from django.urls import NoReverseMatch, reverse
from openpyxl import Workbook, load_workbook

from complaints.models import Nature, Offence
from kendras.admin import site
from kendras.models import Entry, Kendra, Unit, User
from kendras.spreadsheet import COLUMNS, PACKED_BYTES, ROWS, UNPACKED_BYTES
from tests.test_access import PEOPLE

KEEPERS = {"sysa", "root"}
TABLES = ["kendras_unit", "kendras_kendra", "complaints_offence", "complaints_nature"]


def names():
    """Every named address of the site, from its own URLconf."""

    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns)
            else:
                yield pattern.name

    return sorted(set(walk(site.get_urls())) - {"login"})


def address(name, world):
    rows = {"unit": world.agra, "kendra": world.hariparvat.kendra}
    if name.endswith("_change") and name != "password_change":
        table = name.split("_")[1]
        row = rows.get(table) or {"offence": Offence, "nature": Nature}[table].objects.first()
        return reverse(f"admin:{name}", args=[row.pk])
    return reverse(f"admin:{name}", kwargs={"app_label": "kendras"} if name == "app_list" else None)


# --- who gets in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_only_the_administrator_and_a_superuser_reach_master_data(world, client, name):
    url = address(name, world)
    assert client.get(url).url.startswith("/login/")
    for key in PEOPLE:
        answer = world.client(world.fresh(getattr(world, key))).get(url)
        allowed = {200, 302, 405} if key in KEEPERS else {403}
        assert answer.status_code in allowed, (key, answer.status_code)


def test_an_account_with_its_first_password_is_sent_to_change_it(world):
    User.objects.filter(pk=world.sysa.pk).update(must_change_password=True)
    assert world.client(world.fresh(world.sysa)).get(reverse("admin:index")).url == reverse("kendras:password")


@pytest.mark.parametrize("view", ["add", "delete", "history"])
@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_added_or_deleted_there(table, view):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:{table}_{view}", args=[] if view == "add" else [1])


@pytest.mark.parametrize(
    "path", ["complaints/complaint/", "complaints/identity/", "kendras/user/", "auth/group/", "kendras/entry/"]
)
def test_no_case_no_account_and_no_trail_has_an_address_there(world, path):
    assert world.client(world.root).get(reverse("admin:index") + path).status_code == 404


@pytest.mark.parametrize("name", names())
def test_no_page_there_needs_what_the_content_policy_forbids(world, name):
    answer = world.client(world.root).get(address(name, world))
    if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
        html = answer.content.decode()
        assert not re.search(r"<[^>]+ style=", html)
        assert not re.search(r"<script(?![^>]*(src|type=.application/json))", html)


# --- the form --------------------------------------------------------------------------------------------------------


def test_a_name_changed_in_the_form_is_on_the_trail_and_the_fixed_columns_stay(world):
    client = world.client(world.sysa)
    url = reverse("admin:kendras_unit_change", args=[world.agra.pk])
    client.post(url, {"name_hi": "आगरा नगर", "name_en": "Agra", "code": "stolen", "level": "state"})
    world.agra.refresh_from_db()
    assert (world.agra.name_hi, world.agra.code, world.agra.level) == ("आगरा नगर", "agra", "district")
    entry = Entry.objects.get(action="unit.rename")
    assert (entry.by, entry.details) == (world.sysa, {"before": {"name_hi": "आगरा"}})


@pytest.mark.parametrize("number", ["12345", "0123456789", "98765abcde"])
def test_a_number_that_is_no_mobile_is_refused(world, number):
    kendra = world.hariparvat.kendra
    answer = world.client(world.sysa).post(address("kendras_kendra_change", world), {"mobile": number})
    assert answer.status_code == 200
    assert "मोबाइल" in answer.content.decode()
    assert Kendra.objects.get(pk=kendra.pk).mobile == kendra.mobile


# --- sheets ----------------------------------------------------------------------------------------------------------


def as_csv(lines):
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def as_xlsx(lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FORMATS = {"csv": ("0", as_csv), "xlsx": ("1", as_xlsx)}


class Sheets:
    """The administrator at the import page of one table, in Hindi."""

    def __init__(self, world, table="kendras_unit"):
        self.client, self.table = world.client(world.sysa), table

    def try_it(self, data, kind="csv"):
        upload = io.BytesIO(data)
        upload.name = f"sheet.{kind}"
        fields = {"import_file": upload, "format": FORMATS[kind][0], "resource": ""}
        answer = self.client.post(reverse(f"admin:{self.table}_import"), fields, headers={"accept-language": "hi"})
        assert answer.status_code == 200
        return answer

    def confirm(self, preview):
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', preview.content.decode()))
        fields = {key: value for key, value in hidden.items() if key != "csrfmiddlewaretoken"}
        return self.client.post(reverse(f"admin:{self.table}_process_import"), fields, follow=True)

    def export(self, kind):
        answer = self.client.post(reverse(f"admin:{self.table}_export"), {"format": FORMATS[kind][0], "resource": ""})
        assert answer.status_code == 200
        return answer.content


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_is_stored_before_the_preview_is_confirmed_and_then_each_row_is_on_the_trail(world, kind):
    sheets = Sheets(world)
    lines = [["code", "name_hi"], ["agra", "आगरा नगर"], ["mathura", "मथुरा"], ["noida", "नोएडा"]]
    preview = sheets.try_it(FORMATS[kind][1](lines), kind)
    assert "आगरा नगर" in preview.content.decode()
    assert Unit.objects.get(code="agra").name_hi == "आगरा"
    assert not Entry.objects.filter(action="unit.rename").exists()
    done = sheets.confirm(preview)
    assert "2 पंक्तियाँ" in done.content.decode()
    assert Unit.objects.get(code="agra").name_hi == "आगरा नगर"
    entries = Entry.objects.filter(action="unit.rename").order_by("subject_id")
    assert [(entry.by, entry.details) for entry in entries] == [
        (world.sysa, {"before": {"name_hi": "आगरा"}}),
        (world.sysa, {"before": {"name_hi": "गौतमबुद्धनगर"}}),
    ]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("table", TABLES)
def test_an_export_taken_in_again_changes_nothing(world, table, kind):
    Unit.objects.filter(pk=world.agra.pk).update(name_en="-Agra", name_hi="+आगरा")
    Kendra.objects.filter(thana=world.hariparvat).update(mobile="+919876543210", launched_on="2025-09-21")
    sheets = Sheets(world, table)
    assert "कुछ नहीं बदलेगा" in sheets.try_it(sheets.export(kind), kind).content.decode()


def test_no_cell_of_an_export_could_be_taken_for_a_formula(world):
    Unit.objects.filter(pk=world.agra.pk).update(name_en='=HYPERLINK("x")', name_hi="＝1")
    sheets = Sheets(world)
    text = sheets.export("csv").decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    book = load_workbook(io.BytesIO(sheets.export("xlsx")))
    cells += [str(cell) for line in book.active.iter_rows(values_only=True) for cell in line if cell is not None]
    assert '\'=HYPERLINK("x")' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝"))]


def zip_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (UNPACKED_BYTES + 1))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (as_csv([["code", "name_hi"], ["nowhere", "x"]]), "csv", "इस कोड की कोई पंक्ति नहीं"),
        (as_csv([["code", "name_hi"], ["agra", "x"], ["agra", "y"]]), "csv", "दो बार"),
        (as_csv([["code", "level"], ["agra", "state"]]), "csv", "नहीं बदला जा सकता"),
        (as_csv([["code", "name_hi"], ["agra", "=1+1"]]), "csv", "सूत्र"),
        (as_csv([["code", "name_hi"], ["agra", "a\x07b"]]), "csv", "नियंत्रण चिह्न"),
        (as_csv([["code", "salary"], ["agra", "1"]]), "csv", "नाम का कोई स्तम्भ"),
        (as_csv([["code", "name_hi", "name_hi"], ["agra", "x", "y"]]), "csv", "दो बार"),
        (as_csv([["code", ""], ["agra", "x"]]), "csv", "का नाम नहीं"),
        (as_csv([["code", "name_hi"]]), "csv", "कोई पंक्ति नहीं"),
        (as_csv([["code", "name_hi"], ["agra", "x", "y"]]), "csv", "अधिक खाने"),
        (as_csv([["code"] + ["name_hi"] * COLUMNS]), "csv", "अधिक स्तम्भ"),
        (as_csv([["code", "name_hi"]] + [["agra", "x"]] * (ROWS + 1)), "csv", "अधिक पंक्तियाँ"),
        ("code,name_hi\nagra,आगरा".encode("utf-16"), "csv", "CSV फ़ाइल नहीं"),
        (b"\x00" * 100, "csv", ""),
        (b"PK\x03\x04 no archive", "xlsx", "पढ़ी नहीं जा सकती"),
        (b"code,name_hi", "xlsx", "पढ़ी नहीं जा सकती"),
        (zip_bomb(), "xlsx", "बहुत बड़ी"),
        (b"x" * (PACKED_BYTES + 1), "csv", "से बड़ी है"),
    ],
)  # fmt: skip
def test_a_sheet_that_is_wrong_is_refused_in_hindi_and_nothing_is_stored(world, data, kind, said):
    before = list(Unit.objects.order_by("pk").values_list("name_hi", "name_en"))
    sheets = Sheets(world)
    answer = sheets.try_it(data, kind)
    assert said in answer.content.decode()
    assert "process_import" not in answer.content.decode()
    assert list(Unit.objects.order_by("pk").values_list("name_hi", "name_en")) == before


@pytest.mark.parametrize(
    ("column", "value"), [("mobile", "12"), ("launched_on", "21.9"), ("functional_on", "31-02-2026")]
)
def test_a_bad_number_or_date_of_a_kendra_is_named(world, column, value):
    answer = Sheets(world, "kendras_kendra").try_it(as_csv([["code", column], ["hariparvat", value]]))
    assert column in answer.content.decode()
    assert "process_import" not in answer.content.decode()


def test_one_bad_row_among_good_ones_keeps_all_of_them_out(world):
    sheets = Sheets(world)
    preview = sheets.try_it(as_csv([["code", "name_hi"], ["agra", "नया"], ["nowhere", "x"]]))
    assert "process_import" not in preview.content.decode()
    assert Unit.objects.get(code="agra").name_hi == "आगरा"


def test_a_table_that_changed_after_the_preview_stores_nothing(world):
    sheets = Sheets(world)
    preview = sheets.try_it(as_csv([["code", "name_hi", "parent"], ["agra", "नया", "agra_range"]]))
    Unit.objects.get(code="agra").move_under(world.agra_zone, on=world.now.date())
    assert "तालिका बदल गयी" in sheets.confirm(preview).content.decode()
    assert Unit.objects.get(code="agra").name_hi == "आगरा"


def test_a_file_that_is_gone_at_the_confirmation_is_asked_for_again(world):
    sheets = Sheets(world)
    preview = sheets.try_it(as_csv([["code", "name_hi"], ["agra", "नया"]]))
    sheets.confirm(preview)
    assert "फिर से चुनें" in sheets.confirm(preview).content.decode()
