// The desk: timeline, map and list linked. The address holds the state; what the address leaves out of the columns (period and part of
// the map) is applied here, so that brushing is instant, while the list comes from the server.
"use strict";
(async () => {
  const desk = document.querySelector(".overview"), form = document.getElementById("filters"), words = JSON.parse(document.getElementById("overview-words").textContent);
  const UNKNOWN = -2147483648, DAY = 864e5, day = (iso) => Math.round(Date.parse(iso + "T00:00:00Z") / DAY), iso = (d) => new Date(d * DAY).toISOString().slice(0, 10);
  let data = null, asked = "", position = null, lit = -1, period = null, box = null;

  async function load(url) {
    const raw = await (await fetch(url)).arrayBuffer();
    const length = new DataView(raw).getUint32(0, true), head = JSON.parse(new TextDecoder().decode(new Uint8Array(raw, 4, length)));
    const kinds = { uint64: BigUint64Array, float32: Float32Array, int32: Int32Array, uint16: Uint16Array, uint8: Uint8Array }, out = { n: head.n, places: head.places };
    let at = 4 + length;
    for (const [name, type] of head.columns) { out[name] = new kinds[type](raw, at, head.n); at += head.n * kinds[type].BYTES_PER_ELEMENT; }
    const family = words.families.map((f) => Selon.families.indexOf(f));
    out.family = Uint8Array.from(out.kind, (k) => family[k]);
    return out;
  }
  const hex = (i) => data.id[i].toString(16).padStart(16, "0");
  const find = (id) => { position ??= new Map(Array.from(data.id, (v, i) => [v, i])); return position.get(BigInt("0x" + id)) ?? -1; };
  const days = (i) => data.earliest[i] === UNKNOWN ? words.unknown_day : data.earliest[i] === data.latest[i] ? iso(data.earliest[i]) : `${iso(data.earliest[i])} – ${data.latest[i] === UNKNOWN ? "?" : iso(data.latest[i])}`;
  const one = (i) => `${words.types[data.kind[i]]}${data.places[data.place[i]] ? " · " + data.places[data.place[i]] : ""}\n${days(i)} · ${data.reports[i]} ${words.reports}${data.disputed[i] ? " · " + words.disputed : ""}`;
  const label = (members) => members.length === 1 ? one(members[0]) : `${members.length} ${words.incidents} · ${[...new Set(members.slice(0, 40).map((i) => data.places[data.place[i]]))].filter(Boolean).slice(0, 4).join(", ")}`;
  const open = (i) => location.assign("/incident/" + hex(i) + words.asOf);

  function light(i, from) {
    if (lit === i) return;
    lit = i; map.light(i); time.light(i);
    const id = i < 0 || !data ? "" : hex(i);
    document.querySelectorAll("ol.incidents li").forEach((li) => { const on = li.dataset.id === id; li.classList.toggle("lit", on); if (on && from !== "list" && matchMedia("(min-width: 110rem)").matches) li.scrollIntoView({ block: "nearest" }); });
  }
  const inPeriod = (p) => (i) => !p || ((p[0] === null || (data.latest[i] !== UNKNOWN && data.latest[i] >= p[0])) && (p[1] === null || (data.earliest[i] !== UNKNOWN && data.earliest[i] <= p[1])));
  const inBox = (i) => !box || (data.lat[i] >= box[1] && data.lat[i] <= box[3] && data.lon[i] >= box[0] && data.lon[i] <= box[2]);
  const mask = (test) => { const m = new Uint8Array(data.n); for (let i = 0; i < data.n; i++) m[i] = test(i) ? 1 : 0; return m; };
  function apply(p) { map.show(p || box ? mask((i) => inPeriod(p)(i) && inBox(i)) : null); }
  function read() {
    const q = new URLSearchParams(location.search), since = q.get("since"), until = q.get("until");
    period = since || until ? [since ? day(since) : null, until ? day(until) : null] : null;
    box = q.get("box") ? q.get("box").split(",").map(Number) : null;
    time.range(period && [period[0] ?? -1e6, period[1] ?? 1e6]); time.inside(box ? mask(inBox) : null); apply(period);
  }
  // The list, the counts and the chips come as a page and are put in place; the address is the page's own.
  function swap(url, push) {
    const ask = new XMLHttpRequest();
    ask.responseType = "document"; ask.open("GET", url);
    ask.onload = async () => {
      const page = ask.response;
      if (ask.status !== 200 || !page || !page.getElementById("results")) { location.assign(url); return; }
      if (push) history.pushState(null, "", url);
      document.querySelectorAll("[data-swap]").forEach((old) => { const fresh = page.getElementById(old.id); if (fresh) old.replaceWith(document.adoptNode(fresh)); });
      for (const field of form.elements) if (field.name) { const v = new URLSearchParams(location.search).get(field.name) ?? ""; if (field.type === "checkbox") field.checked = v !== ""; else field.value = v; }
      document.querySelectorAll("header.top nav, .corner a").forEach((n) => { const fresh = page.querySelector(n.matches("nav") ? "header.top nav" : ".corner a"); if (fresh) n.replaceWith(document.adoptNode(fresh)); });
      await columns(page.querySelector(".overview").dataset.columns); read();
    };
    ask.onerror = () => location.assign(url);
    ask.send();
  }
  function go(changes) {
    const q = new URLSearchParams(location.search);
    for (const [k, v] of Object.entries(changes)) if (v) q.set(k, v); else q.delete(k);
    q.delete("at");
    swap("/?" + q, true);
  }
  async function columns(url) { if (url === asked) return; asked = url; data = await load(url); position = null; lit = -1; map.set(data); time.set(data, UNKNOWN); }

  const time = Selon.timeline(document.getElementById("timeline"), {
    words, label, name: (i) => data.places[data.place[i]] || words.types[data.kind[i]], pick: ([i]) => open(i), hover: (i) => light(i), brushing: (d) => apply(d), brushed: (d) => go({ since: iso(d[0]), until: iso(d[1]) }),
  });
  const map = await Selon.map(document.getElementById("map"), {
    label, hover: (i) => light(i),
    pick: (members) => { if (members.length === 1) open(members[0]); else { const i = members[0], a = 0.02; go({ box: [data.lon[i] - a, data.lat[i] - a, data.lon[i] + a, data.lat[i] + a].map((v) => v.toFixed(3)).join(",") }); } },
  });
  Selon.desk = { map, time };
  await columns(desk.dataset.columns); read();
  if (box) map.view(box);
  document.querySelector("[data-box]").addEventListener("click", () => go({ box: map.box().join(",") }));
  document.querySelectorAll("[data-fit]").forEach((b) => b.addEventListener("click", () => (b.dataset.fit === "map" ? map : time).fit()));
  form.addEventListener("submit", (e) => { e.preventDefault(); go(Object.fromEntries(["q", "place", "since", "until", "type", "source", "side", "measure", "origins", "as_of"].map((k) => [k, form.elements[k].value]).concat([["disputed", form.elements.disputed.checked ? "1" : ""]]))); });
  form.querySelectorAll("select, input[type=checkbox], input[type=date]").forEach((f) => f.addEventListener("change", () => form.requestSubmit()));
  document.addEventListener("click", (e) => {
    const a = e.target.closest("a[data-chip], .pager a");
    if (!a || e.ctrlKey || e.metaKey || e.shiftKey || !a.closest(".desk")) return;
    e.preventDefault(); swap(a.getAttribute("href"), true);
    if (a.closest(".pager")) document.querySelector(".listed").scrollIntoView({ block: "start" });
  });
  addEventListener("popstate", () => swap(location.href, false));
  document.addEventListener("pointerover", (e) => { const li = e.target.closest("ol.incidents li[data-id]"); if (li && data) light(find(li.dataset.id), "list"); });
  document.addEventListener("focusin", (e) => { const li = e.target.closest("ol.incidents li[data-id]"); if (li && data) light(find(li.dataset.id), "list"); });
  document.body.dataset.ready = "1";
})();
