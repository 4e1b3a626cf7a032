/** Time as the client sees it; tests hand in one that moves by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs the task once, after so many milliseconds, unless the returned function is called first. */
  after(ms: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
