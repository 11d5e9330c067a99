// What is listed is dragged onto a theme with the mouse or a pen, and what else is ticked goes along. Dropping does
// what ticking and pressing the theme does; that is what there is by keyboard, on a touch screen and without script.
const FAR_ENOUGH = 6;

function pileAt(form, x, y) {
  const pile = document.elementFromPoint(x, y)?.closest("[data-pile]");
  return pile && form.contains(pile) ? pile : null;
}

function drag(form, item, start) {
  const piles = [...form.querySelectorAll("[data-pile]")];
  let begun = false;
  let moved = null;

  const follow = (event) => {
    const x = event.clientX - start.clientX;
    const y = event.clientY - start.clientY;
    if (!begun && Math.hypot(x, y) < FAR_ENOUGH) return;
    if (!begun) {
      begun = true;
      item.setAttribute("data-dragged", "");
      for (const pile of piles) pile.setAttribute("data-may-drop", "");
    }
    event.preventDefault();
    getSelection().removeAllRanges();
    moved?.cancel();
    const place = { transform: `translate(${x}px, ${y}px)` };
    moved = item.animate([place, place], { duration: 1, fill: "forwards" });
    const over = pileAt(form, event.clientX, event.clientY);
    for (const pile of piles) pile.toggleAttribute("data-over", pile === over);
  };

  const end = (event) => {
    document.removeEventListener("pointermove", follow);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    document.removeEventListener("keydown", giveUp);
    const over = event.type === "pointerup" ? pileAt(form, event.clientX, event.clientY) : null;
    item.removeAttribute("data-dragged");
    moved?.cancel();
    for (const pile of piles) {
      pile.removeAttribute("data-may-drop");
      pile.removeAttribute("data-over");
    }
    if (!begun || !over) return;
    item.querySelector("input[name=chosen]").checked = true;
    over.click();
  };

  const giveUp = (event) => {
    if (event.key === "Escape") end(event);
  };

  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
  document.addEventListener("keydown", giveUp);
}

for (const form of document.querySelectorAll("form[data-piles]")) {
  for (const box of form.querySelectorAll("input[name=chosen]")) {
    const item = box.closest(".field__choice");
    item.setAttribute("data-draggable", "");
    item.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" || event.button !== 0 || event.target === box) return;
      drag(form, item, event);
    });
  }
}
