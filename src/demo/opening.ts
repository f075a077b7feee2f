import type { DemonstrationCalendar } from './calendar.js';
import { afterThePlan } from '../generate/habits/acct.js';
import { bereaved, chaplain } from '../generate/habits/family.js';
import { session } from '../generate/habits/key-work.js';
import { backFromSegregation, screened, segregated } from '../generate/habits/segregation.js';
import { happens, type Happening } from '../generate/happening.js';
import type { LifeScriptName } from './scripts/life-scripts.js';
import { SECOND } from '../prison/instant.js';

/**
 * The first minutes after the beginning, as a play for whoever watches: what is grave comes, somebody answers, and it goes.
 * Between its lines fall due what `scripts/due-soon.ts` left open: at one minute the plan, at two the ACCT and the screen.
 */
export const opening = (calendar: DemonstrationCalendar): Partial<Record<LifeScriptName, Happening[]>> => {
  const at = (seconds: number): number => calendar.began + seconds * SECOND;
  return {
    twoSigns: [
      happens(at(8), 'SelfHarmReported', { severity: 'MODERATE' }),
      happens(at(70), 'AcctOpened', { concern: 'Cut his arm after the evening meal.' }),
      happens(at(130), 'AcctImmediateActionPlanCompleted'),
      session(at(165), '9022', 30),
      ...afterThePlan(at(70), calendar),
    ],
    longGap: [session(at(22), '9025')],
    onAcct: [
      ...segregated(at(38), 'RULE_45_OWN_PROTECTION'),
      happens(at(105), 'AcctSegregationDecisionRecorded', {
        decidedBy: 'Duty governor',
        justification: 'At risk from others on the wing tonight; observed every 15 minutes.',
      }),
      session(at(125), '9023', 30),
      screened(at(240)),
      ...backFromSegregation(at(50 * 60)),
    ],
    planDue: [happens(at(95), 'AcctImmediateActionPlanCompleted'), ...afterThePlan(at(-59 * 60), calendar)],
    acctDue: [
      happens(at(175), 'AcctOpened'),
      happens(at(230), 'AcctImmediateActionPlanCompleted'),
      ...afterThePlan(at(175), calendar),
    ],
    screenDue: [screened(at(190))],
    goodPractice: [bereaved(at(205), 'grandmother'), chaplain(at(280))],
    hearingDue: [
      happens(at(215), 'AdjudicationProved', { chargeNumber: 'XYI-000402' }),
      happens(at(215), 'CellularConfinementAwarded', { chargeNumber: 'XYI-000402', days: 3, suspended: false }),
      happens(at(300), 'AcctSegregationDecisionRecorded', {
        decidedBy: 'Duty governor',
        justification: 'Served in his own cell; the key worker comes every day.',
      }),
      session(at(330), '9024', 20),
    ],
    sevenWeeks: [
      session(at(8 * 60), '9001', 50),
      happens(at(12 * 60), 'AcctSegregationDecisionRecorded', {
        decidedBy: 'Duty governor',
        justification: 'To go back to his wing tomorrow; an ACCT was considered with him.',
      }),
      ...backFromSegregation(at(22 * 60 * 60)),
    ],
  };
};
