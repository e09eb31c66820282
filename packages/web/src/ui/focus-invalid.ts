import { nextTick } from 'vue';

/** Once the errors of a form are on the screen, moves the focus to the first field at fault. */
export async function focusInvalid(form: HTMLElement | null | undefined): Promise<void> {
  await nextTick();
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
