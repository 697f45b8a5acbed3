import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router'
import { whoIsSignedIn } from './api/me'
import { loadAllTexts } from './i18n'

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown to people who are not signed in. */
    isOpen?: boolean
    /** Needs this permission (Me.permissions). */
    permission?: string
  }
}

const settings: RouteRecordRaw[] = [
  { path: '', redirect: { name: 'profile' } },
  { path: 'profile', name: 'profile', component: () => import('./pages/settings/profile/ProfilePage.vue') },
  { path: 'views', name: 'views', component: () => import('./pages/settings/views/ViewsPage.vue') },
  { path: 'macros', name: 'macros', component: () => import('./pages/settings/macros/MacrosPage.vue') },
  { path: 'tags', name: 'tags', component: () => import('./pages/settings/tags/TagsPage.vue') },
  { path: 'fields', name: 'fields', component: () => import('./pages/settings/fields/FieldsPage.vue') },
  { path: 'people', name: 'people', component: () => import('./pages/settings/people/PeoplePage.vue') },
  { path: 'keys', name: 'keys', component: () => import('./pages/settings/keys/KeysPage.vue') },
]

export const router = createRouter({
  history: createWebHistory('/desk/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    {
      path: '/sign-in',
      name: 'sign-in',
      meta: { isOpen: true },
      component: () => import('./pages/account/SignInPage.vue'),
    },
    { path: '/setup', name: 'setup', meta: { isOpen: true }, component: () => import('./pages/account/SetupPage.vue') },
    {
      path: '/welcome',
      name: 'welcome',
      meta: { isOpen: true },
      component: () => import('./pages/account/WelcomePage.vue'),
    },
    { path: '/reset', name: 'reset', meta: { isOpen: true }, component: () => import('./pages/account/ResetPage.vue') },
    {
      path: '/',
      component: () => import('./shell/AppShell.vue'),
      children: [
        { path: '', name: 'queue', component: () => import('./pages/queue/QueuePage.vue') },
        { path: 'tickets/:ref', name: 'ticket', component: () => import('./pages/ticket/TicketPage.vue') },
        {
          path: 'settings',
          component: () => import('./pages/settings/SettingsPage.vue'),
          children: settings,
          beforeEnter: async () => {
            await loadAllTexts()
          },
        },
        { path: ':rest(.*)*', name: 'nowhere', component: () => import('./pages/NowherePage.vue') },
      ],
    },
  ],
})

router.beforeEach(async (to) => {
  loadAhead(to)
  if (to.meta.isOpen) return true
  return (await whoIsSignedIn()) ? true : { name: 'sign-in', query: backTo(to) }
})

const backTo = (to: RouteLocationNormalized) => (to.fullPath === '/' ? {} : { next: to.fullPath })

/** Fetches the code of a page while it is asked who is there: the router would do the one after the other. */
function loadAhead(to: RouteLocationNormalized): void {
  for (const { components } of to.matched) {
    const page: unknown = components?.['default']
    // Whether it comes is the router's to tell.
    if (typeof page === 'function') Promise.resolve(page()).catch(() => undefined)
  }
}
