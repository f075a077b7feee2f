// What specs import from `@jest/globals`, where they run in this process (see runner.js).
export { expect } from 'expect';
export { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from 'jest-circus';
