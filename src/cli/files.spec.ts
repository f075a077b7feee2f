import { describe, expect, it } from '@jest/globals';
import { WrongUsage } from './exit.js';
import { isFile } from './files.js';

describe('what import is to read', () => {
  it('is a file only where it can be read more than once', async () => {
    expect(await isFile(import.meta.filename)).toBe(true);
    expect(await isFile('-')).toBe(false);
    expect(await isFile('/dev/null')).toBe(false);
    await expect(isFile('nowhere.ndjson')).rejects.toBeInstanceOf(WrongUsage);
  });
});
