/** Where pages send forms: each place with all below it. Nothing else is taken there, and no form anywhere else. */
const PLACES = ['sign-in', 'sign-out', 'location', 'alerts', 'handover', 'search', 'prisoners/[^/]+/review-pack'];

const FORMS = new RegExp(`^/(${PLACES.join('|')})(/|$)`, 'i');

/** Whether what is sent to a path is the form of a page. */
export const takesForms = (path: string): boolean => FORMS.test(path);
