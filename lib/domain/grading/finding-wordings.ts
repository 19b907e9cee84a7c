/** Grades that a finding can be worded for; grade 0 says that it is gone or was looked for and not there. */
export type FindingGrade = 1 | 2 | 3 | 4 | 5;

/**
 * What each grade of a finding looks like in an animal, in this project's own short words after CTCAE v5.0. Where
 * CTCAE speaks of a patient's day, the anchor is what an animal does: eat, drink, move, groom. Null: CTCAE v5.0 has no
 * such grade of this term.
 */
export type FindingWording = {
  readonly term: string;
  readonly label: string;
  /** The CTCAE v5.0 term; null where CTCAE has none and the general scale is worded. */
  readonly ctcaeTerm: string | null;
  readonly grades: Readonly<Record<FindingGrade, string | null>>;
};

const DEATH = "Died of it";

const wording = (
  term: string,
  label: string,
  ctcaeTerm: string | null,
  grades: readonly [string | null, string | null, string | null, string | null, string | null],
): FindingWording => ({
  term,
  label,
  ctcaeTerm,
  grades: { 1: grades[0], 2: grades[1], 3: grades[2], 4: grades[3], 5: grades[4] },
});

/** CTCAE's general meaning of the grades, for terms that are not in the table. */
const GENERAL_WORDING: Readonly<Record<FindingGrade, string>> = {
  1: "Mild: seen on a close look, behaves normally, nothing to treat",
  2: "Moderate: eats, moves or grooms less; local or simple treatment",
  3: "Severe: hardly eats, drinks, moves or grooms; needs treatment, not in immediate danger",
  4: "Life-threatening: urgent treatment or a humane endpoint",
  5: DEATH,
};

const LIFE_THREATENING = GENERAL_WORDING[4];

