// While somebody writes, and only when they pause, the server is asked what others have said that looks like it.
// A line below the field says how many do and leads to them; nothing that is being written in moves, and when the
// answer is late or fails, nothing happens.
const PAUSE = 1200;
const FEWEST_LETTERS = 20;
const MOST_ASKED = 60;

for (const part of document.querySelectorAll("[data-similar]")) {
  const form = document.getElementById(part.dataset.similarForm);
  const list = part.querySelector("[data-similar-found]");
  const line = form.querySelector("[data-similar-line]");
  const link = Object.assign(document.createElement("a"), { href: `#${part.id}` });
  let waiting = 0;
  let asked = 0;
  let asking = null;
  let last = "";
  let isOff = false;

  const written = () => [...form.querySelectorAll("[name=title], [name=text]")].map((field) => field.value).join(" ");

  const show = (html) => {
    const came = new DOMParser().parseFromString(html, "text/html");
    list.replaceChildren(...came.body.children);
    const title = list.querySelector("[data-similar-title]");
    part.hidden = !title;
    const says = title ? title.textContent : "";
    // Who listens to the page is told anew only when it is something else.
    if (line.textContent === says) return;
    link.textContent = says;
    line.replaceChildren(...(says ? [link] : []));
  };

  const ask = async () => {
    const text = written();
    if (isOff || text === last || text.trim().length < FEWEST_LETTERS || asked >= MOST_ASKED) return;
    last = text;
    asked += 1;
    asking?.abort();
    asking = new AbortController();
    const body = new FormData(form);
    body.set("only", "list");
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    try {
      const answer = await fetch(part.dataset.similar, { method: "POST", body: new URLSearchParams(body), signal: asking.signal });
      // What somebody looks at right now is not taken from under their hand.
      if (answer.ok && !isOff && !part.contains(document.activeElement)) show(await answer.text());
    } catch {
      // They can write and send as if it had never been asked.
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  const away = part.querySelector("[data-similar-away]");
  away.hidden = false;
  away.addEventListener("click", () => {
    isOff = true;
    show("");
    form.querySelector("[name=text]").focus();
  });
  // A draft that this device kept was not typed now.
  if (part.hidden && written().trim()) waiting = setTimeout(ask, PAUSE);
}
