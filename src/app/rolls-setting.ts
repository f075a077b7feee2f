import { isNoPrison, isPrisonId } from '../prison/prison-id.js';
import type { RollFeed } from '../roll/nightly-rolls.js';
import { secretOf } from './secret-setting.js';
import { type Environment, WrongSetting } from './wrong-setting.js';

/** Where and when the rolls of prisons are fetched; nothing where they are not. @throws WrongSetting */
export const rollsOf = (environment: Environment): RollFeed | undefined => {
  const { ROLL_URL: url = '', ROLL_PRISONS: named = '', ROLL_AT: at = '05:30' } = environment;
  if (url === '') {
    if (named !== '') throw new WrongSetting('ROLL_PRISONS', named, 'it goes with ROLL_URL');
    return undefined;
  }
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new WrongSetting('ROLL_URL', url, 'use an address that begins with https:// or http://');
  const prisons = named.split(',').filter((prison) => prison !== '');
  if (prisons.length === 0 || !prisons.every((prison) => isPrisonId(prison) && !isNoPrison(prison)))
    throw new WrongSetting('ROLL_PRISONS', named, 'ROLL_URL needs prison ids, such as XYI,XYM');
  if (prisons.length > 1 && !url.includes('{prison}'))
    throw new WrongSetting('ROLL_URL', url, 'with several prisons, write {prison} where the prison id belongs');
  const [, hour = '', minute = ''] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(at) ?? [];
  if (hour === '') throw new WrongSetting('ROLL_AT', at, 'use a time of the 24-hour clock, such as 05:30');
  const token = secretOf('ROLL_TOKEN', environment) || undefined;
  return { url, prisons, minute: Number(hour) * 60 + Number(minute), token };
};
