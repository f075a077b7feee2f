import { DateTime } from 'luxon';

/** Where prisons in England and Wales are, wherever the server is. */
const ZONE = 'Europe/London';

/** An instant, as ISO text or as milliseconds since 1970-01-01T00:00:00Z; or a local day, `2026-11-20`. */
export type Moment = string | number;

const LOCAL_DAY = /^\d{4}-\d\d-\d\d$/;

const inPrison = (moment: Moment): DateTime =>
  typeof moment === 'number'
    ? DateTime.fromMillis(moment, { zone: ZONE, locale: 'en-GB' })
    : DateTime.fromISO(moment, { zone: ZONE, locale: 'en-GB' });

/** `20 November 2026`. Local (Europe/London). */
export const sayDate = (moment: Moment): string => inPrison(moment).toFormat('d LLLL yyyy');

/** `20 Nov 2026`, for columns of tables. */
export const sayTableDate = (moment: Moment): string => inPrison(moment).toFormat('d LLL yyyy');

/** `20 Nov`, for axes and narrow columns. */
export const sayShortDate = (moment: Moment): string => inPrison(moment).toFormat('d LLL');

/** `14:05`. Local (Europe/London), 24-hour clock. */
export const sayTime = (moment: Moment): string => inPrison(moment).toFormat('HH:mm');

/** `20 November 2026, 14:05`; of a local day, only the day. */
export const sayMoment = (moment: Moment): string =>
  typeof moment === 'string' && LOCAL_DAY.test(moment) ? sayDate(moment) : `${sayDate(moment)}, ${sayTime(moment)}`;

/** `2026-11-20`: the local day (Europe/London) of an instant. */
export const localDay = (moment: Moment): string => inPrison(moment).toFormat('yyyy-MM-dd');

/** For `datetime` attributes: ISO in UTC. */
export const machineMoment = (moment: Moment): string => inPrison(moment).toUTC().toISO() ?? String(moment);