/** In the order in which they are offered: the usual ones of an animal room first. */
export const FINDING_WORDINGS: readonly FindingWording[] = [
  // CTCAE ends the maculo-papular rash at grade 3; a protocol may stop at grade 4 of a rash, worded as the acneiform one.
  wording("RASH", "Rash", "Rash maculo-papular, from grade 4 Rash acneiform", [
    "Less than 10 % of the skin, no scratching",
    "10 to 30 % of the skin, scratches at times",
    "More than 30 % of the skin, scratches or rubs so that it eats, rests or grooms less",
    "Life-threatening: widespread, infected or breaking skin",
    DEATH,
  ]),
  wording("DIARRHEA", "Diarrhea", "Diarrhea", [
    "Soft but formed stool, fur clean",
    "Loose, unformed stool, fur soiled; drinks and eats",
    "Watery stool, fur wet and stained; needs fluids",
    "Life-threatening: collapsed or severely dehydrated",
    DEATH,
  ]),
  wording("FATIGUE", "Fatigue", "Fatigue", [
    "Quieter than cage mates, lively when handled",
    "Stays quiet when handled, explores little",
    "Moves only when prodded; hardly eats, drinks or grooms",
    null,
    null,
  ]),
  wording("LETHARGY", "Lethargy", "Lethargy", [
    "Alert, but slower to react than usual",
    "Drowsy, reacts to touch only; eats or drinks less",
    null,
    null,
    null,
  ]),
  wording("ANOREXIA", "Not eating", "Anorexia", [
    "Eats less eagerly, amount about as usual",
    "Eats clearly less, weight about kept",
    "Eats almost nothing with loss of weight; needs fluids or feeding",
    LIFE_THREATENING,
    DEATH,
  ]),
  wording("DEHYDRATION", "Dehydration", "Dehydration", [
    "Dry gums or slightly slow skin fold; drinks",
    "Slow skin fold, sunken eyes; needs fluids by injection",
    "Skin fold stands; needs fluids and close care",
    LIFE_THREATENING,
    DEATH,
  ]),
  wording("VOMITING", "Vomiting", "Vomiting", [
    "Once or twice, no treatment",
    "Repeated; needs fluids or a drug",
    "Keeps neither food nor water; needs infusion or tube feeding",
    LIFE_THREATENING,
    DEATH,
  ]),
  wording("CONSTIPATION", "Constipation", "Constipation", [
    "Fewer or smaller pellets at times",
    "Lasting, needs a laxative or other food",
    "No stool, has to be emptied by hand",
    LIFE_THREATENING,
    DEATH,
  ]),
  wording("EDEMA_LIMBS", "Swollen limbs", "Edema limbs", [
    "5 to 10 % thicker than the other limb, seen on a close look",
    "More than 10 to 30 % thicker, seen at once; skin folds gone, uses it less",
    "More than 30 % thicker, shape lost; does not put weight on it",
    null,
    null,
  ]),
  wording("SKIN_ULCERATION", "Skin ulceration", "Skin ulceration", [
    "Ulcers together under 1 cm, or warm, swollen redness that does not blanch",
    "1 to 2 cm together, part of the skin's thickness lost",
    "Over 2 cm together, full thickness lost",
    "Any size with destroyed muscle or bone, or extensive dead tissue",
    DEATH,
  ]),
  wording("ALOPECIA", "Hair loss", "Alopecia", [
    "Thinned or bare patches, under half of the coat",
    "Half of the coat or more",
    null,
    null,
    null,
  ]),
  wording("DRY_SKIN", "Dry, scaling skin", "Dry skin", [
    "Under 10 % of the skin, neither red nor itching",
    "10 to 30 % of the skin, with redness or itching",
    "More than 30 % of the skin, with itching; eats, rests or grooms less",
    null,
    null,
  ]),
  wording("PRURITUS", "Itching", "Pruritus", [
    "Scratches one place now and then",
    "Scratches in many places; scratch marks or crusts",
    "Scratches without rest; eats or sleeps less",
    null,
    null,
  ]),
  wording("STEVENS_JOHNSON_SYNDROME", "Stevens-Johnson syndrome", "Stevens-Johnson syndrome", [
    null,
    null,
    "Skin sloughs on less than 10 % of the body, with red, purple or detached skin or mucosa",
    "Skin sloughs on 10 to 30 % of the body",
    DEATH,
  ]),
  wording("TOXIC_EPIDERMAL_NECROLYSIS", "Toxic epidermal necrolysis", "Toxic epidermal necrolysis", [
    null,
    null,
    null,
    "Skin sloughs on 30 % of the body or more",
    DEATH,
  ]),
  wording("ANGIOEDEMA", "Angioedema", null, [
    "Slight swelling of lips, face or paws; breathes freely",
    "Plain swelling of the face or muzzle; needs treatment",
    "Swelling with noisy breathing or trouble swallowing",
    LIFE_THREATENING,
    DEATH,
  ]),
  wording("ANAPHYLAXIS", "Anaphylaxis", "Anaphylaxis", [
    null,
    null,
    "Laboured breathing, swelling or weakness soon after dosing; needs injected treatment",
    "Collapse or shock; urgent treatment",
    DEATH,
  ]),
  wording("MUCOSITIS_ORAL", "Sore mouth", "Mucositis oral", [
    "Slight redness, eats as usual",
    "Sores, eats softer food",
    "Sores and pain; eats or drinks too little",
    LIFE_THREATENING,
    DEATH,
  ]),
  wording("CONJUNCTIVITIS", "Red, discharging eye", "Conjunctivitis", [
    "Redness only, eye open",
    "Discharge or squinting; needs treatment",
    "Eye kept closed, sees poorly",
    "Blind or nearly blind in that eye",
    null,
  ]),
  wording("DYSPNEA", "Laboured breathing", "Dyspnea", [
    "Breathes hard after running or handling",
    "Breathes hard after a few steps",
    "Breathes hard at rest",
    LIFE_THREATENING,
    DEATH,
  ]),
  wording("COUGH", "Cough", "Cough", [
    "Now and then",
    "Often; needs treatment",
    "Nearly without pause; eats or rests less",
    null,
    null,
  ]),
  wording("EPISTAXIS", "Nosebleed", "Epistaxis", [
    "Traces of blood, stops by itself",
    "Bleeds on, needs to be stopped",
    "Heavy; needs blood or surgery",
    LIFE_THREATENING,
    DEATH,
  ]),
  wording("TREMOR", "Tremor", "Tremor", [
    "Fine trembling, moves normally",
    "Plain trembling; eats or climbs with difficulty",
    "Constant; cannot eat, drink or groom by itself",
    null,
    null,
  ]),
  wording("ATAXIA", "Unsteady gait", "Ataxia", [
    "Slight swaying on a close look",
    "Stumbles, still gets to food and water",
    "Falls or drags; needs food and water brought to it",
    null,
    null,
  ]),
  wording("SEIZURE", "Seizure", "Seizure", [
    "Brief twitching of one part, stays aware",
    "One brief seizure of the whole body",
    "New or repeated seizures in spite of treatment",
    "Life-threatening: lasting or one after another",
    DEATH,
  ]),
  wording("PERIPHERAL_SENSORY_NEUROPATHY", "Loss of feeling in the limbs", "Peripheral sensory neuropathy", [
    "Reacts a little less to touch or pinch",
    "Reacts clearly less, or licks and bites its paws; moves less",
    "Hardly reacts; walks or feeds with difficulty",
    LIFE_THREATENING,
    null,
  ]),
  wording("LUNG_INFECTION", "Lung infection", "Lung infection", [
    null,
    "Discharge, cough or fast breathing; treated by mouth",
    "Needs injected drugs or drainage",
    LIFE_THREATENING,
    DEATH,
  ]),
  wording("SEPSIS", "Sepsis", "Sepsis", [
    null,
    null,
    "Germs in the blood with signs; needs treatment",
    LIFE_THREATENING,
    DEATH,
  ]),
  wording("THROMBOEMBOLIC_EVENT", "Blood clot", "Thromboembolic event", [
    "Clot in a surface vein, nothing to treat",
    "Swollen limb or tail from a clot; needs treatment",
    "Clot in lung or heart, or a cold, pale limb; urgent treatment",
    LIFE_THREATENING,
    DEATH,
  ]),
  wording("INJECTION_SITE_REACTION", "Injection site reaction", "Injection site reaction", [
    "Tender, warm or slightly red",
    "Painful or swollen, inflamed vein",
    "Ulcer or dead tissue; may need surgery",
    LIFE_THREATENING,
    DEATH,
  ]),
];

