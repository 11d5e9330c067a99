// Which ideas this device has had on its screen is kept here, by board, and sent nowhere. From the second visit on,
// what is new since then is marked, and can be chosen; without storage or script there is no such choice.
const STORE = "dialogue-seen-";
// A code that begins like another's is taken for seen; of eight letters that is rare, and costs a mark.
const LETTERS = 8;
const MOST = 4000;
const LONG_ENOUGH = 1000;
const ENOUGH_NEW = 10;
const MOST_PAGES = 5;

const board = document.querySelector("[data-unseen]");

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, codes) {
  try {
    localStorage.setItem(key, JSON.stringify(codes.slice(-MOST)));
    return true;
  } catch {
    return false;
  }
}

function follow(board) {
  const key = STORE + board.dataset.unseen;
  const kept = read(key);
  const before = new Set(Array.isArray(kept) ? kept : []);
  if (!write(key, [...before])) return;
  const now = new Set(before);
  const known = before.size > 0;
  const only = "unseenOnly" in board.dataset && known;
  const codeOf = (item) => item.dataset.idea.slice(0, LETTERS);
  const isNew = (item) => !before.has(codeOf(item));

  let saving = 0;
  const note = (item) => {
    now.delete(codeOf(item));
    now.add(codeOf(item));
    clearTimeout(saving);
    saving = setTimeout(() => write(key, [...now]), 300);
  };

  const waiting = new Map();
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      clearTimeout(waiting.get(target));
      if (isIntersecting) waiting.set(target, setTimeout(() => note(target), LONG_ENOUGH));
    }
  }, { threshold: 0.6 });

  const show = (item) => {
    if (known && isNew(item)) {
      const label = document.createElement("p");
      label.className = "wall__new";
      label.textContent = board.dataset.unseenNew;
      item.querySelector("article")?.prepend(label);
    }
    if (only && !isNew(item)) item.hidden = true;
    watch.observe(item);
  };

  const tell = () => {
    for (const list of board.querySelectorAll("[data-unseen-list]")) {
      const none = list.parentElement.querySelector("[data-unseen-none]");
      if (none && only) none.hidden = Boolean(list.querySelector("[data-idea]:not([hidden])"));
    }
  };

  for (const item of board.querySelectorAll("[data-idea]")) show(item);
  for (const choice of board.querySelectorAll("[data-unseen-choice]")) choice.hidden = !known;
  tell();

  // Ideas that come while the page is open are new as well.
  const arriving = new MutationObserver((changes) => {
    for (const change of changes) {
      for (const item of change.addedNodes) {
        if (item.nodeType === Node.ELEMENT_NODE && item.matches("[data-idea]")) show(item);
      }
    }
    tell();
  });
  for (const list of board.querySelectorAll("[data-unseen-list]")) arriving.observe(list, { childList: true });

  // On a prompt's own page older ones that were passed over are fetched, a few pages at a time.
  const list = board.querySelector(".wall-page");
  const pages = board.querySelector(".pagination");
  if (!only || !list || !pages) return;
  const more = document.createElement("button");
  more.type = "button";
  more.className = "ds-button";
  more.dataset.variant = "secondary";
  more.textContent = board.dataset.unseenMore;
  let next = pages.querySelector("a[rel=next]")?.href;
  pages.replaceWith(more);

  const shown = () => list.querySelectorAll("[data-idea]:not([hidden])").length;
  const look = async () => {
    more.disabled = true;
    const wanted = shown() + ENOUGH_NEW;
    for (let page = 0; next && page < MOST_PAGES && shown() < wanted; page += 1) {
      const answer = await fetch(next);
      if (!answer.ok) break;
      const further = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const item of further.querySelectorAll(".wall-page > [data-idea]")) {
        if (!isNew(item) || document.getElementById(item.querySelector("article").id)) continue;
        list.append(item);
        item.dispatchEvent(new CustomEvent("added", { bubbles: true }));
      }
      next = further.querySelector(".pagination a[rel=next]")?.href;
    }
    more.disabled = false;
    more.hidden = !next;
  };
  more.addEventListener("click", () => look().catch(() => location.assign(next)));
  if (shown() < ENOUGH_NEW && next) more.click();
  else more.hidden = !next;
}

if (board && "IntersectionObserver" in window) follow(board);
