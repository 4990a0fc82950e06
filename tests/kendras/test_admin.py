"""Master data: who reaches it, and sheets that are taken whole or not at all (security: imports and exports)."""

import csv
import io
import re
import zipfile
from datetime import date, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from openpyxl import Workbook, load_workbook

from kendras.admin import site
from kendras.models import Entry, Kendra, Unit, User
from kendras.spreadsheet import COLUMNS, PACKED_BYTES, ROWS, SIDE_BYTES, UNPACKED_BYTES, csv_file, xlsx_file
from tests.test_access import PEOPLE, status_for

KEEPERS = {"sysa", "root"}

#: table → (model, its admin), as the site has them
TABLES = {model._meta.label_lower.replace(".", "_"): (model, keeper) for model, keeper in site._registry.items()}

#: table → (a code in it, how that is looked up, a column that changes, a value for it, what the trail calls it)
CHANGES = {
    "kendras_unit": ("agra", "code", "name_hi", "आगरा नगर", "unit.rename"),
    "kendras_kendra": ("hariparvat", "thana__code", "mobile", "9876543210", "kendra.change"),
    "complaints_offence": ("BNS64", "code", "title_hi", "बलात्कार", "offence.rename"),
    "complaints_nature": ("domestic_violence", "code", "name_hi", "घर में हिंसा", "nature.rename"),
}


def names():
    """Every named address of the site, from its own URLconf."""

    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns)
            else:
                yield pattern.name

    return sorted(set(walk(site.get_urls())) - {"login"})


def row_of(table):
    code, lookup = CHANGES[table][:2]
    return TABLES[table][0].objects.get(**{lookup: code})


def address(name):
    if name.endswith("_change") and name != "password_change":
        return reverse(f"admin:{name}", args=[row_of(name.removesuffix("_change")).pk])
    return reverse(f"admin:{name}", kwargs={"app_label": "kendras"} if name == "app_list" else None)


def stored(table):
    """What the table says in the columns that may change."""
    model, keeper = TABLES[table]
    return list(model.objects.order_by("pk").values_list("pk", *keeper.resource.changeable))


def changes():
    """What the trail has of master data, in the order of writing."""
    return Entry.objects.filter(action__in=[case[-1] for case in CHANGES.values()]).order_by("pk")


# --- who gets in -----------------------------------------------------------------------------------------------------


def test_four_tables_have_five_addresses_each():
    assert set(TABLES) == set(CHANGES)
    views = ("changelist", "change", "import", "process_import", "export")
    assert {f"{table}_{view}" for table in TABLES for view in views} | {
        "index", "app_list", "jsi18n", "logout", "password_change",
    } == set(names())  # fmt: skip


def test_without_signing_in_every_address_leads_to_the_login(world, client):
    for name in names():
        for answer in (client.get(address(name)), client.post(address(name))):
            assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/login/"), name


#: (by GET, by POST): what a keeper gets where that is not the page itself
ELSEWHERE = {
    "logout": (405, 302),
    "password_change": (302, 302),
    "jsi18n": (200, 405),
    "kendras_kendra_change": (200, 302),
}


@pytest.mark.parametrize("key", PEOPLE)
def test_only_the_administrator_and_a_superuser_reach_master_data(world, key):
    client = world.client(world.fresh(getattr(world, key)))
    for name in sorted(names(), key=lambda name: name == "logout"):
        got, posted = (status_for(client, method, address(name)) for method in ("get", "post"))
        if key not in KEEPERS:
            assert (got, posted) == (403, 403), name
        elif name.endswith("process_import"):
            assert (got, posted) == (405, 302), name
        else:
            assert (got, posted) == ELSEWHERE.get(name, (200, 200)), name


def test_the_sign_in_of_the_admin_is_ours(world, client):
    assert client.get(reverse("admin:login")).url == "/login/?next=/admin/"
    assert client.post(reverse("admin:login"), {"username": "root", "password": "a root password"}).status_code == 302
    assert "_auth_user_id" not in client.session


