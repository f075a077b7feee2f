import { describe } from '@jest/globals';
import { appendingContract } from './appending.contract.js';
import { racingContract } from './racing.contract.js';
import { readingContract } from './reading.contract.js';
import type { OpenStore } from './store-under-test.js';
import { subscribingContract } from './subscribing.contract.js';

/** What the rest of the house relies on. Any implementation of the port must pass it, unchanged. */
export const eventStoreContract = (name: string, openStore: OpenStore): void => {
  describe(`${name}, as any log,`, () => {
    appendingContract(openStore);
    racingContract(openStore);
    readingContract(openStore);
    subscribingContract(openStore);
  });
};
