import type { Plugin } from 'vite'

/**
 * Tells the browser in the page itself which scripts the given modules are made of, so that they are on their way
 * beside the first ones: they would be known of only once those have run.
 */
export function earlyPages(modules: readonly string[]): Plugin {
  let base = '/'
  return {
    name: 'early-pages',
    apply: 'build',
    configResolved(config) {
      base = config.base
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const files = new Set<string>()
        const add = (name: string): void => {
          const chunk = bundle[name]
          if (chunk?.type !== 'chunk' || files.has(name)) return
          files.add(name)
          chunk.imports.forEach(add)
        }
        for (const module of modules) {
          const page = Object.values(bundle).find((one) => one.type === 'chunk' && one.facadeModuleId?.endsWith(module))
          if (!page) throw new Error(`${module} is no chunk of its own`)
          add(page.fileName)
        }
        return [...files]
          .map((name) => `${base}${name}`)
          .filter((href) => !html.includes(href))
          .map((href) => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href }, injectTo: 'head' }))
      },
    },
  }
}
