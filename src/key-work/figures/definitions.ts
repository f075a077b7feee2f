import { definition, type Definition } from '../../answers/definition.js';

/** Nobody is to be seen where a prison says that it has no key work scheme. */
const IN_A_SCHEME = 'Nobody where the prison has no key work scheme now.';

export const DEFINITIONS = {
  daysToBeSeen: definition(
    3,
    'Person-days of the period: for each local day (Europe/London) on which the prison had a key work scheme, everybody held by this prison who, at the end of the day (today: now), was in a stay, did not have HIGH complexity of need, and was not away at court, in hospital or on temporary absence.',
  ),
  sessionsDue: definition(
    2,
    'One session for every seven days to be seen; for every 14, 21 or 28 where the prison is to see everybody once in so many days. To one decimal.',
  ),
  sessionsHeld: definition(
    1,
    'Key worker sessions that happened in the period, with anybody in this prison, whenever recorded. Withdrawn ones do not count.',
  ),
  delivered: definition(
    2,
    'sessionsHeld / sessionsDue in per cent, to one decimal; 0 if none was held, and no figure only if none was due.',
  ),
  sessionsMissed: definition(
    1,
    'Key worker sessions recorded as missed in the period, by the reason given. Withdrawn ones do not count.',
  ),
  neverSeen: definition(
    3,
    `People held by this prison who are now in a stay that began with an arrival, do not have HIGH complexity of need, and have had no session in this stay, by local days since the arrival. ${IN_A_SCHEME}`,
  ),
  notKnownWhetherSeen: definition(
    3,
    'The same for people whose stay is not on record from its first day: there may have been a session before the record begins.',
  ),
  overdue: definition(
    3,
    `People held by this prison for whom rule KW-01 is true now: they had a session in this stay, and none since for longer than the rule allows (seven days by default; two, three or four times as long where the prison is to see everybody so often), not counting time away. By days since that session, in the steps of the rule, counted in the same way. ${IN_A_SCHEME}`,
  ),
  longestGap: definition(
    3,
    `Of everybody who should be seen here now: the most local days since the last session of this stay, or since the arrival if there was none. ${IN_A_SCHEME}`,
  ),
  withoutKeyWorker: definition(3, `People who should be seen here now and have no key worker. ${IN_A_SCHEME}`),
  keyWorkers: definition(
    4,
    'By member of staff: caseload, neverSeen, overdue and longestGap of the people who should be seen here now and are allocated to them; sessionsDue for the person-days of the period with them as key worker; sessionsHeld by them in the period, with anybody; minutesScheduled, which were to be kept free for key work, by the day on which they begin, and minutesWithdrawn of these.',
  ),
} as const satisfies Record<string, Definition>;

/** The published figures of keyworker-api (PrisonStatsService.kt, read August 2026), and where they differ from ours. */
export const KEYWORKER_API = {
  projectedSessions: {
    ...definition(
      2,
      'Average daily number of eligible people, including those away, times the days of the period, divided by 7 (a session a week), or by as many days as the prison is to see everybody once in, rounded down.',
    ),
    differs:
      'Ours leaves out the days on which somebody is away, and is not rounded down. keyworker-api leaves out people with HIGH complexity only in prisons that are set up so, and counts the people there on the following night; ours counts at the end of the day.',
  },
  complianceRate: {
    ...definition(
      2,
      'Sessions that happened in the period / projectedSessions in per cent, two decimals, half to even; no figure if either is 0.',
    ),
    differs: 'A prison that held no session shows no data here. Ours shows 0.',
  },
  percentageAssigned: {
    ...definition(
      1,
      'Average daily number of eligible people with a key worker / average daily number of eligible people, in per cent, two decimals, half to even; no figure if either is 0.',
    ),
    differs: 'An average of the period. Ours, withoutKeyWorker, counts people now.',
  },
} as const;
