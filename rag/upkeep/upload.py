"""What is handed in to be added to the corpus."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from rag.documents import decode, read_bytes, with_front_matter
from rag.errors import InputError, NotReadable
from rag.upkeep.details import Details
from rag.upkeep.names import titled_name


@dataclass(frozen=True, slots=True)
class Upload:
    """A document to be added.

    Attributes:
        content: the file where it lies now, which is copied; or what is in it.
        name: what it was called; only the last part counts, and its suffix says its kind.
        details: what is said of it; what is not said, the document says itself.
    """

    content: Path | bytes
    name: str
    details: Details = field(default_factory=Details)

    def data(self, max_bytes: int) -> bytes:
        """What is in it.

        Raises:
            NotReadable: it cannot be read, or is too large.
        """
        if isinstance(self.content, bytes):
            if len(self.content) > max_bytes:
                raise NotReadable("file_large", size=len(self.content), most=max_bytes)
            return self.content
        return read_bytes(self.content.parent, self.content.name, max_bytes)


def text_upload(text: str | bytes, details: Details) -> Upload:
    """Text that was pasted or written, as a file named after its title.

    Raises:
        InputError: it has no title.
        NotReadable: it is no text, or its front matter is broken.
    """
    title = str(details.cleaned().get("title") or "")
    if not title:
        raise InputError("text_untitled")
    words = text if isinstance(text, str) else decode(text)
    # written here: a title like the file's name would be taken for that
    supplied = {} if title in words else {"editorial": ["title"]}
    content = with_front_matter(words, {"title": title, **supplied}).encode("utf-8", "replace")
    return Upload(content, titled_name(title, ".txt"), details)
