import { definition, type Definition } from '../../answers/definition.js';

export const DEFINITIONS = {
  daysToBeSeen: definition(
    2,
    'Person-days of the period: for each local day (Europe/London) everybody whom this prison held, and who at its end (today: now) was in a stay, had no HIGH complexity of need, and was not away at court, in hospital or on temporary absence.',
  ),
  sessionsDue: definition(1, 'One session for every seven days to be seen: daysToBeSeen / 7, to one decimal.'),
  sessionsHeld: definition(
    1,
    'Key worker sessions that happened in the period, with anybody in this prison, whenever recorded. Withdrawn ones do not count.',
  ),
  delivered: definition(
    1,
    'sessionsHeld / sessionsDue in per cent, to one decimal; 0 when none was held, and nothing only when none was due.',
  ),
  sessionsMissed: definition(
    1,
    'Key worker sessions recorded as missed in the period, by the reason given. Withdrawn ones do not count.',
  ),
  neverSeen: definition(
    2,
    'People whom this prison holds, and who now are in a stay that began with an arrival, have no HIGH complexity of need, and with whom no session was held in this stay, by local days since the arrival.',
  ),
  notKnownWhetherSeen: definition(
    2,
    'The same, but for people whose stay is not known from its first day on: there may have been a session before the record begins.',
  ),
  overdue: definition(
    2,
    'People whom this prison holds, and for whom rule KW-01 is true now: a session in this stay, none since for longer than the rule allows (seven days, as it is delivered), waiting for those who are away. By how many days have passed since that session, in the steps of the rule, absences waited for in the same way.',
  ),
  longestGap: definition(
    2,
    'Of everybody who is to be seen here now: the most local days since the last session of this stay, or since the arrival where there was none.',
  ),
  withoutKeyWorker: definition(2, 'People to be seen here now who have no key worker.'),
  keyWorkers: definition(
    2,
    'By member of staff: caseload, neverSeen, overdue and longestGap of those to be seen here now of whom they are the key worker; sessionsDue for the person-days of the period with them as key worker / 7; sessionsHeld by them in the period, with whomever.',
  ),
} as const satisfies Record<string, Definition>;

/** The published figures of keyworker-api (PrisonStatsService.kt, read August 2026), and where they differ from ours. */
export const KEYWORKER_API = {
  projectedSessions: {
    ...definition(
      1,
      'Average daily number of eligible people, those away included, times the days of the period, divided by 7 (a session a week), cut to a whole number.',
    ),
    differs:
      'Ours leaves out the days on which somebody is away, and is not cut. keyworker-api leaves out people of HIGH complexity only in prisons that are set up so, uses the setting of the prison for the frequency, and counts who is there in the night after; we count the end of the day.',
  },
  complianceRate: {
    ...definition(
      1,
      'Sessions that happened in the period / projectedSessions in per cent, two decimals, half to even; nothing when either is 0.',
    ),
    differs: 'A prison that held no session shows no data here. Ours shows 0.',
  },
  percentageAssigned: {
    ...definition(
      1,
      'Average daily number of eligible people with a key worker / average daily number of eligible people, in per cent, two decimals, half to even; nothing when either is 0.',
    ),
    differs: 'An average of the period. Ours, withoutKeyWorker, counts people now.',
  },
} as const;
