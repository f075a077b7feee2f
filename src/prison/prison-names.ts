/** A prison as people call it. */
export interface NamedPrison {
  readonly prisonId: string;
  readonly name: string;
  /** The group of prisons that it belongs to, where it says. */
  readonly region: string | undefined;
}

/** What people call each prison: its name, where it has told one, and else its id. */
export class PrisonNames {
  /** @param named those that have told a name, as it is now */
  constructor(private readonly named: () => readonly NamedPrison[] = () => []) {}

  /** `Example Hill`. */
  readonly of = (prisonId: string): string => this.find(prisonId)?.name ?? prisonId;

  /** `Example Hill (XYI)`, for where a page says first which prison it is about. */
  readonly withId = (prisonId: string): string =>
    this.find(prisonId) ? `${this.of(prisonId)} (${prisonId})` : prisonId;

  /** `Example Hill (XYI), Wessex`, for the head of a page about the prison. */
  readonly inFull = (prisonId: string): string =>
    [this.withId(prisonId), this.regionOf(prisonId)].filter((part) => part !== undefined).join(', ');

  regionOf(prisonId: string): string | undefined {
    return this.find(prisonId)?.region;
  }

  private find(prisonId: string): NamedPrison | undefined {
    return this.named().find((prison) => prison.prisonId === prisonId);
  }
}
