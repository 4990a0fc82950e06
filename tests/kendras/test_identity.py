"""Sealing, finding across scripts, and the leak guard (BNS 72, POCSO 23)."""

import re

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from kendras import identity

SAME_NAME = [
    ("सीमा", "Seema"),
    ("सुनीता", "Suneeta"),
    ("पूजा", "Pooja"),
    ("लक्ष्मी", "Laxmi"),
    ("आरती", "Aarti"),
    ("आरती", "Arti"),
    ("ज्योति", "Jyoti"),
    ("विद्या", "Vidya"),
    ("गुड़िया", "Gudiya"),
    ("फ़ातिमा", "Fatima"),
    ("ज्ञानवती", "Gyanwati"),
    ("कृष्णा", "Krishna"),
    ("चंपा", "Champa"),
    ("ख़ुशबू", "Khushboo"),
    ("रुखसाना", "Rukhsana"),
    ("छाया", "Chhaya"),
    ("श्रीवास्तव", "Srivastava"),
]

#: names in Urdu letters keep them: their short vowels are not written
URDU = re.compile(r"[\u0621-\u064A\u066E-\u06D3]+")


@pytest.mark.parametrize(("hindi", "english"), SAME_NAME)
def test_a_name_is_found_across_scripts_and_spellings(hindi, english):
    assert identity.name_key(hindi) == identity.name_key(english)


@pytest.mark.parametrize(("one", "other"), [("सीमा", "सोनी"), ("गीता", "नीता"), ("Reena", "Meena"), ("राधा", "रेखा")])
def test_different_names_have_different_keys(one, other):
    assert identity.name_key(one) != identity.name_key(other)


def test_a_sealed_identity_does_not_hold_the_name_and_opens_to_what_went_in():
    matter = {"name": "सीमा देवी", "phone": "9876543210"}
    sealed = identity.seal(matter)
    assert "सीमा".encode() not in sealed
    assert b"9876543210" not in sealed
    assert identity.unseal(sealed) == matter


def test_the_same_identity_never_seals_to_the_same_bytes():
    assert identity.seal({"name": "सीमा"}) != identity.seal({"name": "सीमा"})


def test_an_altered_seal_does_not_open():
    sealed = bytearray(identity.seal({"name": "सीमा"}))
    sealed[-1] ^= 1
    with pytest.raises(InvalidTag):
        identity.unseal(bytes(sealed))


def test_another_key_opens_nothing(settings):
    sealed = identity.seal({"name": "सीमा"})
    settings.IDENTITY_KEY = b"another key of thirty-two bytes!"
    with pytest.raises(InvalidTag):
        identity.unseal(sealed)


def test_tokens_depend_on_the_key_and_on_what_they_stand_for(settings):
    before = identity.token("name", "sim")
    assert before != identity.token("phone", "sim")
    settings.IDENTITY_KEY = b"another key of thirty-two bytes!"
    assert before != identity.token("name", "sim")


def test_a_token_fits_a_signed_big_integer():
    assert 0 <= identity.token("name", "sim") < 2**63


def test_a_phone_is_the_same_in_devanagari_digits_and_with_a_country_code():
    assert identity.phone_key("+91 98765-43210") == identity.phone_key("९८७६५ ४३२१०") == "9876543210"
    assert identity.phone_key("12345") == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("आवेदिका सीमा ने बताया", ["सीमा"]),
        ("Seema came to the desk", ["Seema"]),
        ("पति मुकेश को बुलाया गया", ["मुकेश"]),
        ("98765 43210 पर बात हुई", ["9876543210"]),
        ("९८७६५४३२१० पर बात हुई", ["9876543210"]),
        ("पीड़िता देवी मन्दिर के पास मिली", []),
        ("आवेदिका के पति को थाने बुलाया गया", []),
    ],
)
def test_a_note_that_names_a_person_in_the_case_is_noticed(text, words):
    people = [{"name": "सीमा देवी", "guardian": "Mukesh Kumar", "phone": "9876543210"}]
    assert identity.leaks(text, people) == words


def test_a_short_name_is_noticed_in_either_script_but_not_in_every_short_word():
    people = [{"name": "राधा"}]
    assert identity.leaks("राधा और Radha", people) == ["राधा", "Radha"]
    assert identity.leaks("रोड पर रुद्र मिला", people) == []


@given(st.text(max_size=60))
def test_no_text_breaks_the_name_keys(text):
    keys = identity.name_keys(text)
    assert all(key.isalpha() and (key.isascii() or URDU.fullmatch(key)) for key in keys)
