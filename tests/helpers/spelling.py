"""Numbers in words, as they are spelt in French and in English."""

from __future__ import annotations

_FRENCH = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf"
).split()
_FRENCH_TENS = "vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt".split()
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_french(number: int) -> str:
    """« Quatre-vingt-dix-neuf », « deux cents », « un million »."""
    if number < 20:
        return _FRENCH[number]
    if number < 100:
        return _french_tens(number)
    if number < 1000:
        many, rest = divmod(number, 100)
        head = "cent" if many == 1 else f"{_FRENCH[many]} cent{'' if rest else 's'}"
        return f"{head} {in_french(rest)}" if rest else head
    scale, name = next(
        each for each in ((10**9, "milliard"), (10**6, "million"), (1000, "mille")) if number >= each[0]
    )
    many, rest = divmod(number, scale)
    count = in_french(many)
    if scale == 1000:
        head = "mille" if many == 1 else f"{count.replace('cents', 'cent').replace('vingts', 'vingt')} mille"
    else:
        head = f"{count} {name}{'s' if many > 1 else ''}"
    return f"{head} {in_french(rest)}" if rest else head


def _french_tens(number: int) -> str:
    tens, unit = divmod(number, 10)
    word = _FRENCH_TENS[tens - 2]
    unit += 10 if tens in (7, 9) else 0
    if not unit:
        return word + ("s" if number == 80 else "")
    return f"{word} et {_FRENCH[unit]}" if unit in (1, 11) and tens < 8 else f"{word}-{_FRENCH[unit]}"


def in_english(number: int) -> str:
    """“Ninety-nine”, “two hundred and five”, “one million”."""
    if number < 20:
        return _ENGLISH[number]
    if number < 100:
        tens, unit = divmod(number, 10)
        return _ENGLISH_TENS[tens - 2] + (f"-{_ENGLISH[unit]}" if unit else "")
    scales = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
    scale, name = next(each for each in scales if number >= each[0])
    many, rest = divmod(number, scale)
    head = f"{in_english(many)} {name}"
    return f"{head} {'and ' if rest < 100 else ''}{in_english(rest)}" if rest else head
