/** The metrics of this service that an expression asks for. */
export const namesIn = (expression: string): string[] => expression.match(/\bcustody_watch_\w+/g) ?? [];

/** The names of the series in an exposition. */
export const seriesNamesIn = (exposition: string): Set<string> =>
  new Set(
    exposition
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => /^\w+/.exec(line)?.[0] ?? ''),
  );
