// A map on canvas: country outlines, town names, optional tiles, and points as areas of uncertainty, gathered where they crowd.
// Web Mercator in units of one world (x and y from 0 to 1). Needs no WebGL; 100,000 points stay fluid because the gathering is done
// once a zoom level and the outlines once a resting place. Disputed lines are dashed: who holds what there is not ours to say.
"use strict";
(() => {
  const FAMILIES = ["strike", "ground", "people", "protect", "arms", "talk", "disaster", "other"];
  const DISPUTED = [["804", "643", [32, 44, 37, 46.5]], ["356", "586", null], ["376", "275", null], ["376", "760", null], ["504", "732", null], ["196", undefined, null], ["268", undefined, null], ["688", undefined, null]];
  // ISO 3166: two letters and the number under which the outlines know a country, so that the browser names it in the page's language.
  const CODES = Object.fromEntries([..."AF004AL008DZ012AS016AD020AO024AQ010AG028AR032AM051AW533AU036AT040AZ031BS044BH048BD050BB052BY112BE056BZ084BJ204BM060BT064BO068BA070BW072BR076IO086VG092BN096BG100BF854BI108CV132KH116CM120CA124KY136CF140TD148CL152CN156CO170KM174CG178CD180CK184CR188CI384HR191CU192CW531CY196CZ203DK208DJ262DM212DO214EC218EG818SV222GQ226ER232EE233SZ748ET231FK238FO234FJ242FI246FR250PF258TF260GA266GM270GE268DE276GH288GR300GL304GD308GU316GT320GG831GN324GW624GY328HT332HM334VA336HN340HK344HU348IS352IN356ID360IR364IQ368IE372IM833IL376IT380JM388JP392JE832JO400KZ398KE404KI296KP408KR410KW414KG417LA418LV428LB422LS426LR430LY434LI438LT440LU442MO446MG450MW454MY458MV462ML466MT470MH584MR478MU480MX484FM583MD498MC492MN496ME499MS500MA504MZ508MM104NA516NR520NP524NL528NC540NZ554NI558NE562NG566NU570NF574MK807MP580NO578OM512PK586PW585PS275PA591PG598PY600PE604PH608PN612PL616PT620PR630QA634RO642RU643RW646BL652SH654KN659LC662MF663PM666VC670WS882SM674ST678SA682SN686RS688SC690SL694SG702SX534SK703SI705SB090SO706ZA710GS239SS728ES724LK144SD729SR740SE752CH756SY760TW158TJ762TZ834TH764TL626TG768TO776TT780TN788TR792TM795TC796TV798UG800UA804AE784GB826US840VI850UY858UZ860VU548VE862VN704WF876EH732YE887ZM894ZW716AX248AI660".matchAll(/([A-Z]{2})(\d{3})/g)].map(([, letters, number]) => [number, letters]));
  const mx = (lon) => (lon + 180) / 360, my = (lat) => { const s = Math.sin(Math.max(-85, Math.min(85, lat)) * Math.PI / 180); return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI); };
  const unlat = (y) => Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI;
  const CELL = 60; // pixels of a gathering at the zoom level's own scale

  Selon.families = FAMILIES;
  Selon.shape = (c, family, x, y, r) => {
    c.beginPath();
    if (family === "ground" || family === "disaster") { c.moveTo(x, y - r); c.lineTo(x + r, y); c.lineTo(x, y + r); c.lineTo(x - r, y); c.closePath(); }
    else if (family === "people") { c.moveTo(x, y - r); c.lineTo(x + r, y + r); c.lineTo(x - r, y + r); c.closePath(); }
    else if (family === "arms") { c.moveTo(x - r, y - r); c.lineTo(x + r, y - r); c.lineTo(x, y + r); c.closePath(); }
    else if (family === "protect") c.rect(x - r * 0.9, y - r * 0.9, 1.8 * r, 1.8 * r);
    else c.arc(x, y, r, 0, 2 * Math.PI);
  };
  Selon.prepare = (canvas) => {
    const ratio = window.devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
    if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(h * ratio)) { canvas.width = Math.round(w * ratio); canvas.height = Math.round(h * ratio); }
    const c = canvas.getContext("2d");
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    return [c, w, h, ratio];
  };
  Selon.tip = (pane) => {
    const tip = pane.querySelector(".tip");
    return (text, x, y) => {
      if (!text) { tip.style.visibility = "hidden"; return; }
      tip.textContent = text; tip.style.visibility = "visible";
      tip.style.left = Math.max(4, Math.min(x + 14, pane.clientWidth - tip.offsetWidth - 4)) + "px";
      tip.style.top = (y + 16 + tip.offsetHeight > pane.clientHeight ? y - tip.offsetHeight - 8 : y + 16) + "px";
    };
  };

  // Outlines as paths with their boxes, so that only what is in view is drawn.
  function outlines(world) {
    const pieces = (lines, close) => lines.map((line) => {
      const path = new Path2D(); let west = 1, east = 0, north = 1, south = 0;
      line.forEach(([lon, lat], i) => { const x = mx(lon), y = my(lat); if (i) path.lineTo(x, y); else path.moveTo(x, y); west = Math.min(west, x); east = Math.max(east, x); north = Math.min(north, y); south = Math.max(south, y); });
      if (close) path.closePath();
      return { path, west, east, north, south };
    });
    const inBox = (line, box) => line.some(([lon, lat]) => lon >= box[0] && lon <= box[2] && lat >= box[1] && lat <= box[3]);
    const countries = world.objects.countries;
    const pair = (a, b) => a !== b && DISPUTED.find(([p, q]) => [a.id, b.id].includes(p) && [a.id, b.id].includes(q));
    const firm = topojson.mesh(world, countries, (a, b) => a !== b && !pair(a, b)).coordinates;
    const open = [], calm = [];
    for (const [p, q, box] of DISPUTED) for (const line of topojson.mesh(world, countries, (a, b) => { const d = pair(a, b); return d && d[0] === p && d[1] === q; }).coordinates) (box && !inBox(line, box) ? calm : open).push(line);
    const land = topojson.feature(world, world.objects.land);
    const rings = (land.features || [land]).flatMap((f) => f.geometry.type === "Polygon" ? [f.geometry.coordinates] : f.geometry.coordinates);
    // Holes belong to the path of their polygon; even-odd filling keeps them open.
    const areas = rings.map((polygon) => { const [outer, ...holes] = pieces(polygon, true); holes.forEach((hole) => outer.path.addPath(hole.path)); return outer; });
    const names = topojson.feature(world, countries).features.map((f) => { const [x, y] = d3.geoCentroid(biggest(f)); return { id: f.id, name: f.properties.name, x: mx(x), y: my(y), area: d3.geoArea(f) }; }).sort((a, b) => b.area - a.area);
    return { areas, firm: pieces(firm.concat(calm), false), open: pieces(open, false), names };
  }
  function biggest(f) {
    if (f.geometry.type !== "MultiPolygon") return f;
    const one = f.geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
    return one.reduce((a, b) => d3.geoArea(a) > d3.geoArea(b) ? a : b);
  }

  Selon.map = async (canvas, { pick, hover, label, moved } = {}) => {
    const stage = canvas.closest(".stage"), tip = Selon.tip(stage);
    let points = null, shown = null, lit = -1, transform = d3.zoomIdentity, levels = new Map(), marks = [], base = null, base_t = null, resting = 0, fitted = false, frame = 0;
    const [world, towns] = await Promise.all([fetch(canvas.dataset.world).then((r) => r.json()), fetch(canvas.dataset.towns).then((r) => r.json())]);
    const lines = outlines(world), regions = new Intl.DisplayNames([canvas.dataset.lang], { type: "region" });
    for (const n of lines.names) if (CODES[n.id]) n.name = regions.of(CODES[n.id]); // a territory without a code keeps its own name
    const named = towns.map(([name, lat, lon, thousands]) => ({ name, x: mx(lon), y: my(lat), thousands }));
    const tiles = new Map();

    // What is gathered at a zoom level: cells of points that are shown, whatever part of them is in view.
    function level(z) {
      if (levels.has(z)) return levels.get(z);
      const cells = new Map(), size = CELL / (256 * 2 ** z), { n, x, y, family, disputed } = points;
      for (let i = 0; i < n; i++) {
        if (x[i] !== x[i] || (shown && !shown[i])) continue;
        const key = Math.floor(x[i] / size) * 4194304 + Math.floor(y[i] / size);
        let cell = cells.get(key);
        if (!cell) cells.set(key, cell = { first: i, n: 0, x: 0, y: 0, disputed: 0, kinds: new Uint32Array(8), members: [] });
        cell.n++; cell.x += x[i]; cell.y += y[i]; cell.kinds[family[i]]++; cell.disputed += disputed[i]; cell.members.push(i);
      }
      const made = [...cells.values()];
      for (const c of made) { c.x /= c.n; c.y /= c.n; }
      made.sort((a, b) => a.n - b.n);
      if (levels.size > 6) levels.clear();
      levels.set(z, made);
      return made;
    }
    const scale = () => transform.k, zoomLevel = () => Math.max(0, Math.min(18, Math.round(Math.log2(scale() / 256))));

    function drawBase(c, w, h, t) {
      c.fillStyle = Selon.css("--sea"); c.fillRect(0, 0, w, h);
      const west = -t.x / t.k, east = (w - t.x) / t.k, north = -t.y / t.k, south = (h - t.y) / t.k;
      const visible = (p) => p.east >= west && p.west <= east && p.south >= north && p.north <= south;
      c.save(); c.translate(t.x, t.y); c.scale(t.k, t.k);
      c.fillStyle = Selon.css("--land"); for (const p of lines.areas) if (visible(p)) c.fill(p.path, "evenodd");
      c.restore();
      if (canvas.dataset.tiles) drawTiles(c, w, h, t);
      c.save(); c.translate(t.x, t.y); c.scale(t.k, t.k);
      c.strokeStyle = Selon.css("--border"); c.lineWidth = 1 / t.k;
      for (const p of lines.firm) if (visible(p)) c.stroke(p.path);
      c.setLineDash([4 / t.k, 3 / t.k]); for (const p of lines.open) if (visible(p)) c.stroke(p.path);
      c.restore();
      names(c, w, h, t);
    }
    function drawTiles(c, w, h, t) {
      const z = Math.max(0, Math.min(19, Math.round(Math.log2(t.k / 256)))), n = 2 ** z, size = t.k / n;
      for (let ty = Math.max(0, Math.floor(-t.y / size)); ty < Math.min(n, (h - t.y) / size); ty++) for (let tx = Math.floor(-t.x / size); tx < (w - t.x) / size; tx++) {
        const url = canvas.dataset.tiles.replace("{z}", z).replace("{x}", ((tx % n) + n) % n).replace("{y}", ty);
        let image = tiles.get(url);
        if (!image) {
          image = new Image(); image.crossOrigin = "anonymous"; image.src = url; image.onload = () => { base = null; draw(); };
          tiles.set(url, image); if (tiles.size > 400) tiles.delete(tiles.keys().next().value);
        }
        if (image.complete && image.naturalWidth) c.drawImage(image, tx * size + t.x, ty * size + t.y, size + 0.5, size + 0.5);
      }
    }
    function names(c, w, h, t) {
      const taken = [], free = (x, y, wide, high) => { const b = [x - wide / 2 - 3, y - high, x + wide / 2 + 3, y + 4]; if (b[0] < 0 || b[2] > w || b[1] < 0 || b[3] > h || taken.some((o) => b[0] < o[2] && b[2] > o[0] && b[1] < o[3] && b[3] > o[1])) return false; taken.push(b); return true; };
      c.textAlign = "center"; c.lineJoin = "round"; c.strokeStyle = Selon.css("--land"); c.lineWidth = 3;
      const write = (text, x, y) => { c.strokeText(text, x, y); c.fillText(text, x, y); };
      c.fillStyle = Selon.css("--label"); c.font = "600 12px " + Selon.css("--sans"); c.letterSpacing = "1px";
      for (const n of lines.names) { const across = Math.sqrt(n.area) * t.k / 6.3; if (across < 34 || across > 2600) continue; const x = n.x * t.k + t.x, y = n.y * t.k + t.y; if (x < 0 || x > w || y < 0 || y > h) continue; const text = n.name.toUpperCase(); const wide = c.measureText(text).width; if (wide < across * 1.7 && free(x, y, wide, 13)) write(text, x, y); }
      c.letterSpacing = "0px"; c.font = "11px " + Selon.css("--sans");
      const least = 3e5 / (t.k / 256) ** 1.15; let drawn = 0;
      for (const n of named) {
        if (n.thousands < least || drawn > 60) break;
        const x = n.x * t.k + t.x, y = n.y * t.k + t.y;
        if (x < 0 || x > w || y < 0 || y > h) continue;
        const wide = c.measureText(n.name).width;
        if (!free(x, y - 6, wide, 11)) continue;
        drawn++; write(n.name, x, y - 6); c.beginPath(); c.arc(x, y, 1.6, 0, 7); c.fill();
      }
    }

    function draw() { if (!frame) frame = requestAnimationFrame(() => { frame = 0; paint(); }); }
    function paint() {
      const [c, w, h, ratio] = Selon.prepare(canvas);
      if (!w) return;
      if (!points) { c.fillStyle = Selon.css("--sea"); c.fillRect(0, 0, w, h); return; }
      if (!fitted) { fitted = true; fit(w, h); }
      const same = base && base.width === canvas.width && base.height === canvas.height && base_t.k === transform.k && base_t.x === transform.x && base_t.y === transform.y;
      if (!same) {
        // While it moves, the outlines move as a picture; they are drawn anew where it comes to rest.
        if (base && resting && base.width === canvas.width && base.height === canvas.height) {
          const f = transform.k / base_t.k;
          c.fillStyle = Selon.css("--sea"); c.fillRect(0, 0, w, h);
          c.drawImage(base, transform.x - base_t.x * f, transform.y - base_t.y * f, w * f, h * f);
        } else {
          base = base && base.width === canvas.width && base.height === canvas.height ? base : Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
          const b = base.getContext("2d"); b.setTransform(ratio, 0, 0, ratio, 0, 0); drawBase(b, w, h, transform); base_t = transform;
          c.drawImage(base, 0, 0, w, h);
        }
      } else c.drawImage(base, 0, 0, w, h);
      marks = [];
      const perKm = transform.k / 40075, colours = FAMILIES.map((f) => Selon.css("--" + f)), card = Selon.css("--card"), dispute = Selon.css("--dispute"), accent = Selon.css("--accent"), ink = Selon.css("--ink"), sans = Selon.css("--sans");
      for (const cell of level(zoomLevel())) {
        const x = cell.x * transform.k + transform.x, y = cell.y * transform.k + transform.y;
        if (x < -60 || y < -60 || x > w + 60 || y > h + 60) continue;
        const i = cell.first, n = cell.n, on = lit >= 0 && cell.members.includes(lit), colour = colours[points.family[i]];
        const km = points.radius[i] / Math.max(0.2, Math.cos(unlat(cell.y) * Math.PI / 180)), area = Math.min(120, km * perKm);
        if (n <= 3 && area > 8) { c.beginPath(); c.arc(x, y, area, 0, 2 * Math.PI); c.fillStyle = colour; c.globalAlpha = 0.12; c.fill(); c.globalAlpha = 0.55; c.strokeStyle = colour; c.setLineDash([4, 3]); c.lineWidth = 1; c.stroke(); c.setLineDash([]); c.globalAlpha = 1; }
        const r = n > 1 ? Math.min(22, 9 + Math.log2(n) * 1.1) : 6;
        c.globalAlpha = lit >= 0 && !on ? 0.45 : 1;
        if (n > 1) {
          let from = -Math.PI / 2;
          cell.kinds.forEach((k, f) => { if (!k) return; const to = from + k / n * 2 * Math.PI; c.beginPath(); c.moveTo(x, y); c.arc(x, y, r, from, to); c.closePath(); c.fillStyle = colours[f]; c.fill(); from = to; });
          c.beginPath(); c.arc(x, y, r - 4, 0, 2 * Math.PI); c.fillStyle = card; c.fill();
          c.fillStyle = ink; c.font = `650 ${n > 999 ? 10 : 11}px ${sans}`; c.textAlign = "center"; c.textBaseline = "middle"; c.fillText(n > 9999 ? Math.round(n / 1000) + "k" : n, x, y + 0.5); c.textBaseline = "alphabetic";
        } else { Selon.shape(c, FAMILIES[points.family[i]], x, y, r); if (points.open && points.open[i]) { c.fillStyle = card; c.fill(); c.lineWidth = 2; c.strokeStyle = colour; c.stroke(); } else { c.fillStyle = colour; c.fill(); c.lineWidth = 1.5; c.strokeStyle = card; c.stroke(); } }
        if (cell.disputed) { c.beginPath(); c.arc(x, y, r + 3, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * cell.disputed / n); c.strokeStyle = dispute; c.lineWidth = 2; c.setLineDash([3, 2]); c.stroke(); c.setLineDash([]); }
        if (on) { c.beginPath(); c.arc(x, y, r + 6, 0, 2 * Math.PI); c.strokeStyle = accent; c.lineWidth = 3; c.stroke(); }
        c.globalAlpha = 1;
        marks.push({ x, y, r: Math.max(r, 10), cell });
      }
    }
    function fit(w, h, all) {
      const xs = [], ys = [];
      for (let i = 0; i < points.n; i++) if (points.x[i] === points.x[i] && (!shown || shown[i])) { xs.push(points.x[i]); ys.push(points.y[i]); }
      if (!xs.length) { go(d3.zoomIdentity.translate(w / 2, h / 2).scale(Math.max(w, 300)).translate(-0.5, -0.45)); return; }
      // A few places far away should not squeeze the rest: begin with the box that holds nine in ten; "All" shows all.
      const few = all || xs.length < 8, cut = (v, q) => d3.quantileSorted(Float64Array.from(v).sort(), q), [a, b] = few ? [0, 1] : [0.05, 0.95];
      const west = cut(xs, a), east = cut(xs, b), north = cut(ys, a), south = cut(ys, b), pad = 0.82;
      const k = Math.min(40075 * w / 400, pad * w / Math.max(east - west, 1e-9), pad * h / Math.max(south - north, 1e-9));
      go(d3.zoomIdentity.translate(w / 2, h / 2).scale(k).translate(-(west + east) / 2, -(north + south) / 2));
    }
    function go(t) { d3.select(canvas).call(zoom.transform, t); }

    const zoom = d3.zoom().scaleExtent([200, 3e7]).translateExtent([[-0.5, -0.1], [1.5, 1.1]])
      .filter((e) => e.type !== "wheel" || e.ctrlKey || e.shiftKey || document.activeElement === canvas)
      .on("zoom", (e) => { transform = e.transform; clearTimeout(resting); resting = setTimeout(() => { resting = 0; draw(); if (moved) moved(); }, 140); draw(); });
    d3.select(canvas).call(zoom).on("dblclick.zoom", null);
    stage.querySelectorAll("[data-zoom]").forEach((b) => b.addEventListener("click", () => d3.select(canvas).call(zoom.scaleBy, Number(b.dataset.zoom))));
    const at = (e) => { const r = canvas.getBoundingClientRect(); return [e.clientX - r.left, e.clientY - r.top]; };
    const find = ([x, y]) => { for (let i = marks.length - 1; i >= 0; i--) if (Math.hypot(marks[i].x - x, marks[i].y - y) <= marks[i].r + 3) return marks[i]; };
    canvas.addEventListener("pointermove", (e) => {
      const p = at(e), hit = find(p);
      canvas.style.cursor = hit ? "pointer" : "grab";
      tip(hit ? label(hit.cell.members) : "", ...p);
      if (hover) hover(hit ? hit.cell.first : -1);
    });
    canvas.addEventListener("pointerleave", () => { tip(""); if (hover) hover(-1); });
    canvas.addEventListener("click", (e) => {
      if (e.defaultPrevented) return;
      const hit = find(at(e));
      if (!hit) return;
      const { members } = hit.cell, spread = Math.max(...members.slice(0, 500).map((i) => Math.abs(points.x[i] - hit.cell.x) + Math.abs(points.y[i] - hit.cell.y)));
      if (members.length > 1 && spread * 3e6 > 4) d3.select(canvas).call(zoom.scaleBy, 3, at(e));
      else pick(members, points);
    });
    canvas.addEventListener("keydown", (e) => {
      const step = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] }[e.key];
      if (step) { e.preventDefault(); go(d3.zoomIdentity.translate(transform.x + step[0], transform.y + step[1]).scale(transform.k)); }
      else if (e.key === "+" || e.key === "=") d3.select(canvas).call(zoom.scaleBy, 1.6);
      else if (e.key === "-") d3.select(canvas).call(zoom.scaleBy, 1 / 1.6);
    });
    new ResizeObserver(() => { base = null; draw(); }).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { base = null; draw(); });
    draw();
    return {
      // lat and lon as arrays; NaN leaves a point out
      set(p) { points = { ...p, x: Float64Array.from(p.lon, mx), y: Float64Array.from(p.lat, (v) => v === v ? my(v) : NaN) }; levels.clear(); shown = null; draw(); },
      show(mask) { shown = mask; levels.clear(); draw(); },
      light(i) { if (lit !== i) { lit = i; draw(); } },
      fit() { fit(canvas.clientWidth, canvas.clientHeight, true); },
      box() { const lon = (px) => (px - transform.x) / transform.k * 360 - 180, lat = (py) => unlat((py - transform.y) / transform.k); return [lon(0), lat(canvas.clientHeight), lon(canvas.clientWidth), lat(0)].map((v) => Number(v.toFixed(3))); },
      view(box) { const w = canvas.clientWidth, h = canvas.clientHeight, x0 = mx(box[0]), x1 = mx(box[2]), y0 = my(box[3]), y1 = my(box[1]); fitted = true; const k = Math.min(w / Math.max(x1 - x0, 1e-6), h / Math.max(y1 - y0, 1e-6)); go(d3.zoomIdentity.translate(w / 2, h / 2).scale(k).translate(-(x0 + x1) / 2, -(y0 + y1) / 2)); },
      paint, marks: () => marks.length,
    };
  };
})();
