import { expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { asLines, NDJSON, session } from '../http/service-app.js';
import { ended, programOfFile, saidUntil } from './program.js';

const program = programOfFile();

it('a service that is asked to stop answers what is being sent, refuses whoever comes, and has stored what it said', async () => {
  const env = { DATA_DIR: program.freshFolder() };
  const child = program.spawn(['serve'], { env });
  const ending = ended(child);
  const [url = ''] = /http:\/\/\S+/.exec(await saidUntil(child, /http:\/\/\S+\n/)) ?? [];
  const agent = new Agent({ keepAlive: true });
  const sending = request(`${url}/custody-events`, { agent, method: 'POST', headers: { 'Content-Type': NDJSON } });
  const answered = once(sending, 'response');
  sending.write(asLines([session(1)]));
  // Somebody else is idle, and knows by the end of it that the service is on its way out.
  const idle = new Agent({ keepAlive: true });
  const [pong] = (await once(request(`${url}/ping`, { agent: idle }).end(), 'response')) as [IncomingMessage];
  const closed = once(pong.socket, 'close');
  await once(pong.resume(), 'end');
  child.kill('SIGTERM');
  await closed;
  await expect(fetch(`${url}/ping`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  sending.end(asLines([session(2)]));
  const [answer] = (await answered) as [IncomingMessage];
  const body = JSON.parse((await answer.setEncoding('utf8').toArray()).join('')) as { results: { status: string }[] };
  expect([answer.statusCode, answer.headers.connection]).toEqual([201, 'close']);
  expect(body.results.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
  expect(await ending).toMatchObject({ code: 0, err: '' });
  const again = await program.run(['import', '-'], { env, input: asLines([session(1), session(2)]) });
  expect(again.out).toContain('"duplicate":2');
});
