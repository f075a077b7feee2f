import { ValidateBy } from 'class-validator';
import { isInstant } from '../prison/iso-8601.js';

/** A member is an ISO 8601 instant with offset, of a day that exists. */
export const IsInstant = () =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: isInstant,
      defaultMessage: () => 'must be an instant with offset, such as 2026-11-20T14:00:00Z',
    },
  });
