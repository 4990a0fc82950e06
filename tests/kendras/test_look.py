"""How it looks, computed: the contrast of every pair of colour tokens, Hindi that is never clipped, a light first load,
and a page of parts whose samples are what they stand for.

axe passes Devanagari text on any ground (tried), so contrast is computed here: WCAG 2.1, 4.5 for text, 3 for the edges
of controls and the shapes of charts.
"""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tinycss2
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import translation
from tinycss2.color3 import parse_color

from complaints.models import DeadlineStatus
from kendras import look
from reports.charts import bars, line_chart
from reports.models import MonthlyReport, PrintJob

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Kolkata"))

#: what a page, a card, a head of a table, and a row under the pointer are painted with
GROUNDS = ("card", "paper", "sunk", "neel-wash")
#: each token that text is written in → the tokens it is read on
TEXT = {
    "ink": GROUNDS,
    "ink-2": GROUNDS,
    "neel": GROUNDS,
    "neel-2": GROUNDS,
    "rani": GROUNDS,
    "ok": (*GROUNDS, "ok-wash"),
    "due": (*GROUNDS, "due-wash"),
    "late": (*GROUNDS, "late-wash"),
    "late-2": (*GROUNDS, "late-wash"),
    "info": (*GROUNDS, "info-wash"),
    "on-neel": ("neel", "neel-2", "late"),
    "on-neel-2": ("neel", "neel-2"),
}
#: each token that the edge of a control, the focus or a shape that says something is drawn in → the tokens beside it
EDGES = {
    "edge": GROUNDS,
    "focus": (*GROUNDS, "neel", "ok-wash", "due-wash", "late-wash", "info-wash"),
    "on-neel-2": ("neel", "neel-2"),
    "neel": GROUNDS,
    "neel-2": GROUNDS,
    "rani": GROUNDS,
    "ok": GROUNDS,
    "due": GROUNDS,
    "late": GROUNDS,
    "ink-2": GROUNDS,
}


# --- reading a stylesheet --------------------------------------------------------------------------------------------


def rules_of(nodes, media=""):
    """(media, selector, {property: tokens}) of each rule, those inside @media and @page boxes too."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield media, tinycss2.serialize(node.prelude).strip(), declared(node.content)
        elif node.type == "at-rule" and node.content is not None:
            words = f"@{node.at_keyword} {tinycss2.serialize(node.prelude).strip()}"
            if node.lower_at_keyword == "media":
                yield from rules_of(parsed(node.content), words)
            else:
                yield media, words, declared(node.content)


def parsed(css):
    return tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True)


def declared(content):
    found = tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True)
    return {each.lower_name: [t for t in each.value if t.type != "whitespace"] for each in found if each.type == "declaration"}  # fmt: skip


def sheet(name):
    return list(rules_of(parsed((STATIC / name).read_text(encoding="utf-8"))))


RULES = sheet("app.css")


def tokens(media):
    """{token: (red, green, blue)} as :root sets them, on screen ("") or printed."""
    found = {}
    for where, selector, declarations in RULES:
        if selector == ":root" and where in ("", media):
            values = {name: parse_color(value[0]) for name, value in declarations.items() if value}
            found |= {name.removeprefix("--"): color[:3] for name, color in values.items() if color}
    return found


MEDIA = {"screen": tokens(""), "print": tokens("@media print")}


def token(value):
    """The token that a value names by var(--token), or ""."""
    names = [t.arguments[0].value for t in value or [] if t.type == "function" and t.lower_name == "var"]
    return names[0].removeprefix("--") if len(names) == 1 else ""


def ground(declarations):
    return token(declarations.get("background") or declarations.get("background-color"))


# --- contrast --------------------------------------------------------------------------------------------------------


def contrast(one, other):
    """WCAG 2.1: (L1 + 0.05) / (L2 + 0.05), the lighter first."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color):
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def too_pale(table, least, colors):
    """The pairs of a table whose contrast lies below `least`."""
    return [
        f"{front} on {back}: {contrast(colors[front], colors[back]):.2f}"
        for front, backs in table.items()
        for back in backs
        if contrast(colors[front], colors[back]) < least
    ]


def test_contrast_is_computed_as_the_standard_says():
    black, white, grey = (0, 0, 0), (1, 1, 1), (0x77 / 255,) * 3
    assert contrast(black, white) == contrast(white, black) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("media", MEDIA)
