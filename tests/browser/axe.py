"""axe-core, put into the page that is open; the page's own security policy does not concern it."""

import importlib.resources

from playwright.sync_api import Page

SCRIPT = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text()

STANDARDS = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# All that can differ between light and dark.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def faults(page: Page, rules: object = STANDARDS) -> list[str]:
    """What axe finds on a page, a line for each rule that is broken."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    found: list[str] = page.evaluate(
        """async (rules) => {
          const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"], preload: false });
          return violations.map(({ id, help, nodes }) =>
            `${id} (${help}): ` + nodes.slice(0, 4).map(node =>
              `${node.target.join(" ")} — ${node.failureSummary.replace(/\\s+/g, " ")}`).join("; "));
        }""",
        rules,
    )
    return found
