"""Structured logs: our own numbers, never Telegram's ids, names or texts."""

from __future__ import annotations

import logging
import sys

import structlog


def configure(*, for_people: bool, also: tuple[structlog.typing.Processor, ...] = ()) -> None:
    """JSON lines on standard error for a server; readable lines for a person at a demo.

    ``also``: what sees every line first.
    """
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if for_people else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            *also,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.WARNING if for_people else logging.INFO
        ),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
