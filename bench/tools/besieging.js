import { randomUUID } from 'node:crypto';
import { answered, decided, longestWait } from './asking.js';

/**
 * The other side of a siege: sends bodies, and says how long somebody else had to wait meanwhile, in milliseconds: for an
 * answer, or until what they told is decided on.
 */
process.on('message', async ({ atOnce, until, others, ...asked }) => {
  const { port, token } = asked;
  const started = performance.now();
  const once = until === 'decided' ? decided : answered;
  const all = Promise.all(Array.from({ length: atOnce }, () => once(asked)));
  const wait = () =>
    others === 'tell'
      ? decided({ port, token, path: '/custody-events', type: 'application/json', body: told() })
      : answered({ port, path: '/ping' });
  const longest = await longestWait(wait, all);
  process.send({ longest, took: performance.now() - started });
});

/** Somebody is here. */
const told = () =>
  JSON.stringify({
    id: randomUUID(),
    type: 'ChaplaincyContactHeld',
    prisonNumber: 'A4321CB',
    prisonId: 'XYI',
    occurredAt: '2026-01-05T09:00:00Z',
    data: {},
  });
