"""Front matter: what it says, where it ends, the text after it; fields set in it and in a sidecar."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.documents import one_line
from rag.documents.frontmatter import split_front_matter, with_front_matter, with_sidecar
from rag.errors import NotReadable, UnreadableFile
from rag.types import text_hash
from tests.helpers.documents import Read

FIELD = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=40)


@pytest.mark.parametrize(
    "text",
    [
        "Un.\nDeux.",
        "Un.\r\nDeux.\r\n",
        "  Un. \n\n\n",
        "\nUn",
        "Un\rDeux\r",
        "a\fb",
        "e\u0301 \u202f\u00a0",
    ],
)
@pytest.mark.parametrize("front", ["", "---\ntitle: T\n---\n", "---\r\ntitle: T\r\n---\r\n"])
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_text_is_untouched(read: Read, name: str, front: str, text: str) -> None:
    source = read(name, front + text)
    assert source.text == text
    assert source.info.sha256 == text_hash(text)
    assert source.info.characters == len(text)
    assert read(name, b"\xef\xbb\xbf" + (front + text).encode()).text == text


def test_all_fields_of_front_matter(read: Read) -> None:
    info = read(
        "Dossier/a.md",
        "---\ntitle: >\n  Deux\n  lignes\nside: ' Coalition '\ndate: 2026-01-06\nlanguage: FR-ca\n"
        "note: Traduit de l’anglais\nkind: déclaration\neditorial: [title, side]\nother: {a: [1]}\n"
        "---\nBody text.",
    ).info
    assert (info.title, info.side, info.date) == ("Deux lignes", "Coalition", "2026-01-06")
    assert (info.language, info.note, info.kind) == ("fr", "Traduit de l’anglais", "déclaration")
    assert info.editorial == ("title", "side")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("2026", "2026"),
        ("1.10", "1.10"),
        ("no", "no"),
        ("12:30", "12:30"),
        ("'null'", "null"),
        ("2026-01-06", "2026-01-06"),
        ('"a\\ud800b"', "a\ufffdb"),
        ("«\u00a0Oui\u202f!»", "«\u00a0Oui\u202f!»"),
        ("null", "file name"),
        ("~", "file name"),
        ("", "file name"),
        ("'  '", "file name"),
    ],
)
def test_scalars_stay_as_written(read: Read, written: str, title: str) -> None:
    assert read("file_name.txt", f"---\ntitle: {written}\n---\nText").info.title == title


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2026-01-06", "2026-01-06"),
        ("2026-1-6 10:00:00", "2026-01-06T10:00:00"),
        ("'6 janvier 2026'", "6 janvier 2026"),
        ("2026-13-45", "2026-13-45"),
        ("2026", "2026"),
        ("", ""),
    ],
)
def test_dates(read: Read, written: str, date: str) -> None:
    assert read("a.md", f"---\ndate: {written}\n---\nText").info.date == date


@pytest.mark.parametrize("empty", ["", " null", " ~", " []"])
def test_empty_fields(read: Read, empty: str) -> None:
    front = "" if empty == " []" else f"side:{empty}\ndate:{empty}\nnote:{empty}\n"
    info = read("a.md", f"---\n{front}editorial:{empty}\n---\nText").info
    assert (info.side, info.date, info.note, info.editorial) == (None, "", "", ())


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nUn paragraphe entre deux filets.\n\n---\nSuite.",
        "---\nUn paragraphe\n---\nSuite.",
        "---\n- une\n- liste\n---\nSuite.",
        "---\n---\nSuite.",
        "---\ntitle: jamais fermé\n",
        "----\ntitle: T\n----\nSuite.",
        "\n---\ntitle: T\n---\nSuite.",
        "---\nUne phrase : puis [ceci\n---\nSuite.",
        "---\nUne phrase\u00a0: puis cela\n---\nSuite.",
        "---\nRemarque : ceci\n---\nSuite.",
        "---\nRemarque : ceci. Et : cela\n---\nSuite.",
        "---\n# Titre\nx: [\n---\nSuite.",
        "--- \ntext only --- \n",
    ],
)
def test_a_rule_is_no_front_matter(read: Read, text: str) -> None:
    assert read("a.md", text).text == text


@pytest.mark.parametrize(
    "front",
    [
        "--- \t\ntitle: T\n---  \nBody",
        "---\rtitle: T\r---\rBody",
        "---\n{title: T}\n---\nBody",
        "---\ntitle : T\ndate de sortie : x\n---\nBody",
        "---\n'title': T\n? x\n---\nBody",
        "---\n# remarque\n\ntitle: T\n---\nBody",
        "---\ntitle: T\nnote: a ---\nkind: x\n---\nBody",
    ],
)
def test_front_matter_in_other_shapes(read: Read, front: str) -> None:
    source = read("a.md", front)
    assert (source.text, source.info.title) == ("Body", "T")


def test_front_matter_of_unknown_fields_alone_is_no_text(read: Read) -> None:
    assert read("a.md", "---\nlayout: post\nauthor: X\n---\nBody").text == "Body"


def test_front_matter_ends_at_the_first_closing_line(read: Read) -> None:
    assert read("a.md", "---\ntitle: T\n---\nA\n---\nB").text == "A\n---\nB"


def test_html_has_no_front_matter(read: Read) -> None:
    assert read("a.html", "---\ntitle: T\n---\nA").text == "--- title: T --- A"


@pytest.mark.parametrize(
    ("front", "line", "word"),
    [
        ("title: [un, deux]", 2, "title must be a text, not a sequence"),
        ("note: x\nside: {a: b}", 3, "side must be a text, not a mapping"),
        ("date: T\neditorial: side", 3, "editorial must be a list of field names, not a scalar"),
        ("editorial: [[side]]", 2, "editorial must be a text, not a sequence"),
        ("title: T\nspeakers: M. Costa", 3, "speakers must be a side for each name"),
        ("title: T\n- a\nside: b", 3, "between double quotes"),
    ],
)
def test_bad_front_matter_says_where(read: Read, front: str, line: int, word: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read("a.md", f"---\n{front}\n---\nText")
    assert f"front matter, line {line}: " in caught.value.reason
    assert word in caught.value.reason
    assert "\n" not in caught.value.reason
    assert f"ligne {line}" in caught.value.why.in_words("fr")


@pytest.mark.parametrize(
    "written",
    [
        "Retraites : le grand soir",
        "« Oui » : le mot de trop",
        "[Tribune] Le mot de trop",
        "[jamais fermé",
        "@maire : réponse",
        "% de votants",
        "*Le mot*",
        "! attention",
        "`code`",
        '"Le soir" : suite',
        "l'année d'après : suite",
        "a: b",
        "[" * 2000,
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_values_as_people_write_them(read: Read, written: str, end: str) -> None:
    front = end.join(["---", f"title: {written}", "side:\tContre", "tags: [a, b]", "---", ""])
    source = read("a.md", f"{front}Text")
    assert (source.text, source.info.title, source.info.side) == ("Text", written, "Contre")


def test_setting_a_field_leaves_lines_that_are_no_yaml_as_they_are() -> None:
    text = "---\ntitle: Retraites : le soir\nside: Pour # x\nnote: @a\n---\nText"
    after = '---\ntitle: Retraites : le soir\nside: "Contre" # x\nnote: @a\n---\nText'
    assert with_front_matter(text, {"side": "Contre"}) == after


def test_authors_and_speakers(read: Read) -> None:
    front = "author: [Ada, Bob]\naddress: https://x.fr/a\nspeakers:\n  M. Costa: Contre\n  Mme Ferrand: Pour"
    info = read("a.md", f"---\n{front}\n---\nText").info
    assert (info.author, info.address) == ("Ada, Bob", "https://x.fr/a")
    assert info.speakers == (("M. Costa", "Contre"), ("Mme Ferrand", "Pour"))


@given(text=st.text(max_size=60), title=FIELD, side=FIELD)
@example("---\nrègle\n---\nx", "a: b", "- c")
@example("---\ntitle: a\n---\nx", "# non", "'\"\\")
@example("\ufeffx", "null", "~")
def test_setting_fields_reads_back_and_leaves_the_text(text: str, title: str, side: str) -> None:
    title, side = (one_line(value) for value in (title, side))
    try:
        front, body = split_front_matter(text)
        written = with_front_matter(text, {"title": title, "side": side, "editorial": ["side"]})
    except NotReadable:
        return
    expected = replace(front, title=title, side=side, editorial=("side",))
    assert split_front_matter(written) == (expected, body)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'side: "N"\ntitle: "T"\n'),
        ("# rien\n", '# rien\nside: "N"\ntitle: "T"\n'),
        ("side: [a]\n", ""),
        ("title: a # b\nside: >-\n  c\n  d\n# e\nkind: f", 'title: "T" # b\nside: "N"\n# e\nkind: f\n'),
        (
            "editorial:\n- title # x\n# y\nside:\ntitle:",
            'editorial:\n- title # x\n# y\nside: "N"\ntitle: "T"\n',
        ),
        ("{kind: a, title: b}", '{side: "N", kind: a, title: "T"}'),
        ("---\nside: a\n---\n", 'side: "N"\ntitle: "T"\n'),
    ],
)
def test_the_rest_of_a_sidecar_stays(before: str, after: str) -> None:
    if not after:
        with pytest.raises(NotReadable, match="must be a text"):
            with_sidecar(before, {"side": "N", "title": "T"})
        return
    assert with_sidecar(before, {"side": "N", "title": "T"}).rstrip("\n") == after.rstrip("\n")


def test_no_front_matter_takes_its_parser_long() -> None:
    fields = "a: b\n" * 10_001
    with pytest.raises(NotReadable, match="front matter has 50,0"):
        split_front_matter(f"---\n{fields}---\nTexte")
    prose = "Un paragraphe.\n\n" * 5_000
    assert split_front_matter(f"---\n{prose}---\nTexte")[1].startswith("---\nUn paragraphe.")
