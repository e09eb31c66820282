import { nextTick } from 'vue';

/** The page says something else now: it is read from its heading on. */
export async function focusHeading(): Promise<void> {
  await nextTick();
  document.querySelector('h1')?.focus();
}
