/** Feeds are labels of metrics, so their names are short and hold only what a label may hold. */
export const FEED_NAME = {
  pattern: /^[a-z0-9][a-z0-9.-]{0,49}$/,
  allowed: 'at most 50 lower-case letters, digits, hyphens and dots, such as case-notes',
};
