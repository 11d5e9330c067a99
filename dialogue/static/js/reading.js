// For whoever reads ideas one by one: what is marked in the text is added to what is to be taken out, and the idea
// stays theirs while the page is open.
const EVERY = 60_000;

for (const button of document.querySelectorAll("[data-mark]")) {
  const field = document.querySelector(`[name="${CSS.escape(button.dataset.mark)}"]`);
  if (!field) continue;
  button.hidden = false;
  // Pressing a button must not let go of what is marked.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const marked = String(document.getSelection()).replace(/\s+/g, " ").trim();
    if (marked) field.value = [field.value.trim(), marked].filter(Boolean).join("\n");
    field.focus();
  });
}

for (const part of document.querySelectorAll("[data-renew]")) {
  const token = document.querySelector("input[name=csrf_token]")?.value ?? "";
  setInterval(() => {
    if (document.hidden) return;
    fetch(part.dataset.renew, { method: "POST", body: new URLSearchParams({ csrf_token: token }) }).catch(() => {});
  }, EVERY);
}
