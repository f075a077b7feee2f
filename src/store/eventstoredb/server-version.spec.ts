import { describe, expect, it } from '@jest/globals';
import { shortcomingOf } from './server-version.js';

describe('an event server', () => {
  it.each(['24.10.5', '24.10.14', '25.1.0', '25.1', '26.0.3', '100.0.0'])('of %s is new enough', (version) => {
    expect(shortcomingOf(version)).toBeUndefined();
  });

  it.each(['23.10.0', '23.10.7', '24.2.0', '24.10.4', '24.10', '25.0.0', '25.0.1'])(
    'of %s may send checkpoints that skip events',
    (version) => {
      expect(shortcomingOf(version)).toContain(`version ${version}, whose checkpoints can skip events`);
    },
  );

  it.each(['22.10.5', '20.6.1'])('of %s cannot be followed at all', (version) => {
    expect(shortcomingOf(version)).toContain('will never be ready');
  });

  it.each(['unknown', ''])('that says %j does not say its version', (version) => {
    expect(shortcomingOf(version)).toContain('does not say its version. Use 24.10.5 or later');
  });
});