def test_text_reaches_4_5_on_every_ground_it_is_read_on(media):
    assert too_pale(TEXT, 4.5, MEDIA[media]) == []


def test_edges_and_shapes_reach_3_beside_every_ground():
    assert too_pale(EDGES, 3, MEDIA["screen"]) == []


def test_a_token_that_pales_is_found():
    paled = MEDIA["screen"] | {"ink-2": parse_color("#8c8799")[:3]}
    assert {line.partition(" on ")[0] for line in too_pale(TEXT, 4.5, paled)} == {"ink-2"}


@pytest.mark.parametrize("media", MEDIA)
def test_every_rule_that_sets_text_and_ground_reaches_4_5(media):
    pairs = [(selector, token(d.get("color")), ground(d)) for _where, selector, d in RULES]
    pairs = [(selector, front, back) for selector, front, back in pairs if front and back]
    assert len(pairs) > 25
    pale = [(selector, front, back) for selector, front, back in pairs if contrast(MEDIA[media][front], MEDIA[media][back]) < 4.5]  # fmt: skip
    assert pale == []


def test_every_pair_a_rule_sets_stands_in_the_table():
    for _where, selector, declarations in RULES:
        front, back = token(declarations.get("color")), ground(declarations)
        if front:
            assert front in TEXT, selector
        if front and back:
            assert back in TEXT[front], f"{selector}: {front} on {back}"


def test_every_colour_of_an_edge_or_a_shape_stands_in_the_table():
    """But for --line and what is drawn in the colour of the text: lines between rows carry no meaning of their own."""
    plain = {"line", "sunk", "card", "ink", "radius"}
    for _where, selector, declarations in RULES:
        for name, value in declarations.items():
            if name.startswith(("border", "outline")) or name in ("stroke", "fill"):
                assert not token(value) or token(value) in {*EDGES, *plain}, f"{selector}: {name}"


def test_every_name_of_a_token_is_defined():
    known = {name for _where, selector, d in RULES if selector == ":root" for name in d}
    assert set(re.findall(r"var\((--[\w-]+)", (STATIC / "app.css").read_text())) <= known


# --- colours only as tokens ------------------------------------------------------------------------------------------


#: also those that the parser does not read
_COLOR_FUNCTIONS = {"rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix"}


def literals(value):
    """Colours written out in a value: by name, by number or by function."""
    for part in value:
        color = parse_color(part)
        named = color is not None and color != "currentColor" and color.alpha > 0
        if named or part.type == "function" and part.lower_name in _COLOR_FUNCTIONS:
            yield tinycss2.serialize([part])


@pytest.mark.parametrize("text", ["#fff", "red", "rgb(1 2 3)", "rgb(1 2 3 / 5%)", "hsl(1, 2%, 3%)"])
def test_a_colour_written_out_is_found(text):
    assert list(literals(tinycss2.parse_component_value_list(f"1px solid {text}")))


def test_outside_root_no_colour_is_written_out():
    found = [
        f"{selector}: {name}: {color}"
        for _where, selector, declarations in RULES
        if selector != ":root"
        for name, value in declarations.items()
        for color in literals(value)
    ]
    assert found == []


def test_the_paper_is_written_in_colours_that_can_be_read():
    """print.css is WeasyPrint's: A4, literals, text on white or on the tint of its own rows."""
    rules = sheet("print.css")
    unseen = {".stamp", ".page-word"}
    tints = [c for _m, _s, d in rules for v in [d.get("background", [])] for t in v if (c := parse_color(t))]
    texts = {
        tinycss2.serialize(d["color"]): parse_color(d["color"][0])
        for _m, selector, d in rules
        if "color" in d and selector not in unseen
    }
    assert len(tints) >= 2
    assert len(texts) >= 2
    for words, color in texts.items():
        for back in [(1, 1, 1), *(tint[:3] for tint in tints)]:
            assert contrast(color[:3], back) >= 4.5, words


# --- Hindi is never clipped ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["app.css", "print.css"])
def test_no_text_is_cut_off(name):
    """`overflow: hidden` stands only where text is kept from the eyes on purpose, for screen readers."""
    for _where, selector, declarations in sheet(name):
        words = {prop: tinycss2.serialize(value) for prop, value in declarations.items()}
        assert not {"text-overflow", "-webkit-line-clamp", "line-clamp"} & set(words), selector
        for prop in ("overflow", "overflow-x", "overflow-y"):
            if words.get(prop) in ("hidden", "clip"):
                assert (words.get("width"), words.get("clip-path")) == ("1px", "inset(50%)"), selector


