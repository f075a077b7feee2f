import type { DatabaseSync } from 'node:sqlite';

/** A stream of which the end is gone. */
export interface ShortenedStream {
  readonly stream: string;
  /** The last event it had. */
  readonly from: number;
  /** The last that is there; -1 where none is. */
  readonly to: number;
}

const SELECT = `SELECT name AS stream, revision AS "from",
    ifnull((SELECT max(revision) FROM events WHERE events.stream_key = streams.stream_key), -1) AS "to"
  FROM streams`;

/** Has each stream end where its last event is. All or none. Its errors are SQLite's. */
export const shortenStreams = (db: DatabaseSync): ShortenedStream[] => {
  const shortened = db.prepare(`SELECT * FROM (${SELECT}) WHERE "to" < "from"`).all() as unknown as ShortenedStream[];
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const { stream, to } of shortened) {
      if (to < 0) db.prepare('DELETE FROM streams WHERE name = ?').run(stream);
      else db.prepare('UPDATE streams SET revision = ? WHERE name = ?').run(to, stream);
    }
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
  return shortened;
};
