"""Time stamps (RFC 3161): an authority signs the hash of bytes and the time, so that anyone can check that they existed then.

Only the hash leaves this machine. The only place that imports rfc3161-client, which is an extra. May import: `intake.fetch`, `model`, `errors`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from selon.errors import FetchError, UsageError
from selon.intake.fetch.client import Client
from selon.intake.fetch.values import Limits
from selon.model.pages import Stamp

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampRequest, TimeStampResponse

LIMITS = Limits(wire=200_000, unpacked=200_000, seconds=20)


def read_roots(path: str) -> list[Certificate]:
    """The certificates (PEM) that an authority is trusted by. Raises UsageError SEL-U095 when there are none, SEL-U096 without the extra."""
    _needs_extra()
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificates(Path(path).expanduser().read_bytes())
    except (OSError, ValueError) as e:
        raise UsageError(
            "SEL-U095", f"these are no certificates: {e}", place=path, remedy="a PEM file with the authority's root certificate"
        ) from e


def time_stamp(client: Client, authority: str, data: bytes, roots: list[Certificate]) -> Stamp:
    """A time stamp on `data` from the authority at an address, checked: it is of these bytes, and, where `roots` are given, signed by one they vouch for.

    Raises FetchError SEL-F020 when the authority gives none, SEL-F021 when what it gives does not hold, and those of fetching; UsageError SEL-U096
    without the extra.
    """
    _needs_extra()
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, decode_timestamp_response

    asked = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    found = client.post(
        authority, asked.as_bytes(), {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}, limits=LIMITS
    )
    if not found.ok:
        raise FetchError(
            "SEL-F020",
            f"the authority gave no time stamp: status {found.status}",
            place=authority,
            remedy="it is asked again with the next run",
        )
    try:
        answer = decode_timestamp_response(found.body)
        if answer.status not in (0, 1):
            raise ValueError(f"it says {answer.status} {' '.join(answer.status_string)}")
        said_at = answer.tst_info.gen_time
    except Exception as e:  # a parser of foreign DER, written in Rust: whatever it raises, there is no stamp in it
        why = " ".join(str(e).split())[:160]
        raise FetchError(
            "SEL-F020", f"the authority gave no time stamp: {why}", place=authority, remedy="it is asked again with the next run"
        ) from e
    _check(answer, asked, data, roots, authority)
    return Stamp(hashlib.sha256(data).hexdigest(), authority, said_at, found.body)


def _check(answer: TimeStampResponse, asked: TimeStampRequest, data: bytes, roots: list[Certificate], authority: str) -> None:
    info = answer.tst_info
    if info.message_imprint.message != hashlib.sha256(data).digest() or info.nonce != asked.nonce:
        raise FetchError(
            "SEL-F021", "the time stamp is of other bytes or of another question", place=authority, remedy="choose another authority"
        )
    if not roots:
        return
    from rfc3161_client import VerificationError, VerifierBuilder

    builder = VerifierBuilder.from_request(asked)
    for root in roots:
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify_message(answer, data)
    except (VerificationError, ValueError) as e:
        why = " ".join(str(e).split())[:160]
        raise FetchError("SEL-F021", f"the time stamp is not signed by one whom the certificates vouch for: {why}", place=authority,
                         remedy="look at roots in [watch.timestamp]") from e  # fmt: skip


def _needs_extra() -> None:
    try:
        import rfc3161_client  # noqa: F401
    except ImportError as e:
        raise UsageError("SEL-U096", "time stamps need a library that is not installed", remedy='pip install "selon[timestamp]"') from e
