import { join } from 'node:path';
import { LocalDays } from '../kernel/local-days.js';
import { planOf, type Plan } from '../kernel/plan.js';
import type { RuleFile } from '../kernel/language/read-rule-file.js';
import type { CheckpointStore } from '../store/checkpoint-store.js';
import { systemClock, type Clock } from '../store/clock.js';
import { EmbeddedCheckpointStore } from '../store/embedded/embedded-checkpoint-store.js';
import { EmbeddedEventStore } from '../store/embedded/embedded-event-store.js';
import type { EventStore } from '../store/event-store.js';
import { rulesIn } from '../watch/rule-folder.js';
import type { Settings } from './settings.js';

/** What the service stands on. */
export interface Estate {
  readonly settings: Settings;
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore;
  readonly clock: Clock;
  readonly ruleFiles: readonly RuleFile[];
  readonly plan: Plan;
  readonly days: LocalDays;
  /** The people in the store are invented. */
  readonly demonstration: boolean;
}

/** Nest's token for the {@link Estate}. */
export const ESTATE = Symbol('Estate');

/** The rules of the configuration, compiled. @throws InvalidRules, NoRules */
export const rulesOf = ({ configDir }: Pick<Settings, 'configDir'>): Pick<Estate, 'ruleFiles' | 'plan' | 'days'> => {
  const ruleFiles = rulesIn(join(configDir, 'rules'));
  const days = new LocalDays();
  return {
    ruleFiles,
    days,
    plan: planOf(
      ruleFiles.map(({ rule }) => rule),
      days,
    ),
  };
};

/** An estate on the embedded store. */
export interface EmbeddedEstate extends Estate {
  readonly store: EmbeddedEventStore;
}

/**
 * Opens the embedded store for this process alone, with everything that the service stands on. Rules come first, so that a
 * mistake in them leaves the store alone.
 * @throws InvalidRules, NoRules, StoreInUse, StoreUnreadable, StoreUnavailable, StoreKindMismatch: demonstration data
 *   never mixes with real data
 */
export const openEstate = async (
  settings: Settings,
  demonstration: boolean,
  clock: Clock = systemClock,
): Promise<EmbeddedEstate> => {
  const rules = rulesOf(settings);
  const store = EmbeddedEventStore.open(settings.dataDir);
  try {
    store.declareKind(demonstration ? 'demonstration' : 'real');
    const checkpoints = EmbeddedCheckpointStore.open(settings.dataDir, store);
    return { settings, store, checkpoints, clock, demonstration, ...rules };
  } catch (error) {
    await store.close();
    throw error;
  }
};
