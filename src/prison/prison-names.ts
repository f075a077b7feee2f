/** A prison as people call it. */
export interface NamedPrison {
  readonly prisonId: string;
  readonly name: string;
  /** The group of prisons that it belongs to, where it says. */
  readonly region: string | undefined;
}

/** What people call each prison: its name, where it has told one, and else its id. */
export class PrisonNames {
  private readonly named: ReadonlyMap<string, NamedPrison>;

  constructor(named: readonly NamedPrison[] = []) {
    this.named = new Map(named.map((prison) => [prison.prisonId, prison]));
  }

  /** `Example Hill`. */
  readonly of = (prisonId: string): string => this.named.get(prisonId)?.name ?? prisonId;

  /** `Example Hill (XYI)`, for where a page says first which prison it is about. */
  readonly withId = (prisonId: string): string =>
    this.named.has(prisonId) ? `${this.of(prisonId)} (${prisonId})` : prisonId;

  /** `Example Hill (XYI), Wessex`, for the head of a page about the prison. */
  readonly inFull = (prisonId: string): string =>
    [this.withId(prisonId), this.regionOf(prisonId)].filter((part) => part !== undefined).join(', ');

  regionOf(prisonId: string): string | undefined {
    return this.named.get(prisonId)?.region;
  }
}
