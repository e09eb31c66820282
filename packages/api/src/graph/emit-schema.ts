import { writeFileSync } from 'node:fs';
import { createSchema, printSdl } from './schema.js';

/** Writes the published SDL into the contract, where its diff is the review of the API. */
const target = new URL('../../../contract/schema.graphql', import.meta.url);
writeFileSync(target, printSdl(createSchema()));
