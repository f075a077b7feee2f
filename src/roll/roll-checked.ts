import { ALL_PRISONS, type Prisons } from '../access/prisons.js';
import type { Instant } from '../prison/instant.js';
import type { EventStore, NewEvent, RecordedEvent } from '../store/event-store.js';
import { NOT_HERE, ROLL_DIFFERENCES, type RollDifference, type RollFinding } from './comparison.js';

/** The stream of the checks of a prison's roll. */
export const rollStream = (prefix: string, prisonId: string): string => `${prefix}roll-${prisonId}`;

const TYPE = 'RollChecked';
const SCHEMA = 1;

/** So many findings are kept with a check, so that it fits into one append; all are counted. */
const MOST_KEPT = 2_000;

/** Somebody about whom roll and log differed: ids and codes only, so that it need not be erased. */
export interface KeptFinding {
  readonly prisonNumber: string;
  /** As the roll has it, where it is another number of theirs. */
  readonly onRoll?: string;
  readonly kind: RollDifference;
  /** The prison that holds them by the log, or held them last, where it is another. */
  readonly heldBy?: string;
  /** The log tells it of a later instant than the roll: no difference, but for whoever may not know of it. */
  readonly later?: true;
}

/** A roll was held against the log. */
export interface RollChecked {
  readonly prisonId: string;
  /** The instant of which the roll speaks: ISO, UTC. */
  readonly asAt: string;
  /** ISO, UTC. */
  readonly checkedAt: string;
  /** User name; `custody-watch` for the check of the night. */
  readonly by: string;
  /** How many people are on the roll. */
  readonly people: number;
  readonly differences: Readonly<Record<RollDifference, number>>;
  /** It looked like the roll of another prison or day, or like half of one, and nobody said that it is right. */
  readonly unlike: boolean;
  /** How many corrections were recorded. */
  readonly corrected: number;
  readonly findings: readonly KeptFinding[];
}

/** How many of each kind differ, zeros included. */
export const countedByKind = (findings: readonly Pick<RollFinding, 'kind' | 'later'>[]): RollChecked['differences'] => {
  const byKind = Map.groupBy(
    findings.filter(({ later }) => !later),
    ({ kind }) => kind,
  );
  return Object.fromEntries(ROLL_DIFFERENCES.map((kind) => [kind, byKind.get(kind)?.length ?? 0])) as Record<
    RollDifference,
    number
  >;
};

/** What somebody is told of a check; `corrected` only where they see all prisons. */
export type RollReport = Omit<RollChecked, 'corrected'> & Partial<Pick<RollChecked, 'corrected'>>;

/**
 * What somebody of these prisons is told of a check. Whom another prison holds, or held last, is as if the log had never
 * heard of them, under the number that stands on the roll: that somebody is or was in prison elsewhere is not theirs to
 * know (docs/access.md, "Prisons"). So what is counted is what they are told of: counts of all findings, and of what could
 * be corrected, would say of a roll of made-up numbers how many of them are elsewhere.
 */
export const toldTo = (prisons: Prisons, check: RollChecked): RollReport => {
  const findings = check.findings.flatMap((finding) => toldOf(finding, prisons));
  if (prisons === ALL_PRISONS) return { ...check, findings };
  const { prisonId, asAt, checkedAt, by, people, unlike } = check;
  return { prisonId, asAt, checkedAt, by, people, differences: countedByKind(findings), unlike, findings };
};

const toldOf = (finding: KeptFinding, prisons: Prisons): KeptFinding[] => {
  const { onRoll, later, ...told } = finding;
  const isUnheardOf = finding.kind === 'NEVER_HEARD_OF' && prisons !== ALL_PRISONS;
  if (isUnheardOf || isElsewhere(finding, prisons))
    return [{ prisonNumber: onRoll ?? finding.prisonNumber, kind: 'NEVER_HEARD_OF' }];
  return later ? [] : [told];
};

/** Earlier versions did not keep which prison somebody had left. */
const isElsewhere = ({ kind, heldBy }: KeptFinding, prisons: Prisons): boolean =>
  NOT_HERE.includes(kind) && prisons !== ALL_PRISONS && (heldBy === undefined || !prisons.has(heldBy));

/** As it goes into the log. */
export const toStored = (id: string, { prisonId, checkedAt, ...check }: RollChecked): NewEvent => ({
  id,
  type: TYPE,
  data: { prisonId, ...check, findings: check.findings.slice(0, MOST_KEPT) },
  metadata: { schema: SCHEMA, prisonId, occurredAt: check.asAt, recordedAt: checkedAt, knownAt: checkedAt },
});

/** As it comes out of the log; nothing for what this version does not know. */
const fromStored = ({ type, data, metadata }: RecordedEvent): RollChecked | undefined => {
  if (type !== TYPE || metadata['schema'] !== SCHEMA) return undefined;
  const check = data as unknown as Omit<RollChecked, 'checkedAt'>;
  // Earlier versions knew fewer kinds.
  const differences = { ...countedByKind([]), ...check.differences };
  return { ...check, differences, checkedAt: String(metadata['recordedAt']) };
};

/** The log, and how the streams of this service begin in it. */
export interface RollLog {
  readonly store: Pick<EventStore, 'readStream'>;
  readonly prefix: string;
}

/** The checks of a prison's roll, the last one first. @throws StoreUnavailable */
export async function* checksOf({ store, prefix }: RollLog, prisonId: string): AsyncGenerator<RollChecked> {
  for await (const recorded of store.readStream(rollStream(prefix, prisonId), { direction: 'backward' })) {
    const check = fromStored(recorded);
    if (check) yield check;
  }
}

/** When a check was made. */
export const checkedAtOf = ({ checkedAt }: RollChecked): Instant => Date.parse(checkedAt);
