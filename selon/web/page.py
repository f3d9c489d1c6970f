"""What every page begins with: language, moment, words. May import: `views`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from selon.views.labels import LANGUAGES, labels, load_words


class Page:
    """What every page needs: language, moment, words, query to carry along."""

    def __init__(self, request: Request, lang: str = "", as_of: str = "") -> None:
        accepted = request.headers.get("accept-language", "")[:2].lower()
        cookie = request.cookies.get("lang", "")
        self.request = request
        self.lang = next((x for x in (lang, cookie, accepted) if x in LANGUAGES), "en")
        self.as_of = as_of
        self.moment = moment(as_of)
        self.say = load_words("selon.web.messages", self.lang)
        self.words = labels(self.lang)
        self.query = f"?as_of={as_of}" if as_of and self.moment else ""


def moment(as_of: str) -> datetime | None:
    """The end of a day, or an ISO time, in UTC. None when nothing is asked. Raises HTTPException 400 when it is neither."""
    if not as_of:
        return None
    try:
        at = datetime.fromisoformat(as_of)
    except ValueError as e:
        raise HTTPException(400, f"{as_of!r} is neither a day nor an ISO time") from e
    try:
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return (at + timedelta(days=1, microseconds=-1) if len(as_of) == 10 else at).astimezone(UTC)
    except OverflowError as e:
        raise HTTPException(400, f"{as_of!r} is beyond the calendar") from e


PageOf = Annotated[Page, Depends(Page)]
