import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const FIRST = Date.parse('2025-06-01T00:00:00Z');

/** How many events {@link writeEstate} writes for each person. */
export const EVENTS_PER_PERSON = 12;

/** Numbers that look random and are the same at every run. */
const numbers = (seed) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
};

const idOf = (text) => {
  const hex = createHash('md5').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const numberOf = (person) => {
  const letter = (n) => String.fromCharCode(65 + (n % 26));
  return `${letter(person / 260_000)}${String(person % 10_000).padStart(4, '0')}${letter(person / 10_000)}Z`;
};

/** A life in prison, ordinary for the most part: an arrival, an allocation, sessions, and now and then something else. */
const lifeOf = (person) => {
  const next = numbers(person + 1);
  const arrived = FIRST + Math.floor(next() * 200) * DAY + 10 * HOUR;
  const staffId = String(1000 + (person % 4000));
  const life = [
    ['PrisonerReceived', arrived, { reason: 'NEW_ADMISSION' }],
    ['KeyWorkerAllocated', arrived + DAY, { staffId }],
  ];
  const others = [
    ['AdjudicationReported', (n) => ({ chargeNumber: `C-${person}-${n}` })],
    ['SubstanceMisuseIndicated', () => ({ kind: 'UNDER_INFLUENCE' })],
    ['IncentiveReviewHeld', () => ({ level: 'STANDARD' })],
    ['KeyWorkerSessionMissed', () => ({ reason: 'REGIME_CURTAILED' })],
    ['AssaultReported', () => ({ role: 'VICTIM' })],
    ['VisitCancelled', () => ({ by: 'VISITOR' })],
  ];
  let at = arrived + 2 * DAY;
  while (life.length < EVENTS_PER_PERSON) {
    at += Math.ceil(next() * 12) * DAY + Math.floor(next() * 8) * HOUR;
    if (next() < 0.7) life.push(['KeyWorkerSessionHeld', at, { staffId, minutes: 45 }]);
    else {
      const [type, data] = others[Math.floor(next() * others.length)];
      life.push([type, at, data(life.length)]);
    }
  }
  return life;
};

/** Writes the custody events of so many people, as an estate would export them: in the order in which they happened. */
export async function writeEstate(file, people) {
  const lines = [];
  for (let person = 0; person < people; person++) {
    const prisonNumber = numberOf(person);
    const prisonId = `P${String.fromCharCode(65 + (person % 26))}I`;
    lifeOf(person).forEach(([type, at, data], index) => {
      const occurredAt = new Date(at).toISOString();
      const id = idOf(`${person}-${index}`);
      lines.push([at, JSON.stringify({ id, type, prisonNumber, prisonId, occurredAt, data })]);
    });
  }
  lines.sort((a, b) => a[0] - b[0]);
  const out = createWriteStream(file);
  for (const [, line] of lines) if (!out.write(`${line}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  return lines.length;
}

/** The same life as the kernel sees it. */
export const occurrencesOf = (person) =>
  lifeOf(person).map(([type, at, data], index) => ({
    id: idOf(`${person}-${index}`),
    type,
    at,
    recordedAt: at,
    prisonId: 'XYI',
    data,
  }));