def test_an_account_with_its_first_password_is_sent_to_change_it(world):
    User.objects.filter(pk__in=[world.sysa.pk, world.root.pk]).update(must_change_password=True)
    for user in (world.sysa, world.root):
        client = world.client(world.fresh(user))
        for name in set(names()) - {"logout"}:
            for answer in (client.get(address(name)), client.post(address(name))):
                assert (answer.status_code, answer.url) == (302, reverse("kendras:password")), name


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_added_or_deleted_there(world, table):
    client, start, pk = world.client(world.root), reverse(f"admin:{table}_changelist"), row_of(table).pk
    for view, args, path in (
        ("add", [], "add/"),
        ("delete", [pk], f"{pk}/delete/"),
        ("history", [pk], f"{pk}/history/"),
    ):
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:{table}_{view}", args=args)
        assert client.get(start + path).status_code == 404
        assert client.post(start + path, {"post": "yes"}).status_code == 404


#: what Django's own admin would have, or what someone might register there
ABSENT = [
    "complaints/complaint/", "complaints/identity/", "complaints/account/", "kendras/user/", "kendras/charge/",
    "kendras/entry/", "kendras/rule/", "auth/group/", "auth/user/", "axes/accessattempt/", "sessions/session/",
    "guardian/userobjectpermission/", "autocomplete/", "r/1/1/", "password_change/done/",
]  # fmt: skip


def test_no_case_no_account_and_no_trail_has_an_address_there(world):
    client, start = world.client(world.root), reverse("admin:index")
    assert [path for path in ABSENT if client.get(start + path).status_code != 404] == []


def test_a_list_action_deletes_nothing(world):
    data = {"action": "delete_selected", "_selected_action": [world.agra.pk], "post": "yes"}
    world.client(world.root).post(address("kendras_unit_changelist"), data)
    assert Unit.objects.filter(pk=world.agra.pk).exists()


@pytest.mark.parametrize("view", ["import", "process_import", "export", "change"])
def test_a_form_from_another_site_is_refused(world, view):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.sysa, backend="kendras.jurisdiction.LoginBackend")
    assert client.post(address(f"kendras_unit_{view}"), {"name_hi": "x", "name_en": "x"}).status_code == 403


# --- pages -----------------------------------------------------------------------------------------------------------


def breaches(html):
    """What the content policy would not let run or draw."""
    found = re.findall(r"<[^>]*\s(?:style|on[a-z]+)=[^>]*>|<style[^>]*>|(?:src|href)=.(?:https?:|//|javascript:)", html)
    return found + re.findall(r"<script(?![^>]*(?:\ssrc=|type=.application/json))[^>]*>", html)


def test_the_search_for_breaches_finds_them():
    bad = [
        '<p style="x">',
        "<style>",
        "<script>1</script>",
        '<a onclick="x">',
        '<img src="//x">',
        "<a href='javascript:1'>",
    ]
    assert [len(breaches(each)) for each in bad] == [1] * len(bad)
    assert breaches('<script src="/x.js"></script><script id="a" type="application/json">{}</script>') == []


def test_no_page_there_needs_what_the_content_policy_forbids(world):
    client = world.client(world.root)
    for name in set(names()) - {"logout"}:
        answer = client.get(address(name))
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            assert "unsafe-inline" not in answer["Content-Security-Policy"]
            assert breaches(answer.content.decode()) == [], name


def test_no_page_on_the_way_of_a_sheet_needs_what_the_content_policy_forbids(world):
    sheets = Sheets(world)
    preview = sheets.try_it(as_csv([["code", "name_hi"], ["agra", "<b style='x'>"]]))
    pages = [preview, sheets.try_it(as_csv([["code"], ["<script>"]])), sheets.confirm(preview)]
    pages += [sheets.client.get(address("kendras_unit_changelist"), query) for query in ({"q": "agra"}, {"q": "zz"})]
    pages.append(sheets.client.post(address("kendras_unit_change"), {"name_hi": "", "name_en": "x" * 200}))
    for page in pages:
        assert page.status_code == 200
        assert breaches(page.content.decode()) == []


@pytest.mark.parametrize("table", TABLES)
def test_a_long_list_asks_the_database_as_often_as_a_short_one(world, table):
    client, counts = world.client(world.sysa), []
    client.get(address(f"{table}_changelist"))
    for query in ({"q": CHANGES[table][0]}, {}):
        with CaptureQueriesContext(connection) as asked:
            client.get(address(f"{table}_changelist"), query)
        counts.append(len(asked))
    assert counts[0] == counts[1]


#: texts of Django's own that its Hindi catalogue leaves out
ENGLISH = re.compile(
    r"Skip to|View site|Toggle|Breadcrumbs|Sidebar|administration|Parent|Please|Ensure|Error|was changed"
)


