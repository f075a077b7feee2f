import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { HandoverBook } from './handover-book.js';
import { NoteReader, type HandoverWithNote } from './note-reader.js';

/** Every hand-over, in any prison, whose note names one of these prison numbers, the earliest first. For subject access. */
export class ReadNotesNaming extends Query<readonly HandoverWithNote[]> {
  constructor(readonly prisonNumbers: readonly string[]) {
    super();
  }
}

@QueryHandler(ReadNotesNaming)
export class ReadNotesNamingHandler implements IQueryHandler<ReadNotesNaming> {
  constructor(
    private readonly book: HandoverBook,
    private readonly reader: NoteReader,
  ) {}

  /** @throws BrokenSeal, StoreUnavailable, StoreUnreadable */
  async execute({ prisonNumbers }: ReadNotesNaming): Promise<readonly HandoverWithNote[]> {
    const found = [...this.book.all()].filter(({ handover: { names } }) =>
      names.some((name) => prisonNumbers.includes(name)),
    );
    return (await this.reader.withNotes(found)).sort((a, b) => (a.at < b.at ? -1 : 1));
  }
}
