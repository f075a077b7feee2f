import type { CheckpointStore } from '../src/store/checkpoint-store.js';
import type { Json } from '../src/store/event-store.js';

/** Forgets everything with the process. */
export class InMemoryCheckpointStore implements CheckpointStore {
  private readonly saved = new Map<string, string>();

  load(consumer: string): Promise<Json | undefined> {
    const text = this.saved.get(consumer);
    return Promise.resolve(text === undefined ? undefined : (JSON.parse(text) as Json));
  }

  save(consumer: string, checkpoint: Json): Promise<void> {
    this.saved.set(consumer, JSON.stringify(checkpoint));
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
