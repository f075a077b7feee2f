import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const file = (name) => fileURLToPath(new URL(`../../test/${name}`, import.meta.url));

/** The event server at EVENTSTORE_URL, or one that only speaks the protocol and keeps its log in memory, in a process of its own. */
export async function eventServer() {
  if (process.env.EVENTSTORE_URL) return { url: process.env.EVENTSTORE_URL, stop: () => undefined };
  const script = ['--import', file('crash/store-typescript.mjs'), file('eventstoredb/play.ts')];
  const child = spawn(process.execPath, script, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  return { url: String(said).trim(), stop: () => child.kill() };
}
