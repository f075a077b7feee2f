import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const ROOT = join(import.meta.dirname, '../..');

export const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
export const yaml = (path: string): unknown => parse(text(path), { merge: true });

export interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly tmpfs?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly restart?: string;
  readonly profiles?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** One over another, as far as ours need it: what both have is merged where it is a map, and a list where it is a list. */
const over = (a: unknown, b: unknown): unknown => {
  if (Array.isArray(a) && Array.isArray(b)) return [...(a as unknown[]), ...(b as unknown[])];
  if (!isMap(a) || !isMap(b)) return b;
  const merged = { ...a };
  for (const [name, value] of Object.entries(b)) merged[name] = name in a ? over(a[name], value) : value;
  return merged;
};

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What `docker compose -f … -f …` makes of these files. */
export const composed = (...paths: readonly string[]): ComposeFile =>
  paths.map(yaml).reduce((a, b) => over(a, b)) as ComposeFile;

/** A mount, from a file of the repository or a named volume. */
export const mountOf = (volume: string) => {
  const [source = '', target = '', mode] = volume.split(':');
  return { source, target, mode, isFile: source.startsWith('.') };
};

export const isThere = (path: string): boolean => existsSync(join(ROOT, path));
