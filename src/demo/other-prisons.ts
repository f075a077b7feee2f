/** The other prisons of the demonstration: invented histories (`custody-watch generate`), told as the feeds of each tell. */
import { generatedHistory } from '../generate/history.js';
import type { GeneratedEvent } from '../generate/telling.js';
import { happens } from '../generate/happening.js';
import { Chance } from '../generate/chance.js';
import { type Instant, MINUTE, toIso } from '../prison/instant.js';
import type { DemonstrationCalendar } from './calendar.js';
import { DAYS_AHEAD } from './ordinary-life.js';
import { type DemonstrationEvent, DEMONSTRATION, record } from './recording.js';
import { TRAINER, WOMENS_PRISON } from './stay.js';

/** For how many days before the beginning they have been full. */
const FULL_FOR = 84;

/** How many people each holds, their numbers, and what is added to the seed: so that there is something to see. */
const WOMEN = { shape: 'women', people: 60, firstNumber: 0, more: 11 } as const;
const TRAINEES = { shape: 'trainer', people: 40, firstNumber: 1_000, more: 4 } as const;

/** What HMPPS publishes as domain events, and this service takes. The steps of an ACCT and of a segregation are not among them. */
const PUBLISHED: ReadonlySet<string> = new Set([
  ...['PrisonerReceived', 'PrisonerReleased', 'PrisonerRecordsMerged', 'PersonDetailsChanged', 'LegalStatusChanged'],
  ...['CellMoved', 'RiskMarkerAdded', 'RiskMarkerRemoved', 'ComplexityOfNeedChanged', 'CsipStatusChanged'],
  ...['AdjudicationReported', 'AdjudicationProved', 'AdjudicationQuashed', 'CellularConfinementAwarded'],
  ...['CellularConfinementActivated', 'SocialVisitsRestricted', 'IncentiveLevelChanged', 'IncentiveReviewHeld'],
  ...['SelfHarmReported', 'AssaultReported', 'NonAssociationRecorded', 'VisitCancelled'],
]);

/** What is told about what was told. */
const ABOUT_EVENTS = ['EventWithdrawn'];

/** What the feed of case notes delivers. */
const CASE_NOTES: ReadonlySet<string> = new Set([
  ...['KeyWorkerSessionHeld', 'KeyWorkerEntryRecorded', 'KeyWorkerSessionMissed', 'CaseNoteQualityAssessed'],
]);

/** The feeds that say how far they are complete, and every how many hours they do. */
const REPORTS = { feeds: ['movements', 'case-notes'], everyHours: 3 };

/** What is told of the women's prison: what is published of it, but for what was lost on the way. */
export const womensPrison = (calendar: DemonstrationCalendar, seed: number): DemonstrationEvent[] => {
  const events = published(calendar, seed);
  const { release, newcomer } = lost(events, calendar);
  return events.filter(({ id, prisonNumber }) => id !== release?.id && prisonNumber !== newcomer?.prisonNumber);
};

/** The prison numbers of those who are in the women's prison at the beginning, by its roll. From a roll nothing is lost. */
export const womensRoll = (calendar: DemonstrationCalendar, seed: number): string[] =>
  presentBy(published(calendar, seed), toIso(calendar.began));

/** An open ACCT is a flag on the record, and no more. */
const published = (calendar: DemonstrationCalendar, seed: number): DemonstrationEvent[] => {
  const events = invented(WOMENS_PRISON, WOMEN, calendar, seed)
    .map(asPublished)
    .filter(({ type }) => PUBLISHED.has(type) || ABOUT_EVENTS.includes(type));
  const ids = new Set(events.map(({ id }) => id));
  return events.filter(({ data: { withdraws } }) => typeof withdraws !== 'string' || ids.has(withdraws));
};

