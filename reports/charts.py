"""From numbers to shapes: the points of a line and the length of a bar, on a field of 100 by 100 that the page stretches.

Pure: no rows, no clock, no words of its own. The parts `templates/parts/line.html` and `bars.html` draw what stands here
as shapes and write every word and number beside them in HTML, because text inside SVG breaks Devanagari.
"""

from dataclasses import dataclass
from datetime import date

#: where the scale of a chart may end, times a power of ten; even, so that its middle is a whole number too
_STEPS = (2, 4, 6, 8, 10)


@dataclass(frozen=True)
class Bar:
    """One bar. `width` of 100 as text; `tone` says how it is meant: "", ok, due or late; `url` is the list behind `n`."""

    label: str
    n: int
    width: str
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class Line:
    """One series. `path` runs through its points and breaks where a number is missing; `dots` are the points alone."""

    label: str
    style: int
    path: str
    dots: str


@dataclass(frozen=True)
class LineChart:
    """Series over months on one scale from 0 to `top`; `rows` says the same as a table: (month, a number for each line)."""

    months: tuple[date, ...]
    top: int
    lines: tuple[Line, ...]
    rows: tuple

    @property
    def middle(self):
        return self.top // 2

    @property
    def has_gaps(self):
        """Whether a number is missing somewhere."""
        return any(n is None for _month, numbers in self.rows for n in numbers)


def ceiling(most):
    """The end of a scale on which `most` still has room: 2, 4, 6, 8, 10, 20, 40 …"""
    power = 1
    while most > 10 * power:
        power *= 10
    return next(step * power for step in _STEPS if step * power >= most)


def bars(entries):
    """Bars of (label, number, tone, url), the longest as wide as the field; what is not nothing can be seen."""
    entries = list(entries)
    most = max((n for _label, n, _tone, _url in entries), default=0)
    return [Bar(label, n, _text(max(100 * n / most, 1) if n else 0), tone, url) for label, n, tone, url in entries]


def line_chart(months, series):
    """Lines of (label, [number of each month, None where there is none])."""
    months, series = tuple(months), [(label, tuple(numbers)) for label, numbers in series]
    top = ceiling(max((n or 0 for _label, numbers in series for n in numbers), default=0))
    lines = tuple(_line(label, style, numbers, top) for style, (label, numbers) in enumerate(series, start=1))
    return LineChart(
        months, top, lines, tuple(zip(months, zip(*(n for _label, n in series), strict=True), strict=True))
    )


def _line(label, style, numbers, top):
    """Each month has an equal share of the width, and its point stands in the middle of it, over its name."""
    places = [
        None if n is None else f"{_text(100 * (i + 0.5) / len(numbers))} {_text(100 - 100 * n / top)}"
        for i, n in enumerate(numbers)
    ]
    # a path of next to no length with round or square ends: a dot that keeps its shape however far the field is stretched
    dots = "".join(f"M{place}h.01" for place in places if place)
    steps = (f"{'L' if i and places[i - 1] else 'M'}{place}" for i, place in enumerate(places) if place)
    return Line(label, style, "".join(steps), dots)


def _text(number):
    """Two decimals at most, with a point in every language: geometry is not read by people."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
