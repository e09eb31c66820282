// Loaded into the product's own process (`--import`), beside it: answers the soak how much memory it holds.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

process.on('message', () => {
  // What is left after it is held by somebody.
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ rss, heap: heapUsed + external });
});
// Nobody is left to serve.
process.on('disconnect', () => process.exit(0));
