"use client";

import { useRef, useState } from "react";
import { TextField } from "./text-field";

type CodeFieldProps = {
  readonly id: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly className?: string | undefined;
  /** Whether a recovery code is taken in the code's place. */
  readonly takesRecovery?: boolean;
};

/** A one-time code: digits, typed with a number pad where there is one, or a recovery code with all letters. */
export const CodeField = ({ id, value, onChange, error, className, takesRecovery = true }: CodeFieldProps) => {
  const [isRecovery, setRecovery] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const change = (): void => {
    setRecovery(!isRecovery);
    onChange("");
    frame.current?.querySelector("input")?.focus();
  };
  return (
    <div ref={frame} className={className}>
      <TextField
        id={id}
        label={isRecovery ? "Recovery code" : "Code of your app"}
        inputMode={isRecovery ? "text" : "numeric"}
        autoComplete={isRecovery ? "off" : "one-time-code"}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        error={error}
      />
      {takesRecovery ? (
        <button
          type="button"
          onClick={change}
          className="mt-1 min-h-6 text-sm text-accent-strong underline underline-offset-2 print:hidden pointer-coarse:min-h-11"
        >
          {isRecovery ? "Use the code of the app" : "Use a recovery code"}
        </button>
      ) : null}
    </div>
  );
};
