import type { AuditChainStore, ChainFilter, ShownSealedEvent } from './audit-chain-store.js';

const LINES = 1_000;

/**
 * The sealed lines that meet the filter, oldest first, page by page: a log may be longer than the memory. A page is what a
 * thousand lines in a row give: to look on until it is full, for an organisation with few lines, could take longer than a
 * statement may.
 */
export function exportAuditLog({
  chain,
}: {
  readonly chain: Pick<AuditChainStore, 'shownBetween' | 'sealedAfter' | 'end'>;
}) {
  return async function* (filter: ChainFilter): AsyncGenerator<readonly ShownSealedEvent[]> {
    const [oldest] = await chain.sealedAfter(0, 1);
    if (!oldest) return;
    const { position: end } = await chain.end();
    for (let after = oldest.position - 1; after < end; after += LINES) {
      const page = await chain.shownBetween(after, Math.min(after + LINES, end), filter);
      if (page.length > 0) yield page;
    }
  };
}
