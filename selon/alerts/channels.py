"""Webhooks, e-mail and a feed of one's own. Each raises FetchError SEL-F030 to SEL-F033 when it cannot tell. May import: `intake.fetch`, `model`, `views`, `errors`."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import smtplib
import ssl
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from xml.etree import ElementTree as Xml

from selon.alerts.rules import Channel
from selon.alerts.text import lines, plain, subject
from selon.errors import FetchError
from selon.intake.fetch import Client, Limits, agent
from selon.model.moment import utc
from selon.model.pages import Alert
from selon.views.labels import Words

LIMITS = Limits(wire=100_000, unpacked=100_000, seconds=20)
MOST = 200
"""Entries of the feed: readers ask more often than so many alerts are made."""
_ATOM = "http://www.w3.org/2005/Atom"


def post(channel: Channel, alert: Alert, environment: Mapping[str, str]) -> None:
    """Posts an alert as JSON. `Idempotency-Key` is the alert's id: after a crash it may come twice, and the receiver can tell. With a secret the body is
    signed (HMAC-SHA256) in `X-Selon-Signature`."""
    body = json.dumps({"id": alert.id, "made_at": utc(alert.made_at), **alert.body}, ensure_ascii=False).encode("utf-8", "replace")
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": alert.id}
    if channel.secret_env:
        key = _secret(channel, channel.secret_env, environment).encode()
        headers["X-Selon-Signature"] = f"sha256={hmac.new(key, body, hashlib.sha256).hexdigest()}"
    with Client(agent=agent(), private=channel.private, limits=LIMITS) as client:
        found = client.post(channel.url, body, headers)
    if not found.ok:
        raise FetchError(
            "SEL-F030",
            f"the webhook does not take it: status {found.status}",
            place=channel.name,
            remedy="look at the receiver's log; it is tried again",
        )


def mail(channel: Channel, alert: Alert, environment: Mapping[str, str], words: Words) -> None:
    """Sends an alert as plain text. The Message-ID is made of the alert's id, so that mail programs fold a second copy."""
    message = EmailMessage()
    message["Subject"] = subject(alert)
    message["From"], message["To"] = channel.sender, ", ".join(channel.to)
    message["Date"] = alert.made_at
    message["Message-ID"] = f"<{alert.id}@selon.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join(lines(alert, words)) + "\n")
    secret = _secret(channel, channel.password_env, environment) if channel.password_env else ""
    trust = ssl.create_default_context()
    try:
        if channel.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(channel.host, channel.port, timeout=20, context=trust)
        else:
            server = smtplib.SMTP(channel.host, channel.port, timeout=20)
        with server:
            if channel.security == "starttls":
                server.starttls(context=trust)
            if channel.user:
                server.login(channel.user, secret)
            refused = server.send_message(message)
        if refused:
            raise FetchError(
                "SEL-F031",
                f"the mail server does not take it for {', '.join(refused)}",
                place=channel.name,
                remedy="check the addresses; it is tried again",
            )
    except (OSError, smtplib.SMTPException, ValueError) as e:
        why = " ".join(str(e).split())[:160] or type(e).__name__
        raise FetchError(
            "SEL-F031",
            f"the mail cannot be sent: {why}",
            place=channel.name,
            remedy="check host, port, security and user; it is tried again",
        ) from e


def write_feed(channel: Channel, alerts: Sequence[Alert], words: Words) -> None:
    """Writes the newest alerts as an Atom feed (RFC 4287), whole or not at all: readers never see half a file."""
    Xml.register_namespace("", _ATOM)
    feed = Xml.Element(f"{{{_ATOM}}}feed")
    newest = sorted(alerts, key=lambda a: (a.made_at, a.id), reverse=True)[:MOST]
    _put(feed, "id", f"urn:selon:alerts:{hashlib.sha256(channel.name.encode()).hexdigest()[:16]}")
    _put(feed, "title", plain(channel.title))
    _put(feed, "updated", utc(newest[0].made_at if newest else datetime(1970, 1, 1, tzinfo=UTC)))
    _put(_put(feed, "author", ""), "name", "Selon")
    for alert in newest:
        entry = _put(feed, "entry", "")
        _put(entry, "id", f"urn:selon:alert:{alert.id}")
        _put(entry, "title", subject(alert))
        _put(entry, "updated", utc(alert.made_at))
        for r in alert.body.get("reports", ())[:1]:
            if r.get("url"):
                _put(entry, "link", "").set("href", plain(r["url"]))
        _put(entry, "category", "").set("term", plain(alert.rule))
        _put(entry, "content", "\n".join(lines(alert, words))).set("type", "text")
    file = Path(channel.file).expanduser()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=file.parent, prefix=f".{file.name}.", delete=False) as f:
            f.write(b'<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(feed, encoding="utf-8"))
        try:
            Path(f.name).chmod(0o644)
            Path(f.name).replace(file)
        except OSError:
            with contextlib.suppress(OSError):
                Path(f.name).unlink()
            raise
    except OSError as e:
        raise FetchError(
            "SEL-F032", f"the feed cannot be written: {e.strerror}", place=str(file), remedy="check the folder; it is tried again"
        ) from e


def _put(parent: Xml.Element, name: str, text: str) -> Xml.Element:
    made = Xml.SubElement(parent, f"{{{_ATOM}}}{name}")
    made.text = text or None
    return made


def _secret(channel: Channel, variable: str, environment: Mapping[str, str]) -> str:
    found = environment.get(variable)
    if not found:
        raise FetchError(
            "SEL-F033",
            f"the secret of this channel is not there: {variable} is not set",
            place=channel.name,
            remedy=f"set {variable}, then start again",
        )
    return found
