// A page that waits for something to be made looks again by itself after so many seconds, as its link does by hand.
const again = document.querySelector("[data-look-again]");
if (again) {
  setTimeout(() => {
    if (!document.hidden) window.location.assign(again.href);
  }, Number(again.dataset.lookAgain) * 1000);
}
