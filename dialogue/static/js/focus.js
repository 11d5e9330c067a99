// After a form came back with errors the summary has the focus, also in browsers that give `autofocus` to
// fields only; a link in the summary moves into the field itself.
window.addEventListener("load", () => {
  if (document.activeElement === document.body) document.querySelector("[data-focus]")?.focus();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".error-summary a[href^='#']");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  const field = target.matches("fieldset") ? target.querySelector("input, select, textarea") : target;
  event.preventDefault();
  field.focus();
  (target.closest(".field") || target).scrollIntoView({ block: "start" });
});
