import { Injectable, type PipeTransform } from '@nestjs/common';
import { A_PRISON_ID } from '../answers/date-span.js';
import { InvalidQuery } from '../answers/errors.js';
import { inCapitals, PRISON_NUMBER } from '../prison/prison-number.js';
import { PRISON_ID } from '../prison/prison-id.js';

const checked = (field: string, value: string, pattern: RegExp, message: string): string => {
  const text = inCapitals(value);
  if (!pattern.test(text)) throw new InvalidQuery([{ field, value: value.slice(0, 100), message }]);
  return text;
};

/** A prison number in a path; lower case and spaces are taken. */
@Injectable()
export class PrisonNumber implements PipeTransform<string, string> {
  /** @throws InvalidQuery */
  transform(value: string): string {
    const message = 'must be a letter, four digits and two letters, such as A1234BC';
    return checked('prisonNumber', value, PRISON_NUMBER, message);
  }
}

/** A prison id in a path; lower case and spaces are taken. */
@Injectable()
export class PrisonId implements PipeTransform<string, string> {
  /** @throws InvalidQuery */
  transform(value: string): string {
    return checked('prisonId', value, PRISON_ID, A_PRISON_ID.message);
  }
}
