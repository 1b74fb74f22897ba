/* The pages to ask on, made quicker: an editor that completes names, answers without leaving the page, a way to cancel.
   Everything here goes without it too: forms, links and the field are the page's own. */
"use strict";

const form = document.getElementById("ask");
const said = document.getElementById("progress");
const cancel = document.getElementById("cancel");
const words = form.dataset;
let asking = null;
let editor = null;

function tell(text) {
  said.textContent = text;
}

/* Progress is shown after a moment, so that quick answers do not flicker. */
function watch() {
  const began = Date.now();
  const tick = () => tell(words.working.replace("{}", ((Date.now() - began) / 1000).toFixed(0)));
  let every = 0;
  const soon = setTimeout(() => { cancel.hidden = false; tick(); every = setInterval(tick, 1000); }, 400);
  return () => { clearTimeout(soon); clearInterval(every); cancel.hidden = true; };
}

async function ask(address, body, remembered) {
  asking?.abort();
  const mine = asking = new AbortController();
  const done = watch();
  document.getElementById("answer").setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(address, { method: body ? "POST" : "GET", body, signal: mine.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const answer = page.getElementById("answer");
    if (!answer) throw new Error(reply.status);
    show(page, answer);
    if (remembered) history.pushState({ asked: true }, "", remembered);
    tell("");
  } catch (error) {
    if (asking === mine) tell(error.name === "AbortError" ? words.cancelled : words.failed);
  } finally {
    done();
    document.getElementById("answer").removeAttribute("aria-busy");
    if (asking === mine) asking = null;
  }
}

function show(page, answer) {
  document.getElementById("answer").replaceWith(answer);
  const title = page.querySelector("title");
  if (title) document.title = title.textContent;
  prepare(answer);
  document.getElementById("answered")?.focus({ preventScroll: true });
  answer.scrollIntoView({ block: "nearest" });
}

function submit() {
  editor?.save();
  const pairs = new URLSearchParams(new FormData(form));
  const address = new URL(form.action || location.href);
  if (pairs.toString().length < 6000) {
    address.search = pairs;
    ask(address, null, address);
  } else {
    address.search = new URLSearchParams({ lang: pairs.get("lang"), format: "html" });
    ask(address, pairs, null);
  }
}

/* Buttons that copy what can be pasted elsewhere. */
function prepare(part) {
  for (const one of part.querySelectorAll(".copied")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain copy";
    button.textContent = words.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(one.textContent.trim());
      button.textContent = words.copied;
      setTimeout(() => { button.textContent = words.copy; }, 2000);
    });
    one.after(button);
  }
}

form.addEventListener("submit", event => { event.preventDefault(); submit(); });
cancel.addEventListener("click", () => asking?.abort());
document.addEventListener("click", event => {
  const link = event.target.closest("a[data-swap]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(link.href, null, link.href);
});
addEventListener("popstate", event => { if (event.state !== null || location.search) location.reload(); });
prepare(document);

/* The editor. Its own requests to others are left out: names come from here, prefixes need no declaration. */
const PART = /[\p{L}\p{M}\p{N}_:.\-]+$/u;

async function names(view) {
  const cursor = view.getCursor();
  const part = view.getLine(cursor.line).slice(0, cursor.ch).match(PART)?.[0] ?? "";
  const from = { line: cursor.line, ch: cursor.ch - part.length };
  const list = part ? await (await fetch("/sparql/names?" + new URLSearchParams({ q: part }))).json() : [];
  const shown = one => [one.short, one.th, one.en].filter(Boolean).join(" · ");
  return { from, to: cursor, list: list.map(one => ({ text: one.short, displayText: shown(one) })) };
}

function before(view) {
  const cursor = view.getCursor();
  return view.getLine(cursor.line).slice(0, cursor.ch);
}

function complete(view) {
  if (/[?$][\p{L}\p{M}\p{N}_]*$/u.test(before(view))) view.autocomplete(false);
  else view.showHint({ hint: names, completeSingle: false });
}

/* A Thai word that is neither text nor variable is the beginning of a name. */
function offer(view, change) {
  const kind = view.getTokenAt(view.getCursor()).type ?? "";
  const thai = /[\u0E01-\u0E5B]$/.test(change.text.join(""));
  if (thai && !/string|comment/.test(kind) && !/[?$][\p{L}\p{M}\p{N}_]*$/u.test(before(view))) complete(view);
}

/* What this server declares for everybody is no mistake. */
function declare(mode) {
  const begin = mode.startState;
  const known = Object.fromEntries(words.prefixes.split(" ").map(name => [name, name]));
  mode.startState = (...given) => { const state = begin(...given); Object.assign(state.prefixes, known); return state; };
}

function start() {
  const field = document.getElementById("query");
  const Yasqe = window.Yasgui?.Yasqe;
  if (!Yasqe || !field) return;
  Yasqe.defaults.autocompleters = ["variables"];
  const place = document.createElement("div");
  field.before(place);
  editor = new Yasqe(place, {
    value: field.value, persistenceId: null, consumeShareLink: null, prefixCcApi: null, showQueryButton: false,
    resizeable: false, lineWrapping: true, viewportMargin: Infinity, collapsePrefixesOnLoad: false, lineNumbers: true,
  });
  declare(editor.getMode());
  editor.setValue(field.value);
  editor.save = () => { field.value = editor.getValue(); };
  field.hidden = true;
  const label = form.querySelector("label[for=query]");
  const input = editor.getInputField();
  input.id = "query-editor";
  label.htmlFor = input.id;
  /* Tab leaves the field: nobody is to be caught in it. */
  editor.addKeyMap({ "Ctrl-Space": complete, "Cmd-Space": complete, "Ctrl-Enter": submit, "Cmd-Enter": submit, Tab: false, "Shift-Tab": false });
  editor.on("inputRead", offer);
  document.getElementById("hint").hidden = false;
}

start();
