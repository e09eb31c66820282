import type { Clock } from '@twofold/core/ports';

export const systemClock: Clock = { now: () => Date.now() };
