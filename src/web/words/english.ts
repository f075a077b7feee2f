import { alert } from './alert.js';
import { alerts } from './alerts.js';
import { coverage } from './coverage.js';
import { events } from './events.js';
import { frame } from './frame.js';
import { handover } from './handover.js';
import { help } from './help.js';
import { home } from './home.js';
import { parked } from './parked.js';
import { pending } from './pending.js';
import { person } from './person.js';
import { reviewPack } from './review-pack.js';
import { oversight } from './oversight.js';
import { roll } from './roll.js';
import { rules } from './rules.js';
import { signIn } from './sign-in.js';
import { lines } from './lines.js';
import { trouble } from './trouble.js';

/**
 * Every word that people read on a page, page by page; templates know it as `words`. Another language is another object of
 * this type. Words follow the style guides of GOV.UK and the Ministry of Justice.
 */
export const english = {
  frame,
  trouble,
  signIn,
  home,
  alerts,
  alert,
  parked,
  pending,
  person,
  events,
  reviewPack,
  handover,
  oversight,
  coverage,
  roll,
  rules,
  help,
  lines,
};
