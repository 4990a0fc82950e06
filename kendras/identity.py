"""The one place where the identity of a person in a case is sealed, found, masked and shown.

BNS s. 72 and POCSO s. 23 bar "any matter which may make known the identity". So names, addresses, phones and the free
account of a case are stored apart from the case, encrypted, and found only by keyed tokens; a pseudonym stands
everywhere else. What is not known to be harmless is treated as protected.
"""

import hashlib
import hmac
import json
import os
import re
import unicodedata
from enum import Enum
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from kendras.models import Role

_NONCE = 12


def _key(purpose):
    """A 32-byte key for one purpose, derived from settings.IDENTITY_KEY (32 bytes)."""
    return _derive(settings.IDENTITY_KEY, purpose)


@cache
def _derive(master, purpose):
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(master)


def seal(matter):
    """Encrypt a dict of text. Returns bytes as `seal_bytes` does."""
    return seal_bytes(json.dumps(matter, ensure_ascii=False, separators=(",", ":")).encode())


def unseal(sealed):
    """The dict that `seal` was given. Raises cryptography.exceptions.InvalidTag for foreign or altered bytes."""
    return json.loads(unseal_bytes(bytes(sealed)))


def seal_bytes(content):
    """Encrypt bytes (AES-256-GCM, fresh nonce). Returns nonce + ciphertext."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key(b"seal")).encrypt(nonce, content, None)


def unseal_bytes(sealed):
    """The bytes that `seal_bytes` was given. Raises cryptography.exceptions.InvalidTag for foreign or altered ones."""
    return AESGCM(_key(b"seal")).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)


def token(kind, value):
    """A keyed 63-bit number for looking a value up without storing it. kind: "name", "phone" or "pin"."""
    digest = hmac.new(_key(b"token"), f"{kind}:{value}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") >> 1


# --- names across scripts -------------------------------------------------------------------------------------------

_CONSONANTS = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
        [
            "k",
            "k",
            "g",
            "g",
            "n",
            "c",
            "c",
            "j",
            "j",
            "n",
            "t",
            "t",
            "d",
            "d",
            "n",
            "t",
            "t",
            "d",
            "d",
            "n",
            "p",
            "f",
            "b",
            "b",
            "m",
            "y",
            "r",
            "l",
            "v",
            "s",
            "s",
            "s",
            "h",
        ],
        strict=True,
    )
)
_VOWELS = dict(zip("अआइईउऊऋएऐओऔऑऍ", ["a", "a", "i", "i", "u", "u", "ri", "e", "e", "o", "o", "o", "e"], strict=True))
_SIGNS = dict(zip("ािीुूृेैोौॉॅ", ["a", "i", "i", "u", "u", "ri", "e", "e", "o", "o", "o", "e"], strict=True))
_VIRAMA, _NUKTA = "्", "़"
_MARKS = {"ं": "n", "ँ": "n", "ः": ""}

#: spellings of the same sound in Latin letters, longest first
_SOUNDS = [
    ("chh", "c"), ("ksh", "ks"), ("gya", "gia"), ("jna", "gia"), ("ch", "c"), ("sh", "s"), ("th", "t"), ("dh", "d"),
    ("bh", "b"), ("gh", "g"), ("jh", "j"), ("ph", "f"), ("kh", "k"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("w", "v"),
    ("z", "j"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("au", "u"), ("ai", "i"), ("ei", "i"), ("ey", "i"), ("y", "i"),
    ("e", "i"), ("o", "u"), ("np", "mp"), ("nb", "mb"),
]  # fmt: skip


def _latin(word):
    """A Devanagari word in plain Latin letters; a Latin word as it is."""
    word = word.replace("ज्ञ", "ग्य")
    out = []
    for here, following in zip(word, word[1:] + " ", strict=True):
        if here in _CONSONANTS:
            vowel = "" if following in _SIGNS or following == _VIRAMA else "a"
            out.append(_CONSONANTS[here] + vowel)
        elif here == _NUKTA:
            if following in _SIGNS or following == _VIRAMA:
                out[-1] = out[-1].removesuffix("a")
        else:
            out.append(_VOWELS.get(here) or _SIGNS.get(here) or _MARKS.get(here, "" if here == _VIRAMA else here))
    return "".join(out)


_URDU = re.compile(r"[\u0621-\u064A\u066E-\u06D3]+")


def _sound(word):
    """A word as it sounds, in plain Latin letters: «सीमा» and "Seema" give "sima"."""
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", word).lower())
    if _URDU.search(text):  # compared letter by letter: its short vowels are not written
        return "".join(_URDU.findall(text))
    text = _latin(text)
    text = re.sub(r"[^a-z]", "", text)
    text = re.sub(r"aa+", "a", text)
    for spelling, sound in _SOUNDS:
        text = text.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", text)


def name_key(word):
    """What a name sounds like without its a-vowels: name_key("सीमा") == name_key("Seema") == "sim".

    The short and the long a are the vowels that people write most differently, so a key leaves them out.
    """
    sound = _sound(word)
    return sound[:1] + sound[1:].replace("a", "")


_WORD = re.compile(r"[A-Za-z\u0900-\u097F]+|[\u0600-\u06FF]+")


def words_of(text):
    """The words of a text in Latin letters, Devanagari or Urdu."""
    return _WORD.findall(text or "")


def name_keys(text):
    """The keys of every word of a name that is long enough to tell people apart."""
    return {key for key in map(name_key, words_of(text)) if len(key) >= 2}


DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")


def phone_key(text):
    """The last ten digits of a phone number in either script, or "" where there are fewer."""
    digits = re.sub(r"\D", "", (text or "").translate(DIGITS))
    return digits[-10:] if len(digits) >= 10 else ""


def tokens_of(name="", phones=()):
    """Every look-up token of a person: one for each name word and one for each phone."""
    found = {token("name", key) for key in name_keys(name)}
    return found | {token("phone", key) for key in map(phone_key, phones) if key}


def who(name="", phone=""):
    """A keyed number that tells the same person again: by the phone, else by a name of two words or more; else None."""
    number, keys = phone_key(phone), name_keys(name)
    if number:
        return token("who", number)
    return token("who", " ".join(sorted(keys))) if len(keys) > 1 else None


def leaks(text, people, known=""):
    """The words of `text` that make one of `people` (dicts as sealed) known: name, guardian, phone, village, address.

    Notes and reasons are read far up the line, so they must not carry what the case itself hides. A key of fewer than
    three letters fits too many words; such a name must sound the same in full. A village or an address counts as a
    whole; `known` are words, such as the thana's name, that a village may share without making anyone known.
    """
    text = _TERMS.sub("", _skeleton(text))
    names = [word for person in people for field in ("name", "guardian") for word in words_of(person.get(field))]
    keys = {key for key in map(name_key, names) if len(key) >= 3} - COMMON_KEYS
    sounds = {_sound(name).rstrip("a") for name in names if name_key(name) not in COMMON_KEYS}
    longer = tuple(key for key in keys if len(key) >= 4)  # also with an ending: «ज़ुबैदाको»
    found = [
        word
        for word in words_of(text)
        if name_key(word) in keys or name_key(word).startswith(longer) or _sound(word).rstrip("a") in sounds
    ]
    plain = _bare(text)
    phones = {phone_key(person.get(field)) for person in people for field in ("phone", "other_phone")}
    phones |= {number for person in people for number in _NUMBERS.findall(_bare(person.get("safe_contact")))}
    phones -= {""}
    return found + sorted(phone for phone in phones if phone in plain) + _places_in(text, people, known)


#: terms of the office that hold a given name: «समय-सीमा» is a time limit and not Seema
_TERMS = re.compile(r"समय[\s-]*सीमा")

_NUMBERS = re.compile(r"[6-9][0-9]{9}")


def _bare(text):
    """A text without what can stand between the digits of a number."""
    return re.sub(r"[\W_]", "", _skeleton(text))


def _skeleton(text):
    """A text as it reads: full-width letters, accents, invisible signs and any script's digits made plain."""
    out = []
    for sign in unicodedata.normalize("NFKC", text or ""):
        if unicodedata.category(sign) == "Cf":
            continue
        digit = unicodedata.decimal(sign, None)
        out.append(sign if digit is None else str(digit))
    return _ACCENTS.sub("", unicodedata.normalize("NFD", "".join(out)))


