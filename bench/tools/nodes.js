import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const STARTING = fileURLToPath(new URL('./starting.js', import.meta.url));

/** What a process says that runs to its end with these settings. @throws Error where it fails */
export async function node(args, env) {
  const child = spawn(process.execPath, ['--max-old-space-size=6144', ...args], {
    env: { ...process.env, LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.once('exit', resolve)),
  ]);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`);
  return out;
}

/** How long a start takes, in milliseconds. @param how `decide`, `snapshot` or `replay` */
export const startOn = async (env, how) => Number(await node([STARTING, how], { PORT: '0', ...env }));
