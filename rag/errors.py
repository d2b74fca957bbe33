"""Every error Réplique raises on purpose. Each message says what to do next.

::

    RepliqueError
    ├── SettingsError          a setting cannot be used as given
    ├── CorpusError            the corpus folder as a whole cannot be used
    │   ├── EmptyCorpus        it holds no document that can be read
    │   ├── UnreadableFile     one file of it cannot; the others go on
    │   └── ReadOnly           it may not be changed
    ├── UnknownSource          a source id that the index does not hold
    ├── StoreError             the index cannot be read or written
    │   ├── NoIndex            nothing has been indexed yet
    │   └── StoreLocked        another process is writing it
    ├── EncoderError           the sentence encoder cannot be loaded or used
    ├── EndpointError          a language model does not answer, or not as it should
    ├── DossierError           a dossier file cannot be read or written
    ├── InputError             a question, a range or a file handed in cannot be used
    └── QuoteError             a text given out as a quote is not a slice of its source
"""

from __future__ import annotations


class RepliqueError(Exception):
    """Base of all errors that carry a one-line message for the user."""


class SettingsError(RepliqueError):
    """A setting cannot be used as given."""


class CorpusError(RepliqueError):
    """The corpus folder as a whole cannot be used."""


class EmptyCorpus(CorpusError):
    """The corpus folder holds no document that can be read."""


class UnreadableFile(CorpusError):
    """One file of the corpus cannot be read; it is reported and skipped.

    Attributes:
        path: the file, relative to the corpus folder.
        reason: why, in a few words, with what to do about it.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


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


class EncoderError(RepliqueError):
    """The sentence encoder cannot be loaded or used."""


class EndpointError(RepliqueError):
    """A language model does not answer, or not as it should.

    Attributes:
        kind: ``unreachable``, ``slow``, ``refused``, ``cut``, ``unreadable``, ``empty``, ``endless`` or
            ``unusable``.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class DossierError(RepliqueError):
    """A dossier file cannot be read or written."""


class InputError(RepliqueError):
    """A question, a range or a file handed in cannot be used."""


class QuoteError(RepliqueError):
    """A text given out as a quote is not a slice of its source."""
