"""Text typed in the font Kruti Dev 010, as old sheets of the police hold it, turned into Unicode.

The font puts glyphs of Devanagari on Latin letters: «jktw iky» looks like «राजू पाल» and is no text at all. Each glyph is
mapped by the table below; then what the eye reads in another order than Unicode stores is put right: the short i stands
before its letter, the reph after its syllable, and a half letter becomes whole by the stroke «k».
"""

import re

_HALF = {
    "D": "क", "[": "ख", "X": "ग", "?": "घ", "P": "च", "T": "ज", "÷": "झ", "Ö": "झ", ".": "ण", "R": "त", "F": "थ", "/": "ध",
    "Ë": "ध", "è": "ध", "U": "न", "I": "प", "¶": "फ", "C": "ब", "H": "भ", "E": "म", "¸": "य", "Y": "ल", "O": "व", "'": "श",
    "Ü": "श", "“": "श", "”": "श", '"': "ष", "‘": "ष", "’": "ष", "L": "स", "º": "ह", "{": "क्ष", "«": "त्र", "Ù": "त्त", "™": "न्न",
}  # fmt: skip

_WHOLE = {
    "d": "क", "x": "ग", "Ä": "घ", "³": "ङ", "p": "च", "N": "छ", "t": "ज", ">": "झ", "¥": "ञ", "V": "ट", "B": "ठ", "M": "ड",
    "<": "ढ", "r": "त", "n": "द", "u": "न", "i": "प", "Q": "फ", "c": "ब", "Ò": "भ", "e": "म", ";": "य", "j": "र", "y": "ल",
    "G": "ळ", "o": "व", "l": "स", "g": "ह",
    "ä": "क्त", "–": "दृ", "—": "कृ", "Ñ": "कृ", "é": "न्न", "à": "ह्न", "á": "ह्य", "â": "हृ", "ã": "ह्म", "í": "द्द", "Ì": "द्द",
    "=": "त्र", "|": "द्य", "K": "ज्ञ", "}": "द्व", "J": "श्र", "Ø": "क्र", "Ý": "फ्र", "æ": "द्र", "ç": "प्र", "Á": "प्र", "#": "रु",
    ":": "रू", "ô": "क्क", "ê": "ट्ट", "Í": "ट्ट", "ë": "ट्ठ", "Î": "ट्ठ", "ì": "ड्ड", "Ï": "ड्ड", "ï": "ड्ढ", "Ô": "ड्ढ", ")": "द्ध",
    "î": "्य", "Ó": "्य", "ª": "्र", "z": "्र",
    "v": "अ", "b": "इ", "Ã": "ई", "m": "उ", "Å": "ऊ", ",": "ए", "_": "ऋ",
    "k": "ा", "f": "ि", "h": "ी", "q": "ु", "w": "ू", "`": "ृ", "s": "े", "S": "ै", "‚": "ॉ", "W": "ॅ", "È": "ीं", "a": "ं",
    "¡": "ँ", "%": "ः", "+": "़", "~": "्",
    "å": "०", "ƒ": "१", "„": "२", "…": "३", "†": "४", "‡": "५", "ˆ": "६", "‰": "७", "Š": "८", "‹": "९",
    "A": "।", "]": ",", "-": ".", "&": "-", "@": "/", "\\": "?", "^": "‘", "*": "’", "Þ": "“", "ß": "”", "(": ";", "¼": "(",
    "½": ")", "¿": "{", "À": "}", "¾": "=", "Œ": "॰", "ñ": "॰",
}  # fmt: skip

#: the reph, which stands after its syllable in the font; a sign that no text holds keeps its place until then
_REPH = "\ue000"

_GLYPHS = str.maketrans(
    {**_WHOLE, **{glyph: f"{letter}्" for glyph, letter in _HALF.items()}, "Z": _REPH, "±": f"{_REPH}ं"}
)

_LETTER = "[क-हळ]़?"
_CLUSTER = f"(?:{_LETTER}्)*{_LETTER}"
_MATRA = "[ा-ौॅॉ]"

