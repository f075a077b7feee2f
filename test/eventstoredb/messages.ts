import type { Empty, StreamIdentifier } from '@eventstore/db-client/generated/shared_pb.js';
import type { AppendReq, AppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { protocol } from './client-under-test.js';
import type { Expected, Kept, Outcome, Proposed } from './server-side-log.js';

const { shared, streams } = protocol;

/** Between the messages of the protocol, as the client package defines them, and the words of the tests. */

const nothing = (): Empty => new shared.Empty();

const nameOf = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

const identifierOf = (name: string): StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(name, 'utf8'));

export const appendOptionsOf = (options: AppendReq.Options): { stream: string; expected: Expected } => {
  const stream = nameOf(options.getStreamIdentifier());
  if (options.hasNoStream()) return { stream, expected: -1 };
  if (options.hasRevision()) return { stream, expected: Number(options.getRevision()) };
  return { stream, expected: options.hasAny() ? 'any' : 'stream-exists' };
};

export const proposedOf = (message: AppendReq.ProposedMessage): Proposed => ({
  id: message.getId()?.getString() ?? '',
  type: message.getMetadataMap().get('type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

export const appendAnswer = (outcome: Outcome): AppendResp => {
  const answer = new streams.AppendResp();
  if ('conflict' in outcome) {
    const conflict = new streams.AppendResp.WrongExpectedVersion();
    if (outcome.current === -1) conflict.setCurrentNoStream(nothing());
    else conflict.setCurrentRevision(String(outcome.current));
    return answer.setWrongExpectedVersion(conflict.setExpectedNoStream(nothing()));
  }
  const place = String(outcome.place);
  const position = new streams.AppendResp.Position().setCommitPosition(place).setPreparePosition(place);
  return answer.setSuccess(
    new streams.AppendResp.Success().setCurrentRevision(String(outcome.last)).setPosition(position),
  );
};

/** What a read asks for. `from`: revision of a stream, or place in the log; nothing is the end that it begins at. */
export interface Asked {
  readonly stream: string | undefined;
  readonly from: number | undefined;
  readonly backward: boolean;
  readonly count: number;
  readonly subscribe: boolean;
  readonly prefixes: readonly string[] | undefined;
  /** Events that are passed by before a checkpoint is sent. */
  readonly window: number;
}

export const askedOf = (options: ReadReq.Options): Asked => {
  const [stream, all, filter] = [options.getStream(), options.getAll(), options.getFilter()];
  const revision = stream?.hasRevision() ? Number(stream.getRevision()) : undefined;
  const place = all?.hasPosition() ? Number(all.getPosition()?.getCommitPosition()) : undefined;
  return {
    stream: stream && nameOf(stream.getStreamIdentifier()),
    from: revision ?? place,
    backward: options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS,
    count: Number(options.getCount()),
    subscribe: options.hasSubscription(),
    prefixes: filter?.getStreamIdentifier()?.getPrefixList(),
    window: (filter?.getMax() || 32) * (filter?.getCheckpointintervalmultiplier() || 1),
  };
};

/** The server counts in ticks of 100 nanoseconds. */
const TICKS = 10_000;

export const eventMessage = (kept: Kept): ReadResp => {
  const place = String(kept.place);
  const event = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(kept.id))
    .setStreamIdentifier(identifierOf(kept.stream))
    .setStreamRevision(String(kept.revision))
    .setCommitPosition(place)
    .setPreparePosition(place)
    .setCustomMetadata(kept.metadata)
    .setData(kept.data);
  const described = { type: kept.type, 'content-type': 'application/json', created: String(kept.created * TICKS) };
  for (const [name, value] of Object.entries(described)) event.getMetadataMap().set(name, value);
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(event).setCommitPosition(place));
};

export const streamNotFound = (name: string): ReadResp =>
  new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(name)),
  );

export const confirmation = (): ReadResp =>
  new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('1'));

export const caughtUp = (): ReadResp => new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());

export const checkpoint = (place: number): ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(place)).setPreparePosition(String(place)),
  );
