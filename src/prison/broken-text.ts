/**
 * What no text may hold: NUL, half of a character (a lone surrogate), and the controls that turn the direction of text
 * around, so that it reads as something other than it is (CVE-2021-42574).
 */
const BROKEN = /[\0\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

export const isBroken = (text: string): boolean => BROKEN.test(text);

/** For refusals. */
export const NOT_BROKEN = 'without NUL, halves of characters and controls of the direction of text';
