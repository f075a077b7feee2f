/**
 * The first member that stands twice in one object of a JSON text, as it is written there; nothing where each stands once.
 * `JSON.parse` keeps the last of them in silence, so that what a sender said first would be lost.
 * @param value what the text was parsed to
 */
export const doubledMember = (json: string, value: unknown): string | undefined =>
  membersIn(json) === membersOf(value) ? undefined : firstDoubled(json);

/** How many members the objects of a JSON text have: each is a string before a colon. */
function membersIn(json: string): number {
  let count = 0;
  for (let start = json.indexOf('"'); start >= 0; start = json.indexOf('"', start)) {
    let end = json.indexOf('"', start + 1);
    while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
    start = end + 1;
    let next = start;
    while (json.charCodeAt(next) <= SPACE) next++;
    if (json.charCodeAt(next) === COLON) count++;
  }
  return count;
}

const SPACE = 0x20;
const COLON = 0x3a;

/** Whether an odd number of backslashes stands before a quotation mark. */
function isEscaped(json: string, mark: number): boolean {
  let backslashes = 0;
  while (json[mark - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

/** Without recursion: what is sent may nest as deep as it likes. */
function membersOf(value: unknown): number {
  let count = 0;
  const waiting = [value];
  for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const members: unknown[] = Array.isArray(next) ? next : Object.values(next);
    if (!Array.isArray(next)) count += members.length;
    for (const member of members) if (typeof member === 'object') waiting.push(member);
  }
  return count;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

function firstDoubled(json: string): string | undefined {
  /** The members of each open object, innermost last; null for a list. */
  const open: (Set<string> | null)[] = [];
  let last = '';
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      // Two spellings of one name are one member: "\u0069d" is "id".
      const name = JSON.parse(last) as string;
      if (open.at(-1)?.has(name)) return name;
      open.at(-1)?.add(name);
    }
    last = token;
  }
  return undefined;
}
