/** Time as the client sees it; tests hand in one that moves by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs the task once, after so many milliseconds, unless the returned function is called first. */
  after(ms: number, task: () => void): () => void;
}

/** The longest timer that the platforms know. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The platform's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, Math.min(ms, MAX_TIMER_MS));
    return () => clearTimeout(timer);
  },
};
