import type { Analyte } from "@/lib/domain/record/analytes";
import { acceptedUnits } from "../domain/units/unit-factors";
import type { DeviceStore } from "./device-store";

const keyOf = (study: string, field: Analyte): string => JSON.stringify(["doseline.unit.1", study, field]);

/** The unit in which this device last gave a field in this study: the analyzer beside it does not change. */
export const rememberedUnit = (store: DeviceStore, study: string, field: Analyte): string | null => {
  const unit = store.get(keyOf(study, field));
  return unit !== null && acceptedUnits(field).includes(unit) ? unit : null;
};

export const rememberUnit = (store: DeviceStore, study: string, field: Analyte, unit: string): void =>
  store.set(keyOf(study, field), unit);
