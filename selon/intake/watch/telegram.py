"""The public preview of a Telegram channel (t.me/s/NAME): a page of its last messages. May import: `intake.watch`, `intake.page`, `errors`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from urllib.parse import urlsplit

from selon.errors import FetchError
from selon.intake.page.markup import Node, attribute, tree_of, words
from selon.intake.watch.listing import Listed, Listing, entry_url, instant, listing

HOSTS = frozenset({"t.me", "telegram.me"})
_POST = re.compile(r"([A-Za-z0-9_]{3,64})/(\d{1,12})")


def is_telegram(url: str) -> bool:
    """Whether an address is on Telegram's public pages."""
    return (urlsplit(url).hostname or "").removeprefix("www.") in HOSTS


def preview_url(url: str) -> str:
    """`https://t.me/s/NAME` for whatever way a channel's address was written."""
    parts = urlsplit(url)
    path = parts.path.strip("/").removeprefix("s/")
    return f"{parts.scheme}://{parts.netloc}/s/{path.partition('/')[0]}" if path else url


def read_channel(body: bytes, url: str) -> Listing:
    """Messages with text, newest first. A message's stamp is the hash of its text: edits in silence show by it.

    Raises FetchError SEL-F103 when the page shows no channel: it may be private, gone, or closed to previews.
    """
    root = tree_of(body.decode("utf-8", "replace"))
    if root is None:
        raise _no_channel(url, "the page is no page of messages")
    posts = root.css("div[data-post]")
    title = next((words(n) for n in root.css(".tgme_channel_info_header_title") if words(n)), None)
    title = title or next((attribute(m, "content") for m in root.css('meta[property="og:title"]')), None)
    if not posts and root.css_first(".tgme_channel_info, .tgme_channel_history") is None:
        raise _no_channel(url, "there are no messages to see")
    base = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/"
    entries = list(_messages(posts))
    entries.sort(key=lambda pair: -int(pair[0].rpartition("/")[2]))
    before = next((attribute(a, "data-before") for a in root.css("a[data-before]")), "")
    earlier = [f"{preview_url(url)}?before={before}"] if before.isascii() and before.isdigit() else []
    found = listing("telegram", entries, base, title=title, more=earlier)
    names = (attribute(p, "data-post") for p in posts)
    return replace(found, present=tuple(u for n in names if _POST.fullmatch(n) and (u := entry_url(n, base))))


def _messages(posts: list[Node]) -> Iterator[tuple[str, Listed]]:
    seen: set[str] = set()
    for post in posts:
        name = _POST.fullmatch(attribute(post, "data-post"))
        if name is None or name[0] in seen:
            continue
        # A message that answers another one quotes its text in an element of its own; the message's own text stands last.
        texts = [n for n in post.css(".tgme_widget_message_text") if "js-message_reply_text" not in attribute(n, "class")]
        text = _text_of(texts[-1]) if texts else ""
        if not text:
            continue
        seen.add(name[0])
        stamp = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        time = next((attribute(t, "datetime") for t in post.css(".tgme_widget_message_date time, time[datetime]")), None)
        content = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
        yield name[0], Listed("", None, instant(time), stamp, content, whole=True)


def _text_of(node: Node) -> str:
    """The lines of a message: `br` ends a line, what stands in spoilers and links is text."""
    lines = [""]
    for n in node.traverse(include_text=True):
        if n.tag == "br":
            lines.append("")
        elif n.tag == "-text":
            lines[-1] += n.text_content or ""
    return "\n".join(line for raw in lines for part in raw.split("\n") if (line := " ".join(part.split())))


def _no_channel(url: str, why: str) -> FetchError:
    return FetchError(
        "SEL-F103",
        f"this shows no public channel: {why}",
        place=url,
        remedy="open https://t.me/s/NAME in a browser; channels can close their preview",
    )
