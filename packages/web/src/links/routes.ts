import type { RouteRecordRaw } from 'vue-router';

/** Where the links of mails lead, and where one is asked for. Whoever holds a link may be signed in, or not. */
export const linkRoutes: RouteRecordRaw = {
  // Their addresses are short, since a mail shows them: this one leads nowhere itself.
  path: '/links',
  redirect: { name: 'sign-in' },
  component: () => import('./LinkLayout.vue'),
  meta: { anyone: true },
  children: [
    {
      path: '/forgot-password',
      name: 'forgot-password',
      component: () => import('../passwords/ForgotPasswordPage.vue'),
    },
    {
      path: '/reset-password',
      name: 'reset-password',
      component: () => import('../passwords/SetPasswordPage.vue'),
    },
    {
      path: '/first-password',
      name: 'first-password',
      component: () => import('../passwords/SetPasswordPage.vue'),
    },
    {
      path: '/invitation',
      name: 'invitation',
      component: () => import('../invitations/AcceptInvitationPage.vue'),
    },
    {
      path: '/confirm-email',
      name: 'confirm-email',
      component: () => import('../email/ConfirmEmailPage.vue'),
    },
    { path: '/not-me', name: 'not-me', component: () => import('../way-back/NotMePage.vue') },
  ],
};
