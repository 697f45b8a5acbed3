// Runs before the first paint, so that a dark page never flashes white. A file: the policy allows no inline script.
// shell/theme.ts keeps the choice under the same key.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('ventanilla.theme')
  } catch {
    // Storage is off: the system decides.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.classList.add(dark ? 'dark' : 'light')
})()
