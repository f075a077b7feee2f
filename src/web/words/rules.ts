/** What a rule’s letters stand for. */
const FAMILIES: Readonly<Record<string, string>> = {
  KW: 'Key work',
  PRI: 'Prisons as a whole',
  SEG: 'Segregation',
  ADJ: 'Adjudications',
  INC: 'Incentives',
  SUB: 'Substance misuse',
  FAM: 'Family and loss',
  ACCT: 'ACCT',
  VUL: 'Several risks at once',
  DATA: 'Records that do not add up',
};

/** The catalogue of rules. */
export const rules = {
  title: 'Rules',
  lead: (n: number) =>
    `Custody Watch checks ${n.toLocaleString('en-GB')} rules for every person in your prisons. Each rule names one safeguard. A safety alert is raised when the safeguard is missed, and closes when it is met.`,
  table: { id: 'Rule', name: 'What it notices', severity: 'Severity' },
  watches: 'What it watches',
  severity: 'Severity',
  about: 'Who it is about',
  closes: 'What closes the safety alert',
  tells: 'Who should act',
  owner: 'Who owns it',
  source: 'What the sources say',
  because: 'What we make of that',
  bySource: {
    title: 'Rules by source',
    link: 'By source: what the sources say, and which rules answer it',
    lead: 'What the sources say or ask for, each point with the rules that answer it. No rule answers some of these points yet.',
    says: 'What it says or asks for',
    rules: 'Rules that answer it',
    missing: 'Not answered yet',
    noRules: 'None yet',
  },
  inPrisons: {
    heading: 'Where it is different',
    columns: { prison: 'Prison', how: 'What is different there', why: 'Why' },
    notWatched: 'It is not watched, so it raises no safety alert.',
    off: (day: string | undefined) => (day === undefined ? 'It is off.' : `It is off until ${day}.`),
    noScheme: 'It does not apply, because it needs a key work scheme.',
    severity: (text: string) => `Severity: ${text}`,
    watches: (text: string) => `What it watches: ${text}`,
    closes: (text: string) => `What closes the safety alert: ${text}`,
  },
  version: 'Version',
  hazards: 'What can go wrong',
  inTheHazardLog: (id: string): string =>
    `What may follow where this rule stays silent, and what holds that off, is in the hazard log: docs/safety/hazard-log.md, “By rule”, ${id}.`,
  open: 'Open safety alerts of this rule',
  family: (letters: string): string => FAMILIES[letters] ?? letters,
};
