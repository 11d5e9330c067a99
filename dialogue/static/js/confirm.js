// A question before something that cannot be undone. Without script the server asks on a page of its own.
const confirmed = new WeakSet();

function part(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function ask(form, submitter) {
  const words = form.dataset;
  const dialog = part("dialog", "", { class: "ds-dialog confirm", "aria-labelledby": "confirm-title" });
  const row = part("div", "", { class: "buttons" });
  const yes = part("button", words.confirmYes, {
    class: "ds-button", type: "button", "data-variant": "primary", "data-color": "danger",
  });
  const no = part("button", words.confirmNo, { class: "ds-button", type: "button", "data-variant": "secondary" });
  row.append(yes, no);
  dialog.append(part("h2", words.confirm, { id: "confirm-title" }));
  if (words.confirmText) dialog.append(part("p", words.confirmText));
  dialog.append(row);
  document.body.append(dialog);
  no.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  yes.addEventListener("click", () => {
    confirmed.add(form);
    dialog.close();
    if (!form.querySelector("input[name=confirmed]")) {
      form.append(part("input", "", { type: "hidden", name: "confirmed", value: "yes" }));
    }
    form.requestSubmit(submitter);
  });
  dialog.showModal();
  no.focus();
}

// Listens before the guard against sending twice, which leaves a stopped event alone.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-confirm]") || form.querySelector("[aria-busy]") || confirmed.delete(form)) return;
  event.preventDefault();
  ask(form, event.submitter);
}, true);
