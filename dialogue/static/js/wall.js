// On a phone the prompts of an idea board are moved between by the finger; the tabs follow, the way to write leads to
// the prompt in front, and the page is as long as that prompt. Without script the tabs lead to their places all the
// same.
const wall = document.querySelector("[data-wall]");
const strip = document.querySelector("[data-wall-tabs] ul");

if (wall && strip) {
  const columns = [...wall.querySelectorAll("[data-wall-column]")];
  const give = document.querySelector("[data-wall-give]");
  const onePerScreen = window.matchMedia("(max-width: 47.99rem)");
  let front = null;

  let height = null;

  const fit = () => {
    height?.cancel();
    if (!onePerScreen.matches || !front) return;
    const size = { blockSize: `${front.offsetHeight + 16}px` };
    height = wall.animate([size, size], { duration: 1, fill: "forwards" });
  };

  const bringForward = (column) => {
    front = column;
    for (const tab of strip.querySelectorAll("a")) {
      if (tab.hash !== `#${column.id}`) {
        tab.removeAttribute("aria-current");
        continue;
      }
      tab.setAttribute("aria-current", "true");
      // Only the strip moves; scrollIntoView would take the page along.
      const middle = tab.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2;
      strip.scrollTo({ left: middle, behavior: "smooth" });
    }
    const write = column.querySelector(".wall__add");
    if (give && write) give.href = write.href;
    fit();
  };

  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (onePerScreen.matches && entry.isIntersecting) bringForward(entry.target);
    }
  }, { root: wall, rootMargin: "0px -45% 0px -45%" });
  const sizes = new ResizeObserver(fit);
  for (const column of columns) {
    watch.observe(column);
    sizes.observe(column);
  }
  onePerScreen.addEventListener("change", fit);
}
