import { Badge } from "./badge";
import { Glyph } from "./glyph";

/** That something became known late, and how late: one mark wherever it stands, with its word. `late` is "26 h", "5 d". */
export const LateMark = ({ late }: { readonly late: string }) => (
  <Badge tone="withheld">
    <Glyph name="clock" />
    late {late}
  </Badge>
);
