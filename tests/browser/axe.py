"""axe-core over a page: WCAG 2.2 A and AA, and good practice."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

_SCRIPT = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
_RUN = """async () => {
  // Half-faded text would be read as low contrast.
  const isFinite = (animation) => animation.effect?.getComputedTiming().iterations !== Infinity
  await Promise.allSettled(document.getAnimations().filter(isFinite).map((animation) => animation.finished))
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const found = await axe.run(document, { runOnly: tags })
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`))
}"""


def findings(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands: the rule and the element."""
    page.evaluate(_script())
    found: list[str] = page.evaluate(_RUN)
    return found


@cache
def _script() -> str:
    return _SCRIPT.read_text()
