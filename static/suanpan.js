// What the calculator needs beyond htmx: marking fields at fault, changing rows
// one at a time, saying that the server did not answer, copying links and
// texts, and putting into the draft nothing but what was entered last.
// Without it the form still works by its button.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  // A field is marked by the note below it, which comes with every answer.
  const mark = () => {
    const every = document.querySelector("form[data-every-note]");
    for (const note of document.querySelectorAll(".note")) {
      const input = document.getElementById(note.id.replace(/-note$/, ""));
      if (!input) continue;
      // Notes of empty fields do not come with the answer of a calculator, nor do
      // those of selects, in which nothing at fault can be chosen.
      if (!every && (input.matches("select") || (input.matches("input[type=text]") && !input.value.trim()))) {
        note.textContent = "";
        note.classList.remove("fault");
      }
      if (note.classList.contains("fault")) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  };

  // A radio button that was clicked no longer follows its attribute.
  const settle = () => {
    for (const radio of document.querySelectorAll("#answer input[type=radio]")) radio.checked = radio.defaultChecked;
  };

  const reveal = () => {
    for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = false;
  };

  // The estimate on the page cannot be put into the draft while it is not that
  // of what is entered.
  const hold = () => {
    for (const button of document.querySelectorAll('button[form^="quote-form"]')) {
      button.disabled = document.getElementById("answer-state").textContent.trim() !== "";
    }
  };

  const say = (text) => {
    for (const id of ["answer-state", "spoken"]) {
      const place = document.getElementById(id);
      if (place) place.textContent = text;
    }
    hold();
  };

  // Whether the visitor has chosen an option since the last request: then its
  // answer is about to be replaced, and must not undo the choice.
  let chosen = false;
  document.addEventListener("input", (event) => { if (event.target.type === "radio") chosen = true; }, true);
  document.addEventListener("htmx:before:request", () => { chosen = false; });

  // Rows are added, duplicated and removed by the server. From the click to its
  // answer nothing replaces that request: what is typed or clicked meanwhile
  // waits, and moves with its row.
  let change; // {rows, row, verb, value} under way
  let typed; // the fields of its rows that were typed into meanwhile, by name
  let place; // where the cursor is among them
  let again = false; // something else was typed meanwhile
  let later = []; // what buttons asked for meanwhile

  const parse = (value) => {
    const [rows, row, verb] = value.split(".");
    return { rows, row: verb ? Number(row) : Infinity, verb: verb ?? row, value };
  };

  // Where a row is after the change: undefined if it is gone.
  const moved = (row) => {
    if (change.verb === "remove" && row >= change.row) return row === change.row ? undefined : row - 1;
    return change.verb === "duplicate" && row > change.row ? row + 1 : row;
  };

  const movedName = (name) => {
    const [rows, row, field] = name.split(".");
    if (rows !== change.rows || !field) return name;
    const to = moved(Number(row));
    return to === undefined ? undefined : `${rows}.${to}.${field}`;
  };

  const ask = (form) => {
    while (later.length) {
      const button = form.querySelector(`button[name="rows"][value="${later.shift()}"]`);
      if (button) return form.requestSubmit(button);
    }
    form.requestSubmit();
  };

  document.addEventListener("htmx:config:request", (event) => {
    const button = event.detail.ctx.request.submitter;
    const value = button?.name === "rows" ? button.value : "";
    if (change) {
      event.preventDefault();
      if (value) later.push(value);
      else again = true;
    } else if (value) {
      change = parse(value);
      typed = new Map();
      place = undefined;
    }
  });

  document.addEventListener("input", ({ target }) => {
    if (change && target.name?.startsWith(`${change.rows}.`)) typed.set(target.name, { value: target.value, checked: target.checked });
  }, true);

  document.addEventListener("htmx:before:swap", (event) => {
    if (!change || event.detail.ctx.request.submitter?.value !== change.value) return;
    const { activeElement: at } = document;
    if (at.name?.startsWith(`${change.rows}.`)) place = { name: at.name, start: at.selectionStart, end: at.selectionEnd };
  });

  // Fields that were touched do not follow their attributes any more.
  const settleRows = () => {
    const area = document.getElementById(`${change.rows}-rows`);
    const fresh = new Map();
    for (const [name, state] of typed) {
      const to = movedName(name);
      if (to) fresh.set(to, state);
    }
    for (const field of area.querySelectorAll("input:not([type=hidden]), select")) {
      const state = fresh.get(field.name);
      if (field.type === "checkbox") field.checked = state?.checked ?? field.defaultChecked;
      else {
        const value = state?.value ?? (field.options ? ([...field.options].find((o) => o.defaultSelected) ?? field.options[0]).value : field.defaultValue);
        if (field.value !== value) field.value = value;
      }
    }
    again ||= fresh.size > 0;
    later = later.map((value) => {
      const next = parse(value);
      if (next.rows !== change.rows || next.verb === "add") return value;
      const to = moved(next.row);
      return to === undefined ? "" : `${next.rows}.${to}.${next.verb}`;
    });
    const at = document.activeElement;
    if (place) {
      const field = area.querySelector(`[name="${movedName(place.name)}"]:not([type=hidden])`);
      if (!field || field === at) return;
      field.focus({ preventScroll: true });
      if (place.start != null) field.setSelectionRange(place.start, place.end);
    } else if (at === document.body || at.name === "rows") {
      // The new row, or the one that took the place of the one removed.
      const rows = area.querySelectorAll(".row");
      const row = rows[Math.min(change.verb === "duplicate" ? change.row + 1 : change.row, rows.length - 1)];
      if (row) row.tabIndex = -1;
      const to = change.verb === "remove" ? row : row?.querySelector("input:not([type=hidden]), select");
      (to ?? area.querySelector("button"))?.focus();
    }
  };

  document.addEventListener("htmx:finally:request", (event) => {
    const { request, response } = event.detail.ctx;
    if (!change || request.submitter?.value !== change.value) return;
    const form = event.target;
    const done = response?.status < 400;
    if (done) settleRows();
    else later.unshift(change.value);
    change = undefined;
    if (done && (again || later.length)) setTimeout(() => ask(form));
    if (done) again = false;
  });

  let retry;
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx.response?.status >= 400) return; // nothing was swapped
    clearTimeout(retry);
    mark();
    // Where an entry is at fault the answer is still the earlier one, and a
    // choice made meanwhile waits for the correction.
    if (!chosen && !document.getElementById("answer-state")?.textContent) settle();
    reveal();
    hold();
    answered = sent;
    add();
  });

  // What was entered is on its way to the server for a moment. Whoever presses
  // the button then means that, and not what is still shown.
  let entered = 0; // changes of the form
  let sent = 0; // those that the last request knew of
  let answered = 0; // those that are in the answer
  let adding; // the id of a button that waits for the rest
  const stale = () => answered !== entered || change || later.length > 0;
  const add = () => {
    if (!adding || stale()) return;
    const button = document.getElementById(adding);
    adding = undefined;
    button?.click();
  };
  document.addEventListener("input", () => { entered++; }, true);
  document.addEventListener("htmx:before:request", () => { sent = entered; });
  document.addEventListener("htmx:finally:request", add);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".quote-form") || !stale()) return;
    event.preventDefault();
    adding = event.submitter?.id;
  });

  // Figures that are about to be replaced are marked, but for answers that come
  // at once. No word of the page changes: a reader hears the result alone.
  let awaited; // the request whose answer is to be shown
  let slow;
  let unanswered; // the last request that came to nothing where no text says so
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    awaited = ctx;
    slow ??= setTimeout(() => awaited.target.setAttribute("aria-busy", "true"), 300);
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (ctx !== awaited) return; // a newer one is under way
    clearTimeout(slow);
    slow = undefined;
    if (ctx !== unanswered) ctx.target.removeAttribute("aria-busy");
  });

  // The outlook fetches itself, for the entries that the address has. To the rest
  // of the page that is no answer.
  const outlook = document.getElementById("outlook");
  let outlookRetry;
  for (const event of ["config:request", "before:request", "before:swap", "after:swap", "finally:request", "response:error", "error"]) {
    outlook?.addEventListener(`htmx:${event}`, (e) => {
      e.stopPropagation();
      if (event === "config:request") {
        clearTimeout(outlookRetry);
        e.detail.ctx.request.action += location.search.replace("?", "&");
      }
      if (event === "after:swap") {
        outlook.removeAttribute("aria-busy");
        mark();
      }
      if (event.endsWith("error")) {
        // What is shown is of other entries: it stays marked, and is asked for again.
        outlook.setAttribute("aria-busy", "true");
        const wait = Number(e.detail.ctx.response?.headers.get("Retry-After")) || 5;
        outlookRetry = setTimeout(() => document.getElementById("calculator").dispatchEvent(new Event("answered")), 1000 * wait);
      }
    });
  }

  // The figures stay when the server cannot answer, and the page says that
  // they are old. It asks again by itself.
  const failed = ({ target: form, detail: { ctx } }, seconds, text) => {
    clearTimeout(retry);
    if (form.id === "calculator") {
      adding = undefined;
      say(document.getElementById("spoken").dataset[text]);
      retry = setTimeout(() => ask(form), 1000 * seconds);
    } else if (form.id === "draft" && !(ctx?.response?.status < 500 && ctx.response.status !== 429)) {
      // The draft has no place to say it: its totals stay marked. To be sent
      // whole would save it, so that it asks as if something were typed.
      unanswered = ctx;
      retry = setTimeout(() => form.dispatchEvent(new Event("input", { bubbles: true })), 1000 * seconds);
    }
  };
  document.addEventListener("htmx:response:error", (event) => {
    const { response } = event.detail.ctx;
    const wait = Number(response.headers.get("Retry-After")) || 5;
    failed(event, wait, response.status === 429 ? "tooFast" : "unreachable");
  });
  document.addEventListener("htmx:error", (event) => failed(event, 5, "unreachable"));

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(source.value);
      button.textContent = button.dataset.copied;
    } catch {
      source.closest("details")?.setAttribute("open", "");
      source.select();
      button.textContent = button.dataset.failed;
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });

  reveal();

  // On a phone the menu is wider than the screen.
  const here = document.querySelector("header nav [aria-current]");
  const menu = here?.closest("ul");
  if (menu) menu.scrollLeft = here.getBoundingClientRect().right - menu.getBoundingClientRect().right + 48;
})();
