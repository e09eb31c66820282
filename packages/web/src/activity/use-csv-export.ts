import { AuditEventsCsvDocument, type AuditEventFilter } from '@twofold/contract/graphql';
import { shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useClient } from '../graphql/client.js';
import { sortFailure, type Failure } from '../graphql/failure.js';
import { toast } from '../ui/announcer.js';
import { saveFile } from '../ui/save-file.js';

/** Saves the lines that the filter leaves as a file, and says so at the end. A second click while it runs asks for nothing. */
export function useCsvExport(filter: () => AuditEventFilter) {
  const { t } = useI18n();
  const client = useClient();
  const busy = shallowRef(false);
  const failure = shallowRef<Failure | null>(null);

  async function run(): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    failure.value = null;
    try {
      // Not kept: it may be megabytes, and the next export has newer lines.
      const { data } = await client.query({
        query: AuditEventsCsvDocument,
        variables: { filter: filter() },
        fetchPolicy: 'no-cache',
      });
      if (!data) return;
      saveFile(t('activity.fileName'), data.auditEventsCsv, 'text/csv');
      toast(t('activity.exported'));
    } catch (error) {
      failure.value = sortFailure(error);
    } finally {
      busy.value = false;
    }
  }

  return { run, busy, failure };
}
