import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What Chromium is called, on Debian and elsewhere. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Whether a program may be run. */
export const canRun = (program: string): boolean => {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The path of a Chromium on a search path, if there is one. */
export const chromiumOn = (searchPath = ''): string | undefined =>
  searchPath
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(canRun);
