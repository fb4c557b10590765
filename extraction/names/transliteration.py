"""One skeleton for the many spellings of a name: what ``Deir Ezzor``, ``Deir al-Zour`` and ``Dayr az Zawr`` share.

`plain` is for finding names as written (case, accents, apostrophes and hyphens do not matter, articles become one);
`fold` is for comparing transliterations (vowel classes, doubled letters, tā' marbūṭa). Neither is fuzzy: two names are
the same only when their keys are equal. `bones` keeps consonants alone and is for ranking candidates, never for proof.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ARTICLES = frozenset(
    {"al", "el", "il", "ul", "oul", "as", "es", "ous", "ash", "esh", "ech", "ad", "ed", "adh", "ar", "er", "az", "ez"}
    | {"an", "en", "at", "et", "ath"}
)
"""Arabic article with its assimilated forms, as they are written apart or with a hyphen."""
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼʻʿʾ")
# NFKD leaves these alone; the dotless i and the stroke letters are common in Turkish, Polish and Kurdish names.
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a"}
)
_ARABIC = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ة": "ه",
        "ؤ": "و",
        "ئ": "ي",
        "ک": "ك",
        "ی": "ي",
        "ـ": None,
        "ء": None,
    }
)
_SPLIT = re.compile(r"[^\w]+|_+")
_IS_ARABIC = re.compile(r"[\u0600-\u06ff]")
# An article written together with its sun letter: Ezzor, Assafira, Ashshaddadah.
_FUSED = re.compile(r"^[aeiu](sh|th|dh|[tdrzsn])(?=\1)")
_STEPS = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"ph", "f"),
        (r"dj|zh", "j"),
        (r"tch|ch", "sh"),
        (r"kh|ck|q|x", "k"),
        (r"gh", "g"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"v", "w"),
        # Diphthongs and long vowels before single vowels, or "ou" would be read as o + u.
        (r"a[uw](?![aeiouy])|o[uw](?![aeiouy])|oo|uu", "u"),
        (r"a[iy](?![aeou])|e[iy](?![aeou])|ee|ie(?!$)|ij", "i"),
        (r"ea", "i"),
        (r"(?<=[aeiouy])h$|(?<=[^s])h$", ""),
        (r"[ae]$", "a"),
        (r"(?:iyya|iya|yya|ia|eya|eyya)$", "ia"),
        (r"o", "u"),
        (r"[ey]", "i"),
        (r"(.)\1+", r"\1"),
    )
)


def _ascii(name: str) -> str:
    flat = unicodedata.normalize("NFKD", name).casefold().translate(_APOSTROPHES).translate(_LETTERS)
    return "".join(c for c in flat if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def plain_word(word: str) -> str:
    """One written word as the key by which it is found: ``Şırnak`` → ``sirnak``, ``Ash`` → ``al``."""
    flat = word.casefold() if word.isascii() and "'" not in word else _ascii(word)
    return "al" if flat in ARTICLES else flat


@lru_cache(maxsize=65536)
def plain(name: str) -> tuple[str, ...]:
    """The words of *name* as they are found in text, an article in front left out: ``ad-Dana`` → ``("dana",)``."""
    words = tuple(plain_word(w) for w in _SPLIT.split(name.translate(_APOSTROPHES)) if w)
    return words[1:] if len(words) > 1 and words[0] == "al" else words


@lru_cache(maxsize=65536)
def _fold_word(word: str) -> str:
    word = _FUSED.sub("", word) if len(word) > 4 else word
    for pattern, into in _STEPS:
        word = pattern.sub(into, word)
    return word


def _fold_arabic(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKC", name) if not unicodedata.combining(c)).translate(_ARABIC)
    return " ".join(w.removeprefix("ال") if len(w) > 4 else w for w in _SPLIT.split(bare) if w)


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Canonical skeleton of *name*, in Latin, Arabic or another script; articles, accents and vowel length left out.

    Returns "" for text without a letter or digit. Equal skeletons mean "may be the same name"; only a country or a
    governorate in common makes it the same place (`extraction.names.gazetteer.resolve`).
    """
    if _IS_ARABIC.search(name):
        return _fold_arabic(name)
    words = [w for w in _SPLIT.split(_ascii(name)) if w]
    kept = [w for w in words if w not in ARTICLES] or words
    return " ".join(_fold_word(w) for w in kept)


def bones(name: str) -> str:
    """Consonants of the folded name, word by word; blank for a name of vowels only."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouwyh]", "", fold(name)))
