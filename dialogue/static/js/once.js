// A form is sent once: a second click while the first is on its way does nothing. The server would store it
// once in any case; this spares the doubt. Coming back with the Back button opens the form again.
const sending = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-once]")) return;
  if (sending.has(form)) {
    event.preventDefault();
    return;
  }
  sending.add(form);
  const pressed = event.submitter;
  if (pressed) {
    pressed.setAttribute("aria-disabled", "true");
    pressed.setAttribute("aria-busy", "true");
  }
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) {
    sending.delete(form);
    for (const button of form.querySelectorAll("[aria-busy]")) {
      button.removeAttribute("aria-disabled");
      button.removeAttribute("aria-busy");
    }
  }
});
