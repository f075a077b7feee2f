import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { SignedInService } from './service.js';

const [READS, WORKS, SENDS] = ['ALERTS__RO', 'ALERTS__RW', 'EVENTS__RW'].map((role) => `ROLE_CUSTODY_WATCH__${role}`);
const MEGABYTE = 1024 * 1024;

let service: SignedInService;

beforeAll(async () => {
  service = await SignedInService.start();
});

afterAll(() => service.stop());

/** What is answered to a request that announces so many bytes and sends none of them. */
const answerBeforeBody = async (path: string, role: string | undefined, announced: number): Promise<string> => {
  const token = await service.tokenOf([role ?? ''], ['XYI']);
  const socket = connect(service.port, '127.0.0.1');
  socket.write(
    [
      `POST ${path} HTTP/1.1`,
      'Host: localhost',
      `Authorization: Bearer ${token}`,
      'Content-Type: application/json',
      `Content-Length: ${announced}`,
      'Connection: close',
      '',
      '',
    ].join('\r\n'),
  );
  const answer = await new Promise<string>((resolve) => {
    socket.once('data', (bytes: Buffer) => {
      resolve(String(bytes));
    });
  });
  socket.destroy();
  return answer;
};

describe('of a request', () => {
  it.each(['/custody-events', '/tellings', '/prisoners/A1234BC/erasure', '/safety-alerts/x/note'])(
    'to %s nothing of the body is read before the role is known',
    async (path) => {
      expect(await answerBeforeBody(path, READS, 8 * MEGABYTE)).toMatch(/^HTTP\/1\.1 403 [^]*ROLE_MISSING/);
    },
  );

  it.each([
    ['/safety-alerts/x/note', WORKS, 65 * 1024, 64],
    ['/tellings', SENDS, MEGABYTE + 1, 1024],
    ['/custody-events', SENDS, 8 * MEGABYTE + 1, 8192],
  ])('to %s no more is read than is sent there', async (path, role, announced, limit) => {
    const answer = await answerBeforeBody(path, role, announced);
    expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*PAYLOAD_TOO_LARGE/);
    expect(answer).toContain(`${limit} KiB`);
  });

  it('to the route for batches a batch of more than a short body is read', async () => {
    const events = Array.from({ length: 1_000 }, (_, n) => ({
      type: 'ChaplaincyContactHeld',
      prisonNumber: `A${String(n).padStart(4, '0')}BC`,
      prisonId: 'XYI',
      occurredAt: new Date(service.clock.now() - 60_000).toISOString(),
    }));
    const answer = await service.send('/custody-events', events, await service.tokenOf([SENDS ?? ''], ['XYI']));
    const { results } = (await answer.json()) as { results: { status: string }[] };
    expect([results.length, new Set(results.map(({ status }) => status))]).toEqual([1_000, new Set(['accepted'])]);
  });
});
