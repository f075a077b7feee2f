import { alertStreamOf } from '../../dist/safety-alerts/alert/alert-ids.js';
import { toStored } from '../../dist/safety-alerts/alert/stored-safety-alert-event.js';

const AT_ONCE = 500;
const RULES = ['KW-01', 'KW-02', 'KW-04', 'FAM-01', 'SEG-02'];
const SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
export const PRISONS = ['XYI', 'XYM', 'XYO'];
const HOUR = 3_600_000;

/** Writes alerts into the log as the watch does, in all severities, of several rules, prisons and months. */
export async function raise({ store, settings, clock }, count) {
  const now = clock.now();
  for (let from = 0; from < count; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => from + i);
    await Promise.all(
      numbers.map((number) => {
        const at = new Date(now - (count - number) * (HOUR / 10)).toISOString();
        const { stream, event } = raised(number, at);
        return store.append(settings.streamPrefix + stream, 'no-stream', [toStored(event, stream, 0, at)]);
      }),
    );
  }
}

function raised(number, at) {
  const rule = RULES[number % RULES.length];
  const prisonNumber = personOf(Math.floor(number / RULES.length));
  const data = {
    episode: 1,
    at,
    decidedOn: '0',
    rule,
    ruleVersion: 1,
    prisonNumber,
    severity: SEVERITIES[(number * 7) % SEVERITIES.length],
    prisonId: PRISONS[number % PRISONS.length],
    reason: 'No key worker session is recorded.',
    why: {},
    evidence: [],
  };
  return { stream: alertStreamOf(rule, prisonNumber), event: { type: 'SafetyAlertRaised', data } };
}

export const personOf = (number) =>
  `${'ABCDEFGH'[Math.floor(number / 10_000)]}${String(number % 10_000).padStart(4, '0')}AA`;
