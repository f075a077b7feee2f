import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '../../test/in-memory-event-store.js';
import { StoreUnavailable, WrongExpectedRevision } from './errors.js';
import type { NewEvent } from './event-store.js';
import { type Decision, MOST_ATTEMPTS, revisionOf, transact } from './transact.js';

const STREAM = 'counter';

const event = (id: string): NewEvent => ({ id, type: 'Counted', data: {}, metadata: {} });

let store: InMemoryEventStore;

const ids = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const { id } of store.readStream(STREAM)) found.push(id);
  return found;
};

/** Appends an event unless it is there; the answer says what was there at the time. */
const add = (id: string) => async (): Promise<Decision<{ found: string[]; position?: string }>> => {
  const expected = await revisionOf(store, STREAM);
  const found = await ids();
  if (found.includes(id)) return { done: { found } };
  return { expected, events: [event(id)], answer: (position) => ({ found, position }) };
};

/** Another writes these, each time, between the reading and the append that follows it. */
const rivals = (...others: string[]): void => {
  const append = store.append.bind(store);
  store.append = async (stream, expected, events) => {
    const other = others.shift();
    if (other !== undefined) await append(STREAM, await revisionOf(store, STREAM), [event(other)]);
    return append(stream, expected, events);
  };
};

beforeEach(() => {
  store = new InMemoryEventStore();
});

describe('a transaction on a stream', () => {
  it('appends what was decided, and answers with its position', async () => {
    expect(await transact(store, STREAM, add('a'))).toEqual({ found: [], position: '1' });
    expect(await ids()).toEqual(['a']);
  });

  it('decides again on what is there where another was faster', async () => {
    rivals('x', 'y');
    expect(await transact(store, STREAM, add('a'))).toEqual({ found: ['x', 'y'], position: '3' });
    expect(await ids()).toEqual(['x', 'y', 'a']);
  });

  it('appends nothing where there is nothing to do', async () => {
    await transact(store, STREAM, add('a'));
    expect(await transact(store, STREAM, add('a'))).toEqual({ found: ['a'] });
    expect(await store.end()).toBe('1');
  });

  it('takes no duplicate for an error, nor for its own doing', async () => {
    rivals('a');
    expect(await transact(store, STREAM, add('a'))).toEqual({ found: ['a'] });
    expect(await ids()).toEqual(['a']);
  });

  it('gives up where others are always faster, with words that help and name no stream', async () => {
    let decisions = 0;
    store.append = (stream, expected) => Promise.reject(new WrongExpectedRevision(stream, expected, 7));
    const counted = () => {
      decisions++;
      return add('a')();
    };
    const error: unknown = await transact(store, STREAM, counted).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreUnavailable);
    expect(error).toMatchObject({ code: 'TOO_MANY_CONFLICTS' });
    expect(String(error)).toContain(`${MOST_ATTEMPTS} times`);
    expect(String(error)).not.toContain(STREAM);
    expect(decisions).toBe(MOST_ATTEMPTS);
  });

  it('does not try again what failed for another reason', async () => {
    let appends = 0;
    store.append = () => {
      appends++;
      return Promise.reject(new StoreUnavailable('The disk is full.'));
    };
    await expect(transact(store, STREAM, add('a'))).rejects.toThrow('The disk is full.');
    expect(appends).toBe(1);
  });

  it('tells the error of a decision, and appends nothing', async () => {
    await expect(transact(store, STREAM, () => Promise.reject(new TypeError('refused')))).rejects.toThrow('refused');
    expect(await store.end()).toBe('0');
  });
});

describe('the revision of a stream', () => {
  it('is that of its last event, and none where nothing is there', async () => {
    expect(await revisionOf(store, STREAM)).toBe('no-stream');
    await store.append(STREAM, 'no-stream', [event('a'), event('b')]);
    expect(await revisionOf(store, STREAM)).toBe(1);
  });
});
