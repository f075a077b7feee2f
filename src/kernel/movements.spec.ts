import { describe, expect, it } from '@jest/globals';
import { happens, local, received, released } from '../../test/kernel-kit.js';
import { NEVER } from '../prison/instant.js';
import { lifeOf } from './definitional/life.js';
import { standing } from './definitional/standing.js';
import { Movements } from './movements.js';
import type { Occurrence } from './occurrence.js';

/** Where the person is after these events; by definition they are there, too. */
const after = (...events: readonly Occurrence[]): Movements => {
  const movements = new Movements();
  for (const event of events) movements.on(event);
  expect(followed(movements)).toEqual(defined(events));
  return movements;
};

const followed = ({ stay, custody, away, presence, absences }: Movements) => ({
  stay: stay && { since: stay.since, prisonId: stay.prisonId, began: stay.began, arrival: stay.arrival },
  custody: custody?.since,
  awayBy: away?.told,
  presence,
  absences: absences.map(({ from, until = NEVER }) => ({ from, until })),
});

const defined = (events: readonly Occurrence[]): ReturnType<typeof followed> => {
  const { stay, stays, custody, awayBy, presence, absences } = lifeOf(standing(events).eventsOf(''));
  return {
    stay: stay && { since: stay.since, prisonId: stay.prisonId, began: stay.began, arrival: stay.arrival },
    custody: stays.find((one) => one.custody === custody)?.since,
    awayBy,
    presence,
    absences: absences.map(({ from, until }) => ({ from, until })),
  };
};

/** Where the person is, in one line: since when, in which prison, with an arrival clock or without, away or not. */
const where = (...events: readonly Occurrence[]): string => {
  const { stay, isAway } = after(...events);
  if (!stay) return 'in no stay';
  const clock = stay.arrival ? ', arrival clock' : '';
  return `${stay.prisonId} since ${local(stay.since).slice(0, 16)}${clock}${isAway ? ', away' : ''}`;
};

const arrival = received('2026-01-05 15:00', 'NEW_ADMISSION');
const custodies = (...events: readonly Occurrence[]): string =>
  local(after(...events).custody?.since ?? 0).slice(0, 16);

describe('a stay', () => {
  it.each(['NEW_ADMISSION', 'READMISSION', 'RECALL', 'TRANSFERRED'])('begins with an arrival: %s', (reason) => {
    expect(where(received('2026-01-05 15:00', reason))).toBe('XYI since 2026-01-05 15:00, arrival clock');
  });

  it.each(['RELEASED', 'TRANSFERRED', 'DIED', 'RELEASED_TO_HOSPITAL'])('ends with a leaving: %s', (reason) => {
    expect(where(arrival, released('2026-01-09 10:00', reason))).toBe('in no stay');
  });

  it.each(['SENT_TO_COURT', 'TEMPORARY_ABSENCE_RELEASE', 'TAKEN_TO_HOSPITAL'])('is suspended by %s', (reason) => {
    expect(where(arrival, released('2026-01-09 10:00', reason))).toBe(
      'XYI since 2026-01-05 15:00, arrival clock, away',
    );
  });

  it('goes on with a return', () => {
    const court = released('2026-01-09 10:00', 'SENT_TO_COURT');
    const back = received('2026-01-09 18:00', 'RETURN_FROM_COURT');
    expect(where(arrival, court, back)).toBe('XYI since 2026-01-05 15:00, arrival clock');
  });

  it('a return at another prison is an arrival there', () => {
    const court = released('2026-01-09 10:00', 'SENT_TO_COURT');
    const elsewhere = received('2026-01-09 18:00', 'RETURN_FROM_COURT', 'XYM');
    expect(where(arrival, court, elsewhere)).toBe('XYM since 2026-01-09 18:00, arrival clock');
    expect(where(arrival, elsewhere)).toBe('XYM since 2026-01-09 18:00, arrival clock');
  });

  it('of somebody first heard of otherwise begins without an arrival clock', () => {
    expect(where(happens('SelfHarmReported', '2026-01-05 15:00'))).toBe('XYI since 2026-01-05 15:00');
    expect(where(received('2026-01-05 15:00', 'RETURN_FROM_COURT'))).toBe('XYI since 2026-01-05 15:00');
    expect(where(released('2026-01-05 15:00', 'SENT_TO_COURT'))).toBe('XYI since 2026-01-05 15:00, away');
    expect(where(released('2026-01-05 15:00', 'RELEASED'))).toBe('in no stay');
  });

  it.each(['PersonDetailsChanged', 'KeyWorkerAllocated', 'KeyWorkerDeallocated', 'PrisonerRecordsMerged'])(
    'nothing is heard of where somebody is through %s',
    (type) => {
      expect(where(happens(type, '2026-01-05 15:00'))).toBe('in no stay');
    },
  );

  it('after it has ended a return begins one without an arrival clock, and nothing but a movement begins any', () => {
    const gone = released('2026-01-09 10:00', 'RELEASED');
    expect(where(arrival, gone, received('2026-01-10 10:00', 'HOSPITAL_RETURN', 'XYM'))).toBe(
      'XYM since 2026-01-10 10:00',
    );
    expect(where(arrival, gone, happens('CellMoved', '2026-01-10 10:00'))).toBe('in no stay');
  });
});

