import { useCallback, useState } from "react";
import { animalList, type Animal } from "../contracts/animals";

const readAnimals = async (study: string): Promise<readonly Animal[] | null> => {
  try {
    const response = await fetch(`/api/v1/studies/${encodeURIComponent(study)}/animals`);
    return response.ok ? animalList.parse(await response.json()).animals : null;
  } catch {
    return null;
  }
};

/**
 * The animals of a study as they are now, and how to ask for them: once somebody looks for one. A page would carry all of
 * them otherwise, whatever it shows. Null until they are there; where no answer came, those known before stay.
 */
export const useAnimals = (study: string): readonly [animals: readonly Animal[] | null, load: () => void] => {
  const [animals, setAnimals] = useState<readonly Animal[] | null>(null);
  const load = useCallback(() => {
    void readAnimals(study).then((read) => setAnimals((known) => read ?? known));
  }, [study]);
  return [animals, load];
};
