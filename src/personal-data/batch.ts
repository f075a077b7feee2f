/** Gathers what is asked for in one turn of the event loop and answers all of it at once. */
export class Batch<Question, Answer> {
  private waiting = new Map<Question, PromiseWithResolvers<Answer>>();

  /** @param answerAll one answer for each, in the same order */
  constructor(private readonly answerAll: (questions: readonly Question[]) => readonly Answer[]) {}

  /** The answer; whoever asks for the same meanwhile gets the same. */
  get(question: Question): Promise<Answer> {
    const pending = this.waiting.get(question);
    if (pending) return pending.promise;
    const answer = Promise.withResolvers<Answer>();
    this.waiting.set(question, answer);
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
