import { SetMetadata } from '@nestjs/common';

/** What the body of a request may be. */
export interface BodyTerms {
  /** In bytes, unpacked. */
  readonly limit: number;
  /** Whether it may be NDJSON: that is read by the route as it comes, and may be larger. */
  readonly ndjson: boolean;
}

/** The key of what a route declares. */
export const BODY_TERMS = Symbol('BodyTerms');

/** What people and programs send is short. */
export const SHORT: BodyTerms = { limit: 64 * 1024, ndjson: false };

/** The route takes more than a short body of JSON: it says why. */
export const TakesBody = (terms: BodyTerms) => SetMetadata(BODY_TERMS, terms);
