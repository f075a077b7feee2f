import type { Caller } from '../access/caller.js';
import { ALL_PRISONS, listed, type PrisonList, type Prisons, prisonsFrom } from '../access/prisons.js';
import type { Json } from '../store/event-store.js';

/** Who tells the service what happened. */
export interface Sender {
  /** The client that it came through; `local` where nobody signs in, `import` and such for programs of the service. */
  readonly client: string;
  /** User name of the person who acted through the client. */
  readonly user?: string;
  /** The prisons whose events they may send. */
  readonly prisons: Prisons;
}

/** A program of the service itself, such as `import`: nothing limits it to some prisons. */
export const ownProgram = (client: string): Sender => ({ client, prisons: ALL_PRISONS });

/** The sender of what a caller sends. */
export const senderOf = ({ kind, name, client = name, prisons }: Caller): Sender => ({
  client,
  ...(kind === 'user' && { user: name }),
  prisons,
});

/** The sender as the log keeps them beside each event; `all` in place of the prisons where nothing limits them. */
export const inMetadata = ({ prisons, ...who }: Sender): Json => ({ ...who, prisons: listed(prisons) });

/** The sender again, from what {@link inMetadata} made of them. */
export const senderIn = (metadata: Json): Sender => {
  const { prisons, ...who } = metadata['sender'] as Omit<Sender, 'prisons'> & { readonly prisons: PrisonList };
  return { ...who, prisons: prisonsFrom(prisons) };
};
