// Follows what a page shows, while the page is seen. Messages come over one connection; where none can be held, or
// something between keeps back what is sent, the same is asked for every few seconds. What they mean is up to the
// page: each is given to it as an event "live" (what has changed) or "live-reload" (more than can be told).
const QUIET = 25000; // the server says something every ten seconds
const PATIENCE = 6000; // until the first word
const BETWEEN = 5000;
const AGAIN = 60000; // until a connection is tried anew, where it could not be held
const HIDDEN = 20000; // a page that nobody sees lets its connection go after a while

function follow(root) {
  let since = Number(root.dataset.liveSince);
  let source = null;
  let timer = 0;
  let asksSince = 0;

  const tell = (name, detail) => root.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));

  function take(message) {
    if (message.upto <= since) return;
    since = message.upto;
    if (message.reload) tell("live-reload");
    else tell("live", message);
  }

  function stop() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  async function ask() {
    clearTimeout(timer);
    try {
      const answer = await fetch(`${root.dataset.liveChanges}${root.dataset.liveChanges.includes("?") ? "&" : "?"}since=${since}`, { cache: "no-cache" });
      if (answer.ok) take(await answer.json());
      else if (answer.status === 404) return tell("live-reload");
    } catch {
      // There is no network now. The next time tells everything.
    }
    if (document.hidden) return;
    timer = Date.now() - asksSince > AGAIN ? setTimeout(start, BETWEEN) : setTimeout(ask, BETWEEN * (0.8 + 0.4 * Math.random()));
  }

  function askFromNowOn() {
    stop();
    asksSince = Date.now();
    ask();
  }

  function heard() {
    clearTimeout(timer);
    timer = setTimeout(() => { stop(); start(); }, QUIET);
  }

  function start() {
    stop();
    if (!window.EventSource) return askFromNowOn();
    const address = root.dataset.live;
    source = new EventSource(`${address}${address.includes("?") ? "&" : "?"}since=${since}`);
    timer = setTimeout(askFromNowOn, PATIENCE);
    source.addEventListener("beat", () => { asksSince = 0; heard(); });
    source.addEventListener("changes", (event) => { heard(); take(JSON.parse(event.data)); });
    source.addEventListener("reload", (event) => { heard(); take({ upto: Number(event.lastEventId), reload: true }); });
    source.addEventListener("error", () => {
      // The browser tries again by itself, unless it was refused.
      if (source?.readyState === EventSource.CLOSED) askFromNowOn();
      else heard();
    });
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(root.liveHidden);
    if (document.hidden) root.liveHidden = setTimeout(stop, HIDDEN);
    else if (!source && !asksSince) start();
    else if (!source) ask();
  });
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", (event) => { if (event.persisted) start(); });
  start();
}

for (const root of document.querySelectorAll("[data-live]")) follow(root);
