import type { RouteRecordRaw } from 'vue-router';

export const accountRoutes: RouteRecordRaw = {
  path: 'account',
  component: () => import('./AccountPage.vue'),
  redirect: { name: 'account-general' },
  children: [
    { path: 'general', name: 'account-general', component: () => import('./GeneralTab.vue') },
    { path: 'users', name: 'account-users', component: () => import('../users/UsersTab.vue') },
    { path: 'activity', name: 'account-activity', component: () => import('../activity/ActivityTab.vue') },
  ],
};
