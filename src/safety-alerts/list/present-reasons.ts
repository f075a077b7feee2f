import { aboutOf } from '../../prison/alert-subject.js';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { type Clock, CLOCK } from '../../store/clock.js';
import { PRESENT_REASONS, type PresentReasonSource } from '../ports.js';
import { type AlertSummary, isOpenState } from './alert-summary.js';

/** What it takes of an alert to say its sentence anew. */
type AlertSentence = Pick<AlertSummary, 'rule' | 'prisonNumber' | 'subject' | 'reason' | 'state' | 'stillTrue'>;

/**
 * Lets alerts say what is so now, not what was so when they were raised: 119 days, not 29. An alert that is closed and
 * no longer true keeps its sentence; so does one for which no sentence can be made just now.
 */
@Injectable()
export class PresentReasons {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(PRESENT_REASONS) private readonly source?: PresentReasonSource,
  ) {}

  /**
   * The same alerts in the same order, each with its sentence of now. @param mayTell of which that may be told
   * @throws StoreUnavailable
   */
  async in<T extends AlertSentence>(alerts: readonly T[], mayTell: (alert: T) => boolean = () => true): Promise<T[]> {
    const { source } = this;
    if (!source) return [...alerts];
    const now = this.clock.now();
    const people = new Set(alerts.filter((alert) => isSo(alert) && mayTell(alert)).map(aboutOf));
    const sentences = new Map<string, ReadonlyMap<string, string>>();
    for (const person of people) sentences.set(person, await source.reasonsOf(person, now));
    return alerts.map((alert) => {
      const reason = isSo(alert) && mayTell(alert) ? sentences.get(aboutOf(alert))?.get(alert.rule) : undefined;
      return reason === undefined ? alert : { ...alert, reason };
    });
  }
}

const isSo = ({ state, stillTrue }: AlertSentence): boolean => isOpenState(state) || stillTrue === true;
