"""A hand on the keyboard that knows how long it has taken."""

from playwright.sync_api import Locator, Page

MOST_STEPS = 200
# A calm typist: somebody who writes reports, not a secretary.
LETTERS_A_SECOND = 4
# What has the focus without a mark around it or its field, or outside the window; nothing when all is well.
# The skip link needs no mark: it shows only while it has the focus. The calendar's button within a date has the
# browser's own, which the page cannot ask about.
UNSEEN_FOCUS = """() => {
  const part = document.activeElement;
  if (part === document.body) return null;
  const marked = [part, part.closest(".ds-field, .card")].some(place => {
    if (!place) return false;
    const looks = getComputedStyle(place);
    return looks.outlineStyle !== "none" && parseFloat(looks.outlineWidth) > 0;
  }) || part.matches(".ds-skip-link, input[type=date]:not(:focus-visible)");
  const { top, bottom, left, right } = part.getBoundingClientRect();
  const inside = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
  return marked && inside ? null : part.outerHTML.slice(0, 200);
}"""


class Keys:
    """Presses keys in a window, one a second, and writes words at a calm typist's pace."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0
        self.letters = 0

    @property
    def seconds(self) -> float:
        """How long all of it would have taken."""
        return self.presses + self.letters / LETTERS_A_SECOND

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)
        self.presses += 1

    def see(self) -> None:
        """Look where the focus is."""
        unseen = self.page.evaluate(UNSEEN_FOCUS)
        assert unseen is None, f"nobody sees that this has the focus: {unseen}"

    def walk_to(self, target: Locator) -> None:
        """Press Tab until it has the focus; on a new page by way of the skip link."""
        target.wait_for()
        if self.page.evaluate("document.activeElement === document.body && !location.hash"):
            self.press("Tab")
            self.press("Enter")
        for _step in range(MOST_STEPS):
            if target.evaluate("part => part === document.activeElement"):
                return
            self.press("Tab")
            self.see()
        raise AssertionError(f"the keyboard does not come to {target}")

    def push(self, target: Locator) -> None:
        """Walk to a button or a link, and press it."""
        self.walk_to(target)
        self.press("Enter")

    def follow(self, target: Locator) -> None:
        """The same, and wait for the page that comes."""
        self.walk_to(target)
        with self.page.expect_navigation():
            self.press("Enter")

    def tick(self, target: Locator) -> None:
        """Walk to a box and tick it."""
        self.walk_to(target)
        self.press("Space")

    def write(self, target: Locator, text: str) -> None:
        """Walk to a field and write in it; what stood there is marked, and goes."""
        self.walk_to(target)
        self.page.keyboard.type(text)
        self.letters += len(text)