@pytest.mark.parametrize("name", ["index", "kendras_unit_changelist", "kendras_unit_change", "kendras_kendra_change"])
def test_no_english_is_left_on_a_hindi_page(world, name):
    client = world.client(world.sysa)
    pages = [client.get(address(name), headers={"accept-language": "hi"})]
    if name == "kendras_unit_change":
        pages += [
            client.post(address(name), {"name_hi": hindi, "name_en": "Agra"}, follow=True)
            for hindi in ("", "क" * 121, "नया")
        ]
    for page in pages:
        assert ENGLISH.findall(re.sub(r"<code>.*?</code>", "", page.content.decode())) == []


# --- the form --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_the_form_changes_the_columns_that_may_change_and_tells_the_trail(world, table):
    row, (_code, _lookup, column, value, action) = row_of(table), CHANGES[table]
    model, keeper = TABLES[table]
    before = model.objects.values().get(pk=row.pk)
    forged = {field.attname: "1" for field in model._meta.fields} | {field.name: "1" for field in model._meta.fields}
    given = {name: before[name] or "" for name in keeper.resource.changeable}
    answer = world.client(world.sysa).post(address(f"{table}_change"), {**forged, **given, column: value})
    assert answer.status_code == 302
    assert model.objects.values().get(pk=row.pk) == {**before, column: value}
    entry = changes().get()
    assert (entry.action, entry.by, entry.charge, entry.at) == (action, world.sysa, world.sysa.charge, world.now)
    assert (entry.subject_id, entry.details) == (row.pk, {"before": {column: before[column]}})
    assert not LogEntry.objects.exists()


def test_a_form_that_changes_nothing_leaves_nothing_on_the_trail(world):
    Kendra.objects.filter(thana=world.hariparvat).update(mobile="9876543210", launched_on="2025-09-21")
    data = {"mobile": "98765 43210", "launched_on": "2025-09-21", "functional_on": ""}
    assert world.client(world.sysa).post(address("kendras_kendra_change"), data).status_code == 302
    assert not changes().exists()


def test_a_name_whose_letters_the_browser_writes_otherwise_has_not_changed(world):
    Unit.objects.filter(pk=world.agra.pk).update(name_hi="ग\u095c")  # thanas.csv has such names
    world.client(world.sysa).post(address("kendras_unit_change"), {"name_hi": "ग\u0921\u093c", "name_en": "Garh"})
    assert changes().get().details == {"before": {"name_en": "Agra"}}


@pytest.mark.parametrize("number", ["12345", "0123456789", "98765abcde", "9৮৭৬৫৪৩২১০"])
def test_a_number_that_is_no_mobile_is_refused(world, number):
    answer = world.client(world.sysa).post(address("kendras_kendra_change"), {"mobile": number})
    assert answer.status_code == 200
    assert "मोबाइल नम्बर में दस अंक" in answer.content.decode()
    assert row_of("kendras_kendra").mobile == ""


def test_a_name_of_the_form_carries_no_sign_that_nobody_sees(world):
    data = {"name_hi": " आ\u202eग\x07रा नगर ", "name_en": "Agra"}
    world.client(world.sysa).post(address("kendras_unit_change"), data)
    assert row_of("kendras_unit").name_hi == "आगरा नगर"


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
FORMAT = pytest.mark.parametrize("kind", FORMATS)


class Sheets:
    """The administrator at the import page of one table, in Hindi."""

    def __init__(self, world, table="kendras_unit"):
        self.client, self.table = world.client(world.sysa), table

    def try_it(self, data, kind="csv", language="hi"):
        upload = io.BytesIO(data)
        upload.name = f"sheet.{kind}"
        fields = {"import_file": upload, "format": FORMATS[kind][0], "resource": ""}
        answer = self.client.post(reverse(f"admin:{self.table}_import"), fields, headers={"accept-language": language})
        assert answer.status_code == 200
        return answer

    def hidden(self, preview):
        found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', preview.content.decode()))
        return {key: value for key, value in found.items() if key != "csrfmiddlewaretoken"}

    def confirm(self, preview):
        return self.send(self.hidden(preview))

    def send(self, fields):
        return self.client.post(reverse(f"admin:{self.table}_process_import"), fields, follow=True)

    def export(self, kind, query=""):
        fields = {"format": FORMATS[kind][0], "resource": ""}
        answer = self.client.post(reverse(f"admin:{self.table}_export") + query, fields)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].endswith(f'.{kind}"')
        return answer.content


