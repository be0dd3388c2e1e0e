"""One turn of a conversation, the same for every front: memory and question in, answer and memory out."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from typing import Any

from bot import render
from bot.lines import sound
from bot.live import LiveDesk
from bot.records import cited, record
from knowledge.answer import AnswerDesk, Memory, Reply
from knowledge.facts import Answer

MOST_CHATS = 2000


class Conversations:
    """The conversations of a front, each remembered by a key; of more than `most` the longest silent are forgotten."""

    def __init__(self, desk: AnswerDesk | LiveDesk, most: int | None = MOST_CHATS) -> None:
        self._desk = desk
        self._most = most
        self._memories: OrderedDict[str, Memory | None] = OrderedDict()

    def ask(self, question: str, today: date, chat: str | None = None, document: str | None = None) -> Reply:
        """The reply to a question; without a chat it stands alone."""
        memory = self._memories.get(chat) if chat is not None else None
        reply = self._desk.ask(sound(question), today, memory, document)
        if chat is not None:
            self._memories[chat] = reply.memory
            self._memories.move_to_end(chat)
            while self._most is not None and len(self._memories) > self._most:
                self._memories.popitem(last=False)
        return reply


def as_json(answer: Answer) -> dict[str, Any]:
    """An answer in the shape that the command line and the API give."""
    return {
        "question": answer.question,
        "status": answer.status,
        "intent": answer.intent,
        "language": answer.language,
        "text": render.text(answer),
        "figures": [record(figure) for figure in answer.figures],
        "awards": [record(award) for award in answer.awards],
        "units": list(answer.units),
        "citations": [cited(one) for one in answer.citations],
        "conflicts": [[record(first), record(second)] for first, second in answer.conflicts],
        "missing": list(answer.missing),
        "suggestions": list(answer.suggestions),
    }
