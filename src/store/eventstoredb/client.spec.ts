import { describe, expect, it, jest } from '@jest/globals';
import { clientOf } from './client.js';

const failsToLoad = (code: string): void => {
  jest.resetModules();
  jest.unstable_mockModule('@kurrent/kurrentdb-client', () => {
    throw Object.assign(new Error('No such package.'), { code });
  });
};

describe('the client of KurrentDB', () => {
  it.each(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])(
    'where it is not installed is asked for by name: %s',
    async (code) => {
      failsToLoad(code);
      await expect(clientOf('kurrentdb')).rejects.toMatchObject({
        code: 'CLIENT_NOT_INSTALLED',
        message: expect.stringContaining('@kurrent/kurrentdb-client') as unknown,
      });
    },
  );

  it('that cannot be loaded for another reason says which', async () => {
    failsToLoad('ERR_DLOPEN_FAILED');
    await expect(clientOf('kurrentdb')).rejects.toMatchObject({ code: 'ERR_DLOPEN_FAILED' });
  });
});
