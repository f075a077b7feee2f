/** One token of JSON, starting where the last one ended. */
const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[\u0020\u0021\u0023-\u005b\u005d-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

/** In characters. */
const LONGEST = 64 * 1024;

type ExpectedToken = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or end';

/**
 * The column, from 1, at which a text stops being JSON. `JSON.parse` says so only sometimes, and quotes what it found,
 * which may be personal. Of a long text nothing is said: to look for it would hold up everybody else.
 */
export function columnOfError(text: string): number | undefined {
  if (text.length > LONGEST) return undefined;
  const open: string[] = [];
  let expected: ExpectedToken = 'value';
  let end = 0;
  for (;;) {
    TOKEN.lastIndex = end;
    const match = TOKEN.exec(text);
    const next: ExpectedToken | undefined = match
      ? afterToken(match[1] ?? (match[2] ? 'string' : 'scalar'), expected, open)
      : undefined;
    if (!next) return end + (/^[ \t\n\r]*/.exec(text.slice(end))?.[0].length ?? 0) + 1;
    expected = next;
    end = TOKEN.lastIndex;
  }
}

/** What may follow a token; nothing where the token does not belong. */
function afterToken(token: string, expected: ExpectedToken, open: string[]): ExpectedToken | undefined {
  const valueFits = expected === 'value' || expected === 'value or ]';
  switch (token) {
    case '{':
    case '[':
      if (!valueFits) return undefined;
      open.push(token);
      return token === '{' ? 'name or }' : 'value or ]';
    case '}':
      return closes('{', expected === 'name or }' || expected === ', or end', open);
    case ']':
      return closes('[', expected === 'value or ]' || expected === ', or end', open);
    case ':':
      return expected === ':' ? 'value' : undefined;
    case ',':
      if (expected !== ', or end' || open.length === 0) return undefined;
      return open.at(-1) === '{' ? 'name' : 'value';
    case 'string':
      if (expected === 'name' || expected === 'name or }') return ':';
      return valueFits ? ', or end' : undefined;
    default:
      return valueFits ? ', or end' : undefined;
  }
}

function closes(bracket: string, fits: boolean, open: string[]): ExpectedToken | undefined {
  return fits && open.pop() === bracket ? ', or end' : undefined;
}
