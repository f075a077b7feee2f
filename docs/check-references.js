// Prints every reference that leads nowhere, as `file:line  what is wrong`, and fails if there is one: a decision without
// its page, a page or heading of docs that does not exist, a file or a test named on a page that is not there, a document
// that is not in this repository. `npm run lint` runs it on the repository; another folder may be given.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';

const root = process.argv[2] ?? join(import.meta.dirname, '..');
const SKIPPED = ['.git', 'node_modules', 'dist', 'data', 'coverage'];
const READ = ['.ts', '.js', '.mjs', '.cjs', '.md', '.yml', '.yaml', '.njk', '.css'];
/** They hold references that lead nowhere on purpose. */
const EXEMPT = ['docs/check-references.js', 'test/docs/references.spec.ts'];

const read = (path) => readFileSync(join(root, path), 'utf8');
const isThere = (path) => existsSync(join(root, path));

function filesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.includes(entry.name) ? [] : filesIn(path);
    return READ.includes(extname(path)) && !EXEMPT.includes(path) ? [path] : [];
  });
}

/** The headings of a page, without marks of code. */
const headingsOf = (page) =>
  Array.from(
    read(page)
      .replace(/^```[^]*?^```$/gm, '')
      .matchAll(/^#+ (.*)$/gm),
    ([, heading]) => heading.replaceAll('`', '').trim(),
  );

/** What a link to a heading ends with, after the `#`. */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');

const decisions = isThere('docs/decisions')
  ? readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name))
  : [];

/** `decision 0003`, `decisions 0003 and 0004`. */
const decisionFaults = ([text]) =>
  text
    .match(/\d+/g)
    .filter((number) => !decisions.some((name) => name.startsWith(`${number}-`)))
    .map((number) => `decision ${number} has no page in docs/decisions (a number has four digits: "decision 0003")`);

const onOneLine = (text) => text.trim().replace(/\s+/g, ' ');

/** `docs/rules.md`, `docs/rules.md, "The file", "Why"`, `docs/rules.md, The file`. */
function pageFaults([, page, quoted = '', plain]) {
  if (!isThere(page)) return [`${page} does not exist`];
  const headings = extname(page) === '.md' ? headingsOf(page) : [];
  const named = Array.from(quoted.matchAll(/"([^"]+)"/g), ([, heading]) => onOneLine(heading));
  const missing = named.filter((heading) => !headings.includes(heading));
  if (plain && !headings.some((heading) => onOneLine(plain).startsWith(heading))) missing.push(onOneLine(plain));
  return missing.map((heading) => `${page} has no heading "${heading}"`);
}

/** `[rules](rules.md)`, `[why](rules.md#why)`. */
function linkFaults([, target], file) {
  if (/^[a-z]+:/.test(target)) return [];
  const [path, anchor] = target.split('#');
  const page = path === '' ? file : normalize(join(dirname(file), path));
  if (!isThere(page)) return [`links to ${target}, which does not exist`];
  const found = anchor === undefined || headingsOf(page).some((heading) => anchorOf(heading) === anchor);
  return found ? [] : [`links to ${target}, which has no such heading`];
}

/** `src/watch/watch.ts`; of a pattern, `test/http/key-work-*.spec.ts`, the folder. */
const fileFaults = ([path]) => {
  const [sure] = path.split(/[*{…]/);
  return isThere(sure === path ? path : dirname(`${sure}x`)) ? [] : [`${path} does not exist`];
};

/** `test/watch/watch.spec.ts`, "raises it once it is back": a test by its title. */
function testFaults([, path, titles]) {
  if (!isThere(path)) return [];
  const tests = read(path);
  return Array.from(titles.matchAll(/"([^"]+)"/g), ([, title]) => onOneLine(title))
    .filter((title) => !tests.includes(title))
    .map((title) => `${path} has no test "${title}"`);
}

const outsideFaults = ([text]) => [
  `"${text}" leads out of this repository: cite "decision 0003", or a page and heading of docs`,
];

const EVERYWHERE = [
  [/\b(?:contract|rules|architecture),?\s*§|\barchitecture,\s*decisions?\b/gi, outsideFaults],
  [/\bdecisions?\s+\d+(?:(?:,|\s+and|\s+to)\s+\d+)*/gi, decisionFaults],
  [/\b(docs\/[\w/-]+\.(?:md|svg|yaml))((?:,\s*"[^"]+")+)?(?:,\s+([A-Z][^.;:)*]*))?/g, pageFaults],
];
const ON_PAGES = [
  ...EVERYWHERE,
  [/\]\(([^)\s]+)\)/g, linkFaults],
  [/(?<=`)(?:src|test|bench|bin|config)\/[\w./*{},…-]+(?=`)/g, fileFaults],
  [/`((?:src|test)\/[\w./-]+\.ts)`((?:,\s*"[^"]+")+)/g, testFaults],
];

/** Comments and texts go on in the next line: the marks between are blanked, so that all keeps its place. */
const inOnePiece = (code) =>
  code.replace(/(?:['"`] *[+,]?)?\n *(?:\*|\/\/|#)? *['"`]?/g, (between) => between.replace(/\S/g, ' '));

function faultsOf(file) {
  const isPage = extname(file) === '.md';
  const text = isPage ? read(file) : inOnePiece(read(file));
  return (isPage ? ON_PAGES : EVERYWHERE).flatMap(([reference, faults]) =>
    Array.from(text.matchAll(reference)).flatMap((match) => {
      const line = text.slice(0, match.index).split('\n').length;
      return faults(match, file).map((fault) => `${file}:${line}  ${fault}`);
    }),
  );
}

/** A decision that was given up keeps its page: numbers have no gap, and the index has them all. */
function indexFaults() {
  if (decisions.length === 0) return [];
  const index = read('docs/decisions/README.md');
  const latest = Math.max(...decisions.map((name) => Number(name.slice(0, 4))));
  const numbers = Array.from({ length: latest }, (_, n) => String(n + 1).padStart(4, '0'));
  return [
    ...numbers.flatMap((number) => decisionFaults([number])),
    ...decisions.filter((name) => !index.includes(`(${name})`)).map((name) => `${name} is not in the index`),
  ].map((fault) => `docs/decisions/README.md:1  ${fault}`);
}

const faults = [...filesIn('').flatMap(faultsOf), ...indexFaults()];
for (const fault of faults) console.log(fault);
if (faults.length > 0) process.exitCode = 1;
