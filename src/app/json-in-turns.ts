import { columnOfError } from '../custody/json-column.js';
import { BYTE_ORDER_MARK, HAS_BYTE_ORDER_MARK, LONGEST_LINE, saysTwice } from '../custody/ndjson.js';
import { doubledMember } from '../prison/doubled-member.js';
import { InTurns } from '../prison/next-turn.js';
import { UnreadableBody } from './unreadable-body.js';

/** How much is read in one turn, in characters. */
const IN_ONE_TURN = 256 * 1024;

/**
 * A JSON text as its value. A long array is read element by element, in turns; an element may be as long as a line of
 * NDJSON.
 * @throws UnreadableBody
 */
export const jsonInTurns = async (json: string): Promise<unknown> => {
  const start = afterSpace(json, 0);
  if (json.length > IN_ONE_TURN && json[start] === '[') return elementsOf(json, start + 1);
  if (json.length > LONGEST_LINE) throw tooLongAtOnce();
  return json === '' ? {} : valueOf(json, 0, json.length);
};

const elementsOf = async (json: string, first: number): Promise<unknown[]> => {
  const turns = new InTurns(IN_ONE_TURN);
  const elements: unknown[] = [];
  for (let from = first, end; ; from = end + 1) {
    end = endOfElement(json, from);
    const isEmptyArray = elements.length === 0 && json[end] === ']' && afterSpace(json, from) === end;
    if (!isEmptyArray) elements.push(valueOf(json, from, end));
    await turns.did(end + 1 - from);
    if (json[end] === ']') return withNothingAfter(json, end + 1, elements);
    if (json[end] !== ',') throw invalidFrom(json, end);
  }
};

const withNothingAfter = (json: string, end: number, elements: unknown[]): unknown[] => {
  const more = afterSpace(json, end);
  if (more < json.length) throw invalidFrom(json, more);
  return elements;
};

const afterSpace = (json: string, from: number): number => {
  let at = from;
  while (' \t\r\n'.includes(json[at] ?? '-')) at++;
  return at;
};

const BRACKETS: Readonly<Record<string, number>> = { '{': 1, '[': 1, '}': -1, ']': -1 };
const MARKS = /["[\]{},]/g;

/** Where the comma or bracket after an element stands; the end of the text where there is none. */
const endOfElement = (json: string, from: number): number => {
  let depth = 0;
  MARKS.lastIndex = from;
  for (let mark = MARKS.exec(json); mark; mark = MARKS.exec(json)) {
    if (mark.index - from > LONGEST_LINE) throw tooLongAtOnce();
    if (mark[0] === '"') MARKS.lastIndex = endOfString(json, mark.index);
    const change = BRACKETS[mark[0]] ?? 0;
    if (depth === 0 && (mark[0] === ',' || change < 0)) return mark.index;
    depth += change;
  }
  return json.length;
};

/** What follows a string that begins here. */
const endOfString = (json: string, mark: number): number => {
  let end = json.indexOf('"', mark + 1);
  while (end > 0 && backslashesBefore(json, end) % 2 === 1) end = json.indexOf('"', end + 1);
  return end < 0 ? json.length : end + 1;
};

const backslashesBefore = (json: string, mark: number): number => {
  let count = 0;
  while (json[mark - 1 - count] === '\\') count++;
  return count;
};

const valueOf = (json: string, from: number, end: number): unknown => {
  const text = json.slice(from, end);
  if (text.length > LONGEST_LINE) throw tooLongAtOnce();
  const mark = text.indexOf(BYTE_ORDER_MARK);
  if (mark >= 0)
    throw new UnreadableBody(400, 'INVALID_JSON', `The body ${HAS_BYTE_ORDER_MARK}${placeOf(json, from + mark)}.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const column = columnOfError(text);
    throw invalidFrom(json, column === undefined ? undefined : from + column - 1);
  }
  const doubled = doubledMember(text, value);
  if (doubled !== undefined) throw new UnreadableBody(400, 'DOUBLED_MEMBER', `The body ${saysTwice(doubled)}.`);
  return value;
};

const invalidFrom = (json: string, at: number | undefined): UnreadableBody => {
  const place = at === undefined ? '' : ` from${placeOf(json, at).replace(' in', '')} on`;
  return new UnreadableBody(400, 'INVALID_JSON', `The body is not valid JSON${place}.`);
};

const placeOf = (json: string, at: number): string => {
  const before = json.slice(0, at).split('\n');
  return ` in line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
};

const tooLongAtOnce = (): UnreadableBody =>
  new UnreadableBody(413, 'PAYLOAD_TOO_LARGE', 'One custody event, or a body that is no array, is larger than 1 MiB.');
