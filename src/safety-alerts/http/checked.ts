import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type FieldError, InvalidAction, InvalidQuery } from '../alert/errors.js';

const ONE_OBJECT = { object: 'must be one JSON object' };

/** A list would pass as an object without members, and what it says be lost. */
class OneObjectPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (Array.isArray(value)) throw this.exceptionFactory([{ property: 'body', value, constraints: ONE_OBJECT }]);
    return super.transform(value, metadata);
  }
}

function pipeThat(refuses: (errors: FieldError[]) => Error): ValidationPipe {
  return new OneObjectPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => refuses(errors.map(fieldError)),
  });
}

/** A query as its class describes it. Unknown parameters are refused: a filter with a typing error would show all. */
export const asQuery = pipeThat((errors) => new InvalidQuery(errors));

/** A body as its class describes it. */
export const asAction = pipeThat((errors) => new InvalidAction(errors));

function fieldError({ property, value, constraints }: ValidationError): FieldError {
  const message = Object.values(constraints ?? { unknown: 'is not what is expected here' }).join('; ');
  return { field: property || 'body', value: shown(value), message };
}

function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}
