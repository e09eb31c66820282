import { ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace';

/** Passes spans on, and tells when the collector does not take them: once, until it does again. */
export function tellingExporter(exporter: SpanExporter, tell: (reason: string) => void): SpanExporter {
  let told = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.code === ExportResultCode.SUCCESS) told = false;
        else if (!told) {
          told = true;
          tell(reasonOf(result.error));
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}

/** A status or a code of the network. What a collector answers is its own affair, and may be long. */
function reasonOf(error: Error | undefined): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: string };
  return typeof code === 'string' || typeof code === 'number' ? String(code) : (name ?? 'refused');
}
