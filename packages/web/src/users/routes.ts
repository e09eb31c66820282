import type { RouteRecordRaw } from 'vue-router';

export const userRoutes: RouteRecordRaw = {
  path: 'users/:id',
  component: () => import('./UserPage.vue'),
  redirect: (to) => ({ name: 'user-profile', params: to.params }),
  children: [
    { path: 'profile', name: 'user-profile', component: () => import('./ProfileTab.vue') },
    { path: 'devices', name: 'user-devices', component: () => import('../devices/DevicesTab.vue') },
    { path: 'security', name: 'user-security', component: () => import('../security/SecurityTab.vue') },
  ],
};
