import { isISO8601, ValidateBy } from 'class-validator';

const WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/;

/** A member of a query or a body: an ISO 8601 instant with offset, of a day that exists. */
export const IsInstant = () =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value) =>
        typeof value === 'string' &&
        WITH_OFFSET.test(value) &&
        isISO8601(value, { strict: true }) &&
        !Number.isNaN(Date.parse(value)),
      defaultMessage: () => 'must be an instant with offset, such as 2026-11-20T14:00:00Z',
    },
  });
