import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { EmbeddedEventStore } from '../../src/store/embedded/embedded-event-store.js';

/**
 * Appends until it is killed: eight writers, each to streams of its own, one to three events an append. Every
 * acknowledgement goes to standard output, as a line of JSON, before the next append of that writer.
 */
const WRITERS = 8;
const STREAMS_EACH = 4;

const store = EmbeddedEventStore.open(process.argv[2] ?? '');
const round = process.argv[3] ?? '';

const tell = (line: unknown): void => {
  writeSync(1, `${JSON.stringify(line)}\n`);
};

const writer = async (name: string): Promise<void> => {
  for (let turn = 0; ; turn += 1) {
    const stream = `round-${round}-${name}-${turn % STREAMS_EACH}`;
    const size = 1 + (turn % 3);
    const last = await lastRevision(stream);
    const append = randomUUID();
    const events = Array.from({ length: size }, (_, index) => ({
      id: randomUUID(),
      type: 'Written',
      data: { text: 'x'.repeat((turn * 37) % 3000) },
      metadata: { append, index, size },
    }));
    const { revision, position } = await store.append(stream, last, events);
    tell({ stream, append, size, revision, position });
  }
};

const lastRevision = async (stream: string): Promise<number | 'no-stream'> => {
  for await (const { revision } of store.readStream(stream, { direction: 'backward', limit: 1 })) return revision;
  return 'no-stream';
};

tell('opened');
await Promise.all(Array.from({ length: WRITERS }, (_, n) => writer(`writer-${n}`)));
