const PATTERN =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,3}))?)?(?:Z|([+-])([0-9]{2}):([0-9]{2}))$/u;

const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const monthLengths = (year: number): readonly number[] => [
  31,
  leap(year) ? 29 : 28,
  31,
  30,
  31,
  30,
  31,
  31,
  30,
  31,
  30,
  31,
];

/** Days since 1970-01-01, counted one year and one month at a time. */
const dayNumber = (year: number, month: number, day: number): number => {
  let days = day - 1;
  for (let passed = 1970; passed < year; passed += 1) days += leap(passed) ? 366 : 365;
  for (let ahead = year; ahead < 1970; ahead += 1) days -= leap(ahead) ? 366 : 365;
  for (const length of monthLengths(year).slice(0, month - 1)) days += length;
  return days;
};

/** Milliseconds since 1970, or null where the text is not an ISO 8601 instant with `Z` or an offset. */
export const readInstant = (text: string): number | null => {
  const parts = PATTERN.exec(text);
  if (parts === null) return null;
  const number = (index: number): number => Number(parts[index] ?? "0");
  const [year, month, day, hour, minute, second] = [number(1), number(2), number(3), number(4), number(5), number(6)];
  const milliseconds = Number((parts[7] ?? "0").padEnd(3, "0"));
  const [offsetHours, offsetMinutes] = [number(9), number(10)];
  const length = monthLengths(year)[month - 1];
  if (length === undefined || day < 1 || day > length || hour > 23 || minute > 59 || second > 59) return null;
  if (offsetHours > 23 || offsetMinutes > 59) return null;
  const minutesAhead = (parts[8] === "-" ? -1 : 1) * (offsetHours * 60 + offsetMinutes);
  const minutes = (dayNumber(year, month, day) * 24 + hour) * 60 + minute - minutesAhead;
  return (minutes * 60 + second) * 1000 + milliseconds;
};

/** Of an instant that is known to be one. */
export const millisecondsOf = (text: string): number => {
  const milliseconds = readInstant(text);
  if (milliseconds === null) throw new Error(`${text} is not an instant`);
  return milliseconds;
};
