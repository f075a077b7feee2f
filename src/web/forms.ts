/** Where pages send forms: each place with all below it. Nothing else is taken there, and no form anywhere else. */
const PLACES = [
  'sign-in',
  'sign-out',
  'location',
  'alerts',
  'handover',
  'search',
  'parked',
  'prisoners/[^/]+/review-pack',
];

const FORMS = new RegExp(`^/(${PLACES.join('|')})(/|$)`, 'i');

/** Whether what is sent to a path is the form of a page. */
export const takesForms = (path: string): boolean => FORMS.test(path);

/** Members that a form may send several times, as checkboxes do. */
const LISTS = new Set(['alert']);

/** What a form says, each member as text; nothing where one that is no list was sent twice. */
export const asForm = (sent: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined => {
  const members = Object.entries(sent);
  return members.every(([name, value]) => typeof value === 'string' || LISTS.has(name)) ? { ...sent } : undefined;
};
