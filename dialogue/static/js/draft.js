// What is not sent yet is kept on this device, so that a call or a lost connection costs nothing: the text of one
// field, or everything that was written and chosen in a form.
const PREFIX = "dialogue-draft-";
const KEPT = "textarea, select, input:not([type=hidden], [type=file], [type=submit])";

function fieldsOf(part) {
  return part.matches("form") ? [...part.querySelectorAll(KEPT)].filter((field) => field.name) : [part];
}

function isChoice(field) {
  return field.matches("[type=radio], [type=checkbox]");
}

function isWritten(field) {
  return field.value && field.matches("textarea, input[type=text], input[type=url]");
}

function save(part, key) {
  const fields = fieldsOf(part);
  if (!part.matches("form")) {
    if (part.value) localStorage.setItem(key, part.value);
    else localStorage.removeItem(key);
    return;
  }
  const values = fields.filter((field) => !isChoice(field) || field.checked).map((field) => [field.name, field.value]);
  if (fields.some(isWritten)) localStorage.setItem(key, JSON.stringify(values));
  else localStorage.removeItem(key);
}

function restore(part, key) {
  const kept = localStorage.getItem(key);
  const fields = fieldsOf(part);
  // What the server shows again after an error is newer than the draft.
  if (!kept || fields.some(isWritten)) return;
  const values = part.matches("form") ? JSON.parse(kept) : [[part.name, kept]];
  const chosen = new Set(fields.filter((field) => field.checked).map((field) => field.name));
  for (const [name, value] of values) {
    for (const field of fields.filter((one) => one.name === name)) {
      if (!isChoice(field)) field.value = value;
      // What the address has chosen stays chosen.
      else if (!chosen.has(name) && field.value === value) field.checked = true;
    }
  }
}

function forget(key) {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Storage is turned off, so nothing was kept.
  }
}

for (const done of document.querySelectorAll("[data-draft-clear]")) forget(done.dataset.draftClear);
for (const done of document.querySelectorAll("[data-draft-drop]")) {
  done.addEventListener("click", () => forget(done.dataset.draftDrop));
}

for (const part of document.querySelectorAll("[data-draft]")) {
  const key = PREFIX + part.dataset.draft;
  try {
    restore(part, key);
    for (const field of fieldsOf(part)) field.dispatchEvent(new Event("input"));
    for (const happens of ["input", "change"]) {
      part.addEventListener(happens, () => {
        try {
          save(part, key);
        } catch {
          // Storage is full: what was kept before stays.
        }
      });
    }
  } catch {
    // Storage is turned off, or holds what nobody wrote here: the page works as without script.
  }
}
