"""Messages, and web pages saved as one file."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from rag.errors import UnreadableFile
from tests.helpers.documents import Read

PAGE = "<html><head><title>T</title></head><body><p>Le député refuse le texte.</p></body></html>"


def message(body: str, subtype: str = "plain") -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "José Dà <j@x.fr>", "Le tram ferme"
    letter["Date"] = "Tue, 12 May 2026 10:00:00 +0200"
    letter.set_content(body, subtype=subtype, cte="quoted-printable")
    return letter


def test_a_message(read: Read) -> None:
    letter = message("Bonjour,\n\nLe tram ferme, c’est décidé.\n\n> Et quand ?\n\n-- \nJosé Dà\nAdjoint\n")
    letter.add_attachment(b"x", maintype="application", subtype="pdf", filename="plan.pdf")
    source = read("a.eml", letter.as_bytes())
    assert source.text == "Bonjour,\n\nLe tram ferme, c’est décidé.\n\n> Et quand ?"
    assert (source.info.title, source.info.author, source.info.date) == (
        "Le tram ferme",
        "José Dà",
        "2026-05-12",
    )
    assert [one.text for one in source.layout.left_out] == ["José Dà\nAdjoint"]
    assert [(remark.key, remark.detail) for remark in source.info.remarks] == [("attachments", "plan.pdf")]


def test_a_message_in_html_alone(read: Read) -> None:
    assert read("a.eml", message(PAGE, "html").as_bytes()).text == "Le député refuse le texte."


def test_of_the_ways_to_say_a_message_the_one_that_says_most_is_read(read: Read) -> None:
    short, long = "Ouvrez ce message.", "Le député refuse le texte, dit-il, et il le dira à la Chambre."
    page = f"<p>{long}</p><p>-- <br>Anne</p>"
    letter = message(short)
    letter.add_alternative(page, subtype="html")
    letter.get_payload(1).add_related(b"x", maintype="image", subtype="png", cid="<a>")  # type: ignore[union-attr]
    letter.add_attachment("Un autre texte.", filename="autre.txt")
    source = read("a.eml", letter.as_bytes())
    assert source.text == long
    assert [one.text for one in source.layout.left_out] == ["Anne"]
    letter = message(long)
    letter.add_alternative(f"<p>{short}</p>", subtype="html")
    assert read("a.eml", letter.as_bytes()).text == long


def test_a_message_in_pieces_is_whole(read: Read) -> None:
    letter = message("Avant la photo.")
    letter.add_attachment(b"x", maintype="image", subtype="png", disposition="inline")
    letter.add_attachment("<p>Après la photo.</p>", subtype="html", disposition="inline")
    assert read("a.eml", letter.as_bytes()).text == "Avant la photo.\n\nAprès la photo."


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_saved_page(read: Read, charset: str) -> None:
    head = (
        "Snapshot-Content-Location: https://x.fr/a\nContent-Type: multipart/related; boundary=B\n\n"
        f"--B\nContent-Type: text/html; charset={charset}\n\n"
    )
    source = read("a.mht", head.encode() + PAGE.encode(charset) + b"\n--B--\n")
    assert (source.text, source.info.address) == ("Le député refuse le texte.", "https://x.fr/a")


@pytest.mark.parametrize(("name", "remedy"), [("a.eml", ".eml again"), ("a.mhtml", "as HTML")])
def test_what_is_no_message(read: Read, name: str, remedy: str) -> None:
    with pytest.raises(UnreadableFile, match=remedy):
        read(name, "Bonjour.")
