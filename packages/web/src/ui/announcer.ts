import { shallowReadonly, shallowRef } from 'vue';

const spoken = shallowRef('');
const shown = shallowRef<{ readonly id: number; readonly text: string } | null>(null);
let count = 0;

/** What the screen reader's live region holds. */
export const announcement = shallowReadonly(spoken);
/** The toast on the screen, in a `role=status` of its own. */
export const currentToast = shallowReadonly(shown);

/** Says something to a screen reader once, politely. */
export function announce(text: string): void {
  // The same words twice would not be a change of the region.
  spoken.value = spoken.value === text ? `${text}\u00a0` : text;
}

/** Shows a short word of success, and says it. */
export function toast(text: string): void {
  shown.value = { id: ++count, text };
}

export function dismissToast(): void {
  shown.value = null;
}
