// One-letter keys for who goes through many things: what has a letter is pressed, or takes the focus where one writes. The letters
// stand on the page, do nothing while somebody writes, and can be switched off on this device (WCAG 2.1.4).
const OFF = "dialogue-keys-off";

function remembered() {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
}

function remember(off) {
  try {
    localStorage.setItem(OFF, off ? "yes" : "");
  } catch {
    // Without a memory the choice holds for this page.
  }
}

function isWriting(part) {
  return part.closest("textarea, select, input:not([type=checkbox], [type=radio]), [contenteditable], dialog") !== null;
}

function use(part) {
  if (part.matches("a, button")) {
    part.click();
    return;
  }
  const folded = part.closest("details:not([open])");
  if (!folded) {
    part.focus();
    return;
  }
  folded.open = true;
  // It unfolds little by little, and nothing in it can take the focus before a first frame of that is drawn.
  requestAnimationFrame(() => requestAnimationFrame(() => part.focus()));
}

// Whoever touches the screen has no letters to press, and is shown none.
const isTouched = matchMedia("(hover: none) and (pointer: coarse)").matches;

for (const box of isTouched ? [] : document.querySelectorAll("[data-keys]")) {
  const choice = box.querySelector("input");
  choice.checked = !remembered();
  choice.addEventListener("change", () => remember(!choice.checked));
  box.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (!choice.checked || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isWriting(event.target)) return;
    const part = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!part) return;
    event.preventDefault();
    use(part);
  });
}
