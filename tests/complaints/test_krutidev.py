"""Text of the font Kruti Dev: real words read right, and known from English and from Hindi in Unicode."""

import pytest

from complaints.krutidev import is_legacy, to_unicode

WORDS = {
    # plain, and half letters made whole
    "jktw iky": "राजू पाल", "lhek nsoh": "सीमा देवी", "Fkkuk": "थाना", "efgyk": "महिला", "foospuk": "विवेचना", "[kku": "खान",
    "j?kqohj": "रघुवीर", "Hkkjrh;": "भारतीय", "'kkfUr": "शान्ति", "deys'k": "कमलेश", "jes'k": "रमेश", "fo'oukFk": "विश्वनाथ",
    "O;fDr": "व्यक्ति", "vUrxZr": "अन्तर्गत", "ckydksa": "बालकों",
    # the short i stands before its letter, or its cluster
    "fLFkfr": "स्थिति", "fu;qfDr": "नियुक्ति", "fgUnw": "हिन्दू", "ihfM+rk": "पीड़िता", "fpV~Bh": "चिट्ठी", "flag": "सिंह",
    # the reph stands after its syllable
    "onhZ": "वर्दी", "/keZ": "धर्म", "vkfFkZd": "आर्थिक", "lfdZy": "सर्किल", "iwf.kZek": "पूर्णिमा", "vtqZu": "अर्जुन",
    "dk;Zokgh": "कार्यवाही", "fjiksVZ": "रिपोर्ट", "izR;FkhZ": "प्रत्यर्थी", "dehZ": "कर्मी",
    # conjuncts of one glyph, and r below a letter
    "vfHk;qDr": "अभियुक्त", "{ks=": "क्षेत्र", "Jherh": "श्रीमती", "izkFkZuk i=": "प्रार्थना पत्र", "Kku": "ज्ञान", "fo|k": "विद्या",
    "}kjk": "द्वारा", "ckS)": "बौद्ध", "d`\".k": "कृष्ण", "lR;sUnz": "सत्येन्द्र", "feJk": "मिश्रा", "f=os.kh": "त्रिवेणी", "jkf=": "रात्रि",
    "VªkWyh": "ट्रॉली", "jkeizlkn": "रामप्रसाद", "fuf\"k)": "निषिद्ध", "ijh{kk": "परीक्षा",
    # vowels that stand alone, two strokes that make one sign, nukta and the moon
    "vkSj": "और", "vkse": "ओम", "bZ'oj": "ईश्वर", "Å\"kk": "ऊषा", "_f\"k": "ऋषि", ",drk": "एकता", ",sls": "ऐसे", "pkSgku": "चौहान",
    "pk¡nuh": "चाँदनी", "dkWyst": "कॉलेज", "#fp": "रुचि", ":ik": "रूपा", "[+kku": "ख़ान", "eq0v0la0": "मु0अ0सं0",
}  # fmt: skip


@pytest.mark.parametrize(("old", "new"), WORDS.items())
def test_a_real_word_reads_as_it_is_written(old, new):
    assert to_unicode(old) == new


def test_what_stands_in_devanagari_already_and_plain_digits_stay():
    assert to_unicode("सीमा देवी 123") == "सीमा देवी 123"


@pytest.mark.parametrize(
    "cells",
    [["jktw iky"], ["lhek nsoh"], ["gfjioZr", "rktxat"], ["jktw iky", "lksuw ;kno", "fodkl flag"], ["foospuk/khu"]],
)
def test_a_column_in_the_font_is_recognised(cells):
    assert is_legacy(cells)


@pytest.mark.parametrize(
    "cells",
    [
        ["Raju Pal"], ["SEEMA DEVI", "Rakesh Kr. Sharma"], ["seema devi", "raj kumar"], ["geeta", "rani", "pooja"],
        ["u/s 376 IPC"], ["Under Investigation", "Charge Sheeted"], ["Mohd. Imran s/o Salim"], ["SI Ram Singh", "Insp. R.K. Verma"],
        ["Hari Parvat", "Tajganj"], ["BNS 64(1), POCSO 3/4"], ["सीमा देवी"], ["", "12"], [],
    ],
)  # fmt: skip
def test_english_names_sections_and_unicode_are_left_alone(cells):
    assert not is_legacy(cells)
