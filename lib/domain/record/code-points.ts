/** Orders texts by Unicode code points, not by UTF-16 units: the same on every machine and in every locale. */
export const compareCodePoints = (left: string, right: string): number => {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index += 1) {
    const [one, other] = [left.codePointAt(index) ?? 0, right.codePointAt(index) ?? 0];
    if (one !== other) return one - other;
    if (one > 0xffff) index += 1;
  }
  return left.length - right.length;
};
