import { shallowRef } from 'vue';

/**
 * The token behind the `#` of a mailed link. It leaves the address at once, so that neither the history nor somebody who looks
 * over the shoulder has it; a reload of the tab keeps it. Null where there is none.
 */
export function useLinkToken(page: string) {
  const key = `twofold.link.${page}`;
  const given = location.hash.slice(1);
  if (given !== '') {
    sessionStorage.setItem(key, given);
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  const token = shallowRef(sessionStorage.getItem(key));
  return {
    token,
    /** It is used up. */
    forget: (): void => sessionStorage.removeItem(key),
  };
}
