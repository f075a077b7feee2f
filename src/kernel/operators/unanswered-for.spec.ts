import { NOBODY } from '../caseloads.js';
import { describe, expect, it } from '@jest/globals';
import {
  arrives,
  at,
  DAYS,
  given,
  goesToCourt,
  happens,
  received,
  released,
  returns,
  session,
  transfers,
} from '../../../test/kernel-kit.js';
import { Deadlines } from '../deadlines.js';
import { readLimit } from '../limit.js';
import { Matcher } from '../matcher.js';
import { Movements } from '../movements.js';
import { NEVER } from '../../prison/instant.js';
import { UnansweredFor } from './unanswered-for.js';

const selfHarm = (when: string) => happens('SelfHarmReported', when);

describe('unansweredFor', () => {
  const arrival = arrives('2026-01-05 09:00');
  const yaml = 'unansweredFor: { ask: SelfHarmReported, answer: session, for: PT72H, within: stay }';
  const asked = given(yaml);

  it('falls due the limit after the ask, to the instant', () => {
    const told = asked.when(arrival, selfHarm('2026-01-10 14:30'));
    expect(told.nextFlip('2026-01-10 14:30')).toBe('2026-01-13 14:30 +00:00');
    expect(told.at('2026-01-13 14:29')).toBe(false);
    expect(told.at('2026-01-13 14:30')).toBe(true);
  });

  it('is answered at the instant of the ask, whichever comes first', () => {
    const when = '2026-01-10 14:30';
    expect(asked.when(arrival, selfHarm(when), session(when)).at('2026-02-01 00:00')).toBe(false);
    expect(asked.when(arrival, session(when), selfHarm(when)).at('2026-02-01 00:00')).toBe(false);
  });

  it('one answer answers every ask before it, and none after it', () => {
    const told = asked.when(
      arrival,
      selfHarm('2026-01-10 10:00'),
      selfHarm('2026-01-10 11:00'),
      session('2026-01-11 10:00'),
      selfHarm('2026-01-12 10:00'),
    );
    expect(told.explain('2026-01-15 10:00')).toMatchObject({
      count: 1,
      cites: [{ id: 'SelfHarmReported 2026-01-12 10:00' }],
    });
  });

  it('"atLeast" waits for that many overdue asks', () => {
    const two = given('unansweredFor: { ask: SelfHarmReported, answer: session, for: PT72H, atLeast: 2 }');
    const told = two.when(arrival, selfHarm('2026-01-10 10:00'), selfHarm('2026-01-12 10:00'));
    expect(told.nextFlip('2026-01-12 10:00')).toBe('2026-01-15 10:00 +00:00');
  });

  it('each ask may have a limit of its own, or none', () => {
    const mixed = given(
      'unansweredFor: { asks: [{ event: SelfHarmReported }, { event: AcctOpened, for: P2D }], answer: session }',
    );
    expect(mixed.when(arrival, selfHarm('2026-01-10 10:00')).at('2026-01-10 10:00')).toBe(true);
    const opened = mixed.when(arrival, happens('AcctOpened', '2026-01-10 10:00'));
    expect(opened.nextFlip('2026-01-10 10:00')).toBe('2026-01-13 00:00 +00:00');
  });

  it('an ask of an earlier stay is not waited for any more', () => {
    const told = asked.when(
      arrival,
      selfHarm('2026-01-10 10:00'),
      ...transfers('2026-01-11 09:00', '2026-01-11 12:00'),
    );
    expect(told.at('2026-02-01 00:00')).toBe(false);
  });

  it('asks "when" just before the event itself', () => {
    const first = given(
      'unansweredFor: { ask: { event: AcctOpened, when: { not: acct-open } }, answer: session, for: PT1H }',
    );
    const told = first.when(
      arrival,
      happens('AcctOpened', '2026-01-10 10:00'),
      happens('AcctOpened', '2026-01-12 10:00'),
    );
    expect(told.explain('2026-01-13 00:00').count).toBe(1);
  });

  it('where the rule pauses, what was left of the hours is left after the return', () => {
    const pausing = given(yaml, { pauses: true });
    const away = [selfHarm('2026-01-10 10:00'), goesToCourt('2026-01-13 09:00')];
    expect(pausing.when(arrival, ...away).nextFlip('2026-01-13 09:00')).toBe('never');
    const back = returns('2026-01-13 17:00');
    expect(pausing.when(arrival, ...away, back).nextFlip('2026-01-13 17:00')).toBe('2026-01-13 18:00 +00:00');
  });

  describe('an ask that stands only while a state holds', () => {
    const opened = (when: string) => happens('AcctOpened', when);
    const closed = (when: string) => happens('AcctClosed', when);
    const unprotected = given(
      'unansweredFor: { ask: SelfHarmReported, while: { not: acct-open }, answer: AcctCaseReviewHeld, for: PT1H }',
    );
    const when = '2026-01-10 14:00';

    it('is looked at once all events of its instant are taken in', () => {
      expect(unprotected.when(arrival, selfHarm(when), opened(when)).at('2026-01-10 15:00')).toBe(false);
      expect(
        unprotected.when(arrival, opened('2026-01-09 10:00'), selfHarm(when), closed(when)).at('2026-01-10 15:00'),
      ).toBe(true);
    });

    it('stays what it was when the state changes later', () => {
      expect(unprotected.when(arrival, selfHarm(when), opened('2026-01-10 14:30')).at('2026-01-10 15:00')).toBe(true);
      const told = unprotected.when(arrival, opened('2026-01-09 10:00'), selfHarm(when), closed('2026-01-10 14:30'));
      expect(told.at('2026-01-10 15:00')).toBe(false);
    });
  });

  it('looks at the state that an ask hangs on before a custody begins that ends the state', () => {
    const unheld = given(
      'unansweredFor: { ask: SelfHarmReported, while: { not: { during: { from: SelfHarmReported, until: AcctClosed, within: custody } } }, answer: session }',
    );
    const told = unheld.when(
      released('2026-01-05 09:00', 'RELEASED'),
      selfHarm('2026-01-10 10:00'),
      arrives('2026-01-12 10:00'),
    );
    expect(told.at('2026-01-12 10:00')).toBe(false);
  });

  it('looks at the first few of those that wait, however many do', () => {
    const [movements, times] = [new Movements(), { looked: 0 }];
    class CountedDeadlines extends Deadlines {
      override due(...args: Parameters<Deadlines['due']>): number {
        times.looked += 1;
        return super.due(...args);
      }
    }
    const person = {
      ...{ days: DAYS, movements, deadlines: new CountedDeadlines(DAYS, movements) },
      caseload: NOBODY,
      isSilent: () => false,
      nextSilence: () => NEVER,
      operator: () => {
        throw new Error('asks nobody');
      },
      asOf: () => {
        throw new Error('hangs on nothing');
      },
      afterInstant: () => {
        throw new Error('waits for nothing');
      },
    };
    const matcher = (type: string) =>
      new Matcher([{ type, where: [], when: undefined, starts: undefined, ends: undefined }]);
    const ask = { event: matcher('SelfHarmReported'), for: readLimit('PT72H'), while: undefined };
    const answer = matcher('KeyWorkerSessionHeld');
    const operator = new UnansweredFor(person, [], [], [ask], answer, 2, {}, true);
    for (let n = 0; n < 1_000; n++) {
      operator.on({ ...selfHarm('2026-01-10 10:00'), id: `ask ${n}`, at: at('2026-01-10 10:00') + n * 60_000 });
      operator.forget();
      operator.value(at('2026-01-12 10:00'));
    }
    expect(times.looked).toBe(2);
  });

  it('an ask of an earlier stay asks for its window only', () => {
    const asks = given(
      'unansweredFor: { ask: SelfHarmReported, answer: session, for: PT1H, within: custody, elsewhere: P28D }',
    );
    const moved = [arrival, selfHarm('2026-01-10 14:00'), ...transfers('2026-01-10 15:30', '2026-01-10 18:00')];
    const told = asks.when(...moved);
    expect(told.at('2026-02-06 23:59')).toBe(true);
    expect(told.nextFlip('2026-01-10 18:00')).toBe('2026-02-07 00:00 +00:00');
    expect(told.at('2026-02-07 00:00')).toBe(false);
  });

  it('an ask of this stay does not lapse', () => {
    const asks = given(
      'unansweredFor: { ask: SelfHarmReported, answer: session, for: PT1H, within: custody, elsewhere: P28D }',
    );
    const told = asks.when(arrival, selfHarm('2026-01-10 14:00'));
    expect(told.at('2026-06-01 00:00')).toBe(true);
    expect(told.nextFlip('2026-01-10 15:00')).toBe('never');
  });

  it('of two kinds that fit an ask the first counts', () => {
    const twice = given(
      'unansweredFor: { asks: [{ event: SelfHarmReported, for: P1D }, { event: SelfHarmReported, for: PT1H }], answer: session }',
    );
    expect(twice.when(arrival, selfHarm('2026-01-10 14:00')).nextFlip('2026-01-10 14:00')).toBe(
      '2026-01-12 00:00 +00:00',
    );
  });

  it('waits across stays, where no scope is given', () => {
    const anywhere = given('unansweredFor: { ask: SelfHarmReported, answer: session, for: PT72H }');
    const moved = transfers('2026-01-11 09:00', '2026-01-11 12:00');
    expect(anywhere.when(arrival, selfHarm('2026-01-10 10:00'), ...moved).at('2026-02-01 00:00')).toBe(true);
  });

  it('cites what waits, what is overdue first, with when the first falls due', () => {
    const [first, second] = [selfHarm('2026-01-10 10:00'), selfHarm('2026-01-11 10:00')];
    const told = asked.when(arrival, first, second);
    const evidence = { op: 'unansweredFor', due: at('2026-01-13 10:00'), of: [{ op: 'stay' }] };
    expect(told.explain('2026-01-12 10:00')).toMatchObject({
      ...evidence,
      holds: false,
      count: 0,
      cites: [first, second],
    });
    expect(told.explain('2026-01-13 10:00')).toMatchObject({ ...evidence, holds: true, count: 1, cites: [first] });
    expect(told.explain('2026-01-14 10:00')).toMatchObject({ ...evidence, count: 2, cites: [first, second] });
    expect(told.explain('2026-01-14 10:00').dueOnRecord).toBeUndefined();
    expect(asked.when(arrival).explain('2026-01-14 10:00').due).toBeUndefined();
  });

  it('says what the record says, where an absence moved when it falls due', () => {
    const away = [goesToCourt('2026-01-13 09:00'), returns('2026-01-13 17:00')];
    const told = given(yaml, { pauses: true }).when(arrival, selfHarm('2026-01-10 10:00'), ...away);
    expect(told.explain('2026-01-13 17:00')).toMatchObject({
      due: at('2026-01-13 18:00'),
      dueOnRecord: at('2026-01-13 10:00'),
    });
  });

  it('cites asks of several kinds in the order they happened, a hundred of each at most, and counts them all', () => {
    const mixed = given(
      'unansweredFor: { asks: [{ event: SelfHarmReported }, { event: AcctOpened }], answer: session }',
    );
    const [opened, harmed] = [happens('AcctOpened', '2026-01-10 09:00'), selfHarm('2026-01-10 10:00')];
    expect(mixed.when(arrival, opened, harmed).explain('2026-01-10 10:00')).toMatchObject({
      ...{ count: 2, cites: [opened, harmed], due: opened.at },
    });
    const many = Array.from({ length: 101 }, (_, n) => ({
      ...selfHarm('2026-01-10 10:00'),
      id: String(n).padStart(3, '0'),
    }));
    const told = mixed.when(arrival, ...many).explain('2026-01-10 10:00');
    expect([told.count, told.cites.length, told.cites[0]?.id]).toEqual([101, 100, '000']);
  });

  it('without a limit is due at once, also while the person is away', () => {
    const pausing = given('unansweredFor: { ask: SelfHarmReported, answer: session }', { pauses: true });
    const away = [goesToCourt('2026-01-10 08:00'), selfHarm('2026-01-10 10:00')];
    expect(pausing.when(arrival, ...away).at('2026-01-10 10:00')).toBe(true);
  });

  it('waits for one that was typed before the arrival from its own instant on', () => {
    const anywhere = given('unansweredFor: { ask: SelfHarmReported, answer: session, for: PT72H, atLeast: 1 }');
    const [early, between] = [{ ...selfHarm('2026-01-10 10:00'), prisonId: 'XYM' }, selfHarm('2026-01-10 10:30')];
    const gone = released('2026-01-10 09:00', 'TRANSFERRED');
    const told = anywhere.when(arrival, gone, early, between, received('2026-01-10 11:00', 'TRANSFERRED', 'XYM'));
    expect(told.nextFlip('2026-01-10 11:00')).toBe('2026-01-13 10:00 +00:00');
    expect(told.explain('2026-01-10 11:00').cites).toEqual([early, between]);
  });
});