describe('an arrival told again', () => {
  it('changes nothing for a week', () => {
    expect(where(arrival, received('2026-01-12 15:00', 'TRANSFERRED'))).toBe(
      'XYI since 2026-01-05 15:00, arrival clock',
    );
    expect(where(arrival, received('2026-01-12 15:01', 'TRANSFERRED'))).toBe(
      'XYI since 2026-01-12 15:01, arrival clock',
    );
  });

  it('is an arrival where the person was away, or the stay did not begin with one', () => {
    const court = released('2026-01-06 10:00', 'SENT_TO_COURT');
    const again = received('2026-01-07 15:00', 'NEW_ADMISSION');
    expect(where(arrival, court, again)).toBe('XYI since 2026-01-07 15:00, arrival clock');
    expect(where(happens('SelfHarmReported', '2026-01-06 15:00'), again)).toBe(
      'XYI since 2026-01-07 15:00, arrival clock',
    );
  });
});

describe('the paper of another prison', () => {
  it('ends and suspends nothing', () => {
    const moved = received('2026-01-09 12:00', 'TRANSFERRED', 'XYM');
    for (const reason of ['TRANSFERRED', 'RELEASED', 'SENT_TO_COURT']) {
      expect(where(arrival, moved, released('2026-01-09 13:00', reason, 'XYI'))).toBe(
        'XYM since 2026-01-09 12:00, arrival clock',
      );
    }
  });
});

describe('presence', () => {
  const away = (reason: string) => [arrival, released('2026-01-09 10:00', reason)];

  it.each([
    'CellMoved',
    'SegregationStarted',
    'SegregationHealthScreenCompleted',
    'KeyWorkerSessionHeld',
    'AcctAssessmentCompleted',
    'AcctOpened',
  ])('%s more than an hour after the leaving ends an absence', (type) => {
    const back = after(...away('SENT_TO_COURT'), happens(type, '2026-01-09 11:01'));
    expect(back.isAway).toBe(false);
    expect(back.presence?.type).toBe(type);
    expect(after(...away('SENT_TO_COURT'), happens(type, '2026-01-09 11:00')).isAway).toBe(true);
  });

  it('is only where the person is held, and not what can be done from afar', () => {
    const elsewhere = happens('CellMoved', '2026-01-09 12:00', {}, 'XYM');
    expect(after(...away('SENT_TO_COURT'), elsewhere).isAway).toBe(true);
    expect(after(...away('SENT_TO_COURT'), happens('SelfHarmReported', '2026-01-09 12:00')).isAway).toBe(true);
  });

  it('an ACCT may be opened in hospital', () => {
    const opened = happens('AcctOpened', '2026-01-09 12:00');
    expect(after(...away('TAKEN_TO_HOSPITAL'), opened).isAway).toBe(true);
    const fromCourt = released('2026-01-09 10:30', 'TAKEN_TO_HOSPITAL');
    expect(after(...away('SENT_TO_COURT'), fromCourt, opened).isAway).toBe(true);
  });

  it('a movement that counts puts it on record', () => {
    const back = [...away('SENT_TO_COURT'), happens('CellMoved', '2026-01-09 12:00')];
    expect(after(...back).presence).toBeDefined();
    expect(after(...back, received('2026-01-09 18:00', 'RETURN_FROM_COURT')).presence).toBeUndefined();
    expect(after(...back, received('2026-01-09 18:00', 'NEW_ADMISSION')).presence).toBeUndefined();
    expect(after(...back, released('2026-01-10 18:00', 'SENT_TO_COURT')).presence).toBeUndefined();
    expect(after(...back, released('2026-01-10 18:00', 'TRANSFERRED', 'XYM')).presence).toBeDefined();
  });

  it('after a transfer begins a stay, as an arrival would', () => {
    const gone = released('2026-01-09 10:00', 'TRANSFERRED');
    const there = happens('CellMoved', '2026-01-09 15:00', {}, 'XYM');
    expect(where(arrival, gone, there)).toBe('XYM since 2026-01-09 15:00, arrival clock');
    expect(where(gone, there)).toBe('XYM since 2026-01-09 15:00, arrival clock');
    expect(where(arrival, gone, happens('CellMoved', '2026-01-09 10:50', {}, 'XYM'))).toBe('in no stay');
    expect(where(arrival, gone, released('2026-01-09 11:00', 'RELEASED'), there)).toBe('in no stay');
    expect(after(arrival, gone, there).isAway).toBe(false);
  });

  it('the arrival that is told later is the same one', () => {
    const gone = released('2026-01-09 10:00', 'TRANSFERRED');
    const there = happens('CellMoved', '2026-01-09 15:00', {}, 'XYM');
    const told = received('2026-01-10 09:00', 'TRANSFERRED', 'XYM');
    expect(where(arrival, gone, there, told)).toBe('XYM since 2026-01-09 15:00, arrival clock');
    expect(after(arrival, gone, there, told).presence).toBeUndefined();
  });
});

