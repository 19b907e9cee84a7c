import { Glyph, type GlyphName } from "@/components/ui/glyph";
import { gradeGround } from "@/components/ui/grade-mark";
import type { EntryAnswer } from "@/lib/contracts/entries/answer";
import { type Consequence, type ConsequenceTone, gradeList } from "./decision-words";

const LOOKS: Readonly<Record<ConsequenceTone, { readonly glyph: GlyphName; readonly className: string }>> = {
  quiet: { glyph: "check", className: "border-hairline bg-surface" },
  given: { glyph: "play", className: "border-accent bg-accent-soft" },
  withheld: { glyph: "pause", className: "border-withheld-edge bg-withheld-soft" },
  stopped: { glyph: "stop", className: "border-stopped bg-stopped-soft" },
  waiting: { glyph: "person", className: "border-waiting bg-waiting-soft" },
};

const GLYPH_COLOURS: Readonly<Record<ConsequenceTone, string>> = {
  quiet: "text-ink-faint",
  given: "text-accent-strong",
  withheld: "text-withheld",
  stopped: "text-stopped",
  waiting: "text-waiting",
};

type ConsequenceBoxProps = {
  readonly consequence: Consequence;
  readonly entry: EntryAnswer | null;
  /** What was known before is on its way to be known anew. */
  readonly asking?: boolean;
  /** Keeps the height that two lines of reasons need. */
  readonly keepRoom?: boolean;
};

/** What recording does, or did: the sentence first, its reasons below. Glyph and words say what the colour says. */
export const ConsequenceBox = ({
  consequence: { tone, sentence, details },
  entry,
  asking = false,
  keepRoom = false,
}: ConsequenceBoxProps) => {
  const look = LOOKS[tone];
  return (
    <div
      className={`flex items-start gap-3 rounded-control border px-4 py-2.5 transition-opacity ${keepRoom ? "min-h-[5.25rem]" : ""} ${look.className} ${asking ? "opacity-60" : ""}`}
    >
      <Glyph name={look.glyph} className={`mt-1 shrink-0 text-lg ${GLYPH_COLOURS[tone]}`} />
      <div className="min-w-0">
        <p className="text-lg leading-snug font-semibold">
          {sentence}
          {entry === null
            ? null
            : gradeList(entry).map(({ grade, words }) => (
                <span
                  key={words}
                  className={`ml-2 inline-block rounded px-1.5 text-base font-semibold whitespace-nowrap ${gradeGround(grade)}`}
                >
                  {words}
                </span>
              ))}
        </p>
        {details.map((detail) => (
          <p key={detail} className="mt-0.5 text-ink-soft">
            {detail}
          </p>
        ))}
      </div>
    </div>
  );
};
