import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { tooSlow, type Faults } from './faults.js';
import { caughtUp, checkpoint, confirmation, eventMessage, type Asked } from './messages.js';
import type { Kept, ServerSideLog } from './server-side-log.js';

const FAR_AHEAD = 1_000_000;

/** One subscription to `$all`, on the server's side: catches up, says so, goes on; never faster than it is read. */
export class Subscriber {
  private over = false;
  private passedBy = 0;
  private handedOver = 0;

  constructor(
    private readonly call: ServerWritableStream<ReadReq, ReadResp>,
    private readonly log: ServerSideLog,
    private readonly faults: Faults,
    private readonly asked: Asked,
    private readonly onSent: () => void,
  ) {
    call.on('cancelled', () => {
      this.end();
    });
  }

  /** As the server does when it decides to: no error, nothing more. */
  end(): void {
    this.over = true;
    this.call.end();
    this.log.wake();
    this.call.emit('drain');
  }

  async run(): Promise<void> {
    let next = this.asked.from === undefined ? 0 : this.log.after(this.asked.from);
    let live = false;
    await this.send(confirmation());
    while (!this.over) {
      const event = this.log.events[next];
      if (event && !(live && this.faults.forgetSubscribers)) {
        next += 1;
        await this.offer(event);
      } else if (!live) {
        live = true;
        if (this.faults.wrongCheckpoints) await this.sendCheckpoint(event);
        await this.send(caughtUp());
      } else await this.log.grown();
    }
  }

  private async offer(event: Kept): Promise<void> {
    const { prefixes } = this.asked;
    if (!prefixes || prefixes.some((prefix) => event.stream.startsWith(prefix))) {
      if (++this.handedOver > this.faults.letGoAfter) {
        this.letGo();
        return;
      }
      await this.send(eventMessage(event));
      if (this.faults.repeatDeliveries) await this.send(eventMessage(event));
    } else if (++this.passedBy % this.asked.window === 0) await this.sendCheckpoint(event);
    if (this.faults.wrongCheckpoints) await this.sendCheckpoint(event);
  }

  private letGo(): void {
    this.over = true;
    this.call.emit('error', tooSlow());
  }

  private sendCheckpoint(at: Kept | undefined): Promise<void> {
    return this.send(checkpoint((at?.place ?? 0) + (this.faults.wrongCheckpoints ? FAR_AHEAD : 0)));
  }

  private async send(message: ReadResp): Promise<void> {
    if (this.over) return;
    this.onSent();
    if (this.call.write(message)) return;
    await new Promise<void>((resolve) => this.call.once('drain', resolve));
  }
}
