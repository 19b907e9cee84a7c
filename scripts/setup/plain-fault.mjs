// @ts-check

/** Something a person can put right: its message is one line in plain words, and no stack is shown. */
export class PlainFault extends Error {
  /** @param {string} message @param {number} [exitCode] 2 for wrong input, 1 for everything else */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = "PlainFault";
    this.exitCode = exitCode;
  }
}

/**
 * Runs a command line: what goes wrong is told on stderr, as one line when a person can put it right.
 * @param {() => Promise<number>} command answers the exit code
 */
export const runCommand = async (command) => {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (error instanceof PlainFault) {
      console.error(error.message);
      process.exitCode = error.exitCode;
    } else {
      console.error(error);
      process.exitCode = 1;
    }
  }
};
