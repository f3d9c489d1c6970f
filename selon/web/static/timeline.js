// A timeline on canvas. Few incidents are bars from their first to their last possible day, in lanes by family; many become a density:
// each incident is spread over its interval, so that a day that is not known is not drawn as one that is.
"use strict";
(() => {
  const DAY = 864e5, MANY = 260;
  Selon.timeline = (canvas, { pick, hover, label, name, brushing, brushed, words }) => {
    const tip = Selon.tip(canvas.parentElement);
    let data = null, inside = null, order = [], view = null, whole = null, range = null, brush = null, down = null, lit = -1, hits = [], frame = 0;
    const left = 14, rightPad = 14, top = 10, foot = 24;
    const x = () => d3.scaleUtc().domain(view.map((d) => new Date(d * DAY))).range([left, canvas.clientWidth - rightPad]);
    function draw() { if (!frame) frame = requestAnimationFrame(() => { frame = 0; paint(); }); }
    function paint() {
      const [c, w, h] = Selon.prepare(canvas);
      c.clearRect(0, 0, w, h); hits = [];
      if (!data || !view || !w) return;
      const s = x(), right = w - rightPad, bottom = h - foot, colours = Selon.families.map((f) => Selon.css("--" + f)), per = (right - left) / (view[1] - view[0]), px = (d) => left + (d - view[0]) * per;
      c.font = "11px " + Selon.css("--sans"); c.textAlign = "center";
      const ticks = s.ticks(Math.max(2, Math.floor(w / 110))), format = new Intl.DateTimeFormat(words.locale, { timeZone: "UTC", year: "numeric", month: view[1] - view[0] > 1500 ? undefined : "short", day: view[1] - view[0] > 120 ? undefined : "numeric" });
      for (const t of ticks) { c.strokeStyle = Selon.css("--line"); c.beginPath(); c.moveTo(s(t), top); c.lineTo(s(t), bottom); c.stroke(); c.fillStyle = Selon.css("--soft"); const text = format.format(t), half = c.measureText(text).width / 2; c.fillText(text, Math.max(half + 2, Math.min(w - half - 2, s(t))), h - 8); }
      const seen = order.filter((i) => data.latest[i] + 1 >= view[0] && data.earliest[i] <= view[1]);
      if (seen.length > MANY) density(c, seen, px, right, bottom, colours); else bars(c, seen, px, right, bottom, colours);
      const mark = brush ? [Math.min(...brush), Math.max(...brush)] : range && [px(range[0]), px(range[1] + 1)];
      if (mark) {
        c.fillStyle = Selon.css("--paper"); c.globalAlpha = 0.72; c.fillRect(0, top, Math.max(0, mark[0]), bottom - top); c.fillRect(mark[1], top, Math.max(0, w - mark[1]), bottom - top); c.globalAlpha = 1;
        c.strokeStyle = Selon.css("--accent"); c.lineWidth = 2; for (const m of mark) { c.beginPath(); c.moveTo(m, top); c.lineTo(m, bottom); c.stroke(); } c.lineWidth = 1;
      }
    }
    function bars(c, seen, px, right, bottom, colours) {
      const families = [...new Set(seen.map((i) => data.family[i]))].sort(), lane = (bottom - top) / Math.max(1, families.length);
      families.forEach((f, k) => {
        const mine = seen.filter((i) => data.family[i] === f), ends = [], rows = [];
        for (const i of mine) { const a = px(data.earliest[i]), b = Math.max(a + 5, px(data.latest[i] + 1)); let r = ends.findIndex((e) => e < a - 2); if (r < 0) r = ends.length; ends[r] = b; rows.push([i, a, b, r]); }
        const step = Math.min(13, (lane - 6) / Math.max(ends.length, 1));
        if (k) { c.strokeStyle = Selon.css("--line"); c.beginPath(); c.moveTo(left, top + k * lane); c.lineTo(right, top + k * lane); c.stroke(); }
        for (const [i, a, b, r] of rows) {
          const y = top + k * lane + 4 + r * step, high = Math.max(2, Math.min(10, step - 2)), out = inside && !inside[i];
          c.fillStyle = colours[f]; c.globalAlpha = out ? 0.2 : lit >= 0 && lit !== i ? 0.4 : 0.92;
          c.beginPath(); c.roundRect(a, y, b - a, high, Math.min(3, high / 2)); c.fill();
          if (data.disputed[i]) { c.strokeStyle = Selon.css("--ink"); c.setLineDash([3, 2]); c.strokeRect(a - 1.5, y - 1.5, b - a + 3, high + 3); c.setLineDash([]); }
          c.globalAlpha = 1;
          if (seen.length <= 24 && high > 6 && ends[r] === b) { const text = name(i); c.fillStyle = Selon.css("--soft"); const wide = c.measureText(text).width; c.textAlign = b + wide + 8 < right ? "left" : "right"; c.fillText(text, c.textAlign === "left" ? b + 6 : a - 6, y + high); }
          if (lit === i) { c.strokeStyle = Selon.css("--accent"); c.lineWidth = 2; c.strokeRect(a - 2, y - 2, b - a + 4, high + 4); c.lineWidth = 1; }
          hits.push({ i, a, b, y, high });
        }
      });
    }
    function density(c, seen, px, right, bottom, colours) {
      const bins = Math.max(10, Math.floor((right - left) / 4)), wide = (right - left) / bins, sums = Array.from({ length: 9 }, () => new Float64Array(bins + 1));
      for (const i of seen) {
        if (inside && !inside[i]) continue;
        const a = Math.max(0, Math.floor((px(data.earliest[i]) - left) / wide)), b = Math.min(bins - 1, Math.max(a, Math.ceil((px(data.latest[i] + 1) - left) / wide) - 1));
        const all = Math.max(1, Math.ceil((px(data.latest[i] + 1) - px(data.earliest[i])) / wide)), share = 1 / all;
        sums[data.family[i]][a] += share; sums[data.family[i]][b + 1] -= share;
        if (data.disputed[i]) { sums[8][a] += share; sums[8][b + 1] -= share; }
      }
      for (const s of sums) for (let k = 1; k <= bins; k++) s[k] += s[k - 1];
      let most = 0; for (let k = 0; k < bins; k++) { let t = 0; for (let f = 0; f < 8; f++) t += sums[f][k]; most = Math.max(most, t); }
      if (!most) return;
      for (let k = 0; k < bins; k++) {
        let y = bottom;
        for (let f = 0; f < 8; f++) { const high = sums[f][k] / most * (bottom - top - 12); if (high <= 0.01) continue; c.fillStyle = colours[f]; c.fillRect(left + k * wide, y - high, wide - 0.6, high); y -= high; }
        const high = sums[8][k] / most * (bottom - top - 12);
        if (high > 0.5) { c.strokeStyle = Selon.css("--card"); c.lineWidth = 1; c.beginPath(); for (let d = 2; d < high; d += 4) { c.moveTo(left + k * wide, bottom - d); c.lineTo(left + k * wide + wide - 0.6, bottom - d - 2); } c.stroke(); }
      }
      const days = Math.max(1, Math.round(wide / (px(1) - px(0))));
      c.fillStyle = Selon.css("--soft"); c.textAlign = "left"; c.fillText(words.density.replace("{unit}", new Intl.NumberFormat(words.locale, { style: "unit", unit: "day", unitDisplay: "long" }).format(days)) + " · max " + new Intl.NumberFormat(words.locale, { maximumFractionDigits: 0 }).format(Math.ceil(most)), left, top + 8);
    }
    const at = (e) => { const r = canvas.getBoundingClientRect(); return [e.clientX - r.left, e.clientY - r.top]; };
    const find = ([a, b]) => hits.find((p) => a >= p.a - 3 && a <= p.b + 3 && b >= p.y - 3 && b <= p.y + p.high + 3);
    const dayAt = (px) => Math.floor(x().invert(px) / DAY);
    canvas.addEventListener("pointermove", (e) => {
      const p = at(e);
      if (down !== null && Math.abs(p[0] - down) > 4) { brush = [down, p[0]]; const d = brush.map(dayAt).sort((a, b) => a - b); brushing(d); const f = (v) => new Date(v * DAY).toISOString().slice(0, 10); tip(`${f(d[0])} – ${f(d[1])}`, ...p); draw(); return; }
      const hit = data && find(p);
      tip(hit ? label([hit.i]) : "", ...p); hover(hit ? hit.i : -1);
      canvas.style.cursor = hit ? "pointer" : "crosshair";
    });
    canvas.addEventListener("pointerleave", () => { if (down === null) { tip(""); hover(-1); } });
    canvas.addEventListener("pointerdown", (e) => { if (e.button === 0 && view) { down = at(e)[0]; canvas.setPointerCapture(e.pointerId); } });
    canvas.addEventListener("pointerup", (e) => {
      if (brush) brushed(brush.map(dayAt).sort((a, b) => a - b)); else if (down !== null) { const hit = find(at(e)); if (hit) pick([hit.i]); }
      down = null; brush = null; tip(""); draw();
    });
    canvas.addEventListener("pointercancel", () => { down = null; brush = null; draw(); });
    const zoomBy = (factor, middle) => { if (!view) return; const m = middle === undefined ? (view[0] + view[1]) / 2 : dayAt(middle), span = Math.max(3, (view[1] - view[0]) * factor); view = span >= whole[1] - whole[0] && factor > 1 ? [...whole] : [m - (m - view[0]) / (view[1] - view[0]) * span, m + (view[1] - m) / (view[1] - view[0]) * span]; draw(); };
    canvas.addEventListener("wheel", (e) => { if (!e.ctrlKey && !e.shiftKey && document.activeElement !== canvas) return; e.preventDefault(); zoomBy(e.deltaY < 0 ? 0.77 : 1.3, at(e)[0]); }, { passive: false });
    canvas.addEventListener("keydown", (e) => {
      if (!view) return;
      const shift = { ArrowLeft: -0.15, ArrowRight: 0.15 }[e.key];
      if (shift) { e.preventDefault(); const d = (view[1] - view[0]) * shift; view = [view[0] + d, view[1] + d]; draw(); }
      else if (e.key === "+" || e.key === "=") zoomBy(0.7); else if (e.key === "-") zoomBy(1.4);
    });
    new ResizeObserver(draw).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    return {
      set(d, unknown) {
        data = d; inside = null;
        order = Array.from({ length: d.n }, (_, i) => i).filter((i) => d.earliest[i] !== unknown && d.latest[i] !== unknown);
        const starts = Float64Array.from(order, (i) => d.earliest[i]).sort();
        order.sort((a, b) => d.earliest[a] - d.earliest[b]);
        if (order.length) {
          let hi = -Infinity; for (const i of order) hi = Math.max(hi, d.latest[i]);
          whole = [starts[0] - 1, hi + 2];
          // A few old incidents should not squeeze the rest: begin with the span that holds nine in ten.
          view = [Math.min(d3.quantileSorted(starts, order.length > 10 ? 0.08 : 0), hi - 5) - 1, hi + 2];
        } else view = null;
        draw();
      },
      inside(mask) { inside = mask; draw(); },
      range(r) { range = r; if (r && view && (r[0] < view[0] || r[1] > view[1])) view = [Math.min(view[0], r[0] - 2), Math.max(view[1], r[1] + 3)]; draw(); },
      light(i) { if (lit !== i) { lit = i; draw(); } },
      fit() { if (whole) { view = [...whole]; draw(); } },
      paint,
    };
  };
})();
