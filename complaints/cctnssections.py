"""Reading the sections of a charge as CCTNS sheets write them, and which of them make a crime against women."""

import re
from collections import Counter
from dataclasses import dataclass

from complaints.models.offence import GRAVITY

#: words by which an act is named → its name in the offence master; "" an act that the master does not know
_ACTS = (
    ("BNS", "bns", "बीएनएस", "बी0एन0एस0", "भान्यासं", "भा0न्या0सं0", "भारतीय न्याय संहिता", "bharatiya nyaya sanhita"),
    ("IPC", "ipc", "आईपीसी", "भादवि", "भादंवि", "भादसं", "भा0द0वि0", "भा0द0सं0", "भारतीय दण्ड संहिता", "indian penal code"),
    ("POCSO", "pocso", "पॉक्सो", "पाक्सो", "पोक्सो", "लैंगिक अपराधों से बालकों का संरक्षण"),
    ("DP Act 1961", "dowry prohibition", "dp act", "d.p. act", "दहेज प्रतिषेध", "डीपी एक्ट", "डी0पी0"),
    ("IT Act 2000", "it act", "i.t. act", "information technology", "आईटी एक्ट", "आई0टी0", "सूचना प्रौद्योगिकी"),
    ("ITP Act 1956", "itpa", "immoral traffic", "अनैतिक व्यापार", "पीटा"),
    ("PCM Act 2006", "child marriage", "बाल विवाह"),
    ("MWPRM Act 2019", "muslim women", "मुस्लिम महिला"),
    ("IRW Act 1986", "indecent representation", "स्त्री अशिष्ट"),
    ("UP PUCR Act 2021 (am. 2024)", "unlawful conversion", "religious conversion", "धर्म सम्परिवर्तन", "धर्म परिवर्तन"),
    ("PWDVA 2005", "domestic violence", "घरेलू हिंसा"),
    ("", "sc/st", "scst", "sc st", "एससी/एसटी", "अनुसूचित जाति", "arms act", "आयुध", "ndps", "gangster", "गैंगस्टर", "m.v. act"),
)  # fmt: skip
_NAMED = {word: names[0] for names in _ACTS for word in names[1:]}
_TOKEN = re.compile(
    "|".join(
        [rf"(?<![a-z])(?P<act>{'|'.join(re.escape(word) for word in sorted(_NAMED, key=len, reverse=True))})(?![a-z])",
         r"(?P<section>\d{1,3}(?:[a-e]{1,2}(?![a-z]))?(?:\(\w{1,4}\))*)(?!\d)"]
    ),
    re.IGNORECASE,
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")

#: of themselves no crime against women: what stands beside one in a charge
_BESIDE = frozenset({"ASSAULT", "OTHER", "FALSE"})
#: crimes against women only where the victim is one; the section alone does not say so
_IF_WOMAN = frozenset({"BNS103", "BNS108", "BNS137", "BNS98", "BNS304", "IT66C", "IT66E", "BNS143"})


class NoAct(ValueError):
    """Sections without the act they belong to."""


@dataclass(frozen=True)
class Charge:
    """offences: rows of the master; others: what it does not know, as it is cited.

    against_women: whether it is a crime against women; depends_on_her: whether it is one only with a woman as victim.
    """

    offences: tuple
    others: str
    against_women: bool
    depends_on_her: bool


class Charges:
    """The offence master, ready for reading many charges."""

    def __init__(self, offences):
        self._by_code = {offence.code: offence for offence in offences}
        self._known = {}
        for offence in sorted(offences, key=lambda offence: (offence.gravity, offence.pk)):
            self._learn(offence.act, offence.section, offence)
            if offence.act == "BNS":
                self._learn("IPC", offence.ipc_equivalent, offence)

    def _learn(self, act, text, offence):
        for first, last in re.findall(r"\b(\d+)–(\d+)\b", text):
            for n in range(int(first), int(last) + 1):
                self._known.setdefault((act, str(n)), offence)
        for section in re.findall(r"\b\d+[A-Z]*(?:\(\d+\))?", text.replace("64 r/w 62", "")):
            self._known.setdefault((act, section), offence)
            self._known.setdefault((act, section.partition("(")[0]), offence)

    def read(self, text):
        """The Charge of a text such as «64(1), 351(2) BNS, 3/4 POCSO» or «धारा 376 भा0द0वि0». Raises NoAct."""
        found, others = {}, []
        cited = self._cited(text)
        for act, section in cited:
            offence = self._known.get((act, section)) or self._known.get((act, section.partition("(")[0]))
            if offence:
                found[offence.code] = offence
            else:
                others.append(f"{section} {act}".strip())
        self._attempt(cited, found)
        offences = tuple(sorted(found.values(), key=lambda offence: (offence.gravity, offence.code)))
        heads = [offence for offence in offences if offence.head not in _BESIDE and offence.head in GRAVITY]
        sure = any(offence.code not in _IF_WOMAN for offence in heads)
        return Charge(offences, ", ".join(dict.fromkeys(others))[:120], bool(heads), bool(heads) and not sure)

    def _attempt(self, cited, found):
        """Rape read with the section on attempts is an attempt."""
        attempt = {("BNS", "62"), ("IPC", "511")} & {(act, section.partition("(")[0]) for act, section in cited}
        if attempt and "BNS64" in found and "BNS64r62" in self._by_code:
            del found["BNS64"]
            found["BNS64r62"] = self._by_code["BNS64r62"]

    def _cited(self, text):
        """[(act, section)]: the act stands before its sections where the text begins with an act, else behind them."""
        tokens = [(found.lastgroup, found.group()) for found in _TOKEN.finditer(_YEAR.sub(" ", _plain(text)))]
        kinds = Counter(kind for kind, _word in tokens)
        if kinds["section"] and not kinds["act"]:
            raise NoAct
        if tokens and tokens[0][0] == "section":
            tokens.reverse()
        cited, act = [], ""
        for kind, word in tokens:
            if kind == "act":
                act = _NAMED[word.lower()]
            else:
                cited.append((act, word.upper()))
        return cited


def _plain(text):
    digits = str.maketrans("०१२३४५६७८९", "0123456789")
    return " ".join(text.translate(digits).split())
