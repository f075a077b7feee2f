import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

export const newMasterKey = (): KeyObject => createSecretKey(randomBytes(32));
