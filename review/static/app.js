// Zoom, pan, and what keys do. Everything else works without.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);

// A choice in a filter takes effect at once.
all("select[data-submits]").forEach((field) => field.addEventListener("change", () => field.form.requestSubmit()));

// --- the two sides of a document: what is under the pointer on one is marked on the other ---
all("[data-figure]").forEach((element) => {
  const mark = (on) => all(`[data-figure="${CSS.escape(element.dataset.figure)}"]`).forEach((e) => e.classList.toggle("hot", on));
  element.addEventListener("pointerenter", () => mark(true));
  element.addEventListener("pointerleave", () => mark(false));
  element.addEventListener("focusin", () => mark(true));
  element.addEventListener("focusout", () => mark(false));
});

// --- zoom and pan ---
const WIDTHS = [800, 1200, 1600, 2400];
const viewport = one(".viewport");
if (viewport) {
  const sheet = one("svg.sheet", viewport);
  const image = one("image", sheet);
  const kept = "zoom";
  let zoom = Number(sessionStorage.getItem(kept)) || 1;
  let asked = image.getAttribute("href");
  const sharpen = () => {
    const wanted = sheet.getBoundingClientRect().width * devicePixelRatio;
    const width = WIDTHS.find((w) => w >= wanted) || WIDTHS.at(-1);
    const address = `${image.dataset.picture}/${width}.png`;
    if (asked === address) return;
    asked = address;
    const ahead = new Image();
    // A picture that comes late is not to take the place of the one that was asked for after it.
    ahead.onload = () => { if (asked === address) image.setAttribute("href", address); };
    ahead.src = address;
  };
  const apply = (next, at) => {
    const before = sheet.getBoundingClientRect();
    const point = at || { x: viewport.getBoundingClientRect().left + viewport.clientWidth / 2, y: viewport.getBoundingClientRect().top + viewport.clientHeight / 3 };
    const share = { x: (point.x - before.left) / before.width, y: (point.y - before.top) / before.height };
    zoom = Math.min(6, Math.max(1, next));
    viewport.classList.toggle("zoomed", zoom > 1);
    sheet.style.width = zoom > 1 ? `${zoom * 100}%` : "";
    const after = sheet.getBoundingClientRect();
    viewport.scrollBy(after.left + share.x * after.width - point.x, after.top + share.y * after.height - point.y);
    sessionStorage.setItem(kept, String(zoom));
    sharpen();
  };
  one(".zoom")?.removeAttribute("hidden");
  all("[data-zoom]").forEach((button) => button.addEventListener("click", () => zoomBy(button.dataset.zoom)));
  var zoomBy = (way) => apply(way === "in" ? zoom * 1.25 : way === "out" ? zoom / 1.25 : 1);
  viewport.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    apply(zoom * (event.deltaY < 0 ? 1.12 : 1 / 1.12), { x: event.clientX, y: event.clientY });
  }, { passive: false });
  // Pan with the middle button, or with the space bar held: the left button selects text.
  let held = null;
  viewport.addEventListener("pointerdown", (event) => {
    if (event.button !== 1) return;
    event.preventDefault();
    held = { x: event.clientX + viewport.scrollLeft, y: event.clientY + viewport.scrollTop };
    viewport.setPointerCapture(event.pointerId);
    viewport.classList.add("grabbing");
  });
  viewport.addEventListener("pointermove", (event) => { if (held) viewport.scrollTo(held.x - event.clientX, held.y - event.clientY); });
  viewport.addEventListener("pointerup", () => { held = null; viewport.classList.remove("grabbing"); });
  apply(zoom);
  // What is looked at comes into the middle of both sides.
  all(".chosen[data-figure]").forEach((element) => element.scrollIntoView({ block: "center", inline: "center" }));
  one(".thumbs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  scrollTo(0, 0);
}

// --- how far an import is ---
const progress = () => one("#progress");
if (progress()) {
  const timer = setInterval(async () => {
    const answer = await fetch("/progress");
    if (!answer.ok) return;
    const text = await answer.text();
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("#progress");
    if (fresh) progress().replaceWith(document.adoptNode(fresh));
    if (fresh?.dataset.pending === "0") { clearInterval(timer); location.reload(); }
  }, 2000);
}

// --- keys ---
const KEPT_KEYS = "keys";
const keysOn = () => localStorage.getItem(KEPT_KEYS) !== "off";
all("#keys-on").forEach((field) => {
  field.closest("[hidden]")?.removeAttribute("hidden");
  field.checked = keysOn();
  field.addEventListener("change", () => localStorage.setItem(KEPT_KEYS, field.checked ? "on" : "off"));
});
const help = one("#help");
one("[data-help]")?.addEventListener("click", (event) => { event.preventDefault(); help.showModal(); });
const PLACES = { q: "/queue", f: "/findings", d: "/documents", s: "/series", v: "/" };
let after = "";
document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
  if (event.key === "Escape" && field) { field.blur(); one("#main").focus(); return; }
  if (field || event.ctrlKey || event.metaKey || event.altKey || help.open || !keysOn()) return;
  const key = event.key;
  const was = after;
  after = key === "g" ? "g" : "";
  if (was === "g" && PLACES[key]) { location.assign(PLACES[key]); return; }
  if (key === "?") { event.preventDefault(); help.showModal(); return; }
  if (key === "/") { const first = one(".filters input, .filters select"); if (first) { event.preventDefault(); first.closest("details")?.setAttribute("open", ""); first.focus(); } return; }
  if (typeof zoomBy === "function" && "+=-0".includes(key)) { zoomBy(key === "0" ? "fit" : key === "-" ? "out" : "in"); return; }
  const target = one(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("details")) { target.open = true; one("input:not([type=hidden]), select, textarea", target)?.focus(); } else target.click();
});

// Completion follows the dimension that is chosen.
all("select[data-completes]").forEach((field) => field.addEventListener("change", () => {
  const value = field.parentElement.querySelector("input");
  if (one(`#values-${CSS.escape(field.value || "none")}`)) value.setAttribute("list", `values-${field.value}`);
  else value.removeAttribute("list");
}));

// Drawing the box of a missing figure: then the server fills in what is printed in it.
const draws = one("[data-draws]");
if (draws) {
  const sheet = one("svg.sheet", draws);
  const place = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.getScreenCTM().inverse());
    return { x: point.x, y: point.y };
  };
  let start = null;
  let drawn = one(".drawn", sheet);
  sheet.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    start = place(event);
    sheet.setPointerCapture(event.pointerId);
    if (!drawn) {
      drawn = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      drawn.setAttribute("class", "drawn");
      sheet.append(drawn);
    }
  });
  const box = (event) => {
    const end = place(event);
    return [Math.min(start.x, end.x), Math.min(start.y, end.y), Math.max(start.x, end.x), Math.max(start.y, end.y)];
  };
  sheet.addEventListener("pointermove", (event) => {
    if (!start) return;
    const [x0, y0, x1, y1] = box(event);
    Object.entries({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 }).forEach(([name, value]) => drawn.setAttribute(name, value));
  });
  sheet.addEventListener("pointerup", (event) => {
    if (!start) return;
    const edges = box(event);
    start = null;
    if (edges[2] - edges[0] < 2 || edges[3] - edges[1] < 2) return;
    location.assign(`${draws.dataset.draws}?add=${edges.map((edge) => edge.toFixed(1)).join(",")}#add`);
  });
}
