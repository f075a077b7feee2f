import type { Metric } from 'prom-client';
import { type Instant, MINUTE } from '../prison/instant.js';
import { ROLL_DIFFERENCES } from '../roll/comparison.js';
import { checkedAtOf, type RollChecked } from '../roll/roll-checked.js';
import type { RollChecks } from '../roll/roll-checks.js';
import type { Clock } from '../store/clock.js';
import { StoreError } from '../store/errors.js';
import { gauge } from './measure.js';

export interface RollSources {
  readonly rolls: Pick<RollChecks, 'last'>;
  /** Every prison in which anybody was ever heard of. */
  readonly prisons: () => Iterable<string>;
  readonly clock: Pick<Clock, 'now'>;
}

/** What the last check of each prison's roll found, as it was a minute ago at most. */
export const rollMetrics = (sources: RollSources): Metric[] => {
  const checks = lastChecks(sources);
  return [
    gauge({
      name: 'roll_differences',
      help: 'People about whom the last roll of a prison and the log differ, by how they do.',
      labels: ['prison', 'kind'],
      read: async () =>
        (await checks()).flatMap(({ prisonId: prison, differences }) =>
          ROLL_DIFFERENCES.map((kind) => ({ labels: { prison, kind }, value: differences[kind] })),
        ),
    }),
    gauge({
      name: 'roll_checked_timestamp_seconds',
      help: 'When the roll of a prison was last held against the log. Absent where it never was.',
      labels: ['prison'],
      read: async () =>
        (await checks()).map((check) => ({ labels: { prison: check.prisonId }, value: checkedAtOf(check) / 1000 })),
    }),
  ];
};

/** They are in the log and nowhere else, and each scrape asks twice. */
const lastChecks = ({ rolls, prisons, clock }: RollSources): (() => Promise<readonly RollChecked[]>) => {
  let read: { readonly at: Instant; readonly checks: Promise<readonly RollChecked[]> } | undefined;
  return () => {
    const now = clock.now();
    if (!read || now - read.at >= MINUTE) read = { at: now, checks: everyLast(rolls, prisons()) };
    return read.checks;
  };
};

const everyLast = async (rolls: RollSources['rolls'], prisons: Iterable<string>): Promise<readonly RollChecked[]> => {
  try {
    const checks = await Promise.all(Array.from(prisons, (prison) => rolls.last(prison)));
    return checks.filter((check) => check !== undefined);
  } catch (error) {
    // Health says that the log is away. All other figures are told as ever.
    if (error instanceof StoreError) return [];
    throw error;
  }
};