_ACCENTS = re.compile(r"[\u0300-\u036f]")


def _places_in(text, people, known):
    """The villages and addresses of `people` that stand in the text, sounding the same, word after word."""
    said = f" {_sounds(text)} "
    public = set(_sounds(known).split())
    places = {_sounds(person.get(field)) for person in people for field in ("village", "address")}
    telling = [place for place in places if len(place) >= 3 and set(place.split()) - public - _PLACE_WORDS]
    return sorted(place for place in telling if f" {place} " in said)


def _sounds(text):
    """The keys of the words of a text, without numbers, in one line."""
    return " ".join(filter(None, map(name_key, words_of(text))))


#: name parts that half the state carries and everyday words: they make nobody known
COMMON_KEYS = frozenset(
    map(
        name_key,
        [
            "देवी",
            "कुमारी",
            "कुमार",
            "सिंह",
            "बेगम",
            "बानो",
            "खातून",
            "श्रीमती",
            "सुश्री",
            "राम",
            "लाल",
            "चन्द",
            "पति",
            "पिता",
            "पत्नी",
            "पुत्री",
            "थाना",
            "पुलिस",
            "महिला",
        ],
    )
)


#: words of an address that stand in every second one: alone they make nobody known
_PLACE_WORDS = frozenset(
    _sounds(
        "ग्राम गाँव मोहल्ला नगर गली रोड सड़क वार्ड मकान नंबर नम्बर जिला जनपद थाना तहसील पोस्ट कॉलोनी उत्तर प्रदेश "
        "village mohalla nagar gali road ward house number district thana tehsil post colony market bazar station"
    ).split()
)


