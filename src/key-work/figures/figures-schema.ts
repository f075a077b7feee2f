import {
  day,
  decimal,
  instant,
  listOf,
  mapOf,
  objectOf,
  orNull,
  type Schema,
  text,
  whole,
} from '../../answers/schema.js';
import type { Definition } from '../../answers/definition.js';
import type { Band } from './bands.js';
import type { KeyWorkerFigures } from './by-key-worker.js';
import { DEFINITIONS, KEYWORKER_API } from './definitions.js';
import type { PrisonFigures } from './prison-figures.js';

type SchemaMembers = Readonly<Record<string, Schema>>;

const DEFINED = {
  version: whole('Raised whenever the figure counts differently'),
  says: text('What the figure means'),
} satisfies Readonly<Record<keyof Definition, Schema>>;

/** A figure, described by its own definition. */
const figure = (name: keyof typeof DEFINITIONS, value: Schema, more: SchemaMembers = {}): Schema => ({
  ...objectOf({ value, ...more, ...DEFINED }),
  description: DEFINITIONS[name].says,
});

const theirs = (name: keyof typeof KEYWORKER_API, value: Schema): Schema => ({
  ...objectOf({ value, ...DEFINED, differs: text('Where ours differs') }),
  description: KEYWORKER_API[name].says,
});

const bands = (of: string): Schema =>
  listOf(
    objectOf<Band>({
      from: whole('Days, included'),
      to: orNull(whole('Days, included; null: and more')),
      people: whole('How many'),
    }),
    of,
  );

const inPeriod = objectOf<PrisonFigures['inPeriod']>({
  daysToBeSeen: figure('daysToBeSeen', whole('Person-days')),
  sessionsDue: figure('sessionsDue', decimal('To one decimal')),
  sessionsHeld: figure('sessionsHeld', whole('How many')),
  delivered: figure('delivered', orNull(decimal('Per cent; null: none was due'))),
  sessionsMissed: figure('sessionsMissed', whole('How many'), {
    byReason: mapOf(whole('How many'), 'By reason, zeros shown'),
  }),
});

const now = objectOf<PrisonFigures['now']>({
  neverSeen: figure('neverSeen', whole('People'), { byDaysSinceArrival: bands('By days since the arrival') }),
  notKnownWhetherSeen: figure('notKnownWhetherSeen', whole('People')),
  overdue: figure('overdue', whole('People'), { byDaysSinceSession: bands('By days since the last session') }),
  longestGap: figure('longestGap', orNull(whole('Days; null: nobody is to be seen'))),
  withoutKeyWorker: figure('withoutKeyWorker', whole('People')),
});

const keyWorker = objectOf<KeyWorkerFigures>({
  staffId: text('Of the member of staff'),
  caseload: whole('People now'),
  sessionsDue: decimal('In the period, to one decimal'),
  sessionsHeld: whole('In the period'),
  minutesScheduled: whole('In the period, to be kept free for key work'),
  minutesWithdrawn: whole('Of these, taken for something else'),
  neverSeen: whole('People now'),
  overdue: whole('People now'),
  longestGap: orNull(whole('Days now; null: no caseload')),
});

export const FIGURES_SCHEMA: Schema = objectOf<PrisonFigures>({
  prisonId: text('Such as XYI'),
  from: day('First day of the period'),
  to: day('Last day of the period'),
  daysInPeriod: whole('Both included'),
  inPeriod: { ...inPeriod, description: 'Sessions due, held, missed and why' },
  asAt: instant('The instant of what stands under now'),
  now: { ...now, description: 'How things stand at asAt, whatever the period' },
  keyWorkers: objectOf<PrisonFigures['keyWorkers']>({ ...DEFINED, content: listOf(keyWorker, 'By staff id') }),
  keyworkerApi: objectOf<PrisonFigures['keyworkerApi']>({
    projectedSessions: theirs('projectedSessions', whole('How many')),
    complianceRate: theirs('complianceRate', orNull(decimal('Per cent'))),
    percentageAssigned: theirs('percentageAssigned', orNull(decimal('Per cent'))),
  }),
});
