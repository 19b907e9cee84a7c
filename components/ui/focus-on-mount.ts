/** As a `ref`: takes the focus when the element appears, because somebody has just asked for it. */
export const focusOnMount = (element: HTMLElement | null): void => element?.focus();
