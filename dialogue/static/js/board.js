// Cards of a board are dragged to another column with the mouse or a pen. Dropping one does what the card's own
// button for that column does; without script, by keyboard and on a touch screen the buttons are what there is.
const FAR_ENOUGH = 6;

function moveTo(card, column) {
  return card.querySelector(`[data-moves-to="${column.dataset.column}"]`);
}

function columnAt(board, x, y) {
  const column = document.elementFromPoint(x, y)?.closest("[data-column]");
  return column && board.contains(column) ? column : null;
}

function drag(board, card, start) {
  const columns = [...board.querySelectorAll("[data-column]")].filter((column) => moveTo(card, column));
  let begun = false;
  let moved = null;

  const follow = (event) => {
    const x = event.clientX - start.clientX;
    const y = event.clientY - start.clientY;
    if (!begun && Math.hypot(x, y) < FAR_ENOUGH) return;
    if (!begun) {
      begun = true;
      card.setAttribute("data-dragged", "");
      for (const column of columns) column.setAttribute("data-may-drop", "");
    }
    event.preventDefault();
    moved?.cancel();
    const place = { transform: `translate(${x}px, ${y}px)` };
    moved = card.animate([place, place], { duration: 1, fill: "forwards" });
    const over = columnAt(board, event.clientX, event.clientY);
    for (const column of columns) column.toggleAttribute("data-over", column === over);
  };

  const end = (event) => {
    document.removeEventListener("pointermove", follow);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    document.removeEventListener("keydown", giveUp);
    const over = event.type === "pointerup" ? columnAt(board, event.clientX, event.clientY) : null;
    card.removeAttribute("data-dragged");
    moved?.cancel();
    for (const column of columns) {
      column.removeAttribute("data-may-drop");
      column.removeAttribute("data-over");
    }
    if (!begun || !columns.includes(over)) return;
    const way = moveTo(card, over);
    const link = way.querySelector("a");
    if (link) link.click();
    else way.querySelector("form").requestSubmit();
  };

  const giveUp = (event) => {
    if (event.key === "Escape") end(event);
  };

  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
  document.addEventListener("keydown", giveUp);
}

for (const board of document.querySelectorAll("[data-board]")) {
  for (const card of board.querySelectorAll("[data-card]")) {
    card.setAttribute("data-draggable", "");
    // A link has a drag of its own, which would end this one.
    card.addEventListener("dragstart", (event) => event.preventDefault());
    card.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" || event.button !== 0) return;
      if (event.target.closest("button, summary, input, form")) return;
      drag(board, card, event);
    });
  }
}
