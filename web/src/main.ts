import 'virtual:ui-colors.css'
import './styles.css'
import ui from '@nuxt/ui/vue-plugin'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import App from './App.vue'
import { queryClient } from './api/query-client'
import { i18n, setLocale, startLocale } from './i18n'
import { router } from './router'
import { followTheme } from './shell/theme'

followTheme()
const texts = setLocale(startLocale(), { remember: false })
// The router sets off at once: who is there and the code of the page come beside the texts.
const app = createApp(App).use(router).use(i18n).use(VueQueryPlugin, { queryClient }).use(ui)
await texts
app.mount('#app')
