"""axe-core over a page: WCAG 2.2 A and AA, and good practice."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page, expect

_LOOKS = 3
_SCRIPT = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
_SETTLE = """() => {
  const isFinite = (animation) => animation.effect?.getComputedTiming().iterations !== Infinity
  return Promise.allSettled(document.getAnimations().filter(isFinite).map((animation) => animation.finished))
}"""
_RUN = """async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const found = await axe.run(document, { runOnly: tags })
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`))
}"""


def findings(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands: the rule and the element.

    It looks again before it says that something is wrong: half-faded text would be read as low contrast.
    """
    page.evaluate(_script())
    for _ in range(_LOOKS):
        settle(page)
        found: list[str] = page.evaluate(_RUN)
        if not found:
            break
    return found


def findings_in_both_themes(page: Page) -> list[str]:
    """Return what axe finds in the dark and in the light, in which it leaves the page."""
    found: list[str] = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(f"html.{scheme}")).to_have_count(1)
        found += [f"{scheme}: {one}" for one in findings(page)]
    return found


def settle(page: Page) -> None:
    """Wait for the movements that are under way and come to an end."""
    page.evaluate(_SETTLE)


@cache
def _script() -> str:
    return _SCRIPT.read_text()
