import { Fate } from './service-fate.js';
import { liveOn } from './service-story.js';

/** A service that lives the history on a data folder, and is killed `before` or `after` its n-th write. */
const [folder = '', when = '', nth = ''] = process.argv.slice(2);

await liveOn(folder, new Fate(when, Number(nth)));