# --- who may read ----------------------------------------------------------------------------------------------------


class Reading(Enum):
    """How far a user may go with the identity in one case."""

    HANDLES = "handles"  # handles the case: one click, recorded
    ASKS = "asks"  # needs a reason and a second officer's agreement, then recorded
    NEVER = "never"


_SUPERVISE_CLOSELY = frozenset({Role.INCHARGE, Role.SHO, Role.CO})


def supervises_closely(user, thana):
    """In-charge, SHO and supervising CO of a thana: they know its cases by their office."""
    charge = getattr(user, "acting", None)
    return bool(charge and charge.role in _SUPERVISE_CLOSELY and charge.covers(thana))


def reading(user, case):
    """How far `user` may go with the identity in `case` (domain: BNS 72, POCSO 23; the same as policy for BNS 74–79).

    case: a placed row with `protects_identity`, `assigned_to_id`, `registered_by_id`. In-charge, SHO and supervising CO
    handle every case of theirs; an SI the cases assigned to her; the help desk those that the law does not protect,
    and those she took down herself. Everyone else who sees the case asks.
    """
    charge = getattr(user, "acting", None)
    if charge is None or charge.role == Role.SYSADMIN:
        return Reading.NEVER
    if not charge.covers(case):
        return Reading.ASKS if user.has_perm("complaints.view", case) else Reading.NEVER
    if charge.role in _SUPERVISE_CLOSELY:
        return Reading.HANDLES
    if charge.role == Role.SI:
        return Reading.HANDLES if case.assigned_to_id == user.pk else Reading.ASKS
    if charge.role == Role.DESK:
        own = case.registered_by_id == user.pk
        return Reading.HANDLES if own or not case.protects_identity else Reading.ASKS
    return Reading.ASKS
