import type { ChangeSince } from '../../safety-alerts/alert/errors.js';
import { sayMoment } from '../frame/moments.js';
import { english } from '../words/english.js';

/** What has happened to a safety alert since somebody saw it, who did it and when: one line. */
export const sayChange = ({ transition, by, at }: ChangeSince): string => {
  const author = by === 'custody-watch' ? english.lines.bySystem : by;
  return english.alert.conflict.change(english.alert.transitions[transition], author, sayMoment(at));
};
