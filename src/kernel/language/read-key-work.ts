import { type KeyWorkTerms, type TimeInForce, WEEKLY } from '../prison-settings.js';
import type { Cursor } from './cursor.js';
import { readTimeInForce, TIME_IN_FORCE } from './read-time-in-force.js';

/** What only a prison with a key work scheme can say of it. */
export const OF_A_SCHEME = ['every', 'minutes', 'caseload'];
export const EVERY = ['P7D', 'P14D', 'P21D', 'P28D'];

/** How a prison does key work. @param whole the time for which its settings hold */
export const readKeyWork = (cursor: Cursor, whole: TimeInForce): KeyWorkTerms => {
  const fields = cursor.fields([], ['scheme', ...OF_A_SCHEME, 'because', ...TIME_IN_FORCE]);
  const scheme = fields.get('scheme')?.truth() ?? WEEKLY.scheme;
  const every = fields.get('every');
  for (const name of scheme ? [] : OF_A_SCHEME)
    fields.get(name)?.complain(`Where there is no key work scheme there is no "${name}".`);
  const because = fields.get('because')?.text();
  return {
    scheme,
    everyWeeks: every ? EVERY.indexOf(every.oneOf(EVERY)) + 1 : WEEKLY.everyWeeks,
    minutes: fields.get('minutes')?.whole() ?? WEEKLY.minutes,
    caseload: fields.get('caseload')?.whole() ?? WEEKLY.caseload,
    ...(because !== undefined && { because }),
    ...readTimeInForce(fields, whole),
  };
};
