import { memoryStores } from './memory-stores.js';
import { describeStores } from './store-contract.js';

describeStores('memory', () => Promise.resolve({ ...memoryStores(), remove: () => Promise.resolve() }));
