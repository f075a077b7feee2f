import { NotFoundException } from '@nestjs/common';

/** The log knows nothing of the prison number, or it is not for the caller: nothing tells the one from the other. */
export class NoSuchPerson extends NotFoundException {
  readonly code = 'NO_SUCH_PERSON';
  constructor() {
    super('None of your prisons holds anybody with this prison number. Check it: a letter, four digits, two letters.');
  }
}

/** Nobody was ever heard of in the prison, so figures would be zeros that say nothing; or it is not for the caller. */
export class NoSuchPrison extends NotFoundException {
  readonly code = 'NO_SUCH_PRISON';
  constructor(prisonId: string) {
    super(
      `${prisonId} is none of your prisons, or nobody was ever recorded there. Check the id: three letters, such as XYI.`,
    );
  }
}
