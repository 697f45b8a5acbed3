/** What ends late must not undo what somebody did meanwhile: neither take the focus nor turn a page. */
let acts = 0
const count = (): void => {
  acts += 1
}
// A click has no pointer before it where a screen reader makes it.
for (const deed of ['pointerdown', 'keydown', 'click']) addEventListener(deed, count, { capture: true, passive: true })

/** Returns a function that tells whether nothing was pressed since. */
export function untilNextAct(): () => boolean {
  const then = acts
  return () => acts === then
}
