import { SEVERITIES, type Severity } from '../prison/severity.js';
import { LAPSE_TERMS, type LapseTerm, type LapseTerms } from '../safety-alerts/alert/terms.js';
import { WrongSetting } from './wrong-setting.js';

const NAME = 'ACKNOWLEDGEMENT_LAPSES';
const ALLOWED =
  'use severities with hours (PT2H, at most PT2000H) or local days (P1D, at most P90D), such as CRITICAL=PT2H,HIGH=P1D';

/**
 * How long acknowledgements hold: `CRITICAL=PT1H,HIGH=P2D`. What is left out holds as long as it does by default.
 * @throws WrongSetting
 */
export const lapsesOf = (value: string): LapseTerms => {
  const terms = value === '' ? [] : value.split(',').map((one) => readOne(one, value));
  if (new Set(terms.map(([severity]) => severity)).size < terms.length) throw new WrongSetting(NAME, value, ALLOWED);
  return { ...LAPSE_TERMS, ...Object.fromEntries(terms) };
};

const readOne = (text: string, value: string): [Severity, LapseTerm] => {
  const [, name, hours, days] = /^([A-Z]+)=P(?:T(\d{1,4})H|(\d{1,2})D)$/.exec(text.trim()) ?? [];
  const severity = SEVERITIES.find((one) => one === name);
  const term = hours === undefined ? { days: Number(days) } : { hours: Number(hours) };
  const length = Number(hours ?? days);
  const most = hours === undefined ? 90 : 2000;
  if (severity === undefined || !(length >= 1 && length <= most)) throw new WrongSetting(NAME, value, ALLOWED);
  return [severity, term];
};