#: pattern → what stands in its place, in this order
_REPAIRS = [
    (re.compile("([ंँ़])\\1+"), r"\1"),  # a sign typed twice is drawn once
    (re.compile("़्"), "़्"),
    (re.compile("इ" + _REPH), "ई"),
    (re.compile("त्राा"), "त्रा"),  # some keyboards type the stroke of this letter too
    (re.compile("ित्रा"), "ित्र"),
    (re.compile("्ा"), ""),  # the stroke that makes a half letter whole
    (re.compile("ा(?=[ेैॅ])([ेैॅ])"), lambda found: {"े": "ो", "ै": "ौ", "ॅ": "ॉ"}[found.group(1)]),
    (re.compile("अ([ाोौॉ])"), lambda found: {"ा": "आ", "ो": "ओ", "ौ": "औ", "ॉ": "ऑ"}[found.group(1)]),
    (re.compile("एे"), "ऐ"),
    (re.compile(f"ि({_CLUSTER})"), r"\1ि"),
    (re.compile(f"({_CLUSTER}{_MATRA}?)([ंँ]?){_REPH}"), r"र्\1\2"),
]


def to_unicode(text):
    """Text of the font Kruti Dev 010 as Unicode; digits, and what stands in Devanagari already, stay as they are."""
    text = text.translate(_GLYPHS)
    for pattern, instead in _REPAIRS:
        text = pattern.sub(instead, text)
    return text.replace(_REPH, "र्")


# --- recognising it --------------------------------------------------------------------------------------------------

_SIGNS = "[ँंः]?"
_SYLLABLE = f"(?:[इईउऊऋएऐओऔऑ]{_SIGNS}|{_CLUSTER}(?:्|{_MATRA}?{_SIGNS}))"
#: how a word of Hindi is built; अ and आ stand at its beginning only, and no sign stands without a letter
_HINDI_WORD = re.compile(f"(?:[अआ]{_SIGNS})?{_SYLLABLE}*")
_LATIN = re.compile("[A-Za-z]")
_DEVANAGARI = re.compile("[\u0900-\u097f]")
_NAME_LIKE = re.compile("(?:[bcdfghj-np-tv-z]{0,3}[aeiouy]+)+[bcdfghj-np-tv-z]{0,3}", re.IGNORECASE)
_CASES = re.compile("[A-Z]?[a-z]*|[A-Z]+")
#: what stands between the words of a cell, as it reads in Unicode
_BETWEEN = re.compile("[0-9०-९।॰?‘’“”{}=.,;:()/-]+")
#: what stands round words in either writing and says nothing
_ROUND = ".,;:()/-&'\""
#: देवी सिंह कुमार कुमारी पाल राम लाल बेगम थाना उप निरीक्षक विवेचना: such words settle what the shape of a word does not
_KNOWN = frozenset(
    ["nsoh", "flag", "dqekj", "dqekjh", "iky", "jke", "yky", "csxe", "Fkkuk", "mi", "fujh{kd", "foospuk", "foospuk/khu"]
)


def _words(text):
    return [word for word in text.split() if _LATIN.search(word)]


def _could_be(word):
    """Whether a word of Latin letters makes a word of Hindi when it is read in the font."""
    read = to_unicode(word)
    parts = [part for part in _BETWEEN.split(read) if part]
    return word[-1] not in _HALF and bool(parts) and all(map(_HINDI_WORD.fullmatch, parts))


def _is_latin(word):
    """Whether a word is built like a name or a word of English."""
    bare = word.rstrip(_ROUND)
    return bool(_NAME_LIKE.fullmatch(bare) and _CASES.fullmatch(bare)) or (bare.isupper() and bare.isalpha())


def is_legacy(texts):
    """Whether texts of one kind (the cells of a column) are written in the font: they read as Hindi and not as English.

    One name alone can be either («nsoh» is देवी and could be a name); several tell.
    """
    words = [word for text in texts if text and not _DEVANAGARI.search(text) for word in _words(text)]
    if not words:
        return False
    hindi = sum(map(_could_be, words))
    strange = sum(word in _KNOWN or not _is_latin(word) for word in words)
    return hindi >= 0.9 * len(words) and strange >= max(0.1 * len(words), 1)
