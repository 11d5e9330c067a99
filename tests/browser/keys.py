"""A hand on the keyboard that knows how long it has taken."""

from playwright.sync_api import Locator, Page

MOST_STEPS = 200
# A calm typist: somebody who writes reports, not a secretary.
LETTERS_A_SECOND = 4


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
