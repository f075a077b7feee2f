import type { CustodyEvent } from '../custody/custody-event.js';
import { isRefusal, readCustodyEvent } from '../custody/read-custody-event.js';
import { type Instant, toIso } from '../prison/instant.js';
import type { Json } from '../store/event-store.js';
import type { Roll, RollFinding } from './comparison.js';

/** The system that corrections name as their source. */
const SYSTEM = 'roll';

/** Who corrects, and when. */
interface Correction {
  /** User name. */
  readonly by: string;
  readonly now: Instant;
}

/** What happened, by a roll. */
interface RollNews {
  readonly type: string;
  readonly at: Instant;
  readonly data: Json;
}

/**
 * The custody events that make the log say who is in the prison by a roll, with the roll as their source: an arrival of
 * everybody whom the log does not have there. A roll does not say why somebody left, nor what kind of cell a cell is: nobody
 * is released or moved to another cell by it. The same roll gives the same events again.
 */
export const correctionsOf = (roll: Roll, findings: readonly RollFinding[], correction: Correction): CustodyEvent[] =>
  findings.flatMap((finding) => {
    const arrival = finding.later ? undefined : arrivalOf(roll, finding);
    return arrival ? [eventOf(roll, finding, arrival, correction)] : [];
  });

/**
 * That somebody is on a roll of whom nobody had told where they are, or only the roll of another prison: from then on they
 * are known to be there, and DATA-04 asks for their arrival.
 */
export const soundingsOf = (roll: Roll, findings: readonly RollFinding[], correction: Correction): CustodyEvent[] =>
  findings
    .filter(({ kind, lodging }) => kind === 'NEVER_HEARD_OF' && lodging?.stay?.prisonId !== roll.prisonId)
    .map((finding) => eventOf(roll, finding, { type: 'FoundOnRoll', at: roll.asAt, data: {} }, correction));

/** Nothing where a roll does not say what happened. */
const arrivalOf = ({ asAt }: Roll, { kind, entry, lodging }: RollFinding): RollNews | undefined => {
  switch (kind) {
    case 'NEVER_HEARD_OF':
      return {
        type: 'PrisonerReceived',
        at: laterThan(undefined, entry?.since, asAt),
        data: { reason: 'NEW_ADMISSION' },
      };
    case 'NOT_IN_CUSTODY': {
      const reason = lodging?.lastLeft === 'TRANSFERRED' ? 'TRANSFERRED' : 'READMISSION';
      return { type: 'PrisonerReceived', at: laterThan(lodging?.leftAt, entry?.since, asAt), data: { reason } };
    }
    case 'OTHER_PRISON':
      // `since` may be a mere date: what the old prison recorded on that day would be another prison's.
      return { type: 'PrisonerReceived', at: asAt, data: { reason: 'TRANSFERRED' } };
    // Nobody comes back from the dead: somebody has to look at who it is.
    case 'DIED':
    case 'OTHER_CELL':
    case 'ONLY_HERE':
      return undefined;
  }
};

/** What the roll says, unless that was before what the log says they did last. */
const laterThan = (before: Instant | undefined, since: Instant | undefined, asAt: Instant): Instant =>
  since === undefined || since <= (before ?? -Infinity) || since > asAt ? asAt : since;

const eventOf = (
  { prisonId, asAt }: Roll,
  { prisonNumber }: RollFinding,
  { type, at, data }: RollNews,
  { by, now }: Correction,
): CustodyEvent => {
  // A line of the roll is a record of its own: two tellings of one record would be one event.
  const source = { system: SYSTEM, id: `${prisonId}-${toIso(asAt)}-${prisonNumber}` };
  const sent = { type, prisonNumber, prisonId, occurredAt: toIso(at), source, recordedBy: by, data };
  const event = readCustodyEvent(sent, { now, recordedAtDefault: 'now' });
  if (isRefusal(event))
    throw new TypeError(`A correction cannot be read: ${event.errors.map(({ field }) => field).join()}`);
  return event;
};
