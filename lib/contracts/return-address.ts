/** Where to go after signing in: an address of this server, or the start page. Never another site. */
export const returnAddress = (asked: string | null | undefined): string => {
  if (asked === null || asked === undefined) return "/";
  const here = "http://this.invalid";
  if (!asked.startsWith("/") || !URL.canParse(asked, here)) return "/";
  const url = new URL(asked, here);
  if (url.origin !== here || url.pathname.startsWith("//") || url.pathname.startsWith("/sign-in")) return "/";
  return `${url.pathname}${url.search}`;
};
