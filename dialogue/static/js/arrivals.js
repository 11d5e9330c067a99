// What happens on a board while somebody reads it. Counts change in place and what is taken away goes; new ideas
// come in at the top for who is there, and wait behind a button for who has read on.
const CALM = 1500; // between two that come in by themselves
const FEW = 3;
const SAY_EVERY = 8000;
const JITTER = 1500; // so that a full hall does not ask for the page at once
const RELOADED = "dialogue-live-reloaded";

function arrivals(root) {
  const button = root.querySelector("[data-live-new]");
  const status = root.querySelector("[data-live-status]");
  const waiting = new Map();
  let last = 0;
  let said = 0;
  let unsaid = 0;

  const card = (code) => document.getElementById(`idea-${code}`);
  const listOf = (column) => document.querySelector(`[data-live-list="${column}"]`);

  function made(html) {
    return document.adoptNode(new DOMParser().parseFromString(html, "text/html").querySelector("article"));
  }

  function replace(old, html) {
    const fresh = made(html);
    const focused = [...old.querySelectorAll("a, button")].indexOf(document.activeElement);
    old.replaceWith(fresh);
    fresh.dispatchEvent(new CustomEvent("added", { bubbles: true }));
    if (focused >= 0) fresh.querySelectorAll("a, button")[focused]?.focus({ preventScroll: true });
  }

  function insert(list, code, html) {
    const fresh = made(html);
    const entry = document.createElement("li");
    entry.dataset.idea = code;
    entry.append(fresh);
    entry.classList.add("arrives");
    list.prepend(entry);
    for (const none of document.querySelectorAll(`[data-live-none=""], [data-live-none="${list.dataset.liveList}"]`)) none.remove();
    for (const some of document.querySelectorAll("[data-live-some]")) some.hidden = false;
    fresh.dispatchEvent(new CustomEvent("added", { bubbles: true }));
    return fresh;
  }

  function isAtTop(list) {
    // A list that is empty takes no place; where it would begin is where what holds it does.
    const { top } = (list.childElementCount ? list : list.parentElement).getBoundingClientRect();
    return !document.hidden && top > 0 && top < window.innerHeight && !list.contains(document.activeElement);
  }

  function say() {
    clearTimeout(say.timer);
    if (!unsaid) return;
    const wait = said + SAY_EVERY - Date.now();
    if (wait > 0) {
      say.timer = setTimeout(say, wait);
      return;
    }
    status.textContent = words(unsaid);
    said = Date.now();
    unsaid = 0;
  }

  const words = (number) => (number === 1 ? button.dataset.one : button.dataset.many.replace("#", number));

  function offer() {
    if (button.dataset.isChanged) return;
    button.hidden = waiting.size === 0;
    button.textContent = words(waiting.size);
  }

  function come(idea) {
    const list = listOf(idea.column);
    if (list && waiting.size === 0 && isAtTop(list) && Date.now() - last > CALM) {
      insert(list, idea.code, idea.html);
      return true;
    }
    waiting.set(idea.code, idea);
    return false;
  }

  function count(columns) {
    let all = 0;
    for (const [column, number] of Object.entries(columns)) {
      all += number;
      for (const place of document.querySelectorAll(`[data-live-count="${column}"]`)) place.textContent = number;
    }
    for (const place of document.querySelectorAll('[data-live-count="all"]')) place.textContent = all;
  }

  function wait(words) {
    const line = document.querySelector("[data-live-waiting]");
    if (!line) return;
    line.hidden = !words;
    line.firstElementChild.textContent = words;
  }

  root.addEventListener("live", ({ detail: { ideas, gone, counts, columns, waiting: unread } }) => {
    let came = 0;
    const fresh = ideas.filter((idea) => {
      const old = card(idea.code);
      if (old) replace(old, idea.html);
      return !old;
    });
    for (const idea of fresh) {
      if (fresh.length > FEW) waiting.set(idea.code, idea);
      else if (come(idea)) came += 1;
    }
    if (came) last = Date.now();
    for (const code of gone) {
      waiting.delete(code);
      const old = card(code);
      old?.closest("li")?.remove();
    }
    for (const [code, number] of Object.entries(counts)) {
      const place = card(code)?.querySelector("[data-live-support], .support__count");
      if (place) place.textContent = number;
    }
    if (columns) count(columns);
    if (unread !== undefined) wait(unread);
    unsaid += fresh.length;
    offer();
    say();
  });

  function mayReload() {
    const busy = document.activeElement && document.activeElement !== document.body && document.activeElement.id !== "main";
    const before = Number(sessionStorage.getItem(RELOADED) || 0);
    return !document.hidden && !busy && window.scrollY < window.innerHeight / 2 && Date.now() - before > 20000;
  }

  root.addEventListener("live-reload", () => {
    setTimeout(() => {
      if (mayReload()) {
        sessionStorage.setItem(RELOADED, Date.now());
        location.reload();
        return;
      }
      button.dataset.isChanged = "yes";
      button.textContent = button.dataset.changed;
      button.href = location.href;
      button.hidden = false;
      status.textContent = button.dataset.changed;
    }, Math.random() * JITTER);
  });

  button.addEventListener("click", (event) => {
    const here = [...waiting.values()].filter((idea) => listOf(idea.column));
    // Elsewhere, as on a page sorted otherwise, the button is a link to where they are.
    if (button.dataset.isChanged || here.length < waiting.size) return;
    event.preventDefault();
    let newest = null;
    for (const idea of here) newest = insert(listOf(idea.column), idea.code, idea.html);
    waiting.clear();
    offer();
    newest.scrollIntoView({ block: "center" });
    newest.querySelector("a")?.focus({ preventScroll: true });
  });
}

for (const root of document.querySelectorAll("[data-live]:not([data-projector])")) arrivals(root);
