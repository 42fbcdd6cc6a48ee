// What the calculator needs beyond htmx: marking fields at fault, saying that
// the server did not answer, copying the link. Without it the form still works
// by its button.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  // A field is marked by the note below it, which comes with every answer.
  const mark = () => {
    for (const note of document.querySelectorAll(".note")) {
      const input = document.getElementById(note.id.replace(/-note$/, ""));
      if (!input) continue;
      if (note.classList.contains("fault")) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  };

  // A radio button that was clicked no longer follows its attribute.
  const settle = () => {
    for (const radio of document.querySelectorAll("#answer input[type=radio]")) radio.checked = radio.defaultChecked;
  };

  const reveal = () => {
    const copy = document.getElementById("copy");
    if (copy) copy.hidden = false;
  };

  const say = (text) => {
    for (const id of ["answer-state", "spoken"]) {
      const place = document.getElementById(id);
      if (place) place.textContent = text;
    }
  };

  // Whether the visitor has chosen an option since the last request: then its
  // answer is about to be replaced, and must not undo the choice.
  let chosen = false;
  document.addEventListener("input", (event) => { if (event.target.type === "radio") chosen = true; }, true);
  document.addEventListener("htmx:before:request", () => { chosen = false; });

  let retry;
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx.response?.status >= 400) return; // nothing was swapped
    clearTimeout(retry);
    mark();
    // Where an entry is at fault the answer is still the earlier one, and a
    // choice made meanwhile waits for the correction.
    if (!chosen && !document.getElementById("answer-state")?.textContent) settle();
    reveal();
  });

  // The figures stay when the server cannot answer, and the page says that
  // they are old. It asks again by itself.
  const failed = (form, seconds, text) => {
    if (form?.id !== "calculator") return;
    const spoken = document.getElementById("spoken");
    say(spoken.dataset[text]);
    clearTimeout(retry);
    retry = setTimeout(() => form.requestSubmit(), 1000 * seconds);
  };
  document.addEventListener("htmx:response:error", (event) => {
    const { response } = event.detail.ctx;
    const wait = Number(response.headers.get("Retry-After")) || 5;
    failed(event.target, wait, response.status === 429 ? "tooFast" : "unreachable");
  });
  document.addEventListener("htmx:error", (event) => failed(event.target, 5, "unreachable"));

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("#copy");
    if (!button) return;
    const link = document.getElementById("link");
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(link.value);
      button.textContent = button.dataset.copied;
    } catch {
      link.select();
      button.textContent = button.dataset.failed;
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });

  reveal();
})();
