import { beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

const SCRIPT = readFileSync(join(import.meta.dirname, '../assets/alerts.js'), 'utf8');

/** An element of a page, as far as the script needs one. */
const element = () => {
  const children: unknown[] = [];
  return { dataset: {}, textContent: '', children, append: (...more: unknown[]) => children.push(...more) };
};

/** A stream that says and is what the test wants. */
class Stream {
  static readonly CLOSED = 2;
  static last: Stream;
  readyState = 1;
  private readonly listeners: Record<string, (event: object) => void> = {};

  constructor() {
    Stream.last = this;
  }

  addEventListener(type: string, listener: (event: object) => void): void {
    this.listeners[type] = listener;
  }

  happens(type: string, event: object = {}): void {
    this.listeners[type]?.(event);
  }
}

let strip: string;

beforeEach(() => {
  strip = '';
  const live = {
    dataset: { view: 'triage', one: '1 new.', several: '{n} new.', over: 'Over.', show: 'Show' },
    replaceChildren: (text: ReturnType<typeof element>) => (strip = String(text.children[0])),
  };
  const document = {
    querySelector: (what: string) => (what === '[data-live]' ? live : null),
    querySelectorAll: () => [],
    hidden: false,
    addEventListener: () => undefined,
    createElement: element,
  };
  runInNewContext(SCRIPT, { document, EventSource: Stream });
});

describe('the strip above the list', () => {
  it('counts what is new', () => {
    for (const alertId of ['a', 'b'])
      Stream.last.happens('message', { data: JSON.stringify({ alertId, kind: 'raised' }) });
    expect(strip).toBe('2 new. ');
  });

  it('counts what comes back to triage, and nothing that somebody did', () => {
    for (const [alertId, kind] of [
      ['a', 'lapsed'],
      ['b', 'reopened'],
      ['c', 'acknowledged'],
    ])
      Stream.last.happens('message', { data: JSON.stringify({ alertId, kind }) });
    expect(strip).toBe('2 new. ');
  });

  it('says when nothing is told any more, and not while it is tried again', () => {
    Stream.last.happens('error');
    expect(strip).toBe('');
    Stream.last.readyState = Stream.CLOSED;
    Stream.last.happens('error');
    expect(strip).toBe('Over. ');
  });
});
