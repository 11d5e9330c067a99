// Text that is not sent yet is kept on this device, so that a call or a lost connection costs nothing.
const PREFIX = "dialogue-draft-";

try {
  for (const done of document.querySelectorAll("[data-draft-clear]")) {
    localStorage.removeItem(PREFIX + done.dataset.draftClear);
  }
  for (const done of document.querySelectorAll("[data-draft-drop]")) {
    done.addEventListener("click", () => localStorage.removeItem(PREFIX + done.dataset.draftDrop));
  }
  for (const field of document.querySelectorAll("[data-draft]")) {
    const key = PREFIX + field.dataset.draft;
    // What the server shows again after an error is newer than the draft.
    if (!field.value) field.value = localStorage.getItem(key) || "";
    field.addEventListener("input", () => {
      if (field.value) localStorage.setItem(key, field.value);
      else localStorage.removeItem(key);
    });
    if (field.value) field.dispatchEvent(new Event("input"));
  }
} catch {
  // Storage is turned off or full: the page works as without script.
}
