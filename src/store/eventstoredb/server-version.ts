const KNOWN = /^(\d+)\.(\d+)(?:\.(\d+))?/;

/**
 * What is to be said of a server of this version, such as `24.10.4`; nothing of one that is new enough. Before 24.10.5,
 * and in 25.0, a filtered subscription could be sent a checkpoint that lies beyond events that it had not been sent.
 */
export const shortcomingOf = (version: string): string | undefined => {
  const [, major, minor, patch = '0'] = KNOWN.exec(version) ?? [];
  if (major === undefined || minor === undefined) return `The event server does not say its version. ${USE}`;
  const is = [Number(major), Number(minor), Number(patch)] as const;
  if (isBefore(is, [23, 10, 0]))
    return `The event server is of version ${version}, which does not say when everything has been read: this service will never be ready on it. ${USE}`;
  if (isBefore(is, [24, 10, 5]) || (is[0] === 25 && is[1] === 0))
    return `The event server is of version ${version}, whose checkpoints can skip events. This service relies on none, but other consumers of this server may lose events. ${USE}`;
  return undefined;
};

const USE = 'Use 24.10.5 or later, or 25.1 or later.';

type Version = readonly [number, number, number];

const isBefore = (a: Version, b: Version): boolean => {
  const differs = a.findIndex((part, index) => part !== b[index]);
  return differs !== -1 && (a[differs] ?? 0) < (b[differs] ?? 0);
};
