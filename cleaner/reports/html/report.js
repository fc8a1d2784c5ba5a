// The report reads without this script; it adds filters, keys and the search over all pages.
"use strict";

(() => {
  const body = document.body;
  const onIndex = body.classList.contains("index");
  const pages = Number(body.dataset.pages);
  const form = document.querySelector(".filters");
  const help = document.getElementById("help");
  const output = form.querySelector("output");

  for (const hidden of document.querySelectorAll(".helper, .filters")) hidden.hidden = false;

  // -- what the filters ask for --------------------------------------------------------------------------------------

  const asked = () => {
    const fields = new FormData(form);
    const value = (name) => String(fields.get(name) || "");
    return {
      words: value("text").toLowerCase().split(/\s+/).filter(Boolean),
      rule: value("rule"), kind: value("kind"), source: value("source"), language: value("language"), order: value("order"),
      score: value("score") === "" ? null : Number(value("score")),
    };
  };

  const asksForEdits = (want) => want.rule !== "" || want.kind !== "" || want.score !== null;

  // One question for an edit, wherever it comes from: a note on a page or a row of a shard.
  const fits = (want, rule, kind, score, close) =>
    (want.rule === "" || want.rule === rule) &&
    (want.kind === "" || want.kind === "any" || (want.kind === "close" ? close : want.kind === kind)) &&
    (want.score === null || (score !== null && score <= want.score));

  const ordered = (want, list, removed, closest) => {
    if (want.order === "removed") list.sort((one, two) => removed(two) - removed(one));
    if (want.order === "close") list.sort((one, two) => closest(one) - closest(two));
    return list;
  };

  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  // -- a page of articles --------------------------------------------------------------------------------------------

  const articles = [...document.querySelectorAll("article")];
  const texts = new Map();
  const textOf = (article) => {
    if (!texts.has(article)) texts.set(article, article.textContent.toLowerCase().replace(article.id.slice(1), ""));
    return texts.get(article);
  };

  const filterPage = () => {
    const want = asked();
    const edits = asksForEdits(want);
    let seen = 0;
    for (const article of articles) {
      let found = 0;
      for (const note of article.querySelectorAll(".note")) {
        const score = note.dataset.score === undefined ? null : Number(note.dataset.score);
        const fit = fits(want, note.dataset.rule, note.dataset.kind, score, note.classList.contains("near"));
        note.classList.toggle("off", !fit);
        found += fit ? 1 : 0;
      }
      article.hidden =
        (edits && found === 0) ||
        (want.source !== "" && want.source !== article.dataset.source) ||
        (want.language !== "" && want.language !== article.dataset.language) ||
        !(want.words.every((word) => textOf(article).includes(word)) || article.id === "a" + want.words[0]);
      seen += article.hidden ? 0 : 1;
    }
    const main = document.getElementById("main");
    const none = document.querySelector(".none");
    const list = ordered(want, [...articles], (one) => Number(one.dataset.removed), (one) => Number(one.dataset.closest ?? 1000));
    list.forEach((article) => main.insertBefore(article, none));
    none.hidden = seen > 0;
    output.textContent = seen === articles.length ? count(seen, "article") : `${seen} of ${count(articles.length, "article")}`;
  };

  // -- the index: all pages, from the shards -------------------------------------------------------------------------

  // A row of a shard: id, headline, place, source, language, removed share, closest margin, edits;
  // an edit: rule, kind, score, whether it is a close call, the beginning of its text.
  const SHOWN = 200;
  const shards = new Map();
  let reading = null;
  window.cleanerReport = ([number, rows]) => shards.set(number, rows);

  const read = (number) => new Promise((done) => {
    const script = document.createElement("script");
    script.src = `data/${number}.js`;
    script.onload = script.onerror = () => { script.remove(); done(); };
    document.head.append(script);
  });

  const readAll = async () => {
    for (let number = 1; number <= pages; number += 8) {
      await Promise.all(Array.from({ length: Math.min(8, pages - number + 1) }, (_, step) => read(number + step)));
      output.textContent = `reading ${Math.min(number + 7, pages)} of ${count(pages, "page")}`;
    }
  };

  const cell = (row, text, name) => {
    const made = row.insertCell();
    made.textContent = text;
    if (name) made.className = name; else made.dir = "auto";
    return made;
  };

  const filterIndex = async () => {
    reading = reading || readAll();
    await reading;
    const want = asked();
    const edits = asksForEdits(want);
    let found = [];
    for (let number = 1; number <= pages; number += 1) {
      for (const article of shards.get(number) || []) {
        const [, headline, place, source, language, , , decisions] = article;
        if (want.source !== "" && want.source !== (source || "-")) continue;
        if (want.language !== "" && want.language !== (language || "-")) continue;
        if (edits && !decisions.some(([rule, kind, score, close]) => fits(want, rule, kind, score, close === 1))) continue;
        if (want.words.length > 0) {
          const text = [headline, place, source, ...decisions.map((decision) => decision[4])].join("\n").toLowerCase();
          if (!want.words.every((word) => text.includes(word)) && article[0] !== want.words[0]) continue;
        }
        found.push([number, article]);
      }
    }
    found = ordered(want, found, ([, article]) => article[5], ([, article]) => article[6] ?? 1000);
    const table = document.querySelector(".found");
    const rows = table.querySelector("tbody");
    rows.replaceChildren();
    const carried = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== "")).toString();
    for (const [number, [id, headline, place, source, language, removed, closest, decisions]] of found.slice(0, SHOWN)) {
      const row = rows.insertRow();
      const link = document.createElement("a");
      link.href = `page-${number}.html${carried ? "?" + carried : ""}#a${id}`;
      link.textContent = headline || "no headline";
      cell(row, "").append(link);
      cell(row, place);
      cell(row, source);
      cell(row, language);
      cell(row, String(decisions.length), "figure");
      cell(row, `${(100 * removed).toFixed(1)} %`, "figure");
      cell(row, closest === null ? "" : String(closest), "figure");
    }
    table.hidden = false;
    output.textContent = count(found.length, "article") + (found.length > SHOWN ? `, the first ${SHOWN} shown: narrow it down` : "");
  };

  const filter = onIndex ? filterIndex : filterPage;
  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  form.addEventListener("reset", () => { clearTimeout(waiting); waiting = setTimeout(filter, 0); });
  form.addEventListener("submit", (event) => { event.preventDefault(); filter(); });

  // What the index was asked for holds on the page that a result leads to.
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements.namedItem(name);
    if (field && "value" in field) field.value = value;
  }
  if (!onIndex) filterPage();

  // -- keys ----------------------------------------------------------------------------------------------------------

  const reduced = matchMedia("(prefers-reduced-motion: reduce)");
  let current = null;

  const go = (selector, step) => {
    const stops = [...document.querySelectorAll(selector)].filter((stop) => stop.getClientRects().length > 0);
    if (stops.length === 0) return;
    let at = stops.indexOf(current);
    if (at < 0) {
      // From where the reader is: the first stop below the upper edge, or the last one above it.
      at = stops.findIndex((stop) => stop.getBoundingClientRect().top > 8);
      at = at < 0 ? stops.length : at;
      at = step > 0 ? at : at - 1;
    } else {
      at += step;
    }
    const stop = stops[Math.max(0, Math.min(stops.length - 1, at))];
    current?.classList.remove("current");
    current = stop;
    stop.classList.add("current");
    if (!stop.hasAttribute("tabindex")) stop.tabIndex = -1;
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: stop.matches("article") ? "start" : "center", behavior: reduced.matches ? "auto" : "smooth" });
  };

  const articleStops = onIndex ? ".calls > li, .found tbody tr" : "article";
  const editStops = onIndex ? ".calls > li" : ".note:not(.off)";
  const keys = {
    j: () => go(articleStops, 1),
    k: () => go(articleStops, -1),
    n: () => go(editStops, 1),
    p: () => go(editStops, -1),
    "/": () => form.elements.namedItem("text").focus(),
    u: () => { if (!onIndex) location.href = "index.html"; else scrollTo(0, 0); },
    "?": () => (help.open ? help.close() : help.showModal()),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=radio]), select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const act = keys[event.key];
    if (act && (!help.open || event.key === "?")) {
      event.preventDefault();
      act();
    }
  });
  for (const button of document.querySelectorAll(".helper")) button.addEventListener("click", () => help.showModal());
  help.querySelector(".close").addEventListener("click", () => help.close());

  // -- links and the view --------------------------------------------------------------------------------------------

  // A link into a fold opens it.
  const unfold = () => {
    const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const fold = target?.closest("details");
    if (fold && !fold.open) {
      fold.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", unfold);
  unfold();

  // The view is remembered where the browser lets a file remember.
  for (const choice of document.querySelectorAll("input[name=view]")) {
    try {
      if (localStorage.getItem("cleaner-view") === choice.id) choice.checked = true;
    } catch { /* a private window */ }
    choice.addEventListener("change", () => {
      try { localStorage.setItem("cleaner-view", choice.id); } catch { /* a private window */ }
    });
  }
})();
