"""Papers: the right words inside the PDF, nothing fetched from elsewhere, no formula in a spreadsheet."""

import csv
import io
import re
import subprocess
from datetime import date

import pytest
import weasyprint
from django.utils import translation
from openpyxl import load_workbook

from reports.render import Forbidden, OwnFiles, as_csv, as_json, as_pdf, as_xlsx, fetch_own
from reports.sheet import Change, Column, Ratio, Row, Sheet
from tests.world import NOW

THANAS = [
    "हरिपर्वत",
    "ताजगंज",
    "लोहामण्डी",
    "फतेहपुर सीकरी",
    "एत्मादुद्दौला",
    "न्यू आगरा",
    "छत्ता",
    "बमरौली कटारा",
    "खेरागढ़",
    "शम्साबाद",
]


def sheet(rows=60, label=None):
    names = [label] if label else [f"{THANAS[n % len(THANAS)]} {n}" for n in range(rows)]
    return Sheet(
        code="units",
        title="इकाइयों का कार्य",
        unit="कमिश्नरेट आगरा",
        month=date(2026, 10, 1),
        as_on=NOW,
        head="थाना",
        columns=(Column("प्राप्त"), Column("निस्तारित प्रतिशत", "ratio"), Column("परिवर्तन", "change")),
        rows=tuple(Row(name, (123456, Ratio(1, 3), Change(3, 0))) for name in names),
        total=Row("योग", (123456 * len(names), Ratio(2, 3), Change(3, 4))),
        digest="abcdef0123456789" * 4,
    )


def words(content):
    """The text of each page as a reader copies it: pdftotext reads the text behind the glyphs."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


@pytest.fixture
def pages():
    with translation.override("hi"):
        return words(as_pdf(sheet()))


def test_the_reach_into_weasyprint_is_tried_on_this_version_only():
    assert weasyprint.__version__ == "70.0"


def test_every_hindi_word_can_be_found_and_copied(pages):
    found = set(re.findall(r"[\u0900-\u097f]+", " ".join(pages)))
    wanted = set(
        re.findall(
            r"[\u0900-\u097f]+",
            " ".join([*THANAS, "इकाइयों का कार्य कमिश्नरेट आगरा थाना प्राप्त निस्तारित प्रतिशत परिवर्तन योग"]),
        )
    )
    assert wanted <= found, wanted - found


def test_the_head_of_the_table_stands_on_every_page(pages):
    assert len(pages) > 1
    assert all("निस्तारित प्रतिशत" in re.sub(r"\s+", " ", page) for page in pages)


def test_each_page_says_which_of_how_many_with_time_and_hash(pages):
    for number, page in enumerate(pages, 1):
        text = re.sub(r"\s+", " ", page)
        assert f"{number} / {len(pages)}" in text
        assert "23-11-2026 10:00" in text
        assert "abcdef0123456789" in text


def test_numbers_are_grouped_the_indian_way_and_a_base_of_nothing_prints_a_dash(pages):
    text = " ".join(pages)
    assert "1,23,456" in text
    assert "–" in text
    assert "∞" not in text


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1:1/x", "https://example.org/", "kendra:other"]
)
def test_a_paper_opens_nothing_but_its_own_font(address):
    with pytest.raises(Forbidden):
        fetch_own(address)


class Watch(OwnFiles):
    """Notes what is asked for, and refuses like the real one."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def fetch(self, url, headers=None):
        self.asked.append(url)
        return super().fetch(url, headers)


def test_an_import_in_a_stylesheet_is_asked_of_us_and_refused():
    watch = Watch()
    weasyprint.CSS(string="@import url(http://127.0.0.1:1/x.css); p { color: red }", url_fetcher=watch)
    assert watch.asked == ["http://127.0.0.1:1/x.css"]


def test_markup_in_a_label_stays_text():
    assert "passwd" in words(as_pdf(sheet(label="<img src='file:///etc/passwd'>")))[0]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_a_text_that_begins_like_a_formula_is_defused_and_numbers_stay_numbers(start):
    made = sheet(label=f"{start}cmd|x")
    lines = list(csv.reader(io.StringIO(as_csv(made).decode("utf-8-sig"), newline="")))
    assert lines[1][0].startswith("'")
    page = load_workbook(io.BytesIO(as_xlsx(made))).active
    assert str(page["A2"].value).startswith("'")
    assert page["B2"].value == 123456
    assert page["D2"].value is None


def test_json_leaves_a_percentage_of_nothing_empty():
    said = as_json(sheet(rows=1))
    assert said["rows"][0][1:] == [123456, 33.3, None]
    assert said["columns"] == ["थाना", "प्राप्त", "निस्तारित प्रतिशत", "परिवर्तन"]
