/** Help, glossary, accessibility statement: text only. A section is a heading and its paragraphs. */
interface Section {
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

const section = (heading: string, ...paragraphs: readonly string[]): Section => ({ heading, paragraphs });

export const help = {
  title: 'Help',
  sections: [
    section(
      'What Custody Watch does',
      'It reads what is already recorded: arrivals, key worker sessions, adjudications, segregation, ACCT, family contact. It checks that against rules taken from policy, and raises a safety alert when a safeguard has been missed.',
      'It gives no score and predicts nothing. It cannot see what has not been recorded: an empty list means that nothing recorded breaks a rule.',
    ),
    section(
      'Working a safety alert',
      'Acknowledge it to tell others that you are dealing with it. Assign it to whoever will act. Add a note for the next person.',
      'Snooze it when nobody can act yet, until a date or until it gets worse. It comes back by itself when it gets worse or repeats.',
      'It closes by itself as soon as the safeguard is recorded. Resolve it by hand only if it will never be recorded, and say why.',
    ),
    section(
      'Two people at once',
      'If somebody else has acted on a safety alert since you opened it, you see what they did before you decide. Nothing is overwritten.',
    ),
    section(
      'Late, corrected and withdrawn records',
      'A late record counts from when the event happened. A withdrawn record counts as if the event had never happened. The history keeps both. Pages that show events say when each one happened and when it was recorded.',
    ),
    section(
      'Is it complete?',
      'The foot of every page says when it was last up to date. If a source of records stops sending, or new records cannot be read, a banner at the top of every page says so.',
    ),
    section(
      'Who can see this',
      'You see people in the prisons that you work in. Whenever you view, change, print or download something about a person, it is recorded with your name.',
    ),
    section(
      'If something is wrong',
      'Tell the people who run the service in your prison. If somebody is in danger now, follow your local emergency procedure: do not wait for a page.',
    ),
  ],
  glossary: {
    title: 'Glossary',
    terms: [
      [
        'ACCT',
        'Assessment, Care in Custody and Teamwork: how people at risk of suicide or self-harm are cared for. The ACCT Case Co-ordinator runs the case.',
      ],
      ['Acknowledged', 'Somebody has said that they are dealing with it.'],
      ['Custody event', 'Something that happened to a person in prison, as a source recorded it.'],
      ['Escalated', 'The severity of a safety alert has risen while it was open.'],
      ['Evidence', 'The custody events that a safety alert is based on.'],
      ['Expired', 'The person has left the prison, so the safety alert has ended.'],
      ['Key worker', 'A prison officer who should spend 45 minutes a week with each person allocated to them.'],
      [
        'Known',
        'When Custody Watch learned of something. That may be after it was recorded, which may be after it happened.',
      ],
      ['Overdue', 'Open and not acknowledged for longer than its severity allows.'],
      [
        'Resolved',
        'The safety alert has closed: the safeguard was delivered, or what it was about has ended, or somebody closed it.',
      ],
      [
        'Risk marker',
        'A flag on a person’s record in NOMIS or DPS, such as self-harm in custody. It is called an alert there, but not in Custody Watch.',
      ],
      ['Rule', 'A safeguard that should hold, with limits, and the policy it comes from.'],
      ['Safety alert', 'Raised when a rule is broken. It stays open until it is resolved or expires.'],
      ['Session', 'A key worker session that was held. A case note entry alone is not a session.'],
      ['Snoozed', 'Set aside until a date, or until it gets worse.'],
      ['Stay', 'From an arrival until the person leaves. Court, hospital and temporary absence do not end it.'],
    ] as readonly (readonly [string, string])[],
  },
  accessibility: {
    title: 'Accessibility statement',
    sections: [
      section(
        'How accessible this service is',
        'Every page is made of GOV.UK and Ministry of Justice components, works with the keyboard alone, with JavaScript off, at 400% zoom, and is checked against WCAG 2.2 AA by an automatic test in a real browser.',
        'It has not been audited by people with access needs, nor by a third party.',
      ),
      section(
        'What is not accessible',
        'Wide tables and the picture of a person’s last months scroll sideways in a pane of their own on narrow screens. Every picture has its figures in a table beside it.',
        'PDF files of the review pack are printed by a browser. The page itself has the same content and is the better choice with a screen reader.',
      ),
      section(
        'Telling us',
        'If you cannot use a page, tell the people who run the service in your prison. They can give you its content in another form.',
      ),
    ],
  },
};
