import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type FieldError, shown, visible } from '../prison/field-error.js';
import { InvalidQuery } from './errors.js';

const ONE_OBJECT = { object: 'must be one JSON object' };

/** No class has nearly as many. The work of the check grows with the square of those that no class has. */
const MOST_MEMBERS = 50;
const FEWER = { members: `must have no more than ${MOST_MEMBERS} members` };

/** Refuses a list, which would otherwise pass as an object without members. */
class OneObjectPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (Array.isArray(value)) throw this.exceptionFactory([{ property: 'body', value, constraints: ONE_OBJECT }]);
    if (membersOf(value) > MOST_MEMBERS)
      throw this.exceptionFactory([{ property: metadata.type, value, constraints: FEWER }]);
    const inherited = inheritedIn(value);
    if (inherited !== undefined)
      throw this.exceptionFactory([{ property: inherited, value, constraints: NOT_KNOWN(inherited) }]);
    return super.transform(value, metadata);
  }
}

/** A name that every object has, such as `toString`: the check of the class takes it for one of the class. */
const inheritedIn = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? Object.keys(value).find((name) => name in Object.prototype) : undefined;

const NOT_KNOWN = (name: string) => ({ unknown: `property ${name} should not exist` });

const membersOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? Object.keys(value).length : 0;

/**
 * Checks what is sent against its class. Of whatever else was sent the error names the field, its value, and what is
 * allowed.
 */
export const checkedOr = (refuses: (errors: FieldError[]) => Error): ValidationPipe =>
  new OneObjectPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => refuses(errors.map(fieldError)),
  });

/** Checks a query against its class. Unknown parameters are refused: a filter with a typing error would show everything. */
export const asQuery = checkedOr((errors) => new InvalidQuery(errors));

const fieldError = ({ property, value, constraints }: ValidationError): FieldError => ({
  field: visible(property) || 'body',
  // A comma list as it was sent.
  value: shown(Array.isArray(value) ? value.join(',') : value),
  message: visible(Object.values(constraints ?? { unknown: 'is not what is expected here' }).join('; ')),
});
