// A board on the wall of a hall. New ideas come in one after the other; keys, buttons and a presenter's remote step
// through them one at a time; what is hidden here is hidden on this wall only, until the window is closed.
const PACE = 1200;
const MOST = 60;

function project(root) {
  const wall = root.querySelector("[data-projector-wall]");
  const place = root.querySelector("[data-projector-place]");
  const none = root.querySelector("[data-projector-none]");
  const hide = root.querySelector("[data-projector-hide]");
  const showHidden = root.querySelector("[data-projector-hidden]");
  const begin = root.querySelector("[data-projector-begin]");
  const previous = root.querySelector("[data-projector-previous]");
  const back = root.querySelector("[data-projector-back]");
  const column = root.dataset.projectorColumn;
  const store = `dialogue-projector-${root.dataset.projector}`;
  const hidden = new Set(JSON.parse(sessionStorage.getItem(store) || "[]"));
  const queue = [];
  let at = null;
  let pacing = 0;

  root.querySelector("[data-projector-keys]").hidden = false;
  if (root.dataset.projectorOne) {
    // This page, for those without script, holds one idea alone: begin with all of them.
    location.replace(root.querySelector("[data-projector-all]").href);
    return;
  }
  const words = begin.textContent;

  const cards = () => [...wall.children].filter((card) => !hidden.has(card.dataset.idea));

  function show() {
    const all = cards();
    if (at && !all.includes(at)) at = null;
    for (const card of wall.children) card.hidden = hidden.has(card.dataset.idea) || (at !== null && card !== at);
    root.toggleAttribute("data-stepping", at !== null);
    place.textContent = at ? place.dataset.words.replace("##", all.length).replace("#", all.indexOf(at) + 1) : "";
    hide.hidden = !at;
    const count = [...wall.children].filter((card) => hidden.has(card.dataset.idea)).length;
    showHidden.hidden = count === 0;
    showHidden.textContent = showHidden.dataset.words.replace("#", count);
    none.hidden = wall.children.length > 0;
    begin.textContent = at ? begin.dataset.next : words;
    begin.hidden = all.length === 0;
    for (const extra of [previous, back]) extra.hidden = at === null;
  }

  function step(by) {
    const all = cards();
    if (!all.length) return;
    const next = at ? all.indexOf(at) + by : 0;
    at = all[Math.min(Math.max(next, 0), all.length - 1)];
    show();
    window.scrollTo(0, 0);
  }

  function keep() {
    sessionStorage.setItem(store, JSON.stringify([...hidden]));
    show();
  }

  function hideThis() {
    if (!at) return;
    const all = cards();
    const next = all[all.indexOf(at) + 1] || all[all.indexOf(at) - 1] || null;
    hidden.add(at.dataset.idea);
    at = next;
    keep();
  }

  function made(html) {
    return document.adoptNode(new DOMParser().parseFromString(html, "text/html").querySelector("article"));
  }

  function next() {
    const idea = queue.shift();
    pacing = idea ? setTimeout(next, PACE) : 0;
    if (!idea) return;
    const card = made(idea.html);
    card.classList.add("arrives");
    wall.prepend(card);
    while (wall.children.length > MOST && wall.lastElementChild !== at) wall.lastElementChild.remove();
    show();
  }

  root.addEventListener("live", ({ detail: { ideas, gone, counts } }) => {
    for (const idea of ideas) {
      const old = document.getElementById(`idea-${idea.code}`);
      const waits = queue.find((other) => other.code === idea.code);
      if (old) {
        const fresh = made(idea.html);
        if (at === old) at = fresh;
        old.replaceWith(fresh);
      } else if (waits) waits.html = idea.html;
      else if (!column || String(idea.column) === column) queue.push(idea);
    }
    for (const code of gone) {
      const waits = queue.findIndex((other) => other.code === code);
      if (waits >= 0) queue.splice(waits, 1);
      const old = document.getElementById(`idea-${code}`);
      if (old && old === at) step(1);
      if (old === at) at = null;
      old?.remove();
    }
    for (const [code, number] of Object.entries(counts)) {
      const count = document.querySelector(`#idea-${code} [data-live-support]`);
      if (count) count.textContent = number;
    }
    show();
    if (!pacing) next();
  });
  root.addEventListener("live-reload", () => setTimeout(() => location.reload(), 1000 + Math.random() * 1000));

  begin.addEventListener("click", (event) => { event.preventDefault(); step(1); });
  previous.addEventListener("click", () => step(-1));
  back.addEventListener("click", () => { at = null; show(); });
  hide.addEventListener("click", hideThis);
  showHidden.addEventListener("click", () => { hidden.clear(); keep(); });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target.closest("a, button");
    const forward = ["ArrowRight", "ArrowDown", "PageDown"].includes(event.key) || (event.key === " " && !onButton);
    if (forward) step(1);
    else if (["ArrowLeft", "ArrowUp", "PageUp"].includes(event.key)) step(-1);
    else if (event.key === "Escape") { at = null; show(); }
    else if (event.key.toLowerCase() === "h") hideThis();
    else return;
    event.preventDefault();
  });
  show();
}

for (const root of document.querySelectorAll("[data-projector]")) project(root);
