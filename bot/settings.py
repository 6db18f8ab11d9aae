"""The settings: the only reader of the environment and of ``.env``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, DirectoryPath, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import DalilError

PREFIX = "DALIL_"
TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
WEBHOOK_PATH = "/webhook"
EXAMPLES = {
    "telegram_token": "DALIL_TELEGRAM_TOKEN=123456789:the-words-that-BotFather-gave-you",
    "telegram_api": "DALIL_TELEGRAM_API=https://api.telegram.org",
    "database_url": "DALIL_DATABASE_URL=sqlite:////var/lib/dalil/dalil.db",
    "webhook_url": "DALIL_WEBHOOK_URL=https://dalil.example.org",
    "port": "DALIL_PORT=8080",
    "data_dir": "DALIL_DATA_DIR=/var/lib/dalil",
    "guide_dir": "DALIL_GUIDE_DIR=/srv/guide",
    "keep_closed_leads_days": "DALIL_KEEP_CLOSED_LEADS_DAYS=365",
    "key": "DALIL_KEY=k1:… (make one with: dalil key)",
}

FAULTS = {"missing": "is missing", "path_not_directory": "names no directory"}


class SettingsRefused(DalilError):
    """A setting is missing or wrong; the text names each with an example."""


def _token(token: SecretStr) -> SecretStr:
    if not TOKEN.fullmatch(token.get_secret_value()):
        raise ValueError("not a bot token")
    return token


class GuideSettings(BaseSettings):
    """What the commands need that read the guide and nothing else."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    guide_dir: DirectoryPath | None = None
    """The guide to serve, instead of the one that came with the code."""


class StoreSettings(GuideSettings):
    """What the commands need that read or write the database and nothing else."""

    data_dir: Path = Path("var")
    """Where the database lies, unless ``database_url`` says otherwise."""
    database_url: str | None = None
    key: SecretStr
    """What personal data is sealed with."""

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'dalil.db'}"


class Settings(StoreSettings):
    """How one Dalil runs. Every field is ``DALIL_…`` in the environment or in ``.env``."""

    telegram_token: Annotated[SecretStr, AfterValidator(_token)]
    """What BotFather gave."""
    telegram_api: Annotated[str, Field(pattern=r"^https?://[^\s/]+")] = "https://api.telegram.org"
    """Where the Bot API is served."""
    webhook_url: Annotated[str, Field(pattern=r"^https?://[^\s/]+")] | None = None
    """The public address; without it the bot asks Telegram for updates (polling)."""
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    """Where ``/healthz``, ``/metrics`` and the webhook are served."""
    keep_closed_leads_days: Annotated[int, Field(ge=1)] = 365
    """How long a closed lead still names its person."""

    @property
    def webhook(self) -> str | None:
        """The address to which Telegram brings updates, if it is not asked for them."""
        return self.webhook_url and self.webhook_url.rstrip("/") + WEBHOOK_PATH


Kind = TypeVar("Kind", bound=GuideSettings)


def read_settings(kind: type[Kind], **given: Any) -> Kind:
    """The settings of a kind; what is given wins over the environment.

    Raises ``SettingsRefused`` with a line for every setting that is missing or wrong.
    """
    try:
        return kind(**given)
    except ValidationError as error:
        raise SettingsRefused(_worded(error)) from None


def _worded(error: ValidationError) -> str:
    lines = []
    for fault in error.errors():
        name = str(fault["loc"][0])
        what = FAULTS.get(fault["type"], "is not understood")
        lines.append(f"{PREFIX}{name.upper()} {what}. Example: {EXAMPLES[name]}")
    return "\n".join(lines)
