// The desk's menu folds away on phones. Without script it stands open.
for (const button of document.querySelectorAll("[data-menu]")) {
  const menu = document.getElementById(button.dataset.menu);
  const open = (yes) => {
    button.setAttribute("aria-expanded", String(yes));
    menu.toggleAttribute("data-closed", !yes);
  };
  button.hidden = false;
  open(false);
  button.addEventListener("click", () => open(menu.hasAttribute("data-closed")));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || button.offsetParent === null) return;
    open(false);
    button.focus();
  });
}
