import { readdirSync } from 'node:fs';

const wanted = process.argv.slice(2);
const names = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith('.js') && file !== 'run.js')
  .map((file) => file.replace(/\.js$/, ''))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

if (names.length === 0) {
  console.error(`There is no figure "${wanted.join(' ')}".`);
  process.exitCode = 2;
}

const rows = [];
for (const name of names) {
  const { default: measure } = await import(`./${name}.js`);
  for (const { figure, value, peer, ratio, target } of await measure()) {
    const aim = target === undefined ? '' : `${ratio >= target ? 'met' : 'MISSED'} (at least ${target})`;
    rows.push({ figure, value, peer, ratio: ratio.toFixed(2), target: aim });
  }
}
console.table(rows);
