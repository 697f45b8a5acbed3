import { fileURLToPath } from 'node:url'
import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { earlyPages } from './build/early-pages.ts'
import './build/old-node.ts'
import { partedReka } from './build/parted-reka.ts'
import { precompress } from './build/precompress.ts'
import { COLORS, staticColors } from './build/static-colors.ts'

/** What a dialog lies on: the page, in shade. */
const SCRIM = 'bg-neutral-950/45 dark:bg-black/60'

export default defineConfig({
  base: '/desk/',
  plugins: [
    staticColors(),
    partedReka(),
    vue(),
    ui({
      autoImport: false,
      // Its useDark() writes a <style> at every switch, which the policy forbids; shell/theme.ts does without.
      colorMode: false,
      ui: {
        colors: COLORS,
        modal: { variants: { overlay: { true: { overlay: SCRIM } } } },
        slideover: { slots: { overlay: SCRIM } },
        // Nuxt UI's own hover is 75 % opaque, too pale for white text.
        button: {
          compoundVariants: [{ color: 'primary', variant: 'solid', class: 'hover:bg-primary/95 active:bg-primary/95' }],
        },
      },
      icon: { clientBundle: { scan: { globInclude: ['src/**/*.{vue,ts}'] } } },
    }),
    // What is opened first, mostly; behind the sign-in it comes next.
    earlyPages(['/shell/AppShell.vue', '/pages/queue/QueuePage.vue']),
    precompress(),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: true,
    __VUE_PROD_DEVTOOLS__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
  build: {
    target: 'baseline-widely-available',
    sourcemap: false,
    // Data addresses in place of files would need a laxer policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
})
