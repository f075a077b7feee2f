import { Counter, Gauge } from 'prom-client';

/** What the name of every metric of this service begins with (contract §4). */
export const PREFIX = 'custody_watch_';

/** One figure. Labels are coded values, never a person. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric that is read anew at each scrape; nothing is kept in between. */
export interface Measure {
  /** As in contract §4, without the prefix. */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  /** May give labels twice, the first time as one of the {@link zeros}. */
  readonly read: () => readonly Sample[] | Promise<readonly Sample[]>;
}

/** A value that goes up and down. */
export const gauge = ({ name, help, labels, read }: Measure): Gauge =>
  new Gauge({
    name: PREFIX + name,
    help,
    labelNames: labels,
    registers: [],
    async collect() {
      const samples = await read();
      this.reset();
      // A gauge without labels is 0 after a reset; no sample has to mean no sample.
      if (labels.length === 0) this.remove();
      for (const sample of samples) this.set(sample.labels, sample.value);
    },
  });

/** A total that only grows; it is kept where it is counted. */
export const counter = ({ name, help, labels, read }: Measure): Counter =>
  new Counter({
    name: PREFIX + name,
    help,
    labelNames: labels,
    registers: [],
    async collect() {
      const samples = await read();
      this.reset();
      for (const sample of samples) this.inc(sample.labels, sample.value);
    },
  });

/** 0 for every combination of label values, so that nothing shows as 0 and not as no data. */
export const zeros = (options: Readonly<Record<string, Iterable<string>>>): Sample[] =>
  Object.entries(options)
    .reduce<Record<string, string>[]>(
      (sets, [label, values]) =>
        sets.flatMap((labels) => Array.from(values, (value) => ({ ...labels, [label]: value }))),
      [{}],
    )
    .map((labels) => ({ labels, value: 0 }));
