import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AlertSummary } from '../../src/safety-alerts/list/alert-summary.js';
import { SignedInService } from './service.js';

const RW = 'ROLE_CUSTODY_WATCH__ALERTS__RW';
/** Somebody is admitted to XYI and harms himself: an ACCT is due (VUL-01). Then he is sent to XYM, and harms himself there. */
const PERSON = 'A0001AA';

let service: SignedInService;
/** At XYI, and closed before he was sent on. */
let closed: AlertSummary;
/** Raised at XYI, and open ever since. */
let open: AlertSummary;
let atXyi: string;
let atXym: string;

beforeAll(async () => {
  service = await SignedInService.start();
  atXyi = await service.tokenOf([RW], ['XYI'], 'ASMITH_GEN');
  atXym = await service.tokenOf([RW], ['XYM'], 'BJONES_GEN');
  await service.happens('PrisonerReceived', PERSON, 'XYI', { reason: 'NEW_ADMISSION' });
  await service.happens('SelfHarmReported', PERSON, 'XYI', {});
  await service.happens('BereavementNotified', PERSON, 'XYI', {});
  await service.happens('AcctOpened', PERSON, 'XYI', {});
  closed = service.alertOf(PERSON, 'VUL-01');
  open = service.alertOf(PERSON, 'FAM-02');
});

afterAll(() => service.stop());

const list = async (token: string, query = ''): Promise<{ totalElements: number; content: AlertSummary[] }> =>
  (await service.ask(`/safety-alerts?size=500${query}`, token)).json() as never;
const idsOf = async (token: string, query?: string): Promise<string[]> =>
  (await list(token, query)).content.map(({ id }) => id);
const statusOf = async (id: string, token: string): Promise<number> =>
  (await service.ask(`/safety-alerts/${id}`, token)).status;
const work = async (id: string, token: string): Promise<number> =>
  (await service.send(`/safety-alerts/${id}/note`, { note: 'Seen on the wing.' }, token)).status;
const read = async (id: string, token: string): Promise<Record<string, { [member: string]: unknown }[]>> =>
  (await service.ask(`/safety-alerts/${id}`, token)).json() as never;

describe('while somebody is held by one prison', () => {
  it('that prison sees and works all of his alerts, and no other sees that there are any', async () => {
    expect([closed.state, open.state]).toEqual(['RESOLVED', 'OPEN']);
    expect(await idsOf(atXyi)).toEqual(expect.arrayContaining([closed.id, open.id]));
    expect(await list(atXym)).toMatchObject({ totalElements: 0, content: [] });
    for (const id of [closed.id, open.id]) {
      expect([await statusOf(id, atXyi), await statusOf(id, atXym)]).toEqual([200, 404]);
      expect([await work(id, atXyi), await work(id, atXym)]).toEqual([200, 404]);
    }
  });

  it('an alert says of its owner whether anybody ever came under that name', async () => {
    const ownedBy = async (to: string | null): Promise<unknown> => {
      expect((await service.send(`/safety-alerts/${open.id}/assign`, { to }, atXyi)).status).toBe(200);
      return (await read(open.id, atXyi))['assigneeKnown'];
    };
    expect(await ownedBy('BJONES_GNE')).toBe(false);
    expect(await ownedBy('ASMITH_GEN')).toBe(true);
    expect(await ownedBy(null)).toBeUndefined();
  });

  it('asking for the other prison or the person by name shows no more', async () => {
    for (const query of ['&prisonId=XYI', `&prisonNumber=${PERSON}`, '&state=OPEN', '&rule=FAM-02'])
      expect(await list(atXym, query)).toMatchObject({ totalElements: 0 });
  });

  it('an alert of another prison is answered word for word like one that is not there', async () => {
    const other = await (await service.ask(`/safety-alerts/${open.id}`, atXym)).text();
    const none = await (await service.ask('/safety-alerts/no-such-alert', atXym)).text();
    expect(other.replaceAll(open.id, 'no-such-alert')).toBe(none);
  });
});

describe('somebody in transit', () => {
  beforeAll(() => service.happens('PrisonerReleased', PERSON, 'XYI', { reason: 'SENT_TO_COURT' }));

  it('is seen by the prison that sent him', async () => {
    expect(await statusOf(open.id, atXyi)).toBe(200);
    expect(await statusOf(open.id, atXym)).toBe(404);
  });

  it('is not moved by an event that another prison records about him', async () => {
    await service.happens('RiskMarkerAdded', PERSON, 'XYM', { code: 'HC' });
    await service.happens('RiskMarkerRemoved', PERSON, 'XYI', { code: 'HC' });
    expect(await statusOf(closed.id, atXyi)).toBe(200);
    expect(await statusOf(closed.id, atXym)).toBe(404);
  });
});