@FORMAT
@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_stored_before_the_preview_is_confirmed_and_then_each_row_is_on_the_trail(world, table, kind):
    code, _lookup, column, value, action = CHANGES[table]
    sheets, row, before = Sheets(world, table), row_of(table), stored(table)
    preview = sheets.try_it(FORMATS[kind][1]([["code", column], [code, value]]), kind)
    assert re.findall("<ins>(.*?)</ins>", preview.content.decode()) == [value]
    assert stored(table) == before
    assert not changes().exists()
    assert "1 पंक्ति" in sheets.confirm(preview).content.decode()
    after = row_of(table)
    assert getattr(after, column) == value
    entry = changes().get()
    assert (entry.action, entry.by, entry.charge, entry.at) == (action, world.sysa, world.sysa.charge, world.now)
    assert (entry.subject_id, entry.details) == (row.pk, {"before": {column: getattr(row, column)}})
    assert [line for line in stored(table) if line not in before] == [
        (row.pk, *(getattr(after, name) for name in TABLES[table][1].resource.changeable))
    ]
    assert not LogEntry.objects.exists()


@FORMAT
def test_only_rows_that_change_are_on_the_trail(world, kind):
    sheets = Sheets(world)
    lines = [["code", "name_hi"], ["agra", "आगरा नगर"], ["mathura", "मथुरा"], ["noida", "नोएडा"]]
    done = sheets.confirm(sheets.try_it(FORMATS[kind][1](lines), kind))
    assert "2 पंक्तियाँ" in done.content.decode()
    assert [(entry.subject_id, entry.details["before"]) for entry in changes()] == [
        (world.agra.pk, {"name_hi": "आगरा"}),
        (world.noida.pk, {"name_hi": "गौतमबुद्धनगर"}),
    ]


def test_the_trail_of_a_kendra_stands_at_its_thana_with_the_date_it_had(world):
    Kendra.objects.filter(thana=world.hariparvat).update(launched_on="2025-09-21")
    sheets = Sheets(world, "kendras_kendra")
    sheets.confirm(sheets.try_it(as_csv([["code", "launched_on"], ["hariparvat", ""]])))
    entry = changes().get()
    assert (entry.thana, entry.district) == (world.hariparvat, world.agra)
    assert entry.details == {"before": {"launched_on": "2025-09-21"}}
    assert row_of("kendras_kendra").launched_on is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (as_csv([["Code ", "MOBILE", "launched_on"], [" hariparvat ", "९८७६५ ४३२१०", "२१-०९-२०२५"]]), "csv"),
        (as_csv([["launched_on", "mobile", "code"], ["2025-09-21", "98765-43210", "hariparvat"], []]), "csv"),
        (as_xlsx([["code", "mobile", "launched_on"], ["hariparvat", 9876543210, datetime(2025, 9, 21)]]), "xlsx"),
        (as_xlsx([["code", "mobile", "launched_on"], ["hariparvat", "9876543210", "21-09-2025"], [None]]), "xlsx"),
    ],
)
def test_numbers_and_dates_are_taken_as_people_and_computers_write_them(world, data, kind):
    sheets = Sheets(world, "kendras_kendra")
    sheets.confirm(sheets.try_it(data, kind))
    kendra = row_of("kendras_kendra")
    assert (kendra.mobile, kendra.launched_on) == ("9876543210", date(2025, 9, 21))


#: names that a spreadsheet, or our own reading, could take for something else
AWKWARD = [
    "=1+1",
    "+आगरा",
    "-Agra",
    "@x",
    "＝x",
    "'=x",
    "''+x",
    "'x",
    'a "b", c; d',
    "x\ny",
    "007",
    "1.0",
    "TRUE",
    "21-09-2025",
    "ग\u095c",  # one letter, written as one sign and as two
    "ग\u0921\u093c",
]


@FORMAT
@pytest.mark.parametrize("table", TABLES)
def test_an_export_taken_in_again_changes_nothing(world, table, kind):
    units = list(Unit.objects.order_by("pk")[: len(AWKWARD)])
    for unit, name in zip(units, AWKWARD, strict=True):
        Unit.objects.filter(pk=unit.pk).update(name_en=name, name_hi=name)
    Kendra.objects.filter(thana=world.hariparvat).update(mobile="+919876543210", launched_on="2025-09-21")
    sheets, before = Sheets(world, table), stored(table)
    page = sheets.try_it(sheets.export(kind), kind)
    assert "कुछ नहीं बदलेगा" in page.content.decode()
    assert "process_import" not in page.content.decode()
    assert (stored(table), changes().count()) == (before, 0)


