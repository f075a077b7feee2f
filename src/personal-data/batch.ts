/** Gathers what is asked for in one turn of the event loop and answers all of it at once. */
export class Batch<Asked, Answer> {
  private waiting = new Map<Asked, PromiseWithResolvers<Answer>>();

  /** @param answerAll one answer for each, in the same order */
  constructor(private readonly answerAll: (asked: readonly Asked[]) => readonly Answer[]) {}

  /** The answer; whoever asks for the same meanwhile gets the same. */
  get(asked: Asked): Promise<Answer> {
    const there = this.waiting.get(asked);
    if (there) return there.promise;
    const answer = Promise.withResolvers<Answer>();
    this.waiting.set(asked, answer);
    if (this.waiting.size === 1)
      setImmediate(() => {
        this.answer();
      });
    return answer.promise;
  }

  private answer(): void {
    const { waiting } = this;
    this.waiting = new Map();
    try {
      const answers = this.answerAll([...waiting.keys()]);
      [...waiting.values()].forEach(({ resolve }, index) => {
        resolve(answers[index] as Answer);
      });
    } catch (error) {
      for (const { reject } of waiting.values()) reject(error);
    }
  }
}
