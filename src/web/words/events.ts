/** Everything about one person, with both clocks. */
export const events = { title: 'Full timeline' };
