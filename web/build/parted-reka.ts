import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const WHOLE = /reka-ui\/dist\/namespaced\/index\.mjs$/
const PART = '\0reka-part:'
const NAMESPACE = /^const (\w+) = (\{[^{}]*\});$/gm
const PASSED_ON = /^export \{[^}]*\} from 'reka-ui';$/gm

/**
 * Takes the module apart in which Nuxt UI finds the parts of its menus, popovers and boxes: as one module, whoever shows
 * a menu loads all of them. Fails the build when a new Reka UI no longer has the module as it is read here.
 */
export function partedReka(): Plugin {
  const parts = new Map<string, string>()
  return {
    name: 'parted-reka',
    apply: 'build',
    resolveId: (id) => (id.startsWith(PART) ? id : null),
    load(id) {
      if (id.startsWith(PART)) return { code: parts.get(id) ?? '', moduleSideEffects: false }
      if (!WHOLE.test(id)) return null
      const source = readFileSync(id, 'utf8')
      for (const [, name = '', members = ''] of source.matchAll(NAMESPACE)) parts.set(PART + name, part(name, members))
      const named = [...parts.keys()].map((one) => `export * from ${JSON.stringify(one)}`)
      return { code: [...(source.match(PASSED_ON) ?? []), ...named].join('\n'), moduleSideEffects: false }
    },
    buildEnd(error) {
      if (!error && !process.env['VITEST'] && parts.size === 0) this.error('parted-reka found nothing to take apart')
    },
  }
}

function part(name: string, members: string): string {
  const components = [...members.matchAll(/: (\w+)/g)].map(([, component]) => component)
  return `import { ${components.join(', ')} } from 'reka-ui'\nexport const ${name} = ${members}`
}
