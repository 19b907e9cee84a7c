/**
 * What the source leaves open, and what this product does about it. The study director reads it before signing; what a
 * study can change stands beside its setting.
 */
const CHOICES: readonly { readonly title: string; readonly text: string }[] = [
  {
    title: "No news is not recovery",
    text: "A toxicity stays open until an entry shows that it has recovered. An entry that does not measure or mention it changes nothing.",
  },
  {
    title: "One hold, one reduction",
    text: "However many toxicities open during a hold, the animal restarts once, at the lowest of their restart doses, counted from the dose before the hold.",
  },
  {
    title: "Below the lowest level there is nothing",
    text: "A toxicity whose restart dose would be below the lowest level of the ladder discontinues the animal for good, as the cited label does.",
  },
  {
    title: "What discontinues at once",
    text: "Grade 4 rash, skin exfoliation and bullae are the source's. The other findings of the list are the label's, and the list can be changed here.",
  },
  {
    title: "Laboratory terms",
    text: "Hemoglobin, white blood cells, lymphocytes, ALP, GGT and creatinine are graded only where this protocol says so. Of these, only ALP, GGT and creatinine can withhold a dose.",
  },
  {
    title: "Analytes without an effect on dosing",
    text: "All other analytes of the panel are recorded and shown. They are not graded.",
  },
];

export const ProtocolChoices = () => (
  <dl className="grid gap-x-8 gap-y-3 md:grid-cols-2">
    {CHOICES.map(({ title, text }) => (
      <div key={title}>
        <dt className="font-semibold">{title}</dt>
        <dd className="max-w-prose text-ink-soft">{text}</dd>
      </div>
    ))}
  </dl>
);
