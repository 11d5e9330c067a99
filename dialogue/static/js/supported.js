// The page is the same for everybody; what this device has supported is known only to the device. Support is
// given and taken back without leaving the page; when that fails, the form is sent as without script.
const STORE = "dialogue-supported";

function read() {
  try {
    return new Set(JSON.parse(localStorage.getItem(STORE)));
  } catch {
    return new Set();
  }
}

const chosen = read();

function remember(code, supports) {
  if (supports) chosen.add(code);
  else chosen.delete(code);
  try {
    localStorage.setItem(STORE, JSON.stringify([...chosen]));
  } catch {
    // Without storage the button is not coloured next time; the support counts all the same.
  }
}

async function send(button, code) {
  const form = button.form;
  const supports = !chosen.has(code);
  const body = new URLSearchParams(supports ? {} : { take_back: "yes" });
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/plain" } });
    if (!answer.ok) throw new Error(answer.status);
    button.querySelector(".support__count").textContent = await answer.text();
    button.setAttribute("aria-pressed", String(supports));
    remember(code, supports);
  } catch {
    // The page that comes then says what is the matter.
    form.submit();
  }
}

// Support that was given by a form of its own is remembered when the page says that it counts.
for (const told of document.querySelectorAll("[data-supported-now]")) remember(told.dataset.supportedNow, true);

function prepare(within) {
  for (const button of within.querySelectorAll("[data-supported]")) {
    const code = button.dataset.supported;
    let sending = false;
    if (!button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(chosen.has(code)));
    button.form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (sending) return;
      sending = true;
      await send(button, code);
      sending = false;
    });
  }
}

prepare(document);
// What comes while the page is open.
document.addEventListener("added", (event) => prepare(event.target));
