import type { RouteRecordRaw } from 'vue-router';

export const homeRoutes: RouteRecordRaw[] = [
  { path: '', name: 'home', component: () => import('./HomePage.vue') },
  { path: ':path(.*)+', name: 'not-found', component: () => import('./NotFoundPage.vue') },
];
