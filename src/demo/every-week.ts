import type { DemonstrationCalendar } from './calendar.js';
import { session } from '../generate/habits/key-work.js';
import type { Happening } from '../generate/happening.js';

/** A session each week, the last `until` days ago and none before `from` days ago. */
export const everyWeek = (
  calendar: DemonstrationCalendar,
  from: number,
  until: number,
  staffId: string,
): Happening[] => {
  const sessions: Happening[] = [];
  for (let day = until; day <= from; day += 7) sessions.unshift(session(calendar.ago(day, '10:30'), staffId));
  return sessions;
};
