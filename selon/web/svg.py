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
    first, last = min(days), max(max(days), min(days) + 1)
    top = max(max(p["low"] or 0, p["high"] or 0) for p in known) or 1

    def x(day: str) -> float:
        return _LEFT + (date.fromisoformat(day).toordinal() - first) / (last - first) * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - value / top * (_HEIGHT - _TOP - _BOTTOM)

    out = [f'<svg class="toll" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(label)}">']
    for k in range(5):
        at = y(top * k / 4)
        out.append(
            f'<path class="grid" d="M{_LEFT} {at:.1f}H{_WIDTH - _RIGHT}"/><text x="{_LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{round(top * k / 4):,}</text>'
        )
    for day in sorted({p["day"] for p in known})[:: max(1, len({p["day"] for p in known}) // 5)]:
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
        out.append(f'<text x="{_WIDTH - _RIGHT + 10}" y="{at:.1f}">{escape(by if len(by) < 28 else by[:27] + "…")}</text></g>')
    return Markup("".join(out) + "</svg>")


def _low(p: Mapping[str, Any]) -> float:
    return float(p["low"] if p["low"] is not None else p["high"])


def _high(p: Mapping[str, Any]) -> float:
    return float(p["high"] if p["high"] is not None else p["low"])
