import { ALL_PRISONS, type Prisons } from '../../access/prisons.js';
import type { RecordedEvent } from '../../store/event-store.js';
import type { EventInStream } from '../person-streams.js';
import { senderIn } from '../sender.js';
import { LatestValue } from './latest.js';

/** In place of a prison: somebody told it who tells for all of them. */
const FOR_ALL = 'all';

/**
 * What members of staff are called. Their ids are the same in all prisons, and every sender may name anybody: so what one
 * prison calls somebody counts there, and elsewhere only as long as they have no name there. What is told by a sender of
 * all prisons counts for everybody.
 */
export class Staff {
  /** By staff id, then by the prison that told it. */
  private readonly names = new Map<string, Map<string, LatestValue<string>>>();

  /** Takes in a `StaffDetailsChanged`, in log order. @returns what is to be opened; nothing where a later one is known */
  learn({ recorded, occurrence: { at, data, prisonId } }: EventInStream): LatestValue<string> | undefined {
    const staffId = String(data['staffId']);
    const told = this.names.get(staffId) ?? new Map<string, LatestValue<string>>();
    this.names.set(staffId, told);
    const teller = isForAll(recorded) ? FOR_ALL : prisonId;
    const name = told.get(teller) ?? new LatestValue<string>();
    told.set(teller, name);
    return name.offer(recorded, at) ? name : undefined;
  }

  /** The latest name that one of these prisons told, or that was told for all; where there is none, the latest of others. */
  nameOf(staffId: string, prisons: Prisons): string | undefined {
    const told = [...(this.names.get(staffId) ?? [])].filter(([, { value }]) => value !== undefined);
    const theirs = told.filter(([teller]) => teller === FOR_ALL || prisons.has(teller));
    const [latest] = (theirs.length > 0 ? theirs : told).map(([, name]) => name).sort((a, b) => b.at - a.at);
    return latest?.value;
  }
}

/** Also what an earlier version kept, which did not say who told it. */
const isForAll = ({ metadata }: RecordedEvent): boolean =>
  metadata['sender'] === undefined || senderIn(metadata).prisons === ALL_PRISONS;
