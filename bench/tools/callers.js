import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Callers over HTTP, in a process of their own: in the service's they would take its time, and more the more it answers. */
export class Callers {
  process = fork(new URL('./calling.js', import.meta.url));
  gaveUp = once(this.process, 'exit').then(([code]) => {
    if (code !== 0) throw new Error('The callers gave up.');
  });

  /** How many reads a second they get of `{ port, path, accept, reads, callers }`. @throws Error when an answer is not 200 */
  async readsPerSecond(load) {
    const told = once(this.process, 'message');
    this.process.send({ accept: 'application/json', ...load });
    const [rate] = await Promise.race([told, this.gaveUp]);
    return rate;
  }

  stop() {
    this.process.disconnect();
  }
}
