/** Away for a while, without leaving: at court, in hospital. */
import { DAY, HOUR, type Instant } from '../../prison/instant.js';
import type { Calendar } from '../calendar.js';
import { happens, type Happening } from '../happening.js';

export interface TimeAway {
  readonly from: Instant;
  readonly until: Instant;
  readonly happenings: readonly Happening[];
}

export const courtDay = (day: Instant, calendar: Calendar): TimeAway => {
  const from = calendar.startOfDay(day) + 8 * HOUR;
  const until = from + 9.5 * HOUR;
  return away(from, 'SENT_TO_COURT', until, 'RETURN_FROM_COURT');
};

export const hospital = (from: Instant, nights: number): TimeAway =>
  away(from, 'TAKEN_TO_HOSPITAL', from + nights * DAY + 3 * HOUR, 'HOSPITAL_RETURN');

/** Out for the day, on licence. */
export const dayRelease = (day: Instant, calendar: Calendar): TimeAway => {
  const from = calendar.startOfDay(day) + 8.5 * HOUR;
  return away(from, 'TEMPORARY_ABSENCE_RELEASE', from + 8 * HOUR, 'TEMPORARY_ABSENCE_RETURN');
};

/**
 * Fits an absence into a life. A session that it meets is missed; an absence that anything else would meet does not take
 * place: nobody is charged in prison while at court.
 */
export const withAbsence = (life: readonly Happening[], absence: TimeAway): Happening[] => {
  const met = life.filter(({ at }) => absence.from <= at && at <= absence.until);
  if (!met.every(({ type }) => type.startsWith('KeyWorkerSession'))) return [...life];
  return [...life.map((happening) => (met.includes(happening) ? missed(happening) : happening)), ...absence.happenings];
};

const away = (from: Instant, leaving: string, until: Instant, returning: string): TimeAway => ({
  from,
  until,
  happenings: [
    happens(from, 'PrisonerReleased', { reason: leaving }),
    happens(until, 'PrisonerReceived', { reason: returning }),
  ],
});

const missed = ({ at, data }: Happening): Happening =>
  happens(at, 'KeyWorkerSessionMissed', { staffId: data.staffId, reason: 'AT_COURT' });
