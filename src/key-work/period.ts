import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { isDate } from '../prison/iso-8601.js';
import { type Day, isoDate, type LocalDays } from '../prison/local-days.js';
import { AtLeast } from '../safety-alerts/list/at-least.js';
import { InvalidQuery } from '../answers/errors.js';

/** Days of the prison's calendar (Europe/London), the first and the last included. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

const LONGEST = 3660;
const A_DAY = 'must be a day that exists, such as 2026-11-20';

/** `from` and `to` of a query. */
export class PeriodQuery extends AtLeast {
  @ApiPropertyOptional({ format: 'date', description: 'First day, Europe/London' })
  @IsOptional()
  @IsString({ message: A_DAY })
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Last day, Europe/London; default: today' })
  @IsOptional()
  @IsString({ message: A_DAY })
  readonly to?: string;
}

export const daysIn = ({ from, to }: Period): number => Math.max(0, to - from + 1);

/**
 * The period that was asked for; `firstDay` gives the default of `from`, `lastDay` that of `to`.
 * @throws InvalidQuery, naming the field, when a day does not exist, lies after today, or the first after the last
 */
export const periodOf = (
  { from, to }: Pick<PeriodQuery, 'from' | 'to'>,
  {
    days,
    today,
    firstDay,
    lastDay = today,
  }: { readonly days: LocalDays; readonly today: Day; readonly firstDay: (to: Day) => Day; readonly lastDay?: Day },
): Period => {
  const last = to === undefined ? lastDay : dayNamed('to', to, days);
  if (last > today) throw refused('to', to, `must not lie after today, ${isoDate(today)}`);
  const first = from === undefined ? Math.min(firstDay(last), last) : dayNamed('from', from, days);
  if (first > last) throw refused('from', from, `must not lie after the last day, ${isoDate(last)}`);
  if (last - first > LONGEST) throw refused('from', from, `must lie at most ${LONGEST} days before the last day`);
  return { from: first, to: last };
};

const dayNamed = (field: string, text: string, days: LocalDays): Day => {
  if (!isDate(text)) throw refused(field, text, A_DAY);
  return days.named(text);
};

const refused = (field: string, value: string | undefined, message: string): InvalidQuery =>
  new InvalidQuery([{ field, value: value?.slice(0, 100) ?? null, message }]);
