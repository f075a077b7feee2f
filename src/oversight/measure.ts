import type { Metric } from 'prom-client';

/** What the name of every metric of this service begins with. */
export const PREFIX = 'custody_watch_';

/** One figure. Labels are coded values, never a person. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric that is read anew at each scrape; nothing is kept in between. */
export interface Measure {
  /** Without the prefix. */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  /** May give labels twice, the first time as one of the {@link zeros}. */
  readonly read: () => readonly Sample[] | Promise<readonly Sample[]>;
}

/** A value that goes up and down. */
export const gauge = (measure: Measure): Metric => metricOf('gauge', measure);

/** A total that only grows; it is kept where it is counted. */
export const counter = (measure: Measure): Metric => metricOf('counter', measure);

const NONE = {};

/**
 * prom-client's own keep each value under a hash of its labels, and write the labels out anew at each scrape: for thousands
 * of series that takes longer than all the rest. A registry, though, takes whatever has a name, a type and values to get,
 * and writes labels that several values may share only once, as long as they are the same object.
 */
const metricOf = (type: 'gauge' | 'counter', { name, help, labels, read }: Measure): Metric => {
  const full = { name: PREFIX + name, help, type };
  const known = new Map<string, Sample['labels']>();
  const get = async () => {
    const values = new Map<string, object>();
    for (const sample of await read()) {
      const key = labels.map((label) => sample.labels[label]).join('|');
      const sharedLabels = known.get(key) ?? sample.labels;
      known.set(key, sharedLabels);
      values.set(key, { labels: NONE, sharedLabels, value: sample.value });
    }
    return { ...full, values: [...values.values()] };
  };
  return { ...full, get } as unknown as Metric;
};

/** 0 for every combination of label values, so that nothing shows as 0 and not as no data. */
export const zeros = (options: Readonly<Record<string, Iterable<string>>>): Sample[] =>
  Object.entries(options)
    .reduce<Record<string, string>[]>(
      (sets, [label, values]) =>
        sets.flatMap((labels) => Array.from(values, (value) => ({ ...labels, [label]: value }))),
      [{}],
    )
    .map((labels) => ({ labels, value: 0 }));
