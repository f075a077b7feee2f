import { it } from '@jest/globals';
import { CASES } from './cases.js';

/** A test for each of these cases. */
export const eachCase = (
  name: string,
  test: (name: string) => void | Promise<void>,
  isMeant: (name: string) => boolean = () => true,
): void => {
  it.each(CASES.filter(isMeant))(name, test);
};
