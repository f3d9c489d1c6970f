// Timeline and map of the incidents on the page, linked with the list by hovering and with the filters by brushing.
// Time is drawn as intervals, places as areas of uncertainty. Plain canvas: no WebGL and no tiles are needed.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("incidents-data").textContent);
  const words = JSON.parse(document.getElementById("overview-words").textContent);
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const familyColour = (f) => css("--" + f) || css("--other");
  const day = (s) => new Date(s + "T00:00:00Z");
  const byId = new Map(data.map((d) => [d.id, d]));
  const redraws = [];
  let lit = null;

  function light(id, scroll) {
    if (lit === id) return;
    lit = id;
    document.querySelectorAll("ol.incidents li").forEach((li) => {
      const on = li.dataset.id === id;
      li.classList.toggle("lit", on);
      if (on && scroll) li.scrollIntoView({ block: "nearest" });
    });
    redraws.forEach((f) => f());
  }
  document.querySelectorAll("ol.incidents li").forEach((li) => {
    li.addEventListener("pointerenter", () => light(li.dataset.id, false));
    li.addEventListener("focusin", () => light(li.dataset.id, false));
  });

  function prepare(canvas) {
    const ratio = window.devicePixelRatio || 1;
    const w = canvas.clientWidth, h = canvas.clientHeight;
    canvas.width = Math.round(w * ratio);
    canvas.height = Math.round(h * ratio);
    const c = canvas.getContext("2d");
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    return [c, w, h];
  }
  function tipFor(pane) {
    const tip = pane.querySelector(".tip");
    return (d, x, y) => {
      if (!d) { tip.style.visibility = "hidden"; return; }
      tip.textContent = d.title + (d.summary ? " — " + d.summary : "");
      tip.style.visibility = "visible";
      const w = pane.clientWidth;
      tip.style.left = Math.max(4, Math.min(x + 12, w - tip.offsetWidth - 4)) + "px";
      tip.style.top = (y + 14) + "px";
    };
  }
  function shape(c, family, x, y, r) {
    c.beginPath();
    if (family === "ground" || family === "disaster") { c.moveTo(x, y - r); c.lineTo(x + r, y); c.lineTo(x, y + r); c.lineTo(x - r, y); c.closePath(); }
    else if (family === "people") { c.moveTo(x, y - r); c.lineTo(x + r, y + r); c.lineTo(x - r, y + r); c.closePath(); }
    else if (family === "arms") { c.moveTo(x - r, y - r); c.lineTo(x + r, y - r); c.lineTo(x, y + r); c.closePath(); }
    else if (family === "protect") { c.rect(x - r, y - r, 2 * r, 2 * r); }
    else c.arc(x, y, r, 0, 2 * Math.PI);
  }

  // ---- timeline ----
  function timeline() {
    const canvas = document.getElementById("timeline");
    if (!canvas) return;
    const dated = data.filter((d) => d.earliest && d.latest);
    if (!dated.length) return;
    const tip = tipFor(canvas.parentElement);
    const lo = d3.min(dated, (d) => day(d.earliest)), hi = d3.max(dated, (d) => d3.utcDay.offset(day(d.latest), 1));
    // A few old incidents should not squeeze the rest: start with the span that holds nine in ten.
    const starts = dated.map((d) => day(d.earliest)).sort(d3.ascending);
    const from = d3.quantile(starts.map(Number), dated.length > 10 ? 0.08 : 0);
    let base = d3.scaleUtc().domain([new Date(Math.min(from, hi - 864e5 * 3)), hi]).nice();
    let x = base, hits = [];
    const families = [...new Set(dated.map((d) => d.family))].sort();
    function draw() {
      const [c, w, h] = prepare(canvas);
      const left = 12, right = w - 40, bottom = h - 26, top = 10;
      base = base.copy().range([left, right]);
      x = transform ? transform.rescaleX(base) : base;
      c.font = "11px " + css("--sans"); c.fillStyle = css("--soft"); c.strokeStyle = css("--line"); c.lineWidth = 1;
      const ticks = x.ticks(Math.max(2, Math.floor(w / 110))), format = x.tickFormat();
      c.textAlign = "center";
      for (const t of ticks) {
        const px = x(t);
        c.beginPath(); c.moveTo(px, top); c.lineTo(px, bottom); c.stroke();
        c.fillText(words.locale ? t.toLocaleDateString(words.locale, { day: "numeric", month: "short", year: "2-digit", timeZone: "UTC" }) : format(t), px, h - 8);
      }
      hits = [];
      const lane = (bottom - top) / families.length;
      families.forEach((f, k) => {
        const rows = [];
        const inside = dated.filter((d) => d.family === f).sort((a, b) => d3.ascending(a.earliest, b.earliest));
        for (const d of inside) {
          const x0 = x(day(d.earliest)), x1 = Math.max(x(d3.utcDay.offset(day(d.latest), 1)), x0 + 5);
          let r = rows.findIndex((end) => end < x0 - 2);
          if (r < 0) { rows.push(x1); r = rows.length - 1; } else rows[r] = x1;
          hits.push({ d, x0, x1, r, k });
        }
        const step = Math.min(12, (lane - 6) / Math.max(rows.length, 1));
        for (const p of hits) if (p.k === k) { p.y = top + k * lane + 6 + p.r * step; p.h = Math.max(2, Math.min(9, step - 2)); }
        if (k) { c.strokeStyle = css("--line"); c.beginPath(); c.moveTo(left, top + k * lane); c.lineTo(right, top + k * lane); c.stroke(); }
      });
      for (const p of hits) {
        if (p.x1 < left || p.x0 > right) continue;
        c.fillStyle = familyColour(p.d.family);
        c.globalAlpha = lit && lit !== p.d.id ? 0.35 : 0.9;
        c.fillRect(p.x0, p.y, p.x1 - p.x0, p.h);
        if (p.d.disputed) { c.strokeStyle = css("--ink"); c.setLineDash([3, 2]); c.strokeRect(p.x0 - 1.5, p.y - 1.5, p.x1 - p.x0 + 3, p.h + 3); c.setLineDash([]); }
        if (lit === p.d.id) { c.globalAlpha = 1; c.strokeStyle = css("--accent"); c.lineWidth = 2; c.strokeRect(p.x0 - 2, p.y - 2, p.x1 - p.x0 + 4, p.h + 4); c.lineWidth = 1; }
      }
      c.globalAlpha = 1;
      if (brush) { c.fillStyle = css("--accent"); c.globalAlpha = 0.15; c.fillRect(Math.min(...brush), top, Math.abs(brush[1] - brush[0]), bottom - top); c.globalAlpha = 1; }
    }
    let transform = null, brush = null, down = null;
    const at = (e) => { const r = canvas.getBoundingClientRect(); return [e.clientX - r.left, e.clientY - r.top]; };
    const find = ([px, py]) => hits.find((p) => px >= p.x0 - 3 && px <= p.x1 + 3 && py >= p.y - 3 && py <= p.y + p.h + 3);
    canvas.addEventListener("pointermove", (e) => {
      const p = at(e);
      if (down !== null) { brush = [down, p[0]]; draw(); return; }
      const hit = find(p);
      tip(hit && hit.d, p[0], p[1]);
      if (hit) light(hit.d.id, true);
      canvas.style.cursor = hit ? "pointer" : "crosshair";
    });
    canvas.addEventListener("pointerleave", () => tip(null));
    canvas.addEventListener("pointerdown", (e) => { down = at(e)[0]; });
    canvas.addEventListener("pointerup", (e) => {
      const p = at(e);
      const moved = down !== null && Math.abs(p[0] - down) > 6;
      if (moved) {
        const [a, b] = [Math.min(down, p[0]), Math.max(down, p[0])].map((v) => x.invert(v).toISOString().slice(0, 10));
        const url = new URL(location.href);
        url.searchParams.set("since", a); url.searchParams.set("until", b);
        location.assign(url);
      } else { const hit = find(p); if (hit) location.assign(hit.d.url); }
      down = null; brush = null; draw();
    });
    canvas.addEventListener("wheel", (e) => {
      if (!e.ctrlKey && !e.shiftKey) return;
      e.preventDefault();
      const k = Math.min(400, Math.max(0.5, (transform ? transform.k : 1) * (e.deltaY < 0 ? 1.3 : 1 / 1.3)));
      const px = at(e)[0], t = transform || d3.zoomIdentity, u = (px - t.x) / t.k;
      transform = d3.zoomIdentity.translate(px - u * k, 0).scale(k);
      draw();
    }, { passive: false });
    redraws.push(draw); draw();
  }

  // ---- map ----
  async function map() {
    const canvas = document.getElementById("map");
    if (!canvas) return;
    const tip = tipFor(canvas.parentElement);
    const world = await (await fetch(canvas.dataset.world)).json();
    const land = topojson.feature(world, world.objects.land), countries = world.objects.countries;
    // Lines between these pairs, inside these boxes, are drawn dashed: who holds what there is disputed and not ours to say.
    const disputed = [["804", "643", [32, 44, 37, 46.5]], ["356", "586", null], ["376", "275", null], ["376", "760", null], ["504", "732", null], ["196", undefined, null], ["268", undefined, null], ["688", undefined, null]];
    const isDisputed = (a, b) => a !== b && disputed.some(([p, q]) => [a.id, b.id].includes(p) && [a.id, b.id].includes(q));
    const firm = topojson.mesh(world, countries, (a, b) => a !== b && !isDisputed(a, b));
    const open = topojson.mesh(world, countries, isDisputed);
    const placed = data.filter((d) => d.lat !== null && d.lon !== null);
    const projection = d3.geoMercator(), path = d3.geoPath(projection);
    let transform = d3.zoomIdentity, hits = [], fitted = "";
    function fit(w, h) {
      const key = w + "x" + h;
      if (fitted === key) return;
      fitted = key;
      if (!placed.length) { projection.fitExtent([[8, 8], [w - 8, h - 8]], { type: "Sphere" }); return; }
      // A few places far away should not squeeze the rest: begin with the box that holds nine in ten; zooming out shows all.
      const cut = (key, q) => d3.quantile(placed.map((d) => d[key]).sort(d3.ascending), q), few = placed.length < 8;
      const [w0, w1, s0, s1] = few ? [-180, 180, -90, 90] : [cut("lon", 0.05), cut("lon", 0.95), cut("lat", 0.05), cut("lat", 0.95)];
      const inside = placed.filter((d) => d.lon >= w0 && d.lon <= w1 && d.lat >= s0 && d.lat <= s1);
      const points = { type: "MultiPoint", coordinates: (inside.length ? inside : placed).map((d) => [d.lon, d.lat]) };
      projection.fitExtent([[36, 36], [w - 36, h - 36]], points);
      // One place alone would zoom to nothing: keep about 600 km in view.
      const most = (w / 600) * 6371 / 6.2832 * 2;
      if (projection.scale() > most) {
        const centre = d3.geoCentroid(points);
        projection.scale(most).center(centre).translate([w / 2, h / 2]);
      }
    }
    function draw() {
      const [c, w, h] = prepare(canvas);
      fit(w, h);
      c.fillStyle = css("--sea"); c.fillRect(0, 0, w, h);
      c.save(); c.translate(transform.x, transform.y); c.scale(transform.k, transform.k);
      path.context(c);
      c.beginPath(); path(land); c.fillStyle = css("--land"); c.fill();
      c.strokeStyle = css("--border"); c.lineWidth = 0.8 / transform.k; c.beginPath(); path(firm); c.stroke();
      c.setLineDash([3 / transform.k, 3 / transform.k]); c.beginPath(); path(open); c.stroke(); c.setLineDash([]);
      c.restore();
      hits = [];
      const cells = new Map();
      for (const d of placed) {
        const p = projection([d.lon, d.lat]);
        if (!p) continue;
        const px = p[0] * transform.k + transform.x, py = p[1] * transform.k + transform.y;
        if (px < -40 || py < -40 || px > w + 40 || py > h + 40) continue;
        const key = Math.round(px / 22) + ":" + Math.round(py / 22);
        if (!cells.has(key)) cells.set(key, { x: px, y: py, members: [] });
        cells.get(key).members.push(d);
      }
      const perKm = projection.scale() * transform.k / 6371;
      for (const cell of cells.values()) {
        const d = cell.members.find((m) => m.id === lit) || cell.members[0], n = cell.members.length;
        const area = Math.min(80, Math.max(0, (d.radius_km || 0) * perKm / Math.max(0.2, Math.cos(d.lat * Math.PI / 180))));
        const colour = familyColour(d.family);
        if (area > 6) { c.beginPath(); c.arc(cell.x, cell.y, area, 0, 2 * Math.PI); c.fillStyle = colour; c.globalAlpha = 0.14; c.fill(); c.globalAlpha = 0.6; c.strokeStyle = colour; c.setLineDash([4, 3]); c.stroke(); c.setLineDash([]); c.globalAlpha = 1; }
        const r = n > 1 ? Math.min(15, 7 + Math.sqrt(n) * 2) : 5.5;
        c.fillStyle = colour; c.globalAlpha = lit && !cell.members.some((m) => m.id === lit) ? 0.4 : 0.92;
        shape(c, n > 1 ? "strike" : d.family, cell.x, cell.y, r); c.fill();
        c.globalAlpha = 1; c.lineWidth = 1.5; c.strokeStyle = css("--card"); c.stroke();
        if (cell.members.some((m) => m.id === lit)) { c.strokeStyle = css("--accent"); c.lineWidth = 2.5; shape(c, "strike", cell.x, cell.y, r + 4); c.stroke(); }
        c.lineWidth = 1;
        if (n > 1) { c.fillStyle = css("--card"); c.font = "600 11px " + css("--sans"); c.textAlign = "center"; c.textBaseline = "middle"; c.fillText(String(n), cell.x, cell.y); c.textBaseline = "alphabetic"; }
        else if (cells.size < 25 && d.place) { c.fillStyle = css("--ink"); c.font = "11px " + css("--sans"); c.textAlign = "left"; c.fillText(d.place, cell.x + r + 4, cell.y + 4); }
        hits.push({ ...cell, r: Math.max(r, 9) });
      }
    }
    const zoom = d3.zoom().scaleExtent([0.3, 200]).filter((e) => e.type !== "wheel" || e.ctrlKey || e.shiftKey || document.activeElement === canvas).on("zoom", (e) => { transform = e.transform; draw(); });
    d3.select(canvas).call(zoom).on("dblclick.zoom", null);
    document.querySelectorAll("[data-zoom]").forEach((b) => b.addEventListener("click", () => d3.select(canvas).call(zoom.scaleBy, Number(b.dataset.zoom))));
    const at = (e) => { const r = canvas.getBoundingClientRect(); return [e.clientX - r.left, e.clientY - r.top]; };
    const find = ([x, y]) => hits.find((p) => Math.hypot(p.x - x, p.y - y) <= p.r + 3);
    canvas.addEventListener("pointermove", (e) => {
      const p = at(e), hit = find(p);
      if (!hit) { tip(null); canvas.style.cursor = "grab"; return; }
      canvas.style.cursor = "pointer";
      const d = hit.members[0];
      tip(hit.members.length > 1 ? { title: d.place || d.title, summary: hit.members.length + " " + words.incidents } : d, p[0], p[1]);
      light(d.id, true);
    });
    canvas.addEventListener("pointerleave", () => tip(null));
    canvas.addEventListener("click", (e) => {
      const hit = find(at(e));
      if (!hit) return;
      if (hit.members.length === 1) location.assign(hit.members[0].url);
      else d3.select(canvas).call(zoom.scaleBy, 3, at(e));
    });
    redraws.push(draw); draw();
  }
  timeline(); map();
  new ResizeObserver(() => redraws.forEach((f) => f())).observe(document.querySelector(".overview"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraws.forEach((f) => f()));
})();
