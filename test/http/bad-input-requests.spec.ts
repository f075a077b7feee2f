import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { NDJSON, PROBLEM, ServiceApp, session } from './service-app.js';

let service: ServiceApp;

beforeAll(async () => {
  service = await ServiceApp.start();
});

afterAll(() => service.stop());

afterEach(async () => {
  // Who was refused is on record: that is all.
  expect((await service.log()).filter(({ type }) => type !== 'SecurityEventRecorded')).toEqual([]);
});

const SPOILT = Buffer.from(JSON.stringify(session(1, { recordedBy: 'A_?_GEN' })));
SPOILT[SPOILT.indexOf('?')] = 0xff;
const TEN_MEGABYTES = Buffer.alloc(10 * 1024 * 1024, 'a');

/** One case: what is sent, and what it is answered with. */
type Sent = () => ReturnType<ServiceApp['send']>;
const CASES: [string, Sent, number, string, string][] = [
  ['no JSON', () => service.send('{"type": oops}'), 400, 'INVALID_JSON', 'line 1, column 10'],
  ['JSON cut short', () => service.send('[\n{"type":'), 400, 'INVALID_JSON', 'line 2, column 9'],
  [
    'a member that stands twice',
    () => service.send('{"type": "ChaplaincyContactHeld", "type": "SelfHarmReported"}'),
    400,
    'DOUBLED_MEMBER',
    '"type" twice',
  ],
  [
    'a byte order mark in a text',
    () => service.send('{"type":\n"\uFEFFX"}'),
    400,
    'INVALID_JSON',
    'byte order mark (U+FEFF), which may stand at the very beginning of a file only, in line 2, column 2',
  ],
  ['a parameter that every object has', () => service.http.get('/safety-alerts?toString=1'), 400, 'INVALID_QUERY', ''],
  ['another such', () => service.http.get('/safety-alerts?hasOwnProperty=x'), 400, 'INVALID_QUERY', ''],
  ['an empty body', () => service.send(''), 400, 'ALL_REFUSED', 'refused'],
  ['empty NDJSON of one bad line', () => service.send('{', NDJSON), 400, 'ALL_REFUSED', 'refused'],
  ['broken UTF-8 in JSON', () => service.sendBytes(SPOILT, 'application/json'), 400, 'NOT_UTF8', 'UTF-8'],
  ['broken UTF-8 in NDJSON', () => service.sendBytes(SPOILT, NDJSON), 400, 'ALL_REFUSED', 'refused'],
  ['UTF-16', () => service.send('{}', 'application/json; charset=utf-16'), 400, 'NOT_UTF8', 'UTF-8'],
  ['Latin-1', () => service.send('{}', 'application/json; charset=latin1'), 400, 'NOT_UTF8', 'UTF-8'],
  ['10 MB of JSON', () => service.sendBytes(TEN_MEGABYTES, 'application/json'), 413, 'PAYLOAD_TOO_LARGE', 'NDJSON'],
  ['one line of 10 MB', () => service.sendBytes(TEN_MEGABYTES, NDJSON), 400, 'ALL_REFUSED', 'refused'],
  ['text', () => service.send('hello', 'text/plain'), 415, 'UNSUPPORTED_MEDIA_TYPE', 'application/x-ndjson'],
  [
    'a form',
    () => service.send('a=b', 'application/x-www-form-urlencoded'),
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'JSON'.toLowerCase(),
  ],
  [
    'compressed NDJSON',
    () => service.send('x', NDJSON).set('Content-Encoding', 'gzip'),
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'compressed',
  ],
  [
    'an unknown compression',
    () => service.send('x').set('Content-Encoding', 'zip'),
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'zip',
  ],
  ['no such route', () => service.http.get('/nowhere'), 404, 'NOT_FOUND', '/nowhere'],
  ['no such method', () => service.http.delete('/custody-events'), 404, 'NOT_FOUND', 'DELETE'],
  ['a broken address', () => service.http.get('/safety-alerts/%E0%A4%A'), 400, 'BAD_REQUEST', 'decode'],
  [
    'a foreign Host',
    () => service.http.get('/safety-alerts').set('Host', 'evil.example'),
    403,
    'FOREIGN_CALLER',
    'evil',
  ],
  [
    'a foreign Origin',
    () => service.send(session(1)).set('Origin', 'https://evil.example'),
    403,
    'FOREIGN_CALLER',
    'evil',
  ],
  [
    'the Origin of another program on this machine',
    () => service.send(session(1)).set('Origin', 'http://127.0.0.1:9999'),
    403,
    'FOREIGN_CALLER',
    '127.0.0.1:9999',
  ],
  ['an Origin that hides', () => service.send(session(1)).set('Origin', 'null'), 403, 'FOREIGN_CALLER', 'Origin'],
  [
    'a foreign Host, for the documents',
    () => service.http.get('/docs').set('Host', 'evil.example'),
    403,
    'FOREIGN_CALLER',
    'Host',
  ],
];

describe.each(CASES)('a request with %s', (_, sent, status, code, says) => {
  it('is refused in the shape of HMPPS services, says why, and stores nothing', async () => {
    const answer = await sent()
      .expect(status)
      .expect('Content-Type', /^application\/json/);
    expect(answer.body).toMatchObject({ status, errorCode: code, moreInfo: null });
    const { userMessage, developerMessage } = answer.body as Record<string, string>;
    expect(`${userMessage} ${developerMessage}`).toContain(says);
    expect(answer.text).not.toMatch(/\bat .*\.[jt]s:\d|node_modules/);
  });

  it('is refused as problem+json when the caller asks for it', async () => {
    const answer = await sent()
      .set('Accept', PROBLEM)
      .expect(status)
      .expect('Content-Type', new RegExp(`^${PROBLEM.replace('+', '\\+')}`));
    expect(JSON.parse(answer.text)).toMatchObject({ type: 'about:blank', title: code, status });
  });
});

describe('what was refused', () => {
  it('is quoted neither by the error about a body that is no JSON, nor by the log', async () => {
    const { text } = await service.send('{"concern": "cuts himself" oops').expect(400);
    expect(text).not.toContain('cuts');
    expect(service.logged.join()).not.toMatch(/cuts|A1234BC|A_/);
  });

  it('may come from this machine under any of its names', async () => {
    for (const host of ['127.0.0.1:3000', 'localhost:3000', '[::1]:3000'])
      await service.http.get('/ping').set('Host', host).set('Origin', `http://${host}`).expect(200);
  });

  it('says nothing of itself where the body is empty on purpose', async () => {
    await service.http.post('/safety-alerts/unknown/acknowledge').set('Content-Length', '0').expect(404);
  });
});
