import { ownProgram } from '../src/custody/sender.js';

/** Whoever tells a test's log of what happened: nothing limits them. */
export const SENDER = ownProgram('test');
