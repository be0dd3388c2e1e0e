"""Keeps secrets out of the log: each record is cleaned at birth, so that no logger, level or handler ever sees one.

A filter would have to hang on every handler, those added later included; the record factory stands before them all.
"""

import logging
import re
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

HIDDEN = "***"
CHATTY = ("httpx", "httpcore")  # at INFO httpx logs each request's address, and the token is part of it


@contextmanager
def concealed(secrets: Iterable[str]) -> Iterator[None]:
    """While this is open, `***` stands in the log for each secret: in messages, arguments and tracebacks."""
    make = logging.getLogRecordFactory()
    pattern = _pattern(secrets)

    def clean(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        _clean_message(record, pattern)
        _clean_traceback(record, pattern)
        return record

    levels = {name: logging.getLogger(name).level for name in CHATTY}
    logging.setLogRecordFactory(clean)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        yield
    finally:
        logging.setLogRecordFactory(make)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _pattern(secrets: Iterable[str]) -> re.Pattern[str]:
    """Any of the secrets; of a token `123:AA…` also the part after the colon alone, and the colon as an address writes it."""
    forms = [
        f"(?:{re.escape(head)}(?::|%3[Aa]))?{re.escape(tail)}" if colon and head.isdigit() else re.escape(secret)
        for secret in secrets
        for head, colon, tail in [secret.partition(":")]
    ]
    return re.compile("|".join(sorted(forms, key=len, reverse=True)) or r"(?!)")


def _clean_message(record: logging.LogRecord, pattern: re.Pattern[str]) -> None:
    try:
        message = record.getMessage()
    except (TypeError, ValueError, KeyError):  # a wrong format: logging would print its arguments as they are
        message = f"{record.msg} {record.args}"
        record.msg, record.args = message, ()
    if pattern.search(message):
        record.msg, record.args = pattern.sub(HIDDEN, message), ()


def _clean_traceback(record: logging.LogRecord, pattern: re.Pattern[str]) -> None:
    if record.exc_info:
        text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
        if pattern.search(text):
            record.exc_text, record.exc_info = pattern.sub(HIDDEN, text), None
