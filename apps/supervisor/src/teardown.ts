type Step = () => Promise<void> | void;

/** What has been started, so that it can be stopped in the reverse order, however far the start came. */
export class Teardown {
  readonly #steps: Step[] = [];
  #running: Promise<void> | undefined;

  add(step: Step): void {
    this.#steps.push(step);
  }

  /** Runs every step once, the last added first; a step that fails does not keep the others from running. */
  run(onError: (error: unknown) => void): Promise<void> {
    this.#running ??= this.#run(onError);
    return this.#running;
  }

  async #run(onError: (error: unknown) => void): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        onError(error);
      }
    }
  }
}
