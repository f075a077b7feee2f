/**
 * How fast a long delivery comes in: no faster than it is decided on, so that what others tell meanwhile waits for a piece
 * of it, and not for all. Who decides, this room does not know.
 */
export interface IntakePace {
  /**
   * Resolves once all that is in the log by now is decided on, but for what became known last, or at once where nothing
   * can be decided just now.
   * @throws StoreUnavailable when the log does not say where it ends
   */
  keptUp(): Promise<void>;
}
export const INTAKE_PACE = Symbol('IntakePace');
