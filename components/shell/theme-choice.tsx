"use client";

import { useState } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { readTheme, type Theme, THEME_COOKIE } from "./theme";

const A_YEAR_IN_SECONDS = 31_536_000;

const CHOICES = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

/** Light, dark, or as the machine is set. Acts at once and is remembered on this machine. */
export const ThemeChoice = ({ theme }: { readonly theme: Theme }) => {
  const [chosen, setChosen] = useState(theme);
  return (
    <SegmentedControl
      label="Appearance"
      name="theme"
      choices={CHOICES}
      value={chosen}
      onChange={(event) => {
        const next = readTheme(event.target.value);
        setChosen(next);
        if (next === "system") delete document.documentElement.dataset["theme"];
        else document.documentElement.dataset["theme"] = next;
        document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${String(A_YEAR_IN_SECONDS)}; samesite=lax`;
      }}
    />
  );
};
