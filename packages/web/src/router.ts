import { nextTick, shallowReadonly, shallowRef, type Ref } from 'vue';
import {
  createRouter,
  loadRouteLocation,
  type RouteLocationNormalized,
  type RouteRecordRaw,
  type Router,
  type RouterHistory,
} from 'vue-router';
import { accountRoutes } from './account/routes.js';
import { sortFailure, type Failure } from './graphql/failure.js';
import { homeRoutes } from './home/routes.js';
import { linkRoutes } from './links/routes.js';
import type { SessionState } from './session/use-session.js';
import { signInRoutes } from './sign-in/routes.js';
import type { ChallengeState } from './sign-in/use-sign-in.js';
import { userRoutes } from './users/routes.js';

declare module 'vue-router' {
  interface RouteMeta {
    /** Open to anyone; a signed-in user has no use for it. */
    public?: boolean;
    /** Open to anyone, signed in or not. */
    anyone?: boolean;
    /** Needs a sign-in that waits for its second step. */
    challenge?: boolean;
  }
}

export const routes: readonly RouteRecordRaw[] = [
  signInRoutes,
  linkRoutes,
  {
    path: '/',
    component: () => import('./shell/SignedInLayout.vue'),
    children: [...homeRoutes, accountRoutes, userRoutes],
  },
];

export interface AppRouter {
  readonly router: Router;
  /** Why the first question, who is signed in, had no answer. */
  readonly bootFailure: Readonly<Ref<Failure | null>>;
}

/** The router with its guards: who may be where, decided before a page loads. */
export function createAppRouter(
  history: RouterHistory,
  session: SessionState,
  challenge: ChallengeState,
): AppRouter {
  const router = createRouter({
    history,
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  });
  const bootFailure = shallowRef<Failure | null>(null);

  router.beforeEach(async (to, from) => {
    // Its files come while the API is asked who is there: one wait instead of two. What fails here fails again where it counts.
    if (from.matched.length === 0 && to.matched.length > 0) loadRouteLocation(to).catch(() => {});
    try {
      await session.ready();
      bootFailure.value = null;
    } catch (error) {
      bootFailure.value = sortFailure(error);
      return false;
    }
    if (to.meta.anyone) return true;
    return session.viewer.value ? guardSignedIn(to, session) : guardSignedOut(to, challenge);
  });
  router.afterEach(async (to, from) => {
    // The first page is read from its top; from then on its heading says where a click has led.
    if (from.matched.length === 0 || to.path === from.path) return;
    await nextTick();
    document.querySelector('h1')?.focus();
  });
  return { router, bootFailure: shallowReadonly(bootFailure) };
}

function guardSignedOut(to: RouteLocationNormalized, { challenge }: ChallengeState) {
  if (!to.meta.public) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
  if (to.meta.challenge && !challenge.value) return { name: 'sign-in', query: to.query };
  return true;
}

function guardSignedIn(to: RouteLocationNormalized, { viewer, setupOnly }: SessionState) {
  const id = viewer.value?.id ?? '';
  if (setupOnly.value && !(to.name === 'user-security' && to.params['id'] === id)) {
    return { name: 'user-security', params: { id } };
  }
  return to.meta.public ? { name: 'home' } : true;
}
