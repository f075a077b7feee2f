// Takes the pictures that the README shows, of the demonstration as it is: npm run build, then npm run screenshots.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const PORT = 3199;
const HERE = `http://127.0.0.1:${PORT}`;
const SIZE = { width: 1280, height: 900 };

/** What is on each picture, and who looks at it. Z0003ZZ is the demonstration's own telling of a slow decline. */
const PICTURES = [
  { file: 'home.png', path: '/', who: /Robin Lark/ },
  { file: 'alerts.png', path: '/alerts', who: /Robin Lark/ },
  { file: 'person.png', path: '/prisoners/Z0003ZZ', who: /Jay Swift/, height: 1240 },
  { file: 'oversight.png', path: '/oversight', who: /Martin Finch/ },
];

const folder = mkdtempSync(join(tmpdir(), 'custody-watch-pictures-'));
const root = join(import.meta.dirname, '../..');
const service = spawn(process.execPath, [join(root, 'bin/custody-watch.js'), 'serve', '--demo'], {
  cwd: root,
  env: { ...process.env, PORT: String(PORT), DATA_DIR: folder },
  stdio: 'ignore',
});

const signedIn = async (browser, who) => {
  const page = await (await browser.newContext({ viewport: SIZE })).newPage();
  await page.goto(`${HERE}/sign-in`);
  await page.getByLabel(who).check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  return page;
};

/** The service has read its log to the end. */
const untilReady = async () => {
  for (;;) {
    const { ok } = await fetch(`${HERE}/health/readiness`).catch(() => ({ ok: false }));
    if (ok) return;
  }
};

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  await untilReady();
  for (const { file, path, who, height = SIZE.height } of PICTURES) {
    const page = await signedIn(browser, who);
    await page.setViewportSize({ ...SIZE, height });
    await page.goto(HERE + path);
    await page.screenshot({ path: join(import.meta.dirname, file) });
    process.stdout.write(`${file}\n`);
  }
} finally {
  await browser.close();
  const ended = new Promise((resolve) => service.once('exit', resolve));
  service.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true });
}
