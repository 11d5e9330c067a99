// Pages that the reader asked this device to remember: a title and an address, kept here and sent nowhere.
const STORE = "dialogue-remembered";

function stored() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) || [];
  } catch {
    return [];
  }
}

function store(pages) {
  try {
    localStorage.setItem(STORE, JSON.stringify(pages));
    return true;
  } catch {
    return false;
  }
}

const available = store(stored());

for (const box of available ? document.querySelectorAll("[data-remember]") : []) {
  const { remember: url, rememberTitle: title } = box.dataset;
  const button = box.querySelector("button");
  const show = () => {
    const kept = stored().some((page) => page.url === url);
    button.setAttribute("aria-pressed", String(kept));
    box.querySelector("[data-remember-off]").hidden = kept;
    box.querySelector("[data-remember-on]").hidden = !kept;
  };
  button.addEventListener("click", () => {
    const others = stored().filter((page) => page.url !== url);
    store(others.length === stored().length ? [...others, { title, url }] : others);
    show();
  });
  box.hidden = false;
  show();
}

for (const list of available ? document.querySelectorAll("[data-remembered-list]") : []) {
  const show = () => {
    const pages = stored().filter((page) => typeof page.url === "string" && page.url.startsWith("/"));
    list.hidden = pages.length === 0;
    list.querySelector("ul").replaceChildren(...pages.map((page) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = page.url;
      link.textContent = page.title;
      // It may be what somebody wrote, in any language.
      link.dir = "auto";
      const forget = document.createElement("button");
      forget.type = "button";
      forget.className = "link-button";
      forget.textContent = list.dataset.forget;
      forget.setAttribute("aria-label", `${list.dataset.forget}: ${page.title}`);
      forget.addEventListener("click", () => {
        store(stored().filter((other) => other.url !== page.url));
        show();
      });
      item.append(link, forget);
      return item;
    }));
  };
  show();
}
