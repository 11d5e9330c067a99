// Characters left in a text field. The limit is the server's; the field itself never cuts what is written.
for (const counter of document.querySelectorAll("[data-count-for]")) {
  const field = document.getElementById(counter.dataset.countFor);
  const limit = Number(counter.dataset.count);
  const show = () => {
    // The server counts code points after the browser has sent line breaks as two characters and we made them one.
    const left = limit - Array.from(field.value).length;
    const text = left < 0 ? counter.dataset.countOver : counter.dataset.countLeft;
    counter.textContent = text.replace("{n}", String(Math.abs(left)));
    counter.toggleAttribute("data-over", left < 0);
  };
  if (field) {
    field.addEventListener("input", show);
    show();
  }
}
