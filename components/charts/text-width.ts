/**
 * Advance widths of Geist Regular in thousandths of an em, for the characters from space to "~". The server lays labels
 * out without a browser to measure them; a little too wide is better than an overlap.
 */
const ADVANCES = [
  250, 213, 346, 478, 629, 802, 620, 178, 274, 274, 430, 558, 201, 419, 201, 480, 663, 384, 619, 613, 615, 626, 593,
  524, 604, 593, 297, 297, 544, 540, 544, 559, 906, 668, 680, 703, 694, 603, 590, 700, 713, 270, 597, 640, 580, 877,
  743, 739, 650, 733, 672, 640, 552, 689, 667, 945, 606, 576, 544, 347, 455, 347, 426, 557, 248, 551, 595, 546, 595,
  561, 395, 594, 581, 244, 260, 590, 267, 877, 581, 573, 595, 595, 379, 520, 392, 575, 536, 819, 585, 537, 537, 389,
  264, 389, 523,
] as const;

const FIRST_CODE = 32;
const TABULAR_DIGIT = 640;
const OTHER = 620;
const BOLD_FACTOR = 1.06;

/** How wide a text is at a font size, in the same unit, within a few per cent. */
export const textWidth = (text: string, fontSize: number, bold = false): number => {
  let thousandths = 0;
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code >= 48 && code <= 57) thousandths += TABULAR_DIGIT;
    else thousandths += ADVANCES[code - FIRST_CODE] ?? OTHER;
  }
  return (thousandths / 1000) * fontSize * (bold ? BOLD_FACTOR : 1);
};