@pytest.mark.parametrize("name", ["app.css", "print.css"])
def test_lines_of_hindi_stand_far_enough_apart_for_matras(name):
    latin = {".figure-n", ".stamp", ".page-word"}
    for _where, selector, declarations in sheet(name):
        value = tinycss2.serialize(declarations.get("line-height", []))
        if value and selector not in latin and ":lang(en)" not in selector:
            assert float(value) >= 1.45, selector


# --- the first load --------------------------------------------------------------------------------------------------


def assets(html):
    """The static files that a page asks for, each once."""
    links = re.findall(r"""(?:href|src)=["']/static/([^"'#?]+)""", html)
    return {link: Path(finders.find(link)).stat().st_size for link in links}


@pytest.mark.parametrize("who", ["", "hema", "asha", "esha", "hina", "sysa"])
def test_the_first_load_is_at_most_100_kb(world, client, who):
    """The page with everything it refers to, not compressed."""
    if who:
        client = world.client(getattr(world, who))
    html = client.get(reverse("reports:today" if who else "kendras:login")).content.decode()
    found = assets(html)
    assert {"app.css", "app.js", "emblem.svg"} <= set(found)
    assert ("icons.svg" in found) == bool(who)
    assert sum(found.values()) + len(html.encode()) <= 100 * 1024, found


def test_a_stylesheet_loads_nothing_more():
    assert "url(" not in (STATIC / "app.css").read_text()
    assert "@import" not in (STATIC / "app.css").read_text()


# --- the page of parts -----------------------------------------------------------------------------------------------


@pytest.fixture
def page(world):
    def get(language):
        client = world.client(world.gita)
        client.cookies["django_language"] = language
        return client.get(reverse("kendras:look"))

    return get


@pytest.mark.parametrize("language", ["hi", "en"])
def test_the_page_of_parts_is_built_from_the_templates_the_pages_use(page, language):
    used = {template.name for template in page(language).templates}
    parts = {f"parts/{path.name}" for path in (STATIC.parent / "templates" / "parts").glob("*.html")}
    assert parts <= used
    assert {"complaints/parts/table.html", "reports/parts/sheet.html", "reports/parts/units.html"} <= used


def test_every_part_is_used_by_a_page_as_well():
    folder = STATIC.parent / "templates"
    texts = [path.read_text() for path in folder.rglob("*.html") if path.name != "look.html"]
    for path in (folder / "parts").glob("*.html"):
        assert any(f'"parts/{path.name}"' in text for text in texts), path.name


def test_the_page_of_parts_has_no_style_of_its_own_and_no_text_in_shapes(page):
    html = page("hi").content.decode()
    assert " style=" not in html
    assert not re.search(r"<text[ >]", html)


def test_each_id_of_the_page_of_parts_is_given_once(page):
    ids = re.findall(r'\sid="([^"]+)"', page("hi").content.decode())
    assert len(ids) == len(set(ids))


def test_the_page_of_parts_shows_every_state_in_words(page):
    html = page("hi").content.decode()
    with translation.override("hi"):
        for status in DeadlineStatus:
            assert f">{status.label}</span>" in html or f"</svg>{status.label}</span>" in html


def test_the_samples_are_what_they_stand_for():
    assert look.Status.choices == DeadlineStatus.choices
    assert set(look._REPORT_STATES) <= set(MonthlyReport.State.choices)
    assert set(look._JOB_STATES) <= set(PrintJob.State.choices)
    assert set(look.ICONS) == set(re.findall(r'id="([\w-]+)"', (STATIC / "icons.svg").read_text()))


def test_the_sample_charts_are_what_the_module_draws():
    shown = look.samples(NOW)
    drawn = line_chart(shown["course"].months, [("a", look.RECEIVED), ("b", look.DISPOSED)])
    course = shown["course"]
    assert (course.top, course.middle, tuple(course.rows)) == (drawn.top, drawn.middle, drawn.rows)
    assert [(line.path, line.dots, line.style) for line in course.lines] == [
        (line.path, line.dots, line.style) for line in drawn.lines
    ]
    assert [bar.width for bar in shown["ages"]] == [bar.width for bar in bars((b.label, b.n, "", "") for b in shown["ages"])]  # fmt: skip
