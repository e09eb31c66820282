import type { AuditChainStore, ChainFilter, ShownSealedEvent } from './audit-chain-store.js';

const PAGE = 1_000;

/** The sealed lines that meet the filter, oldest first, page by page: a log may be longer than the memory. */
export function exportAuditLog({ chain }: { readonly chain: Pick<AuditChainStore, 'shownAfter'> }) {
  return async function* (filter: ChainFilter): AsyncGenerator<readonly ShownSealedEvent[]> {
    for (let position = 0; ;) {
      const page = await chain.shownAfter(position, PAGE, filter);
      if (page.length > 0) yield page;
      if (page.length < PAGE) return;
      position = page.at(-1)!.position;
    }
  };
}
