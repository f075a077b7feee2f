import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chance } from '../../src/generate/chance.js';
import { generatedHistory } from '../../src/generate/history.js';
import { type Damage, damages, type Folders } from './damages.js';
import { type EndedService, run, RunningService } from './running-service.js';
import type { SiegePart } from './siege-part.js';

/** In milliseconds: more than a start, and an end, take on a machine that has much else to do. */
const LONGEST = 60_000;

const COLUMNS = ['right', 'refused', 'told'] as const;
/**
 * How a damaged folder may come out: everything is as it was; the start stops with a code and words; or it serves, and says
 * by its health that something is not as it was.
 */
type Outcome = (typeof COLUMNS)[number];

/** Starts the service on so many data folders, each damaged in another way. */
export const damagedStarts: SiegePart = async ({ starts, chance, folder }) => {
  const { folders, people } = await prepared(folder, chance);
  const right = await answersOn(join(folder, 'undamaged'), folders.left, people);
  const outcomes: Record<Outcome, number> = { right: 0, refused: 0, told: 0 };
  const findings: string[] = [];
  for (const damage of damages(starts, folders, chance)) {
    const result = await resultOf(damage, { folder: join(folder, 'damaged'), left: folders.left, people, right });
    if ('finding' in result) findings.push(`${damage.named}: ${result.finding}`);
    else outcomes[result.outcome]++;
  }
  const counts = COLUMNS.map((name) => `${outcomes[name]} ${name}`).join(', ');
  return { verdict: `${starts} damaged starts: ${counts}`, findings };
};

interface Trial {
  readonly folder: string;
  readonly left: string;
  readonly people: readonly string[];
  /** What is answered where nothing is wrong. */
  readonly right: readonly string[];
}

type Result = { readonly outcome: Outcome } | { readonly finding: string };

const resultOf = async (damage: Damage, trial: Trial): Promise<Result> => {
  const { folder, left } = trial;
  rmSync(folder, { recursive: true, force: true });
  cpSync(left, folder, { recursive: true });
  damage.to(folder);
  const started = await RunningService.startOn(folder);
  if ('ended' in started)
    return isRefusal(started.ended) ? { outcome: 'refused' } : { finding: `ends with ${told(started.ended)}` };
  const served = await resultOfServing(started.service, trial);
  const ended = await started.service.stop(LONGEST);
  return ended?.code === 0 ? served : { finding: `does not stop as it should: ${ended ? told(ended) : 'not at all'}` };
};

const resultOfServing = async (service: RunningService, { people, right }: Trial): Promise<Result> => {
  await service.isReadyWithin(LONGEST);
  const answers = await asked(service, people);
  if (!(await service.get('/health')).ok) return { outcome: 'told' };
  const other = right.findIndex((answer, index) => answer !== answers[index]);
  if (other < 0) return { outcome: 'right' };
  return { finding: `is UP, and answers ${differenceOf(right[other] ?? '', answers[other] ?? '')}` };
};

/** It ends with a code that means something, and a sentence, and nothing that nobody has thought of. */
const isRefusal = ({ code, said }: EndedService): boolean =>
  (code === 2 || code === 3) && /^custody-watch: .{20,}/m.test(said) && !/^ {4}at /m.test(said);

const told = ({ code, said: words }: EndedService): string => `${String(code)}: ${words.slice(0, 600)}`;

const differenceOf = (right: string, answer: string): string => {
  let at = 0;
  while (right[at] === answer[at] && at < right.length) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 60);
  return `"${around(answer)}" where "${around(right)}" is right`;
};

/** A folder that a service has left, one from before, and one of another installation; and the people in the first. */
const prepared = async (folder: string, chance: Chance): Promise<{ folders: Folders; people: string[] }> => {
  mkdirSync(folder, { recursive: true });
  const [left, older, other] = ['left', 'older', 'other'].map((name) => join(folder, name)) as [string, string, string];
  const people = await lived(left, chance.between(1, 1_000_000), folder);
  cpSync(left, older, { recursive: true });
  const service = await RunningService.serving(left, { ACCESS_RECORDS: 'on' });
  await service.isReadyWithin(LONGEST);
  for (const prisonNumber of people.slice(0, 3)) await service.get(`/prisoners/${prisonNumber}/timeline`);
  const list = JSON.parse((await service.get('/safety-alerts?state=OPEN&size=2')).body) as {
    content: { id: string }[];
  };
  for (const { id } of list.content)
    await service.post(`/safety-alerts/${id}/note`, JSON.stringify({ note: 'Spoke with the wing.' }));
  await service.stop(LONGEST);
  await lived(other, chance.between(1, 1_000_000), folder);
  return { folders: { left, older, other }, people };
};

/** Some weeks of a few people, long enough ago that nothing falls due meanwhile. */
const lived = async (dataDir: string, seed: number, folder: string): Promise<string[]> => {
  const events = [
    ...generatedHistory({ people: 8, days: 28, seed, shape: 'local', from: Date.parse('2025-01-06T00:00:00Z') }),
  ];
  const file = join(folder, 'history.ndjson');
  writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const { code, said: words } = await run(dataDir, 'import', '--history', file);
  if (code !== 0) throw new Error(`The history cannot be imported: ${words}`);
  const service = await RunningService.serving(dataDir);
  await service.isReadyWithin(LONGEST);
  await service.stop(LONGEST);
  return [...new Set(events.flatMap(({ prisonNumber }) => prisonNumber ?? []))].sort();
};

/** What is answered on a copy of a folder. */
const answersOn = async (copy: string, dataDir: string, people: readonly string[]): Promise<readonly string[]> => {
  cpSync(dataDir, copy, { recursive: true });
  const service = await RunningService.serving(copy);
  await service.isReadyWithin(LONGEST);
  const answers = await asked(service, people);
  await service.stop(LONGEST);
  return answers;
};

/** All there is to be known: every safety alert with its history, and what was told of everybody. */
const asked = async (service: RunningService, people: readonly string[]): Promise<string[]> => {
  const list = await service.get('/safety-alerts?size=200&sort=raisedAt,asc');
  const { content = [] } = JSON.parse(list.body) as { content?: { id: string }[] };
  const paths = [
    ...content.map(({ id }) => `/safety-alerts/${id}`),
    ...people.map((prisonNumber) => `/prisoners/${prisonNumber}/timeline`),
    `/access-records?from=2026-01-01&to=${LAST_DAY}&size=1000`,
  ];
  const answers = [list.body];
  for (const path of paths) answers.push((await service.get(path)).body);
  return answers.map(withoutTheMoment);
};
/** As far ahead as is asked for. */
const LAST_DAY = '2099-12-31';

/** What an answer says of when it was given. */
const withoutTheMoment = (answer: string): string =>
  answer.replaceAll(/"(asOf|now|position|asAt|generatedAt)":("[^"]*"|\{[^{}]*\})/g, '"$1":-');
