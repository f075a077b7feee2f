import { resident, type Resident } from '../cast.js';
import * as astray from './astray.js';
import * as behindThem from './behind-them.js';
import * as dueSoon from './due-soon.js';
import * as slowDecline from './slow-decline.js';
import type { LifeScript } from './life-script.js';
import * as notEnough from './not-enough.js';
import * as unfinished from './unfinished.js';

const LIVES = { ...slowDecline, ...dueSoon, ...unfinished, ...behindThem, ...astray, ...notEnough };

export type LifeScriptName = keyof typeof LIVES;

/** The lives told on purpose, by name, with the people who live them. */
export const LIFE_SCRIPTS = Object.fromEntries(
  Object.entries(LIVES).map(([name, life], place) => [name, { ...life, person: resident(place + 1) }]),
) as Record<LifeScriptName, LifeScript & { readonly person: Resident }>;
