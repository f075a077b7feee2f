import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable, WrongExpectedRevision } from '../errors.js';
import { GroupCommit } from './group-commit.js';
import type { Append, AppendOutcome } from './log-writer.js';

const append = (stream: string): Append => ({ stream, expected: 'no-stream', rows: [] });
const done: AppendOutcome = { outcome: 'appended', revision: 0, position: '1' };

/** A queue before a disk that remembers how large its groups were, and what it should answer. */
const given = (answer: (append: Append) => AppendOutcome = () => done) => {
  const groups: number[] = [];
  let wakeUps = 0;
  const commits = new GroupCommit(
    (group) => {
      groups.push(group.length);
      return group.map(answer);
    },
    () => (wakeUps += 1),
  );
  return { commits, groups, wakeUps: () => wakeUps };
};

const callers = (count: number): Append[] => Array.from({ length: count }, (_, n) => append(`stream-${n}`));

describe('group commit', () => {
  it('flushes once for all who append in the same turn', async () => {
    const { commits, groups, wakeUps } = given();
    await Promise.all(callers(100).map((one) => commits.append(one)));
    expect(groups).toEqual([100]);
    expect(wakeUps()).toBe(1);
  });

  it('gathers callers again who each append one thing after the other', async () => {
    const { commits, groups } = given();
    const threeInARow = async (one: Append): Promise<void> => {
      for (let n = 0; n < 3; n += 1) await commits.append(one);
    };
    await Promise.all(callers(10).map(threeInARow));
    expect(groups).toEqual([10, 10, 10]);
  });

  it('does not make the rest of the process wait for a crowd', async () => {
    const { commits, groups } = given();
    await Promise.all(callers(2500).map((one) => commits.append(one)));
    expect(groups).toEqual([1000, 1000, 500]);
  });

  it('tells each caller its own outcome', async () => {
    const conflict = new WrongExpectedRevision('stream-1', 'no-stream', 4);
    const { commits } = given(({ stream }) => (stream === 'stream-1' ? conflict : done));
    const results = await Promise.allSettled(callers(3).map((one) => commits.append(one)));
    expect(results).toEqual([
      { status: 'fulfilled', value: done },
      { status: 'rejected', reason: conflict },
      { status: 'fulfilled', value: done },
    ]);
  });

  it('tells the whole group when the disk refuses, and works again for the next', async () => {
    let full = true;
    const refusal = new StoreUnavailable('the disk is full');
    const { commits } = given(() => {
      if (full) throw refusal;
      return done;
    });
    const results = await Promise.allSettled(callers(2).map((one) => commits.append(one)));
    expect(results.map((result) => result.status === 'rejected' && (result.reason as unknown))).toEqual([
      refusal,
      refusal,
    ]);
    full = false;
    await expect(commits.append(append('later'))).resolves.toEqual(done);
  });

  it('writes what waits when it is drained', async () => {
    const { commits, groups } = given();
    const waiting = commits.append(append('last'));
    commits.drain();
    expect(groups).toEqual([1]);
    await expect(waiting).resolves.toEqual(done);
  });
});
