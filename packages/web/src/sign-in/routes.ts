import type { RouteRecordRaw } from 'vue-router';
import SignInLayout from './SignInLayout.vue';
import SignInPage from './SignInPage.vue';

/** The first page of whoever comes is there with the program; the others come when they are gone to. */
export const signInRoutes: RouteRecordRaw = {
  path: '/sign-in',
  component: SignInLayout,
  meta: { public: true },
  children: [
    { path: '', name: 'sign-in', component: SignInPage },
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