# --- sheets that are refused -----------------------------------------------------------------------------------------

#: lines for the table of units, and what is said of them
WRONG = [
    ([["code", "name_hi"], ["nowhere", "x"]], "इस कोड की कोई पंक्ति नहीं"),
    ([["code", "name_hi"], ["", "x"]], "इस कोड की कोई पंक्ति नहीं"),
    ([["code", "name_hi"], ["agra", "x"], ["agra", "y"]], "यह कोड फ़ाइल में दो बार"),
    ([["code", "name_hi"], ["agra", "x"], ["agra", "x"]], "यह कोड फ़ाइल में दो बार"),
    ([["code", "level"], ["agra", "state"]], "level: यह स्तम्भ यहाँ नहीं बदला जा सकता"),
    ([["code", "parent"], ["agra", "lucknow_range"]], "parent: यह स्तम्भ यहाँ नहीं बदला जा सकता"),
    ([["code", "name_hi"], ["agra", "=1+1"]], "सूत्र"),
    ([["code", "name_hi"], ["agra", "@SUM(1)"]], "सूत्र"),
    ([["code", "name_hi"], ["agra", "＝1"]], "सूत्र"),
    ([["code", "name_hi"], ["agra", "'=1+1"]], "सूत्र"),
    ([["code", "name_hi"], ["agra", "a\nb"]], "नियंत्रण चिह्न"),
    ([["code", "name_hi"], ["agra", "a\u202eb"]], "नियंत्रण चिह्न"),
    ([["code", "name_hi"], ["agra", ""]], "name_hi: इस फ़ील्ड रिक्त नहीं"),
    ([["code", "name_hi"], ["agra", "x" * 121]], "name_hi: इसमें अधिकतम 120 अक्षर"),
    ([["code", "salary"], ["agra", "1"]], "“salary” नाम का कोई स्तम्भ"),
    ([["code", "id"], ["agra", "1"]], "“id” नाम का कोई स्तम्भ"),
    ([["code", "name_hi", "name_hi"], ["agra", "x", "y"]], "“name_hi” दो बार"),
    ([["code", "name_hi", "NAME_HI "], ["agra", "x", "y"]], "“name_hi” दो बार"),
    ([["name_hi", "name_en"], ["आगरा", "y"]], "स्तम्भ “code” नहीं है"),
    ([["code", "", "name_hi"], ["agra", "", "x"]], "का नाम नहीं"),
    ([["code", "name_hi"]], "कोई पंक्ति नहीं"),
    ([["code", "name_hi"], ["", ""]], "कोई पंक्ति नहीं"),
    ([["code", "name_hi"], ["agra", "x", "y"]], "अधिक खाने"),
    ([["code"] + ["name_hi"] * COLUMNS, ["agra"]], "अधिक स्तम्भ"),
    ([["code", "name_hi"], *[["agra", "x"]] * (ROWS + 1)], "अधिक पंक्तियाँ"),
]  # fmt: skip


def refused(sheets, data, kind):
    """The page that refuses a file, after a look that it offers nothing to store."""
    before = stored(sheets.table)
    page = sheets.try_it(data, kind).content.decode()
    assert "process_import" not in page
    assert (stored(sheets.table), changes().count()) == (before, 0)
    return page


@FORMAT
@pytest.mark.parametrize(("lines", "said"), WRONG, ids=range(len(WRONG)))
def test_a_sheet_that_is_wrong_is_refused_in_hindi_and_nothing_is_stored(world, lines, said, kind):
    assert said in refused(Sheets(world), FORMATS[kind][1](lines), kind)


def repacked(parts, data=None):
    """A workbook with some of its parts exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or as_xlsx([["code", "name_hi"], ["agra", "x"]]))) as old:
        whole = {name: old.read(name) for name in old.namelist()} | parts
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in whole.items():
            archive.writestr(name, text)
    return out.getvalue()


PAGE = "xl/worksheets/sheet1.xml"
ROW = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>code</t></is></c><c r="B1" t="inlineStr"><is><t>name_hi</t></is></c></row><row r="2">
<c r="A2" t="inlineStr"><is><t>agra</t></is></c><c r="B2" t="str">%s<v>x</v></c></row></sheetData></worksheet>"""


