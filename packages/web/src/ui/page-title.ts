import { onScopeDispose, shallowReactive, shallowRef, watchEffect } from 'vue';

const title = shallowRef('');
const troubles = shallowReactive(new Set<() => boolean>());

/** Names the page in the browser's tab. */
export function setPageTitle(text: string): void {
  title.value = text;
}

/** While `hasError` answers true, the title says so: it is the first thing that a screen reader reads of a page. */
export function usePageError(hasError: () => boolean): void {
  troubles.add(hasError);
  onScopeDispose(() => troubles.delete(hasError));
}

/** Keeps `document.title` up to date, for as long as the app runs. */
export function showPageTitle(appName: string, errorTitle: (title: string) => string): void {
  watchEffect(() => {
    const name = title.value ? `${title.value} · ${appName}` : appName;
    document.title = [...troubles].some((hasError) => hasError()) ? errorTitle(name) : name;
  });
}