/** The last release before the day of the beginning, and everything about whoever came last before it. */
const lost = (events: readonly DemonstrationEvent[], { ago }: DemonstrationCalendar) => {
  const before = toIso(ago(0, '00:00'));
  const there = new Set(presentBy(events, before));
  const isLast = (type: string, reason: string, isThere: boolean) => (event: DemonstrationEvent) =>
    event.type === type &&
    event.data['reason'] === reason &&
    event.recordedAt < before &&
    there.has(event.prisonNumber ?? '') === isThere;
  return {
    release: events.findLast(isLast('PrisonerReleased', 'RELEASED', false)),
    newcomer: events.findLast(isLast('PrisonerReceived', 'NEW_ADMISSION', true)),
  };
};

/** The prison numbers of those who came and have not left since, by what was recorded up to an instant. */
const presentBy = (events: readonly DemonstrationEvent[], until: string): string[] => {
  const present = new Set<string>();
  const known = events.filter(({ recordedAt }) => recordedAt <= until);
  for (const { type, prisonNumber = '', data } of known.sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1))) {
    if (type === 'PrisonerReceived') present.add(prisonNumber);
    if (type === 'PrisonerReleased') present.delete(prisonNumber);
    if (type === 'PrisonerRecordsMerged' && present.delete(String(data['removedPrisonNumber'])))
      present.add(prisonNumber);
  }
  return [...present].sort();
};

/** What happens in the trainer, and what its feeds say of themselves. Its case notes stopped yesterday at five. */
export const trainer = (calendar: DemonstrationCalendar, seed: number): DemonstrationEvent[] => {
  const stopped = toIso(caseNotesStopped(calendar));
  const told = invented(TRAINER, TRAINEES, calendar, seed);
  return [
    ...told.filter(({ type, recordedAt }) => !CASE_NOTES.has(type) || recordedAt <= stopped),
    ...reports(calendar),
  ];
};

/** The last instant up to which everything came. */
const caseNotesStopped = ({ ago }: DemonstrationCalendar): Instant => ago(1, '17:00');

const invented = (
  prisonId: string,
  { more, ...population }: typeof WOMEN | typeof TRAINEES,
  { ago }: DemonstrationCalendar,
  seed: number,
): DemonstrationEvent[] => {
  const span = { from: ago(FULL_FOR), days: FULL_FOR + DAYS_AHEAD };
  return Array.from(generatedHistory({ ...population, ...span, seed: seed + more }), (event) =>
    ofDemonstration(event, prisonId),
  );
};

/** A charge's number begins with the prison. */
const ofDemonstration = ({ data, source, ...event }: GeneratedEvent, prisonId: string): DemonstrationEvent => ({
  ...event,
  prisonId,
  source: { ...source, system: DEMONSTRATION },
  data: {
    ...data,
    ...(data['chargeNumber'] !== undefined && { chargeNumber: charge(data['chargeNumber'], prisonId) }),
  },
});

const charge = (number: unknown, prisonId: string): string => String(number).replace(/^[A-Z]+/, prisonId);

const ACCT_FLAG = { AcctOpened: 'RiskMarkerAdded', AcctClosed: 'RiskMarkerRemoved' } as const;

const asPublished = (event: DemonstrationEvent): DemonstrationEvent =>
  event.type === 'AcctOpened' || event.type === 'AcctClosed'
    ? { ...event, type: ACCT_FLAG[event.type], data: { code: 'HA' } }
    : event;

/** From three days before the beginning on. */
const reports = (calendar: DemonstrationCalendar): DemonstrationEvent[] => {
  const stopped = caseNotesStopped(calendar);
  const events: DemonstrationEvent[] = [];
  for (let day = 3; day > -DAYS_AHEAD; day--)
    for (let hour = 2; hour < 24; hour += REPORTS.everyHours) {
      const until = calendar.ago(day, `${hour}:00`);
      for (const feed of REPORTS.feeds) if (feed !== 'case-notes' || until <= stopped) events.push(report(feed, until));
    }
  return events;
};

const report = (feed: string, until: Instant): DemonstrationEvent => {
  const says = happens(until, 'FeedCompleteUntil', { feed, until: toIso(until) });
  return record({ ...says, recordedAfter: 2 * MINUTE }, { prisonId: TRAINER }, new Chance(0));
};
