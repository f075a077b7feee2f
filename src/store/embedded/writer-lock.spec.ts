import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreInUse, StoreUnavailable } from '../errors.js';
import { holderOf, WriterLock } from './writer-lock.js';

/** Another process that holds the lock until it is killed. */
const HOLD = `
  const lock = new (require('node:sqlite').DatabaseSync)(process.argv[1]);
  lock.exec('BEGIN EXCLUSIVE');
  process.stdout.write('held');
  process.stdin.on('data', () => lock);`;

describe('the lock of the one writer', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'custody-watch-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is refused to a second writer, who is told where and by whom', () => {
    const lock = WriterLock.take(folder);
    lock.announce('http://127.0.0.1:3000');
    expect(() => WriterLock.take(folder)).toThrow(StoreInUse);
    expect(() => WriterLock.take(folder)).toThrow(folder);
    expect(() => WriterLock.take(folder)).toThrow(`process ${process.pid} (http://127.0.0.1:3000)`);
    lock.release();
  });

  it('is refused to a second writer also where its file was removed, as long as the first runs', async () => {
    const first = spawn(process.execPath, ['-e', 'process.stdin.resume(); process.stdout.write("runs")']);
    await once(first.stdout, 'data');
    writeFileSync(join(folder, 'holder.json'), JSON.stringify({ pid: first.pid }));
    expect(() => WriterLock.take(folder)).toThrow(StoreInUse);
    expect(() => WriterLock.take(folder)).toThrow(/lock\.db was removed/);
    first.kill('SIGKILL');
    await once(first, 'exit');
    WriterLock.take(folder).release();
  });

  it('is free again once released', () => {
    WriterLock.take(folder).release();
    expect(holderOf(folder)).toBeUndefined();
    WriterLock.take(folder).release();
  });

  it('tells other processes who holds it, and where that one serves', () => {
    const lock = WriterLock.take(folder);
    expect(holderOf(folder)).toEqual({ pid: process.pid });
    lock.announce('http://127.0.0.1:3000');
    expect(holderOf(folder)).toEqual({ pid: process.pid, url: 'http://127.0.0.1:3000' });
    lock.release();
    expect(holderOf(folder)).toBeUndefined();
  });

  it('dies with the process that holds it, whatever note that one left', async () => {
    writeFileSync(join(folder, 'holder.json'), '{ "pid": 4711, "url": "http://127.0.0.1:4711" }');
    const holder = spawn(process.execPath, ['-e', HOLD, join(folder, 'lock.db')]);
    await once(holder.stdout, 'data');
    expect(holderOf(folder)).toEqual({ pid: 4711, url: 'http://127.0.0.1:4711' });
    expect(() => WriterLock.take(folder)).toThrow('process 4711');

    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(holderOf(folder)).toBeUndefined();
    WriterLock.take(folder).release();
  });

  it('is held by nobody where there is no folder, and asking makes none', () => {
    expect(holderOf(join(folder, 'none'))).toBeUndefined();
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  it('needs a folder: a file in its place is refused by name', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => WriterLock.take(join(folder, 'file'))).toThrow(StoreUnavailable);
    expect(() => WriterLock.take(join(folder, 'file', 'deeper'))).toThrow(/a file stands where/);
  });
});
