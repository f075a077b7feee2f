import { createHmac, type KeyObject } from 'node:crypto';
import type { Json, Position, RecordedEvent } from '../event-store.js';
import type { EventText } from '../event-texts.js';

/** The member of an event's metadata that ties it into the chain. Nobody outside this folder sees it. */
export const LINK = 'chain';

/** How an event hangs in the chain of its stream. */
export interface ChainLink {
  /** The hash of the event before it in its stream; nothing for the first. */
  readonly before?: string;
  /** Its own. */
  readonly hash: string;
}

/** An event of the log, and how it hangs in its chain; without a link where it does not. */
export interface LinkedEvent {
  /** As it was handed in. */
  readonly event: RecordedEvent;
  readonly link: ChainLink | undefined;
}

/** @param recorded as it stands in the log */
export const linkedEvent = (recorded: RecordedEvent): LinkedEvent => {
  const { [LINK]: link, ...metadata } = recorded.metadata;
  if (link === undefined) return { event: recorded, link: undefined };
  return { event: { ...recorded, metadata }, link: isLink(link) ? link : undefined };
};

const isLink = (link: unknown): link is ChainLink => typeof (link as ChainLink | null)?.hash === 'string';

/** The metadata of an event with its link. */
export const withLink = (metadata: Json, link: ChainLink): Json => ({ ...metadata, [LINK]: link });

/** Where an event stands in its stream. */
interface PlaceInStream {
  readonly stream: string;
  readonly revision: number;
}

/**
 * The hashes of the chain: HMAC-SHA-256, base64url. They need a key, since whoever can write the log could work out a bare
 * hash anew. They are of what is stored, so that what is sealed stays sealed, and they hold when its key is destroyed.
 */
export class ChainHashes {
  constructor(private readonly key: KeyObject) {}

  /** Of all that an event says, of its place in its stream, and of the hash before it. */
  of({ event, link }: LinkedEvent): string {
    const { id, type, data, metadata } = event;
    return this.ofText(
      event,
      { id, type, data: JSON.stringify(data), metadata: JSON.stringify(metadata) },
      link?.before,
    );
  }

  /** The same of an event that is to be stored. JSON that was read and is written again is the same text, on any store. */
  ofText({ stream, revision }: PlaceInStream, { id, type, data, metadata }: EventText, before?: string): string {
    const text = `${JSON.stringify([stream, revision, id, type, before ?? null])}\n${data}\n${metadata}`;
    return this.keyed(text).digest('base64url');
  }

  /** What an event brings into the digest of the log. */
  share(position: Position, hash: string): Buffer {
    return this.keyed(`${position} ${hash}`).digest();
  }

  private keyed(text: string) {
    return createHmac('sha256', this.key).update(text);
  }
}
