// The page is the same for everybody; what this device has supported is known only to the device.
const STORE = "dialogue-supported";

function read() {
  try {
    return new Set(JSON.parse(localStorage.getItem(STORE)));
  } catch {
    return new Set();
  }
}

const chosen = read();

for (const button of document.querySelectorAll("[data-supported]")) {
  const code = button.dataset.supported;
  if (!button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(chosen.has(code)));
  button.form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (chosen.has(code)) chosen.delete(code);
    else chosen.add(code);
    try {
      localStorage.setItem(STORE, JSON.stringify([...chosen]));
    } catch {
      // Without storage the button is not coloured; the support counts all the same.
    }
  });
}