const BY_TERM: ReadonlyMap<string, FindingWording> = new Map(FINDING_WORDINGS.map((row) => [row.term, row]));

export const findingWording = (term: string): FindingWording | null => BY_TERM.get(term) ?? null;

/** What an observer typed as the term of the record: "Skin ulceration" and "skin-ulceration" are SKIN_ULCERATION. */
export const findingTerm = (typed: string): string =>
  typed
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/gu, "_")
    .replace(/^_|_$/gu, "");

/** The term that was meant: the label of the table ("Hair loss") is as good as its term (ALOPECIA). */
export const meantTerm = (typed: string): string => {
  const term = findingTerm(typed);
  return FINDING_WORDINGS.find((row) => findingTerm(row.label) === term)?.term ?? term;
};

export type WordedGrade = {
  readonly text: string;
  /** CTCAE v5.0 has the term, but not this grade of it. */
  readonly missing: boolean;
};

/** What a grade of a term looks like: the table's words, or the general ones. */
export const gradeWording = (term: string, grade: number): WordedGrade => {
  if (grade === 0) return { text: "Looked for and not there, or gone", missing: false };
  const level = grade as FindingGrade;
  const row = findingWording(term);
  const own = row?.grades[level] ?? null;
  if (own !== null) return { text: own, missing: false };
  return { text: GENERAL_WORDING[level], missing: row !== null };
};