describe('when somebody has moved without the stay ending', () => {
  beforeAll(async () => {
    await service.happens('PrisonerReceived', PERSON, 'XYM', { reason: 'RETURN_FROM_COURT' });
    await service.happens('SelfHarmReported', PERSON, 'XYM', {});
    await work(closed.id, atXym);
  });

  it('open alerts have followed him, and the new prison sees the closed ones too', async () => {
    expect(await idsOf(atXym)).toEqual(expect.arrayContaining([open.id, closed.id]));
    expect(await statusOf(open.id, atXym)).toBe(200);
    expect(await statusOf(closed.id, atXym)).toBe(200);
  });

  it('the former prison sees the closed ones that bear its id, and nothing later', async () => {
    const seen = (await list(atXyi)).content;
    expect(seen.map(({ id }) => id)).toContain(closed.id);
    expect(seen.every(({ prisonId, state }) => prisonId === 'XYI' && state !== 'OPEN')).toBe(true);
    expect(await statusOf(open.id, atXyi)).toBe(404);
    expect(await work(open.id, atXyi)).toBe(404);
  });

  it('the former prison does not see what others have written on its closed alert since', async () => {
    const notes = async (token: string) =>
      (await read(closed.id, token))['history']?.filter(({ transition }) => transition === 'noted').map(({ by }) => by);
    expect(await notes(atXyi)).toEqual(['ASMITH_GEN']);
    expect(await notes(atXym)).toEqual(['ASMITH_GEN', 'BJONES_GEN']);
  });

  it('nor when, or how often: one by one and in lists it stands as it did when the person left', async () => {
    const standing = ({ changedAt, revision, position }: AlertSummary) => ({ changedAt, revision, position });
    const listed = async (token: string) =>
      (await list(token)).content.filter(({ id }) => id === closed.id).map(standing);
    const before = { atXyi: await listed(atXyi), atXym: await listed(atXym) };
    await service.send(`/safety-alerts/${closed.id}/note`, { note: 'Seen again.' }, atXym);
    await service.watchSettles();
    expect(await listed(atXym)).not.toEqual(before.atXym);
    expect(await listed(atXyi)).toEqual(before.atXyi);
    expect([standing((await read(closed.id, atXyi)) as unknown as AlertSummary)]).toEqual(before.atXyi);
  });

  it('and may note something on it, whatever revision it has seen of it', async () => {
    const { revision: seenRevision } = (await read(closed.id, atXyi)) as unknown as AlertSummary;
    const noted = await service.send(`/safety-alerts/${closed.id}/note`, { note: 'Late.', seenRevision }, atXyi);
    expect(noted.status).toBe(200);
  });
});

describe('the stream', () => {
  it('tells of alerts that the caller may see and of no others, nor a former prison of what the next one does', async () => {
    const listening = new AbortController();
    const both = await Promise.all(
      [atXyi, atXym].map((token) => service.ask('/safety-alerts/stream', token, { signal: listening.signal })),
    );
    await service.send(`/safety-alerts/${open.id}/note`, { note: 'At XYM.' }, atXym);
    await service.send(`/safety-alerts/${closed.id}/note`, { note: 'At XYM too.' }, atXym);
    await service.happens('PrisonerReceived', 'A0009AA', 'XYI', { reason: 'NEW_ADMISSION' });
    await service.happens('SelfHarmReported', 'A0009AA', 'XYI', {});
    await service.happens('AcctOpened', 'A0009AA', 'XYI', {});
    const own = service.alertOf('A0009AA', 'VUL-01').id;
    const [heardAtXyi, heardAtXym] = await Promise.all(
      both.map((response, index) => hearUntil(response, [own, closed.id][index] ?? '')),
    );
    listening.abort();
    expect(heardAtXyi).not.toContain(open.id);
    expect(heardAtXyi).not.toContain(closed.id);
    expect(heardAtXym).toContain(open.id);
  });

  it('ends with the sign-in', async () => {
    const until = Math.floor(service.clock.now() / 1000) + 60;
    const claims = { user_name: 'CDAVIS_GEN', authorities: [RW], caseloads: ['XYM'], exp: until };
    const response = await service.ask('/safety-alerts/stream', await service.issuer.sign(claims));
    service.clock.moveTo((until + 60) * 1000);
    await service.send(`/safety-alerts/${open.id}/note`, { note: 'Too late to be heard.' }, atXym);
    expect(await response.text()).not.toContain(open.id);
  });
});

/** What the stream says until it names an alert. */
async function hearUntil(response: Response, alertId: string): Promise<string> {
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes(alertId)) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  return text;
}

describe('a source of custody events', () => {
  it('sends for the prisons it is given, and is told of each event that is for another', async () => {
    const token = await service.tokenOf(['ROLE_CUSTODY_WATCH__EVENTS__RW'], ['XYM']);
    const event = (prisonId: string) => ({
      type: 'KeyWorkerSessionHeld',
      prisonNumber: 'A0002AA',
      prisonId,
      occurredAt: new Date(service.clock.now()).toISOString(),
      data: { staffId: '1001' },
    });
    const response = await service.send('/custody-events', [event('XYM'), event('XYI')], token);
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      results: [
        { status: 'accepted' },
        {
          status: 'refused',
          errors: [{ field: 'prisonId', value: 'XYI', message: 'is not a prison that you may send events for' }],
        },
      ],
    });
    expect((await service.send('/custody-events', event('XYI'), token)).status).toBe(400);
  });
});
