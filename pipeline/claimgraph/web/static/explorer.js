// What pages do beyond reading, all of it optional: search as you type, a count of what is new since the last visit,
// the fields of a figure under the pointer, arrows between figures. Every page works without this file.
"use strict";

function searchAsYouType(form) {
  let timer, running;
  const show = async () => {
    running?.abort();
    running = new AbortController();
    const given = [...new FormData(form)].filter(([, value]) => value !== "");
    const address = `${form.action}${given.length ? "?" : ""}${new URLSearchParams(given)}`;
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" }, signal: running.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.getElementById("results").replaceWith(page.getElementById("results"));
      history.replaceState(null, "", address);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 200); });
}

// The last run that this browser saw stays in localStorage; sessionStorage keeps what it was when this visit began.
async function newSinceLastVisit(news) {
  const run = Number(news.dataset.run);
  const before = sessionStorage.getItem("claimgraph-run") ?? localStorage.getItem("claimgraph-run");
  localStorage.setItem("claimgraph-run", String(run));
  sessionStorage.setItem("claimgraph-run", before ?? String(run));
  if (before === null || Number(before) >= run) return;
  const since = Number(before) + 1;
  const answer = await fetch(`${news.dataset.address}?since=${since}&format=json`);
  if (!answer.ok) return;
  const link = document.createElement("a");
  link.href = `${news.dataset.address}?since=${since}`;
  link.textContent = `${(await answer.json()).fresh} new since your last visit`;
  news.querySelector(".visit").replaceChildren("· ", link);
}

// The fields of a figure show under the pointer; choosing it keeps them, by the address alone.
function fieldsUnderPointer(reading) {
  const panel = reading.querySelector(".panel");
  const show = (mark, on) => {
    const fields = document.getElementById(mark.dataset.fields);
    fields?.classList.toggle("shown", on);
    mark.classList.toggle("chosen", on);
    panel.classList.toggle("hovering", on);
  };
  const reveal = () => reading.querySelector(`mark[data-fields="${CSS.escape(decodeURIComponent(location.hash.slice(1)))}"]`)
    ?.scrollIntoView({ block: "nearest" });
  addEventListener("hashchange", reveal);
  reveal();
  if (!matchMedia("(hover: hover)").matches) return;
  for (const mark of reading.querySelectorAll("mark[data-fields]")) {
    mark.addEventListener("pointerenter", () => show(mark, true));
    mark.addEventListener("pointerleave", () => show(mark, false));
  }
}

// An arrow from every share, multiple and change to the figure that it is relative to.
function drawArrows(text) {
  text.querySelector(".arrows")?.remove();
  text.classList.add("drawn"); // hides the words that say the same, before anything is measured
  const marks = text.querySelectorAll("mark[data-target]");
  if (marks.length === 0) return;
  const make = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const origin = text.getBoundingClientRect();
  const svg = make("svg", { class: "arrows", "aria-hidden": "true" });
  for (const mark of marks) {
    const target = document.getElementById(mark.dataset.target);
    if (!target) continue;
    const from = mark.getClientRects()[0], to = target.getClientRects()[0];
    const x1 = from.left + from.width / 2 - origin.left, x2 = to.left + to.width / 2 - origin.left;
    const down = to.top > from.bottom, up = to.bottom < from.top;
    const y1 = (down ? from.bottom : from.top) - origin.top, y2 = (up ? to.bottom + 2 : to.top) - origin.top;
    const bend = down || up ? (y1 + y2) / 2 : y1 - 16;
    svg.append(make("path", { d: `M${x1},${y1} C${x1},${bend} ${x2},${bend} ${x2},${y2}` }));
    const tip = up ? 6 : -6;
    svg.append(make("polygon", { points: `${x2},${y2} ${x2 - 3.5},${y2 + tip} ${x2 + 3.5},${y2 + tip}` }));
  }
  text.append(svg);
}

const form = document.querySelector("form[role=search]");
if (form) searchAsYouType(form);
const news = document.querySelector(".news");
if (news) newSinceLastVisit(news).catch(() => {});
for (const reading of document.querySelectorAll(".reading")) fieldsUnderPointer(reading);
const arrows = () => document.querySelectorAll(".text").forEach(drawArrows);
arrows();
addEventListener("resize", arrows);
