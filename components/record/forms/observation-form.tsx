"use client";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { NORMAL, SIGN_CATEGORIES } from "@/components/record/entry-values";
import { FindingRows } from "@/components/record/fields/finding-rows";
import { MeasuredField } from "@/components/record/fields/measured-field";
import { NOT_MADE_REASONS, NotDoneChoice } from "@/components/record/fields/not-done-choice";
import { OtherSigns } from "@/components/record/fields/other-signs";
import { SignChoice } from "@/components/record/fields/sign-choice";
import { useEntry } from "@/components/record/use-entry-form";

/** Fills only what nobody has said anything about, in plain sight, before it is saved. */
const RestNormal = () => {
  const { form } = useEntry();
  const signs = form.watch("signs").slice(0, SIGN_CATEGORIES.length);
  const blank = signs.filter(({ text }) => text === "").length;
  const fill = (): void =>
    form.setValue(
      "signs",
      form
        .getValues("signs")
        .map((sign, place) => (place < SIGN_CATEGORIES.length && sign.text === "" ? { ...sign, text: NORMAL } : sign)),
      { shouldDirty: true },
    );
  return (
    <Button onClick={fill} disabled={blank === 0}>
      {blank === SIGN_CATEGORIES.length ? "All five normal" : "The rest is normal"}
    </Button>
  );
};

/** In place of the form: why nothing was observed. */
const NotMade = ({ reason, onChange }: { readonly reason: string; readonly onChange: (reason: string) => void }) => {
  const { errorAt } = useEntry();
  const error = errorAt("notDone.observation");
  return (
    <div id="entry-notDone">
      <h2 className="mb-2 text-lg font-semibold">Observation not made</h2>
      <NotDoneChoice
        label="Observation"
        reasons={NOT_MADE_REASONS}
        reason={reason}
        error={error !== undefined}
        takesFocus
        onChange={onChange}
        onLeave={() => onChange("")}
      />
      {error === undefined ? null : <p className="font-medium text-stopped">{error}</p>}
    </div>
  );
};

/** Appetite, activity, grooming, posture, skin; then findings with a grade, and the temperature. */
export const ObservationForm = () => {
  const { form, errorAt } = useEntry();
  const signError = errorAt("signs");
  const notMade = form.watch("notDone.observation");
  const setNotMade = (reason: string): void => form.setValue("notDone.observation", reason, { shouldDirty: true });
  if (notMade !== "") return <NotMade reason={notMade} onChange={setNotMade} />;
  return (
    <div className="space-y-4">
      <section aria-label="Signs" id="entry-signs" tabIndex={-1} className="outline-none">
        <div className="flex items-center gap-3">
          <h2 className="text-lg font-semibold">Signs</h2>
          <span className="text-sm text-ink-faint pointer-coarse:hidden">n or 1: normal · 2, 3 …: a sign</span>
          <span className="ml-auto flex gap-2">
            <RestNormal />
            <Button onClick={() => setNotMade(NOT_MADE_REASONS[0])}>Not made</Button>
          </span>
        </div>
        {signError === undefined ? null : <p className="font-medium text-stopped">{signError}</p>}
        {SIGN_CATEGORIES.map((category, place) => (
          <SignChoice key={category} category={category} place={place} />
        ))}
        <div className="flex flex-wrap gap-x-8 sm:pl-32">
          <Checkbox {...form.register("skin.exfoliation")} label="Exfoliation" />
          <Checkbox {...form.register("skin.bullae")} label="Bullae" />
        </div>
        <OtherSigns />
      </section>
      <FindingRows />
      <section aria-label="Temperature" className="border-t border-hairline pt-3">
        <MeasuredField field="temperature" />
      </section>
    </div>
  );
};
