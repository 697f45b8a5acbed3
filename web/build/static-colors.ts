import palette from 'tailwindcss/colors'
import type { Plugin } from 'vite'

export const COLORS = {
  primary: 'teal',
  secondary: 'indigo',
  success: 'green',
  info: 'sky',
  warning: 'amber',
  error: 'red',
  neutral: 'mist',
} as const

const SHADES = [50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950] as const
const STYLESHEET = '\0ui-colors.css'

/**
 * Hands out Nuxt UI's colour variables as the stylesheet `virtual:ui-colors.css` and silences its plugin, which writes
 * them into a <style> element at run time: a policy without 'unsafe-inline' blocks that. Fails the build when a new
 * Nuxt UI no longer has the module that it replaces.
 */
export function staticColors(): Plugin {
  let replaced = 0
  let building = false
  return {
    name: 'static-ui-colors',
    enforce: 'pre',
    configResolved(config) {
      building = config.command === 'build' && !process.env['VITEST']
    },
    resolveId: (id) => (id === 'virtual:ui-colors.css' ? STYLESHEET : null),
    load(id) {
      if (id === STYLESHEET) return stylesheet()
      if (!/@nuxt\/ui\/dist\/runtime\/plugins\/colors\.js/.test(id)) return null
      replaced += 1
      return 'export default { install() {} }'
    },
    buildEnd(error) {
      if (building && !error && replaced !== 1) {
        this.error(`static-ui-colors replaced ${replaced} modules, not 1: look at the colours plugin of @nuxt/ui`)
      }
    },
  }
}

function stylesheet(): string {
  const shades = Object.entries(COLORS).flatMap(([key, hue]) =>
    SHADES.map((shade) => `--ui-color-${key}-${shade}: ${palette[hue][shade]};`),
  )
  return `@layer theme {
    :root, :host { ${shades.join('')} }
    :root, :host, .light { ${pick(lightShade)} }
    .dark { ${pick(darkShade)} }
  }`
}

/** White text on the shade must reach 4.5:1 (WCAG 1.4.3); with Nuxt UI's own 500 it does not. */
function lightShade(key: string): number {
  return key === 'warning' || key === 'success' ? 800 : 700
}

/** On graphite the brand's 400 glares. */
function darkShade(key: string): number {
  return key === 'primary' ? 500 : 400
}

function pick(shade: (key: string) => number): string {
  const keys = Object.keys(COLORS).filter((key) => key !== 'neutral')
  return keys.map((key) => `--ui-${key}: var(--ui-color-${key}-${shade(key)});`).join('')
}
