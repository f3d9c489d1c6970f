"""How often one may ask. The only place that imports limits. May import: nothing of Selon."""

from __future__ import annotations

from dataclasses import dataclass, field

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


@dataclass(frozen=True)
class Limits:
    """Counts in memory, over a moving minute: logins by address and by name, all other requests by account."""

    logins: int = 10
    tries: int = 5
    requests: int = 600
    _counter: MovingWindowRateLimiter = field(default_factory=lambda: MovingWindowRateLimiter(MemoryStorage()))

    def login(self, address: str, name: str) -> bool:
        """Whether somebody at this address may try once more to log in under this name."""
        here = self._counter.hit(RateLimitItemPerMinute(self.logins), "address", address)
        return self._counter.hit(RateLimitItemPerMinute(self.tries), "name", name) and here

    def request(self, name: str) -> bool:
        """Whether this account may ask once more."""
        return self._counter.hit(RateLimitItemPerMinute(self.requests), "account", name)