def damaged(data, offset, value):
    """The archive with other bytes at `offset` in what its table of contents says of the page."""
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(PAGE.encode())) + offset
    return data[:at] + value + data[at + len(value) :]


@pytest.mark.parametrize(
    ("make", "kind", "said"),
    [
        (lambda: as_csv([["code", "name_hi"], ["agra", "a\x07b"]]), "csv", "नियंत्रण चिह्न"),
        (lambda: as_csv([["code", "name_hi"], ["agra", "a\x00b"]]), "csv", "नियंत्रण चिह्न"),
        (lambda: b"", "csv", "खाली"),
        (lambda: b"\n\n", "csv", "स्तम्भ “code” नहीं है"),
        (lambda: b"\x00" * 100, "csv", "नाम का कोई स्तम्भ"),
        (lambda: "code,name_hi\nagra,आगरा".encode("utf-16"), "csv", "CSV फ़ाइल नहीं"),
        (lambda: "code,name_hi\nagra,Ågra".encode("latin-1"), "csv", "CSV फ़ाइल नहीं"),
        (lambda: b'code,name_hi\nagra,"x" y\n', "csv", "CSV फ़ाइल नहीं"),
        (lambda: b'code,name_hi\nagra,"x', "csv", "CSV फ़ाइल नहीं"),
        (lambda: b"code,name_hi\nagra," + b"x" * 140_000, "csv", "CSV फ़ाइल नहीं"),
        (lambda: as_xlsx([["code", "name_hi"], ["agra", "x"]]), "csv", "CSV फ़ाइल नहीं"),
        (lambda: b"code,name_hi\nagra,x", "xlsx", "पढ़ी नहीं जा सकती"),
        (lambda: b"PK\x03\x04 no archive", "xlsx", "पढ़ी नहीं जा सकती"),
        (lambda: as_xlsx([["code"], ["agra"]])[:-400], "xlsx", "पढ़ी नहीं जा सकती"),
        (lambda: damaged(repacked({}), 6, b"\xff\x00"), "xlsx", "पढ़ी नहीं जा सकती"),
        (lambda: damaged(repacked({}), 8, b"\x01\x00"), "xlsx", "पढ़ी नहीं जा सकती"),
        (lambda: repacked({PAGE: b"<worksheet><sheetData>"}), "xlsx", "पढ़ी नहीं जा सकती"),
        (lambda: repacked({"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "xlsx", "पढ़ी नहीं जा सकती"),
        (lambda: damaged(repacked({PAGE: ROW % b"" + b" " * 100_000}), 24, b"\x00\x04\x00\x00"), "xlsx", "पढ़ी नहीं जा सकती"),
        (lambda: repacked({PAGE: b"0" * (UNPACKED_BYTES + 1)}), "xlsx", "बहुत बड़ी"),
        (lambda: repacked({"xl/styles.xml": b"0" * (SIDE_BYTES + 1)}), "xlsx", "बहुत बड़ी"),
        (lambda: repacked({PAGE: ROW % b"<f>1+1</f>"}), "xlsx", "खाना B2 में सूत्र"),
        (lambda: repacked({PAGE: ROW % b'<f t="shared" si="0"/>'}), "xlsx", "खाना B2 में सूत्र"),
        (lambda: b"x" * (PACKED_BYTES + 1), "csv", "1024 केबी से बड़ी है"),
        (lambda: b"x" * (PACKED_BYTES + 1), "xlsx", "1024 केबी से बड़ी है"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_or_would_cost_too_much_is_refused(world, make, kind, said):
    assert said in refused(Sheets(world), make(), kind)


def test_a_file_at_the_limits_is_taken(world):
    sheets = Sheets(world)
    name = "x" * 100
    assert "<ins>x</ins>" in sheets.try_it(repacked({PAGE: ROW % b""}), "xlsx").content.decode()
    lines = [["code", "name_hi"], ["agra", name], *[["", ""]] * (ROWS - 1)]
    assert f"<ins>{name}</ins>" in sheets.try_it(as_csv(lines)).content.decode()


@FORMAT
@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("mobile", "12", "मोबाइल नम्बर में दस अंक"),
        ("mobile", "5876543210", "मोबाइल नम्बर में दस अंक"),
        ("mobile", "9৮৭৬৫৪৩২১০", "मोबाइल नम्बर में दस अंक"),
        ("launched_on", "21.9", "21-09-2025"),
        ("launched_on", "09-21-2025", "21-09-2025"),
        ("functional_on", "31-02-2026", "21-09-2025"),
        ("thana", "ताजगंज", "नहीं बदला जा सकता"),
    ],
)
def test_a_bad_number_or_date_of_a_kendra_is_named(world, column, value, said, kind):
    lines = [["code", column], ["hariparvat", value]]
    page = refused(Sheets(world, "kendras_kendra"), FORMATS[kind][1](lines), kind)
    assert re.search(f"पंक्ति 2, {column}: [^<]*{said}", page)


def test_an_offence_and_a_nature_keep_what_the_law_says(world):
    lines = [["code", "section"], ["BNS64", "65"]]
    assert "section: यह स्तम्भ" in refused(Sheets(world, "complaints_offence"), as_csv(lines), "csv")
    lines = [["code", "protects_identity"], ["domestic_violence", "0"]]
    assert "नाम का कोई स्तम्भ" in refused(Sheets(world, "complaints_nature"), as_csv(lines), "csv")


def test_the_reason_is_in_english_for_who_reads_english(world):
    page = Sheets(world).try_it(as_csv([["code"], ["nowhere"]]), language="en")
    assert "There is no row with this code." in page.content.decode()


@FORMAT
def test_one_bad_row_among_good_ones_keeps_all_of_them_out_and_is_named_by_its_line(world, kind):
    lines = [["code", "name_hi"], ["agra", "नया"], ["mathura", "मथुरा"], ["nowhere", "x"], ["noida", "नोएडा"]]
    page = refused(Sheets(world), FORMATS[kind][1](lines), kind)
    assert "पंक्ति 4, code:" in page
    assert "पंक्ति 2" not in page


def test_a_row_that_the_database_refuses_keeps_all_out_and_is_named_by_its_line(world, monkeypatch):
    def fail(unit, **options):
        raise RuntimeError("no room")

    monkeypatch.setattr(Unit, "save", fail)
    page = refused(Sheets(world), as_csv([["code", "name_hi"], ["mathura", "मथुरा"], ["agra", "नया"]]), "csv")
    assert "पंक्ति 3: no room" in page


# --- between preview and confirmation --------------------------------------------------------------------------------


def test_a_unit_that_moved_after_the_preview_stores_nothing(world):
    sheets = Sheets(world)
    lines = [["code", "name_hi", "parent"], ["mathura", "नया", "agra_range"], ["agra", "नया", "agra_range"]]
    preview = sheets.try_it(as_csv(lines))
    Unit.objects.get(code="agra").move_under(world.agra_zone, on=world.now.date())
    before = stored("kendras_unit")
    assert "तालिका बदल गयी" in sheets.confirm(preview).content.decode()
    assert (stored("kendras_unit"), changes().count()) == (before, 0)


@pytest.mark.parametrize("code", ["agra", "mathura"])
def test_what_someone_else_changed_after_the_preview_is_not_overwritten(world, code):
    sheets = Sheets(world)
    preview = sheets.try_it(as_csv([["code", "name_hi"], ["agra", "नया"], ["mathura", "मथुरा"]]))
    Unit.objects.filter(code=code).update(name_hi="और किसी का")
    before = stored("kendras_unit")
    assert "तालिका बदल गयी" in sheets.confirm(preview).content.decode()
    assert (stored("kendras_unit"), changes().count()) == (before, 0)


def test_a_change_elsewhere_in_the_table_does_not_disturb(world):
    sheets = Sheets(world)
    preview = sheets.try_it(as_csv([["code", "name_hi"], ["agra", "नया"]]))
    Unit.objects.filter(code="mathura").update(name_hi="और किसी का")
    assert "1 पंक्ति" in sheets.confirm(preview).content.decode()


def test_an_act_that_cannot_be_told_does_not_happen(world, monkeypatch):
    sheets = Sheets(world)
    preview = sheets.try_it(as_csv([["code", "name_hi"], ["agra", "नया"]]))
    monkeypatch.setattr(TABLES["kendras_unit"][1].resource, "action", "unit.whisper")
    before = stored("kendras_unit")
    sheets.confirm(preview)
    assert stored("kendras_unit") == before


def test_a_file_that_is_gone_at_the_confirmation_is_asked_for_again(world):
    sheets = Sheets(world)
    preview = sheets.try_it(as_csv([["code", "name_hi"], ["agra", "नया"]]))
    sheets.confirm(preview)
    assert "फिर से चुनें" in sheets.confirm(preview).content.decode()
    assert changes().count() == 1


@pytest.mark.parametrize(
    "forged",
    [
        {"format": "9"}, {"format": ""}, {"format": "1"}, {"shown": ""}, {"shown": "0" * 64}, {"import_file_name": ""},
        {"import_file_name": "../../etc/passwd"}, {"import_file_name": "a" * 200}, {"original_file_name": "\x00"},
    ],
)  # fmt: skip
def test_a_confirmation_that_was_tampered_with_stores_nothing(world, forged):
    sheets = Sheets(world)
    fields = sheets.hidden(sheets.try_it(as_csv([["code", "name_hi"], ["agra", "नया"]])))
    before = stored("kendras_unit")
    page = sheets.send({**fields, **forged})
    assert page.redirect_chain == [(reverse("admin:kendras_unit_import"), 302)]
    assert 'class="error"' in page.content.decode()
    assert (stored("kendras_unit"), changes().count()) == (before, 0)


# --- exports ---------------------------------------------------------------------------------------------------------


def cells_of(data, kind):
    if kind == "csv":
        return [cell for line in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in line]
    book = load_workbook(io.BytesIO(data))
    cells = [cell for line in book.active.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    return [str(cell.value) for cell in cells if cell.value is not None]


@FORMAT
def test_no_cell_of_an_export_could_be_taken_for_a_formula(world, kind):
    names = ['=HYPERLINK("x")', "＝1", "+1", "-1", "@x", "\t=1", "\r=1", "＋1", "－1", "＠x"]
    for unit, name in zip(Unit.objects.order_by("pk"), names, strict=False):
        Unit.objects.filter(pk=unit.pk).update(name_en=name)
    cells = cells_of(Sheets(world).export(kind), kind)
    assert '\'=HYPERLINK("x")' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))]


def test_a_number_stays_a_number_and_nothing_stays_nothing():
    line = ["-5", -5, 2.5, None, "007"]
    page = load_workbook(io.BytesIO(xlsx_file([line], "1"))).active
    assert [cell.value for cell in page[1]] == ["'-5", -5, 2.5, None, "007"]
    assert csv_file([line]).decode("utf-8-sig") == "'-5,-5,2.5,,007\r\n"


@FORMAT
def test_an_export_has_the_rows_of_the_filter_and_only_the_columns_of_the_sheet(world, kind):
    cells = cells_of(Sheets(world).export(kind, "?q=mathura"), kind)
    assert cells == [
        "code",
        "level",
        "parent",
        "name_hi",
        "name_en",
        "mathura",
        "district",
        "agra_range",
        "मथुरा",
        "Mathura",
    ]


@pytest.mark.parametrize("query", ["provisional__exact=zz", "level__exact=zz", "q=%00", "p=zz", "o=zz"])
def test_a_filter_that_there_is_not_breaks_no_page(world, query):
    client = world.client(world.sysa)
    for view in ("changelist", "export"):
        url = f"{address(f'kendras_unit_{view}')}?{query}"
        assert client.get(url, follow=True).status_code == 200
    assert client.post(f"{address('kendras_unit_export')}?{query}", {"format": "0"}, follow=True).status_code == 200


@FORMAT
def test_who_takes_a_table_out_in_a_file_is_on_the_trail(world, kind):
    Sheets(world).export(kind)
    entry = Entry.objects.get(action="master.export")
    assert (entry.by, entry.details) == (world.sysa, {"table": "kendras.unit"})


@pytest.mark.parametrize("button", ["_addanother", "_continue", "_popup"])
def test_whichever_button_a_form_claims_the_change_is_saved_and_the_list_opens(world, button):
    sent = {"name_hi": "आगरा नगर", "name_en": "Agra", "provisional": "", button: "1"}
    answer = world.client(world.sysa).post(address("kendras_unit_change"), sent, follow=True)
    assert answer.redirect_chain[-1][0] == address("kendras_unit_changelist")
    assert row_of("kendras_unit").name_hi == "आगरा नगर"
