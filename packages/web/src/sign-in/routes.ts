import type { RouteRecordRaw } from 'vue-router';

export const signInRoutes: RouteRecordRaw = {
  path: '/sign-in',
  component: () => import('./SignInLayout.vue'),
  meta: { public: true },
  children: [
    { path: '', name: 'sign-in', component: () => import('./SignInPage.vue') },
    {
      path: 'verify',
      name: 'verify',
      component: () => import('./VerifyPage.vue'),
      meta: { challenge: true },
    },
    {
      path: 'recovery',
      name: 'recovery',
      component: () => import('./RecoveryPage.vue'),
      meta: { challenge: true },
    },
  ],
};
