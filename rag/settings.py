"""All settings, read once from the environment and ``replique.toml``, then passed explicitly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from rag.checks import (
    Address,
    Endpoint,
    ExistingFile,
    Headers,
    Key,
    Login,
    Names,
    Networks,
    Reranking,
    listed,
)
from rag.errors import SettingsError

SETTINGS_FILE = "replique.toml"
DEFAULT_ENCODER = "replique"
"""The encoder where none is set."""
NAME_MOST = 250
"""Longest name of a debate's folder, in bytes of UTF-8."""
SECRET = frozenset(
    {"auth", "chroma", "chroma_headers", "chroma_key", "llm_key", "llm_url", "rerank_key", "rerank_url"}
)
"""Settings whose value no message shows; an address may hold a key by mistake."""


def shipped_corpus() -> Path:
    """Where the two shipped documents are: inside the wheel, or in the checkout beside ``rag/``."""
    here = Path(__file__).resolve().parent
    packaged = here / "shipped_corpus"
    return packaged if packaged.is_dir() else here.parent / "corpus"


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What the reading of one file may take; how large it may be is said apart.

    Attributes:
        seconds: without getting on; files of more than 2 MB may take longer, by their size.
        memory_mb: of memory.
    """

    seconds: float = 20.0
    memory_mb: int = 2000


USUAL_LIMITS = ReadingLimits()


class Settings(BaseSettings):
    """One frozen set of settings.

    Each field can be set by ``REPLIQUE_<FIELD>`` in the environment, or by ``<field> = …`` in
    ``replique.toml`` in the working folder; the environment wins, an explicit argument wins over both.
    """

    model_config = SettingsConfigDict(
        env_prefix="REPLIQUE_", toml_file=SETTINGS_FILE, frozen=True, extra="forbid"
    )

    corpus: Path = Field(Path("corpus"), description="folder of the documents")
    store: Path = Field(Path(".replique"), description="folder of the index")
    debates: Path = Field(Path("debates"), description="folder of the debates that have a name")
    debate: str = Field("", description="name of the debate; empty: that of `corpus` and `store`")
    open_mb: float = Field(
        1000.0, gt=0, description="debates held open by a page together take about so much, in MB"
    )
    chroma: Address = Field(
        "",
        description="address of a Chroma server (http://host:port) or of Chroma Cloud "
        "(https://api.trychroma.com); empty: embedded in the store",
    )
    chroma_tenant: str = Field("", description="tenant on that server; empty: its default, or the key's")
    chroma_database: str = Field("", description="database of the tenant; empty: its default, or the key's")
    chroma_key: Key = Field(SecretStr(""), description="key of Chroma Cloud")
    chroma_headers: Headers = Field(
        SecretStr(""), description='more headers for that server, as JSON: {"Authorization": "Bearer …"}'
    )
    chroma_ca: ExistingFile = Field(
        "", description="file of the certificates that vouch for that server; empty: the usual ones"
    )
    keep_replaced: float = Field(
        0.0,
        ge=0,
        description="seconds that what a change of the index has replaced stays, for readers elsewhere",
    )
    follow: bool = Field(
        False,
        description="answer from the index that another process writes; never read the documents, nor write",
    )
    questions: Path = Field(
        Path("evals/questions.jsonl"),
        description="questions to train with, one JSON object a line; empty: none but those made by rule",
    )
    embed_model: str = Field(
        DEFAULT_ENCODER,
        description="encoder: `replique` (our own), `huggingface:<name>` or `openai-like:<name>@<url>`",
    )
    reader: bool = Field(
        True, description="read the best passages with the question; off: faster, and understands less"
    )
    max_file_mb: float = Field(50.0, gt=0, description="files larger than this are skipped, in MB")
    read_seconds: float = Field(
        USUAL_LIMITS.seconds,
        gt=0,
        le=86_400,
        description="seconds that a file may be read without getting on; large ones longer",
    )
    read_memory_mb: int = Field(
        USUAL_LIMITS.memory_mb, ge=200, description="memory that the reading of a file may take, in MB"
    )
    fetch: bool = Field(True, description="let pages of the web be added by their address, each on a click")
    fetch_private: bool = Field(
        False, description="let addresses be asked that are private or of this machine, on any port"
    )
    max_debate_mb: float = Field(
        500.0, gt=0, description="largest debate that is imported from one file, unpacked, in MB"
    )
    read_only: bool = Field(
        False,
        validate_default=True,
        description="refuse changes to the documents, for public pages; true where `follow` is",
    )
    max_quotes: int = Field(6, ge=1, le=50, description="most quotes in one answer")
    lock_timeout: float = Field(
        600.0, ge=0, description="seconds to wait for another process that is indexing"
    )
    host: str = Field("127.0.0.1", description="address the page listens on")
    port: int = Field(7860, ge=0, le=65535, description="port of the page; 0 picks a free one")

    auth: Login = Field(
        SecretStr(""), description="`user:password` that the page asks for; empty: it asks for none"
    )
    allow_anyone: bool = Field(
        False, description="listen without a password where other machines can reach the page"
    )
    hosts: Names = Field(
        "", description="names under which a proxy serves the page, with commas between; empty: no proxy"
    )
    proxy: Networks = Field(
        "127.0.0.1,::1", description="addresses or networks of that proxy: it says whom it asks for"
    )
    mcp: bool = Field(False, description="serve the tools of the Model Context Protocol at /mcp, for agents")

    llm_url: Endpoint = Field(
        "", description="address of an OpenAI-compatible endpoint (http://host:port/v1); empty: no model"
    )
    llm_model: str = Field("", description="name of the model; empty: the first that the endpoint lists")
    llm_key: SecretStr = Field(SecretStr(""), description="key of the endpoint, if it asks for one")
    llm_timeout: float = Field(60.0, gt=0, description="seconds that the model has for a whole answer")
    llm_max_tokens: int = Field(400, ge=16, description="longest text the model may write, in tokens")
    llm_context: int = Field(4096, ge=512, description="what the model can take in and write, in tokens")

    rerank_url: Reranking = Field(
        "", description="address of a reranker (http://host:port/v1/rerank); empty: the built-in order"
    )
    rerank_model: str = Field("", description="name of the reranker's model, where it has several")
    rerank_key: SecretStr = Field(SecretStr(""), description="key of the reranker, if it asks for one")
    rerank_timeout: float = Field(
        3.0, gt=0, le=600, description="seconds that the reranker has for all passages of a question"
    )

    @field_validator("read_only")
    @classmethod
    def _reads_only(cls, value: bool, info: ValidationInfo) -> bool:
        return value or bool(info.data.get("follow"))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order of precedence: arguments, environment, settings file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def max_file_bytes(self) -> int:
        """The largest file that is read, in bytes."""
        return int(self.max_file_mb * 1_000_000)

    @property
    def reading_limits(self) -> ReadingLimits:
        """What the reading of a file may take."""
        return ReadingLimits(self.read_seconds, self.read_memory_mb)

    @property
    def login(self) -> tuple[str, str] | None:
        """User and password that the page asks for, if it does."""
        user, _, password = self.auth.get_secret_value().partition(":")
        return (user, password) if user else None

    @property
    def proxied_names(self) -> list[str]:
        """Names under which a proxy serves the page."""
        return listed(self.hosts)

    def debate_dir(self) -> Path:
        """The folder of the debate, which has a name."""
        return self.debates / self.debate

    def for_debate(self, name: str) -> Settings:
        """These settings for a debate with a name.

        Raises:
            SettingsError: there is none of that name.
        """
        folder = self.debates / name
        if not is_debate_name(name) or not folder.is_dir():
            raise SettingsError("debate_unknown", name=name[:100], folder=self.debates)
        places = {
            "corpus": folder / "documents",
            "store": folder / ".replique",
            "questions": folder / "questions.jsonl",
        }
        return self.model_copy(update={"debate": name, **places})

    def corpus_dir(self) -> Path:
        """The corpus folder to read.

        The default ``corpus`` falls back on the shipped documents where there is no such folder, so
        that an installed Réplique answers at once in any folder; not for one that follows an index of others.
        """
        default = type(self).model_fields["corpus"].default
        if self.corpus == default and not self.corpus.exists() and not self.follow:
            return shipped_corpus()
        return self.corpus


def is_debate_name(name: str) -> bool:
    """Whether a folder of that name can be a debate: letters, digits, dots and hyphens, not hidden, short."""
    return re.fullmatch(r"\w[\w.-]*", name) is not None and len(name.encode()) <= NAME_MOST


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment and the settings file, with ``overrides`` on top.

    Args:
        overrides: fields given explicitly; those that are ``None`` are left out. A ``debate`` with a name
            says where its documents and its index are.

    Raises:
        SettingsError: one line naming the setting, the value received and what is wanted.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        settings = Settings(**given)  # type: ignore[arg-type]
        return settings.for_debate(settings.debate) if settings.debate else settings
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        problem = first["msg"].removeprefix("Value error, ")
        given_value = "(not shown)" if name in SECRET else repr(first["input"])
        raise SettingsError(
            "setting",
            name=name,
            given=given_value,
            problem=problem,
            variable=name.upper(),
            file=SETTINGS_FILE,
        ) from None
    except ValueError as error:  # tomllib: the settings file is not TOML
        raise SettingsError("settings_file", file=SETTINGS_FILE, reason=error) from None
