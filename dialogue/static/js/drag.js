// With the mouse or a pen, a card of the actions' board is dragged to another column, and what is listed onto a theme,
// where what else is ticked goes along. Dropping it does what a button does; the buttons are what there is by
// keyboard, on a touch screen and without script.
const FAR_ENOUGH = 6;
// What the mouse does something else with.
const OF_ITS_OWN = "button, summary, input, form";

function drag(item, places, drop, start) {
  const listening = new AbortController();
  let begun = false;
  let moved = null;

  const begin = () => {
    begun = true;
    item.setAttribute("data-dragged", "");
    for (const place of places) place.setAttribute("data-may-drop", "");
  };

  const placeUnder = (event) => {
    const under = document.elementFromPoint(event.clientX, event.clientY);
    return places.find((place) => place.contains(under));
  };

  const follow = (event) => {
    const x = event.clientX - start.clientX;
    const y = event.clientY - start.clientY;
    if (!begun && Math.hypot(x, y) < FAR_ENOUGH) return;
    if (!begun) begin();
    event.preventDefault();
    getSelection().removeAllRanges();
    moved?.cancel();
    const at = { transform: `translate(${x}px, ${y}px)` };
    moved = item.animate([at, at], { duration: 1, fill: "forwards" });
    const over = placeUnder(event);
    for (const place of places) place.toggleAttribute("data-over", place === over);
  };

  const end = (event) => {
    listening.abort();
    const over = event.type === "pointerup" ? placeUnder(event) : null;
    item.removeAttribute("data-dragged");
    moved?.cancel();
    for (const place of places) {
      place.removeAttribute("data-may-drop");
      place.removeAttribute("data-over");
    }
    if (begun && over) drop(over);
  };

  const during = { signal: listening.signal };
  document.addEventListener("pointermove", follow, during);
  document.addEventListener("pointerup", end, during);
  document.addEventListener("pointercancel", end, during);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") end(event); }, during);
}

function letBeDragged(item, places, drop) {
  item.setAttribute("data-draggable", "");
  // A link has a drag of its own, which would end this one.
  item.addEventListener("dragstart", (event) => event.preventDefault());
  item.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button !== 0) return;
    if (item.contains(event.target.closest(OF_ITS_OWN))) return;
    drag(item, places, drop, event);
  });
}

for (const board of document.querySelectorAll("[data-board]")) {
  const columns = [...board.querySelectorAll("[data-column]")];
  for (const card of board.querySelectorAll("[data-card]")) {
    const wayTo = (column) => card.querySelector(`[data-moves-to="${column.dataset.column}"]`);
    letBeDragged(card, columns.filter(wayTo), (column) => {
      const link = wayTo(column).querySelector("a");
      if (link) link.click();
      else wayTo(column).querySelector("form").requestSubmit();
    });
  }
}

for (const form of document.querySelectorAll("form[data-piles]")) {
  const piles = [...form.querySelectorAll("[data-pile]")];
  for (const box of form.querySelectorAll("input[name=chosen]")) {
    letBeDragged(box.closest(".field__choice"), piles, (pile) => {
      box.checked = true;
      pile.click();
    });
  }
}
