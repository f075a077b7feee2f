import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../../../test/virtual-clock.js';
import { InMemoryCheckpointStore } from '../../../test/in-memory-checkpoint-store.js';
import { StoreUnavailable } from '../../store/errors.js';
import { LastVisits } from './last-visits.js';

const NINE = Date.parse('2026-11-20T09:00:00Z');

describe('when somebody last looked', () => {
  it('is known for each location of its own', async () => {
    const looked = new LastVisits(new InMemoryCheckpointStore(), new VirtualClock(NINE));
    await looked.saw({ name: 'RLARK_GEN', location: 'XYI' }, NINE);
    expect(await looked.lastAt({ name: 'RLARK_GEN', location: 'XYI' })).toEqual({
      at: '2026-11-20T09:00:00.000Z',
      isFirst: false,
    });
    expect(await looked.lastAt({ name: 'RLARK_GEN', location: 'XYM' })).toEqual({
      at: '2026-11-19T09:00:00.000Z',
      isFirst: true,
    });
  });

  it('keeps nobody from the list where it cannot be kept', async () => {
    const full = {
      load: () => Promise.resolve(undefined),
      save: () => Promise.reject(new StoreUnavailable('Disk full.')),
    };
    const looked = new LastVisits({ ...full, close: () => Promise.resolve() }, new VirtualClock(NINE));
    await expect(looked.saw({ name: 'RLARK_GEN', location: 'XYI' }, NINE)).resolves.toBeUndefined();
  });
});
