import { Notice } from "@/components/ui/notice";
import type { BaselineCheck as BaselineCheckResult } from "@/lib/contracts/protocol";
import { toxicityWord } from "@/lib/domain/language/animal-words";

const animals = (count: number): string => `${String(count)} ${count === 1 ? "animal" : "animals"}`;

const listed = (tags: readonly string[]): string =>
  tags.length <= 8 ? tags.join(", ") : `${tags.slice(0, 8).join(", ")} and ${String(tags.length - 8)} more`;

/** Human cut-offs in this species: how many untreated animals already meet a rule that would withhold them. */
export const BaselineCheck = ({ check }: { readonly check: BaselineCheckResult }) => {
  const terms = [...new Set(check.holds.map(({ term }) => term))];
  if (check.animalsWithResults === 0) {
    return (
      <p className="max-w-prose text-ink-soft">
        No baseline is recorded yet ({animals(check.animals)} registered). Baseline weights, counts, chemistry and
        observations can be recorded before signing; this place then says how many healthy animals would already be
        withheld.
      </p>
    );
  }
  return (
    <div className="space-y-3">
      {check.animalsHeld === 0 ? (
        <Notice tone="accent" title="No baseline meets a hold rule">
          of {animals(check.animalsWithResults)} with results
        </Notice>
      ) : (
        <Notice
          tone="withheld"
          title={`${String(check.animalsHeld)} of ${animals(check.animalsWithResults)} already meet a hold rule before any dose`}
        >
          The cut-offs are human ones. Consider the animal&rsquo;s own baseline, or other cut-offs.
        </Notice>
      )}
      <ul className="space-y-1">
        {terms.map((term) => {
          const held = check.holds.filter((hold) => hold.term === term);
          return (
            <li key={term}>
              <span className="font-medium">{toxicityWord(term)}</span>, grade{" "}
              {[...new Set(held.map(({ grade }) => grade))].toSorted((left, right) => left - right).join(" or ")}:{" "}
              {listed(held.map(({ animal }) => animal))}
            </li>
          );
        })}
      </ul>
      {check.percentOfBaseline.map(
        ({ measurement, animals: counted, percent, heldBelowFrom, heldBelowTo, animalsAlreadyBelow }) => (
          <p key={measurement} className="max-w-prose text-ink-soft">
            By {String(percent)} % of the own baseline, {measurement} would withhold
            {heldBelowFrom === null || heldBelowTo === null
              ? " nobody yet: no animal has a count that can be a baseline"
              : ` below ${String(heldBelowFrom)} to ${String(heldBelowTo)} × 10⁹/L, depending on the animal (${animals(counted)})`}
            ;{" "}
            {animalsAlreadyBelow.length === 0
              ? "none has had such a count before its first dose"
              : `already below it: ${listed(animalsAlreadyBelow)}`}
            .
          </p>
        ),
      )}
    </div>
  );
};
