// Tells what the registry at hand knows about what runs with the service: vulnerabilities, and newer versions. Fails where
// one is high or critical. A question that nobody answers (no network, a registry without an audit) is said to be open, and
// is no failure: the same commit must pass wherever it is built.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SEVERE = ['high', 'critical'];

/** npm ends with 1 both where it found something and where it could not ask: only what it prints tells which. */
function asked(...question) {
  const { stdout, error } = spawnSync('npm', [...question, '--omit=dev', '--json', '--fetch-retries=0'], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) return { open: error.message };
  const answer = JSON.parse(stdout || '{}');
  return answer.error ? { open: answer.message ?? answer.error.code } : { answer };
}

/** Each advisory once; a library that is only concerned because of another has none of its own. */
const advisoriesIn = ({ vulnerabilities }) =>
  Object.values(vulnerabilities).flatMap(({ via }) => via.filter((each) => typeof each !== 'string'));

function tellVulnerabilities({ open, answer }) {
  if (open !== undefined) return console.log(`Known vulnerabilities: not asked, ${open}`);
  const advisories = advisoriesIn(answer);
  console.log(`Known vulnerabilities: ${advisories.length}`);
  for (const { severity, name, range, title, url } of advisories) {
    console.log(`  ${severity}  ${name} ${range}  ${title}  ${url}`);
  }
  if (advisories.some(({ severity }) => SEVERE.includes(severity))) process.exitCode = 1;
}

function tellNewer({ open, answer }) {
  if (open !== undefined) return console.log(`Other versions: not asked, ${open}`);
  const newer = Object.entries(answer);
  console.log(`Other versions than the latest: ${newer.length}`);
  for (const [name, { current, latest }] of newer) console.log(`  ${name} ${current}, latest ${latest}`);
}

tellVulnerabilities(asked('audit'));
tellNewer(asked('outdated'));
