"""Passwords: argon2id with the library's own parameters (RFC 9106). The only place that imports argon2. May import: `errors`."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from selon.errors import UsageError

SHORTEST, LONGEST = 10, 1000


def hashed(password: str) -> str:
    """The hash under which a password is kept. Raises UsageError SEL-U061 when it is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            "SEL-U061", f"a password has {SHORTEST} to {LONGEST} letters", remedy="choose several words that do not belong together"
        )
    return PasswordHasher().hash(password.encode("utf-8", "surrogatepass"))


def is_right(password: str, kept: str | None) -> bool:
    """Whether a password is the one kept. Where none is kept the same work is done, so that time does not tell which names exist."""
    try:
        PasswordHasher().verify(kept or _nobody(), password[:LONGEST].encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


@cache
def _nobody() -> str:
    return PasswordHasher().hash(b"nobody has this password")
