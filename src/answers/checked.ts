import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type FieldError, shown } from '../prison/field-error.js';
import { InvalidQuery } from './errors.js';

const ONE_OBJECT = { object: 'must be one JSON object' };

/** A list would pass as an object without members, and what it says be lost. */
class OneObjectPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (Array.isArray(value)) throw this.exceptionFactory([{ property: 'body', value, constraints: ONE_OBJECT }]);
    return super.transform(value, metadata);
  }
}

/** What is sent as its class describes it; of anything else each field is named, its value, and what is allowed. */
export const checkedOr = (refuses: (errors: FieldError[]) => Error): ValidationPipe =>
  new OneObjectPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => refuses(errors.map(fieldError)),
  });

/** A query as its class describes it. Unknown parameters are refused: a filter with a typing error would show all. */
export const asQuery = checkedOr((errors) => new InvalidQuery(errors));

const fieldError = ({ property, value, constraints }: ValidationError): FieldError => ({
  field: property || 'body',
  // A comma list as it was sent.
  value: shown(Array.isArray(value) ? value.join(',') : value),
  message: Object.values(constraints ?? { unknown: 'is not what is expected here' }).join('; '),
});