describe('an absence', () => {
  it('is one while the person is away, of the latest kind', () => {
    const { absences, away } = after(
      arrival,
      released('2026-01-09 10:00', 'SENT_TO_COURT'),
      released('2026-01-09 12:00', 'TAKEN_TO_HOSPITAL'),
    );
    expect(absences.map(({ from }) => local(from))).toEqual(['2026-01-09 10:00 +00:00']);
    expect({ reason: away?.reason, since: local(away?.since ?? 0) }).toEqual({
      reason: 'TAKEN_TO_HOSPITAL',
      since: '2026-01-09 12:00 +00:00',
    });
  });

  it('a return that happened after presence changes none', () => {
    const { absences } = after(
      arrival,
      released('2026-01-09 10:00', 'SENT_TO_COURT'),
      happens('CellMoved', '2026-01-09 17:00'),
      received('2026-01-09 19:00', 'RETURN_FROM_COURT'),
    );
    expect(absences.map(({ until }) => local(until ?? 0))).toEqual(['2026-01-09 17:00 +00:00']);
  });
});

describe('a custody', () => {
  const moved = [released('2026-01-09 10:00', 'TRANSFERRED'), received('2026-01-09 13:00', 'TRANSFERRED', 'XYM')];

  it('goes on through transfers, and through messages that are missing', () => {
    expect(custodies(arrival, ...moved)).toBe('2026-01-05 15:00');
    expect(custodies(arrival, received('2026-02-09 13:00', 'NEW_ADMISSION', 'XYM'))).toBe('2026-01-05 15:00');
  });

  it.each(['RELEASED', 'DIED', 'RELEASED_TO_HOSPITAL'])('is a new one after %s', (reason) => {
    const back = received('2026-01-20 10:00', 'RETURN_FROM_COURT');
    expect(custodies(arrival, released('2026-01-09 10:00', reason), back)).toBe('2026-01-20 10:00');
    const told = released('2026-01-09 11:00', reason, 'XYM');
    expect(custodies(arrival, released('2026-01-09 10:00', 'TRANSFERRED'), told, back)).toBe('2026-01-20 10:00');
  });

  it.each(['NEW_ADMISSION', 'READMISSION', 'RECALL'])(
    'is a new one with %s, unless the person was in transit',
    (reason) => {
      const gone = released('2026-01-09 10:00', 'TRANSFERRED');
      expect(custodies(arrival, gone, received('2026-01-16 10:00', reason, 'XYM'))).toBe('2026-01-05 15:00');
      expect(custodies(arrival, gone, received('2026-01-16 10:01', reason, 'XYM'))).toBe('2026-01-16 10:01');
      expect(custodies(arrival, gone, received('2026-03-16 10:00', 'TRANSFERRED', 'XYM'))).toBe('2026-01-05 15:00');
    },
  );
});

describe('movements, written down', () => {
  it('go on as if they never had been', () => {
    const events = [
      arrival,
      released('2026-01-09 10:00', 'SENT_TO_COURT'),
      happens('CellMoved', '2026-01-09 17:00', { location: 'A-1-003' }),
      released('2026-01-12 10:00', 'TRANSFERRED'),
      happens('CellMoved', '2026-01-12 17:00', {}, 'XYM'),
      received('2026-01-13 09:00', 'TRANSFERRED', 'XYM'),
    ];
    events.forEach((_, count) => {
      const written = JSON.stringify(after(...events.slice(0, count)).memory);
      expect(written).not.toContain('A-1-003');
      const recalled = new Movements();
      recalled.recall(JSON.parse(written) as Movements['memory']);
      for (const event of events.slice(count)) recalled.on(event);
      expect(JSON.stringify(recalled.memory)).toEqual(JSON.stringify(after(...events).memory));
    });
  });
});
