export type Theme = "system" | "light" | "dark";

export const THEME_COOKIE = "theme";

/** What the cookie says; anything unknown follows the system. */
export const readTheme = (text: string | undefined): Theme => (text === "light" || text === "dark" ? text : "system");
