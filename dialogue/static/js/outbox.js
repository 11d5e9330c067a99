// What is written on a form is sent once, also when there is no network: it waits on this device and is sent when
// there is one again, with the key of its own page, so that the server stores it once even if its first answer was
// lost. A picture that is not sent yet waits here too. Without storage it waits as long as the page is open.
const STORE = "dialogue-outbox";
const SECONDS_BETWEEN = [5, 15, 60, 300];
const LONGEST_ANSWER = 120_000;

function inStore(mode, act) {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(STORE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept");
    asked.onerror = () => fail(asked.error);
    asked.onsuccess = () => {
      const change = asked.result.transaction("kept", mode);
      const request = act(change.objectStore("kept"));
      change.oncomplete = () => {
        asked.result.close();
        done(request.result);
      };
      change.onabort = () => fail(change.error);
    };
  });
}

async function read(key) {
  try {
    return await inStore("readonly", (kept) => kept.get(key));
  } catch {
    return undefined;
  }
}

async function keep(key, value) {
  try {
    await inStore("readwrite", (kept) => (value === undefined ? kept.delete(key) : kept.put(value, key)));
  } catch {
    // Storage is turned off or full: it waits as long as the page is open.
  }
}

const pictureOf = (key) => `${key}-picture`;

function fill(form, fields) {
  for (const [name, value] of fields) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "file") choose(field, value);
      else if (field.matches("[type=radio], [type=checkbox]")) field.checked = field.value === value;
      else field.value = value;
    }
  }
}

function choose(input, file) {
  if (!file?.size) return;
  const files = new DataTransfer();
  files.items.add(file);
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function attend(form) {
  const key = form.dataset.outbox;
  const notice = document.querySelector(`[data-outbox-notice="${CSS.escape(key)}"]`);
  const input = form.querySelector("input[type=file]");
  let waiting = null;
  let sending = false;
  let tries = 0;
  let timer = 0;

  const show = (waits) => {
    notice.hidden = !waits;
    form.hidden = waits;
  };

  const later = async () => {
    const isNew = notice.hidden;
    show(true);
    if (isNew) notice.focus();
    clearTimeout(timer);
    timer = setTimeout(deliver, SECONDS_BETWEEN[Math.min(tries, SECONDS_BETWEEN.length - 1)] * 1000);
    tries += 1;
    await keep(key, waiting);
  };

  const answerTo = async ({ action, fields }) => {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    try {
      return await fetch(action, { method: "POST", body, signal: AbortSignal.timeout(LONGEST_ANSWER) });
    } catch {
      return null;
    }
  };

  async function deliver() {
    if (sending || !waiting) return;
    if (!navigator.onLine) {
      await later();
      return;
    }
    sending = true;
    const sent = waiting;
    const answer = await answerTo(sent);
    sending = false;
    if (waiting !== sent) return;
    if (!answer || answer.status >= 500 || answer.status === 429) {
      await later();
      return;
    }
    waiting = null;
    await keep(key);
    if (answer.redirected) {
      location.assign(answer.url);
      return;
    }
    // The server has something to say about it: the form is sent as without script, and the page says what.
    fill(form, sent.fields);
    form.submit();
  }

  form.addEventListener("submit", (event) => {
    // A button that sends the form elsewhere, such as to look for what is alike, sends it as it stands.
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (sending) return;
    event.submitter?.setAttribute("aria-busy", "true");
    waiting = { action: form.action, fields: [...new FormData(form)] };
    deliver();
  });
  notice.querySelector("[data-outbox-now]").addEventListener("click", () => {
    tries = 0;
    deliver();
  });
  notice.querySelector("[data-outbox-change]").addEventListener("click", async () => {
    clearTimeout(timer);
    if (waiting) fill(form, waiting.fields);
    waiting = null;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
    show(false);
    await keep(key);
  });
  window.addEventListener("online", () => {
    tries = 0;
    deliver();
  });
  input?.addEventListener("chosen", () => keep(pictureOf(key), input.files[0]));

  (async () => {
    const before = await read(key);
    if (before && !waiting) {
      waiting = before;
      show(true);
      await deliver();
    } else if (input && !input.files.length && !form.querySelector("[name=held_picture]")) {
      choose(input, await read(pictureOf(key)));
    }
  })();
}

function forget(key) {
  keep(key);
  keep(pictureOf(key));
}

for (const done of document.querySelectorAll("[data-draft-clear]")) forget(done.dataset.draftClear);
for (const done of document.querySelectorAll("[data-draft-drop]")) {
  done.addEventListener("click", () => forget(done.dataset.draftDrop));
}

for (const form of document.querySelectorAll("form[data-outbox]")) attend(form);
