"""What grew, where and when: counts of two spans of time read into plain sentences (DG 38/2025 ¶4.i.g, ¶5.i.e).

Pure: counts in, words out. Places and hours are told only where they stand out, and always with their number.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext

from complaints.models.states import PlaceKind, band_name
from reports.sheet import Change

#: sentences that are shown; what rose most comes first
SENTENCES = 6


@dataclass(frozen=True)
class Limits:
    """From which numbers on something is told: the Rule rows trend_least, trend_rise and trend_share.

    least: cases in the later span · rise: per cent · share: per cent of the cases whose place, hour or day is known
    """

    least: int
    rise: int
    share: int

    @classmethod
    def of(cls, rules):
        """From {code: Rule}."""
        return cls(*(rules[f"trend_{name}"].amount for name in ("least", "rise", "share")))


@dataclass
class Trend:
    """Cases of one kind: how many in the later span and in the one before, and where and when the later ones happened.

    places: PlaceKind values · bands: of two hours, 0 to 11 · days: ISO weekdays, 1 is Monday. What is not known is in none.
    """

    now: int = 0
    before: int = 0
    places: Counter = field(default_factory=Counter)
    bands: Counter = field(default_factory=Counter)
    days: Counter = field(default_factory=Counter)

    def add(self, n, later, place, band, day):
        """Count `n` cases of one place, band and day, each of them "" or None where it is not known."""
        if not later:
            self.before += n
            return
        self.now += n
        for counter, key in ((self.places, place), (self.bands, band), (self.days, day)):
            if key not in ("", None):
                counter[key] += n

    def rose(self, limits):
        """Whether there are enough of them, and so many more than before that it is told."""
        return self.now >= limits.least and 100 * (self.now - self.before) >= max(limits.rise * self.before, 1)

    def place(self, limits):
        return _standing_out(self.places, limits, lambda key: str(PlaceKind(key).label))

    def hours(self, limits):
        return _standing_out(self.bands, limits, band_name)

    def day(self, limits):
        return _standing_out(self.days, limits, lambda key: str(WEEKDAYS[key - 1]))


def _standing_out(counter, limits, name):
    """The commonest key with its number, "Market (9 of 14)"; "" where nothing stands out or two share the first place."""
    known = sum(counter.values())
    (key, most), *others = counter.most_common(2) or [(None, 0)]
    tied = bool(others) and others[0][1] == most
    if known < limits.least or 100 * most < limits.share * known or tied:
        return ""
    return gettext("%(what)s (%(n)s of %(of)s)") % {"what": name(key), "n": most, "of": known}


def reading(trends, limits):
    """What rose, in sentences, the greatest rise first. trends: [(label, Trend)]."""
    risen = [(label, trend) for label, trend in trends if trend.rose(limits)]
    risen.sort(key=lambda pair: pair[1].before - pair[1].now)
    return tuple(_sentence(label, trend, limits) for label, trend in risen[:SENTENCES])


def _sentence(label, trend, limits):
    words = {"what": label, "now": trend.now, "before": trend.before, "change": Change(trend.now, trend.before)}
    said = gettext("%(what)s: up to %(now)s from %(before)s (%(change)s)") % words
    where = [part for part in (trend.place(limits), trend.hours(limits), trend.day(limits)) if part]
    if not where:
        return said
    return gettext("%(said)s; mostly %(where)s") % {"said": said, "where": ", ".join(where)}
