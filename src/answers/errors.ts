import { type FieldError, fieldsOf } from '../prison/field-error.js';

/** An error that more than one room answers with. `code` is stable, the message says what to do and holds nothing personal. */
abstract class AnswerError extends Error {
  abstract readonly code: keyof typeof ANSWER_ERROR_STATUS;
}

/** What was asked for in the query cannot be answered. */
export class InvalidQuery extends AnswerError {
  readonly code = 'INVALID_QUERY';
  constructor(readonly errors: readonly FieldError[]) {
    super(`The query cannot be answered: ${fieldsOf(errors)}. See errors.`);
  }
}

/** The log knows nothing of the prison number, or the caller may not see it: the answer does not say which. */
export class NoSuchPerson extends AnswerError {
  readonly code = 'NO_SUCH_PERSON';
  constructor() {
    super(
      'Nothing is recorded about a person with this prison number, or none of your prisons holds them. Check it: a letter, ' +
        'four digits, two letters.',
    );
  }
}

/** No rule of the catalogue has this id. */
export class NoSuchRule extends AnswerError {
  readonly code = 'NO_SUCH_RULE';
  constructor(id: string) {
    super(`There is no rule ${id.slice(0, 20)}. GET /rules lists them.`);
  }
}

/** The HTTP status of each error code of this room. */
export const ANSWER_ERROR_STATUS = { INVALID_QUERY: 400, NO_SUCH_PERSON: 404, NO_SUCH_RULE: 404 } as const;
