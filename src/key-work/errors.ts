import { NotFoundException } from '@nestjs/common';

/** The log knows nothing of the prison number. */
export class NoSuchPerson extends NotFoundException {
  readonly code = 'NO_SUCH_PERSON';
  constructor() {
    super('Nothing is recorded about anybody with this prison number. Check it: a letter, four digits, two letters.');
  }
}

/** The log knows of nobody in the prison, so figures would be zeros that say nothing. */
export class NoSuchPrison extends NotFoundException {
  readonly code = 'NO_SUCH_PRISON';
  constructor(prisonId: string) {
    super(`Nobody was ever recorded in ${prisonId}. Check the id: three letters, such as XYI.`);
  }
}
