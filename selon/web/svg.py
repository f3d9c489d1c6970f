"""Toll curves as SVG without script, for files that open offline and for pages where script is off. May import: nothing of Selon.

The same drawing as the island's: one step line a source, ranges as bars, revisions ringed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from markupsafe import Markup

COLOURS = ("strike", "talk", "protect", "people", "ground", "arms", "disaster", "other")
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 240, 48, 190, 14, 30


def toll_svg(points: Sequence[Mapping[str, Any]], label: str) -> Markup:
    """A plot of the points (`by`, ISO `day`, `low`, `high`, `text`, `revised`) of one count. Points without day or number are left out."""
    known = [p for p in points if p["day"] and (p["low"] is not None or p["high"] is not None)]
    if not known:
        return Markup("")
    days = [date.fromisoformat(p["day"]).toordinal() for p in known]
    # One day alone stands in the middle.
    first, last = (min(days), max(days)) if min(days) < max(days) else (min(days) - 1, min(days) + 1)
    step = _step(max(max(p["low"] or 0, p["high"] or 0) for p in known) or 1)
    top = step * 4

    def x(day: str) -> float:
        return _LEFT + 14 + (date.fromisoformat(day).toordinal() - first) / (last - first) * (_WIDTH - _LEFT - _RIGHT - 28)

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - value / top * (_HEIGHT - _TOP - _BOTTOM)

    out = [f'<svg class="toll" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(label)}">']
    for k in range(5):
        at = y(step * k)
        out.append(f'<path class="grid" d="M{_LEFT} {at:.1f}H{_WIDTH - _RIGHT}"/>')
        out.append(f'<text x="{_LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{step * k:,}</text>')
    named = sorted({p["day"] for p in known})
    for day in named[:: max(1, -(-len(named) // 6))]:
        out.append(f'<text x="{x(day):.1f}" y="{_HEIGHT - 8}" text-anchor="middle">{day}</text>')
    used: list[float] = []
    for k, by in enumerate(dict.fromkeys(p["by"] for p in known)):
        mine = sorted((p for p in known if p["by"] == by), key=lambda p: str(p["day"]))
        colour = COLOURS[k % len(COLOURS)]
        middle = [(x(p["day"]), (y(_low(p)) + y(_high(p))) / 2) for p in mine]
        path = "M" + "".join(f"H{a:.1f}V{b:.1f}" if n else f"{a:.1f} {b:.1f}" for n, (a, b) in enumerate(middle))
        out.append(f'<g class="{colour}"><path class="line" d="{path}"/>')
        for p, (a, b) in zip(mine, middle, strict=True):
            ring = ' class="revised"' if p["revised"] else ""
            title = escape(f"{by}: {p['text']} ({p['day']})")
            out.append(f'<path class="bar" d="M{a:.1f} {y(_low(p)):.1f}V{y(_high(p)):.1f}"/>')
            out.append(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="4"{ring}><title>{title}</title></circle>')
        at = middle[-1][1] + 4
        while any(abs(u - at) < 14 for u in used):
            at += 14
        used.append(at)
        name = escape(by if len(by) < 24 else by[:23] + "…")
        out.append(
            f'<circle cx="{_WIDTH - _RIGHT + 12}" cy="{at - 4:.1f}" r="4"/><text x="{_WIDTH - _RIGHT + 22}" y="{at:.1f}">{name}</text></g>'
        )
    return Markup("".join(out) + "</svg>")


def _step(most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20… four of which reach the largest value."""
    step = 1
    while step * 4 < most:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step


def _low(p: Mapping[str, Any]) -> float:
    return float(p["low"] if p["low"] is not None else p["high"])


def _high(p: Mapping[str, Any]) -> float:
    return float(p["high"] if p["high"] is not None else p["low"])
