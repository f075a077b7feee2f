import { type KeyWorkTerms, type PrisonSettings, WEEKLY } from '../../kernel/prison-settings.js';
import type { Instant } from '../../prison/instant.js';
import { type Day, isoDate, type LocalDays } from '../../prison/local-days.js';
import type { Period } from '../period.js';

/** Nest's token for the {@link PrisonSettings} that the figures go by; the application provides it. */
export const KEY_WORK_SETTINGS = Symbol('KeyWorkSettings');

/** A part of a period in which a prison does key work in one way. */
export interface FrequencyPart extends Period {
  /** Everybody is to be seen once in so many days. */
  readonly everyDays: number;
}

/** How often each prison is to see everybody, day by day (docs/prisons.md, "Key work"). */
export class Frequency {
  private readonly byPrison: ReadonlyMap<string, readonly KeyWorkTerms[]>;
  /** The days on which it becomes another in some prison, in order. */
  private readonly changes: readonly Day[];

  constructor(
    settings: readonly PrisonSettings[],
    private readonly days: LocalDays,
  ) {
    this.byPrison = new Map(settings.map(({ prisonId, keyWork }) => [prisonId, keyWork]));
    const dates = settings.flatMap(({ keyWork }) => keyWork.flatMap(({ from, until }) => [from, until]));
    const named = dates.flatMap((date) => (date === undefined ? [] : days.named(date)));
    this.changes = [...new Set(named)].sort((a, b) => a - b);
  }

  /** In how many weeks a prison is to see everybody once, on a day; nothing where it has no key work scheme then. */
  weeksOn(prisonId: string, day: Day): number | undefined {
    const { scheme, everyWeeks } = this.termsOn(prisonId, day);
    return scheme ? everyWeeks : undefined;
  }

  /** What a prison says of its key work for a day; weekly, where it says nothing. */
  termsOn(prisonId: string, day: Day): KeyWorkTerms {
    const own = this.byPrison.get(prisonId);
    return (own && inForceOn(isoDate(day), own)) ?? WEEKLY;
  }

  /** The parts of a period in which a prison has a key work scheme, in order. */
  partsOf(prisonId: string, { from, to }: Period): FrequencyPart[] {
    const starts = [from, ...this.changes.filter((day) => day > from && day <= to)];
    return starts.flatMap((start, place) => {
      const weeks = this.weeksOn(prisonId, start);
      return weeks === undefined ? [] : [{ from: start, to: (starts[place + 1] ?? to + 1) - 1, everyDays: weeks * 7 }];
    });
  }

  /** When it next becomes another in some prison, after an instant. */
  changeAfter(instant: Instant): Instant | undefined {
    return this.changes.map((day) => this.days.startOf(day)).find((start) => start > instant);
  }
}

const inForceOn = (date: string, terms: readonly KeyWorkTerms[]): KeyWorkTerms | undefined =>
  terms.find(({ from = date, until }) => from <= date && (until === undefined || date < until));
