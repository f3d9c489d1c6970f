// A figure over time: one line a source, ranges as bars, by day of publication.
"use strict";
(() => {
  document.querySelectorAll("[data-toll]").forEach((box) => {
    const rows = JSON.parse(document.getElementById(box.dataset.toll).textContent).filter((r) => r.day && (r.low !== null || r.high !== null));
    if (!rows.length) return;
    const w = 640, h = 220, m = { t: 14, r: 150, b: 28, l: 48 };
    const days = rows.map((r) => new Date(r.day + "T00:00:00Z"));
    const [lo, hi] = d3.extent(days);
    const x = d3.scaleUtc().domain(+lo === +hi ? [d3.utcDay.offset(lo, -1), d3.utcDay.offset(hi, 1)] : [lo, hi]).range([m.l, w - m.r]);
    const y = d3.scaleLinear().domain([0, d3.max(rows, (r) => Math.max(r.low ?? 0, r.high ?? 0)) || 1]).nice().range([h - m.b, m.t]);
    const svg = d3.select(box).append("svg").attr("viewBox", `0 0 ${w} ${h}`).attr("role", "img").attr("aria-label", box.dataset.label);
    svg.append("g").attr("class", "axis").attr("transform", `translate(0,${h - m.b})`).call(d3.axisBottom(x).ticks(Math.min(5, new Set(rows.map((r) => r.day)).size + 1)).tickFormat((t) => t.toISOString().slice(0, 10)));
    svg.append("g").attr("class", "axis").attr("transform", `translate(${m.l},0)`).call(d3.axisLeft(y).ticks(5));
    const colours = ["--strike", "--talk", "--protect", "--people", "--ground", "--arms", "--disaster", "--other"].map((c) => getComputedStyle(document.documentElement).getPropertyValue(c).trim());
    const used = [];
    d3.groups(rows, (r) => r.by).forEach(([by, list], k) => {
      const colour = colours[k % colours.length];
      list.sort((a, b) => d3.ascending(a.day, b.day));
      const px = (r) => x(new Date(r.day + "T00:00:00Z")), top = (r) => y(r.high ?? r.low), low = (r) => y(r.low ?? r.high);
      svg.append("path").attr("fill", "none").attr("stroke", colour).attr("stroke-width", 1.6).attr("d", d3.line(px, (r) => (top(r) + low(r)) / 2)(list));
      svg.append("g").selectAll("line").data(list).join("line").attr("stroke", colour).attr("stroke-width", 3).attr("x1", px).attr("x2", px).attr("y1", low).attr("y2", top);
      svg.append("g").selectAll("circle").data(list).join("circle").attr("fill", colour).attr("r", 4).attr("cx", px).attr("cy", (r) => (top(r) + low(r)) / 2).append("title").text((r) => `${by}: ${r.text} (${r.day})`);
      const last = list[list.length - 1];
      let at = (top(last) + low(last)) / 2 + 4;
      while (used.some((u) => Math.abs(u - at) < 13)) at += 13;
      used.push(at);
      svg.append("text").attr("x", w - m.r + 10).attr("y", at).text(by.length > 22 ? by.slice(0, 21) + "…" : by).append("title").text(by);
    });
  });
})();
