/** One figure of a bench: what was measured, and what it should be. */
export type Figure = { readonly name: string; readonly value: string; readonly aim: string; readonly reached: boolean };

const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * Milliseconds of processor time of the fastest of several rounds, all threads of the process together: what else the
 * machine does hardly counts, and a second thread never makes a figure better.
 */
export const fastest = (rounds: number, work: () => void): number => {
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const start = processorTime();
    work();
    best = Math.min(best, processorTime() - start);
  }
  return best;
};

/** The same of work that waits, for a database say: what that one computes meanwhile is not counted. */
export const fastestOf = async (rounds: number, work: () => Promise<unknown>): Promise<number> => {
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const start = processorTime();
    await work();
    best = Math.min(best, processorTime() - start);
  }
  return best;
};
