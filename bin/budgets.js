// Measures how many safety alerts each rule raises in a year of each kind of prison (docs/generate.md, "Budgets"), and says
// which rules raise more than they are expected to: then it ends with 1. `--write` puts what was measured, and a quarter
// more, into the rules as `expected`. `--people 1000` and `--days 365` say how much is played. Needs a build.
import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const CLI = fileURLToPath(new URL('custody-watch.js', import.meta.url));
const RULES = fileURLToPath(new URL('../config/rules/', import.meta.url));
const BUDGET = /^expected: \{ perThousandPeoplePerWeek: (\d+) \}\n/m;
const ROOM = 1.25;
/** By then every rule is in force. */
const FROM = '2027-01-01';

/** What asks for key work is measured where there is key work: elsewhere it is always due, and asked for by nobody. */
const KEY_WORK = /^(KW-\d+|INC-02|FAM-01|VUL-02|SEG-04)$/;
/** Of the estate only the prisons that the other histories cannot show: those that people are moved between. */
const MEASURED = [
  { shape: 'local', keyWork: true, prisons: /./, share: 1 },
  { shape: 'trainer', keyWork: true, prisons: /./, share: 1 },
  { shape: 'women', keyWork: false, prisons: /./, share: 1 },
  { shape: 'open', keyWork: false, prisons: /./, share: 1 },
  { shape: 'estate', keyWork: true, prisons: /^[LT]/, share: 0.9 },
];

const { values: options } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    people: { type: 'string', default: '1000' },
    days: { type: 'string', default: '365' },
  },
});

const rules = readdirSync(RULES).filter((name) => /^[A-Z]+-\d+\.yml$/.test(name));
const measured = await rates();
let above = 0;
for (const name of rules) {
  const rule = name.replace('.yml', '');
  const file = join(RULES, name);
  const text = readFileSync(file, 'utf8');
  const rate = measured.get(rule) ?? 0;
  const budget = Number(BUDGET.exec(text)?.[1] ?? 0);
  if (options.write) {
    const expected = `expected: { perThousandPeoplePerWeek: ${Math.max(1, Math.ceil(rate * ROOM))} }\n`;
    writeFileSync(file, text.replace(BUDGET, '').replace(/^why:/m, `${expected}why:`));
  } else if (rate > budget) above += 1;
  const is = options.write ? '' : rate > budget ? `above the ${budget} expected` : `of ${budget} expected`;
  console.log(`${rule.padEnd(8)} ${rate.toFixed(1).padStart(6)} a week for each thousand people  ${is}`);
}
if (above > 0) process.exitCode = 1;

/** By rule: how many a week for each thousand people, where it is most. */
async function rates() {
  const most = new Map();
  const folder = mkdtempSync(join(tmpdir(), 'custody-watch-budgets-'));
  try {
    for (const { shape, keyWork, prisons, share } of MEASURED) {
      const raised = await raisedIn(folder, shape, prisons);
      const thousandPeopleWeeks = ((Number(options.people) * share) / 1_000) * (Number(options.days) / 7);
      for (const [rule, count] of raised)
        if (keyWork || !KEY_WORK.test(rule)) most.set(rule, Math.max(most.get(rule) ?? 0, count / thousandPeopleWeeks));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return most;
}

async function raisedIn(folder, shape, prisons) {
  const [history, transitions] = [join(folder, 'history.ndjson'), join(folder, 'transitions.ndjson')];
  run(['generate', '--shape', shape, '--people', options.people, '--days', options.days, '--from', FROM, history]);
  run(['simulate', '--json', '--from', `${FROM}T00:00:00Z`, history], openSync(transitions, 'w'));
  const raised = new Map();
  for await (const line of createInterface(createReadStream(transitions))) {
    const { transition, rule, prisonId } = JSON.parse(line);
    if (transition === 'raised' && prisons.test(prisonId)) raised.set(rule, (raised.get(rule) ?? 0) + 1);
  }
  return raised;
}

function run(args, output = 'inherit') {
  const { status } = spawnSync(process.execPath, ['--max-old-space-size=4096', CLI, ...args], {
    stdio: ['ignore', output, 'inherit'],
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}.`);
}
