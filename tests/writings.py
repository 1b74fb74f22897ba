"""The same name in the ways that tables have it: typed, printed, scanned, romanised; made by rule from the right one."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import product

Writing = Callable[[str], str]

_TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
_VOWELS = "\u0e31\u0e34-\u0e3a\u0e47"
_MARKS = f"{_VOWELS}{_TONES}"


def _between(letter: str) -> Writing:
    return lambda name: letter.join(re.findall(rf"[^{_MARKS}][{_MARKS}]*", name))


def _middle(letter: str) -> Writing:
    def written(name: str) -> str:
        letters = re.findall(rf"[เแโใไ]?[^{_MARKS}][{_MARKS}]*", name)
        half = len(letters) // 2
        return "".join([*letters[:half], letter, *letters[half:]])

    return written


def _put(pattern: str) -> Writing:
    return pattern.format


def _changed(pattern: str, by: str) -> Writing:
    return lambda name: re.sub(pattern, by, name)


THAI: dict[str, Writing] = {
    "as it is": str,
    "decomposed": lambda name: unicodedata.normalize("NFKD", name),
    "sara am in two": _changed("ำ", "ํา"),
    "sara am before its tone": _changed("([่-๋])ำ", r"ำ\1"),
    "nikhahit before its tone": _changed("([่-๋])ำ", r"ํ\1า"),
    "double sara e": _changed("แ", "เเ"),
    "tone before vowel": _changed(f"([{_VOWELS}])([{_TONES}])", r"\2\1"),
    "doubled mark": _changed(f"([{_TONES}])", r"\1\1"),
    "torn marks": _changed(f"([{_MARKS}])", r" \1"),
    "torn sara am": _changed("ำ", " ำ"),
    "torn leading vowels": _changed("([เแโใไ])", r"\1 "),
    "space in the word": _middle(" "),
    "space between all letters": _between(" "),
    "line break in the word": _middle("\n"),
    "no-break space in the word": _middle("\u00a0"),
    "zero-width space between letters": _between("\u200b"),
    "zero-width joiner in the word": _middle("\u200d"),
    "soft hyphen in the word": _middle("\u00ad"),
    "hyphen in the word": _middle("-"),
    "byte-order mark": _put("\ufeff{}"),
    "spaces around": _put("  {}\t"),
    "no-break spaces around": _put("\u00a0{}\u00a0"),
    "quoted": _put("“{}”"),
    "full stop behind": _put("{}."),
    "dash before": _put("- {}"),
    "star behind": _put("{}*"),
    "footnote behind": _put("{} 1/"),
    "numbered": _put("12. {}"),
    "numbered in Thai": _put("๑๒. {}"),
    "raised figure behind": _put("{}²"),
    "lost nikhahit": _changed("ำ", "า"),
    "lost thanthakhat": _changed("์", ""),
}
THAI_WORDS: dict[str, Writing] = {
    "จังหวัด": _put("จังหวัด{}"),
    "จังหวัด apart": _put("จังหวัด {}"),
    "จังหวัด torn": _put("จัง หวัด{}"),
    "จังหวัด with a colon": _put("จังหวัด: {}"),
    "จังหวัด behind": _put("{} (จังหวัด)"),
    "จ.": _put("จ.{}"),
    "จ. apart": _put("จ. {}"),
    "จ without its stop": _put("จ {}"),
    "จว.": _put("จว.{}"),
}
LATIN: dict[str, Writing] = {
    "as it is": str,
    "upper case": str.upper,
    "lower case": str.lower,
    "in one word": _changed("[ -]", ""),
    "with hyphens": _changed(" ", "-"),
    "with underscores": _changed(" ", "_"),
    "with apostrophes": _changed(" ", "'"),
    "two spaces": _changed(" ", "  "),
    "no-break spaces": _changed(" ", "\u00a0"),
    "space in the word": _middle(" "),
    "zero-width space between letters": _between("\u200b"),
    "full-width letters": lambda name: "".join(chr(ord(x) + 0xFEE0) if "!" <= x <= "~" else x for x in name),
    "accents": _changed("a", "a\u0300"),
    "spaces around": _put("  {}\t"),
    "quoted": _put('"{}"'),
    "full stop behind": _put("{}."),
    "footnote behind": _put("{} 2/"),
    "numbered": _put("7) {}"),
    "p for ph": _changed("(?i)(p)h", r"\1"),
    "t for th": _changed("(?i)(t)h", r"\1"),
    "k for kh": _changed("(?i)(k)h", r"\1"),
    "no h at all": _changed("(?i)([ptk])h", r"\1"),
    "buri apart": _changed("(?i)(?<=[a-z])buri", " Buri"),
    "buri joined": _changed("(?i) buri", "buri"),
    "buree": _changed("(?i)buri", "buree"),
    "nakorn": _changed("(?i)nakhon", "Nakorn"),
    "sri": _changed(r"(?i)\bsi\b", "Sri"),
    "thanee": _changed("(?i)thani", "thanee"),
    "rajathani": _changed("(?i)ratch", "Raj"),
    "udorn": _changed("(?i)udon", "Udorn"),
    "ubol": _changed("(?i)ubon", "Ubol"),
}
LATIN_WORDS: dict[str, Writing] = {
    "Province": _put("{} Province"),
    "province": _put("{} province"),
    "PROVINCE": lambda name: f"{name} province".upper(),
    "Prov.": _put("{} Prov."),
    "(Province)": _put("{} (Province)"),
    "Province of": _put("Province of {}"),
    "Changwat": _put("Changwat {}"),
    "CHANGWAT": lambda name: f"changwat {name}".upper(),
    "Changwat in one word": lambda name: "Changwat" + name.replace(" ", ""),
}


def writings(name: str) -> Iterator[tuple[str, str]]:
    """Each way to write this name with its title, each once."""
    kinds = (LATIN | LATIN_WORDS) if name.isascii() else (THAI | THAI_WORDS)
    return ((title, write(name)) for title, write in kinds.items())


def composed(name: str) -> Iterator[tuple[str, str]]:
    """Two ways at once: first the word for its kind or another way, then each of the others."""
    plain, words = (LATIN, LATIN_WORDS) if name.isascii() else (THAI, THAI_WORDS)
    for (first, write), (then, again) in product((plain | words).items(), plain.items()):
        if first != then:
            yield f"{first}, {then}", again(write(name))


def slips(name: str) -> Iterator[str]:
    """The name with one letter left out, doubled, exchanged with the next, or put in the place of another."""
    letters = "กนรสุ่า" if not name.isascii() else "aeionrk"
    for place in range(len(name)):
        before, letter, after = name[:place], name[place], name[place + 1 :]
        yield before + after
        yield before + letter + letter + after
        yield before + after[:1] + letter + after[1:]
        yield from (before + other + after for other in letters)
