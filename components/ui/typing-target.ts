/** Whether a key press goes into something being typed, so that single-letter shortcuts must leave it alone. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));

/** Whether what is typed there can only be a number, so that a letter or a sign never belongs to it. */
export const takesNumbers = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches("input[inputmode=decimal], input[inputmode=numeric]");
