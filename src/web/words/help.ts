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
      'An acknowledgement does not last for ever. If nothing is recorded, the safety alert is back to triage: after 2 hours if it is critical, at the end of the next day if it is high, after 7 days otherwise, unless your service is set differently. A session, or an event that the rule looks for, starts that time again. A note or an assignment extends it once. The page of the safety alert says when it will be back.',
      'If it happens again or gets worse, it is back to triage at once, and the history says what happened.',
      'Snooze it when nobody can act yet: for up to 28 days if it is low, 7 days if medium, 72 hours if high. A critical safety alert cannot be snoozed. Where it can still get worse, you can snooze it until it does.',
      'It closes by itself as soon as the safeguard is recorded. Resolve it by hand only if it will never be recorded, and say why. If it is high or critical, a second page asks you to confirm that you close it although it is still true.',
      'What was closed by hand stays under “Closed by hand, still true” until it no longer is, and can be reopened there. High and critical ones under the rules for ACCT, segregation and vulnerability (ACCT, SEG, VUL) reopen by themselves after 24 hours.',
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
      ['Acknowledged', 'Somebody has said that they are dealing with it. It lapses if nothing is recorded in time.'],
      ['Custody event', 'Something that happened to a person in prison, as a source recorded it.'],
      ['Escalated', 'The severity of a safety alert has risen while it was open.'],
      ['Evidence', 'The custody events that a safety alert is based on.'],
      ['Expired', 'The person has left the prison, so the safety alert has ended.'],
      ['Key worker', 'A prison officer who should spend 45 minutes a week with each person allocated to them.'],
      [
        'Known',
        'When Custody Watch learned of something. That may be after it was recorded, which may be after it happened. What was imported as history counts as known when it was recorded.',
      ],
      ['Overdue', 'Open and not acknowledged for longer than its severity allows.'],
      [
        'Recorded late',
        'The safeguard was delivered in time, but its record came after the limit. The safety alert closes, and says so.',
      ],
      ['Repeated', 'What a safety alert is about has happened again while it was open.'],
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
      ['Snoozed', 'Set aside for a limited time, or until it gets worse.'],
      ['Still true', 'The rule is still broken, although somebody has closed the safety alert by hand.'],
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
