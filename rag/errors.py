"""Every error Réplique raises on purpose: a key of the catalogue, and what fills its line.

The line says what to do next; ``str`` of an error is the English one.

::

    RepliqueError
    ├── SettingsError          a setting cannot be used as given
    ├── CorpusError            the corpus folder as a whole cannot be used
    │   ├── EmptyCorpus        it holds no document that can be read
    │   ├── NotReadable        bytes that are no document; why, in a few words
    │   ├── UnreadableFile     one file of it cannot; the others go on
    │   └── ReadOnly           it may not be changed
    ├── UnknownSource          a source id that the index does not hold
    ├── StoreError             the index cannot be read or written
    │   ├── NoIndex            nothing has been indexed yet
    │   ├── StoreLocked        another process is writing it
    │   └── IndexingStopped    the user has stopped an index run
    ├── EncoderError           the sentence encoder cannot be loaded or used
    ├── FetchError             a page of the web cannot be had
    ├── EndpointError          a language model or a reranker does not answer, or not as it should
    ├── DossierError           a dossier file cannot be read or written
    ├── InputError             a question, a range or a file handed in cannot be used
    └── QuoteError             a text given out as a quote is not a slice of its source
"""

from __future__ import annotations

from rag.catalogue import say
from rag.types import Language


class RepliqueError(Exception):
    """Base of all errors that carry a one-line message for the user.

    Attributes:
        key: of the line in the catalogue.
        values: what fills it; an error among them, such as the reason for this one, is worded with it.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def in_words(self, lang: Language) -> str:
        """The line in a language."""
        values = {
            name: value.in_words(lang) if isinstance(value, RepliqueError) else value
            for name, value in self.values.items()
        }
        return say(self.key, lang, **values)

    def __str__(self) -> str:
        return self.in_words("en")


class SettingsError(RepliqueError):
    """A setting cannot be used as given."""


class CorpusError(RepliqueError):
    """The corpus folder as a whole cannot be used."""


class EmptyCorpus(CorpusError):
    """The corpus folder holds no document that can be read."""


class NotReadable(CorpusError):
    """Bytes that are no document: why, in a few words, with what to do about it."""


class UnreadableFile(CorpusError):
    """One file of the corpus cannot be read; it is reported and skipped.

    Attributes:
        path: the file, relative to the corpus folder.
        why: why it cannot.
        reason: the same in English, as the index keeps it.
    """

    def __init__(self, path: str, why: NotReadable) -> None:
        super().__init__("unreadable_file", path=path, reason=why)
        self.path = path
        self.why = why
        self.reason = str(why)


class ReadOnly(CorpusError):
    """The corpus may not be changed."""


class UnknownSource(RepliqueError):
    """A source id that the index does not hold."""


class StoreError(RepliqueError):
    """The index cannot be read or written."""


class NoIndex(StoreError):
    """Nothing has been indexed yet."""


class StoreLocked(StoreError):
    """Another process is writing the index."""


class IndexingStopped(StoreError):
    """The user has stopped an index run; what it had done is kept."""


class EncoderError(RepliqueError):
    """The sentence encoder cannot be loaded or used."""


class EndpointError(RepliqueError):
    """A language model or a reranker does not answer, or not as it should.

    Attributes:
        kind: ``unreachable``, ``slow``, ``refused``, ``cut``, ``unreadable``, ``empty``, ``endless`` or
            ``unusable``.
    """

    def __init__(self, key: str, /, *, kind: str, **values: object) -> None:
        super().__init__(key, **values)
        self.kind = kind


class FetchError(RepliqueError):
    """A page of the web cannot be had: not found, refused, too large, too slow, without text."""


class DossierError(RepliqueError):
    """A dossier file cannot be read or written."""


class InputError(RepliqueError):
    """A question, a range or a file handed in cannot be used."""


class QuoteError(RepliqueError):
    """A text given out as a quote is not a slice of its source."""
