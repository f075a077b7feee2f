import { capitalised } from '../../kernel/say/join.js';

/** `case-notes` as people say it: `Case notes`. */
export const sayFeed = (feed: string): string => capitalised(feed.replaceAll(/[-.]/g, ' '));
