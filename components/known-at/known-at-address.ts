/** The same page as known at an instant; now leaves the address as it is. */
export const atInstant = (address: string, text: string | null): string => {
  if (text === null) return address;
  const [path = "", anchor] = address.split("#", 2);
  const separator = path.includes("?") ? "&" : "?";
  const query = new URLSearchParams({ asKnownAt: text }).toString();
  return `${path}${separator}${query}${anchor === undefined ? "" : `#${anchor}`}`;
};
