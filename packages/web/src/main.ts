import { createApp, watch } from 'vue';
import { createWebHistory } from 'vue-router';
import App from './App.vue';
import { createCopy } from './copy/i18n.js';
import { clientKey, createClient } from './graphql/client.js';
import { createAppRouter } from './router.js';
import { createSession, sessionKey } from './session/use-session.js';
import { challengeKey, createChallengeState } from './sign-in/use-sign-in.js';
import { dismissToast } from './ui/announcer.js';
import { showPageTitle } from './ui/page-title.js';
import './style.css';

const client = createClient({
  uri: import.meta.env.VITE_API_URL ?? '/graphql',
  onSessionOver: () => void session.forget(),
  // Asking who is there is never forbidden, so this does not go round.
  onForbidden: () => void (session.setupOnly.value || session.refresh().catch(() => {})),
});
const session = createSession(client);
const challenge = createChallengeState();
const { router, bootFailure } = createAppRouter(createWebHistory(), session, challenge);
const copy = createCopy();

// The first page is about to show, or why there is none.
router.afterEach(() => document.getElementById('splash')?.remove());

// However the session ended, by its time, elsewhere, or by Sign out, its pages go.
watch(session.viewer, (now, before) => {
  const { meta } = router.currentRoute.value;
  if (now || !before || meta.public || meta.anyone) return;
  dismissToast();
  const state = session.leaving.value ? {} : { notice: 'signed-out' };
  const query = session.leaving.value ? {} : { next: router.currentRoute.value.fullPath };
  void router.replace({ name: 'sign-in', query, state });
});

// The organisation's deadline has passed while the page was open.
watch(session.setupOnly, (now) => {
  const id = session.viewer.value?.id;
  if (now && id !== undefined) void router.replace({ name: 'user-security', params: { id } });
});

// A tab that comes back after a while learns at once that its session is over.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && session.viewer.value) session.refresh().catch(() => {});
});

showPageTitle(copy.global.t('app.name'), (title) => copy.global.t('app.errorTitle', { title }));

createApp(App, { bootFailure })
  .use(copy)
  .use(router)
  .provide(clientKey, client)
  .provide(sessionKey, session)
  .provide(challengeKey, challenge)
  .mount('#app');
