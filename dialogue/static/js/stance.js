// The page is the same for everybody; what this device has answered is known only to the device, which marks it.
const STANCES = "dialogue-stances";

function readStances() {
  try {
    return JSON.parse(localStorage.getItem(STANCES)) ?? {};
  } catch {
    return {};
  }
}

function mark(form, stance) {
  for (const button of form.querySelectorAll("[name=stance]")) {
    button.setAttribute("aria-pressed", String(button.value === stance));
  }
  form.querySelector("[name=take_back]").hidden = !stance;
}

const said = readStances();

function prepare(within) {
  for (const form of within.querySelectorAll("[data-stance]")) {
    const code = form.dataset.stance;
    mark(form, said[code]);
    form.addEventListener("submit", (event) => {
      if (event.submitter?.name === "stance") said[code] = event.submitter.value;
      else delete said[code];
      try {
        localStorage.setItem(STANCES, JSON.stringify(said));
      } catch {
        // Without storage the answer is not marked next time; it counts all the same.
      }
    });
  }
}

prepare(document);
// What comes while the page is open.
document.addEventListener("added", (event) => prepare(event.target));
