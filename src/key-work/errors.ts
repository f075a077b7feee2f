/** Nobody was ever heard of in the prison, so figures would be zeros that say nothing; or it is not for the caller. */
export class NoSuchPrison extends Error {
  readonly code: keyof typeof KEY_WORK_ERROR_STATUS = 'NO_SUCH_PRISON';
  constructor(prisonId: string) {
    super(
      `${prisonId} is not one of your prisons, or nobody was ever recorded there. Check the id: three letters, such as XYI.`,
    );
  }
}

/** The HTTP status of each error code of this room. */
export const KEY_WORK_ERROR_STATUS = { NO_SUCH_PRISON: 404 } as const;
